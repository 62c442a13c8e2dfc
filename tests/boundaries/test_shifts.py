from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely import MultiPolygon, Polygon, box

from boundaries.shifts import find_shifts, same_shapes

WEST, SOUTH = 76.90, 43.22
METRE_LAT = 1 / 111_100  # degrees, near 43° north
METRE_LON = 1 / 81_300
GEOD = Geod(ellps="WGS84")


def rectangle(west_m, east_m, south_m=0.0, north_m=100.0):
    return box(
        WEST + west_m * METRE_LON, SOUTH + south_m * METRE_LAT,
        WEST + east_m * METRE_LON, SOUTH + north_m * METRE_LAT,
    )  # fmt: skip


def ground(polygon):
    return abs(GEOD.geometry_area_perimeter(polygon)[0])


def test_border_that_moves_gives_the_strip_to_the_neighbour():
    old = [rectangle(0, 100), rectangle(100, 200)]
    new = [rectangle(0, 130), rectangle(130, 200)]

    found = find_shifts(old, new)

    (shift,) = found.shifts
    assert (shift.giver, shift.taker) == (1, 0)
    assert shift.area_m2 == pytest.approx(ground(rectangle(100, 130)), rel=0.002)
    assert shift.ground.equals(MultiPolygon([rectangle(100, 130)]))
    assert (found.narrow_polygons, found.narrow_m2) == (0, 0.0)


def test_ground_between_no_polygon_and_one_is_given_by_nobody_and_taken_by_nobody():
    old = [rectangle(0, 100), rectangle(200, 300)]
    new = [rectangle(0, 150), rectangle(240, 300)]

    found = find_shifts(old, new)

    pairs = [(shift.giver, shift.taker) for shift in found.shifts]
    assert pairs == [(None, 0), (1, None)]


def test_polygon_that_comes_and_one_that_goes_take_and_give_all_their_ground():
    found = find_shifts([rectangle(0, 200), None], [rectangle(0, 80), rectangle(80, 200)])

    (shift,) = found.shifts
    assert (shift.giver, shift.taker) == (0, 1)
    assert shift.area_m2 == pytest.approx(ground(rectangle(80, 200)), rel=0.002)


def test_strip_within_the_tolerance_is_left_out_and_counted():
    old = [rectangle(0, 100), rectangle(100, 200)]
    new = [rectangle(0, 100.8), rectangle(100.8, 200)]

    found, exactly = find_shifts(old, new, tolerance_m=1.0), find_shifts(old, new, tolerance_m=0.5)

    assert (found.shifts, found.narrow_polygons) == ((), 2)
    assert found.narrow_m2 == pytest.approx(ground(rectangle(100, 100.8)), rel=0.02)
    assert [(shift.giver, shift.taker) for shift in exactly.shifts] == [(1, 0)]


def test_long_narrow_strip_is_left_out_though_its_area_is_large():
    old = [rectangle(0, 100, 0, 20_000), rectangle(100, 200, 0, 20_000)]
    new = [rectangle(0, 100.9, 0, 20_000), rectangle(100.9, 200, 0, 20_000)]

    found = find_shifts(old, new)

    assert found.shifts == ()
    assert found.narrow_m2 > 10_000


def test_order_of_corners_and_parts_is_no_shift():
    first, second = rectangle(0, 100), rectangle(200, 300)
    turned = Polygon([*first.exterior.coords[2:-1], *first.exterior.coords[:3]])

    found = find_shifts([MultiPolygon([first, second])], [MultiPolygon([second, turned])])

    assert found.shifts == ()
    assert same_shapes(np.array([None, first]), np.array([None, turned])).tolist() == [True, True]


@given(st.lists(st.integers(1, 99), min_size=2, max_size=6, unique=True), st.data())
def test_what_one_loses_others_gain(cuts, data):
    """Borders of a tiling move at random: all ground that moves is found, once."""
    cuts = sorted(cuts)
    others = sorted(
        data.draw(st.lists(st.integers(1, 99), min_size=len(cuts), max_size=len(cuts), unique=True))
    )
    old, new = (
        [rectangle(west, east) for west, east in zip([0, *edges], [*edges, 100], strict=True)]
        for edges in (cuts, others)
    )

    found = find_shifts(old, new, tolerance_m=0.1)

    kept = sum(a.intersection(b).area for a, b in zip(old, new, strict=True))
    assert all(shift.giver is not None and shift.taker is not None for shift in found.shifts)
    moved = shapely.union_all([shift.ground for shift in found.shifts]).area
    assert moved == pytest.approx(rectangle(0, 100).area - kept, abs=1e-12)
