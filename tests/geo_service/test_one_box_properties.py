"""What holds for every text that somebody types: an answer, never an error, and nothing private in it."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

PIECES = st.sampled_from(
    [
        "улица", "көшесі", "проспект", "мкр", "ул.", "пр-т", "ш/а", "Абая", "Абай", "Abay", "Толе", "би",
        "Төле", "Садовая", "Орбита", "-", "1", "12", "45", "/", "А", "корпус", "к", "д.", "үй", "№", ",", ".",
        "угол", "кв", "пәтер", "подъезд", "Алматы", "Астана", "Медеуский", "р-н", "участок", "школа", "144",
        "f,fz", "43.22", "76.90", "https://2gis.kz/almaty/geo/", "'", "%", "0", "\u200b", "\u202e", "😀",
    ]
)  # fmt: skip
TEXT = st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join))
ADDRESSES = [
    "Абая 1",
    "Абая 12",
    "Абай даңғылы, 45",
    "улица Толе би, 7",
    "Орбита-1, 3",
    "Ываыва 5",
    "Садовая 10",
    "Абая",
]
FLAT = "98765"
FLATS = [
    "кв {}",
    "кв. {}",
    "кв.{}",
    "квартира {}",
    "кв №{}",
    "квартира № {}",
    "{} пәтер",
    "{}-пәтер",
    "пәтер {}",
    "apt {}",
    "оф. {}",
    "- {}",
]


def everything_said(finder, text):
    """All that leaves the service for a text, in every language."""
    answer = finder.by_address(text, explain=True)
    parts = [answer.to_dict(language) for language in ("kk", "ru", "en")]
    suggested = [[item.text, item.label, item.house] for item in finder.suggest(text)]
    return json.dumps([*parts, *suggested], ensure_ascii=False)


@given(TEXT)
def test_no_text_raises_and_every_answer_is_json(finder, text):
    answer = json.loads(everything_said(finder, text))[0]

    assert (answer["status"] == "found") <= (answer["precinct"] is not None)
    assert answer["status"] != "ambiguous" or answer["candidates"]


@given(TEXT)
def test_no_text_raises_at_a_chosen_place_or_district(finder, text):
    assert finder.by_address(text, place=1).to_dict()
    assert finder.by_address(text, district="medeu").to_dict()
    assert len(finder.suggest(text, place=1)) <= 8


@given(st.sampled_from(ADDRESSES), st.sampled_from(FLATS), st.sampled_from([", ", " ", ",", "\n"]))
def test_a_flat_number_is_never_said(finder, address, flat, gap):
    text = f"{address}{gap}{flat.format(FLAT)}"

    assert FLAT not in everything_said(finder, text)


@given(st.sampled_from(ADDRESSES), st.sampled_from(FLATS[:-1]))
def test_a_flat_changes_nothing_of_the_answer(finder, address, flat):
    with_flat = finder.by_address(f"{address}, {flat.format(FLAT)}")

    if re.search(r"\d$", address):
        assert with_flat.to_dict() == finder.by_address(address).to_dict()


@given(
    st.sampled_from(["", *ADDRESSES]),
    st.from_regex(r"\A[1-9][0-9]{11}\Z"),
    st.sampled_from(["", " ", "-", " - "]),
    st.sampled_from([" ", ", ", " ИИН "]),
)
def test_twelve_digits_are_never_said_nor_searched(finder, address, digits, between, before):
    text = f"{address}{before}{digits[:6]}{between}{digits[6:]}"

    said = everything_said(finder, text)

    assert json.loads(said)[0]["status"] == "personal_number"
    assert digits not in said
    assert f"{digits[:6]}{between}{digits[6:]}" not in said


@given(st.text("0123456789 -/", min_size=12, max_size=40))
def test_no_run_of_twelve_typed_digits_is_said(finder, text):
    said = everything_said(finder, text)

    assert not any(run in said for run in re.findall(r"\d{12,}", text))


@pytest.mark.parametrize(
    "text", ["43.2230 76.904500000001", "https://2gis.kz/almaty/geo/76.904500000001,43.2230"]
)
def test_no_twelve_decimals_of_a_position_are_said(finder, text):
    assert "904500000001" not in everything_said(finder, text)
