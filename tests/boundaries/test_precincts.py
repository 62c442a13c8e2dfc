"""Raw geometry becomes a polygon that can be indexed, or is refused."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import GeometryCollection, LineString, MultiPolygon, Point, Polygon, box

from boundaries.errors import GeometryError
from boundaries.precincts import PrecinctPolygon, clean_polygon, polygons_hash, round_coordinates
from boundaries.quality import area_m2

SQUARE = box(76.90, 43.20, 76.92, 43.22)
BOWTIE = Polygon([(76.90, 43.20), (76.92, 43.22), (76.92, 43.20), (76.90, 43.22)])

rings = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=3, max_size=12)


def test_valid_polygon_is_kept_and_nothing_is_reported():
    polygon, repair = clean_polygon(SQUARE)

    assert polygon.equals(SQUARE)
    assert polygon.geom_type == "MultiPolygon"
    assert repair is None


def test_coordinates_are_rounded_without_being_a_repair():
    polygon, repair = clean_polygon(shapely.transform(SQUARE, lambda xy: xy + 3e-9))

    assert shapely.get_coordinates(polygon).tolist() == np.round(shapely.get_coordinates(polygon), 7).tolist()
    assert polygon.equals(SQUARE)
    assert repair is None


def test_crossing_ring_is_split_where_it_crosses():
    polygon, repair = clean_polygon(BOWTIE)

    assert polygon.is_valid
    assert polygon.area == pytest.approx(SQUARE.area / 2)
    assert repair.faults == ("invalid",)
    assert "Self-intersection" in repair.detail


STAR = Polygon([(76.90, 43.23), (76.92, 43.17), (76.87, 43.21), (76.93, 43.21), (76.88, 43.17)])


@pytest.mark.parametrize(
    "geometry",
    [
        BOWTIE,
        MultiPolygon([SQUARE, box(76.91, 43.21, 76.93, 43.23)]),
        Polygon(SQUARE.exterior, [box(76.91, 43.205, 76.93, 43.21).exterior]),
    ],
    ids=["bow-tie", "overlapping parts", "hole that sticks out"],
)
def test_repair_that_covers_the_same_ground_changes_no_area(geometry):
    assert not geometry.is_valid

    _, repair = clean_polygon(geometry)

    assert repair.faults == ("invalid",)
    assert repair.area_change_m2 == pytest.approx(0, abs=1)


def test_ground_that_a_repair_adds_is_reported_as_changed_area():
    polygon, repair = clean_polygon(STAR)

    # Drawn as it is, a pentagram is empty in the middle; repaired, it is whole.
    faces = shapely.get_parts(shapely.polygonize([shapely.node(STAR.exterior)]))
    middle = max(faces, key=shapely.get_num_coordinates)
    assert shapely.get_num_coordinates(middle) == 6
    assert polygon.contains(middle.centroid)
    assert repair.area_change_m2 == pytest.approx(area_m2(middle), rel=0.001)


def test_heights_are_dropped_and_reported():
    polygon, repair = clean_polygon(shapely.force_3d(SQUARE, 700.0))

    assert not polygon.has_z
    assert repair.faults == ("z_dropped",)
    assert repair.area_change_m2 == 0


def test_parts_that_are_no_polygons_are_dropped_and_reported():
    polygon, repair = clean_polygon(
        GeometryCollection([SQUARE, LineString([(76, 43), (77, 43)]), Point(76, 43)])
    )

    assert polygon.equals(SQUARE)
    assert repair.faults == ("parts_dropped",)


def test_measures_are_dropped_and_reported():
    measured = shapely.from_wkt(
        "POLYGON M ((76.9 43.2 1, 76.92 43.2 2, 76.92 43.22 3, 76.9 43.22 4, 76.9 43.2 1))"
    )

    polygon, repair = clean_polygon(measured)

    assert polygon.equals(SQUARE)
    assert repair.faults == ("m_dropped",)


def test_points_that_repeat_the_one_before_are_removed_and_reported():
    corners = shapely.get_coordinates(SQUARE)

    polygon, repair = clean_polygon(Polygon(np.repeat(corners, 2, axis=0)))

    assert shapely.get_num_coordinates(polygon) == len(corners)
    assert polygon.equals(SQUARE)
    assert (repair.faults, repair.area_change_m2) == (("points_repeated",), 0)


def test_collection_of_polygons_alone_loses_nothing():
    beside = box(76.93, 43.20, 76.94, 43.21)

    polygon, repair = clean_polygon(
        GeometryCollection([SQUARE, GeometryCollection([MultiPolygon([beside])])])
    )

    assert polygon.equals(MultiPolygon([SQUARE, beside]))
    assert repair is None


def test_holes_that_touch_each_other_stay_holes():
    holes = [box(76.903, 43.203, 76.906, 43.206), box(76.906, 43.206, 76.909, 43.209)]

    polygon, repair = clean_polygon(Polygon(SQUARE.exterior, [hole.exterior for hole in holes]))

    assert polygon.equals(SQUARE - shapely.union_all(holes))
    assert repair is None


def test_hole_that_touches_the_edge_along_a_line_becomes_a_notch_of_the_same_ground():
    hole = box(76.90, 43.205, 76.905, 43.21)

    polygon, repair = clean_polygon(Polygon(SQUARE.exterior, [hole.exterior]))

    assert polygon.equals(SQUARE - hole)
    assert repair.faults == ("invalid",)
    assert repair.area_change_m2 == pytest.approx(0, abs=0.1)


def test_spike_of_no_width_is_cut_off_without_changing_the_ground():
    spike = [(76.90, 43.21), (76.89, 43.21), (76.90, 43.21)]
    ring = [(76.90, 43.20), *spike, (76.90, 43.22), (76.92, 43.22), (76.92, 43.20)]

    polygon, repair = clean_polygon(Polygon(ring))

    assert polygon.equals(SQUARE)
    assert repair.faults == ("invalid",)
    assert repair.area_change_m2 == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        Polygon(),
        MultiPolygon(),
        Point(76.9, 43.2),
        LineString([(76.9, 43.2), (76.91, 43.2)]),
        Polygon([(76.9, 43.2), (76.91, 43.2), (76.92, 43.2)]),
        box(76.9, 43.2, 76.9 + 1e-9, 43.2 + 1e-9),
        GeometryCollection([Point(76.9, 43.2)]),
    ],
    ids=["none", "empty", "no parts", "point", "line", "flat", "smaller than the grid", "no polygon in it"],
)
def test_geometry_without_an_area_is_refused(geometry):
    with pytest.raises(GeometryError) as caught:
        clean_polygon(geometry)

    assert caught.value.remedy


@given(rings)
def test_any_ring_becomes_valid_on_the_grid_or_is_refused(ring):
    raw = Polygon([(76.9 + x * 1e-4 / 3, 43.2 + y * 1e-4 / 7) for x, y in ring])

    try:
        polygon, _ = clean_polygon(raw)
    except GeometryError:
        flat = shapely.make_valid(raw, method="structure", keep_collapsed=False)
        assert flat.area < 1e-10
        return

    assert polygon.is_valid
    assert polygon.area > 0
    assert round_coordinates(polygon).equals_exact(polygon)
    assert clean_polygon(polygon)[1] is None


def test_hash_is_that_of_the_polygons_in_any_order():
    first = PrecinctPolygon(1, "territorial", MultiPolygon([SQUARE]))
    second = PrecinctPolygon(2, "special", MultiPolygon([SQUARE]))

    assert polygons_hash([first, second]) == polygons_hash([second, first])
    assert polygons_hash([first]) != polygons_hash([second])
    assert polygons_hash([first]) != polygons_hash([PrecinctPolygon(1, "special", MultiPolygon([SQUARE]))])
