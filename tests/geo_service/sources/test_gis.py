"""GeoJSON and GeoPackage: what is read, what is refused, and with which words."""

from __future__ import annotations

import json
import shutil

import geopandas
import pytest
from pyproj import CRS
from shapely import Point, Polygon, box

from geo_service.errors import SourceError
from geo_service.sources.base import ReadOptions
from geo_service.sources.geojson import read_geojson
from geo_service.sources.geopackage import read_geopackage

SQUARE = {"type": "Polygon", "coordinates": [[[76, 43], [77, 43], [77, 44], [76, 43]]]}


def write_geojson(path, *geometries, **members):
    features = [
        {"type": "Feature", "properties": {"n": i, "name": "Әуезов"}, "geometry": geometry}
        for i, geometry in enumerate(geometries)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", **members, "features": features}), "utf-8")
    return path


def write_geopackage(path, layer="drawn", crs="EPSG:32643", **columns):
    rows = len(next(iter(columns.values()), [1]))
    frame = geopandas.GeoDataFrame(columns, geometry=[box(i, 0, i + 1, 1) for i in range(rows)], crs=crs)
    frame.to_file(path, layer=layer, driver="GPKG")
    return path


def test_geojson_is_wgs84_with_features_counted_from_one(tmp_path):
    path = write_geojson(tmp_path / "a.geojson", SQUARE, None)

    table = read_geojson(path, ReadOptions())

    assert table.crs == CRS.from_epsg(4326)
    assert table.columns == ("n", "name")
    assert list(table.rows) == [(0, "Әуезов"), (1, "Әуезов")]
    assert list(table.items) == ["feature 1", "feature 2"]
    assert table.geometries[0].equals(Polygon(SQUARE["coordinates"][0]))
    assert table.geometries[1] is None


def test_geojson_that_states_a_crs_has_it(tmp_path):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32643"}}

    table = read_geojson(write_geojson(tmp_path / "a.geojson", SQUARE, crs=crs), ReadOptions())

    assert table.crs == CRS.from_epsg(32643)


def test_geopackage_keeps_its_crs_and_the_feature_ids(tmp_path):
    table = read_geopackage(write_geopackage(tmp_path / "a.gpkg", n=[5, 6]), ReadOptions())

    assert table.crs == CRS.from_epsg(32643)
    assert list(table.rows) == [(5,), (6,)]
    assert list(table.items) == ["feature 1", "feature 2"]


def test_geopackage_without_a_crs_has_none(tmp_path):
    with pytest.warns(UserWarning, match="crs"):
        path = write_geopackage(tmp_path / "a.gpkg", crs=None, n=[1])

    assert read_geopackage(path, ReadOptions()).crs is None


def test_usual_layer_is_taken_among_several_and_a_stated_one_before_it(tmp_path):
    path = write_geopackage(tmp_path / "a.gpkg", layer="houses", n=[1])
    write_geopackage(path, layer="stations", n=[2])

    usual = read_geopackage(path, ReadOptions(usual_layer="stations"))
    stated = read_geopackage(path, ReadOptions(layer="houses", usual_layer="stations"))

    assert (list(usual.rows), list(stated.rows)) == ([(2,)], [(1,)])


def test_layer_that_is_not_told_or_not_there_is_refused_with_those_there_are(tmp_path):
    path = write_geopackage(tmp_path / "a.gpkg", layer="houses", n=[1])
    write_geopackage(path, layer="stations", n=[2])

    for options in (ReadOptions(), ReadOptions(layer="districts"), ReadOptions(usual_layer="districts")):
        with pytest.raises(SourceError, match="houses, stations") as caught:
            read_geopackage(path, options)

        assert (caught.value.place.file, caught.value.place.field) == ("a.gpkg", "layer")


def test_plain_table_in_a_geopackage_has_no_geometries(tmp_path, small_campaign_path):
    table = read_geopackage(small_campaign_path, ReadOptions(usual_layer="aliases"))

    assert table.geometries is None
    assert "valid_from" in table.columns


def test_file_that_is_not_what_its_suffix_says_is_refused(tmp_path):
    geopackage = write_geopackage(tmp_path / "a.gpkg", n=[1])
    geojson = write_geojson(tmp_path / "b.geojson", SQUARE)
    text = tmp_path / "text.geojson"
    text.write_text("number,name\n1,2\n")
    shutil.copy(geopackage, tmp_path / "a.geojson")
    shutil.copy(geojson, tmp_path / "b.gpkg")
    shutil.copy(text, tmp_path / "text.gpkg")

    for name in ("a.geojson", "text.geojson", "b.gpkg", "text.gpkg"):
        reader = read_geojson if name.endswith("json") else read_geopackage
        with pytest.raises(SourceError, match="suffix") as caught:
            reader(tmp_path / name, ReadOptions())

        assert caught.value.place.file == name


def test_truncated_files_are_refused(tmp_path):
    geojson = write_geojson(tmp_path / "a.geojson", SQUARE)
    geopackage = write_geopackage(tmp_path / "a.gpkg", n=[1])
    for path in (geojson, geopackage):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])

    for path, reader in ((geojson, read_geojson), (geopackage, read_geopackage)):
        with pytest.raises(SourceError):
            reader(path, ReadOptions())


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": [[[76, 43], [77, 43], [77, 44]]]},
        {"type": "Polygon", "coordinates": [[[76, 43], [77, 43]]]},
        {"type": "Polygon", "coordinates": [[["76a", 43], [77, 43], [77, 44], [76, 43]]]},
        {"type": "Polygon", "coordinates": "everywhere"},
        {"type": "Square", "coordinates": []},
    ],
    ids=["not closed", "two points", "text", "no list", "unknown type"],
)
def test_geometry_that_cannot_be_read_is_refused_and_not_taken_for_none(tmp_path, geometry):
    path = write_geojson(tmp_path / "a.geojson", SQUARE, None, geometry)

    with pytest.raises(SourceError) as caught:
        read_geojson(path, ReadOptions())

    assert (caught.value.place.item, caught.value.place.field) == ("feature 3", "geometry")


def test_feature_that_would_be_skipped_is_refused(tmp_path):
    path = write_geojson(tmp_path / "a.geojson", SQUARE, SQUARE)
    document = json.loads(path.read_text("utf-8"))
    document["features"][1] = "Feature"
    path.write_text(json.dumps(document), "utf-8")

    with pytest.raises(SourceError) as caught:
        read_geojson(path, ReadOptions())

    assert caught.value.place.file == "a.geojson"


def test_text_that_is_not_utf8_is_refused(tmp_path):
    path = write_geojson(tmp_path / "a.geojson", SQUARE)
    path.write_bytes(path.read_text("utf-8").replace('"name"', '"имя"').encode("cp1251"))

    with pytest.raises(SourceError):
        read_geojson(path, ReadOptions())


def test_encoding_is_refused_where_the_format_fixes_it(tmp_path):
    with pytest.raises(SourceError, match="UTF-8"):
        read_geojson(write_geojson(tmp_path / "a.geojson", SQUARE), ReadOptions(encoding="cp1251"))


def test_points_and_empty_layers_are_read(tmp_path):
    point = write_geojson(tmp_path / "a.geojson", {"type": "Point", "coordinates": [76, 43]})
    empty = write_geojson(tmp_path / "b.geojson")

    assert read_geojson(point, ReadOptions()).geometries == [Point(76, 43)]
    assert list(read_geojson(empty, ReadOptions()).rows) == []
