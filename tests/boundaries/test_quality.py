"""Overlaps and areas against what arithmetic and the geodesic say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely import MultiPolygon, Point, Polygon, box

from boundaries.quality import area_m2, area_outside_m2, find_overlaps, points_outside

GEOD = Geod(ellps="WGS84")


def geodesic_area(polygon):
    return abs(GEOD.geometry_area_perimeter(polygon)[0])


@given(
    lon=st.floats(-170, 170),
    lat=st.floats(-60, 60),
    width=st.floats(1e-4, 0.05),
    height=st.floats(1e-4, 0.05),
)
def test_area_is_within_a_thousandth_of_the_geodesic_one(lon, lat, width, height):
    polygon = box(lon, lat, lon + width, lat + height)

    assert area_m2(polygon) == pytest.approx(geodesic_area(polygon), rel=0.001)


def test_area_of_an_empty_geometry_is_zero():
    assert area_m2(Polygon()) == 0


def test_neighbours_that_share_an_edge_or_a_corner_do_not_overlap():
    squares = [box(x, y, x + 1, y + 1) for x in (76, 77) for y in (42, 43)]

    assert find_overlaps(squares) == []


def test_overlap_is_found_once_with_its_area():
    squares = [box(76.0, 43.0, 76.01, 43.01), box(76.5, 43.0, 76.6, 43.1), box(76.008, 43.0, 76.02, 43.01)]

    (overlap,) = find_overlaps(squares)

    assert (overlap.first, overlap.second) == (0, 2)
    assert overlap.area_m2 == pytest.approx(geodesic_area(box(76.008, 43.0, 76.01, 43.01)), rel=0.001)


def test_overlaps_up_to_the_tolerance_are_left_out():
    squares = [box(76.0, 43.0, 76.01, 43.01), box(76.009, 43.0, 76.02, 43.01)]
    (overlap,) = find_overlaps(squares)
    area = overlap.area_m2

    assert find_overlaps(squares, tolerance_m2=area) == []
    assert find_overlaps(squares, tolerance_m2=area * 0.999) == [overlap]


def test_polygon_inside_another_overlaps_it_unless_it_lies_in_its_hole():
    outer = box(76.0, 43.0, 76.1, 43.1)
    inner = box(76.04, 43.04, 76.06, 43.06)

    (overlap,) = find_overlaps([outer, inner])

    assert overlap.area_m2 == pytest.approx(area_m2(inner))
    assert find_overlaps([outer.difference(inner), inner]) == []


def test_no_polygons_have_no_overlaps():
    assert find_overlaps([]) == []


def test_area_outside_is_what_the_cover_leaves():
    polygon = MultiPolygon([box(76.00, 43.0, 76.01, 43.01), box(76.02, 43.0, 76.03, 43.01)])
    cover = box(76.00, 43.0, 76.02, 43.01)

    assert area_outside_m2(polygon, cover) == pytest.approx(area_m2(polygon) / 2)
    assert area_outside_m2(polygon, polygon.union(Point(77, 43).buffer(0.01))) == 0


def test_points_outside_are_those_in_no_polygon_and_an_edge_is_inside():
    squares = [box(76.00, 43.0, 76.01, 43.01), box(76.02, 43.0, 76.03, 43.01)]

    outside = points_outside(squares, [76.005, 76.015, 76.02, 77.0], [43.005, 43.005, 43.0, 43.005])

    assert outside.tolist() == [False, True, False, True]
