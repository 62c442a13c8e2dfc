"""The report as text, workbook and page."""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import hashlib
import html
import re

import openpyxl
import pytest

from geo_service.campaign.file import open_campaign, write_campaign
from geo_service.campaign.finding_codes import FINDING_CODES
from geo_service.campaign.model import LANGUAGES, Names
from geo_service.errors import StoreError
from geo_service.quality.accepted import Accepted
from geo_service.quality.measures import Measure
from geo_service.quality.page import report_page, write_page
from geo_service.quality.report import quality_report
from geo_service.quality.sheet import write_sheet
from geo_service.quality.text_report import report_lines
from geo_service.quality.view import measure_line, report_view
from geo_service.translations import catalogue

FORMULA = '=HYPERLINK("http://example.invalid")'
BY = Accepted(
    "station_without_point",
    "precinct 31",
    "Moves in March",
    "A. B.",
    dt.date(2026, 2, 20),
    dt.date(2026, 3, 16),
)


@pytest.fixture(scope="module")
def flawed(small_campaign, tmp_path_factory):
    """The small campaign with a place whose name is a formula, written and opened."""
    places = [
        dataclasses.replace(item, names=Names(FORMULA, FORMULA, FORMULA)) if item.id == 2 else item
        for item in small_campaign.places
    ]
    path = tmp_path_factory.mktemp("quality") / "flawed.gpkg"
    write_campaign(path, dataclasses.replace(small_campaign, places=tuple(places)))
    return open_campaign(path)


@pytest.fixture(scope="module")
def report(flawed):
    return quality_report(flawed, [BY], dt.date(2026, 3, 1))


@pytest.fixture(scope="module")
def view_in(report, flawed):
    """The report in a language."""

    def make(language):
        return report_view(report, flawed.campaign, language)

    return make


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_do_is_told_of_every_code_and_of_no_other(language):
    told = {key.removeprefix("advice.") for key in catalogue(language) if key.startswith("advice.")}

    assert told == set(FINDING_CODES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_says_the_light_the_counts_and_what_to_do(language, view_in):
    view = view_in(language)

    text = "\n".join(report_lines(view, language))

    assert text.startswith(view.verdict)
    assert [group.advice for group in view.groups if group.advice not in text] == []
    assert all(count in text for count in view.counts)
    assert "A. B." in text
    assert "{" not in text


def test_text_shows_the_first_few_of_a_kind_or_every_one(view_in):
    view = view_in("ru")
    names = next(group for group in view.groups if group.code == "names_missing")

    short, long = (
        [row for row in names.rows if any(row.text in line for line in report_lines(view, "ru", every=every))]
        for every in (False, True)
    )

    assert (short, long) == (list(names.rows[:5]), list(names.rows))


def test_every_finding_of_a_precinct_or_a_place_on_the_ground_has_a_position(view_in):
    rows = [row for group in view_in("en").groups for row in group.rows]

    placed = [row for row in rows if row.finding.precinct is not None]

    assert [row.text for row in placed if row.position is None] == []
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))


@pytest.mark.parametrize(
    ("good", "share", "figures"),
    [
        (10_000, "100\N{NO-BREAK SPACE}%", "10,000 of 10,000"),
        (9_999, "99.9\N{NO-BREAK SPACE}%", "9,999 of 10,000"),
    ],
)
def test_share_that_is_not_whole_is_never_shown_as_whole(good, share, figures):
    line = measure_line(Measure("stations_with_point", good, 10_000), "en")

    assert (line.share, line.figures) == (share, figures)


@pytest.mark.parametrize("language", LANGUAGES)
def test_workbook_has_every_finding_and_no_formula(language, view_in, tmp_path):
    path = tmp_path / "findings.xlsx"
    view = view_in(language)

    write_sheet(path, view, language)

    measures, findings, accepted = openpyxl.load_workbook(path).worksheets
    rows = [row for group in view.groups for row in group.rows]
    cells = [cell for sheet in (measures, findings, accepted) for line in sheet for cell in line]
    assert findings.max_row == len(rows) + 1
    assert [line[2].value for line in findings.iter_rows(min_row=2)] == [row.text for row in rows]
    assert [line[5].value for line in findings.iter_rows(min_row=2)] == [row.where for row in rows]
    assert accepted.max_row == 2
    assert "A. B." in accepted.cell(2, 13).value
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert any(FORMULA in str(cell.value) for cell in cells)


def test_page_is_one_file_that_asks_nobody(view_in, flawed):
    page = report_page(view_in("ru"), flawed, "ru")

    markup = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert re.findall(r"""(?:src|href)=["']([^"'#][^"']*)""", markup) == []
    assert "url(" not in markup
    assert '<html lang="ru">' in page
    assert "noindex" in page


def test_page_lets_its_own_scripts_run_and_no_others(view_in, flawed):
    page = report_page(view_in("ru"), flawed, "ru")

    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert len(scripts) > 1
    assert re.search(r"script-src ([^;]*);", policy)[1].split() == [f"'sha256-{text}'" for text in hashes]
    assert "sourceMappingURL" not in page


def test_page_asks_the_tile_server_that_it_is_told(view_in, flawed):
    tiles = "https://tiles.example.org/{z}/{x}/{y}.png"

    assert tiles not in report_page(view_in("ru"), flawed, "ru")
    assert tiles in report_page(view_in("ru"), flawed, "ru", tile_url=tiles)


def test_page_lists_every_finding_and_puts_those_with_a_place_on_the_map(view_in, flawed):
    view = view_in("en")
    rows = [row for group in (*view.groups, *view.accepted) for row in group.rows]

    page = report_page(view, flawed, "en")

    listed = {int(number) for number in re.findall(r'id="finding-(\d+)"', page)}
    buttons = {int(number) for number in re.findall(r'data-finding="(\d+)"', page)}
    on_map = {int(number) for number in re.findall(r'"number": (\d+)', page)}
    assert listed == {row.number for row in rows}
    assert buttons == on_map == {row.number for row in rows if row.position}


def test_page_shows_what_stands_in_the_data_as_text(small_campaign, tmp_path):
    script = "</script><script>alert(1)</script>"
    names = Names(script, script, script)
    places = tuple(dataclasses.replace(item, names=names) for item in small_campaign.places)
    write_campaign(tmp_path / "bad.gpkg", dataclasses.replace(small_campaign, places=places))
    bad = open_campaign(tmp_path / "bad.gpkg")

    page = report_page(report_view(quality_report(bad), bad.campaign, "ru"), bad, "ru")

    assert "alert(1)" in page
    assert script not in page


def test_page_is_the_same_for_the_same_campaign(view_in, flawed):
    assert report_page(view_in("kk"), flawed, "kk") == report_page(view_in("kk"), flawed, "kk")


def test_file_that_cannot_be_written_is_an_error_with_a_remedy(view_in, flawed, tmp_path):
    path = tmp_path / "none" / "out"

    with pytest.raises(StoreError) as of_sheet:
        write_sheet(path, view_in("ru"), "ru")
    with pytest.raises(StoreError) as of_page:
        write_page(path, view_in("ru"), flawed, "ru")

    assert str(path) in str(of_sheet.value)
    assert str(path) in str(of_page.value)
