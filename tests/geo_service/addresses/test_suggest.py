from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.addresses.search import AddressSearch
from geo_service.addresses.suggest import Suggestions
from geo_service.campaign.model import Alias, House, Names, Place
from geo_service.place_labels import PlaceLabels

PLACES = (
    Place(1, "avenue", Names("Абай", "Абая", "Abay"), ("almaly", "medeu")),
    Place(2, "street", Names("Абай", "Абая", "Abay"), ("medeu",)),
    Place(3, "street", Names("Төле би", "Толе би", "Tole Bi"), ("almaly",)),
    Place(4, "microdistrict", Names("Самал-1", "Самал-1", "Samal-1"), ("medeu",)),
    Place(5, "microdistrict", Names("Самал-2", "Самал-2", "Samal-2"), ("medeu",)),
    Place(6, "street", Names(None, "Абдирова", None), ("almaly",)),
    Place(7, "street", Names(None, "Жубана Молдагалиева", None), ("almaly",)),
)
HOUSES = (
    *(House(1, number, "almaly") for number in ("1", "10", "10/1", "10А", "2", "100")),
    House(2, "10", "medeu"),
    House(5, "33", "medeu"),
)
ALIASES = (Alias(3, "Комсомольская", "ru", "old"),)


@pytest.fixture(scope="module")
def suggestions(small_campaign):
    campaign = dataclasses.replace(small_campaign, places=PLACES, houses=HOUSES, aliases=ALIASES)
    return Suggestions(AddressSearch(campaign), PlaceLabels(campaign))


def texts(found):
    return [suggestion.text for suggestion in found]


@pytest.mark.parametrize(
    "prefix", ["т", "то", "тол", "толе", "толе б", "Толе би", "ТОЛЕ", "ул. тол", "улица толе", "би"]
)
def test_a_place_is_suggested_at_every_length_of_its_name(suggestions, prefix):
    assert "улица Толе би" in texts(suggestions.of(prefix))


def test_a_name_is_completed_in_the_language_of_the_input(suggestions):
    assert "Төле би көшесі" in texts(suggestions.of("төл"))
    assert "улица Толе би" in texts(suggestions.of("толе"))
    assert "Tole Bi street" in texts(suggestions.of("tole"))


def test_a_language_that_is_asked_for_outranks_that_of_the_input(suggestions):
    assert "Төле би көшесі" in texts(suggestions.of("толе", language="kk"))


def test_a_name_missing_in_a_language_falls_back(suggestions):
    assert any("Абдирова" in text for text in texts(suggestions.of("абди", language="kk")))


def test_a_kind_word_brings_places_of_its_kind_first(suggestions):
    assert texts(suggestions.of("проспект аба"))[0] == "проспект Абая"
    assert texts(suggestions.of("улица абая"))[0] == "улица Абая"


def test_of_places_that_begin_alike_the_one_with_more_houses_comes_first(suggestions):
    assert texts(suggestions.of("абая"))[0] == "проспект Абая"


def test_a_long_name_is_suggested_from_its_second_word_on(suggestions):
    assert texts(suggestions.of("молдаг")) == ["улица Жубана Молдагалиева"]


def test_an_old_name_suggests_the_place_of_today(suggestions):
    assert texts(suggestions.of("комсомол")) == ["улица Толе би"]


def test_a_numbered_microdistrict_is_suggested_with_and_without_its_number(suggestions):
    assert set(texts(suggestions.of("самал"))) == {"микрорайон Самал-1", "микрорайон Самал-2"}
    assert texts(suggestions.of("самал-2")) == ["микрорайон Самал-2"]


def test_houses_follow_once_a_place_and_a_number_are_typed(suggestions):
    found = suggestions.of("абая 10")

    assert {(item.place.id, item.house) for item in found} >= {(1, "10"), (1, "10А"), (1, "10/1"), (2, "10")}
    assert all(item.text.endswith(f", {item.house}") for item in found)


def test_houses_of_a_chosen_place_begin_as_typed_in_the_order_of_counting(suggestions):
    found = suggestions.houses(PLACES[0], "10", language="ru")

    assert [item.house for item in found] == ["10", "10/1", "10А", "100"]
    assert found[0].text == "проспект Абая, 10"
    assert [item.house for item in suggestions.houses(PLACES[0], "")] == [
        "1",
        "2",
        "10",
        "10/1",
        "10А",
        "100",
    ]


def test_labels_tell_namesakes_apart(suggestions):
    labels = [item.label for item in suggestions.of("абая")]

    assert len(labels) == len(set(labels))


def test_no_more_are_suggested_than_asked(suggestions):
    assert len(suggestions.of("а", limit=2)) == 2
    assert len(suggestions.of("абая 1", limit=2)) <= 2
    assert len(suggestions.houses(PLACES[0], "", limit=3)) == 3


def test_a_name_typed_in_another_layout_is_completed(suggestions):
    assert "улица Толе би" in texts(suggestions.of("njkt", language="ru"))


@pytest.mark.parametrize("prefix", ["", " ", ",", "щщщщ", "улица ыыыы", "\x00"])
def test_nothing_is_suggested_for_what_begins_no_name(suggestions, prefix):
    assert suggestions.of(prefix) == ()


@given(st.sampled_from(PLACES), st.data())
def test_every_beginning_of_a_name_suggests_its_place(suggestions, place, data):
    name = place.names.ru
    prefix = name[: data.draw(st.integers(1, len(name)))]

    assert place.id in {item.place.id for item in suggestions.of(prefix, limit=20)}


@given(st.text())
def test_no_text_raises(suggestions, text):
    assert len(suggestions.of(text)) <= 8
    assert len(suggestions.houses(PLACES[0], text)) <= 8
