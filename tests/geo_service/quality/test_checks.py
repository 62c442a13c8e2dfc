"""Every check finds what it is there for, and nothing in a campaign that is in order."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter

import pytest
import shapely
from shapely import MultiPolygon, Polygon, affinity, box

from geo_service.campaign.finding_codes import FINDING_CODES
from geo_service.campaign.model import House, Names, Place
from geo_service.quality.checks import CHECKED_CODES, CHECKS, check_campaign, run_checks
from geo_service.quality.survey import Survey

NORMAL = {"station_outside_precinct", "stations_share_building"}
METRE = 1 / 111_100  # of latitude, in degrees


def found(campaign, code):
    return [finding for finding in run_checks(Survey(campaign)) if finding.code == code]


def with_precinct(campaign, number, **changes):
    precincts = [
        dataclasses.replace(item, **changes) if item.number == number else item for item in campaign.precincts
    ]
    return dataclasses.replace(campaign, precincts=tuple(precincts))


def reshaped(campaign, number, change):
    shape = change(campaign.precincts_by_number[number].geometry)
    parts = [part for part in getattr(shape, "geoms", [shape]) if isinstance(part, Polygon)]
    return with_precinct(campaign, number, geometry=MultiPolygon(parts))


def joined(campaign, number, *bounds):
    return reshaped(campaign, number, lambda shape: shape.union(box(*bounds)))


def with_station(campaign, number, **changes):
    stations = [
        dataclasses.replace(item, **changes) if item.precinct == number else item
        for item in campaign.stations
    ]
    return dataclasses.replace(campaign, stations=tuple(stations))


def with_house(campaign, *house):
    houses = sorted(
        (*campaign.houses, House(*house)), key=lambda item: (item.place, item.number, item.district)
    )
    return dataclasses.replace(campaign, houses=tuple(houses))


def without(campaign, layer, keep):
    return dataclasses.replace(campaign, **{layer: tuple(filter(keep, getattr(campaign, layer)))})


def with_info(campaign, **changes):
    return dataclasses.replace(campaign, info=dataclasses.replace(campaign.info, **changes))


def spiky(shape):
    x, y = shape.centroid.x, shape.bounds[3]
    tip = Polygon([(x - 2e-6, y - 1e-4), (x + 2e-6, y - 1e-4), (x, y + 60 * METRE)])
    return shape.union(tip)


def wider(shape):
    """Reach some 16 m to the east, over a neighbour."""
    return shape.union(affinity.translate(shape, 2e-4, 0))


def strip_in(shape):
    x, y = shape.centroid.x, shape.centroid.y
    return box(x, y, x + 40 * METRE, y + 0.5 * METRE)


def overlapping_districts(campaign):
    districts = [
        dataclasses.replace(item, geometry=MultiPolygon([wider(item.geometry)]))
        if item.code == "almaly"
        else item
        for item in campaign.districts
    ]
    return dataclasses.replace(campaign, districts=tuple(districts))


#: Code: how to make it appear, and the precinct that it names.
CASES = {
    "precinct_repeated": (
        lambda c: dataclasses.replace(c, precincts=(c.precincts[3], *c.precincts)), 7),
    "precinct_numbers_skipped": (
        lambda c: dataclasses.replace(
            c, precincts=tuple(dataclasses.replace(c.precincts[0], number=n) for n in range(1, 40) if n != 22)
        ), None),
    "precinct_without_polygon": (lambda c: with_precinct(c, 9, geometry=None), 9),
    "precinct_without_station": (lambda c: without(c, "stations", lambda s: s.precinct != 9), 9),
    "polygons_derived": (lambda c: with_precinct(c, 9, authority="derived"), None),
    "list_too_long": (lambda c: with_precinct(c, 9, voters=3001), 9),
    "precincts_gap": (lambda c: reshaped(c, 9, lambda s: s - box(76.924, 43.2300, 76.9243, 43.2303)), None),
    "sliver_gap": (lambda c: reshaped(c, 9, lambda s: s - strip_in(s)), None),
    "precincts_overlap": (lambda c: reshaped(c, 9, wider), 9),
    "sliver_overlap": (
        lambda c: reshaped(c, 14, lambda s: s.union(strip_in(c.precincts_by_number[9].geometry))), 9),
    "polygon_sliver": (lambda c: joined(c, 14, 76.923, 43.231, 76.92305, 43.23105), 14),
    "polygon_spike": (lambda c: reshaped(c, 9, spiky), 9),
    "districts_overlap": (overlapping_districts, None),
    "precinct_outside_district": (lambda c: joined(c, 3, 76.89, 43.221, 76.901, 43.223), 3),
    "precinct_across_districts": (lambda c: with_precinct(c, 9, district="medeu"), 9),
    "district_not_covered": (lambda c: without(c, "precincts", lambda p: p.number != 9), None),
    "district_without_station": (
        lambda c: without(c, "stations", lambda s: s.precinct not in {2, 11, 14}), None),
    "station_repeated": (lambda c: dataclasses.replace(c, stations=(c.stations[0], *c.stations)), 2),
    "station_without_point": (lambda c: with_station(c, 9, lon=None, lat=None), 9),
    "station_outside_city": (lambda c: with_station(c, 9, lon=77.5), 9),
    "station_outside_precinct": (lambda c: with_station(c, 9, lon=76.9052, lat=43.2250), 9),
    "stations_near": (lambda c: with_station(c, 9, lon=76.93551, lat=43.2305), 9),
    "stations_share_building": (lambda c: with_station(c, 9, building_id="b14"), 9),
    "houses_without_point": (lambda c: with_house(c, 3, "5", "medeu", 2), None),
    "houses_outside_city": (lambda c: with_house(c, 3, "5", "medeu", 2, None, None, 77.5, 43.23), None),
    "houses_without_district": (lambda c: with_house(c, 3, "5", "", 2, None, None, 76.9362, 43.2241), None),
    "house_listed_twice": (lambda c: with_house(c, 1, "1", "almaly", 15, None, None, 76.9121, 43.2276), 3),
    "houses_in_none": (lambda c: with_house(c, 3, "5", "medeu"), None),
    "houses_in_two": (
        lambda c: with_house(reshaped(c, 9, wider), 3, "5", "medeu", None, None, None, 76.93076, 43.2300), 9),
    "houses_list_differs": (lambda c: with_house(c, 3, "5", "medeu", 9, None, None, 76.9362, 43.2241), 9),
    "names_missing": (
        lambda c: dataclasses.replace(c, places=(Place(1, "avenue", Names(ru="Абая")),)), None),
    "addresses_missing": (lambda c: with_station(c, 9, address=Names(ru="улица Абая, 1")), None),
    "data_old": (lambda c: with_info(c, data_date="2025-09-15"), None),
}  # fmt: skip


def test_tidy_campaign_has_nothing_to_find_but_what_is_normal(tidy):
    counts = Counter(finding.code for finding in run_checks(Survey(tidy)))

    assert set(counts) <= NORMAL


@pytest.mark.parametrize("code", sorted(CASES))
def test_check_finds_what_it_is_there_for(code, tidy):
    change, precinct = CASES[code]

    known = found(tidy, code)
    new = [finding for finding in found(change(tidy), code) if finding not in known]

    assert precinct in [finding.precinct for finding in new]
    assert all(finding.severity == FINDING_CODES[code].severity for finding in new)


def test_every_check_is_shown_by_a_case():
    assert set(CASES) == CHECKED_CODES
    assert {check.subject for check in CHECKS} == {
        "numbers", "precincts", "ground", "districts", "stations", "houses", "names", "dates",
    }  # fmt: skip


def test_findings_of_the_ground_lie_where_the_flaw_is(tidy):
    hole = box(76.924, 43.2300, 76.9243, 43.2303)

    (gap,) = found(reshaped(tidy, 9, lambda shape: shape - hole), "precincts_gap")

    assert hole.contains(shapely.Point(gap.position))
    assert gap.values["numbers"] == "9"
    assert gap.values["area_m2"] == pytest.approx(813, rel=0.01)


def test_house_without_a_list_in_a_gap_is_in_no_precinct_but_a_listed_one_is(tidy):
    hole = box(76.924, 43.2300, 76.9243, 43.2303)
    holed = reshaped(tidy, 9, lambda shape: shape - hole)
    point = (76.9241, 43.2301)

    unlisted = found(with_house(holed, 3, "5", "medeu", None, None, None, *point), "houses_in_none")
    listed = found(with_house(holed, 3, "5", "medeu", 9, None, None, *point), "houses_in_none")

    assert [finding.values["houses"] for finding in unlisted] == ["5"]
    assert listed == []


def test_list_decides_about_a_house_in_two_boundaries(tidy):
    both = reshaped(tidy, 9, wider)

    listed = with_house(both, 3, "5", "medeu", 14, None, None, 76.93076, 43.2300)

    assert found(listed, "houses_in_two") == found(listed, "houses_list_differs") == []


def test_house_on_a_shared_border_is_in_one_precinct(tidy):
    corner = (76.9, 43.227)  # 3 and 12 meet here
    assert (
        sum(item.geometry.intersects(shapely.Point(corner)) for item in tidy.precincts if item.geometry) == 2
    )

    campaign = with_house(tidy, 3, "5", "almaly", None, None, None, *corner)

    assert found(campaign, "houses_in_two") == found(campaign, "houses_in_none") == []


def test_patients_of_a_hospital_are_no_contradiction(tidy):
    campaign = with_house(tidy, 3, "5", "almaly", 901, None, None, 76.9145, 43.2375)

    assert found(campaign, "houses_list_differs") == []


def test_precinct_that_has_only_a_list_is_not_unreachable(tidy):
    campaign = with_house(with_precinct(tidy, 9, geometry=None), 3, "5", "medeu", 9)

    assert found(campaign, "precinct_without_polygon") == []


def test_voters_are_counted_by_house_where_the_precinct_has_no_figure(tidy):
    campaign = with_house(with_precinct(tidy, 9, voters=None), 3, "5", "medeu", 9, None, 3500)

    (finding,) = found(campaign, "list_too_long")
    assert finding.values["voters"] == 3500


def test_stations_of_one_address_may_stand_side_by_side(tidy):
    there = tidy.stations_by_precinct[14]

    campaign = with_station(tidy, 9, lon=there.lon, lat=there.lat, address=there.address)

    assert found(campaign, "stations_near") == []


def test_campaign_of_lists_alone_is_checked_without_its_ground(tidy):
    bare = [dataclasses.replace(item, geometry=None) for item in tidy.precincts]
    campaign = dataclasses.replace(tidy, districts=(), precincts=tuple(bare))

    codes = {finding.code for finding in run_checks(Survey(campaign))}

    assert "precincts_gap" not in codes
    assert "houses_in_none" in codes  # 12/1 is on no list


def test_empty_campaign_has_nothing_to_find(tidy):
    layers = dict.fromkeys(("districts", "precincts", "stations", "places", "houses", "aliases"), ())

    assert check_campaign(dataclasses.replace(tidy, **layers), {}) == []


@pytest.mark.parametrize(
    ("today", "code"),
    [("2026-03-15", None), ("2026-03-16", "vote_is_past"), ("2026-01-31", "data_in_future")],
)
def test_days_are_held_against_the_calendar(tidy, today, code):
    with_today = list(run_checks(Survey(tidy), dt.date.fromisoformat(today)))

    new = [finding.code for finding in with_today if finding not in list(run_checks(Survey(tidy)))]

    assert new == ([code] if code else [])


def with_city_reaching(campaign, metres):
    """Let the districts reach so much further to the west than their precincts do."""
    districts = [
        dataclasses.replace(item, geometry=MultiPolygon([item.geometry.union(strip)]))
        if item.code == "almaly"
        else item
        for item in campaign.districts
        for strip in [box(76.90 - metres / 81_300, 43.22, 76.90, 43.241)]
    ]
    return dataclasses.replace(campaign, districts=tuple(districts))


def test_strip_along_the_edge_of_the_city_is_no_gap_and_a_broad_one_is(tidy):
    narrow, broad = with_city_reaching(tidy, 1.5), with_city_reaching(tidy, 30)

    assert found(narrow, "precincts_gap") == found(narrow, "sliver_gap") == []
    assert len(found(broad, "precincts_gap")) == 1


def test_sliver_between_two_precincts_that_opens_at_the_edge_of_the_city_is_found(tidy):
    border = 43.227  # of 12 and 3, at the western edge
    cut = box(76.8999, border - 0.25 * METRE, 76.9003, border + 0.5 * METRE)

    campaign = reshaped(reshaped(tidy, 12, lambda shape: shape - cut), 3, lambda shape: shape - cut)

    assert [finding.values["numbers"] for finding in found(campaign, "sliver_gap")] == ["3, 12"]


def test_district_counts_as_not_covered_from_a_hundredth_on(tidy):
    whole = tidy.precincts_by_number[9].geometry
    west, south, east, north = whole.bounds
    less = reshaped(
        tidy,
        9,
        lambda shape: shape - box(west, south, west + 0.08 * (east - west), south + 0.1 * (north - south)),
    )

    assert found(less, "district_not_covered") == []
    assert len(found(without(tidy, "precincts", lambda item: item.number != 9), "district_not_covered")) == 1
