"""What a clerk types to go through the reports of wrong answers."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import pytest

from geo_service.campaign.model import LANGUAGES, Names
from geo_service.wrong_answers.book import ReportBook
from geo_service.wrong_answers.model import Subject

NOON = dt.datetime(2026, 3, 15, 7, 0, tzinfo=dt.UTC)
ABAY = Names("Абай даңғылы", "проспект Абая", "Abay Avenue")


@pytest.fixture
def book(environment):
    """Three reports: 1 twice about a sample's precinct 12, 2 and 3 about 7 of an official campaign."""
    book = ReportBook(Path(environment["GEO_SERVICE_STORE"]))
    sample = Subject("sample", "a1", is_sample=True, precinct=12, place=1, place_names=ABAY, house="45")
    official = Subject("vote-2026", "b2", is_sample=False, precinct=7, lon=76.9226, lat=43.229)
    for what, kind, right, minutes in (
        (sample, "wrong_precinct", 3, 0),
        (sample, "wrong_precinct", 3, 1),
        (official, "hours", None, 2),
        (official, "other", None, 3),
    ):
        at = NOON + dt.timedelta(minutes=minutes)
        book.record(what, kind, at=at, most_an_hour=9, right_precinct=right)
    return book


def ids(result):
    return [json.loads(line)["id"] for line in result.output.splitlines()]


def test_reports_are_listed_with_the_mark_of_a_sample_at_each_number(run, book):
    lines = run("reports", "--lang", "ru").output.splitlines()

    (first,) = [line for line in lines if "Абая" in line]
    assert "№ 12 [ПРИМЕР]" in first
    assert "№ 3 [ПРИМЕР]" in first
    assert "проспект Абая, 45" in first
    assert "ПРИМЕР" not in lines[-1]
    assert "43.2290, 76.9226" in lines[-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_spoken(run, book, language):
    result = run("reports", "--lang", language)

    assert result.exit_code == 0
    assert "report." not in result.output


def test_those_made_most_often_come_first_or_the_latest(run, book):
    assert ids(run("reports", "--json")) == [1, 3, 2]
    assert ids(run("reports", "--json", "--newest")) == [3, 2, 1]


def test_list_leaves_out_what_is_done_unless_asked(run, book):
    resolved = run("reports", "resolve", 2, 3, "--state", "rejected", "--lang", "en")
    run("reports", "resolve", 1, "--state", "confirmed")

    assert resolved.output == "Reports: 2, 3. State: rejected.\n"
    assert ids(run("reports", "--json")) == [1]
    assert ids(run("reports", "--json", "--state", "rejected")) == [3, 2]
    assert ids(run("reports", "--json", "--all")) == [1, 3, 2]


def test_reports_of_a_precinct_are_those_about_it_or_for_it(run, book):
    assert ids(run("reports", "--json", "--precinct", 3)) == [1]
    assert ids(run("reports", "--json", "--precinct", 7)) == [3, 2]


def test_table_for_spreadsheets_holds_every_column(run, book, tmp_path):
    path = tmp_path / "reports.csv"

    result = run("reports", "--csv", path, "--lang", "kk")

    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert result.exit_code == 0
    assert len(rows) == 3
    assert (rows[0]["precinct"], rows[0]["mark"], rows[0]["count"]) == ("12", "СЫНАҚ", "2")
    assert rows[0]["address"] == "Абай даңғылы, 45"
    assert (rows[1]["mark"], rows[1]["lat"]) == ("", "43.229")


def test_table_that_cannot_be_written_is_told(run, book, tmp_path):
    result = run("reports", "--csv", tmp_path / "missing" / "reports.csv")

    assert result.exit_code == 1
    assert "cannot be written" in result.output


def test_no_reports_is_said(run):
    assert run("reports", "--lang", "en").output == "There are no reports.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("9", "--state", "mended"), 1, "There is no report 9."),
        (("1",), 2, "--state"),
        (("x", "--state", "mended"), 2, "ID"),
        (("1", "--state", "done"), 2, "--state"),
    ],
)
def test_wrong_resolving_says_what_is_wrong(run, book, arguments, code, message):
    result = run("reports", "resolve", *arguments)

    assert result.exit_code == code
    assert message in result.output
