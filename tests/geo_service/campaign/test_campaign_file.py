"""The campaign file: what is written comes back, opens in a GIS, and is refused when damaged."""

from __future__ import annotations

import dataclasses
import os
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from geo_service.campaign.file import CampaignFile, open_campaign, write_campaign
from geo_service.campaign.model import Campaign, Finding, Names, Place, Precinct
from geo_service.campaign.schema import AMENDED_VERSION, FORMAT_VERSION, LAYERS, READ_VERSIONS, RULES_VERSION
from geo_service.errors import (
    CampaignVersionError,
    DamagedCampaignError,
    GeoServiceError,
    NotACampaignError,
    StoreError,
)

POINTS = np.random.default_rng(0).uniform((76.89, 43.21), (76.95, 43.25), (300, 2))


@pytest.fixture(scope="module")
def opened(small_campaign_path) -> CampaignFile:
    return open_campaign(small_campaign_path)


@pytest.fixture
def copy(small_campaign_path, tmp_path) -> Path:
    return Path(shutil.copy(small_campaign_path, tmp_path / "copy.gpkg"))


@pytest.fixture
def bare_campaign(small_campaign) -> Campaign:
    return Campaign(small_campaign.info)


def _change(path: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        # GDAL's triggers call functions that only GDAL has.
        triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute(statement, values)


def test_the_whole_model_comes_back(opened, small_campaign, small_findings):
    assert opened.campaign == small_campaign
    assert opened.findings == small_findings


def test_hash_of_the_file_is_what_writing_returned(small_campaign, tmp_path):
    written = write_campaign(tmp_path / "a.gpkg", small_campaign)

    assert open_campaign(tmp_path / "a.gpkg").content_hash == written
    assert len(written) == 64


def test_a_campaign_without_rows_comes_back(bare_campaign, tmp_path):
    write_campaign(tmp_path / "bare.gpkg", bare_campaign)

    opened = open_campaign(tmp_path / "bare.gpkg")

    assert opened.campaign == bare_campaign
    assert opened.index.locate(76.9, 43.2) is None


def test_a_campaign_without_any_geometry_comes_back(small_campaign, tmp_path):
    listed = dataclasses.replace(
        small_campaign,
        precincts=tuple(dataclasses.replace(item, geometry=None) for item in small_campaign.precincts),
        stations=tuple(dataclasses.replace(item, lon=None, lat=None) for item in small_campaign.stations),
        places=tuple(dataclasses.replace(item, geometry=None) for item in small_campaign.places),
        houses=tuple(dataclasses.replace(item, lon=None, lat=None) for item in small_campaign.houses),
    )

    write_campaign(tmp_path / "listed.gpkg", listed)

    assert open_campaign(tmp_path / "listed.gpkg").campaign == listed


def test_rows_come_back_in_the_order_of_their_keys(small_campaign, tmp_path):
    shuffled = dataclasses.replace(
        small_campaign, **{layer.name: getattr(small_campaign, layer.name)[::-1] for layer in LAYERS}
    )

    write_campaign(tmp_path / "shuffled.gpkg", shuffled)

    assert open_campaign(tmp_path / "shuffled.gpkg").campaign == small_campaign


def test_coordinates_come_back_with_seven_decimals(bare_campaign, tmp_path):
    place = Place(1, "complex", Names(ru="Точка"), geometry=shapely.Point(76.123456789, 43.987654321))

    write_campaign(tmp_path / "fine.gpkg", dataclasses.replace(bare_campaign, places=(place,)))

    geometry = open_campaign(tmp_path / "fine.gpkg").campaign.places[0].geometry
    assert (geometry.x, geometry.y) == (76.1234568, 43.9876543)


def test_texts_of_every_kind_come_back(bare_campaign, tmp_path):
    texts = [
        "Әл-Фараби «даңғылы»",
        "quote \" and apostrophe '",
        "line\nbreak\ttab",
        "emoji 🏫",
        "  space  ",
        "",
    ]
    places = tuple(Place(n, "street", Names(text, text, None)) for n, text in enumerate(texts))

    write_campaign(tmp_path / "texts.gpkg", dataclasses.replace(bare_campaign, places=places))

    assert open_campaign(tmp_path / "texts.gpkg").campaign.places == places


def test_findings_come_back_in_their_order_with_values_of_json(bare_campaign, tmp_path):
    findings = (
        Finding("b", "error", values={"text": "Әл-Фараби", "list": [1, 2.5, None], "flag": True}),
        Finding("a", "information", precinct=5, file="f.csv", item="row 2", field="number"),
    )

    write_campaign(tmp_path / "f.gpkg", bare_campaign, findings=findings)

    assert open_campaign(tmp_path / "f.gpkg").findings == findings


def test_stored_index_answers_as_a_built_one(opened, small_campaign, tmp_path):
    write_campaign(tmp_path / "unindexed.gpkg", small_campaign)
    with closing(sqlite3.connect(tmp_path / "unindexed.gpkg")) as database, database:
        assert database.execute("DELETE FROM artefacts").rowcount == 1

    built = open_campaign(tmp_path / "unindexed.gpkg")

    assert built.content_hash == opened.content_hash
    np.testing.assert_array_equal(built.index.locate_many(*POINTS.T), opened.index.locate_many(*POINTS.T))
    assert set(opened.index.locate_many(*POINTS.T)) > {0, 2, 5, 20}


def test_closed_precincts_are_kept_but_answer_nothing(small_campaign, tmp_path):
    closed = tuple(
        dataclasses.replace(item, status="closed") if item.number == 5 else item
        for item in small_campaign.precincts
    )

    write_campaign(tmp_path / "closed.gpkg", dataclasses.replace(small_campaign, precincts=closed))

    opened = open_campaign(tmp_path / "closed.gpkg")
    assert opened.campaign.precincts_by_number[5].geometry is not None
    assert opened.index.locate(76.9151, 43.2305) is None


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.name)
def test_each_layer_opens_in_a_gis(small_campaign, small_campaign_path, layer):
    about = pyogrio.read_info(small_campaign_path, layer=layer.name)
    frame = pyogrio.read_dataframe(small_campaign_path, layer=layer.name)

    rows = getattr(small_campaign, layer.name)
    assert list(about["fields"]) == layer.column_names
    assert about["features"] == len(frame) == len(rows)
    if layer.geometry is None:
        assert about["geometry_type"] is None
        return
    assert about["geometry_type"] == {"Geometry": "Unknown"}.get(layer.geometry, layer.geometry)
    assert about["crs"] == "EPSG:4326"
    geometries = [layer.to_row(row)[1] for row in rows]
    assert frame.geometry.notna().tolist() == [geometry is not None for geometry in geometries]
    if layer.geometry != "Geometry":
        assert set(frame.geometry.dropna().geom_type) == {layer.geometry}


def test_gis_lists_the_tables_too(small_campaign_path):
    names = pyogrio.list_layers(small_campaign_path)[:, 0].tolist()

    assert names == [*(layer.name for layer in LAYERS), "campaign", "findings", "artefacts"]


def test_columns_of_one_row_hold_what_the_schema_says(small_campaign_path):
    frame = pyogrio.read_dataframe(small_campaign_path, layer="precincts").set_index("number")

    hospital = frame.loc[901]
    assert (hospital["kind"], hospital["district"], hospital["voters"]) == ("special", "almaly", 240)
    assert hospital["name_ru"] == "Городская больница № 7"
    assert hospital["geom" if "geom" in frame else "geometry"].geom_type == "MultiPolygon"


# Refusals


def _refusal(path: Path, kind: type[GeoServiceError]) -> str:
    with pytest.raises(kind) as caught:
        open_campaign(path)
    message = str(caught.value)
    assert path.name in message
    assert caught.value.remedy in message
    assert type(caught.value) is kind
    return message


def test_truncated_files_are_refused(copy):
    data = copy.read_bytes()

    for length in [99, 100, 101, 4096, *range(5000, len(data), len(data) // 40), len(data) - 1]:
        copy.write_bytes(data[:length])
        kind = NotACampaignError if length < 100 else DamagedCampaignError
        _refusal(copy, kind)


@pytest.mark.parametrize("content", [b"", b"SQLite format 3", b"precinct;station\n1;2\n", bytes(5000)])
def test_a_file_that_is_no_geopackage_is_refused(tmp_path, content):
    path = tmp_path / "notes.gpkg"
    path.write_bytes(content)

    assert "not a GeoPackage" in _refusal(path, NotACampaignError)


def test_a_file_overwritten_with_zeros_is_refused(copy):
    size = copy.stat().st_size
    copy.write_bytes(copy.read_bytes()[:4096] + bytes(size - 4096))

    _refusal(copy, DamagedCampaignError)


def test_a_plain_sqlite_file_is_refused(tmp_path):
    path = tmp_path / "plain.db"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE campaign (key, value)")

    assert "SQLite file, but not a GeoPackage" in _refusal(path, NotACampaignError)


def test_a_geopackage_of_something_else_is_refused(small_campaign_path, tmp_path):
    path = tmp_path / "else.gpkg"
    districts = pyogrio.read_dataframe(small_campaign_path, layer="districts")
    pyogrio.write_dataframe(districts, path, layer="districts")

    assert "holds no campaign" in _refusal(path, NotACampaignError)


def test_a_missing_file_is_refused(tmp_path):
    assert "No such file" in _refusal(tmp_path / "missing.gpkg", NotACampaignError)


def test_a_directory_is_refused(tmp_path):
    assert "cannot be opened" in _refusal(tmp_path, NotACampaignError)


@pytest.mark.parametrize("version", [max(READ_VERSIONS) + 1, 0, '"1"', "null"])
def test_another_format_version_is_refused(copy, version):
    _change(copy, "UPDATE campaign SET value = ? WHERE key = 'format_version'", str(version))

    message = _refusal(copy, CampaignVersionError)

    assert f"reads versions {FORMAT_VERSION}, {AMENDED_VERSION}, {RULES_VERSION}." in message
    assert "Build the campaign again" in message


@pytest.mark.parametrize("key", ["format_version", "content_hash", "findings_hash", "info"])
def test_missing_facts_are_refused(copy, key):
    _change(copy, "DELETE FROM campaign WHERE key = ?", key)

    _refusal(copy, DamagedCampaignError)


@pytest.mark.parametrize("table", ["campaign", "findings", "artefacts", *(layer.name for layer in LAYERS)])
def test_a_missing_table_is_refused(copy, table):
    _change(copy, f"ALTER TABLE {table} RENAME TO something_else")

    _refusal(copy, NotACampaignError if table == "campaign" else DamagedCampaignError)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE districts SET name_kk = 'Басқа' WHERE code = 'medeu'",
        "UPDATE precincts SET voters = voters + 1 WHERE number = 2",
        "UPDATE precincts SET status = 'closed' WHERE number = 2",
        "UPDATE precincts SET geom = NULL WHERE number = 2",
        "UPDATE precincts SET geom = (SELECT geom FROM precincts WHERE number = 3) WHERE number = 2",
        "UPDATE precincts SET voters = 'many' WHERE number = 2",
        "UPDATE stations SET opens = '09:00' WHERE precinct = 901",
        "UPDATE stations SET lift = NULL WHERE precinct = 2",
        "UPDATE stations SET geom = (SELECT geom FROM precincts WHERE number = 3) WHERE precinct = 2",
        "UPDATE places SET districts = 5 WHERE id = 1",
        "UPDATE places SET districts = x'00' WHERE id = 1",
        # The hash writes a number that is not finite as null, and any truth as true.
        "UPDATE places SET within = 9e999 WHERE within IS NULL",
        "UPDATE precincts SET voters = -9e999 WHERE voters IS NULL",
        "UPDATE stations SET may_close_early = 'yes' WHERE may_close_early",
        "UPDATE houses SET precinct = 3 WHERE number = '45'",
        "UPDATE houses SET geom = x'4750' WHERE number = '45'",
        "UPDATE aliases SET kind = 'spelling'",
        "DELETE FROM houses WHERE number = '45'",
        "INSERT INTO aliases (place, name, language, kind, source) VALUES (1, 'x', 'ru', 'old', '')",
        "UPDATE findings SET severity = 'error' WHERE id = 1",
        "UPDATE findings SET \"values\" = '[]' WHERE id = 1",
        "DELETE FROM findings",
        "UPDATE campaign SET value = replace(value, '\"109\"', '\"110\"') WHERE key = 'info'",
        "UPDATE campaign SET value = '[]' WHERE key = 'info'",
        "UPDATE campaign SET value = '{}' WHERE key = 'info'",
        "UPDATE campaign SET value = '{' WHERE key = 'info'",
        "UPDATE campaign SET value = '\"0\"' WHERE key = 'content_hash'",
        "UPDATE campaign SET value = x'FF' WHERE key = 'content_hash'",
        "UPDATE artefacts SET data = x'00'",
        "UPDATE artefacts SET data = 7",
        "UPDATE artefacts SET sha256 = NULL || 'x'",
    ],
)
def test_an_edited_file_is_refused(copy, statement):
    if "NULL" in statement or "=" not in statement:
        _loosen(copy)

    _change(copy, statement)

    _refusal(copy, DamagedCampaignError)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE findings SET precinct = 9e999",
        "UPDATE findings SET item = -9e999",
        "UPDATE findings SET \"values\" = replace(\"values\", 'null', 'NaN')",
        "UPDATE findings SET \"values\" = replace(\"values\", 'null', '1e999')",
        "UPDATE campaign SET value = replace(value, 'null', 'NaN') WHERE key = 'info'",
    ],
)
def test_no_number_that_the_hash_cannot_tell_from_none_is_accepted(tmp_path, bare_campaign, statement):
    path = tmp_path / "nulls.gpkg"
    names = dataclasses.replace(bare_campaign.info.names, en=None)
    campaign = dataclasses.replace(bare_campaign, info=dataclasses.replace(bare_campaign.info, names=names))
    write_campaign(path, campaign, findings=[Finding("a", "warning", values={"text": None})])

    _change(path, statement)

    _refusal(path, DamagedCampaignError)


def _loosen(path: Path) -> None:
    """Let every column be empty, as in a file that another program wrote."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute("UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '') WHERE type = 'table'")
        database.commit()


def test_lines_that_a_gis_made_multi_lines_are_the_same_content(copy, opened):
    frame = pyogrio.read_dataframe(copy, layer="places")
    assert "LineString" in set(frame.geom_type)
    frame["within"] = frame["within"].astype("Int64")
    pyogrio.write_dataframe(frame, copy, layer="places", append=False, promote_to_multi=True)
    assert "LineString" not in set(pyogrio.read_dataframe(copy, layer="places").geom_type)

    again = open_campaign(copy)

    assert again.campaign == opened.campaign


def test_an_edit_in_a_gis_is_called_an_edit(copy):
    frame = pyogrio.read_dataframe(copy, layer="precincts")
    frame.loc[frame["number"] == 12, "voters"] = 1
    pyogrio.write_dataframe(frame, copy, layer="precincts", append=False)

    message = _refusal(copy, DamagedCampaignError)

    assert "damaged, or was edited" in message
    assert "name it as a source in a recipe and build" in message


def test_every_flipped_bit_is_refused_or_changes_nothing(opened, small_campaign_path, tmp_path):
    data = small_campaign_path.read_bytes()
    chance = random.Random(20260315)
    used = [at for at in range(len(data)) if data[at]]
    # The first pages hold the schema; zero bytes are mostly room that nothing uses.
    places = [
        *(chance.randrange(100, 12_000) for _ in range(100)),
        *(chance.choice(used) for _ in range(250)),
        *range(100),
    ]
    path = tmp_path / "flipped.gpkg"
    expected = opened.index.locate_many(*POINTS.T)
    outcomes = {"refused": 0, "unchanged": 0}

    for place in places:
        flipped = bytearray(data)
        flipped[place] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        try:
            result = open_campaign(path)
        except GeoServiceError:
            outcomes["refused"] += 1
        else:
            assert result.campaign == opened.campaign
            assert result.findings == opened.findings
            assert result.content_hash == opened.content_hash
            np.testing.assert_array_equal(result.index.locate_many(*POINTS.T), expected)
            outcomes["unchanged"] += 1

    assert min(outcomes.values()) > 20


def test_a_stored_index_of_other_polygons_is_refused(copy, small_campaign, tmp_path):
    fewer = dataclasses.replace(small_campaign, precincts=small_campaign.precincts[1:])
    write_campaign(tmp_path / "other.gpkg", fewer)
    with closing(sqlite3.connect(tmp_path / "other.gpkg")) as other:
        data, digest = other.execute("SELECT data, sha256 FROM artefacts").fetchone()

    _change(copy, "UPDATE artefacts SET data = ?, sha256 = ?", data, digest)

    assert "other polygons" in _refusal(copy, DamagedCampaignError)


# Writing


def _names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_write_that_fails_midway_leaves_the_old_file_and_nothing_else(copy, small_campaign):
    before = copy.read_bytes()
    # SQLite's integers end at 2^63 - 1: the hash is made, the districts are written, then this fails.
    too_large = Precinct(2**63, "territorial", "almaly", "sample")
    failing = dataclasses.replace(small_campaign, precincts=(too_large,))

    with pytest.raises(TypeError):
        write_campaign(copy, failing)

    assert copy.read_bytes() == before
    assert _names_in(copy.parent) == [copy.name]


def test_writing_replaces_the_old_file_and_leaves_nothing_else(copy, bare_campaign):
    write_campaign(copy, bare_campaign)

    assert open_campaign(copy).campaign == bare_campaign
    assert _names_in(copy.parent) == [copy.name]


def test_left_overs_of_a_killed_process_do_not_matter(tmp_path, copy, small_campaign):
    path = tmp_path / "again.gpkg"
    copy.rename(tmp_path / f".again.gpkg.{os.getpid()}.partial.gpkg")

    write_campaign(path, small_campaign)

    assert open_campaign(path).campaign == small_campaign
    assert _names_in(tmp_path) == ["again.gpkg"]


def test_a_target_that_cannot_be_written_is_refused(tmp_path, bare_campaign):
    with pytest.raises(StoreError, match="folder is missing"):
        write_campaign(tmp_path / "nowhere" / "a.gpkg", bare_campaign)
    with pytest.raises(StoreError, match="This is a folder"):
        write_campaign(tmp_path, bare_campaign)


def test_a_file_of_something_else_is_never_replaced(tmp_path, bare_campaign, small_campaign_path):
    notes, layer, plain = tmp_path / "notes.gpkg", tmp_path / "layer.gpkg", tmp_path / "plain.gpkg"
    notes.write_text("precinct;station\n1;2\n")
    districts = pyogrio.read_dataframe(small_campaign_path, layer="districts")
    pyogrio.write_dataframe(districts, layer, layer="districts")
    with closing(sqlite3.connect(plain)) as database, database:
        database.execute("CREATE TABLE campaign (key, value)")

    for path in (notes, layer, plain):
        before = path.read_bytes()
        with pytest.raises(StoreError, match="no campaign file") as caught:
            write_campaign(path, bare_campaign)

        assert caught.value.place.file == str(path)
        assert path.read_bytes() == before


def test_an_empty_file_and_a_damaged_campaign_are_replaced(tmp_path, copy, bare_campaign):
    empty = tmp_path / "empty.gpkg"
    empty.touch()
    _change(copy, "UPDATE precincts SET voters = 1")

    for path in (empty, copy):
        write_campaign(path, bare_campaign)

        assert open_campaign(path).campaign == bare_campaign


@pytest.mark.parametrize("name", ["участок № 1.gpkg", "a b?c#d%20&e.gpkg", "no_suffix", "quote'\".gpkg"])
def test_any_file_name_works(tmp_path, bare_campaign, name):
    write_campaign(tmp_path / name, bare_campaign)

    assert open_campaign(tmp_path / name).campaign == bare_campaign


def test_a_file_name_that_is_no_unicode_opens(tmp_path, copy):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xf3\xf7.gpkg"))
    copy.rename(path)

    assert open_campaign(path).campaign.info.id == "small-sample"


def test_a_relative_path_opens(copy, monkeypatch):
    monkeypatch.chdir(copy.parent)

    assert open_campaign(copy.name).campaign.info.id == "small-sample"


def test_opening_writes_nothing(copy):
    before = copy.read_bytes()
    copy.chmod(0o444)

    open_campaign(copy)

    assert copy.read_bytes() == before
    assert _names_in(copy.parent) == [copy.name]


def test_who_has_the_old_file_open_reads_it_to_its_end(copy, bare_campaign):
    before = copy.read_bytes()

    with copy.open("rb") as reader:
        write_campaign(copy, bare_campaign)

        assert reader.read() == before
