from __future__ import annotations

import dataclasses
from concurrent.futures import ThreadPoolExecutor

import pytest
from shapely import LineString

from geo_service.campaign.model import LANGUAGES, House, Names, Place
from geo_service.place_labels import PlaceLabels

EVERYWHERE = ("almaly", "bostandyk", "medeu")
SADOVAYA = Names(None, "Садовая", None)


def _street(number, names, districts, lon=None, length=0.001, **values):
    """A street that runs north from 43.23 at a longitude, degrees."""
    line = None if lon is None else LineString([(lon, 43.23), (lon, 43.23 + length)])
    return Place(number, "street", names, districts, geometry=line, **values)


@pytest.fixture
def labels_of(small_campaign):
    def make(*places, houses=()):
        return PlaceLabels(dataclasses.replace(small_campaign, places=places, houses=houses))

    return make


def test_an_address_is_kind_name_and_house(labels_of):
    street = _street(1, Names("Төле би", "Толе би", "Tole Bi"), EVERYWHERE)
    labels = labels_of(street)

    assert labels.address(street, "12А", "ru") == "улица Толе би, 12А"
    assert labels.address(street, "12А", "kk") == "Төле би көшесі, 12А"
    assert labels.address(street, None, "ru") == "улица Толе би"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_that_a_language_lacks_falls_back(labels_of, language):
    street = _street(1, SADOVAYA, EVERYWHERE)

    assert "Садовая" in labels_of(street).address(street, "5", language)


def test_the_only_district_of_a_place_stands_in_brackets(labels_of):
    street = _street(1, SADOVAYA, ("medeu",))
    labels = labels_of(street)

    assert labels.label(street, None, None, "ru") == "улица Садовая (Медеуский район)"
    assert labels.label(street, None, None, "kk").endswith("(Медеу ауданы)")


def test_a_place_in_several_districts_is_told_by_that_of_its_house(labels_of):
    street = _street(1, SADOVAYA, EVERYWHERE)
    labels = labels_of(street)

    assert labels.label(street, None, None, "ru") == "улица Садовая"
    assert labels.label(street, "5", "almaly", "ru") == "улица Садовая, 5 (Алмалинский район)"


def test_a_place_inside_a_microdistrict_is_told_by_it(labels_of):
    orbita = Place(7, "microdistrict", Names("Орбита-1", "Орбита-1", "Orbita-1"), ("medeu",))
    street = _street(1, SADOVAYA, ("medeu",), within=7)

    label = labels_of(orbita, street).label(street, None, None, "ru")

    assert label == "улица Садовая (микрорайон Орбита-1, Медеуский район)"


def test_namesakes_of_one_district_are_told_apart_by_the_longest_street_beside(labels_of):
    west = _street(1, SADOVAYA, ("medeu",), 76.90)
    east = _street(2, SADOVAYA, ("medeu",), 76.95)
    short = _street(3, Names(None, "Короткая"), ("medeu",), 76.901, 0.0005)
    long = _street(4, Names(None, "Длинная"), ("medeu",), 76.902, 0.01)
    other = _street(5, Names(None, "Восточная"), ("medeu",), 76.951)
    labels = labels_of(west, east, short, long, other)

    assert "улица Длинная" in labels.label(west, None, None, "ru")
    assert "улица Восточная" in labels.label(east, None, None, "ru")


def test_namesakes_of_one_microdistrict_are_told_apart_by_the_longest_street_beside(labels_of):
    orbita = Place(7, "microdistrict", Names("Орбита-1", "Орбита-1", "Orbita-1"), ("medeu",))
    west = _street(1, SADOVAYA, ("medeu",), 76.90, within=7)
    east = _street(2, SADOVAYA, ("medeu",), 76.95, within=7)
    beside = _street(5, Names(None, "Восточная"), ("medeu",), 76.951)
    labels = labels_of(orbita, west, east, beside)

    assert labels.label(west, None, None, "ru") != labels.label(east, None, None, "ru")


def test_namesakes_whose_houses_lie_in_one_district_are_told_apart(labels_of):
    west = _street(1, SADOVAYA, ("almaly", "medeu"), 76.90)
    east = _street(2, SADOVAYA, ("medeu",), 76.95)
    beside = _street(5, Names(None, "Восточная"), ("medeu",), 76.951)
    labels = labels_of(west, east, beside)

    assert labels.label(west, "5", "medeu", "ru") != labels.label(east, "5", "medeu", "ru")


def test_a_name_of_its_own_needs_no_street_beside(labels_of):
    west = _street(1, SADOVAYA, ("medeu",), 76.90)
    other = _street(2, Names(None, "Восточная"), ("medeu",), 76.901)

    assert "Восточная" not in labels_of(west, other).label(west, None, None, "ru")


def test_a_namesake_is_no_neighbour_that_tells_places_apart(labels_of):
    west, beside = _street(1, SADOVAYA, ("medeu",), 76.90), _street(2, SADOVAYA, ("medeu",), 76.901)

    assert labels_of(west, beside).label(west, None, None, "ru") == "улица Садовая (Медеуский район)"


def test_namesakes_without_geometry_have_their_district_only(labels_of):
    one, two = _street(1, SADOVAYA, ("medeu",)), _street(2, SADOVAYA, ("medeu",))

    assert labels_of(one, two).label(one, None, None, "ru") == "улица Садовая (Медеуский район)"


def test_a_street_too_far_away_tells_nothing(labels_of):
    west, east = _street(1, SADOVAYA, ("medeu",), 76.90), _street(2, SADOVAYA, ("medeu",), 76.95)
    far = _street(3, Names(None, "Дальняя"), ("medeu",), 77.00)

    assert "Дальняя" not in labels_of(west, east, far).label(east, None, None, "ru")


def test_kinds_of_one_name_are_told_apart_by_the_kind_word(labels_of):
    street = _street(1, SADOVAYA, ("medeu",))
    avenue = Place(2, "avenue", SADOVAYA, ("medeu",))
    labels = labels_of(street, avenue)

    assert labels.label(street, None, None, "ru") != labels.label(avenue, None, None, "ru")


def test_the_district_of_a_house_outranks_that_of_its_place(labels_of):
    one, every = _street(1, SADOVAYA, ("medeu",)), _street(2, SADOVAYA, EVERYWHERE)
    labels = labels_of(one, every)

    assert labels.district_of(every, "almaly") == "almaly"
    assert labels.district_of(one, None) == "medeu"
    assert labels.district_of(every, None) is None


def test_a_district_that_the_campaign_does_not_have_is_left_out(labels_of):
    street = _street(1, SADOVAYA, ("unknown",))

    assert labels_of(street).label(street, None, None, "ru") == "улица Садовая"


def test_namesakes_in_several_districts_are_told_apart(labels_of):
    west = _street(1, SADOVAYA, ("almaly", "medeu"), 76.90)
    east = _street(2, SADOVAYA, ("almaly", "bostandyk"), 76.95)
    beside = _street(5, Names(None, "Восточная"), ("medeu",), 76.951)
    labels = labels_of(west, east, beside)

    assert labels.label(east, None, None, "ru") == "улица Садовая (рядом: улица Восточная)"
    assert labels.label(east, "5", "bostandyk", "ru") == "улица Садовая, 5 (Бостандыкский район)"
    assert labels.label(west, "5", "almaly", "ru") != labels.label(east, "5", "almaly", "ru")


def test_houses_in_a_district_that_their_places_are_not_said_to_touch_are_told_apart(labels_of):
    west = _street(1, SADOVAYA, ("medeu",), 76.90)
    east = _street(2, SADOVAYA, ("bostandyk",), 76.95)
    beside = _street(5, Names(None, "Восточная"), ("medeu",), 76.951)
    labels = labels_of(west, east, beside)

    assert labels.label(west, "5", "almaly", "ru") != labels.label(east, "5", "almaly", "ru")


def test_names_that_are_one_in_a_language_are_told_apart_in_that_language_only(labels_of):
    west = _street(1, Names("Арал", "Арал"), ("medeu",), 76.90)
    east = _street(2, Names("Арал", "Аральская"), ("medeu",), 76.95)
    beside = _street(5, Names("Шығыс", "Восточная"), ("medeu",), 76.951)
    labels = labels_of(west, east, beside)

    assert labels.label(east, None, None, "kk") == "Арал көшесі (Медеу ауданы, жақын жерде: Шығыс көшесі)"
    assert labels.label(east, None, None, "ru") == "улица Аральская (Медеуский район)"


@pytest.mark.parametrize("other", ["Толе Би", "толе би"])
def test_spellings_of_one_name_are_told_apart(labels_of, other):
    west = _street(1, Names(None, "Толе би"), ("medeu",), 76.90)
    east = _street(2, Names(None, other), ("medeu",), 76.95)
    beside = _street(5, Names(None, "Восточная"), ("medeu",), 76.951)

    assert "Восточная" in labels_of(west, east, beside).label(east, None, None, "ru")


def test_a_street_beside_both_namesakes_tells_nothing(labels_of):
    west = _street(1, SADOVAYA, ("medeu",), 76.900)
    east = _street(2, SADOVAYA, ("medeu",), 76.905)
    between = _street(3, Names(None, "Длинная"), ("medeu",), 76.9025, 0.01)
    beside_west = _street(4, Names(None, "Западная"), ("medeu",), 76.898)
    beside_east = _street(5, Names(None, "Восточная"), ("medeu",), 76.907)
    labels = labels_of(west, east, between, beside_west, beside_east)

    assert labels.label(west, None, None, "ru") == "улица Садовая (Медеуский район, рядом: улица Западная)"
    assert labels.label(east, None, None, "ru") == "улица Садовая (Медеуский район, рядом: улица Восточная)"


def test_namesakes_with_the_same_streets_beside_them_are_told_apart_by_those_that_touch_them(labels_of):
    west = _street(1, SADOVAYA, ("medeu",), 76.900)
    east = _street(2, SADOVAYA, ("medeu",), 76.903)
    at_west = _street(3, Names(None, "Западная"), ("medeu",), 76.9001)
    at_east = _street(4, Names(None, "Восточная"), ("medeu",), 76.9031)
    labels = labels_of(west, east, at_west, at_east)

    assert "Западная" in labels.label(west, None, None, "ru")
    assert "Восточная" in labels.label(east, None, None, "ru")


def test_a_neighbour_of_the_same_name_as_a_neighbour_of_the_other_tells_nothing(labels_of):
    west, east = _street(1, SADOVAYA, ("medeu",), 76.90), _street(2, SADOVAYA, ("medeu",), 76.95)
    first = _street(3, Names(None, "Длинная"), ("medeu",), 76.901, 0.01)
    second = _street(4, Names(None, "Длинная"), ("almaly",), 76.951, 0.01)
    labels = labels_of(west, east, first, second, _street(5, Names(None, "Восточная"), ("medeu",), 76.952))

    assert "Длинная" not in labels.label(west, None, None, "ru")
    assert "Восточная" in labels.label(east, None, None, "ru")


def test_namesakes_with_no_street_beside_them_are_told_apart_by_their_house_numbers(labels_of):
    one, two = _street(1, SADOVAYA, ("medeu",)), _street(2, SADOVAYA, ("medeu",))
    houses = [
        *(House(1, number, "medeu") for number in ("10", "2", "9А")),
        *(House(2, number, "medeu") for number in ("11",)),
    ]
    labels = labels_of(one, two, houses=tuple(houses))

    assert labels.label(one, None, None, "ru") == "улица Садовая (Медеуский район, 2–10)"
    assert labels.label(two, "11", "medeu", "ru") == "улица Садовая, 11 (Медеуский район, 11)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_places_of_the_sample_city_share_a_label(sample_city, language):
    labels = PlaceLabels(sample_city.campaign)

    of_places = [labels.label(place, None, None, language) for place in sample_city.campaign.places]

    assert len(set(of_places)) == len(of_places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_houses_of_two_places_of_the_sample_city_share_a_label(sample_city, language):
    campaign = sample_city.campaign
    places = {place.id: place for place in campaign.places}
    labels = PlaceLabels(campaign)

    owners = {}
    for house in campaign.houses:
        label = labels.label(places[house.place], house.number, house.district, language)
        owners.setdefault(label, set()).add(house.place)

    assert [label for label, of_label in owners.items() if len(of_label) > 1] == []


def test_labels_are_the_same_from_several_threads(sample_city):
    places = sample_city.campaign.places
    labels = PlaceLabels(sample_city.campaign)

    def all_labels(_):
        return [labels.label(place, None, None, language) for place in places for language in LANGUAGES]

    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(all_labels, range(8)))

    assert all(result == all_labels(None) for result in results)
