from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.addresses.letters import plain
from geo_service.addresses.place_names import PlaceNames
from geo_service.addresses.tokens import read_tokens
from geo_service.addresses.variants import english_reading, other_readings, typed_in_russian
from geo_service.campaign.model import Names, Place

NAMES = PlaceNames(
    [
        Place(1, "avenue", Names("Абай", "Абая", "Abay")),
        Place(2, "street", Names("Төле би", "Толе би", "Tole Bi")),
        Place(3, "street", Names(None, "Чехова", None)),
        Place(4, "microdistrict", Names("Самал-2", "Самал-2", "Samal-2")),
    ]
)


def readings(text):
    """The other readings of a text, each as its words and numbers."""
    text = plain(text)
    return [
        " ".join(token.text for token in reading)
        for reading in other_readings(text, read_tokens(text), NAMES)
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("f,fz 10", "абая 10"),
        ("F,FZ 10", "абая 10"),
        ("njkt ,b 12/1", "толе би 12/1"),
        ("xt[jdf 5", "чехова 5"),
        ("n-kt ,b 7", "төле би 7"),
    ],
)
def test_russian_and_kazakh_names_typed_in_the_english_layout_are_read(typed, meant):
    assert meant in readings(typed)


def test_english_names_typed_in_the_russian_layout_are_read():
    assert english_reading("фифн 10") == read_tokens("abay 10")


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        ("улицатолеби", "street", "толеби"),
        ("толебиулица", "street", "толеби"),
        ("толебикөшесі", "street", "толеби"),
        ("улицачехова", "street", "чехова"),
        ("мкрсамал-2", "microdistrict", "самал"),
    ],
)
def test_a_kind_word_is_cut_off_the_name_that_it_is_glued_to(typed, kind, name):
    first = next(other_readings(typed, read_tokens(typed), NAMES))

    kinds = [token.meaning.kind for token in first if token.meaning]
    assert kinds == [kind]
    assert name in [token.key for token in first]


def test_a_word_is_not_cut_where_no_name_is_left():
    typed = "улицаневедомая"

    assert all(
        "неведома" not in {token.key for token in reading}
        for reading in other_readings(typed, read_tokens(typed), NAMES)
    )


def test_digits_of_chats_are_letters_inside_words_and_numbers_elsewhere():
    assert readings("4ehova 4")[0] == "чехова 4"


def test_signs_between_digits_are_kept_in_another_layout():
    assert typed_in_russian("f,fz 12/1") == "абая 12/1"
    assert typed_in_russian("f,fz, 12.5").endswith("12.5")


def test_a_text_without_letters_is_never_read_as_words():
    assert all(reading == "12/1 , 45" for reading in readings("12/1, 45"))
    assert not any(readings(""))


@given(st.one_of(st.text(), st.text("qwertyuiop[]asdfghjkl;'zxcvbnm,.` 4612/-", max_size=60)))
def test_no_text_raises_and_readings_are_few(text):
    assert len(readings(text)) <= 8
