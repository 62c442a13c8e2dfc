"""The boundary of a record, made usable, and what is told of what that took."""

from __future__ import annotations

from collections.abc import Sequence

from shapely import MultiPolygon

from boundaries.errors import GeometryError
from boundaries.precincts import clean_polygon
from geo_service.campaign.finding_codes import make_finding
from geo_service.campaign.model import Finding
from geo_service.campaign.records import Record

_HEIGHTS = frozenset({"z_dropped", "m_dropped"})


def boundary_of(record: Record, what: str, precinct: int | None = None) -> tuple[MultiPolygon, list[Finding]]:
    """Return the boundary of a record, degrees, and what was repaired of it.

    Parameters
    ----------
    record
        A row of districts or precincts.
    what
        What it is, for its reader: ``precinct 117``.
    precinct
        Its number, if it is a precinct.

    Raises
    ------
    boundaries.errors.GeometryError
        If the boundary is missing, no polygon, or beyond repair.
    """
    item = f"{record.item} ({what})"
    try:
        polygon, repair = clean_polygon(record.geometry)
    except GeometryError as error:
        raise error.located(file=record.table.name, item=item, field="geometry") from error.__cause__
    if repair is None:
        return polygon, []
    finding = make_finding(
        "polygon_repaired",
        precinct=precinct,
        file=record.table.name,
        item=item,
        field="geometry",
        faults=", ".join(repair.faults),
        detail=repair.detail,
        area_change_m2=round(repair.area_change_m2, 1),
    )
    return polygon, [finding]


def with_heights_counted(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings of a source with one in place of all that only tell of dropped heights or measures.

    Files with heights have them in every feature: hundreds of such findings would hide what matters.
    """
    flat = [finding for finding in findings if _tells_only_of_heights(finding)]
    if not flat:
        return list(findings)
    first = flat[0]
    told = make_finding(
        "heights_dropped", file=first.file, item=first.item, field=first.field, count=len(flat)
    )
    return [*(finding for finding in findings if not _tells_only_of_heights(finding)), told]


def _tells_only_of_heights(finding: Finding) -> bool:
    return finding.code == "polygon_repaired" and set(str(finding.values["faults"]).split(", ")) <= _HEIGHTS
