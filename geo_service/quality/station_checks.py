"""Checks of the stations: their points and buildings, how they lie to precincts and to each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import numpy as np
import shapely

from boundaries.edges import PolygonEdges
from boundaries.geodesy import squared_distances_m
from boundaries.plane import Plane, shape_array
from boundaries.quality import points_outside
from geo_service.campaign.finding_codes import make_finding
from geo_service.campaign.model import Finding, Station
from geo_service.quality.survey import Survey

#: Stations so near to each other, metres, stand in one building or one of their points is wrong.
NEAR_M = 10.0


def stations_repeated(survey: Survey) -> Iterator[Finding]:
    """Find precincts that have several stations."""
    counts = Counter(station.precinct for station in survey.campaign.stations)
    for number, count in sorted(counts.items()):
        if count > 1:
            yield make_finding("station_repeated", precinct=number, count=count)


def without_point(survey: Survey) -> Iterator[Finding]:
    """Find stations of which the position is not known."""
    for station in survey.campaign.stations:
        if station.lon is None:
            yield make_finding("station_without_point", precinct=station.precinct)


def outside_city(survey: Survey) -> Iterator[Finding]:
    """Find stations outside the city's limits."""
    stations = _located(survey)
    if not stations or not survey.city_limits:
        return
    lons, lats = [station.lon or 0.0 for station in stations], [station.lat or 0.0 for station in stations]
    for i in np.flatnonzero(points_outside(survey.city_limits, lons, lats)):
        yield make_finding("station_outside_city", precinct=stations[i].precinct, position=(lons[i], lats[i]))


def outside_precinct(survey: Survey) -> Iterator[Finding]:
    """Tell which stations lie outside the boundaries of their precincts."""
    stations = _located(survey)
    shapes = shape_array(_boundary(survey, station) for station in stations)
    points = shape_array(_point(station) for station in stations)
    apart = ~shapely.intersects(shapes, points) & ~shapely.is_missing(shapes)
    for i in np.flatnonzero(apart):
        point = (float(points[i].x), float(points[i].y))
        yield make_finding(
            "station_outside_precinct",
            precinct=stations[i].precinct,
            position=point,
            distance_m=round(float(PolygonEdges(shapes[i : i + 1]).distances_m(*point, [0])[0])),
        )


def _boundary(survey: Survey, station: Station) -> shapely.MultiPolygon | None:
    precinct = survey.campaign.precincts_by_number.get(station.precinct)
    return precinct.geometry if precinct else None


def near_each_other(survey: Survey) -> Iterator[Finding]:
    """Find stations of different buildings and addresses whose points are the same or nearly so."""
    stations = [station for station in _located(survey) if _words(station)]
    points = shape_array(_point(station) for station in stations)
    flat = Plane.of(points).to_metres(points)
    first, second = shapely.STRtree(flat).query(flat, predicate="dwithin", distance=NEAR_M)
    for i, j in sorted(zip(first.tolist(), second.tolist(), strict=True)):
        here, there = stations[i], stations[j]
        if i < j and here.building_id != there.building_id and _words(here) != _words(there):
            yield make_finding(
                "stations_near",
                precinct=here.precinct,
                position=(float(points[i].x), float(points[i].y)),
                other=there.precinct,
                distance_m=round(_distance_m(here, there), 1),
            )


def sharing_a_building(survey: Survey) -> Iterator[Finding]:
    """Tell which precincts vote in one building."""
    buildings: dict[str, list[Station]] = {}
    for station in survey.campaign.stations:
        if station.building_id:
            buildings.setdefault(station.building_id, []).append(station)
    for together in buildings.values():
        first = together[0]
        if len(together) > 1:
            yield make_finding(
                "stations_share_building",
                precinct=first.precinct,
                position=None if first.lon is None or first.lat is None else (first.lon, first.lat),
                numbers=", ".join(str(station.precinct) for station in together),
            )


def districts_without_station(survey: Survey) -> Iterator[Finding]:
    """Find districts of which no station is known, where any is."""
    campaign = survey.campaign
    if not campaign.stations:
        return
    known = campaign.precincts_by_number
    served = {known[item.precinct].district for item in campaign.stations if item.precinct in known}
    for district in campaign.districts:
        if district.code not in served:
            yield make_finding("district_without_station", district=district.code)


def _located(survey: Survey) -> list[Station]:
    return [item for item in survey.campaign.stations if item.lon is not None and item.lat is not None]


def _point(station: Station) -> shapely.Point:
    return shapely.Point(station.lon or 0.0, station.lat or 0.0)


def _words(station: Station) -> tuple[str, ...]:
    """Return the words of an address, however it is punctuated; none if there is no address."""
    return tuple(re.findall(r"\w+", (station.address.best("ru") or "").casefold()))


def _distance_m(here: Station, there: Station) -> float:
    point = np.array([[there.lon, there.lat, there.lon, there.lat]], float)
    return float(np.sqrt(squared_distances_m(here.lon or 0.0, here.lat or 0.0, point)[0]))
