"""Geometry faults of any format: mended by the build and reported, or refused with the feature."""

from __future__ import annotations

import geopandas
import pytest
import shapely
from shapely import GeometryCollection, LineString, MultiPolygon, Point, Polygon, box

from geo_service.campaign.build import assemble
from geo_service.campaign.recipe import load_recipe
from geo_service.errors import GeoServiceError
from tests.geo_service.sources.written import INFO, write_frame

LEFT, RIGHT = box(76.90, 43.20, 76.91, 43.21), box(76.91, 43.20, 76.92, 43.21)
BOW = Polygon([(76.90, 43.20), (76.91, 43.21), (76.91, 43.20), (76.90, 43.21)])
FORMATS = [".geojson", ".gpkg", ".shp", ".fgb", ".mif", ".kml", ".parquet"]
#: What formats cannot hold: collections, several kinds of geometry in one layer, heights at some of them.
CANNOT = {
    ("collection", ".shp"),
    ("collection", ".mif"),
    ("line", ".shp"),
    ("heights", ".mif"),
    ("heights", ".fgb"),
}
MENDED = {
    "self-crossing": (BOW, "invalid"),
    "heights": (shapely.force_3d(LEFT, 700.0), "heights_dropped"),
    "collection": (GeometryCollection([LEFT, Point(76.9, 43.2)]), "parts_dropped"),
}
REFUSED = {
    "line": (LineString([(76.90, 43.20), (76.91, 43.21)]), "polygon"),
    "swapped axes": (shapely.transform(LEFT, lambda xy: xy[:, ::-1]), "swapped"),
    "metres": (shapely.transform(LEFT, lambda xy: xy * 10_000), "metres"),
    "no area": (
        Polygon([(76.90, 43.20), (76.91, 43.20), (76.90, 43.20)]),
        "no area|empty|fewer than|four points|not a polygon|cannot be repaired",
    ),
}


def build(folder, suffix, shapes, crs=4326):
    layer = geopandas.GeoDataFrame({"number": range(1, len(shapes) + 1)}, geometry=shapes, crs=crs)
    path = write_frame(folder / f"precincts{suffix}", layer, crs=crs)
    recipe = folder / "recipe.toml"
    recipe.write_text(
        f'{INFO}\n[precincts]\nfile = "{path.name}"\ncolumns = {{ number = "number" }}\n', "utf-8"
    )
    return assemble(load_recipe(recipe))


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("fault", MENDED)
def test_fault_is_mended_and_reported_in_every_format(tmp_path, fault, suffix):
    if (fault, suffix) in CANNOT:
        pytest.skip("the format cannot hold it")
    shape, code = MENDED[fault]

    campaign, findings = build(tmp_path, suffix, [shape, RIGHT])

    repairs = [finding for finding in findings if finding.code in {"polygon_repaired", "heights_dropped"}]
    assert code in repairs[0].values.get("faults", repairs[0].code)
    assert repairs[0].file == f"precincts{suffix}"
    assert all(precinct.geometry.is_valid and not precinct.geometry.has_z for precinct in campaign.precincts)


def test_heights_of_all_features_are_one_finding(tmp_path):
    _, findings = build(tmp_path, ".gpkg", [shapely.force_3d(shape, 700.0) for shape in (LEFT, RIGHT)])

    told = [finding for finding in findings if finding.code in {"polygon_repaired", "heights_dropped"}]
    assert [(finding.code, finding.item, dict(finding.values)) for finding in told] == [
        ("heights_dropped", "feature 1 (precinct 1)", {"count": 2})
    ]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("fault", REFUSED)
def test_fault_is_refused_with_file_and_feature_in_every_format(tmp_path, fault, suffix):
    if (fault, suffix) in CANNOT:
        pytest.skip("the format cannot hold it")
    shape, word = REFUSED[fault]

    with pytest.raises(GeoServiceError, match=word) as caught:
        build(tmp_path, suffix, [RIGHT, shape])

    assert caught.value.place.file == f"precincts{suffix}"
    assert caught.value.place.item
    assert caught.value.remedy


@pytest.mark.parametrize("suffix", FORMATS)
def test_polygons_and_multipolygons_may_stand_in_one_layer(tmp_path, suffix):
    parts = MultiPolygon([LEFT, box(76.93, 43.20, 76.94, 43.21)])

    campaign, _ = build(tmp_path, suffix, [parts, RIGHT])

    assert [len(precinct.geometry.geoms) for precinct in campaign.precincts] == [2, 1]
