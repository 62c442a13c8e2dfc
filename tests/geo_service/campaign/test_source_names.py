"""Whose the data are: told in the reader's language where a campaign gives it in several."""

from __future__ import annotations

import dataclasses
import sqlite3

import pytest

from geo_service.campaign.content_hash import content_hash, info_values
from geo_service.campaign.file import open_campaign, write_campaign
from geo_service.campaign.model import LANGUAGES, Campaign, Names
from geo_service.campaign.recipe import load_recipe
from geo_service.errors import RecipeError
from geo_service.sample_city.facts import campaign_info
from tests.geo_service.campaign import towns

SOURCE = Names("Алматы қаласының әкімдігі", "Акимат города Алматы", "Akimat of Almaty")


def info_of(tmp_path, source):
    return load_recipe(towns.recipe(tmp_path, towns.DISTRICTS, campaign=towns.CAMPAIGN + source)).info


def with_source(campaign: Campaign) -> Campaign:
    info = dataclasses.replace(campaign.info, source=SOURCE.ru, source_names=SOURCE)
    return dataclasses.replace(campaign, info=info)


def test_source_in_several_languages_is_told_in_the_readers(tmp_path):
    info = info_of(
        tmp_path, f'source_names = {{ kk = "{SOURCE.kk}", ru = "{SOURCE.ru}", en = "{SOURCE.en}" }}\n'
    )

    assert [info.source_in(language) for language in LANGUAGES] == [SOURCE.kk, SOURCE.ru, SOURCE.en]
    assert info.source == SOURCE.ru


def test_source_that_is_one_text_is_told_to_everybody(tmp_path):
    info = info_of(tmp_path, 'source = "Акимат"\n')

    assert {info.source_in(language) for language in LANGUAGES} == {"Акимат"}


@pytest.mark.parametrize(
    "source", ["source_names = {}", "source_names = 7", 'source_names = { de = "Stadt" }']
)
def test_names_that_are_in_none_of_our_languages_are_refused(tmp_path, source):
    with pytest.raises(RecipeError) as caught:
        info_of(tmp_path, source + "\n")

    assert (caught.value.place.field or "").startswith("campaign.source_names")


def test_file_keeps_the_names_of_the_source_and_its_hash_covers_them(small_campaign, tmp_path):
    campaign = with_source(small_campaign)
    write_campaign(tmp_path / "named.gpkg", campaign)

    assert open_campaign(tmp_path / "named.gpkg").campaign.info == campaign.info
    assert content_hash(campaign) != content_hash(small_campaign)


def test_campaign_without_them_is_written_as_before_they_existed(small_campaign):
    assert "source_names" not in info_values(small_campaign.info)


def test_older_program_refuses_a_file_that_has_them(small_campaign, tmp_path):
    plain = dataclasses.replace(small_campaign, info=dataclasses.replace(small_campaign.info, rules=()))
    for name, campaign in (("plain", plain), ("named", with_source(plain))):
        write_campaign(tmp_path / f"{name}.gpkg", campaign)

    versions = []
    for name in ("plain", "named"):
        with sqlite3.connect(tmp_path / f"{name}.gpkg") as database:
            query = "SELECT value FROM campaign WHERE key = 'format_version'"
            versions.append(database.execute(query).fetchone()[0])
        database.close()

    assert versions == ["1", "3"]


def test_sample_tells_its_source_in_every_language():
    info = campaign_info()
    layers = campaign_info(("streets.geojson", "districts.geojson"))

    assert len({info.source_in(language) for language in LANGUAGES}) == len(LANGUAGES)
    assert all("streets.geojson" in layers.source_in(language) for language in LANGUAGES)
