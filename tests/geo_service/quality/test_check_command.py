"""``geo-service check``, the end of a build, and the page of the service."""

from __future__ import annotations

import dataclasses
import json

import openpyxl
import pytest

from geo_service.campaign.build import build_campaign
from geo_service.campaign.file import open_campaign, write_campaign
from geo_service.errors import AcceptanceError, RecipeError
from geo_service.quality.document import PAGE, renewed_page
from geo_service.settings import Settings
from geo_service.web.app import create_app
from tests.conftest import REPO
from tests.geo_service.campaign import towns

ACCEPTED = """
[[accepted]]
code = "{code}"
where = "{where}"
reason = "Known"
author = "A. B."
date = 2026-01-01
expires = 2026-12-31
"""
# 0.000004 degrees, 0.3 m, too far west.
EAST_A_LITTLE_TOO_WIDE = [
    [76.919996, 43.20],
    [76.94, 43.20],
    [76.94, 43.22],
    [76.919996, 43.22],
    [76.919996, 43.20],
]


@pytest.fixture
def check(run, small_campaign_path):
    """Run ``check`` on the small campaign on a day before its vote."""

    def invoke(*arguments, file=small_campaign_path):
        return run("check", file, "--day", "2026-03-01", *arguments)

    return invoke


def test_report_is_printed_with_the_light_first(check):
    result = check("--lang", "en")

    assert result.exit_code == 0
    assert result.stdout.startswith("Yellow: it may be published")
    assert "warning: station_without_point (1)" in result.stdout


def test_json_is_one_object_with_the_hash(check, small_campaign_path):
    form = json.loads(check("--json").stdout)

    assert form["hash"] == open_campaign(small_campaign_path).content_hash
    assert form["light"] == "yellow"
    assert sum(form["by_code"].values()) == len(form["findings"])


def test_red_light_is_an_exit_code(check, small_campaign, tmp_path):
    bare = [dataclasses.replace(item, lon=None, lat=None) for item in small_campaign.stations]
    write_campaign(tmp_path / "red.gpkg", dataclasses.replace(small_campaign, stations=tuple(bare)))

    result = check(file=tmp_path / "red.gpkg")

    assert result.exit_code == 1
    assert "Красный" in result.stdout


def test_files_are_written_and_named(check, tmp_path):
    sheet, page = tmp_path / "findings.xlsx", tmp_path / "findings.html"

    result = check("--xlsx", sheet, "--html", page, "--lang", "kk")

    assert result.exit_code == 0
    assert len(openpyxl.load_workbook(sheet).worksheets) == 2
    assert '<html lang="kk">' in page.read_text("utf-8")
    assert str(sheet) in result.stdout
    assert str(page) in result.stdout


def test_accepted_findings_are_counted_apart(check, tmp_path):
    path = tmp_path / "accepted.toml"
    path.write_text(ACCEPTED.format(code="station_without_point", where="precinct 31"), "utf-8")

    before, after = json.loads(check("--json").stdout), json.loads(check("--json", "--accepted", path).stdout)

    assert after["by_severity"]["warning"] == before["by_severity"]["warning"] - 1
    assert [(item["code"], item["author"]) for item in after["accepted"]] == [
        ("station_without_point", "A. B.")
    ]


def test_published_campaign_is_checked_where_none_is_named(run, environment, small_campaign_path):
    result = run("check", "--day", "2026-03-01")

    assert result.exit_code == 1
    assert "geo-service sample" in result.stderr


def test_file_that_is_no_campaign_is_refused(check, tmp_path):
    (tmp_path / "text.gpkg").write_text("no", "utf-8")

    result = check(file=tmp_path / "text.gpkg")

    assert result.exit_code == 1
    assert "not a GeoPackage" in result.stderr


def built_town(folder, quality, east=towns.EAST):
    towns.town(folder)
    towns.districts(folder)
    towns.precincts(
        folder,
        (towns.polygon(towns.WEST), {"number": 1, "district": "west"}),
        (towns.polygon(east), {"number": 2, "district": "east"}),
    )
    recipe = towns.recipe(folder, towns.DISTRICTS, towns.PRECINCTS, towns.STATIONS, quality)
    return build_campaign(recipe, folder / "town.gpkg")


def test_build_ends_with_its_quality(run, tmp_path):
    recipe = towns.town(tmp_path)

    result = run("build", recipe, "--out", tmp_path / "town.gpkg", "--lang", "en")

    assert "Green: nothing needs to be done." in result.stdout
    assert "Precincts with a known station" in result.stdout


def test_build_mends_what_its_recipe_allows_and_tells_what_moved(tmp_path):
    report = built_town(tmp_path, "[quality]\nmend_m = 0.5\n", EAST_A_LITTLE_TOO_WIDE)

    (mended,) = [finding for finding in report.findings if finding.code == "overlap_mended"]
    east = open_campaign(tmp_path / "town.gpkg").campaign.precincts_by_number[2].geometry
    assert (mended.precinct, mended.values["other"]) == (1, 2)
    assert mended.values["area_m2"] == pytest.approx(0.325 * 2221.6, rel=0.01)
    assert mended.values["width_m"] == pytest.approx(0.325, abs=0.01)
    assert mended.position is not None
    assert east.bounds[0] == 76.92
    assert "sliver_overlap" not in report.quality.counts


def test_build_moves_nothing_without_being_told(tmp_path):
    report = built_town(tmp_path, "", EAST_A_LITTLE_TOO_WIDE)

    east = open_campaign(tmp_path / "town.gpkg").campaign.precincts_by_number[2].geometry
    assert east.bounds[0] == 76.919996
    assert report.quality.counts["sliver_overlap"] == 1


@pytest.mark.parametrize("value", ["0", "-1", "6", '"a lot"'])
def test_tolerance_is_a_small_number(value, tmp_path):
    with pytest.raises(RecipeError) as caught:
        built_town(tmp_path, f"[quality]\nmend_m = {value}\n")

    assert caught.value.place.field == "quality.mend_m"


def test_recipe_names_a_file_of_accepted_findings(tmp_path):
    (tmp_path / "accepted.toml").write_text(
        ACCEPTED.format(code="sliver_overlap", where="precinct 1, other 2"), "utf-8"
    )

    report = built_town(tmp_path, '[quality]\naccepted = "accepted.toml"\n', EAST_A_LITTLE_TOO_WIDE)

    assert [finding.code for finding, _ in report.quality.accepted] == ["sliver_overlap"]
    assert "sliver_overlap" in [finding.code for finding in report.findings]  # the file keeps it


def test_missing_file_of_accepted_findings_is_refused_before_the_build(tmp_path):
    with pytest.raises(AcceptanceError, match="cannot be opened"):
        built_town(tmp_path, '[quality]\naccepted = "none.toml"\n')


@pytest.mark.parametrize(
    ("language", "words"),
    [("kk", "Деректердің сапасы"), ("ru", "Качество данных"), ("en", "Data quality")],
)
def test_page_of_the_service_shows_the_report(language, words, app):
    response = app.test_client().get(f"/{language}/quality")

    page = response.get_data(as_text=True)
    assert response.status_code == 200
    assert f"<h1>{words}</h1>" in page
    assert "station_without_point" in page
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert 'content="noindex"' in page
    assert "<script" not in page


def test_rows_of_the_page_lead_to_their_place_on_the_map(app):
    page = app.test_client().get("/ru/quality").get_data(as_text=True)

    assert 'href="/ru/?lat=43.' in page
    assert app.test_client().get("/ru/?lat=43.2263&lon=76.9052").status_code == 200


def test_service_without_a_campaign_says_so_on_the_page(tmp_path):
    client = create_app(Settings(store=tmp_path / "store")).test_client()

    assert client.get("/ru/quality").status_code == 503


def test_document_has_the_table_of_findings_that_the_code_makes():
    page = (REPO / "docs" / PAGE).read_text("utf-8")

    assert renewed_page(page) == page, "run: python -m geo_service.quality.document docs"


def test_document_without_marks_is_not_renewed():
    with pytest.raises(ValueError, match="lacks the marks"):
        renewed_page("# Quality\n")
