from __future__ import annotations

import pytest

from geo_service.addresses.house_book import HouseBook, TypedHouse
from geo_service.campaign.model import House

ABAY, TOLE_BI, EMPTY = 1, 2, 3


@pytest.fixture(scope="module")
def book():
    """Abay with houses in two districts, Tole Bi all in precinct 7."""
    return HouseBook(
        [
            House(ABAY, "12", "almaly", 1),
            House(ABAY, "12", "medeu", 2),
            House(ABAY, "12а", "almaly", 1),
            House(ABAY, "12/2", "almaly", None),
            House(ABAY, "14 Б", "almaly", 1),
            House(ABAY, "100", "almaly", 1),
            House(ABAY, "7-9", "almaly", 1),
            House(TOLE_BI, "1", "almaly", 7),
            House(TOLE_BI, "3", "medeu", 7),
        ]
    )


def found(book, place, typed):
    houses, agreement = book.find(place, typed)
    return [(house.number, house.district) for house in houses], agreement


def test_one_number_in_two_districts_gives_both_houses(book):
    assert found(book, ABAY, TypedHouse("12")) == ([("12", "almaly"), ("12", "medeu")], "exact")


def test_a_house_is_found_in_the_campaigns_own_writing(book):
    assert found(book, ABAY, TypedHouse("14Б")) == ([("14 Б", "almaly")], "exact")
    assert found(book, ABAY, TypedHouse("12А")) == ([("12а", "almaly")], "exact")


def test_a_number_is_never_taken_for_another_one(book):
    assert book.find(ABAY, TypedHouse("14")) is None
    assert book.find(ABAY, TypedHouse("12/1")) is None
    assert book.find(ABAY, TypedHouse("10")) is None
    assert book.find(TOLE_BI, TypedHouse("12")) is None


def test_a_latin_letter_is_read_by_its_sound_if_its_shape_is_not_there(book):
    houses, agreement = found(book, ABAY, TypedHouse("14В", other="14Б"))

    assert houses == [("14 Б", "almaly")]
    assert agreement != "exact"


def test_a_part_of_a_building_is_a_fraction_where_the_data_write_it_so(book):
    assert found(book, ABAY, TypedHouse("12К2")) == ([("12/2", "almaly")], "part")
    assert book.find(ABAY, TypedHouse("12К3")) is None


def test_a_number_with_a_hyphen_is_a_house_if_there_is_one_else_house_and_flat(book):
    assert found(book, ABAY, TypedHouse("7", last="9")) == ([("7-9", "almaly")], "exact")
    assert found(book, ABAY, TypedHouse("100", last="14")) == ([("100", "almaly")], "exact")


def test_near_numbers_are_those_of_the_same_building_first(book):
    assert book.near(ABAY, TypedHouse("12Г"), 6) == ["12", "12/2", "12а"]


def test_near_numbers_are_the_closest_where_the_building_is_unknown(book):
    assert book.near(ABAY, TypedHouse("99"), 1) == ["100"]
    assert len(book.near(ABAY, TypedHouse("50"), 3)) == 3
    assert book.near(EMPTY, TypedHouse("50"), 3) == []


def test_a_place_whose_houses_are_all_of_one_precinct_has_that_precinct(book):
    assert book.one_for_all(TOLE_BI).precinct == 7
    assert book.one_for_all(ABAY) is None
    assert book.one_for_all(EMPTY) is None


def test_a_house_without_precinct_leaves_the_place_without_one():
    book = HouseBook([House(ABAY, "1", "almaly", 7), House(ABAY, "2", "almaly", None)])

    assert book.one_for_all(ABAY) is None
