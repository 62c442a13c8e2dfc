"""The same content gives the same campaign, whatever format, coordinate system and encoding it comes in.

Every file is written by GDAL here. Reprojecting there and back moves a coordinate by some 1e-10 degrees, and
the campaign's coordinates are whole ten-millionths: so rounding finds each of them again, and hashes are
compared as they are. Only MapInfo's TAB stores whole numbers, good to 1e-6 degrees.
"""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from tests.geo_service.sources.written import (
    LOCAL_GRID,
    frame,
    hash_of,
    mapping,
    read_back,
    write_frame,
    zipped,
)

SYSTEMS = {
    "WGS 84": 4326,
    "UTM 43N": 32643,
    "Web Mercator": 3857,
    "Pulkovo zone 13": 28473,
    "city grid": LOCAL_GRID,
}
LAYERS = ("districts", "precincts", "stations")
EXACT = (".geojson", ".gpkg", ".shp", ".shp.zip", ".fgb", ".mif", ".parquet")


@pytest.fixture(scope="module")
def layers(small_campaign):
    return {name: frame(small_campaign, name) for name in LAYERS}


def written_sections(folder, layers, suffix, crs):
    """Write every layer; return the sections of the recipe."""
    sections = {}
    for name, layer in layers.items():
        plain = suffix.removesuffix(".zip")
        path = write_frame(folder / f"{name}{plain}", layer, crs=crs)
        if suffix.endswith(".zip"):
            path = zipped(folder / f"{name}.zip", folder.glob(f"{name}.*"), folder="выгрузка/")
        sections[name] = f'file = "{path.name}"\ncolumns = {mapping(layer)}'
        if crs == LOCAL_GRID:
            sections[name] += f'\ncrs = "{crs}"'
    return sections


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("suffix", EXACT)
def test_every_format_in_every_system_gives_the_same_hash(
    tmp_path, layers, small_campaign, small_campaign_path, *, suffix, system
):
    sections = written_sections(tmp_path, layers, suffix, SYSTEMS[system])

    campaign, _ = read_back(tmp_path, sections, small_campaign_path)

    assert hash_of(campaign) == hash_of(small_campaign)


@pytest.mark.parametrize("suffix", [".kml", ".kmz"])
def test_kml_gives_the_same_hash(tmp_path, layers, small_campaign, small_campaign_path, suffix):
    sections = written_sections(tmp_path, layers, suffix, 4326)

    campaign, _ = read_back(tmp_path, sections, small_campaign_path)

    assert hash_of(campaign) == hash_of(small_campaign)


@pytest.mark.parametrize("system", SYSTEMS)
def test_tab_agrees_to_a_millionth_of_a_degree(tmp_path, layers, small_campaign, small_campaign_path, system):
    sections = written_sections(tmp_path, layers, ".tab", SYSTEMS[system])

    campaign, _ = read_back(tmp_path, sections, small_campaign_path)

    for name in ("districts", "precincts"):
        for ours, theirs in zip(getattr(campaign, name), getattr(small_campaign, name), strict=True):
            mine, other = (shapely.normalize(item.geometry) for item in (ours, theirs))
            assert shapely.hausdorff_distance(mine, other) < 1e-6
    ours, theirs = ([(s.lon or 0, s.lat or 0) for s in c.stations] for c in (campaign, small_campaign))
    assert np.abs(np.array(ours) - np.array(theirs)).max() < 1e-6


@pytest.mark.parametrize("encoding", ["WKB", "geoarrow"])
def test_geoparquet_gives_the_same_hash_in_both_of_its_encodings(
    tmp_path, layers, small_campaign, small_campaign_path, encoding
):
    sections = {}
    for name in ("districts", "precincts"):
        layers[name].to_parquet(tmp_path / f"{name}.parquet", geometry_encoding=encoding, index=False)
        sections[name] = f'file = "{name}.parquet"'
    sections["stations"] = f'file = "{small_campaign_path}"'

    campaign, _ = read_back(tmp_path, sections, small_campaign_path)

    assert hash_of(campaign) == hash_of(small_campaign)


def test_prj_in_russian_letters_is_read(tmp_path, layers, small_campaign, small_campaign_path):
    sections = written_sections(tmp_path, layers, ".shp", 28473)
    for prj in tmp_path.glob("*.prj"):
        named = prj.read_text("utf-8").replace("Pulkovo_1942_Gauss-Kruger_CM_75E", "Пулково_42_75")
        prj.write_bytes(named.encode("cp1251"))
        assert "Пулково" in named

    campaign, _ = read_back(tmp_path, sections, small_campaign_path)

    assert hash_of(campaign) == hash_of(small_campaign)
