"""Whether a station is open: its own hours go before the campaign's."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.campaign.model import LANGUAGES
from geo_service.translations import text
from geo_service.voting_day.opening import early_line, opening_at, opening_line
from tests.geo_service.voting_day.votes import ALMATY, EARLY, ORDINARY, VOTE, at

NOON = at("2026-03-15 12:00")
MINUTES = st.integers(0, 24 * 60 - 1)


def clock(minute):
    return f"{minute // 60:02d}:{minute % 60:02d}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_half_past_six_the_early_group_is_open_and_an_ordinary_one_opens_at_seven(language):
    moment = at("2026-03-15 06:30")

    early, ordinary = opening_at(EARLY, VOTE, moment), opening_at(ORDINARY, VOTE, moment)

    assert early.is_open
    assert opening_line(early, language) == text("opening.open", language, closes="20:00")
    assert ordinary.state == "not_yet"
    assert opening_line(ordinary, language) == text("opening.not_yet", language, opens="07:00")
    assert "07:00" in opening_line(ordinary, language)


@pytest.mark.parametrize(
    ("moment", "early", "ordinary"),
    [
        ("2026-03-14 12:00", "another_day", "another_day"),
        ("2026-03-15 05:59", "not_yet", "not_yet"),
        ("2026-03-15 06:00", "open", "not_yet"),
        ("2026-03-15 06:59", "open", "not_yet"),
        ("2026-03-15 07:00", "open", "open"),
        ("2026-03-15 19:59", "open", "open"),
        ("2026-03-15 20:00", "closed", "closed"),
        ("2026-03-16 12:00", "past", "past"),
    ],
)
def test_state_changes_at_the_minute(moment, early, ordinary):
    assert opening_at(EARLY, VOTE, at(moment)).state == early
    assert opening_at(ORDINARY, VOTE, at(moment)).state == ordinary


def test_unknown_station_has_the_hours_of_the_campaign():
    opening = opening_at(None, VOTE, at("2026-03-15 12:00"))

    assert (opening.hours, opening.may_close_early) == ("07:00–20:00", False)


@pytest.mark.parametrize("moment", ["2026-03-01 07:30", "2026-03-16 07:30"])
def test_on_another_day_the_hours_stand_with_the_date(moment):
    lines = [opening_line(opening_at(ORDINARY, VOTE, at(moment)), language) for language in LANGUAGES]

    assert lines == [
        "2026\u202fж. 15 наурыз, 07:00–20:00",
        "15 марта 2026\u202fг., 07:00–20:00",
        "15 March 2026, 07:00–20:00",
    ]


@pytest.mark.parametrize(
    ("moment", "is_said"),
    [("2026-03-14 12:00", True), ("2026-03-15 12:00", True), ("2026-03-15 20:00", False)],
)
def test_early_closing_is_said_as_long_as_it_matters(moment, is_said):
    assert bool(early_line(opening_at(EARLY, VOTE, at(moment)), "ru")) == is_said
    assert early_line(opening_at(ORDINARY, VOTE, at(moment)), "ru") is None


@given(MINUTES, st.lists(MINUTES, min_size=2, max_size=2, unique=True).map(sorted))
def test_station_is_open_from_its_first_minute_until_before_its_last(now, hours):
    station = dataclasses.replace(ORDINARY, opens=clock(hours[0]), closes=clock(hours[1]))
    moment = dt.datetime(2026, 3, 15, now // 60, now % 60, 59, tzinfo=ALMATY)

    opening = opening_at(station, VOTE, moment)

    assert opening.is_open == (hours[0] <= now < hours[1])
    assert (opening.state == "not_yet") == (now < hours[0])


@given(st.integers(-20 * 24 * 60, 20 * 24 * 60).map(lambda minutes: NOON + dt.timedelta(minutes=minutes)))
def test_nothing_is_open_on_another_day(moment):
    day = moment.astimezone(ALMATY).date().isoformat()

    assert opening_at(ORDINARY, VOTE, moment).is_open <= (day == VOTE.date)
