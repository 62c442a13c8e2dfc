"""The kinds of flaws that are planted: each function plants one and tells what would find it."""

from __future__ import annotations

import dataclasses
import math
import random
from collections import Counter

import shapely
from shapely import MultiPolygon, Point, Polygon

from geo_service.campaign.model import Campaign, Finding, Names
from tests.geo_service.quality.flaws import (
    EAST_M,
    GROUND_LEFTOVERS,
    NORTH_M,
    Flaw,
    Ground,
    near,
    square,
)

OFF_M = 40_000.0  # far outside any city


def _on_the_ground(kind: str, point: Point, *codes: str) -> Flaw:
    return Flaw(
        kind,
        lambda finding: near(finding, point, *codes),
        # Where districts meet, a precinct that reaches over its border reaches over theirs.
        lambda finding: near(finding, point, "precinct_across_districts", *GROUND_LEFTOVERS),
    )


def gap(ground: Ground) -> Flaw:
    first, second, point = ground.border_spot()
    hole = square(point, ground.random.uniform(15, 40), angle=ground.random.uniform(0, 3))
    ground.cut(hole, (first, second))
    return _on_the_ground("gap", point, "precincts_gap")


def hole_inside(ground: Ground) -> Flaw:
    first, second, border = ground.border_spot()
    # Just inside one of the two, not touching the border.
    inside = shapely.Point(ground.precincts[first].geometry.representative_point())
    step = 45.0 / math.hypot((inside.x - border.x) * EAST_M, (inside.y - border.y) * NORTH_M)
    point = Point(border.x + (inside.x - border.x) * step, border.y + (inside.y - border.y) * step)
    ground.cut(square(point, ground.random.uniform(10, 25)), (first, second))
    return _on_the_ground("hole", point, "precincts_gap")


def sliver_gap(ground: Ground) -> Flaw:
    first, second, point = ground.border_spot()
    width = ground.random.uniform(0.3, 1.2)
    strip = square(point, width, long_m=ground.random.uniform(25, 45), angle=ground.random.uniform(0, 3))
    ground.cut(strip, (first, second))
    return _on_the_ground("sliver gap", point, "sliver_gap")


def overlap(ground: Ground) -> Flaw:
    first, second, point = ground.border_spot()
    patch = square(point, ground.random.uniform(15, 40), angle=ground.random.uniform(0, 3))
    reach = patch.intersection(ground.precincts[second].geometry)
    ground.reshape(first, ground.precincts[first].geometry.union(reach))
    return _on_the_ground("overlap", point, "precincts_overlap")


def sliver_overlap(ground: Ground) -> Flaw:
    first, second, point = ground.border_spot()
    strip = square(point, ground.random.uniform(0.3, 1.2), long_m=45, angle=ground.random.uniform(0, 3))
    reach = strip.intersection(ground.precincts[second].geometry)
    if reach.area * EAST_M * NORTH_M < 5:
        return sliver_overlap(ground)
    ground.reshape(first, ground.precincts[first].geometry.union(reach))
    return _on_the_ground("sliver overlap", point, "sliver_overlap")


def spike(ground: Ground) -> Flaw:
    first, second, point = ground.border_spot()
    inside = ground.precincts[second].geometry.representative_point()
    length = ground.random.uniform(20, 45)
    away = (inside.x - point.x) * EAST_M, (inside.y - point.y) * NORTH_M
    east, north = (part / math.hypot(*away) for part in away)
    base = [
        (-north * 0.15 - east * 2, east * 0.15 - north * 2),
        (north * 0.15 - east * 2, -east * 0.15 - north * 2),
    ]
    tip = (east * length, north * length)
    spine = Polygon([(point.x + x / EAST_M, point.y + y / NORTH_M) for x, y in (*base, tip)])
    if spine.difference(ground.precincts[first].geometry).area < 0.8 * spine.area:
        return spike(ground)  # the border turns here: the spike would run inside its own precinct
    ground.reshape(first, ground.precincts[first].geometry.union(spine))
    return _on_the_ground("spike", point, "polygon_spike")


def stray_piece(ground: Ground) -> Flaw:
    first, second, border = ground.border_spot()
    inside = ground.precincts[second].geometry.representative_point()
    step = 30.0 / math.hypot((inside.x - border.x) * EAST_M, (inside.y - border.y) * NORTH_M)
    point = Point(border.x + (inside.x - border.x) * step, border.y + (inside.y - border.y) * step)
    piece = square(point, ground.random.uniform(3, 8))
    if not ground.precincts[second].geometry.contains(piece) or ground.has_houses(piece):
        return stray_piece(ground)
    ground.cut(piece, (second,))
    ground.reshape(first, MultiPolygon([*ground.precincts[first].geometry.geoms, piece]))
    return _on_the_ground("stray piece", point, "polygon_sliver")


def wrong_district(ground: Ground) -> Flaw:
    number = ground.pick("district", ground.territorial)
    ground.used.add(("district", number))
    other = ground.random.choice(
        [code for code in ground.districts if code != ground.precincts[number].district]
    )
    ground.precincts[number] = dataclasses.replace(ground.precincts[number], district=other)
    return Flaw(
        "wrong district",
        lambda finding: finding.code == "precinct_across_districts" and finding.precinct == number,
    )


def beyond_the_city(ground: Ground) -> Flaw:
    city = shapely.union_all(list(ground.districts.values()))
    edge = city.boundary
    while True:
        number = ground.pick("edge", ground.territorial)
        own = ground.precincts[number].geometry.boundary.intersection(edge)
        if own.length * NORTH_M > 300 and ground.claim(("edge", number)):
            break
        ground.used.add(("edge", number))
    line = max(getattr(own, "geoms", [own]), key=lambda part: part.length)
    point = line.interpolate(0.5, normalized=True)
    ground.reshape(number, ground.precincts[number].geometry.union(square(point, 45).difference(city)))
    return Flaw(
        "beyond the city",
        lambda finding: finding.code == "precinct_outside_district" and finding.precinct == number,
        lambda finding: near(finding, point, *GROUND_LEFTOVERS),
    )


def districts_overlap(ground: Ground) -> Flaw:
    codes = ground.pick("districts", _touching_districts(ground))
    ground.used.add(("districts", codes))
    first, second = codes
    shared = ground.districts[first].intersection(ground.districts[second])
    line = max(getattr(shared, "geoms", [shared]), key=lambda part: part.length)
    patch = square(line.interpolate(0.4, normalized=True), 30).intersection(ground.districts[second])
    ground.districts[first] = MultiPolygon(
        [*getattr(ground.districts[first].union(patch), "geoms", [])]
        or [ground.districts[first].union(patch)]
    )
    return Flaw(
        "districts overlap",
        lambda finding: (
            finding.code == "districts_overlap"
            and {finding.values["district"], finding.values["other"]} == {first, second}
        ),
    )


def _touching_districts(ground: Ground) -> list[tuple[str, str]]:
    shapes = {item.code: item.geometry for item in ground.campaign.districts}
    return [
        (first, second)
        for first in shapes
        for second in shapes
        if first < second and shapes[first].intersection(shapes[second]).length * NORTH_M > 500
    ]


def _house(ground: Ground) -> int:
    """Return a house that no other flaw has, and whose place has none either."""
    while True:
        position = ground.random.randrange(len(ground.houses))
        if ground.claim(("place", ground.houses[position].place)):
            return position


def _is_of_house(finding: Finding, code: str, place: str, number: str) -> bool:
    return (
        finding.code == code
        and finding.values["place"]["ru"] == place
        and number in finding.values["houses"].split(", ")
    )


def _label(ground: Ground, position: int) -> tuple[str, str]:
    from geo_service.translations import place_name  # noqa: PLC0415 - what a place is called in a finding

    house = ground.houses[position]
    place = ground.places[house.place]
    return place_name(place.kind, place.names, "ru"), house.number


def house_without_precinct(ground: Ground) -> Flaw:
    position = _house(ground)
    label = _label(ground, position)
    ground.houses[position] = dataclasses.replace(
        ground.houses[position], precinct=None, authority=None, lon=None, lat=None
    )
    return Flaw(
        "house in none",
        lambda finding: _is_of_house(finding, "houses_in_none", *label),
        lambda finding: finding.code == "houses_without_point",
    )


def house_in_two(ground: Ground) -> Flaw:
    position, (first, second, point) = _house(ground), ground.border_spot()
    label = _label(ground, position)
    patch = square(point, 30).intersection(ground.precincts[second].geometry)
    ground.reshape(first, ground.precincts[first].geometry.union(patch))
    inside = patch.representative_point()
    ground.houses[position] = dataclasses.replace(
        ground.houses[position], precinct=None, authority=None, lon=inside.x, lat=inside.y
    )
    return Flaw(
        "house in two",
        lambda finding: (
            _is_of_house(finding, "houses_in_two", *label)
            and {finding.precinct, finding.values["other"]} == {first, second}
        ),
        lambda finding: near(
            finding, point, "precincts_overlap", "precinct_across_districts", *GROUND_LEFTOVERS
        ),
    )


def house_on_a_wrong_list(ground: Ground) -> Flaw:
    position = _house(ground)
    label, right = _label(ground, position), ground.houses[position].precinct
    wrong = ground.random.choice([number for number in ground.territorial if number != right])
    ground.houses[position] = dataclasses.replace(ground.houses[position], precinct=wrong)
    return Flaw(
        "wrong list",
        lambda finding: (
            _is_of_house(finding, "houses_list_differs", *label)
            and (finding.precinct, finding.values["other"]) == (wrong, right)
        ),
    )


def house_listed_twice(ground: Ground) -> Flaw:
    position = _house(ground)
    label, house = _label(ground, position), ground.houses[position]
    wrong = ground.random.choice([number for number in ground.territorial if number != house.precinct])
    ground.more_houses.append(dataclasses.replace(house, precinct=wrong))
    return Flaw(
        "listed twice",
        lambda finding: _is_of_house(finding, "house_listed_twice", *label),
        lambda finding: _is_of_house(finding, "houses_list_differs", *label),
    )


def house_outside(ground: Ground) -> Flaw:
    position = _house(ground)
    label, house = _label(ground, position), ground.houses[position]
    ground.houses[position] = dataclasses.replace(house, lon=house.lon + OFF_M / EAST_M)
    return Flaw("house outside", lambda finding: _is_of_house(finding, "houses_outside_city", *label))


def too_many_voters(ground: Ground) -> Flaw:
    number = ground.pick("voters", ground.territorial)
    ground.used.add(("voters", number))
    voters = ground.random.randint(3001, 9000)
    ground.precincts[number] = dataclasses.replace(ground.precincts[number], voters=voters)
    return Flaw(
        "too many voters",
        lambda finding: (
            (finding.code, finding.precinct) == ("list_too_long", number)
            and finding.values["voters"] == voters
        ),
    )


def _station(ground: Ground) -> int:
    """Return the precinct of a station that no other flaw has and that has a building of its own."""
    counts = Counter(station.building_id for station in ground.campaign.stations)
    alone = [
        n for n in ground.territorial if counts[ground.campaign.stations_by_precinct[n].building_id] == 1
    ]
    number = ground.pick("station", alone)
    ground.used.add(("station", number))
    return number


def _is_of(finding: Finding, code: str, number: int) -> bool:
    return (finding.code, finding.precinct) == (code, number)


def station_without_point(ground: Ground) -> Flaw:
    number = _station(ground)
    ground.stations[number] = dataclasses.replace(ground.stations[number], lon=None, lat=None)
    return Flaw("station without point", lambda finding: _is_of(finding, "station_without_point", number))


def station_outside(ground: Ground) -> Flaw:
    number = _station(ground)
    station = ground.stations[number]
    ground.stations[number] = dataclasses.replace(station, lat=station.lat + OFF_M / NORTH_M)
    return Flaw(
        "station outside",
        lambda finding: _is_of(finding, "station_outside_city", number),
        lambda finding: _is_of(finding, "station_outside_precinct", number),
    )


def station_elsewhere(ground: Ground) -> Flaw:
    number = _station(ground)
    there = ground.stations[number]
    if not ground.campaign.precincts_by_number[number].geometry.contains(Point(there.lon, there.lat)):
        return station_elsewhere(ground)  # it is outside already
    away = ground.random.choice([other for other in ground.territorial if other != number])
    point = ground.campaign.precincts_by_number[away].geometry.representative_point()
    around = square(point, 60)
    others = (*ground.stations.values(), *ground.campaign.stations)
    if any(other.lon and around.contains(Point(other.lon, other.lat)) for other in others):
        return station_elsewhere(ground)
    ground.stations[number] = dataclasses.replace(ground.stations[number], lon=point.x, lat=point.y)
    return Flaw("station elsewhere", lambda finding: _is_of(finding, "station_outside_precinct", number))


def stations_side_by_side(ground: Ground) -> Flaw:
    first, second = _station(ground), _station(ground)
    there = ground.stations[second]
    ground.stations[first] = dataclasses.replace(
        ground.stations[first],
        lon=there.lon + ground.random.uniform(-5, 5) / EAST_M,
        lat=there.lat + ground.random.uniform(-5, 5) / NORTH_M,
        address=Names(ru=f"улица {first}"),
    )
    return Flaw(
        "stations side by side",
        lambda finding: (
            finding.code == "stations_near" and {finding.precinct, finding.values["other"]} == {first, second}
        ),
        lambda finding: (
            _is_of(finding, "station_outside_precinct", first) or finding.code == "addresses_missing"
        ),
    )


def shared_building(ground: Ground) -> Flaw:
    first, second = sorted((_station(ground), _station(ground)))
    there = ground.stations[second]
    ground.stations[first] = dataclasses.replace(there, precinct=first)
    return Flaw(
        "shared building",
        lambda finding: (
            _is_of(finding, "stations_share_building", first)
            and str(second) in finding.values["numbers"].split(", ")
        ),
        lambda finding: _is_of(finding, "station_outside_precinct", first),
    )


def missing_station(ground: Ground) -> Flaw:
    number = _station(ground)
    del ground.stations[number]
    return Flaw("missing station", lambda finding: _is_of(finding, "precinct_without_station", number))


def second_station(ground: Ground) -> Flaw:
    number = _station(ground)
    extra = dataclasses.replace(ground.stations[number], building_id=f"second-{number}")
    ground.more_stations.append(extra)
    return Flaw("second station", lambda finding: _is_of(finding, "station_repeated", number))


def repeated_number(ground: Ground) -> Flaw:
    number = ground.pick("repeated", ground.territorial)
    ground.used.add(("repeated", number))
    ground.repeated.append(dataclasses.replace(ground.precincts[number], geometry=None, voters=None))
    return Flaw("repeated number", lambda finding: _is_of(finding, "precinct_repeated", number))


def missing_number(ground: Ground) -> Flaw:
    special = [item.number for item in ground.campaign.precincts if item.kind == "special"][1:-1]
    number = ground.pick("missing", special)
    ground.used.add(("missing", number))
    del ground.precincts[number], ground.stations[number]
    return Flaw(
        "missing number",
        lambda finding: (
            finding.code == "precinct_numbers_skipped"
            and str(number) in finding.values["numbers"].split(", ")
        ),
        # Of a building that it shared, fewer precincts are left.
        lambda finding: finding.code == "stations_share_building",
    )


def missing_name(ground: Ground) -> Flaw:
    places = [
        key for key, place in ground.places.items() if place.names.ru and ("place", key) not in ground.used
    ]
    key = ground.random.choice(places)
    ground.used.add(("place", key))
    names = ground.places[key].names
    ground.places[key] = dataclasses.replace(
        ground.places[key], names=dataclasses.replace(names, ru=None, kk=names.kk or "Атау")
    )
    return Flaw(
        "missing name",
        lambda finding: (
            finding.code == "names_missing"
            and (finding.values["layer"], finding.values["language"]) == ("places", "ru")
        ),
        lambda finding: finding.code == "names_missing" and finding.values["layer"] == "places",
    )


def old_data(ground: Ground) -> Flaw:
    ground.info["data_date"] = "2024-11-01"
    return Flaw("old data", lambda finding: finding.code == "data_old")


#: Each kind with the most that one campaign can carry.
KINDS = {
    gap: 60, hole_inside: 40, sliver_gap: 40, overlap: 50, sliver_overlap: 30, spike: 30, stray_piece: 30,
    wrong_district: 25, beyond_the_city: 8, districts_overlap: 3, house_without_precinct: 30,
    house_in_two: 25, house_on_a_wrong_list: 40, house_listed_twice: 20, house_outside: 30,
    too_many_voters: 30,
    station_without_point: 20, station_outside: 20, station_elsewhere: 20, stations_side_by_side: 12,
    shared_building: 12, missing_station: 20, second_station: 10, repeated_number: 10, missing_number: 6,
    missing_name: 10, old_data: 1,
}  # fmt: skip


def plant(campaign: Campaign, count: int, seed: int) -> tuple[Campaign, list[Flaw]]:
    """Return a campaign with so many random flaws of all kinds, and what they are."""
    ground = Ground(campaign, random.Random(seed))
    more = [kind for kind, most in KINDS.items() for _ in range(most - 1)]
    ground.random.shuffle(more)
    flaws = [kind(ground) for kind in [*KINDS, *more][:count]]
    return ground.flawed(), flaws
