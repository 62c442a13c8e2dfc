"""Ground that polygons leave out."""

from __future__ import annotations

import pytest
import shapely
from pyproj import Geod
from shapely import Polygon, box

from boundaries.gaps import find_gaps, without_holes

GEOD = Geod(ellps="WGS84")
WEST, EAST = box(76.90, 43.20, 76.91, 43.21), box(76.91, 43.20, 76.92, 43.21)
CITY = box(76.90, 43.20, 76.92, 43.21)
HOLE = box(76.9095, 43.2045, 76.9105, 43.2055)


def gaps(*polygons, city=CITY, **options):
    covered = shapely.union_all(polygons)
    return find_gaps(polygons, covered, city - covered, **options)


def test_polygons_that_fill_the_city_leave_no_gap():
    assert gaps(WEST, EAST) == []


def test_gap_between_two_is_found_with_area_place_and_neighbours():
    (gap,) = gaps(WEST - HOLE, EAST - HOLE)

    assert gap.area_m2 == pytest.approx(abs(GEOD.geometry_area_perimeter(HOLE)[0]), rel=0.001)
    assert HOLE.contains(shapely.Point(gap.lon, gap.lat))
    assert (gap.neighbours, gap.is_inside) == ((0, 1), True)


def test_hole_inside_one_polygon_is_a_gap_of_its_own():
    far = box(76.902, 43.202, 76.903, 43.203)

    (gap,) = gaps(WEST - far, EAST)

    assert (gap.neighbours, gap.is_inside) == ((0,), True)


def test_gap_that_reaches_the_edge_of_the_city_is_not_inside():
    notch = box(76.905, 43.20, 76.906, 43.201)

    (gap,) = gaps(WEST - notch, EAST)

    assert not gap.is_inside


def test_gaps_come_largest_first_and_tiny_ones_are_left_out():
    small, tiny = box(76.902, 43.202, 76.9021, 43.2021), box(76.904, 43.204, 76.904008, 43.204008)

    found = gaps(WEST - HOLE - small - tiny, EAST - HOLE)

    assert [round(gap.area_m2) for gap in found] == sorted(
        (round(gap.area_m2) for gap in found), reverse=True
    )
    assert len(found) == 2


def test_borders_that_only_rounding_parts_leave_no_gap():
    bent = Polygon([(76.91, 43.20), (76.92, 43.20), (76.92, 43.21), (76.91, 43.21), (76.9100001, 43.205)])

    assert gaps(WEST, bent) == []


def test_city_without_districts_is_what_lies_within_the_outer_rings():
    ring = WEST.union(EAST) - HOLE

    assert without_holes(ring).equals(WEST.union(EAST))
    assert len(gaps(ring, city=without_holes(ring))) == 1
