"""Accepted findings: the file, what it lets pass, and when it does so no longer."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from geo_service.campaign.finding_codes import make_finding
from geo_service.errors import AcceptanceError
from geo_service.quality.accepted import Accepted, apply_accepted, load_accepted
from geo_service.quality.where import size_of, where_of

ENTRY = """
[[accepted]]
code = "precincts_overlap"
where = "precinct 9, other 14"
reason = "Being measured anew"
author = "GIS department"
date = 2026-02-20
expires = 2026-03-16
"""
OVERLAP = make_finding("precincts_overlap", precinct=9, position=(76.93, 43.23), other=14, area_m2=120.5)
BY = Accepted(
    "precincts_overlap",
    "precinct 9, other 14",
    "Because",
    "A. B.",
    dt.date(2026, 2, 20),
    dt.date(2026, 3, 16),
)


@pytest.fixture
def load(tmp_path):
    def read(text):
        path = tmp_path / "accepted.toml"
        path.write_text(text, "utf-8")
        return load_accepted(path)

    return read


def applied(*entries, findings=(OVERLAP,), today=dt.date(2026, 3, 1)):
    standing, accepted = apply_accepted(findings, entries, today)
    return [finding.code for finding in standing], [finding.code for finding, _ in accepted]


def test_entry_is_read_with_reason_author_and_days(load):
    (entry,) = load(ENTRY + "at_most = 200\n")

    assert entry == Accepted(
        "precincts_overlap", "precinct 9, other 14", "Being measured anew", "GIS department",
        dt.date(2026, 2, 20), dt.date(2026, 3, 16), 200.0,
    )  # fmt: skip


def test_empty_file_accepts_nothing(load):
    assert load("") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ENTRY + ENTRY, ["entry 2", '"where"', "Entry 1"]),
        (ENTRY.replace("precincts_o", "precinct_o"), ["entry 1", '"code"', 'mean "precincts_overlap"']),
        (ENTRY.replace("reason", "reasons"), ['no key "reasons"', 'mean "reason"']),
        (ENTRY.replace('author = "GIS department"\n', ""), ['"author"', "not empty"]),
        (ENTRY.replace('"GIS department"', '"  "'), ['"author"', "not empty"]),
        (ENTRY.replace("2026-03-16", '"16.03.2026"'), ['"expires"', "2026-03-15"]),
        (ENTRY.replace("2026-03-16", "2026-02-01"), ['"expires"', "before its date"]),
        (ENTRY + "at_most = -1\n", ['"at_most"']),
        (ENTRY + "at_most = true\n", ['"at_most"']),
        ("accepted = 3", ["[[accepted]]"]),
        ("accepted = [3]", ["entry 1", "no table"]),
        ("other = 1", ["[[accepted]]"]),
        ("[[accepted", ["not TOML"]),
    ],
)  # fmt: skip
def test_wrong_entry_is_refused_with_place_and_remedy(text, words, load):
    with pytest.raises(AcceptanceError) as caught:
        load(text)

    assert "accepted.toml" in str(caught.value)
    assert [word for word in words if word not in str(caught.value)] == []
    assert caught.value.remedy


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(AcceptanceError, match="cannot be opened"):
        load_accepted(tmp_path / "none.toml")


def test_accepted_finding_is_set_apart():
    assert applied(BY) == ([], ["precincts_overlap"])


def test_acceptance_holds_on_its_last_day_and_no_longer():
    on_the_day = applied(BY, today=dt.date(2026, 3, 16))
    after = applied(BY, today=dt.date(2026, 3, 17))

    assert on_the_day == ([], ["precincts_overlap"])
    assert after == (["precincts_overlap", "acceptance_expired"], [])


def test_without_a_day_nothing_expires():
    assert applied(BY, today=None) == ([], ["precincts_overlap"])


def test_finding_that_has_grown_beyond_its_limit_stands():
    assert applied(dataclasses.replace(BY, at_most=120.5)) == ([], ["precincts_overlap"])
    assert applied(dataclasses.replace(BY, at_most=120.0)) == (
        ["precincts_overlap", "acceptance_exceeded"],
        [],
    )


@pytest.mark.parametrize("changes", [{"where": "precinct 9, other 15"}, {"code": "sliver_overlap"}])
def test_entry_that_fits_nothing_is_a_finding(changes):
    assert applied(dataclasses.replace(BY, **changes)) == (["precincts_overlap", "acceptance_unused"], [])


@pytest.mark.parametrize(
    ("finding", "where", "size"),
    [
        (OVERLAP, "precinct 9, other 14", 120.5),
        (make_finding("precincts_gap", position=(76.9123456, 43.2), area_m2=3.0, width_m=2.5, numbers="1, 2"),
         "at 43.20000, 76.91235", 3.0),
        (make_finding("district_without_station", district="medeu"), "district medeu", None),
        (make_finding("houses_in_none", place={"kk": "Абай", "ru": "Абая"}, houses="1, 3", count=2),
         "place Абая", 2.0),
        (make_finding("duplicate_row", file="a.csv", item="row 3", layer="houses", first="row 2"),
         "layer houses, a.csv, row 3", None),
        (make_finding("data_old", day="2025-01-01", days=400), "campaign", 400.0),
    ],
)  # fmt: skip
def test_finding_is_named_by_what_it_is_about(finding, where, size):
    assert (where_of(finding), size_of(finding)) == (where, size)
