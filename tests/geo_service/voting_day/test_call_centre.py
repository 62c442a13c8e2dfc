"""The call centre's hours."""

from __future__ import annotations

import dataclasses

import pytest

from geo_service.campaign.model import LANGUAGES
from geo_service.voting_day.call_centre import call_centre_at, call_centre_line
from tests.geo_service.voting_day.votes import VOTE, at


@pytest.mark.parametrize(
    ("moment", "line"),
    [
        ("2026-03-15 06:30", "closed now, opens at 08:00"),
        ("2026-03-15 07:59", "closed now, opens at 08:00"),
        ("2026-03-15 08:00", "open now, until 20:00"),
        ("2026-03-15 19:59", "open now, until 20:00"),
        ("2026-03-15 20:00", "closed now, opens tomorrow at 08:00"),
    ],
)
def test_line_changes_at_the_minute(moment, line):
    assert call_centre_line(call_centre_at(VOTE, at(moment)), "en") == line


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_names_the_hour(language):
    closed, opened = (call_centre_at(VOTE, at(f"2026-03-15 {time}")) for time in ("07:00", "12:00"))

    assert "08:00" in call_centre_line(closed, language)
    assert "20:00" in call_centre_line(opened, language)


def test_link_that_calls_has_digits_only():
    assert call_centre_at(VOTE, at("2026-03-15 12:00")).tel == "tel:+77271308"


def test_campaign_without_call_centre_has_none():
    assert call_centre_at(dataclasses.replace(VOTE, call_centre=None), at("2026-03-15 12:00")) is None
