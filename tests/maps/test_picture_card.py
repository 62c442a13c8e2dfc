"""Previews: the answer in large type beside its map."""

from __future__ import annotations

import dataclasses
import io

import numpy as np
import pytest
from PIL import Image

from geo_service.web.picture_content import picture_content
from maps.picture.card import CARD_SIZE, draw_card
from maps.picture.index import PictureIndex
from maps.picture.model import Card, PictureWords, View

OFFICIAL = PictureWords("ru", "м", "км")
SAMPLE = dataclasses.replace(OFFICIAL, mark="ПРИМЕР")
CARD = Card("Голосование", "Участок", "№ 9", "Школа-гимназия № 144", ("проспект Абая, 45",), "Данные: акимат")


@pytest.fixture(scope="module")
def index(small_campaign):
    return PictureIndex(picture_content(small_campaign))


def opened(body):
    return Image.open(io.BytesIO(body))


def test_preview_has_its_size_and_is_the_same_each_time(index):
    view = View(SAMPLE, precinct=9)

    assert opened(draw_card(index, view, CARD)).size == CARD_SIZE == (1200, 630)
    assert draw_card(index, view, CARD) == draw_card(index, view, CARD)


def test_mark_of_a_sample_stands_beside_the_number_of_a_preview(index):
    official = np.asarray(opened(draw_card(index, View(OFFICIAL, precinct=9), CARD)).convert("RGB"))
    sample = np.asarray(opened(draw_card(index, View(SAMPLE, precinct=9), CARD)).convert("RGB"))

    ground = (255, 241, 199)
    beside_number = (sample[100:260, 200:560] == ground).all(axis=2)
    assert beside_number.sum() > 1000
    assert not (official[:, :560] == ground).all(axis=2).any()


def test_preview_differs_by_every_word(index):
    view = View(OFFICIAL, precinct=9)
    changed = [
        {"top": "?"}, {"lead": "?"}, {"number": "№ 8"}, {"heading": "?"}, {"lines": ("?",)}, {"foot": "?"}
    ]  # fmt: skip

    cards = [CARD, *(dataclasses.replace(CARD, **change) for change in changed)]

    assert len({draw_card(index, view, card) for card in cards}) == len(cards)
