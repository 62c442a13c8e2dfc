"""From any coordinate system to degrees, longitude first."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS, Transformer
from shapely import LineString, Point, box

from geo_service.errors import SourceError
from geo_service.sources.reproject import parse_crs, to_wgs84
from tests.geo_service.sources.written import LOCAL_GRID

ITEMS = ["feature 1", "feature 2", "feature 3"]


@given(lon=st.floats(76, 78), lat=st.floats(42, 44), code=st.sampled_from([4326, 3857, 32643, 28473, 3035]))
def test_point_comes_back_to_where_it_was(lon, lat, code):
    x, y = Transformer.from_crs(4326, code, always_xy=True).transform(lon, lat)

    (moved,) = to_wgs84([Point(x, y)], ITEMS, CRS.from_epsg(code))

    assert (moved.x, moved.y) == pytest.approx((lon, lat), abs=1e-7)


def test_geometries_keep_their_places_and_missing_ones_stay_missing():
    geometries = [None, LineString([(76, 43), (77, 43)]), None]

    moved = to_wgs84(geometries, ITEMS, CRS.from_epsg(4326))

    assert moved == geometries


def test_nothing_but_missing_geometries_needs_no_crs():
    assert to_wgs84([None, None], ITEMS, None) == [None, None]


def test_missing_crs_is_refused_with_how_to_state_it():
    with pytest.raises(SourceError) as caught:
        to_wgs84([Point(76, 43)], ITEMS, None)

    assert 'crs = "EPSG:4326"' in caught.value.remedy
    assert caught.value.place.field == "crs"


@pytest.mark.parametrize(
    ("point", "code", "problem"),
    [
        ((43.2, 176.9), 4326, "swapped"),
        ((656000, 4786000), 4326, "metres"),
        ((76.9, 43.2), 32643, "degrees"),
        ((76.9, 43.2), 3857, "degrees"),
        ((math.nan, 43.2), 4326, "finite"),
        ((76.9, math.inf), 4326, "finite"),
        ((1e9, 1e9), 32643, "not defined"),
    ],
)
def test_coordinates_that_cannot_be_are_refused_with_the_item(point, code, problem):
    fine = Transformer.from_crs(4326, code, always_xy=True).transform(76.9, 43.2)
    usable = point if problem == "degrees" else fine

    with pytest.raises(SourceError) as caught:
        to_wgs84([Point(usable), Point(point)], ITEMS, CRS.from_epsg(code))

    assert problem in caught.value.problem
    assert caught.value.place.item == ("feature 1" if problem == "degrees" else "feature 2")


def test_polygon_is_moved_vertex_by_vertex():
    square = box(656000, 4786000, 657000, 4787000)
    transformer = Transformer.from_crs(32643, 4326, always_xy=True)

    (moved,) = to_wgs84([square], ITEMS, CRS.from_epsg(32643))

    expected = np.column_stack(transformer.transform(*shapely.get_coordinates(square).T))
    assert shapely.get_coordinates(moved) == pytest.approx(expected)


@pytest.mark.parametrize("text", ["EPSG:99", "metres", ""])
def test_crs_that_proj_does_not_know_is_refused(text):
    with pytest.raises(SourceError, match="PROJ"):
        parse_crs(text)


@pytest.mark.parametrize(
    "text", ["EPSG:4978", "EPSG:5773", 'LOCAL_CS["drawing",UNIT["metre",1]]', "+proj=geocent"]
)
def test_system_that_is_none_of_places_on_a_map_is_refused(text):
    with pytest.raises(SourceError, match="no system of places") as caught:
        parse_crs(text)

    assert caught.value.place.field == "crs"


@pytest.mark.parametrize(
    "text",
    [
        "EPSG:28473",
        "ESRI:102100",
        "EPSG:32643+5773",
        "+init=epsg:32643",
        LOCAL_GRID,
        CRS.from_epsg(28413).to_wkt("WKT1_ESRI"),
        CRS.from_epsg(32643).to_json(),
    ],
)
def test_any_way_to_state_a_system_of_the_city_brings_a_point_back(text):
    crs = parse_crs(text)
    x, y = Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform(76.9285, 43.2567)

    (point,) = to_wgs84([Point(x, y)], ["feature 1"], crs)

    assert (point.x, point.y) == pytest.approx((76.9285, 43.2567), abs=1e-8)
