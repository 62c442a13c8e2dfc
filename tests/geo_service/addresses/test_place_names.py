from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.addresses.kinds import people_exchange
from geo_service.addresses.place_names import PlaceNames, glued
from geo_service.campaign.model import Alias, Names, Place

ABYLAI = Place(1, "avenue", Names("Абылай хан", "Абылай хана", "Abylai Khan"))
AKSAI = Place(2, "microdistrict", Names("Ақсай-3а", "Аксай-3а", "Aksai-3a"))
MOLDAGALIEV = Place(3, "street", Names(None, "Жубана Молдагалиева"))
KULDZHA = Place(4, "highway", Names("Құлжа тас жолы", "Кульджинский тракт"))
TOLE_BI = Place(5, "street", Names("Төле би", "Толе би", "Tole Bi"))
EIGHTH = Place(6, "microdistrict", Names("8", "8", "8"))
PLACES = [ABYLAI, AKSAI, MOLDAGALIEV, KULDZHA, TOLE_BI, EIGHTH]
ALIASES = [
    Alias(5, "Комсомольская", "ru", "old", None, "1995-01-01", "renamings"),
    Alias(5, "Толебишка", "ru", "colloquial"),
    Alias(99, "Ничья", "ru", "old"),
]


@pytest.fixture(scope="module")
def names():
    return PlaceNames(PLACES, ALIASES)


def places(found):
    return {name.place.id for name in found}


@pytest.mark.parametrize("key", ["толеби", "битоле"])
def test_a_name_is_looked_up_by_its_words_as_one_in_any_order(names, key):
    assert places(names.exact[key, ()]) == {5}


def test_a_name_is_looked_up_without_the_endings_of_its_words(names):
    (name,) = {name.text: name for name in names.endings["жубанмолдагалиев", ()]}.values()

    assert name.place is MOLDAGALIEV


def test_the_number_of_a_name_is_no_part_of_its_word(names):
    assert places(names.exact["аксаи", ("3А",)]) == {2}
    assert ("аксаи", ()) not in names.exact
    assert places(names.series["аксаи", ()]) == {2}


def test_a_name_may_be_a_number_alone(names):
    assert places(names.exact["", ("8",)]) == {6}


def test_names_of_a_place_are_known_in_every_language_that_it_has(names):
    assert {name.language for name in names.names if name.place is TOLE_BI} == {"kk", "ru", "en"}
    assert {name.language for name in names.names if name.place is MOLDAGALIEV} == {"ru"}


def test_an_old_name_is_marked_and_a_colloquial_one_is_not(names):
    by_text = {name.text: name for name in names.names}

    assert by_text["Комсомольская"].is_old
    assert by_text["Комсомольская"].place is TOLE_BI
    assert not by_text["Толебишка"].is_old
    assert not by_text["Толе би"].is_old


def test_an_alias_of_no_place_is_left_out(names):
    assert "Ничья" not in {name.text for name in names.names}


def test_a_kind_word_inside_a_name_may_be_left_out(names):
    assert places(names.exact["кулжински", ()]) == {4}
    assert places(names.exact["кулжа", ()]) == {4}


@pytest.mark.parametrize(("word", "place"), [("абила", 1), ("жубан", 3), ("молдагалиев", 3)])
def test_a_long_name_is_known_by_its_main_words(names, word, place):
    assert places(names.parts[word, ()]) == {place}


@pytest.mark.parametrize("title", ["хан", "хана", "би"])
def test_a_title_that_many_names_have_is_no_main_word(names, title):
    assert (title, ()) not in names.parts


def test_a_name_of_one_word_is_no_part_of_itself(names):
    assert ("комсомолск", ()) not in names.parts


def test_words_are_glued_without_spaces():
    assert glued(["толе", "би"]) == "толеби"
    assert glued([]) == ""


@pytest.mark.parametrize(
    ("kind", "other", "expected"),
    [
        ("street", "avenue", True),
        ("boulevard", "highway", True),
        ("lane", "lane", True),
        ("street", "lane", False),
        ("avenue", "microdistrict", False),
        ("complex", "microdistrict", False),
    ],
)
def test_only_kinds_of_streets_are_taken_for_one_another(kind, other, expected):
    assert people_exchange(kind, other) is expected
    assert people_exchange(other, kind) is expected


def test_a_campaign_without_places_has_no_names():
    assert PlaceNames([]).names == ()


@given(st.text())
def test_no_name_raises(text):
    names = PlaceNames([Place(1, "street", Names(text, text or None, None))], [Alias(1, text, "ru", "old")])

    assert {name.place.id for name in names.names} <= {1}
