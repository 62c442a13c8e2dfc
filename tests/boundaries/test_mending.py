"""Narrow gaps and overlaps are closed, and nothing else is moved."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, box

from boundaries.gaps import find_gaps
from boundaries.mending import mend
from boundaries.plane import shape_array
from boundaries.quality import area_m2, find_overlaps, shared_ground

METRE = 1 / 81_300  # of longitude, in degrees, at 43.2 north
CITY = box(76.90, 43.20, 76.92, 43.21)


def pair(gap_m):
    """Two squares with so many metres between them; overlapping if there are fewer than none."""
    middle = 76.91 + gap_m * METRE
    return [box(76.90, 43.20, 76.91, 43.21), box(round(middle, 7), 43.20, 76.92, 43.21)]


def test_exact_borders_are_left_as_they_are():
    polygons = [MultiPolygon([square]) for square in pair(0)]

    result, mended = mend(polygons, widest_m=1.0, city=CITY)

    assert mended == []
    assert all(after is before for after, before in zip(result, polygons, strict=True))


def test_narrow_overlap_stays_with_the_first():
    first, second = pair(-0.4)

    (left, right), (item,) = mend([first, second], widest_m=0.5)

    assert (item.keeper, item.loser) == (0, 1)
    assert item.width_m == pytest.approx(0.4, abs=0.02)
    assert item.area_m2 == pytest.approx(area_m2(first.intersection(second)), rel=0.001)
    assert left.equals(first)
    assert right.equals(second - first)


def test_narrow_gap_goes_to_the_longest_border():
    first, second = pair(0.4)
    long_side = second - box(76.91, 43.20, 76.92, 43.203)
    corner = box(second.bounds[0], 43.20, 76.92, 43.203)

    result, mended = mend([corner, long_side, first], widest_m=0.5, city=CITY)

    assert {(item.keeper, item.loser) for item in mended} == {(2, None)}
    assert shapely.union_all(result).equals(CITY)


def test_what_is_wider_than_the_tolerance_is_not_touched():
    for distance in (0.6, -0.6):
        polygons = pair(distance)

        result, mended = mend(polygons, widest_m=0.5, city=CITY)

        assert mended == []
        assert [after.equals(before) for after, before in zip(result, polygons, strict=True)] == [True, True]


def test_gap_inside_is_closed_without_a_city_and_one_that_opens_outwards_is_not():
    first, second = pair(0.4)
    caps = [box(76.90, 43.19, 76.92, 43.20), box(76.90, 43.21, 76.92, 43.22)]

    assert mend([first, second], widest_m=0.5)[1] == []
    assert len(mend([first, second, *caps], widest_m=0.5)[1]) == 1


def test_polygon_that_is_narrow_altogether_is_left_for_somebody_to_look_at():
    square, strip = box(76.90, 43.20, 76.91, 43.21), box(76.905, 43.20, 76.905 + 0.4 * METRE, 43.21)

    result, mended = mend([square, strip], widest_m=0.5)

    assert mended == []
    assert result[1].equals(strip)


@given(seed=st.integers(0, 10_000))
def test_cells_drawn_one_by_one_fit_together_again(seed):
    random = np.random.default_rng(seed)
    xs, ys = np.linspace(76.90, 76.92, 4), np.linspace(43.20, 43.21, 4)
    cells = [box(xs[i], ys[j], xs[i + 1], ys[j + 1]) for i in range(3) for j in range(3)]
    corners = random.uniform(-0.15 * METRE, 0.15 * METRE, (9, 4, 2))
    drawn = [
        shapely.Polygon(np.round(shapely.get_coordinates(cell)[:4] + shift, 7))
        for cell, shift in zip(cells, corners, strict=True)
    ]

    result, mended = mend(drawn, widest_m=1.0, city=CITY)

    covered = shapely.union_all(result)
    assert mended
    assert all(polygon.is_valid for polygon in result)
    assert find_overlaps(result) == []
    assert [gap for gap in find_gaps(result, covered, CITY - covered) if gap.is_inside] == []
    # What is left is rounding: millimetres along some kilometres of border.
    assert area_m2(CITY - covered) < 10
    assert sum(area_m2(ground) for ground in shared_ground(shape_array(result))[2]) < 10
    for after, before in zip(result, drawn, strict=True):
        assert area_m2(after.symmetric_difference(before)) < 4 * 1112 * 0.45
