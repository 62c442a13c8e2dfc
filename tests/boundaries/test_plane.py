"""Widths and places on a flat piece of the earth."""

from __future__ import annotations

import pytest
import shapely
from pyproj import Geod
from shapely import LineString, Polygon, box

from boundaries.plane import ROUNDING_M, Plane, shape_array
from boundaries.quality import area_m2

GEOD = Geod(ellps="WGS84")


def metres(lon, lat, east, north):
    """The position so many metres east and north, by the geodesic."""
    lon, lat, _ = GEOD.fwd(lon, lat, 90, east)
    lon, lat, _ = GEOD.fwd(lon, lat, 0, north)
    return lon, lat


def strip(width, length, *, lon=76.9, lat=43.2):
    return Polygon([metres(lon, lat, x, y) for x, y in [(0, 0), (length, 0), (length, width), (0, width)]])


@pytest.mark.parametrize("lat", [-35.0, 0.0, 43.2, 59.9])
def test_lengths_on_the_plane_are_those_of_the_geodesic(lat):
    line = LineString([(76.9, lat), (76.91, lat + 0.008)])

    (flat,) = Plane.at(lat + 0.004).to_metres(shape_array([line]))

    assert flat.length == pytest.approx(GEOD.geometry_length(line), rel=1e-4)


def test_plane_and_back_changes_nothing():
    shapes = shape_array([box(76.9, 43.2, 76.95, 43.25)])
    plane = Plane.of(shapes)

    (back,) = plane.to_degrees(plane.to_metres(shapes))

    assert back.equals_exact(shapes[0], 1e-12)


@pytest.mark.parametrize(("width", "length"), [(0.5, 300.0), (1.9, 40.0), (10.0, 1000.0)])
def test_mean_width_of_a_strip_is_nearly_its_width(width, length):
    shapes = shape_array([strip(width, length)])

    (found,) = Plane.of(shapes).widths_m(shapes)

    assert found == pytest.approx(width * length / (width + length), rel=0.003)


def test_tail_as_thin_as_a_hair_is_not_part_of_the_shape():
    body, tail = strip(12.0, 12.0), strip(ROUNDING_M / 3, 800.0)
    shapes = shape_array([shapely.union(body, tail)])
    plane = Plane.of(shapes)

    (left,) = plane.without_hairs(shapes)

    assert plane.widths_m(shapes)[0] < 0.3
    assert area_m2(left) == pytest.approx(area_m2(body), rel=0.01)
    assert plane.widths_m(shape_array([left]))[0] == pytest.approx(6, rel=0.02)


def test_plane_of_nothing_is_that_of_the_equator():
    assert Plane.of(shape_array([])) == Plane.at(0.0)
