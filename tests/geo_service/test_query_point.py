from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.errors import CoordinateError, QueryError
from geo_service.query_point import check_not_swapped, check_position, parse_position, split_position

ALMATY = (76.7, 43.1, 77.2, 43.5)


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("43.25 76.95", ("43.25", "76.95")),
        ("43.25,76.95", ("43.25", "76.95")),
        ("43.25\t76.95", ("43.25", "76.95")),
        ("43.25, 76.95", ("43.25", "76.95")),
        ("43.25 , 76.95", ("43.25", "76.95")),
        ("43.25 ,76.95", ("43.25", "76.95")),
        ("  43.25   76.95 \r\n", ("43.25", "76.95")),
        ("43,25 76,95", ("43,25", "76,95")),
        ("43,25, 76,95", ("43,25", "76,95")),
        ("-43.25 -76.95", ("-43.25", "-76.95")),
    ],
)
def test_separators_are_space_comma_and_tab(line, texts):
    assert split_position(line) == texts


@pytest.mark.parametrize(
    "line", ["", "  ", "43.25", "43.25 ", "43.25,", "1 2 3", "1,2,3", ",", "43.25,,76.95"]
)
def test_line_that_is_not_two_texts_is_refused(line):
    with pytest.raises(QueryError, match="is not two numbers"):
        split_position(line)


@pytest.mark.parametrize("text", ["43.25", "43,25", " 43.25 ", "4325e-2", "+43.25"])
def test_number_is_read_with_point_or_comma(text):
    assert parse_position(text, "76.95") == (76.95, 43.25)


@pytest.mark.parametrize("text", ["", "north", "43.25°", "4_3", "43.25.1", "0x2b", "43,25,1"])
def test_text_that_is_no_number_is_refused_with_its_field(text):
    with pytest.raises(QueryError) as latitude:
        parse_position(text, "76.95")
    with pytest.raises(QueryError) as longitude:
        parse_position("43.25", text)

    assert latitude.value.place.field == "lat"
    assert longitude.value.place.field == "lon"


def test_long_text_is_shortened_in_the_error():
    with pytest.raises(QueryError) as caught:
        parse_position("9x" * 5000, "76.95")

    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("lon", "lat", "field"),
    [
        (0.0, 90.001, "lat"),
        (0.0, -91.0, "lat"),
        (180.5, 0.0, "lon"),
        (-1e308, 0.0, "lon"),
        (math.nan, 0.0, "lon"),
        (0.0, math.nan, "lat"),
        (math.inf, 0.0, "lon"),
    ],
)
def test_coordinate_off_the_earth_is_refused_with_its_field(lon, lat, field):
    with pytest.raises(CoordinateError) as caught:
        check_position(lon, lat)

    assert caught.value.place.field == field


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_every_position_on_the_earth_is_accepted(lon, lat):
    assert parse_position(repr(lat), repr(lon)) == (lon, lat)


def test_swapped_axes_are_refused_with_the_right_order():
    with pytest.raises(CoordinateError) as caught:
        check_not_swapped(43.25, 76.95, ALMATY)

    assert caught.value.remedy == "Exchange them: latitude 43.25, longitude 76.95."


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(76.95, 43.25), (71.43, 51.13), (43.25, 80.0), (0.0, 0.0)],
)
def test_position_that_is_not_plainly_swapped_is_left_alone(lon, lat):
    check_not_swapped(lon, lat, ALMATY)


def test_position_inside_is_never_swapped_even_where_the_axes_overlap():
    check_not_swapped(10.2, 10.4, (10.0, 10.0, 11.0, 11.0))
