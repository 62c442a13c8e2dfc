"""The book of reports, as several processes write it."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from geo_service.campaign.model import Names
from geo_service.errors import StoreError
from geo_service.wrong_answers.book import ReportBook
from geo_service.wrong_answers.model import Subject

NOON = dt.datetime(2026, 3, 15, 12, 0, 41, tzinfo=dt.timezone(dt.timedelta(hours=5)))

PROGRAM = """
import datetime as dt, sys
from pathlib import Path
from geo_service.wrong_answers.book import ReportBook
from geo_service.wrong_answers.model import Subject
book, own = ReportBook(Path(sys.argv[1])), int(sys.argv[2])
now = dt.datetime(2026, 3, 15, 7, tzinfo=dt.UTC)
for step in range(20):
    book.record(Subject("c", "h", True, precinct=7), "hours", at=now, most_an_hour=1000)
    book.record(Subject("c", "h", True, precinct=100 * own + step), "hours", at=now, most_an_hour=1000)
"""


@pytest.fixture
def book(tmp_path):
    return ReportBook(tmp_path / "store")


def subject(precinct=7, **values):
    return Subject(
        "vote-2026", values.pop("campaign_hash", "a1"), is_sample=True, precinct=precinct, **values
    )


def record(book, what, kind="wrong_precinct", *, at=NOON, most_an_hour=10, right_precinct=None):
    return book.record(what, kind, at=at, most_an_hour=most_an_hour, right_precinct=right_precinct)


def test_report_comes_back_as_it_was_made(book):
    names = Names("Абай даңғылы", "проспект Абая", "Abay Avenue")
    what = subject(
        place=1,
        place_names=names,
        house="45",
        lon=76.9012,
        lat=43.2262,
        method="house_list",
        authority="sample",
    )

    assert record(book, what, "hours", right_precinct=12) == "new"

    (report,) = book.reports()
    assert (report.subject, report.kind, report.right_precinct) == (what, "hours", 12)
    assert (report.count, report.state, report.id) == (1, "open", 1)


def test_moment_is_kept_to_the_minute_only(book):
    record(book, subject())

    (report,) = book.reports()
    assert report.first_at == report.last_at == "2026-03-15T07:00+00:00"


def test_equal_reports_are_counted_and_others_are_rows_of_their_own(book):
    outcomes = [
        record(book, subject()),
        record(book, subject(), at=NOON + dt.timedelta(minutes=9)),
        record(book, subject(), "hours"),
        record(book, subject(8)),
        record(book, subject(place=1)),
        record(book, subject(place=1, house="45")),
        record(book, subject(lon=76.9, lat=43.2)),
        record(book, subject(), right_precinct=9),
    ]

    assert outcomes == ["new", "counted", "new", "new", "new", "new", "new", "new"]
    first = book.reports()[0]
    assert (first.count, first.first_at[11:16], first.last_at[11:16]) == (2, "07:00", "07:09")


def test_nothing_is_lost_when_processes_write_at_once(tmp_path):
    runs = [
        subprocess.Popen([sys.executable, "-c", PROGRAM, str(tmp_path), str(own)], env=os.environ)
        for own in (1, 2, 3)
    ]

    assert [run.wait(timeout=120) for run in runs] == [0, 0, 0]
    reports = ReportBook(tmp_path).reports()
    assert (reports[0].subject.precinct, reports[0].count) == (7, 60)
    assert len(reports) == 61
    assert {report.count for report in reports[1:]} == {1}


def test_nothing_is_lost_when_threads_write_at_once(book):
    def write(number):
        return [record(book, subject(number % 3), most_an_hour=100) for _ in range(10)]

    with ThreadPoolExecutor(8) as threads:
        outcomes = [one for many in threads.map(write, range(8)) for one in many]

    assert outcomes.count("new") == 3
    assert sum(report.count for report in book.reports()) == 80


def test_new_rows_of_an_hour_are_bounded_but_equal_ones_are_counted(book):
    for number in range(3):
        record(book, subject(number), most_an_hour=3)

    full = record(book, subject(4), most_an_hour=3)
    counted = record(book, subject(1), most_an_hour=3)
    later = record(book, subject(4), most_an_hour=3, at=NOON + dt.timedelta(hours=1))

    assert (full, counted, later) == ("full", "counted", "new")
    assert sorted(report.count for report in book.reports()) == [1, 1, 1, 2]


def test_reader_sees_the_book_while_another_process_writes(book):
    record(book, subject())
    writer = sqlite3.connect(book.path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE reports SET count = 99")

    seen = [report.count for report in book.reports()]
    writer.close()

    assert seen == [1]


def test_those_made_most_often_come_first_or_the_latest(book):
    record(book, subject(1))
    record(book, subject(1))
    record(book, subject(2), at=NOON + dt.timedelta(minutes=1))

    assert [report.subject.precinct for report in book.reports()] == [1, 2]
    assert [report.subject.precinct for report in book.reports(order="newest")] == [2, 1]


def test_reports_are_chosen_by_state_and_by_either_precinct(book):
    record(book, subject(1))
    record(book, subject(2), right_precinct=1)
    record(book, subject(3))
    book.resolve([3], "rejected")

    assert [report.id for report in book.reports(precinct=1)] == [1, 2]
    assert [report.id for report in book.reports(states=["rejected"])] == [3]


def test_resolving_an_unknown_report_changes_none(book):
    record(book, subject())

    with pytest.raises(StoreError, match="no report 5"):
        book.resolve([1, 5], "mended")

    assert [report.state for report in book.reports()] == ["open"]


@pytest.mark.parametrize(
    ("state", "edition", "after"),
    [("mended", "b2", "open"), ("mended", "a1", "mended"), ("rejected", "b2", "rejected"),
     ("confirmed", "b2", "confirmed")],
)  # fmt: skip
def test_mended_report_is_open_again_if_the_next_edition_is_wrong_too(book, state, edition, after):
    record(book, subject())
    book.resolve([1], state)

    record(book, subject(campaign_hash=edition))

    (report,) = book.reports()
    assert (report.state, report.count, report.subject.campaign_hash) == (after, 2, edition)


def test_book_that_was_never_written_is_empty_and_not_made(book):
    assert book.reports() == []
    assert not book.path.exists()
    with pytest.raises(StoreError):
        book.resolve([1], "mended")


def test_file_that_is_no_book_is_told(book):
    book.path.parent.mkdir()
    book.path.write_bytes(b"not a database, but long enough to be read as one" * 30)

    with pytest.raises(StoreError, match="cannot be used"):
        record(book, subject())


def test_book_of_another_version_is_told(book):
    record(book, subject())
    with sqlite3.connect(book.path) as connection:
        connection.execute("PRAGMA user_version = 7")
    connection.close()

    with pytest.raises(StoreError, match="version 7"):
        book.reports()


def test_store_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "store").write_text("a file where the directory should be")

    with pytest.raises(StoreError, match="cannot be made"):
        record(ReportBook(tmp_path / "store"), subject())
