"""Damaged GIS files are refused with file, item and remedy, or mended and reported."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from geo_service.errors import SourceError
from geo_service.sources.registry import read_table
from tests.geo_service.sources.damage import INPUTS, REPAIRED


@pytest.fixture
def unpacking_folder(tmp_path, monkeypatch):
    """Where archives are unpacked in a test, to look what is left there."""
    folder = tmp_path / "unpacking"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize("name", INPUTS)
def test_damaged_file_is_refused_with_its_place_and_a_remedy(tmp_path, unpacking_folder, name):
    damaged = INPUTS[name]
    (tmp_path / "data").mkdir()
    path = damaged.make(tmp_path / "data")
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises(SourceError) as caught:
        read_table(path)

    error = caught.value
    assert damaged.words in str(error)
    assert error.remedy
    assert error.place.file.split("/")[0] == path.name
    assert damaged.item is None or error.place.item == damaged.item
    assert damaged.field is None or error.place.field == damaged.field
    assert str(tmp_path) not in str(error)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", REPAIRED)
def test_damaged_file_is_mended_and_the_repair_reported(tmp_path, name):
    repaired = REPAIRED[name]

    table = read_table(repaired.make(tmp_path))

    (finding,) = table.findings
    assert (finding.code, finding.values) == (repaired.code, repaired.values)
    assert len(table.rows) == repaired.count
    assert all(geometry is not None and geometry.is_valid for geometry in table.geometries)


def test_corpus_is_as_large_as_promised():
    assert len(INPUTS) + len(REPAIRED) >= 40


def test_nothing_of_an_archive_is_left_where_it_was_unpacked(tmp_path, unpacking_folder):
    path = INPUTS["zipped shapefile without its table"].make(tmp_path)

    with pytest.raises(SourceError):
        read_table(path)

    assert list(unpacking_folder.iterdir()) == []
    assert Path(tempfile.gettempdir()) == unpacking_folder
