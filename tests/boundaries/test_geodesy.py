"""Distances against the full geodesic solution of PROJ."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from boundaries.geodesy import (
    degrees_for_metres,
    offsets_m,
    radii_of_curvature,
    square_metres_per_square_degree,
    squared_distances_m,
)

GEOD = Geod(ellps="WGS84")
longitudes = st.floats(-179.0, 179.0)
latitudes = st.floats(-60.0, 60.0)
azimuths = st.floats(-180.0, 180.0)


def _measured(lon: float, lat: float, azimuth: float, distance: float) -> float:
    far_lon, far_lat, _ = GEOD.fwd(lon, lat, azimuth, distance)
    far_lon += 360 * round((lon - far_lon) / 360)
    east, north = offsets_m(lon, lat, np.array([[far_lon, far_lat]]))
    return float(np.hypot(east, north)[0])


@given(lon=longitudes, lat=latitudes, azimuth=azimuths, distance=st.floats(0.0, 1000.0))
def test_offset_is_within_a_millimetre_up_to_a_kilometre(lon, lat, azimuth, distance):
    assert _measured(lon, lat, azimuth, distance) == pytest.approx(distance, abs=0.001)


@given(lon=longitudes, lat=latitudes, azimuth=azimuths, distance=st.floats(1000.0, 30_000.0))
def test_offset_is_within_a_ten_thousandth_up_to_thirty_kilometres(lon, lat, azimuth, distance):
    assert _measured(lon, lat, azimuth, distance) == pytest.approx(distance, rel=1e-4)


@pytest.mark.parametrize(
    ("azimuth", "signs"), [(45, (1, 1)), (135, (1, -1)), (225, (-1, -1)), (315, (-1, 1))]
)
def test_offsets_point_east_and_north(azimuth, signs):
    lon, lat, _ = GEOD.fwd(76.9, 43.2, azimuth, 500.0)

    east, north = offsets_m(76.9, 43.2, np.array([[lon, lat]]))

    assert (np.sign(east[0]), np.sign(north[0])) == signs


def test_distance_to_a_segment_is_to_its_foot_or_its_nearer_end():
    lon, lat = 76.9, 43.2
    segments = np.array([
        [76.91, 43.199, 76.91, 43.201],  # the foot is inside
        [76.91, 43.20, 76.92, 43.20],  # the start is nearest
        [76.80, 43.20, 76.89, 43.20],  # the end is nearest
        [76.95, 43.25, 76.95, 43.25],  # a segment that is a point
        [76.899, 43.199, 76.901, 43.201],  # through the point
    ])  # fmt: skip

    distances = np.sqrt(squared_distances_m(lon, lat, segments))

    east, west = GEOD.inv(lon, lat, 76.91, lat)[2], GEOD.inv(lon, lat, 76.89, lat)[2]
    far = GEOD.inv(lon, lat, 76.95, 43.25)[2]
    assert distances == pytest.approx([east, east, west, far, 0.0], rel=1e-5, abs=0.001)


@given(lat=st.floats(-48.0, 48.0), shift=st.floats(-0.045, 0.045))
def test_square_degree_has_the_area_of_the_ellipsoid(lat, shift):
    west, south, size = 76.9, lat + shift, 0.005
    lons, lats = [west, west + size, west + size, west], [south, south, south + size, south + size]

    area, _ = GEOD.polygon_area_perimeter(lons, lats)

    assert square_metres_per_square_degree(lat) * size**2 == pytest.approx(area, rel=1e-3)
    assert square_metres_per_square_degree(south + size / 2) * size**2 == pytest.approx(area, rel=1e-5)


@given(lat=latitudes, distance=st.floats(0.1, 5000.0))
def test_degrees_span_the_metres_asked_for(lat, distance):
    width, height = degrees_for_metres(distance, lat)

    assert GEOD.inv(76.9, lat, 76.9 + width, lat)[2] == pytest.approx(distance, rel=1e-5)
    assert GEOD.inv(76.9, lat, 76.9, lat + height)[2] == pytest.approx(distance, rel=1e-4)


def test_radii_are_those_of_the_ellipsoid_at_equator_and_pole():
    semi_minor = GEOD.b

    assert radii_of_curvature(0.0) == pytest.approx((semi_minor**2 / GEOD.a, GEOD.a))
    assert radii_of_curvature(90.0) == pytest.approx((GEOD.a**2 / semi_minor, GEOD.a**2 / semi_minor))
