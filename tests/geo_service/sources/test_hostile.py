"""Whatever bytes a file holds: a table or an error of the project, and nothing written elsewhere."""

from __future__ import annotations

import shutil
import tempfile
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo_service.errors import SourceError
from geo_service.sources.base import Table
from geo_service.sources.registry import READERS, read_table
from tests.geo_service.sources import damage

EXAMPLES = 25
SUFFIXES = sorted(set(READERS) - {".csv", ".tsv", ".ods", ".xlsx"})
#: Valid files by suffix, whose bytes are changed.
MAKERS = {
    ".geojson": damage.geojson(damage.SQUARE_GEOMETRY, damage.SQUARE_GEOMETRY, name="Абая"),
    ".gpkg": damage.written("a.gpkg", street=["Абая", "Ленина"]),
    ".shp": damage.SHAPEFILE,
    ".fgb": damage.written("a.fgb", street=["Абая", "Ленина"]),
    ".tab": damage.written("a.tab", street=["Абая", "Ленина"]),
    ".mif": damage.written("a.mif", street=["Абая", "Ленина"]),
    ".parquet": damage.written("a.parquet", street=["Абая", "Ленина"]),
    ".kml": damage.kml(damage.polygon_kml(damage.RING), damage.polygon_kml(damage.RING)),
    ".kmz": damage.archive(
        [("doc.kml", damage.KML.format(damage.polygon_kml(damage.RING)).encode())], "a.kmz"
    ),
    ".zip": damage.packed(damage.SHAPEFILE),
}
hostile = settings(
    max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture(scope="module")
def valid(tmp_path_factory):
    """A folder for each suffix with a valid file of it, and what belongs to it."""
    folders = {}
    for suffix, make in MAKERS.items():
        folders[suffix] = tmp_path_factory.mktemp(suffix.removeprefix("."))
        make(folders[suffix])
        shutil.rmtree(folders[suffix] / "inside", ignore_errors=True)
    return folders


def table_or_refusal(path):
    """Read a file; whatever it holds, the outcome is a whole table or an error that names it."""
    outcome = outcome_of(path)
    if isinstance(outcome, SourceError):
        assert outcome.place.file
        assert outcome.remedy
    else:
        assert isinstance(outcome, Table)
        assert len(outcome.items) == len(outcome.rows)
        assert outcome.geometries is None or len(outcome.geometries) == len(outcome.rows)


def outcome_of(path):
    try:
        return read_table(path)
    except SourceError as error:
        return error


@pytest.mark.parametrize("suffix", SUFFIXES)
@hostile
@given(data=st.binary(max_size=600))
def test_any_bytes_are_a_table_or_refused(suffix, data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(data)
        table_or_refusal(path)


@pytest.mark.parametrize("suffix", MAKERS)
@hostile
@given(data=st.data())
def test_changed_bytes_are_a_table_or_refused(valid, suffix, data):
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(valid[suffix], folder, dirs_exist_ok=True)
        part = data.draw(st.sampled_from(sorted(Path(folder).iterdir())))
        content = bytearray(part.read_bytes())
        for _ in range(data.draw(st.integers(0, 4))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        part.write_bytes(content[: data.draw(st.integers(0, len(content)) | st.just(len(content)))])
        table_or_refusal(Path(folder) / f"a{suffix}")


names = st.text(st.sampled_from("a.b/\\:.~\0 é"), min_size=1, max_size=12) | st.sampled_from(
    [
        "../a.csv",
        "/a.csv",
        "a/../../b.csv",
        "..",
        ".",
        "a.csv",
        "CON",
        "a" * 300 + ".csv",
        "//a.csv",
        "C:\\a.csv",
    ]
)


@hostile
@given(
    members=st.lists(
        st.tuples(names, st.binary(max_size=50), st.sampled_from([0, 0o120777, 0o40755])), max_size=6
    )
)
def test_archive_with_any_names_writes_nothing_outside(members, monkeypatch, tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive")
    unpacking = folder / "x" / "y" / "unpacking"
    unpacking.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(unpacking))
    path = folder / "a.zip"
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as archive:
        warnings.simplefilter("ignore")  # of names that stand twice
        for name, content, mode in members:
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            archive.writestr(info, content)
    before = sorted(folder.rglob("*"))

    table_or_refusal(path)

    assert sorted(folder.rglob("*")) == before
