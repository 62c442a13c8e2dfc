"""The example recipe, built from the open data of Almaty."""

from __future__ import annotations

import shutil
from collections import Counter

import pytest

from geo_service.campaign.build import build_campaign
from geo_service.finder import Finder
from tests.conftest import REPO

RECIPE = REPO / "docs" / "examples" / "almaty-2021" / "recipe.toml"


@pytest.fixture(scope="module")
def almaty(almaty_data, tmp_path_factory):
    """The report and the file of the example."""
    assert almaty_data.is_dir()
    out = tmp_path_factory.mktemp("almaty") / "almaty.gpkg"
    return build_campaign(RECIPE, out), out


def test_point_is_answered_as_derived_and_without_a_station(almaty):
    _, path = almaty

    # In front of the railway station Almaty-1, in Turksib district.
    answer = Finder.open(path).by_point(76.9415, 43.3400)

    assert answer.status == "found"
    assert answer.precinct.district == "turksib"
    assert answer.precinct.number > 9000
    assert answer.authority == "derived"
    assert answer.campaign.is_sample
    assert answer.stations == ()


def test_every_station_of_the_list_is_kept(almaty):
    report, path = almaty

    campaign = Finder.open(path).campaign
    stations = Counter(campaign.precincts_by_number[item.precinct].district for item in campaign.stations)
    assert stations == {"alatau": 71, "almaly": 84, "auezov": 98}
    assert report.counts["precincts"] == 253 + 8
    assert len({station.building_id for station in campaign.stations}) == 169
    assert campaign.info.is_sample is True


def test_findings_tell_what_the_data_lack(almaty):
    report, _ = almaty

    counts = Counter(finding.code for finding in report.findings)
    assert counts["precinct_without_polygon"] == 253
    assert counts["station_without_point"] == 253
    assert counts["precinct_without_station"] == 8
    assert counts["district_without_station"] == 5
    (overlap,) = [finding for finding in report.findings if finding.code == "districts_overlap"]
    assert overlap.values["area_m2"] == pytest.approx(39, abs=1)
    (skipped,) = [finding for finding in report.findings if finding.code == "precinct_numbers_skipped"]
    assert skipped.values["numbers"].startswith("22, 117")


def test_recipe_may_lie_in_a_folder_of_another_name(almaty, almaty_data, tmp_path):
    report, _ = almaty
    folder = tmp_path / "рецепт Алматы"
    folder.mkdir()
    text = RECIPE.read_text("utf-8").replace("../../../../shared/data/almaty/", "")
    (folder / "recipe.toml").write_text(text, "utf-8")
    for name in ("districts.geojson", "stations_2021.csv"):
        shutil.copy(almaty_data / name, folder / name)

    again = build_campaign(folder / "recipe.toml", folder / "almaty.gpkg")

    assert again.content_hash == report.content_hash
