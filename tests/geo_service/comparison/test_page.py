from __future__ import annotations

import dataclasses
import json
import re

import pytest

from geo_service.campaign.model import LANGUAGES, House, Names
from geo_service.comparison.compare import compare
from geo_service.comparison.page import comparison_page


@pytest.fixture(scope="module")
def changed(small_campaign):
    stations = tuple(
        dataclasses.replace(item, names=Names(ru="</script><b>Школа</b>")) if item.precinct == 9 else item
        for item in small_campaign.stations
    )
    return dataclasses.replace(small_campaign, stations=stations)


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_the_same_every_time_and_marks_a_sample(small_campaign, changed, language):
    comparison = compare(small_campaign, changed)

    first, second = (comparison_page(comparison, language, hashes=("a" * 64, "b" * 64)) for _ in range(2))

    assert first == second
    assert f'<html lang="{language}">' in first
    assert 'class="sample"' in first
    assert "aaaaaaaaaaaa" in first


def test_nothing_that_the_data_hold_is_markup(small_campaign, changed):
    page = comparison_page(compare(small_campaign, changed), "ru")

    assert "<b>Школа" not in page
    assert page.count("</script>") == page.count("<script>") == 3


def test_page_names_no_host_unless_tiles_are_wanted(small_campaign, changed):
    comparison = compare(small_campaign, changed)

    own = comparison_page(comparison, "en")
    tiled = comparison_page(
        comparison, "en", tile_url="https://tiles.example/{z}/{x}/{y}.png", tile_attribution="© Tiles"
    )

    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', tiled)[1]
    assert "tiles.example" not in own
    assert policy.endswith("img-src data: https://tiles.example")
    assert "default-src &#39;none&#39;" in policy


def test_long_list_is_cut_and_says_so(small_campaign):
    many = tuple(House(5, str(number), "medeu") for number in range(1, 1202))
    new = dataclasses.replace(small_campaign, houses=(*small_campaign.houses, *many))

    page = comparison_page(compare(small_campaign, new), "en")

    assert page.count("Birzhan Sal street, ") == 1000
    assert "Not shown here: 201." in page


def test_command_writes_the_page(run, small_campaign_path, tmp_path):
    path = tmp_path / "changes.html"

    result = run("diff", small_campaign_path, small_campaign_path, "--html", path, "--lang", "en")

    assert result.exit_code == 0
    assert "No differences." in path.read_text(encoding="utf-8")
    assert json.loads(run("diff", small_campaign_path, small_campaign_path, "--json").output)["same"] is True


def test_page_that_cannot_be_written_is_trouble(run, small_campaign_path, tmp_path):
    result = run("diff", small_campaign_path, small_campaign_path, "--html", tmp_path / "no" / "page.html")

    assert result.exit_code == 2
    assert "page.html" in result.output
