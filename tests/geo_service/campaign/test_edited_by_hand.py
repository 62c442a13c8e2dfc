"""A campaign's layers are edited and saved as a GIS does it, through GDAL, and come back through a build.

Each time the comparison with the file before shows the edit and nothing else.
"""

from __future__ import annotations

import dataclasses
import shutil
import sqlite3
from contextlib import closing

import geopandas
import pandas as pd
import pyogrio
import pytest
import shapely
from shapely import MultiPolygon, Point, Polygon

from geo_service.campaign.amendment import Amendment
from geo_service.campaign.build import build_campaign
from geo_service.campaign.content_hash import content_hash
from geo_service.campaign.file import open_campaign, write_campaign
from geo_service.campaign.schema import LAYERS
from geo_service.comparison.compare import compare
from geo_service.comparison.sections import sections
from geo_service.errors import DamagedCampaignError, RecipeError

SPATIAL = [layer for layer in LAYERS if layer.geometry]


@pytest.fixture
def edited(tmp_path, small_campaign_path):
    """A copy of the small campaign's file, to be edited."""
    return shutil.copy(small_campaign_path, tmp_path / "edited.gpkg")


@pytest.fixture
def told_after_build(tmp_path, small_campaign):
    """Build a recipe or an edited file and tell what differs from the small campaign, exactly."""

    def build(recipe):
        out = tmp_path / "built.gpkg"
        build_campaign(recipe, out)
        comparison = compare(small_campaign, open_campaign(out).campaign, tolerance_m=0.0)
        assert not comparison.left_out
        return [
            (section.name, entry.words, *entry.details)
            for section in sections(comparison, "en")
            for entry in section.entries
        ]

    return build


def read(path, layer):
    return pyogrio.read_dataframe(path, layer=layer)


def save(frame, path, layer):
    """Write a layer back into its file; GDAL numbers the features anew, as it does after a deletion."""
    pyogrio.write_dataframe(frame, path, layer=layer, driver="GPKG")


def edit(path, layer, change):
    frame = read(path, layer)
    save(change(frame), path, layer)


def moved_corner(polygon, corner, to):
    rings = [
        [to if shapely.Point(point).equals_exact(Point(corner), 1e-9) else point for point in ring.coords]
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    return Polygon(rings[0], rings[1:])


def test_file_that_nobody_edited_comes_back_as_it_was(edited, told_after_build):
    assert told_after_build(edited) == []


def test_edited_file_is_refused_where_it_is_served_and_accepted_by_build(edited, told_after_build):
    def rename(frame):
        frame.loc[frame["precinct"] == 9, "address_ru"] = "улица Новая, 1"
        return frame

    edit(edited, "stations", rename)

    with pytest.raises(DamagedCampaignError, match="edited"):
        open_campaign(edited)
    ((section, words, detail),) = told_after_build(edited)
    assert (section, words) == ("stations", "No. 9 [SAMPLE], School-Gymnasium No. 144, 45 Abay Avenue")
    assert detail == "address (Russian): проспект Абая, 45 → улица Новая, 1"


def test_border_vertex_that_was_dragged_is_the_only_difference(edited, small_campaign, told_after_build):
    corner = small_campaign.precincts_by_number[3].geometry.geoms[0].exterior.coords[2]
    target = (corner[0] + 0.0007, corner[1] + 0.0002)

    def drag(frame):
        frame.geometry = [
            MultiPolygon([moved_corner(part, corner, target) for part in shape.geoms])
            for shape in frame.geometry
        ]
        return frame

    edit(edited, "precincts", drag)

    told = told_after_build(edited)
    assert {section for section, *_ in told} == {"borders"}
    pairs = {words.split(":")[0] for _, words, *_ in told}
    assert {"No. 20 [SAMPLE] → No. 3 [SAMPLE]", "No. 15 [SAMPLE] → No. 12 [SAMPLE]"} <= pairs
    around = {f"No. {number} [SAMPLE]" for number in (3, 12, 15, 20)}
    assert {name for pair in pairs for name in pair.split(" → ")} == around


def test_feature_that_was_added_and_one_that_was_deleted_are_the_only_differences(edited, told_after_build):
    def exchange(frame):
        new = frame[frame["number"] == "10"].assign(number="12", precinct=9, geometry=Point(76.923, 43.23))
        return pd.concat([frame[frame["number"] != "4"], new], ignore_index=True)

    edit(edited, "houses", exchange)

    assert told_after_build(edited) == [
        ("houses", "Садовая street, 12"),
        ("houses", "Orbita-1 microdistrict, 4"),
    ]


def test_column_of_another_type_and_columns_of_other_tools_change_nothing(edited, told_after_build):
    def retype(frame):
        frame["voters"] = frame["voters"].astype("float64")
        frame["number"] = frame["number"].map(lambda number: f"№ {number}")
        return frame.assign(layer="precincts", path="C:/edited.gpkg", area_ha=1.5)

    edit(edited, "precincts", retype)
    edit(
        edited,
        "stations",
        lambda frame: frame.assign(may_close_early=frame["may_close_early"].astype("int32")),
    )

    assert told_after_build(edited) == []


def test_styles_and_a_project_that_qgis_keeps_in_the_file_change_nothing(edited, told_after_build):
    with closing(sqlite3.connect(edited)) as database, database:
        database.executescript(
            """
            CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
                f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
                f_geometry_column TEXT(256),
                styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
                owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT CURRENT_TIMESTAMP);
            INSERT INTO layer_styles (f_table_name, f_geometry_column, styleName)
                VALUES ('precincts', 'geom', 'borders');
            CREATE TABLE qgis_projects (name TEXT PRIMARY KEY, metadata BLOB, content BLOB);
            INSERT INTO gpkg_contents (table_name, data_type, identifier)
                VALUES ('layer_styles', 'attributes', 'layer_styles');
            """
        )

    assert told_after_build(edited) == []


def test_order_of_features_and_an_emptied_layer_are_what_they_are(edited, told_after_build):
    edit(edited, "precincts", lambda frame: frame.iloc[::-1])
    edit(edited, "aliases", lambda frame: frame.iloc[:0])

    told = told_after_build(edited)

    assert [section for section, *_ in told] == ["aliases"] * 3


def test_values_that_were_emptied_are_empty_and_text_null_is_none(edited, told_after_build):
    def empty(frame):
        frame.loc[frame["precinct"] == 2, "phone"] = ""
        return frame

    edit(edited, "stations", empty)

    ((_, _, detail),) = told_after_build(edited)
    assert detail == "telephone: +7 727 000 00 02 → –"


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:32643", "EPSG:3857", "EPSG:2503"])
def test_layers_saved_as_a_copy_in_another_system_come_back_by_a_recipe(
    tmp_path, edited, told_after_build, crs
):
    copy = tmp_path / "copy.gpkg"
    for layer in LAYERS:
        frame = read(edited, layer.name)
        spatial = isinstance(frame, geopandas.GeoDataFrame)
        save(frame.to_crs(crs) if spatial else frame, copy, layer.name)
    recipe = tmp_path / "recipe.toml"
    sections_ = "\n".join(f'[{layer.name}]\nfile = "copy.gpkg"\n' for layer in LAYERS)
    recipe.write_text(CAMPAIGN + sections_, encoding="utf-8")

    assert told_after_build(recipe) == []


def test_copy_without_the_facts_of_the_vote_says_what_to_do(tmp_path, edited):
    copy = tmp_path / "copy.gpkg"
    save(read(edited, "precincts"), copy, "precincts")

    with pytest.raises(RecipeError, match="geo-service recipe"):
        build_campaign(copy, tmp_path / "built.gpkg")


def test_amendments_that_the_file_keeps_stay(tmp_path, small_campaign):
    amendment = Amendment(
        1, "station", 9, "2026-03-14T19:20:00+05:00", "clerk", "flooded", {"opens": None}, {"opens": "08:00"}
    )
    amended = dataclasses.replace(small_campaign, amendments=(amendment,))
    write_campaign(tmp_path / "amended.gpkg", amended)

    build_campaign(tmp_path / "amended.gpkg", tmp_path / "built.gpkg")

    assert open_campaign(tmp_path / "built.gpkg").content_hash == content_hash(amended)


CAMPAIGN = """
[campaign]
id = "small-sample"
names = { kk = "Сынақ дауыс беру", ru = "Пробное голосование", en = "Sample vote" }
city = { kk = "Алматы", ru = "Алматы", en = "Almaty" }
date = 2026-03-15
data_date = 2026-02-01
call_centre = { number = "109", opens = "08:00", closes = "22:00" }
source = "invented for tests"
licence = "CC0-1.0"
links = { commission = "https://www.election.gov.kz" }
is_sample = true

[[campaign.rules]]
id = "document"
question = { kk = "Қандай құжат керек?", ru = "Какой документ нужен?", en = "Which document?" }
answer = { kk = "Жеке куәлік", ru = "Удостоверение личности", en = "Identity card" }
registrations = ["here"]

"""
