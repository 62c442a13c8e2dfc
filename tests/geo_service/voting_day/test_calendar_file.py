"""The calendar file: read again by the library, and by the letter of RFC 5545."""

from __future__ import annotations

import dataclasses
import datetime as dt

import icalendar
import pytest

from geo_service.campaign.amendment import Amendment
from geo_service.campaign.model import LANGUAGES, CampaignInfo
from geo_service.voting_day.calendar_file import calendar_file, calendar_name

URL = "https://precincts.example/kk/precinct/2"


def event(campaign, number=2, language="kk"):
    calendar = icalendar.Calendar.from_ical(calendar_file(campaign, number, language, url=URL))
    return calendar.events[0]


def changed(campaign, **values):
    return dataclasses.replace(campaign, info=dataclasses.replace(campaign.info, **values))


@pytest.mark.parametrize("language", LANGUAGES)
def test_file_can_be_read_again_and_says_when_and_where(small_campaign, language):
    made = event(small_campaign, language=language)
    station = small_campaign.stations_by_precinct[2]

    assert made.start.isoformat() == "2026-03-15T07:00:00+05:00"
    assert made.end.isoformat() == "2026-03-15T20:00:00+05:00"
    assert station.names.best(language) in made["location"]
    assert station.address.best(language) in made["location"]
    assert (made["geo"].latitude, made["geo"].longitude) == (station.lat, station.lon)
    assert made["url"] == URL


def test_times_name_their_zone_and_carry_its_rule(small_campaign):
    text = calendar_file(small_campaign, 2, "ru", url=URL).decode()

    assert "DTSTART;TZID=Asia/Almaty:20260315T070000\r\n" in text
    assert "BEGIN:VTIMEZONE\r\nTZID:Asia/Almaty\r\n" in text
    assert "TZOFFSETTO:+0500\r\n" in text


def test_station_of_the_early_group_has_its_own_hours_and_says_that_it_may_close_early(small_campaign):
    station = next(s for s in small_campaign.stations if s.opens == "06:00")

    made = event(small_campaign, station.precinct, "en")

    assert made.start.time() == dt.time(6)
    assert "May close early" in made["description"]


@pytest.mark.parametrize(("language", "mark"), [("kk", "СЫНАҚ"), ("ru", "ПРИМЕР"), ("en", "SAMPLE")])
def test_number_of_a_sample_is_marked_everywhere(small_campaign, language, mark):
    made = event(small_campaign, 2, language)

    assert f"({mark})" in made["summary"]
    assert f"({mark})" in made["description"]
    assert f"({mark})" in made.alarms.times[0].alarm["description"]
    assert calendar_name(small_campaign.info, 2) == "small-sample-2-SAMPLE.ics"


def test_official_number_has_no_mark(small_campaign):
    official = changed(small_campaign, is_sample=False)

    assert "(" not in event(official, 2, "ru")["summary"]
    assert calendar_name(official.info, 2) == "small-sample-2.ics"


@pytest.mark.parametrize("language", LANGUAGES)
def test_description_tells_the_call_centre_and_the_day_of_the_data(small_campaign, language):
    description = event(small_campaign, 2, language)["description"]

    assert "109" in description
    assert "08:00–22:00" in description
    assert "2026" in description


def test_reminder_comes_on_the_evening_before_whenever_the_station_opens(small_campaign):
    for station in small_campaign.stations:
        alarm = event(small_campaign, station.precinct).alarms.times[0]

        assert alarm.trigger.isoformat() == "2026-03-14T19:00:00+05:00"


def test_same_campaign_gives_the_same_bytes_and_every_precinct_its_own_entry(small_campaign):
    first, again = (calendar_file(small_campaign, 2, "kk", url=URL) for _ in range(2))

    assert first == again
    assert event(small_campaign, 2)["uid"] == event(small_campaign, 2, "ru")["uid"]
    assert event(small_campaign, 2)["uid"] != event(small_campaign, 5)["uid"]


def test_amended_campaign_replaces_the_entry(small_campaign):
    amendment = Amendment(1, "station", 2, "2026-03-14T10:00:00+05:00", "clerk", "burst pipe", {}, {})
    amended = dataclasses.replace(small_campaign, amendments=(amendment,))

    former, new = event(small_campaign), event(amended)

    assert former["uid"] == new["uid"]
    assert former["sequence"] < new["sequence"]


def test_lines_are_folded_at_75_octets_and_no_letter_is_torn(small_campaign):
    for line in calendar_file(small_campaign, 2, "kk", url=URL).split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")


def test_precinct_without_station_still_has_the_day(small_campaign):
    without = dataclasses.replace(small_campaign, stations=())

    made = event(without, 2, "en")

    assert made.start.isoformat() == "2026-03-15T07:00:00+05:00"
    assert made["location"] == "Almaty"
    assert "geo" not in made


@pytest.mark.parametrize(("data_date", "stamp"), [("2026-02", "2026-02-01"), ("2026", "2026-01-01")])
def test_data_of_a_month_or_a_year_are_stamped_with_its_beginning(small_campaign, data_date, stamp):
    made = event(changed(small_campaign, data_date=data_date))

    assert made["dtstamp"].dt.date().isoformat() == stamp


def test_zone_with_summer_time_has_the_offset_of_the_day(small_campaign):
    berlin: CampaignInfo = dataclasses.replace(
        small_campaign.info,
        time_zone="Europe/Berlin",
        date="2026-03-29",  # the night of the change
    )

    made = event(dataclasses.replace(small_campaign, info=berlin))

    assert made.start.isoformat() == "2026-03-29T07:00:00+02:00"
