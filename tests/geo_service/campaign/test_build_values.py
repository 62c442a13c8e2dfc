"""Cells of sources, and what they are read as."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.campaign.values import (
    MAX_INTEGER,
    cell_text,
    parse_date,
    parse_degrees,
    parse_flag,
    parse_integer,
    parse_time,
)
from geo_service.errors import SourceError


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, None),
        (math.nan, None),
        (np.datetime64("NaT"), None),
        ("", None),
        (" \u00a0\n", None),
        (" улица\u00a0 Абая ", "улица Абая"),
        ("и\u0306", "й"),
        (12, "12"),
        (12.0, "12"),
        (12.5, "12.5"),
        (True, "true"),
        (np.datetime64("2026-03-15"), "2026-03-15"),
    ],
)
def test_cell_is_read_as_its_text(cell, text):
    assert cell_text(cell) == text


@pytest.mark.parametrize("text", ["12", "№ 12", "№12", "No. 12", "12.0", "12,00", "012"])
def test_number_is_read_however_it_is_written(text):
    assert parse_integer(text) == 12


@pytest.mark.parametrize(
    "text", ["12a", "a", "1 2", "12.5", "-1", "1e3", "١٢", "²", "0x1", "12-14", str(MAX_INTEGER + 1)]
)
def test_text_that_is_no_number_is_refused(text):
    with pytest.raises(SourceError):
        parse_integer(text)


@given(st.integers(0, MAX_INTEGER))
def test_every_number_in_range_is_read_back(number):
    assert parse_integer(str(number)) == number


@given(st.text(max_size=30))
def test_any_text_is_a_number_in_range_or_refused(text):
    try:
        number = parse_integer(text)
    except SourceError:
        return

    assert 0 <= number <= MAX_INTEGER
    assert str(number) in text


@pytest.mark.parametrize(("text", "value"), [("76.9285", 76.9285), ("43,25", 43.25), ("-0.5", -0.5)])
def test_coordinate_may_have_a_decimal_comma(text, value):
    assert parse_degrees(text) == value


@pytest.mark.parametrize("text", ["nan", "inf", "1_0", "43°12'", "76.9 43.2", "1,234,5"])
def test_text_that_is_no_coordinate_is_refused(text):
    with pytest.raises(SourceError):
        parse_degrees(text)


@given(st.dates(dt.date(1000, 1, 1)))
def test_date_is_read_year_first_and_day_first(date):
    assert parse_date(date.isoformat()) == date.isoformat()
    assert parse_date(f"{date.day}.{date.month}.{date.year}") == date.isoformat()


@pytest.mark.parametrize(
    ("text", "date"), [("1993", "1993"), ("1993-05", "1993-05"), ("1993-05-01T00:00:00", "1993-05-01")]
)
def test_date_may_be_less_or_more_exact(text, date):
    assert parse_date(text) == date


@pytest.mark.parametrize(
    "text", ["31.02.1995", "1993-13", "15/03/2026", "March", "2026-03-15T07:00:00", "20260315x"]
)
def test_text_that_is_no_date_is_refused(text):
    with pytest.raises(SourceError):
        parse_date(text)


@pytest.mark.parametrize(("text", "time"), [("7:00", "07:00"), ("07.30", "07:30"), ("20:00:00", "20:00")])
def test_time_is_read_as_hours_and_minutes(text, time):
    assert parse_time(text) == time


@pytest.mark.parametrize("text", ["24:00", "7", "7:5", "07:60", "seven", "07:00:30"])
def test_text_that_is_no_time_is_refused(text):
    with pytest.raises(SourceError):
        parse_time(text)


def test_yes_and_no_are_read_in_three_languages():
    assert [parse_flag(word) for word in ("Иә", "да", "YES", "1")] == [True] * 4
    assert [parse_flag(word) for word in ("жоқ", "Нет", "no", "0")] == [False] * 4
    with pytest.raises(SourceError):
        parse_flag("maybe")
