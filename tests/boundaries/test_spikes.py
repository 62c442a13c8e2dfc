"""Spikes of polygons."""

from __future__ import annotations

import pytest
from shapely import MultiPolygon, Polygon, box

from boundaries.plane import shape_array
from boundaries.spikes import find_spikes

EAST_M, NORTH_M = 1 / 81_300, 1 / 111_100  # degrees of a metre at 43.2 north
SQUARE = [(76.90, 43.20), (76.91, 43.20), (76.91, 43.21), (76.90, 43.21)]


def with_corner(*corners):
    """A square with more corners on its eastern side, metres from (76.91, 43.205)."""
    moved = [(76.91 + x * EAST_M, 43.205 + y * NORTH_M) for x, y in corners]
    return Polygon([*SQUARE[:2], *moved, *SQUARE[2:]])


def spikes(*polygons):
    return find_spikes(shape_array(polygons))


def test_polygon_of_plain_corners_has_none():
    assert spikes(box(76.90, 43.20, 76.91, 43.21)) == []


def test_spike_is_found_with_its_tip_and_length():
    (spike,) = spikes(box(76.8, 43.2, 76.81, 43.21), with_corner((0, -0.2), (40, 0), (0, 0.2)))

    assert spike.polygon == 1
    assert spike.length_m == pytest.approx(40, rel=0.01)
    assert (spike.lon, spike.lat) == pytest.approx((76.91 + 40 * EAST_M, 43.205), abs=1e-6)


@pytest.mark.parametrize(
    "corners",
    [
        [(0, -0.2), (5, 0), (0, 0.2)],
        [(0, -4), (40, 0), (0, 4)],
        [(0, -0.2), (-40, 0), (0, 0.2)],
    ],
    ids=["short", "wide", "inwards"],
)
def test_what_is_no_spike(corners):
    assert spikes(with_corner(*corners)) == []


def test_spike_of_any_part_and_of_a_ring_drawn_the_other_way_is_found():
    spiky = with_corner((0, -0.2), (40, 0), (0, 0.2))
    reversed_ring = Polygon(list(spiky.exterior.coords)[::-1])

    found = spikes(MultiPolygon([box(76.8, 43.2, 76.81, 43.21), reversed_ring]))

    assert [spike.polygon for spike in found] == [0]


def test_spike_at_the_first_corner_of_a_ring_is_found():
    ring = list(with_corner((0, -0.2), (40, 0), (0, 0.2)).exterior.coords)[:-1]

    turned = [Polygon(ring[start:] + ring[:start]) for start in range(len(ring))]

    assert [len(spikes(polygon)) for polygon in turned] == [1] * len(ring)


def test_no_polygons_have_no_spikes():
    assert spikes() == []
