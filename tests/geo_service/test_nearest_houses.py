"""Positions in a campaign of house lists alone: probable, and only if the houses beside a point agree."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from geo_service.campaign.file import open_campaign, write_campaign
from geo_service.campaign.model import House
from geo_service.finder import Finder

LON, LAT = 76.93, 43.25
#: Degrees of longitude in ten metres there.
TEN_METRES = 10 / 81_200


def house(number, precinct, metres):
    return House(1, number, "almaly", precinct, "sample", None, LON + metres / 10 * TEN_METRES, LAT)


@pytest.fixture
def finder(small_campaign, tmp_path):
    """Houses at 0 and 20 m of precinct 3, at 100 m of precinct 12, at 1000 m of a special one."""
    houses = (house("1", 3, 0), house("2", 3, 20), house("3", 12, 100), house("4", 901, 1000))
    precincts = tuple(
        dataclasses.replace(precinct, geometry=None, authority="official_list")
        for precinct in small_campaign.precincts
    )
    campaign = dataclasses.replace(
        small_campaign, precincts=precincts, houses=houses, places=small_campaign.places, stations=()
    )
    write_campaign(tmp_path / "lists.gpkg", campaign)
    return Finder(open_campaign(tmp_path / "lists.gpkg"))


def at(finder, metres):
    return finder.by_point(LON + metres / 10 * TEN_METRES, LAT)


def codes(resolution):
    return [note.code for note in resolution.notes]


def test_point_beside_listed_houses_of_one_precinct_is_answered_as_probable(finder):
    resolution = at(finder, 12)

    assert (resolution.status, resolution.method, resolution.authority) == (
        "found",
        "nearest_house",
        "sample",
    )
    assert resolution.precinct.number == 3
    assert "nearest_house" in codes(resolution)
    text = next(note for note in resolution.notes if note.code == "nearest_house").text("ru")
    assert text.startswith("Вероятно, участок")
    assert "в 8 м" in text
    assert resolution.border is None


def test_point_between_houses_of_two_precincts_is_not_answered(finder):
    resolution = at(finder, 60)

    assert (resolution.status, resolution.precinct) == ("outside", None)
    assert "houses_differ" in codes(resolution)


@pytest.mark.parametrize("metres", [300, 1000])
def test_point_without_a_listed_house_beside_it_is_not_answered(finder, metres):
    resolution = at(finder, metres)

    assert (resolution.status, codes(resolution)) == ("outside", ["sample_data", "no_listed_house"])


def test_many_points_are_answered_as_each_is_alone(finder):
    metres = np.array([[-70.0, -20, 0, 12], [60, 75, 110, np.nan]])
    lons = LON + metres / 10 * TEN_METRES

    numbers = finder.numbers_at(lons, np.full_like(lons, LAT))

    alone = [
        answer.precinct.number if answer.status == "found" else 0
        for answer in (at(finder, m) for m in metres.ravel()[:-1])
    ]
    assert numbers.ravel().tolist() == [*alone, 0]
    assert {0, 3, 12} == set(alone)


def test_distance_is_a_setting(finder):
    near = Finder(finder.file, near_house_m=5.0)

    assert at(near, 12).status == "outside"
    assert at(near, 3).precinct.number == 3


def test_houses_are_never_consulted_where_there_are_polygons(small_campaign_path):
    finder = Finder(open_campaign(small_campaign_path))

    assert finder.listed_houses is None
    assert "outside" in codes(finder.by_point(77.5, 43.25))


def test_address_is_answered_by_the_list(finder):
    resolution = finder.by_address("Абая 2")

    assert (resolution.method, resolution.precinct.number) == ("house_list", 3)
