from __future__ import annotations

import dataclasses

import pytest
from shapely import LineString

from geo_service.campaign.model import LANGUAGES, Names, Place
from geo_service.place_labels import PlaceLabels

EVERYWHERE = ("almaly", "bostandyk", "medeu")
SADOVAYA = Names(None, "Садовая", None)


def _street(number, names, districts, lon=None, length=0.001, **values):
    """A street that runs north from 43.23 at a longitude, degrees."""
    line = None if lon is None else LineString([(lon, 43.23), (lon, 43.23 + length)])
    return Place(number, "street", names, districts, geometry=line, **values)


@pytest.fixture
def labels_of(small_campaign):
    def make(*places):
        return PlaceLabels(dataclasses.replace(small_campaign, places=places))

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


@pytest.mark.xfail(strict=True, reason="a place inside a microdistrict gets no street beside it")
def test_namesakes_of_one_microdistrict_are_told_apart_by_the_longest_street_beside(labels_of):
    orbita = Place(7, "microdistrict", Names("Орбита-1", "Орбита-1", "Orbita-1"), ("medeu",))
    west = _street(1, SADOVAYA, ("medeu",), 76.90, within=7)
    east = _street(2, SADOVAYA, ("medeu",), 76.95, within=7)
    beside = _street(5, Names(None, "Восточная"), ("medeu",), 76.951)
    labels = labels_of(orbita, west, east, beside)

    assert labels.label(west, None, None, "ru") != labels.label(east, None, None, "ru")


@pytest.mark.xfail(strict=True, reason="namesakes of different districts get no street beside them")
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
