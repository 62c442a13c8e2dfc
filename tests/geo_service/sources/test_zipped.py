"""Sources in archives: which one is read, and how archives are unpacked."""

from __future__ import annotations

import tempfile
import zipfile

import pytest

from geo_service.errors import SourceError
from geo_service.sources.archive import Limits, unpacked
from geo_service.sources.base import ReadOptions
from geo_service.sources.registry import read_table
from tests.geo_service.sources.damage import archive, packed, written

TABLES = [
    ("north/list.csv", b"number\n1\n"),
    ("south/list.csv", b"number\n2\n"),
    ("south/stations.csv", b"n\n3\n"),
]


@pytest.mark.parametrize("layer", ["stations", "stations.csv", "south/stations", "south/stations.csv"])
def test_file_of_an_archive_is_chosen_by_its_name(tmp_path, layer):
    table = read_table(archive(TABLES)(tmp_path), ReadOptions(layer=layer))

    assert table.name == "a.zip/south/stations.csv"
    assert list(table.rows) == [("3",)]


def test_folder_tells_files_of_one_name_apart(tmp_path):
    path = archive(TABLES)(tmp_path)

    assert list(read_table(path, ReadOptions(layer="south/list")).rows) == [("2",)]
    with pytest.raises(SourceError, match=r"north/list\.csv, south/list\.csv"):
        read_table(path, ReadOptions(layer="list"))


def test_usual_name_is_taken_among_several(tmp_path):
    table = read_table(archive(TABLES)(tmp_path), ReadOptions(usual_layer="stations"))

    assert list(table.rows) == [("3",)]


def test_layer_of_the_only_file_can_be_chosen(tmp_path):
    path = packed(written("a.gpkg"))(tmp_path)

    assert len(read_table(path, ReadOptions(layer="a")).rows) == 2
    with pytest.raises(SourceError, match='no layer "b"') as caught:
        read_table(path, ReadOptions(layer="b"))
    assert caught.value.place.file == "a.zip/a.gpkg"


def test_findings_name_archive_and_file(tmp_path):
    table = read_table(packed(written("a.shp", street=["Абая", "Ленина"]), leave_out={".cpg"})(tmp_path))

    assert [finding.file for finding in table.findings] == ["a.zip/a.shp"]


@pytest.mark.parametrize("codec", ["cp866", "utf-8"])
def test_name_that_windows_packed_is_read(tmp_path, codec):
    path = archive([("xxxxxxxxxxxxxx.csv", b"number\n1\n")])(tmp_path)
    name = "участки".encode(codec).ljust(14, b"_")
    path.write_bytes(path.read_bytes().replace(b"xxxxxxxxxxxxxx", name[:14]))

    table = read_table(path)

    assert table.name.startswith("a.zip/участки")


def test_clutter_of_other_systems_is_no_source(tmp_path):
    members = [("__MACOSX/._list.csv", b"\0"), (".DS_Store", b"\0"), ("list.csv", b"number\n1\n")]

    assert list(read_table(archive(members)(tmp_path)).rows) == [("1",)]


def test_what_is_really_unpacked_counts_not_what_an_archive_states(tmp_path):
    path = archive([("a.csv", b"0" * 200_000)])(tmp_path)
    with zipfile.ZipFile(path) as packed_file:
        stated = packed_file.infolist()[0].file_size.to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(stated, (10).to_bytes(4, "little")))

    with pytest.raises(SourceError), unpacked(path, Limits(unpacked_bytes=100_000)):
        pass


def test_all_members_together_count(tmp_path):
    path = archive([(f"{n}.csv", b"0" * 40_000) for n in range(5)])(tmp_path)

    with pytest.raises(SourceError, match="fill the disk"), unpacked(path, Limits(unpacked_bytes=100_000)):
        pass


def test_unpacked_folder_is_gone_afterwards_whatever_happens(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    path = archive(TABLES)(tmp_path)

    with pytest.raises(ZeroDivisionError):
        fail_on(path)

    assert list((tmp_path / "temporary").iterdir()) == []


def fail_on(path):
    with unpacked(path) as places:
        assert all(place.is_file() for place in places.values())
        raise ZeroDivisionError
