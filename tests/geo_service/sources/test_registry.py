"""The reader is chosen by the suffix."""

from __future__ import annotations

import pytest

from geo_service.errors import SourceError
from geo_service.sources.registry import READERS, read_table


def test_suffix_is_read_in_any_case(tmp_path):
    path = tmp_path / "STATIONS.CSV"
    path.write_text("number\n1\n")

    assert list(read_table(path).rows) == [("1",)]


def test_unknown_suffix_is_refused_with_those_that_work(tmp_path):
    path = tmp_path / "stations.docx"
    path.touch()

    with pytest.raises(SourceError) as caught:
        read_table(path)

    assert all(suffix in caught.value.remedy for suffix in READERS)
    assert caught.value.place.file == "stations.docx"


def test_missing_file_is_refused_with_its_path(tmp_path):
    with pytest.raises(SourceError, match="no such file") as caught:
        read_table(tmp_path / "absent.csv")

    assert caught.value.place.file == str(tmp_path / "absent.csv")


def test_folder_is_no_file(tmp_path):
    folder = tmp_path / "folder.gpkg"
    folder.mkdir()

    with pytest.raises(SourceError, match="no such file"):
        read_table(folder)
