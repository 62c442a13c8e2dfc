"""The index against the slow true answer: every polygon asked about every point."""

from __future__ import annotations

import itertools
import threading

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely import MultiPolygon, Polygon

from boundaries.errors import CoordinateError, IndexFormatError
from boundaries.grid import usual_split
from boundaries.index import Border, PrecinctIndex
from boundaries.precincts import PrecinctPolygon
from tests.boundaries.tilings import VARIANTS, brute_force, telling_points, tiling

GEOD = Geod(ellps="WGS84")

tilings = st.builds(
    tiling,
    st.sampled_from(VARIANTS),
    columns=st.integers(1, 6),
    rows=st.integers(1, 5),
    seed=st.integers(0, 10_000),
    size=st.sampled_from([0.3, 0.3, 0.004, 5e-5]),
)
grids = st.sampled_from([4, 8, 13, 64])


@pytest.fixture(scope="module")
def polygons() -> list[PrecinctPolygon]:
    return tiling("clean", columns=6, rows=5, seed=1)


@pytest.fixture(scope="module")
def index(polygons) -> PrecinctIndex:
    return PrecinctIndex(polygons, cells=64)


def _square(west: float, south: float, size: float) -> MultiPolygon:
    return MultiPolygon([shapely.box(west, south, west + size, south + size)])


@settings(max_examples=60)
@given(polygons=tilings, cells=grids, split=st.sampled_from([1, 2, 4, 8]), seed=st.integers(0, 1000))
def test_locate_and_locate_many_give_what_brute_force_gives(polygons, cells, split, seed):
    points = telling_points(polygons, seed)

    index = PrecinctIndex(polygons, cells=cells, split=split)

    expected = brute_force(polygons, points[:, 0], points[:, 1])
    single = [index.locate(lon, lat) or 0 for lon, lat in points.tolist()]
    np.testing.assert_array_equal(index.locate_many(points[:, 0], points[:, 1]), expected)
    np.testing.assert_array_equal(single, expected)


@pytest.mark.parametrize("variant", VARIANTS)
def test_default_grid_gives_what_brute_force_gives(variant):
    polygons = tiling(variant, columns=10, rows=8, seed=3)
    points = telling_points(polygons, seed=3, count=20_000)

    index = PrecinctIndex(polygons)

    assert index.cells == 2048
    expected = brute_force(polygons, points[:, 0], points[:, 1])
    assert len(np.unique(expected)) > 10
    np.testing.assert_array_equal(index.locate_many(points[:, 0], points[:, 1]), expected)
    assert [index.locate(lon, lat) or 0 for lon, lat in points.tolist()] == expected.tolist()


def test_split_grid_tests_fewer_points(polygons):
    shares = [PrecinctIndex(polygons, cells=64, split=split).border_share for split in (1, 2, 4, 8)]

    assert all(finer < 0.7 * coarser for coarser, finer in itertools.pairwise(shares))


@pytest.mark.parametrize(
    ("polygons", "split"), [(0, 1), (1000, 1), (1001, 2), (1308, 2), (5232, 4), (10_464, 8), (10**6, 8)]
)
def test_default_grid_is_split_where_there_are_many_polygons(polygons, split):
    assert usual_split(polygons) == split


@given(
    lon=st.one_of(st.floats(), st.floats(76.7, 77.1), st.sampled_from([np.nan, np.inf, -np.inf])),
    lat=st.one_of(st.floats(), st.floats(43.1, 43.5)),
)
def test_any_two_floats_have_an_answer_and_the_same_from_both(index, polygons, lon, lat):
    single, many = index.locate(lon, lat), index.locate_many([lon], [lat])

    assert (single or 0) == many[0]
    assert many[0] == brute_force(polygons, np.array([lon]), np.array([lat]))[0]


def test_point_on_shared_border_belongs_to_lowest_number():
    low_east = [
        PrecinctPolygon(9, "territorial", _square(76.0, 43.0, 0.1)),
        PrecinctPolygon(4, "territorial", _square(76.1, 43.0, 0.1)),
    ]

    index = PrecinctIndex(low_east, cells=16)

    assert index.locate(76.1, 43.05) == 4
    assert index.locate(np.nextafter(76.1, 0), 43.05) == 9


def test_enclave_hole_and_second_part_have_their_own_answers():
    outer = shapely.box(76.0, 43.0, 76.3, 43.3)
    enclave, hole = shapely.box(76.05, 43.05, 76.1, 43.1), shapely.box(76.2, 43.2, 76.25, 43.25)
    ring = Polygon(outer.exterior, [enclave.exterior, hole.exterior])
    far_part = shapely.box(77.0, 43.0, 77.1, 43.1)
    polygons = [
        PrecinctPolygon(1, "territorial", MultiPolygon([ring, far_part])),
        PrecinctPolygon(2, "territorial", MultiPolygon([enclave])),
    ]

    index = PrecinctIndex(polygons, cells=32)

    assert index.locate(76.15, 43.15) == 1
    assert index.locate(77.05, 43.05) == 1
    assert index.locate(76.07, 43.07) == 2
    assert index.locate(76.05, 43.07) == 1
    assert index.locate(76.22, 43.22) is None
    assert index.locate(76.5, 43.05) is None


def test_order_of_polygons_does_not_matter(polygons):
    points = telling_points(polygons)

    forward = PrecinctIndex(polygons, cells=32)
    backward = PrecinctIndex(polygons[::-1], cells=32)

    np.testing.assert_array_equal(forward.locate_many(*points.T), backward.locate_many(*points.T))
    assert forward.to_bytes() == backward.to_bytes()


def test_repeated_numbers_are_refused():
    twice = [PrecinctPolygon(5, "territorial", _square(76.0, 43.0, 0.1))] * 2

    with pytest.raises(ValueError, match="not distinct"):
        PrecinctIndex(twice, cells=8)


@pytest.mark.parametrize("kind", [None, "special"])
def test_index_without_territorial_precincts_finds_none(kind):
    polygons = [PrecinctPolygon(5, kind, _square(76.0, 43.0, 0.1))] if kind else []

    index = PrecinctIndex(polygons)

    assert index.locate(76.05, 43.05) is None
    assert index.locate(0.0, 0.0) is None
    np.testing.assert_array_equal(index.locate_many([76.05, 0.0, np.nan], [43.05, 0.0, 1.0]), [0, 0, 0])
    assert index.nearest(76.05, 43.05) is None
    assert index.border(76.05, 43.05) is None
    assert index.special_at(76.05, 43.05) == (5 if kind else None)
    assert index.within((-180, -90, 180, 90)) == ([5] if kind else [])


def test_one_precinct_answers_inside_and_on_its_edge():
    index = PrecinctIndex([PrecinctPolygon(7, "territorial", _square(76.0, 43.0, 0.1))])

    corners = index.locate_many([76.0, 76.1, 76.05, 76.1 + 1e-12], [43.0, 43.1, 43.05, 43.05])

    assert corners.tolist() == [7, 7, 7, 0]
    assert index.nearest(76.0, 43.0) == (7, 0.0)


def test_answers_keep_the_shape_of_the_question(index):
    lons, lats = np.full((3, 2, 4), 76.9), np.full((3, 2, 4), 43.25)

    numbers = index.locate_many(lons, lats)

    assert numbers.shape == (3, 2, 4)
    assert numbers.dtype == np.int32
    assert index.locate_many(76.9, 43.25).shape == ()
    assert index.locate_many([], []).shape == (0,)
    assert index.locate_many([], []).dtype == np.int32


def test_shapes_that_differ_are_refused(index):
    with pytest.raises(ValueError, match="differ in shape"):
        index.locate_many([76.9, 76.8], [43.2])


@pytest.mark.parametrize(
    "changed",
    [
        lambda points: np.asfortranarray(points).T[:, ::3].T,
        lambda points: points[::-1][::2],
        lambda points: points.astype(">f8"),
        lambda points: points.astype(np.float32),
        lambda points: np.rint(points).astype(int),
    ],
    ids=["strided", "reversed", "big-endian", "float32", "int"],
)
def test_layout_and_type_of_the_numbers_do_not_matter(index, polygons, changed):
    points = telling_points(polygons)
    points = points[np.abs(points).max(axis=1) < 200]
    given_points = changed(points)

    numbers = index.locate_many(given_points[:, 0], given_points[:, 1])

    as_float = np.ascontiguousarray(given_points, np.float64)
    np.testing.assert_array_equal(numbers, brute_force(polygons, as_float[:, 0], as_float[:, 1]))
    assert [index.locate(*point) or 0 for point in given_points] == numbers.tolist()
    from_lists = index.locate_many(given_points[:, 0].tolist(), given_points[:, 1].tolist())
    np.testing.assert_array_equal(from_lists, numbers)


def test_single_precision_numbers_mean_what_they_say():
    polygons = tiling(columns=12, rows=12, seed=1)
    points = telling_points(polygons)
    points = points[np.abs(points).max(axis=1) < 200].astype(np.float32)
    index = PrecinctIndex(polygons, cells=2048)

    numbers = [index.locate(lon, lat) or 0 for lon, lat in points]

    as_double = points.astype(np.float64)
    assert numbers == brute_force(polygons, as_double[:, 0], as_double[:, 1]).tolist()


def test_read_only_input_stays_as_it_was(index):
    lons, lats = np.linspace(76.7, 77.1, 50), np.linspace(43.1, 43.5, 50)
    lons.flags.writeable = lats.flags.writeable = False

    index.locate_many(lons, lats)

    np.testing.assert_array_equal(lons, np.linspace(76.7, 77.1, 50))


def test_more_points_than_one_chunk_keep_their_order(index, polygons):
    points = np.random.default_rng(2).uniform((76.7, 43.1), (77.1, 43.45), (70_001, 2))

    numbers = index.locate_many(points[:, 0], points[:, 1])

    np.testing.assert_array_equal(numbers, brute_force(polygons, points[:, 0], points[:, 1]))


def test_special_precinct_holds_its_edge_and_answers_lowest_number(index, polygons):
    special = {p.number: p.geometry for p in polygons if p.kind == "special"}
    corner = shapely.get_coordinates(special[9001])[0]
    both = shapely.intersection(special[9001], special[9002]).representative_point()

    assert index.special_at(*corner) == 9001
    assert index.special_at(both.x, both.y) == 9001
    assert index.special_at(76.5, 43.2) is None
    assert index.special_at(np.nan, 43.2) is None
    assert index.special_at(76.8, np.inf) is None


@settings(max_examples=60)
@given(
    polygons=tilings,
    corner=st.tuples(st.floats(76.6, 77.2), st.floats(43.0, 43.6)),
    size=st.tuples(st.sampled_from([0.0, 1e-6, 0.01, 0.3]), st.sampled_from([0.0, 1e-6, 0.01, 0.3])),
)
def test_within_gives_every_precinct_that_meets_the_box(polygons, corner, size):
    bbox = (*corner, corner[0] + size[0], corner[1] + size[1])
    index = PrecinctIndex(polygons, cells=8)

    numbers = index.within(bbox)

    # Clipping handles boxes as thin as a line, and is no part of the index.
    corners = shapely.points([bbox[:2], bbox[2:], (bbox[0], bbox[3]), (bbox[2], bbox[1])])
    outline = shapely.MultiPoint(corners).envelope
    assert numbers == sorted(p.number for p in polygons if shapely.distance(p.geometry, outline) == 0)


@pytest.mark.parametrize(
    "bbox", [(77, 43, 76, 44), (76, 44, 77, 43), (np.nan, 43, 77, 44), (76, 43, np.inf, 44)]
)
def test_within_refuses_a_box_that_is_inside_out_or_not_finite(index, bbox):
    with pytest.raises(CoordinateError, match="inside out or not finite"):
        index.within(bbox)


def _geodesic_to_ring(ring: np.ndarray, lon: float, lat: float) -> float:
    """The distance to a ring by full geodesic solutions, each edge sampled, then again at its best."""
    starts, ends = ring[:-1, None], ring[1:, None]
    lower, upper = np.zeros(len(starts)), np.ones(len(starts))
    for _ in range(7):
        shares = np.linspace(lower, upper, 9, axis=1)
        spots = starts + shares[..., None] * (ends - starts)
        lons, lats = np.full(shares.shape, lon), np.full(shares.shape, lat)
        distances = np.asarray(GEOD.inv(lons, lats, spots[..., 0], spots[..., 1])[2])
        best = distances.argmin(axis=1)[:, None]
        step = (upper - lower) / 8
        middle = np.take_along_axis(shares, best, axis=1)[:, 0]
        lower, upper = np.maximum(middle - step, 0), np.minimum(middle + step, 1)
    return float(distances.min())


def _geodesic_to_polygon(geometry: MultiPolygon, lon: float, lat: float) -> float:
    rings = shapely.get_rings(shapely.get_parts(geometry))
    return min(_geodesic_to_ring(shapely.get_coordinates(ring), lon, lat) for ring in rings)


@pytest.mark.parametrize("number", [0, -3])
def test_number_that_stands_for_no_precinct_is_refused(number):
    polygon = PrecinctPolygon(number, "territorial", MultiPolygon([shapely.box(76.9, 43.2, 77.0, 43.3)]))

    with pytest.raises(ValueError, match="not positive"):
        PrecinctIndex([polygon], cells=8)


@pytest.mark.parametrize("point", [(76.0, -43.0), (-103.0, -43.0), (179.9, 0.0), (0.0, 90.0)])
def test_nearest_answers_from_anywhere_on_earth(point):
    polygon = PrecinctPolygon(7, "territorial", MultiPolygon([shapely.box(76.9, 43.2, 77.0, 43.3)]))

    number, distance = PrecinctIndex([polygon], cells=16).nearest(*point)

    assert number == 7
    assert distance > 1_000_000


@settings(max_examples=10)
@given(variant=st.sampled_from(VARIANTS), seed=st.integers(0, 1000))
def test_nearest_and_border_agree_with_geodesics(variant, seed):
    polygons = tiling(variant, columns=3, rows=3, seed=seed, size=0.05)
    territorial = {p.number: p.geometry for p in polygons if p.kind == "territorial"}
    points = np.random.default_rng(seed).uniform((76.65, 43.05), (76.9, 43.3), (4, 2))
    inner = np.random.default_rng(seed).uniform((76.75, 43.15), (76.8, 43.19), (6, 2))
    index = PrecinctIndex(polygons, cells=32)

    for lon, lat in np.vstack([points, inner]).tolist():
        number, distance = index.nearest(lon, lat)
        border = index.border(lon, lat, near_m=900.0)

        true = {n: _geodesic_to_polygon(geometry, lon, lat) for n, geometry in territorial.items()}
        if border is None:
            assert distance == pytest.approx(min(true.values()), rel=1e-4, abs=0.001)
            assert true[number] == pytest.approx(min(true.values()), rel=1e-4, abs=0.001)
        else:
            assert (number, distance) == (index.locate(lon, lat), 0.0)
            assert border.distance_m == pytest.approx(true[number], rel=1e-4, abs=0.002)
            holding = {n for n, shape in territorial.items() if shapely.intersects_xy(shape, lon, lat)}
            # What lies at 900 m to a hair may be on either side.
            near = {n for n, metres in true.items() if metres <= 899.99} | holding
            may_be_near = {n for n, metres in true.items() if metres <= 900.01} | holding
            assert near - {number} <= set(border.other_precincts) <= may_be_near - {number}
            assert border.other_precincts == tuple(sorted(border.other_precincts))


def test_border_is_zero_and_known_at_every_vertex(index, polygons):
    points = np.concatenate(
        [shapely.get_coordinates(p.geometry) for p in polygons if p.kind == "territorial"]
    )

    for lon, lat in points.tolist():
        border = index.border(lon, lat)

        assert border.on_boundary
        assert border.distance_m == pytest.approx(0.0, abs=1e-6)
        touching = {
            p.number
            for p in polygons
            if p.kind == "territorial" and shapely.intersects_xy(p.geometry, lon, lat)
        }
        assert touching - {index.locate(lon, lat)} <= set(border.other_precincts)


def test_border_inside_is_not_on_the_boundary_and_includes_holes():
    ring = Polygon(
        shapely.box(76.0, 43.0, 76.3, 43.3).exterior, [shapely.box(76.1, 43.1, 76.2, 43.2).exterior]
    )
    index = PrecinctIndex([PrecinctPolygon(1, "territorial", MultiPolygon([ring]))], cells=16)

    border = index.border(76.0999, 43.15)

    assert border == Border(border.distance_m, on_boundary=False, other_precincts=())
    assert border.distance_m == pytest.approx(GEOD.inv(76.0999, 43.15, 76.1, 43.15)[2], abs=0.001)


def test_border_leaves_special_precincts_out(index):
    lon, lat = 76.8, 43.2

    border = index.border(lon, lat, near_m=5000.0)

    assert index.special_at(lon, lat) == 9001
    assert not {9001, 9002} & set(border.other_precincts)
    assert border.other_precincts


def test_border_outside_the_city_is_none(index):
    assert index.border(70.0, 43.0) is None
    assert index.border(np.nan, 43.0) is None


@pytest.mark.parametrize("place", [(0, 0), (180, 90), (-180, -90), (76.9, 90), (-103.1, -43.2)])
def test_nearest_answers_anywhere_on_earth(index, place):
    number, distance = index.nearest(*place)

    assert number in set(index.within((-180, -90, 180, 90)))
    assert np.isfinite(distance)
    assert distance > 1e6


@pytest.mark.parametrize(
    "place", [(np.nan, 43.0), (76.9, np.inf), (1e300, 1e300), (200.0, 43.0), (43.2, 96.9)]
)
def test_nearest_refuses_what_is_no_place_on_earth(index, place):
    with pytest.raises(CoordinateError, match="no place on the earth"):
        index.nearest(*place)


def test_nearest_ignores_special_precincts():
    polygons = [
        PrecinctPolygon(1, "territorial", _square(76.0, 43.0, 0.1)),
        PrecinctPolygon(2, "special", _square(76.2, 43.0, 0.1)),
    ]

    number, distance = PrecinctIndex(polygons, cells=8).nearest(76.19, 43.05)

    assert number == 1
    assert distance == pytest.approx(GEOD.inv(76.19, 43.05, 76.1, 43.05)[2], rel=1e-4)


def _all_answers(index: PrecinctIndex, points: list[list[float]]) -> list:
    answers: list = [index.locate_many(*np.transpose(points)).tolist()]
    for lon, lat in points:
        answers.append(index.within((lon - 0.06, lat - 0.06, lon + 0.05, lat + 0.05)))
        answers += [index.locate(lon, lat), index.nearest(lon, lat), index.special_at(lon, lat)]
        answers.append(index.border(lon, lat, near_m=500.0))
    return answers


def test_eight_threads_get_the_answers_of_one():
    polygons = tiling(columns=8, rows=8, seed=5)
    points = np.random.default_rng(5).uniform((76.7, 43.1), (77.1, 43.45), (40, 2)).tolist()
    stored = PrecinctIndex(polygons, cells=64).to_bytes()
    expected = _all_answers(PrecinctIndex.from_bytes(stored, polygons), points)

    # A fresh index each time: what GEOS builds at first use is where threads meet.
    for _ in range(10):
        index = PrecinctIndex.from_bytes(stored, polygons)
        answers: list = [None] * 8
        start = threading.Barrier(8)

        def ask(place: int, index=index, answers=answers, start=start) -> None:
            start.wait()
            answers[place] = _all_answers(index, points)

        threads = [threading.Thread(target=ask, args=(place,)) for place in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert answers == [expected] * 8


def test_rings_stay_unprepared_because_prepared_lines_are_not_safe_in_threads():
    index = PrecinctIndex(tiling(seed=8), cells=8)

    for lon, lat in telling_points(tiling(seed=8))[:200].tolist():
        index.border(lon, lat)

    assert not shapely.is_prepared(index._rings).any()


def test_polygons_of_the_caller_stay_unprepared(polygons):
    geometries = [polygon.geometry for polygon in tiling(seed=8)]
    fresh = [PrecinctPolygon(n, "territorial", geometry) for n, geometry in enumerate(geometries, 1)]

    PrecinctIndex(fresh, cells=8)

    assert not shapely.is_prepared(geometries).any()


@settings(max_examples=20)
@given(polygons=tilings, cells=grids)
def test_stored_index_answers_as_the_built_one(polygons, cells):
    points = telling_points(polygons)
    built = PrecinctIndex(polygons, cells=cells)

    loaded = PrecinctIndex.from_bytes(built.to_bytes(), polygons)

    assert loaded.cells == cells
    assert loaded.to_bytes() == built.to_bytes()
    assert loaded.border_share == built.border_share
    assert loaded.memory_bytes == built.memory_bytes
    np.testing.assert_array_equal(loaded.locate_many(*points.T), built.locate_many(*points.T))


def test_stored_index_of_other_polygons_is_refused(polygons):
    stored = PrecinctIndex(polygons, cells=8).to_bytes()
    moved = shapely.transform(polygons[0].geometry, lambda points: points + 1e-7)
    renumbered = PrecinctPolygon(9999, polygons[0].kind, polygons[0].geometry)
    as_special = PrecinctPolygon(polygons[0].number, "special", polygons[0].geometry)

    for other in (
        polygons[1:],
        [PrecinctPolygon(polygons[0].number, "territorial", moved), *polygons[1:]],
        [renumbered, *polygons[1:]],
        [as_special, *polygons[1:]],
        [],
    ):
        with pytest.raises(IndexFormatError, match="belongs to other polygons"):
            PrecinctIndex.from_bytes(stored, other)
