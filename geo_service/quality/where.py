"""What a finding is about and how much of it there is, in words that stay the same from report to report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geo_service.campaign.model import Finding
from geo_service.quality.checks import CHECKED_CODES

# What beside the precinct tells two findings of one code apart, in this order.
_NAMING = ("other", "district", "place", "layer", "language", "number", "finding", "where")
#: These are about ground that has no name: only their position tells them apart.
_OF_GROUND = frozenset({"precincts_gap", "sliver_gap", "polygon_sliver", "polygon_spike", "gap_mended"})
_SIZES = ("area_m2", "area_change_m2", "count", "voters", "distance_m", "length_m", "days")
_WHOLE = "campaign"


def where_of(finding: Finding) -> str:
    """Return what a finding is about: with its code the name by which it can be accepted.

    The words are those of the data, not of a reader's language: ``precinct 12, other 15``,
    ``district almaly``, ``precinct 7, at 43.23712, 76.91234`` (latitude first, as people write it).
    """
    parts = [] if finding.precinct is None else [f"precinct {finding.precinct}"]
    parts += [f"{name} {_word(finding.values[name])}" for name in _NAMING if name in finding.values]
    if finding.code in _OF_GROUND and finding.position:
        lon, lat = finding.position
        parts.append(f"at {lat:.5f}, {lon:.5f}")
    # What only a build sees is of a row; a check is of the campaign, whatever row that came from.
    if finding.code not in CHECKED_CODES:
        parts += [part for part in (finding.file, finding.item, finding.field) if part]
    return ", ".join(parts) or _WHOLE


def size_of(finding: Finding) -> float | None:
    """Return how much there is of a finding, in the unit of its code: m², houses, voters, metres, days."""
    sizes = (finding.values[name] for name in _SIZES if name in finding.values)
    return next((float(size) for size in sizes if isinstance(size, int | float)), None)


def _word(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("ru") or next(iter(value.values())))
    return str(value)
