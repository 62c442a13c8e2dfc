"""What part of the city a picture shows."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo_service.web.picture_content import picture_content
from maps.model import MapBuilding, MapPrecinct
from maps.picture.drawing import draw_map, draw_picture
from maps.picture.framing import frame_of
from maps.picture.index import PictureIndex
from maps.picture.marks import Pin
from maps.picture.model import PictureContent, PictureWords, View
from maps.picture.scene import Scene
from maps.picture.styles import STYLES

WORDS = PictureWords("ru", "м", "км", "Данные: испытание", "ПРИМЕР")


@pytest.fixture(scope="module")
def index(small_campaign):
    return PictureIndex(picture_content(small_campaign))


@given(st.integers(200, 1600), st.integers(200, 1600))
def test_any_size_is_drawn(index, width, height):
    picture = draw_map(index, View(WORDS, precinct=15, size=(width, height), scale=1.0))

    assert picture.size == (width, height)


NUMBERS = (2, 3, 5, 7, 8, 9, 11, 12, 14, 15, 20, 31, 901, 902)


@given(st.sampled_from(NUMBERS), st.sampled_from([(200, 200), (360, 240), (720, 480), (400, 1600)]))
def test_any_precinct_shows_where_its_number_belongs(small_campaign, index, number, size):
    view = View(WORDS, precinct=number, size=size, scale=1.0)
    frame = frame_of(index, view)
    polygon = small_campaign.precincts_by_number[number].geometry
    label = shapely.get_coordinates(shapely.maximum_inscribed_circle(polygon))[0]

    corners = index.projection.project(shapely.get_coordinates(polygon))
    shown = np.vstack((frame.pixels(index.projection.project(label)), frame.pixels(corners)))

    assert (shown >= 0).all()
    assert (shown <= size).all()
    station = Scene(index, view).station
    assert station is None or (0 <= station[0] <= size[0] and 0 <= station[1] <= size[1])


def test_numbers_and_scale_leave_the_pin_free(index):
    view = View(WORDS, precinct=9)
    scene = Scene(index, view)
    left, top, right, bottom = Pin(9, (9,), view).taken(scene.station)

    assert left >= 0
    assert top >= 0
    assert right <= view.size[0]
    assert bottom <= view.size[1]


def far_station(distance_deg):
    square = shapely.MultiPolygon([shapely.box(76.90, 43.20, 76.91, 43.21)])
    building = MapBuilding((1,), 76.91 + distance_deg, 43.205, {}, {})
    return PictureIndex(PictureContent((MapPrecinct(1, "territorial", "almaly", square),), (building,)))


def test_station_farther_than_3_km_does_not_shrink_the_precinct():
    near, far = far_station(0.03), far_station(0.05)

    assert Scene(near, View(WORDS, precinct=1)).station is not None
    assert Scene(far, View(WORDS, precinct=1)).station is None
    assert frame_of(far, View(WORDS, precinct=1)).metres_per_pixel < 5


def test_precinct_without_a_boundary_shows_its_station():
    index = PictureIndex(PictureContent((), (MapBuilding((1,), 76.91, 43.205, {}, {}),)))
    view = View(WORDS, precinct=1)
    picture = draw_map(index, view)
    x, y = frame_of(index, view).pixels(index.metres((76.91, 43.205))).tolist()

    assert picture.getpixel((round(x), round(y) - 5)) == STYLES["screen"].pin
    assert frame_of(index, view).metres_per_pixel < 2


def test_point_outside_shows_the_nearest_edge_of_the_city(index):
    view = View(WORDS, point=(76.86, 43.23))
    frame = frame_of(index, view)
    west, _, east, _ = frame.box

    x, _ = index.metres((76.90, 43.23)).tolist()
    assert west < x < east
    assert Scene(index, view).point is not None


def test_point_in_another_city_shows_this_one(index):
    view = View(WORDS, point=(71.43, 51.13))

    assert draw_picture(index, view) == draw_picture(index, View(WORDS))
