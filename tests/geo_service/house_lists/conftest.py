"""A part of the sample city, as a source of places and houses, and the builds of its lists."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from geo_service.campaign.build import build_campaign
from geo_service.campaign.file import CampaignFile, open_campaign, write_campaign
from geo_service.campaign.model import Campaign

#: Precincts of each district that the tests take: enough for streets of one name and shared streets.
_EACH = 6
_DISTRICTS = ("medeu", "turksib")

CAMPAIGN = """
[campaign]
id = "lists"
names = { ru = "Голосование" }
city = { kk = "Алматы", ru = "Алматы", en = "Almaty" }
date = 2026-03-15
data_date = 2026-02-21
is_sample = true
"""
MAP = """
[districts]
file = "map.gpkg"
[places]
file = "map.gpkg"
[houses]
file = "map.gpkg"
columns = { place = "place", number = "number", district = "district" }
"""
POLYGONS = '[precincts]\nfile = "map.gpkg"\n'


@pytest.fixture(scope="session")
def part(sample_city: CampaignFile) -> Campaign:
    """Some precincts of the sample city with their houses, and the places of these."""
    city = sample_city.campaign
    numbers = {
        precinct.number
        for district in _DISTRICTS
        for precinct in [p for p in city.precincts if p.district == district and p.kind == "territorial"][
            :_EACH
        ]
    }
    houses = tuple(house for house in city.houses if house.precinct in numbers)
    used = {house.place for house in houses}
    used |= {place.within for place in city.places if place.id in used and place.within is not None}
    return dataclasses.replace(
        city,
        precincts=tuple(precinct for precinct in city.precincts if precinct.number in numbers),
        stations=(),
        places=tuple(place for place in city.places if place.id in used),
        houses=houses,
        aliases=tuple(alias for alias in city.aliases if alias.place in used),
    )


@pytest.fixture(scope="session")
def map_path(part: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The campaign file of `part`, a source of districts, polygons, places and houses."""
    path = tmp_path_factory.mktemp("part") / "map.gpkg"
    write_campaign(path, part)
    return path


@pytest.fixture
def folder(tmp_path: Path, map_path: Path) -> Path:
    """A folder with the map, for a recipe."""
    (tmp_path / "map.gpkg").symlink_to(map_path)
    return tmp_path


def build(folder: Path, lists: str, *sources: str):
    """Build a campaign of sources and a section of house lists; return it with the findings."""
    recipe = folder / "recipe.toml"
    recipe.write_text("\n".join([CAMPAIGN, *sources, '[house_lists]\nauthority = "sample"', lists]), "utf-8")
    report = build_campaign(recipe, folder / "out.gpkg")
    return open_campaign(folder / "out.gpkg").campaign, report.findings


def found(findings, code):
    return [finding for finding in findings if finding.code == code]
