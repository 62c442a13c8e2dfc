from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.addresses.tokens import LONGEST, read_tokens


def numbers(text):
    return [token.text for token in read_tokens(text) if token.type == "number"]


def names(text):
    return [token.text for token in read_tokens(text) if token.type == "word" and token.meaning is None]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", "12"), ("12А", "12А"), ("12 а", "12А"), ("12-а", "12А"), ("12a", "12А"), ("12A", "12А"),
        ("12/1", "12/1"), ("12 / 1", "12/1"), ("12\\1", "12/1"), ("12 дробь 1", "12/1"), ("12А/1", "12А/1"),
        ("12/1а", "12/1А"), ("12/а", "12/А"), ("24/", "24"), ("12 корпус 2", "12К2"), ("12 корп. 2", "12К2"),
        ("12к2", "12К2"), ("12 к 2", "12К2"), ("12, корпус 2", "12К2"), ("012", "12"), ("１２", "12"),
        ("١٢", "12"), ("дом 12", "12"),
        ("д.12", "12"), ("д. 12а", "12А"), ("№12", "12"), ("№ 12", "12"), ("12-үй", "12"),
        ("12 үй", "12"), ("үй 12", "12"), ("house 12", "12"), ("12 үй 1-корпус", "12К1"),
    ],
)  # fmt: skip
def test_a_house_is_one_number_however_it_is_written(typed, number):
    assert numbers(f"Абая {typed}") == [number]


@pytest.mark.parametrize(
    "flat",
    [
        "кв 7777", "кв. 7777", "кв.7777", "квартира 7777", "кв №7777", "кв. № 7777", "кв-ра 7777",
        "7777 пәтер", "7777-пәтер", "пәтер 7777", "apt 7777", "apt. 7777", "flat 7777", "unit 7777",
        "подъезд 7777", "под. 7777", "этаж 7777", "7777 этаж", "офис 7777", "оф. 7777", "7777 қабат",
        "п. 7777", "подъезд 7777 этаж 7777 кв 7777",
    ],
)  # fmt: skip
def test_flats_entrances_and_floors_are_left_out_with_their_numbers(flat):
    assert numbers(f"Абая 12, {flat}") == ["12"]
    assert numbers(f"Абая 12 {flat}") == ["12"]


@pytest.mark.parametrize("postcode", ["050000", "A05H1B2", "а05н1в2"])
def test_postcodes_are_left_out(postcode):
    assert numbers(f"{postcode}, Алматы, Абая 12") == ["12"]
    assert names(f"Абая 12, {postcode}") == ["абая"]


def test_a_letter_after_a_space_is_the_houses_unless_it_is_a_word():
    assert numbers("Абая 12 б") == ["12Б"]
    assert numbers("Абая 12 в центре") == ["12"]
    assert numbers("Абая 12 д 5") == ["12", "5"]


def test_a_latin_letter_keeps_the_reading_by_its_sound():
    (token,) = [token for token in read_tokens("12B") if token.type == "number"]

    assert (token.text, token.other) == ("12В", "12Б")


def test_a_hyphen_joins_a_number_to_its_name():
    name, number = read_tokens("Самал-2")
    assert (name.joined, number.joined) == (False, True)

    name, number = read_tokens("Самал 2")
    assert not number.joined


def test_ordinals_lose_their_ending():
    assert numbers("8-я линия") == numbers("8я линия") == ["8"]
    assert names("8-ші линия") == ["линия"]


@pytest.mark.parametrize("text", ["Абая 10", "АБАЯ 10", "абая,10", "Абая  10", "«Абая» 10", "Абая10"])
def test_case_signs_and_gaps_leave_the_same_name_and_number(text):
    assert names(text) == ["абая"]
    assert numbers(text) == ["10"]


@pytest.mark.parametrize("name", ["п", "под", "стр"])
def test_words_that_need_a_number_are_names_without_one(name):
    (token,) = read_tokens(name)

    assert token.meaning is None


@pytest.mark.parametrize(
    "name",
    [
        "Горная",
        "Горный",
        "Шоссейная",
        "Проездная",
        "Ынта",
        "Городецкая",
        "Домбыра",
    ],
)
def test_a_name_that_begins_like_a_word_of_addresses_is_a_name(name):
    assert names(f"улица {name}, 12") == [name.lower()]


@pytest.mark.parametrize(
    "text",
    [
        "Құлжа тас жолы 5",
        "Құлжа тас жолы, 5",
        "Құлжа  тас  жолы\n5",
        "Құлжа\u00a0тас\u00a0жолы, 5",
        "Құлжа тас жолы; 5",
        "Құлжа   тас   жолы, 5",
        "«Құлжа тас жолы» 5",
    ],
)
def test_a_kind_in_two_words_is_one_whatever_stands_between_and_after(text):
    tokens = read_tokens(text)

    assert [token.meaning.kind for token in tokens if token.meaning] == ["highway"]
    assert numbers(text) == ["5"]


def test_words_keep_that_they_were_typed_in_latin_letters():
    latin, own = read_tokens("Tole би")

    assert (latin.text, latin.is_latin) == ("толе", True)
    assert (own.text, own.is_latin) == ("би", False)


def test_commas_and_ends_of_lines_part_an_address():
    kinds = [token.type for token in read_tokens("Самал-2, 33\nАлматы; РК")]

    assert kinds.count("comma") == 3


def test_a_long_text_is_read_to_its_limit_only():
    text = "Абая 10 " + "x" * LONGEST + " Толе би 5"

    assert numbers(text) == ["10"]
    assert len(read_tokens("а 1 " * 10_000)) <= LONGEST


PIECES = st.sampled_from(
    [
        "улица", "көшесі", "мкр", "пр-т", "ш/а", "Абая", "Самал", "-", "2", "/", ",", ";", "№", "12", "а",
        "к", "корпус", "кв", "7777", "пәтер", "подъезд", "0", "050000", "дробь", "үй",
        "ші", "я", "'", ".", "угол",
    ]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join)))
def test_no_text_raises_and_every_token_can_be_compared(text):
    for token in read_tokens(text):
        assert token.text
        assert token.type in {"word", "number", "comma"}
        assert token.type != "number" or token.key == token.text


@given(st.lists(PIECES).map(" ".join))
def test_case_makes_no_difference(text):
    assert read_tokens(text.upper()) == read_tokens(text.lower())
