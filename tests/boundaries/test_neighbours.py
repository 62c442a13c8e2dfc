"""Neighbours: a shared stretch of border makes them, a corner does not."""

from __future__ import annotations

import pytest
import shapely
from shapely.affinity import scale, translate

from boundaries.geodesy import degrees_for_metres
from boundaries.neighbours import find_neighbours

WEST, SOUTH = 76.90, 43.22
METRE_EAST, METRE_NORTH = degrees_for_metres(1.0, SOUTH)


def rectangle(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    """A rectangle given in metres from the south-western corner of the scene."""
    plane = shapely.box(west, south, east, north)
    return translate(scale(plane, METRE_EAST, METRE_NORTH, origin=(0, 0)), WEST, SOUTH)


def test_cells_of_a_grid_have_the_neighbours_beside_and_none_across_a_corner():
    cells = [rectangle(100 * x, 100 * y, 100 * x + 100, 100 * y + 100) for y in range(3) for x in range(3)]

    neighbours = find_neighbours(cells)

    assert neighbours[4] == (1, 3, 5, 7)
    assert neighbours[0] == (1, 3)


@pytest.mark.parametrize("gap_m", [-0.2, 0.0, 0.2])
def test_borders_that_were_drawn_twice_still_make_neighbours(gap_m):
    first = rectangle(0, 0, 100, 100)
    second = translate(rectangle(100, 0, 200, 100), gap_m * METRE_EAST, 0)

    assert find_neighbours([first, second]) == [(1,), (0,)]


def test_polygons_with_a_street_between_them_are_no_neighbours():
    assert find_neighbours([rectangle(0, 0, 100, 100), rectangle(105, 0, 200, 100)]) == [(), ()]


def test_enclave_has_the_one_around_it():
    outer = rectangle(0, 0, 100, 100).difference(rectangle(40, 40, 60, 60))

    assert find_neighbours([outer, rectangle(40, 40, 60, 60)]) == [(1,), (0,)]


def test_polygon_that_lies_inside_another_one_is_its_neighbour_in_either_order():
    large, small = rectangle(0, 0, 100, 100), rectangle(40, 40, 60, 60)

    assert find_neighbours([large, small]) == find_neighbours([small, large]) == [(1,), (0,)]


def test_nothing_has_no_neighbours():
    assert find_neighbours([]) == []
