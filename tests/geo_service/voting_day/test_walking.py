"""Distances on foot: about right, and never more exact than is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boundaries.geodesy import degrees_for_metres
from geo_service.campaign.model import LANGUAGES
from geo_service.voting_day.walking import (
    DETOUR,
    SPEED_M_PER_MIN,
    Walk,
    distance_text,
    walk_between,
    walk_text,
)

LON, LAT = 76.93, 43.24


def walk(straight_m):
    """The walk to a station so many metres to the east."""
    degrees, _ = degrees_for_metres(straight_m, LAT)
    return walk_between(LON, LAT, LON + degrees, LAT)


@pytest.mark.parametrize(
    ("straight_m", "metres", "minutes"),
    [
        (0, 0, None),
        (30, 0, None),
        (40, 50, 1),
        (500, 650, 9),
        (750, 1000, 13),
        (1000, 1300, 17),
        (2000, 2600, 35),
        (3846, 5000, 65),
        (4000, 5200, None),
        (9000, 12000, None),
    ],
)
def test_walk_is_the_straight_line_and_a_third_at_a_walking_pace(straight_m, metres, minutes):
    assert walk(straight_m) == Walk(metres, minutes)


@pytest.mark.parametrize(
    ("told", "kk", "ru", "en"),
    [
        (Walk(650, 9), "≈ 650 м, жаяу ≈ 9 минут", "≈ 650 м, пешком ≈ 9 минут",
         "≈ 650 m, on foot ≈ 9 minutes"),
        (Walk(50, 1), "≈ 50 м, жаяу ≈ 1 минут", "≈ 50 м, пешком ≈ 1 минута", "≈ 50 m, on foot ≈ 1 minute"),
        (Walk(1300, 17), "≈ 1,3 км, жаяу ≈ 17 минут", "≈ 1,3 км, пешком ≈ 17 минут",
         "≈ 1.3 km, on foot ≈ 17 minutes"),
        (Walk(12000, None), "≈ 12 км", "≈ 12 км", "≈ 12 km"),
        (Walk(0, None), "өте жақын (< 50 м)", "совсем рядом (< 50 м)", "close by (< 50 m)"),
    ],
)  # fmt: skip
def test_walk_is_told_as_each_language_writes_numbers(told, kk, ru, en):
    texts = [walk_text(told, language).replace("\xa0", " ") for language in LANGUAGES]

    assert texts == [kk, ru, en]


def test_kilometres_have_one_decimal_at_most():
    assert [distance_text(metres, "ru").replace("\xa0", " ") for metres in (999.4, 1000, 1234)] == [
        "999 м", "1 км", "1,2 км",
    ]  # fmt: skip


@given(st.floats(0, 20_000))
def test_rounding_is_never_off_by_more_than_a_tenth_or_its_step(straight_m):
    told = walk(straight_m)

    on_foot = straight_m * DETOUR
    assert abs(told.metres - on_foot) <= max(50, on_foot * 0.1)
    assert told.minutes is None or abs(told.minutes - on_foot / SPEED_M_PER_MIN) <= 3.5


@given(st.floats(0, 20_000), st.floats(0, 20_000))
def test_a_nearer_station_is_never_told_to_be_farther(one, other):
    near, far = sorted((one, other))

    assert walk(near).metres <= walk(far).metres
