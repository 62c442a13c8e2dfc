"""Checks of the ground: gaps, overlaps, slivers, spikes, and how precincts lie in the districts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from boundaries.gaps import Gap, find_gaps
from boundaries.plane import Plane
from boundaries.quality import area_m2, find_overlaps, point_within, polygon_parts
from boundaries.spikes import find_spikes
from geo_service.campaign.finding_codes import make_finding
from geo_service.campaign.model import Finding, Precinct
from geo_service.quality.survey import Survey

#: Borders of districts and precincts are drawn in different hands: a strip of a metre or two is no finding.
EDGE_TOLERANCE_M2 = 100.0
#: Narrower ground than this, metres, is a sliver: a slip of the hand, no ground that anybody lives on.
SLIVER_WIDTH_M = 2.0
#: Smaller pieces of a boundary than this, m², are slivers.
SLIVER_AREA_M2 = 100.0
#: Less of a district than this without a precinct is no finding beside its gaps.
NOT_COVERED_SHARE = 0.01


def gaps(survey: Survey) -> Iterator[Finding]:
    """Find ground of the city that is in no territorial precinct."""
    if not survey.territorial:
        return
    polygons = [polygon.geometry for polygon in survey.territorial]
    for gap in find_gaps(polygons, survey.covered, survey.bare):
        is_sliver = gap.width_m < SLIVER_WIDTH_M
        if not gap.is_inside and _is_strip_at_the_edge(gap):
            continue
        yield make_finding(
            "sliver_gap" if is_sliver else "precincts_gap",
            position=(gap.lon, gap.lat),
            area_m2=round(gap.area_m2, 1),
            width_m=round(gap.width_m, 2),
            numbers=", ".join(str(survey.numbers[position]) for position in gap.neighbours),
        )


def _is_strip_at_the_edge(gap: Gap) -> bool:
    lies_between = (
        len(gap.neighbours) > 1 and gap.width_m < SLIVER_WIDTH_M and gap.area_m2 < EDGE_TOLERANCE_M2
    )
    return not lies_between and (gap.area_m2 <= EDGE_TOLERANCE_M2 or gap.width_m < SLIVER_WIDTH_M)


def precinct_overlaps(survey: Survey) -> Iterator[Finding]:
    """Find territorial precincts that overlap."""
    for overlap in find_overlaps([polygon.geometry for polygon in survey.territorial]):
        is_sliver = overlap.width_m < SLIVER_WIDTH_M
        more: dict[str, Any] = {"width_m": round(overlap.width_m, 2)} if is_sliver else {}
        yield make_finding(
            "sliver_overlap" if is_sliver else "precincts_overlap",
            precinct=int(survey.numbers[overlap.first]),
            position=(overlap.lon, overlap.lat),
            other=int(survey.numbers[overlap.second]),
            area_m2=round(overlap.area_m2, 1),
            **more,
        )


def district_overlaps(survey: Survey) -> Iterator[Finding]:
    """Find districts that overlap."""
    districts = survey.campaign.districts
    for overlap in find_overlaps([district.geometry for district in districts]):
        yield make_finding(
            "districts_overlap",
            position=(overlap.lon, overlap.lat),
            district=districts[overlap.first].code,
            other=districts[overlap.second].code,
            area_m2=round(overlap.area_m2, 1),
        )


def slivers(survey: Survey) -> Iterator[Finding]:
    """Find tiny or thin pieces of boundaries."""
    parts, owners = shapely.get_parts(survey.shapes, return_index=True)
    widths = Plane.of(parts).widths_m(parts)
    # A square degree is at most 12,400 km²: only what may be small is measured exactly.
    may_be_small = shapely.area(parts) < SLIVER_AREA_M2 / 1e9
    for i in np.flatnonzero((widths < SLIVER_WIDTH_M) | may_be_small):
        area = area_m2(parts[i])
        if area < SLIVER_AREA_M2 or widths[i] < SLIVER_WIDTH_M:
            yield make_finding(
                "polygon_sliver",
                precinct=int(survey.numbers[owners[i]]),
                position=point_within(parts[i]),
                area_m2=round(area, 1),
                width_m=round(float(widths[i]), 2),
            )


def spikes(survey: Survey) -> Iterator[Finding]:
    """Find boundaries that run out and back on nearly the same line."""
    for spike in find_spikes(survey.shapes):
        yield make_finding(
            "polygon_spike",
            precinct=int(survey.numbers[spike.polygon]),
            position=(spike.lon, spike.lat),
            length_m=round(spike.length_m, 1),
        )


def precincts_off_their_district(survey: Survey) -> Iterator[Finding]:
    """Find precincts that reach into another district, or out of all of them."""
    covers = {district.code: district.geometry for district in survey.campaign.districts}
    # To ask a prepared polygon whether it covers another is cheap, and mostly the answer is yes.
    shapely.prepare(list(covers.values()))
    for precinct in survey.campaign.precincts:
        own = covers.get(precinct.district)
        if precinct.geometry is None or own is None or shapely.covers(own, precinct.geometry):
            continue
        rest = shapely.difference(precinct.geometry, own)
        if area_m2(rest) <= EDGE_TOLERANCE_M2:
            continue
        for code, cover in covers.items():
            if code != precinct.district:
                yield from _off(precinct, shapely.intersection(rest, cover), other=code)
        yield from _off(precinct, shapely.difference(rest, survey.city))


def _off(precinct: Precinct, ground: BaseGeometry, **other: str) -> Iterator[Finding]:
    area = area_m2(ground)
    if area > EDGE_TOLERANCE_M2:
        yield make_finding(
            "precinct_across_districts" if other else "precinct_outside_district",
            precinct=precinct.number,
            position=point_within(ground),
            district=precinct.district,
            area_m2=round(area),
            percent=round(100 * area / area_m2(precinct.geometry), 1) if precinct.geometry else 0.0,
            **other,
        )


def districts_not_covered(survey: Survey) -> Iterator[Finding]:
    """Find districts of which a part worth mentioning lies in no territorial precinct."""
    if not survey.territorial:
        return
    for district in survey.campaign.districts:
        bare = shapely.intersection(district.geometry, survey.bare)
        area, whole = area_m2(bare), area_m2(district.geometry)
        if len(polygon_parts(bare)) and area > NOT_COVERED_SHARE * whole:
            yield make_finding(
                "district_not_covered",
                position=point_within(bare),
                district=district.code,
                area_m2=round(area),
                percent=round(100 * area / whole, 1),
            )
