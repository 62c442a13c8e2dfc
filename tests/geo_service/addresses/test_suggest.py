"""Suggestions from a handful of places."""

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
    Place(8, "street", Names(None, "20-я линия", None), ("almaly",)),
    Place(9, "street", Names(None, "1-я линия", None), ("medeu",)),
    Place(10, "street", Names(None, "2-я Нагорная", None), ("medeu",)),
    Place(11, "street", Names("Самал", "Самал", "Samal"), ("almaly",)),
    Place(12, "street", Names("Тау", "Горная", "Gornaya"), ("almaly",)),
    Place(13, "street", Names(None, "Шолохова", None), ("medeu",), 5),
    Place(14, "street", Names(None, "Шолохова", None), ("almaly",)),
)
HOUSES = (
    *(House(1, number, "almaly") for number in ("1", "10", "10/1", "10А", "2", "100")),
    House(1, "12", "medeu"),
    House(2, "10", "medeu"),
    *(House(5, number, "medeu") for number in ("1", "10", "33")),
    *(House(11, number, "almaly") for number in ("1", "2", "21")),
    House(9, "5", "medeu"),
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
    assert set(texts(suggestions.of("мкр самал"))) == {"микрорайон Самал-1", "микрорайон Самал-2"}
    assert texts(suggestions.of("самал-2")) == ["микрорайон Самал-2"]


@pytest.mark.parametrize("prefix", ["самал 2", "самал2", "Самал 2"])
def test_a_number_may_be_the_name_s_or_a_house_s(suggestions, prefix):
    assert texts(suggestions.of(prefix)) == ["микрорайон Самал-2", "улица Самал, 2", "улица Самал, 21"]


@pytest.mark.parametrize("prefix", ["самал-2 1", "самал 2 1", "мкр самал-2, 1", "2 самал 1", "самал-2 дом 1"])
def test_a_second_number_is_a_house_of_the_numbered_microdistrict(suggestions, prefix):
    assert texts(suggestions.of(prefix)) == ["микрорайон Самал-2, 1", "микрорайон Самал-2, 10"]


def test_a_number_after_a_comma_is_a_house(suggestions):
    assert texts(suggestions.of("самал, 2")) == ["улица Самал, 2", "улица Самал, 21"]


def test_a_number_may_stand_before_the_name_of_a_microdistrict(suggestions):
    assert texts(suggestions.of("2 самал")) == ["микрорайон Самал-2"]


@pytest.mark.parametrize(
    ("prefix", "place"),
    [("20 л", "улица 20-я линия"), ("20", "улица 20-я линия"), ("1-я л", "улица 1-я линия"),
     ("1 лин", "улица 1-я линия"), ("2-я Наг", "улица 2-я Нагорная"), ("наг", "улица 2-я Нагорная"),
     ("линия 20", "улица 20-я линия"), ("1-я линия 5", "улица 1-я линия, 5")],
)  # fmt: skip
def test_a_name_is_begun_with_its_number(suggestions, prefix, place):
    assert texts(suggestions.of(prefix))[0] == place


def test_a_name_that_people_read_comes_before_one_in_another_language(suggestions):
    assert texts(suggestions.of("тау")) == ["улица Горная"]
    assert texts(suggestions.of("тау", language="kk"))[0] == "Тау көшесі"
    assert "улица Горная" not in texts(suggestions.of("т"))[:1]


def test_a_street_of_the_named_microdistrict_comes_first(suggestions):
    for prefix in ("мкр Самал-2, ул. Шо", "Самал-2 Шол"):
        assert [one.place.id for one in suggestions.of(prefix)] == [13]
    assert {one.place.id for one in suggestions.of("мкр Неизвестный, ул. Шо")} == {13, 14}


def test_houses_follow_once_a_place_and_a_number_are_typed(suggestions):
    found = suggestions.of("абая 10")

    assert {(item.place.id, item.house) for item in found} >= {(1, "10"), (1, "10А"), (1, "10/1"), (2, "10")}
    assert all(item.text.endswith(f", {item.house}") for item in found)


def test_the_very_house_of_every_namesake_comes_before_its_variants_and_these_before_longer_numbers(
    suggestions,
):
    found = suggestions.of("абая 10")

    assert [(one.place.id, one.house) for one in found] == [
        (1, "10"),
        (2, "10"),
        (1, "10/1"),
        (1, "10А"),
        (1, "100"),
    ]


@pytest.mark.parametrize("prefix", ["абая 10 кв 77", "абая 10 к", "абая 10 кв", "абая 10 п 7"])
def test_flats_and_what_may_become_one_leave_the_houses(suggestions, prefix):
    found = suggestions.of(prefix)

    assert found[0].text == "проспект Абая, 10"
    assert not any("77" in one.label for one in found)


def test_a_slash_is_completed_by_the_fraction(suggestions):
    assert texts(suggestions.of("пр. абая 10/")) == ["проспект Абая, 10/1"]


def test_a_house_that_there_is_not_brings_those_of_its_number_else_the_place(suggestions):
    assert texts(suggestions.of("пр. абая 10г")) == [
        "проспект Абая, 10",
        "проспект Абая, 10/1",
        "проспект Абая, 10А",
    ]
    assert texts(suggestions.of("пр. абая 999")) == ["проспект Абая"]


def test_a_number_may_stand_before_the_street(suggestions):
    assert texts(suggestions.of("12 абая")) == ["проспект Абая, 12"]


def test_houses_of_the_named_district_are_meant(suggestions):
    assert texts(suggestions.of("Медеуский район, пр. Абая, 1")) == ["проспект Абая, 12"]


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
        "12",
        "100",
    ]


def test_labels_tell_namesakes_apart(suggestions):
    labels = [item.label for item in suggestions.of("абая")]

    assert len(labels) == len(set(labels))


def test_no_more_are_suggested_than_asked(suggestions):
    assert len(suggestions.of("а", limit=2)) == 2
    assert len(suggestions.of("абая 1", limit=2)) <= 2
    assert len(suggestions.houses(PLACES[0], "", limit=3)) == 3


@pytest.mark.parametrize("prefix", ["njkt", "njkt ,", "nj"])
def test_a_name_typed_in_another_layout_is_completed_in_its_language(suggestions, prefix):
    assert texts(suggestions.of(prefix))[0] == "улица Толе би"


@pytest.mark.parametrize("prefix", ["", " ", ",", "-", "щщщщ", "улица ыыыы", "ъ", "площадь", "\x00"])
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
