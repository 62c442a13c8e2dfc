"""Phases of a vote: by the clocks of its city, at the minute."""

from __future__ import annotations

import dataclasses
import datetime as dt
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.campaign.model import LANGUAGES
from geo_service.voting_day.phase import phase_at, phase_line
from tests.geo_service.voting_day.votes import VOTE, at

ORDER = ["before", "open", "closed", "archive"]
MOMENTS = st.datetimes(
    dt.datetime.fromisoformat("2026-01-01"),
    dt.datetime.fromisoformat("2026-06-01"),
    timezones=st.just(dt.UTC),
    allow_imaginary=False,
)
HOURS = st.lists(st.integers(0, 24 * 60 - 1), min_size=2, max_size=2, unique=True).map(
    lambda pair: tuple(f"{minute // 60:02d}:{minute % 60:02d}" for minute in sorted(pair))
)


@pytest.mark.parametrize(
    ("moment", "name", "days_left"),
    [
        ("2026-03-14 23:59", "before", 1),
        ("2026-03-15 00:00", "before", 0),
        ("2026-03-15 06:59", "before", 0),
        ("2026-03-15 07:00", "open", 0),
        ("2026-03-15 19:59", "open", 0),
        ("2026-03-15 20:00", "closed", 0),
        ("2026-03-15 23:59", "closed", 0),
        ("2026-03-16 00:00", "archive", -1),
    ],
)
def test_phase_changes_at_the_minute(moment, name, days_left):
    phase = phase_at(VOTE, at(moment))

    assert (phase.name, phase.days_left) == (name, days_left)
    assert phase.is_voting_day == (days_left == 0)


def test_almaty_is_five_hours_ahead_of_utc():
    assert at("2026-03-15 07:00").utcoffset() == dt.timedelta(hours=5)
    assert phase_at(VOTE, at("2026-03-15 01:59", dt.UTC)).name == "before"
    assert phase_at(VOTE, at("2026-03-15 02:00", dt.UTC)).name == "open"


def test_phase_is_by_the_clocks_of_the_campaigns_own_zone():
    chatham = dataclasses.replace(VOTE, time_zone="Pacific/Chatham")  # 13 h 45 min ahead in March

    assert phase_at(chatham, at("2026-03-14 17:14", dt.UTC)).name == "before"
    assert phase_at(chatham, at("2026-03-14 17:15", dt.UTC)).name == "open"


@given(MOMENTS, st.timedeltas(dt.timedelta(0), dt.timedelta(days=90)), HOURS)
def test_phases_never_go_back(moment, later, hours):
    vote = dataclasses.replace(VOTE, opens=hours[0], closes=hours[1])

    first, second = phase_at(vote, moment), phase_at(vote, moment + later)

    assert ORDER.index(first.name) <= ORDER.index(second.name)
    assert first.days_left >= second.days_left


@given(MOMENTS, st.sampled_from(["Asia/Almaty", "Asia/Qyzylorda", "Pacific/Chatham", "America/Lima"]))
def test_same_instant_is_the_same_phase_wherever_it_was_read(moment, zone):
    assert phase_at(VOTE, moment) == phase_at(VOTE, moment.astimezone(zoneinfo.ZoneInfo(zone)))


@pytest.mark.parametrize(
    ("moment", "line"),
    [
        ("2026-01-10 12:00", "Voting: 15 March 2026, 07:00–20:00"),
        ("2026-03-03 12:00", "Voting: 15 March 2026, 07:00–20:00 (in 12 days)"),
        ("2026-03-14 12:00", "Voting tomorrow: 15 March 2026, 07:00–20:00"),
        ("2026-03-15 06:00", "Voting today: 07:00–20:00"),
        ("2026-03-15 12:00", "Voting is under way today: 07:00–20:00"),
        ("2026-03-15 21:00", "Voting has ended. Precincts were open 07:00–20:00."),
    ],
)
def test_line_says_what_matters_then(moment, line):
    assert phase_line(VOTE, at(moment), "en") == line


def test_line_counts_days_in_the_readers_language():
    assert "(через 2 дня)" in phase_line(VOTE, at("2026-03-13 12:00"), "ru")
    assert "(через 21 день)" in phase_line(VOTE, at("2026-02-22 12:00"), "ru")
    assert "(5 күннен кейін)" in phase_line(VOTE, at("2026-03-10 12:00"), "kk")


@pytest.mark.parametrize("language", LANGUAGES)
def test_archive_says_that_the_next_vote_may_be_otherwise(language):
    line = phase_line(VOTE, at("2026-04-01 12:00"), language)

    assert "15" in line
    assert "2026" in line
    assert line != phase_line(VOTE, at("2026-03-15 21:00"), language)
