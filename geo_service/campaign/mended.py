"""Close narrow gaps and overlaps between the precincts of a recipe that asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import shapely

from boundaries.mending import mend
from geo_service.campaign.finding_codes import make_finding
from geo_service.campaign.model import District, Finding, Precinct


def mend_precincts(
    precincts: Sequence[Precinct],
    districts: Sequence[District],
    findings: list[Finding],
    *,
    widest_m: float | None,
) -> list[Precinct]:
    """Return precincts without the gaps and overlaps that are nowhere wider than a tolerance.

    Parameters
    ----------
    precincts, districts
        Of the campaign. Only boundaries of open territorial precincts are mended.
    findings
        What was moved goes here, piece by piece.
    widest_m
        The tolerance, metres; None mends nothing.
    """
    drawn = [
        item for item in precincts
        if item.geometry is not None and item.kind == "territorial" and item.status == "open"
    ]  # fmt: skip
    if widest_m is None or not drawn:
        return list(precincts)
    # An overlap is left to the lower number, which answers there anyway.
    drawn.sort(key=lambda item: item.number)
    city = shapely.union_all([district.geometry for district in districts]) if districts else None
    polygons, mended = mend(
        [item.geometry for item in drawn if item.geometry is not None], widest_m=widest_m, city=city
    )
    for item in mended:
        other: dict[str, Any] = {} if item.loser is None else {"other": drawn[item.loser].number}
        findings.append(
            make_finding(
                "gap_mended" if item.loser is None else "overlap_mended",
                precinct=drawn[item.keeper].number,
                position=(item.lon, item.lat),
                area_m2=round(item.area_m2, 2),
                width_m=round(item.width_m, 2),
                **other,
            )
        )
    new = {item.number: polygon for item, polygon in zip(drawn, polygons, strict=True)}
    return [replace(item, geometry=new.get(item.number, item.geometry)) for item in precincts]
