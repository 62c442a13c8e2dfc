from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.addresses.letters import fold, plain, skeleton
from geo_service.addresses.vocabulary import (
    glued_kind_words,
    meanings,
    needs_number,
    without_short_forms,
)
from geo_service.campaign.model import PlaceKind

ABBREVIATIONS = {
    "avenue": "пр-т пр-кт",
    "boulevard": "б-р",
    "street": "к-сі к-си",
    "lane": "пер-к",
    "microdistrict": "м-н мк-н м/р ш/а ы/а ш.а",
    "complex": "ж/к",
}
WORDS = {
    "street": "улица ул улице көшесі көше street st",
    "avenue": "проспект пр даңғылы avenue ave",
    "boulevard": "бульвар бульвары blvd",
    "lane": "переулок пер тупик туп проезд тұйығы lane",
    "highway": "шоссе тракт highway",
    "square": "площадь пл алаңы square",
    "microdistrict": "микрорайон мкр ықшамаудан шағынауданы mkr",
    "complex": "жк",
}


def _meaning(word):
    return meanings().get(skeleton(word).replace(" ", ""))


@pytest.mark.parametrize(("kind", "words"), WORDS.items())
def test_kind_words_of_three_languages_mean_their_kind(kind, words):
    assert {_meaning(word).kind for word in words.split()} == {kind}


@pytest.mark.parametrize(("kind", "words"), ABBREVIATIONS.items())
def test_abbreviations_with_signs_become_the_word_that_they_stand_for(kind, words):
    for word in words.split():
        whole = without_short_forms(f"{word} абая").split()

        assert whole[-1] == "абая"
        assert _meaning(whole[0]).kind == kind, word


@pytest.mark.parametrize("text", ["шағын аудан", "ықшам ауданы", "shagyn audan"])
def test_a_kind_in_two_words_becomes_one(text):
    whole = without_short_forms(plain(f"алатау {text} 5")).split()

    assert len(whole) == 3
    assert _meaning(whole[1]).kind == "microdistrict"


@pytest.mark.parametrize("text", ["абая 10", "пр абая", "абай-10", "к себе", "м-новая", ""])
def test_words_that_are_no_abbreviations_are_kept(text):
    assert without_short_forms(text) == text


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("house", "дом д үй house №"),
        ("flat", "квартира кв пәтер подъезд этаж офис apartment"),
        ("block", "корпус блок"),
        ("corner", "угол уг бұрышы corner"),
        ("city", "город г қаласы city"),
        ("district", "район ауданы district"),
    ],
)
def test_words_around_a_name_have_their_role(role, words):
    assert {_meaning(word).role for word in words.split() if word != "№"} == {role}


def test_every_kind_of_place_with_a_kind_word_is_a_kind_of_the_model():
    kinds = {meaning.kind for meaning in meanings().values() if meaning.kind}

    assert kinds <= set(get_args(PlaceKind))
    assert set(get_args(PlaceKind)) - kinds == {"other"}


def test_only_kind_words_have_a_kind():
    assert all((meaning.role == "kind") == (meaning.kind is not None) for meaning in meanings().values())


def test_words_that_need_a_number_have_a_meaning():
    assert needs_number() <= set(meanings())


@pytest.mark.parametrize("side", ["before", "after"])
def test_the_longest_kind_word_is_cut_off_first(side):
    words = glued_kind_words(side)

    assert all(meanings()[fold(word)].role == "kind" for word in words)
    assert [len(word) for word in words] == sorted((len(word) for word in words), reverse=True)


@given(st.text())
def test_no_text_raises(text):
    assert isinstance(without_short_forms(plain(text)), str)
