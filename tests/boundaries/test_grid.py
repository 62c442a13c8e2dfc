"""The owner grid: a cell says one owner only where every one of its points has that owner."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from boundaries.edges import PolygonEdges, polygon_segments
from boundaries.frame import Frame
from boundaries.grid import build_owner_grid, holders
from tests.boundaries.tilings import VARIANTS, tiling


def _territorial(*args, **options) -> np.ndarray:
    return np.array([p.geometry for p in tiling(*args, **options) if p.kind == "territorial"], object)


def _cell_boxes(frame: Frame) -> np.ndarray:
    """The closed box of every cell, in the order of the codes."""
    rows, columns = np.divmod(np.arange(frame.cells**2), frame.cells)
    west = frame.west + columns / frame.columns_per_degree
    south = frame.south + rows / frame.rows_per_degree
    east = frame.west + (columns + 1) / frame.columns_per_degree
    north = frame.south + (rows + 1) / frame.rows_per_degree
    return shapely.box(west, south, east, north)


@settings(max_examples=30)
@given(variant=st.sampled_from(VARIANTS), seed=st.integers(0, 10_000), cells=st.sampled_from([4, 8, 17, 32]))
def test_decided_cells_have_one_owner_and_the_others_list_all_that_meet_them(variant, seed, cells):
    polygons = _territorial(variant, columns=4, rows=3, seed=seed)

    grid = build_owner_grid(polygons, cells=cells)

    meets = shapely.intersects(_cell_boxes(grid.frame)[:, None], polygons[None, :])
    covers = shapely.covers(polygons[None, :], _cell_boxes(grid.frame)[:, None])
    for cell, code in enumerate(grid.codes.tolist()):
        if code == 0:
            assert not meets[cell].any()
        elif code > 0:
            assert covers[cell, code - 1]
            assert not meets[cell, : code - 1].any()
        else:
            assert set(np.flatnonzero(meets[cell])) <= set(grid.candidates[-1 - code])


def test_candidates_ascend_and_are_distinct():
    grid = build_owner_grid(_territorial("overlapping", seed=2), cells=32)

    assert len(set(grid.candidates)) == len(grid.candidates)
    assert all(list(positions) == sorted(set(positions)) for positions in grid.candidates)


def test_a_small_map_needs_two_bytes_a_cell():
    grid = build_owner_grid(_territorial(), cells=64)

    assert grid.codes.dtype == np.int16
    assert grid.codes.shape == (64 * 64,)


def test_a_finer_grid_leaves_fewer_points_undecided():
    polygons = _territorial(seed=6)

    shares = [np.mean(build_owner_grid(polygons, cells=cells).codes < 0) for cells in (16, 64, 256)]

    assert shares == sorted(shares, reverse=True)
    assert shares[-1] < 0.2


def test_no_polygons_make_a_grid_that_nobody_owns():
    grid = build_owner_grid(np.array([], object), cells=8)

    assert not grid.codes.any()
    assert grid.candidates == ()


def test_frame_leaves_one_cell_around_the_bounds():
    frame = Frame.around((76.0, 43.0, 76.6, 43.3), 62)

    assert frame.west == pytest.approx(76.0 - 0.01)
    assert frame.south == pytest.approx(43.0 - 0.005)
    assert frame.centres(np.array([0, 61, 62 * 61]))[:, 0] == pytest.approx([75.995, 76.605, 75.995])
    assert frame.centres(np.array([0, 61, 62 * 61]))[:, 1] == pytest.approx([42.9975, 42.9975, 43.3025])


@pytest.mark.parametrize(
    "bounds", [(76.0, 43.0, 76.0, 43.0), (76.0, 43.0, 76.0, 43.3), (76.0, 43.0, 76.5, 43.0)]
)
def test_frame_of_a_point_or_a_line_has_cells_with_area(bounds):
    frame = Frame.around(bounds, 2048)

    assert np.isfinite([frame.columns_per_degree, frame.rows_per_degree]).all()
    assert frame.west + 1 / frame.columns_per_degree > frame.west
    assert frame.south + 1 / frame.rows_per_degree > frame.south


def test_holders_give_every_polygon_that_touches_a_point_in_order():
    squares = np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1), shapely.box(0.5, 0, 3, 1)])

    points, polygons = holders(squares, np.array([[1.0, 0.5], [9.0, 9.0], [0.2, 0.2]]))

    assert list(zip(points.tolist(), polygons.tolist(), strict=True)) == [(0, 0), (0, 1), (0, 2), (2, 0)]


def test_segments_cover_every_ring_and_know_their_polygon():
    holed = shapely.Polygon(shapely.box(0, 0, 9, 9).exterior, [shapely.box(1, 1, 2, 2).exterior])
    pair = shapely.MultiPolygon([shapely.box(20, 0, 21, 1), shapely.box(30, 0, 31, 1)])

    segments, owners = polygon_segments(np.array([holed, pair], object))

    assert owners.tolist() == [0] * 8 + [1] * 8
    lengths = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
    assert lengths[:8].sum() == holed.length
    assert lengths[8:].sum() == pair.length


def test_edge_distances_come_in_the_order_asked():
    edges = PolygonEdges(np.array([shapely.box(76.0, 43.0, 76.1, 43.1), shapely.box(76.2, 43.0, 76.3, 43.1)]))

    first_last = edges.distances_m(76.11, 43.05, [0, 1])
    last_first = edges.distances_m(76.11, 43.05, [1, 0])

    assert first_last[0] < first_last[1]
    assert first_last.tolist() == last_first[::-1].tolist()
    assert edges.distances_m(76.11, 43.05, [1]).tolist() == [first_last[1]]


def test_a_long_edge_is_as_straight_in_degrees_as_the_polygon():
    triangle = shapely.Polygon([(76.8, 43.1), (77.0, 43.1), (77.0, 43.3)])
    edges = PolygonEdges(np.array([triangle]))

    distances = [edges.distances_m(76.8 + share / 5, 43.1 + share / 5, [0])[0] for share in (0.01, 0.37, 0.5)]

    assert max(distances) < 0.002
