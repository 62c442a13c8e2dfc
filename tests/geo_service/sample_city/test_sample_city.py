"""The sample city keeps what its description promises."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
import pytest
import shapely

from geo_service.campaign.content_hash import content_hash
from geo_service.sample_city.division import MOST_VOTERS
from geo_service.sample_city.facts import ORIGIN, sample_plan
from geo_service.sample_city.generate import DEFAULT_SEED, STEPS, generate_campaign


@pytest.fixture(scope="module")
def campaign(sample_city):
    return sample_city.campaign


@pytest.fixture(scope="module")
def territorial(campaign):
    return [precinct for precinct in campaign.precincts if precinct.kind == "territorial"]


@pytest.fixture(scope="module")
def special(campaign):
    return [precinct for precinct in campaign.precincts if precinct.kind == "special"]


def test_has_the_precincts_of_the_vote(campaign, territorial, special):
    assert [precinct.number for precinct in campaign.precincts] == list(range(1, 655))
    assert (len(territorial), len(special)) == (582, 72)


def test_territorial_precincts_tile_the_city_exactly(campaign, territorial):
    polygons = [precinct.geometry for precinct in territorial]

    assert shapely.coverage_is_valid(polygons)
    city = shapely.union_all([district.geometry for district in campaign.districts])
    assert shapely.union_all(polygons).symmetric_difference(city).area == 0


def test_territorial_precincts_stay_within_one_district(campaign, territorial):
    districts = {district.code: district.geometry for district in campaign.districts}

    for precinct in territorial:
        assert precinct.geometry.difference(districts[precinct.district]).area == 0


def test_each_precinct_is_of_one_piece_and_legal_size(territorial):
    for precinct in territorial:
        assert len(precinct.geometry.geoms) == 1
        assert 0 < precinct.voters <= MOST_VOTERS == 3000


def test_borders_follow_streets_and_district_lines(campaign, territorial):
    streets = [place.geometry for place in campaign.places if place.kind != "microdistrict"]
    outlines = [district.geometry.boundary for district in campaign.districts]
    lines = ORIGIN.to_metres(np.array(streets + outlines, object))
    borders = shapely.union_all(
        shapely.boundary(ORIGIN.to_metres(np.array([p.geometry for p in territorial], object)))
    )

    on_lines = borders.intersection(shapely.union_all(shapely.buffer(lines, 1.0)))

    assert on_lines.length / borders.length >= 0.95


def test_houses_are_many_varied_and_all_in_their_precinct(sample_city, campaign):
    houses = campaign.houses
    numbers = [house.number for house in houses]

    located = sample_city.index.locate_many([house.lon for house in houses], [house.lat for house in houses])

    assert len(houses) >= 100_000
    assert len({house.place for house in houses}) >= 2_000
    assert located.tolist() == [house.precinct for house in houses]
    assert any("А" in number for number in numbers)
    assert any("/" in number for number in numbers)
    assert len({(house.place, house.number) for house in houses}) == len(houses)


def test_streets_have_odd_and_even_sides(campaign):
    numbers = defaultdict(set)
    for house in campaign.houses:
        if house.number.isdigit():
            numbers[house.place].add(int(house.number) % 2)

    both = sum(sides == {0, 1} for sides in numbers.values())

    assert both >= 0.95 * len(numbers)


def test_microdistricts_have_houses_without_a_street(campaign):
    microdistricts = {place.id for place in campaign.places if place.kind == "microdistrict"}

    assert len(microdistricts) >= 60
    assert microdistricts <= {house.place for house in campaign.houses}


def test_street_names_recur_across_districts_but_not_in_one_microdistrict(campaign):
    streets = [place for place in campaign.places if place.kind != "microdistrict"]
    districts_of_name = defaultdict(set)
    for place in streets:
        districts_of_name[place.names.ru].update(place.districts)

    assert sum(len(districts) >= 3 for districts in districts_of_name.values()) >= 20
    keys = Counter((place.kind, place.names.ru, place.within, place.districts) for place in streets)
    assert max(keys.values()) == 1


def test_voters_of_a_precinct_are_about_those_of_its_houses(campaign, territorial):
    of_houses = Counter()
    for house in campaign.houses:
        of_houses[house.precinct] += house.voters

    for precinct in territorial:
        # A building that became a polling station has no residents, but is counted in the plan.
        assert precinct.voters - 500 <= of_houses[precinct.number] <= precinct.voters


def test_special_precincts_are_grounds_of_named_institutions(campaign, special):
    districts = {district.code: district.geometry for district in campaign.districts}

    for precinct in special:
        assert all(precinct.names.as_dict().values())
        assert districts[precinct.district].contains(precinct.geometry)
        corners = sum(len(part.exterior.coords) - 1 for part in precinct.geometry.geoms)
        assert 3 <= corners <= 24
    assert len({precinct.names for precinct in special}) == len(special)


def test_every_precinct_votes_in_a_named_building_with_an_address(campaign):
    assert [station.precinct for station in campaign.stations] == list(range(1, 655))
    for station in campaign.stations:
        assert all(station.names.as_dict().values())
        assert all(station.address.as_dict().values())
        assert station.lon is not None


def test_some_buildings_serve_several_precincts_and_some_stations_lie_outside(sample_city, campaign):
    territorial = [
        s for s in campaign.stations if sample_city.campaign.precincts_by_number[s.precinct].kind != "special"
    ]
    located = sample_city.index.locate_many([s.lon for s in territorial], [s.lat for s in territorial])

    sizes = Counter(Counter(station.building_id for station in territorial).values())

    assert sizes[1] > 0
    assert sizes[2] > 0
    assert sizes[3] > 0
    outside = sum(number != station.precinct for number, station in zip(located, territorial, strict=True))
    assert 0 < outside < len(territorial) / 2
    one_building = {station.building_id: (station.lon, station.lat, station.names) for station in territorial}
    assert all(one_building[s.building_id] == (s.lon, s.lat, s.names) for s in territorial)


def test_ten_special_precincts_open_at_six(campaign, special):
    early = {station.precinct for station in campaign.stations if station.opens == "06:00"}

    assert len(early) == 10
    assert early <= {precinct.number for precinct in special}


def test_accessibility_is_partly_unknown(campaign):
    known = Counter(station.accessibility.step_free for station in campaign.stations)

    assert set(known) == {"yes", "no", "unknown"}


def test_everything_is_marked_as_sample(campaign):
    assert campaign.info.is_sample
    assert {precinct.authority for precinct in campaign.precincts} == {"sample"}
    assert {house.authority for house in campaign.houses} == {"sample"}
    assert {station.location_source for station in campaign.stations} == {"sample"}


def test_the_same_seed_gives_the_same_campaign_and_tells_every_step(sample_city):
    told = []

    again = generate_campaign(
        sample_plan(), seed=DEFAULT_SEED, progress=lambda step, done, total: told.append((step, done, total))
    )

    assert content_hash(again) == sample_city.content_hash
    assert told == [(step, done, len(STEPS)) for done, step in enumerate(STEPS)][1:-1]
