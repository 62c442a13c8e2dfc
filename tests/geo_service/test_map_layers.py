from __future__ import annotations

import dataclasses

from geo_service.campaign.model import Campaign
from geo_service.served.map_layers import precinct_areas, station_buildings, streets, unplaced_stations


def with_station(campaign: Campaign, number: int, **values) -> Campaign:
    stations = tuple(
        dataclasses.replace(station, **values) if station.precinct == number else station
        for station in campaign.stations
    )
    return dataclasses.replace(campaign, stations=stations)


def with_closed(campaign: Campaign, number: int) -> Campaign:
    precincts = tuple(
        dataclasses.replace(precinct, status="closed") if precinct.number == number else precinct
        for precinct in campaign.precincts
    )
    return dataclasses.replace(campaign, precincts=precincts)


def building_of(campaign: Campaign, number: int):
    return next(building for building in station_buildings(campaign) if number in building.numbers)


def test_building_has_all_precincts_that_vote_in_it(small_campaign: Campaign):
    building = building_of(small_campaign, 3)

    assert building.numbers == (3, 12)
    assert building.hours == dict.fromkeys(("kk", "ru", "en"), "07:00–20:00")


def test_hours_that_differ_inside_a_building_are_told_by_precinct(small_campaign: Campaign):
    campaign = with_station(small_campaign, 12, opens="06:00", closes="18:00")

    hours = building_of(campaign, 3).hours
    assert hours["ru"] == "№ 3 [ПРИМЕР]: 07:00–20:00; № 12 [ПРИМЕР]: 06:00–18:00"
    assert hours["en"] == "No. 3 [SAMPLE]: 07:00–20:00; No. 12 [SAMPLE]: 06:00–18:00"


def test_closed_precinct_is_nowhere_on_the_map(small_campaign: Campaign):
    campaign = with_closed(with_closed(small_campaign, 12), 31)

    assert building_of(campaign, 3).numbers == (3,)
    assert [station.numbers for station in unplaced_stations(small_campaign)] == [(31,)]
    assert unplaced_stations(campaign) == ()
    assert {12, 31}.isdisjoint(area.number for area in precinct_areas(campaign))


def test_longest_streets_come_first_and_places_that_are_no_lines_are_left_out(small_campaign: Campaign):
    drawn = streets(small_campaign.places, main=1)

    assert [street.names["ru"] for street in drawn] == ["проспект Абая", "улица Толе би", "улица Садовая"]
    assert [street.is_main for street in drawn] == [True, False, False]
    assert streets(small_campaign.places, main=1, most=2) == drawn[:2]
