"""What a finished campaign lacks or contradicts itself in: each check gives its findings."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from boundaries.quality import area_m2, area_outside_m2, find_overlaps, points_outside
from geo_service.campaign.finding_codes import make_finding
from geo_service.campaign.model import LANGUAGES, Campaign, Finding, Names

#: By the number of a precinct, the file and the item that its station comes from.
StationOrigins = Mapping[int, tuple[str, str]]

# Borders of districts and precincts are drawn in different hands: a strip of a metre or two is no finding.
_OUTSIDE_TOLERANCE_M2 = 100.0
# More gaps than this share of the numbers is another way of numbering, not missing rows.
_SKIPPED_SHARE = 0.1
_LONGEST_GAP = 10


def check_campaign(campaign: Campaign, origins: StationOrigins) -> list[Finding]:
    """Return what there is to find in a campaign as a whole.

    Parameters
    ----------
    campaign
        The campaign as it will be written.
    origins
        Where the stations come from.
    """
    checks: tuple[Callable[[Campaign], Iterable[Finding]], ...] = (
        _precincts_lacking,
        _numbers_skipped,
        _precincts_overlapping,
        _districts_overlapping,
        _precincts_outside_district,
        _polygons_derived,
        _districts_without_station,
        _houses_lacking,
        _names_missing,
    )
    found = itertools.chain.from_iterable(check(campaign) for check in checks)
    return [*found, *_stations_lacking(campaign, origins)]


def _precincts_lacking(campaign: Campaign) -> Iterator[Finding]:
    for precinct in campaign.precincts:
        if precinct.status != "open":
            continue
        if precinct.geometry is None:
            yield make_finding("precinct_without_polygon", precinct=precinct.number)
        if precinct.number not in campaign.stations_by_precinct:
            yield make_finding("precinct_without_station", precinct=precinct.number)


def _numbers_skipped(campaign: Campaign) -> Iterator[Finding]:
    numbers = sorted(campaign.precincts_by_number)
    gaps = [range(low + 1, high) for low, high in itertools.pairwise(numbers) if high - low <= _LONGEST_GAP]
    skipped = [number for gap in gaps for number in gap]
    if 0 < len(skipped) <= _SKIPPED_SHARE * len(numbers):
        yield make_finding(
            "precinct_numbers_skipped", count=len(skipped), numbers=", ".join(map(str, skipped))
        )


def _precincts_overlapping(campaign: Campaign) -> Iterator[Finding]:
    polygons = [polygon for polygon in campaign.polygons() if polygon.kind == "territorial"]
    polygons.sort(key=lambda polygon: polygon.number)
    for overlap in find_overlaps([polygon.geometry for polygon in polygons]):
        yield make_finding(
            "precincts_overlap",
            precinct=polygons[overlap.first].number,
            other=polygons[overlap.second].number,
            area_m2=round(overlap.area_m2, 1),
        )


def _districts_overlapping(campaign: Campaign) -> Iterator[Finding]:
    for overlap in find_overlaps([district.geometry for district in campaign.districts]):
        yield make_finding(
            "districts_overlap",
            district=campaign.districts[overlap.first].code,
            other=campaign.districts[overlap.second].code,
            area_m2=round(overlap.area_m2, 1),
        )


def _precincts_outside_district(campaign: Campaign) -> Iterator[Finding]:
    covers = {district.code: district.geometry for district in campaign.districts}
    for precinct in campaign.precincts:
        if precinct.geometry is None or precinct.district not in covers:
            continue
        outside = area_outside_m2(precinct.geometry, covers[precinct.district])
        if outside > _OUTSIDE_TOLERANCE_M2:
            yield make_finding(
                "precinct_outside_district",
                precinct=precinct.number,
                district=precinct.district,
                area_m2=round(outside),
                percent=round(100 * outside / area_m2(precinct.geometry), 1),
            )


def _polygons_derived(campaign: Campaign) -> Iterator[Finding]:
    derived = [
        precinct
        for precinct in campaign.precincts
        if precinct.geometry is not None and precinct.authority == "derived"
    ]
    if derived:
        yield make_finding("polygons_derived", count=len(derived))


def _districts_without_station(campaign: Campaign) -> Iterator[Finding]:
    if not campaign.stations:
        return
    served = {campaign.precincts_by_number[station.precinct].district for station in campaign.stations}
    for district in campaign.districts:
        if district.code not in served:
            yield make_finding("district_without_station", district=district.code)


def _stations_lacking(campaign: Campaign, origins: StationOrigins) -> Iterator[Finding]:
    city = _city(campaign)
    for station in campaign.stations:
        file, item = origins.get(station.precinct, (None, None))
        if station.lon is None or station.lat is None:
            yield make_finding("station_without_point", precinct=station.precinct, file=file, item=item)
        elif city and points_outside(city, [station.lon], [station.lat]).any():
            yield make_finding(
                "station_outside_city",
                precinct=station.precinct,
                file=file,
                item=item,
                lon=station.lon,
                lat=station.lat,
            )


def _houses_lacking(campaign: Campaign) -> Iterator[Finding]:
    houses = campaign.houses
    points = [(house.lon, house.lat) for house in houses if house.lon is not None and house.lat is not None]
    if len(points) < len(houses):
        yield make_finding("houses_without_point", count=len(houses) - len(points), total=len(houses))
    city = _city(campaign)
    if points and city:
        outside = int(points_outside(city, *zip(*points, strict=True)).sum())
        if outside:
            yield make_finding("houses_outside_city", count=outside)
    homeless = sum(not house.district for house in houses)
    if homeless:
        yield make_finding("houses_without_district", count=homeless)


def _city(campaign: Campaign) -> list[BaseGeometry]:
    """Return the districts' polygons, or the box of all precincts; empty if neither is known."""
    if campaign.districts:
        return [district.geometry for district in campaign.districts]
    known = [precinct.geometry for precinct in campaign.precincts if precinct.geometry is not None]
    return [shapely.box(*shapely.total_bounds(np.array(known, object)))] if known else []


def _names_missing(campaign: Campaign) -> Iterator[Finding]:
    named: dict[tuple[str, str], list[Names]] = {
        ("districts", "name"): [item.names for item in campaign.districts],
        ("precincts", "name"): [item.names for item in campaign.precincts if item.kind == "special"],
        ("stations", "name"): [item.names for item in campaign.stations],
        ("stations", "address"): [item.address for item in campaign.stations],
        ("places", "name"): [item.names for item in campaign.places],
    }
    for (layer, stem), names in named.items():
        for language in LANGUAGES:
            missing = sum(not item.as_dict()[language] for item in names)
            if missing:
                yield make_finding(
                    "names_missing" if stem == "name" else "addresses_missing",
                    field=f"{stem}_{language}",
                    layer=layer,
                    language=language,
                    count=missing,
                    total=len(names),
                )
