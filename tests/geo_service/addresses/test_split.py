from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.addresses.split import AddressParts, split_address


@pytest.mark.parametrize(
    ("text", "kind", "name", "house"),
    [
        ("проспект Абая, 45", "avenue", "абая", "45"),
        ("Абай даңғылы, 45-үй", "avenue", "абай", "45"),
        ("улица Толе би, 12/1", "street", "толе би", "12/1"),
        ("Төле би көшесі, 12А", "street", "төле би", "12А"),
        ("ул. Жубана Молдагалиева 5", "street", "жубана молдагалиева", "5"),
        ("Tole Bi Street, 12", "street", "толе би", "12"),
        ("пер. Садовый, дом 3 корпус 2", "lane", "садовый", "3К2"),
        ("мкр. Аксай-3а, 12", "microdistrict", "аксай-3А", "12"),
        ("мкр Самал-2 дом 33", "microdistrict", "самал-2", "33"),
        ("Самал-2 ықшам ауданы, 33", "microdistrict", "самал-2", "33"),
        ("микрорайон 8, 23", "microdistrict", "8", "23"),
        ("Самал-2, 33", None, "самал-2", "33"),
        ("Абая 10", None, "абая", "10"),
        ("улица Абая", "street", "абая", ""),
        ("улица 28 Гвардейцев, 5", "street", "28 гвардейцев", "5"),
    ],
)
def test_an_address_is_split_into_kind_name_and_house(text, kind, name, house):
    assert split_address(text) == AddressParts(kind, name, house)


def test_a_microdistrict_before_the_street_is_kept_apart():
    parts = split_address("микрорайон Самгау, улица Кокорай, 66")

    assert parts == AddressParts("street", "кокорай", "66", microdistrict="самгау")


@pytest.mark.parametrize("city", ["город Алматы, ", "г. Алматы, ", "г.Алматы, "])
def test_a_city_with_its_word_is_left_out(city):
    assert split_address(f"{city}проспект Абая, 45") == AddressParts("avenue", "абая", "45")


def test_flats_are_left_out():
    assert split_address("проспект Абая, 45, кв. 7777") == AddressParts("avenue", "абая", "45")


@pytest.mark.parametrize("text", ["", " , ;", "кв. 5", "город Алматы"])
def test_a_text_without_a_name_has_no_parts(text):
    assert split_address(text) is None


PIECES = st.sampled_from(
    ["город", "мкр", "улица", "көшесі", "Абая", "Самал", "-", "2", ",", "12А", "/", "дом", "кв 5"]
)


@given(st.one_of(st.text(), st.lists(PIECES).map(" ".join)))
def test_no_text_raises_and_parts_have_a_name(text):
    parts = split_address(text)

    assert parts is None or parts.name
