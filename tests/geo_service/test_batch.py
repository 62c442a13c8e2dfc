from __future__ import annotations

import io
import itertools
import os

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.batch import lines_as_they_come, locate_lines, read_points
from geo_service.errors import CoordinateError, GeoServiceError, QueryError
from geo_service.query_point import check_not_swapped, parse_position, split_position

BOUNDS = (76.9, 43.22, 76.94, 43.241)


def one_by_one(line):
    """What the functions for a single query say of a line."""
    try:
        lon, lat = parse_position(*split_position(line))
        check_not_swapped(lon, lat, BOUNDS)
    except GeoServiceError as error:
        return str(error)
    return lon, lat


def test_points_are_located_in_their_order(finder):
    lines = ["43.2263 76.9052\n", "43.2305,76.9151\n", "43.2377\t76.9145\n", "0 0\n"]

    chunks = list(locate_lines(finder, [lines]))

    assert [chunk.numbers.tolist() for chunk in chunks] == [[3, 5, 7, 0]]
    assert chunks[0].points.errors == {}


def test_line_that_cannot_be_read_keeps_its_place(finder):
    lines = ["43.2263 76.9052", "", "north 76.9", "43.2305 76.9151"]

    (chunk,) = locate_lines(finder, [lines])

    assert chunk.numbers.tolist() == [3, 0, 0, 5]
    assert sorted(chunk.points.errors) == [1, 2]
    assert isinstance(chunk.points.errors[2], QueryError)
    assert [tuple(pair) for pair in chunk.points.texts] == [
        ("43.2263", "76.9052"), ("", ""), ("north", "76.9"), ("43.2305", "76.9151"),
    ]  # fmt: skip


def test_error_names_the_line_of_the_whole_input():
    chunks = list(read_points([["1 2", "3 4", "5 6"], ["x y"]]))

    assert chunks[1].errors[0].place.item == "line 4"


@pytest.mark.parametrize("line", ["95 76.9", "43.2 181", "nan 76.9", "43.2 inf", "76.93 43.23"])
def test_coordinate_out_of_range_or_swapped_is_an_error_of_its_line(line):
    (chunk,) = read_points([["43.23 76.91", line]], bounds=BOUNDS)

    assert list(chunk.errors) == [1]
    assert isinstance(chunk.errors[1], CoordinateError)
    assert np.isnan(chunk.lons[1])


def test_swapped_axes_pass_where_there_is_no_city():
    (chunk,) = read_points([["76.93 43.23"]])

    assert chunk.errors == {}


def test_chunks_are_answered_before_more_is_asked_for():
    chunks = itertools.repeat(["43.23 76.91"] * 100)

    first = next(read_points(chunks))

    assert len(first.lons) == 100


def test_lines_in_a_pipe_are_given_before_the_next_is_written():
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as source, os.fdopen(writing, "wb", buffering=0) as pipe:
        lines = lines_as_they_come(source)

        pipe.write(b"\xef\xbb\xbf43.23 76.91\n43.2")
        first = next(lines)
        pipe.write(b"4 76.92\n43.25 76.93")
        second = next(lines)
        pipe.close()

        assert first == ["43.23 76.91"]
        assert second == ["43.24 76.92"]
        assert list(lines) == [["43.25 76.93"]]


@given(st.text(alphabet="0123456789. ,\t\n\u0431\U0001f5f3"), st.integers(1, 7))
def test_lines_are_those_of_the_text_however_it_comes(content, size):
    source = io.BufferedReader(Slowly(content.encode(), size))

    lines = [line for chunk in lines_as_they_come(source) for line in chunk]

    assert lines == (content.removesuffix("\n").split("\n") if content else [])


class Slowly(io.RawIOBase):
    """Bytes that come a few at a time."""

    def __init__(self, content, size):
        self.content, self.size = content, size

    def readable(self):
        return True

    def readinto(self, buffer):
        part, self.content = self.content[: self.size], self.content[self.size :]
        buffer[: len(part)] = part
        return len(part)


def test_no_lines_give_no_chunks():
    assert list(read_points([])) == []


NUMBERS = st.sampled_from(
    ["43.23", "76.91", "-5", "+7", ".5", "5.", "1e1", "1e999", "4_3", "43,2", "nan", "", "x", "٤٣"]
)
SEPARATORS = st.sampled_from([" ", ",", "\t", ", ", " ,", " , ", "  ", ",,", ";", "\u00a0", ""])
PADDING = st.sampled_from(["", " ", "\n", "\r\n", ",", "\t"])


@given(
    st.lists(st.tuples(PADDING, NUMBERS, SEPARATORS, NUMBERS, PADDING).map("".join), min_size=1, max_size=8)
)
def test_lines_mean_the_same_alone_and_in_any_company(lines):
    (together,) = read_points([lines], bounds=BOUNDS)
    alone = [next(read_points([[line]], bounds=BOUNDS)) for line in lines]

    for position, line in enumerate(lines):
        expected = one_by_one(line)
        for chunk, place in ((together, position), (alone[position], 0)):
            if isinstance(expected, str):
                assert str(chunk.errors[place]).endswith(expected.split(": ", 1)[-1])
            else:
                assert place not in chunk.errors
                assert (chunk.lons[place], chunk.lats[place]) == expected


def test_chunk_in_order_and_chunk_with_an_error_give_the_same_numbers(finder):
    random = np.random.default_rng(7)
    lons, lats = random.uniform(76.89, 76.95, 500), random.uniform(43.21, 43.25, 500)
    lines = [f"{lat:.7f} {lon:.7f}" for lon, lat in zip(lons, lats, strict=True)]

    (in_order,) = locate_lines(finder, [lines])
    (with_error,) = locate_lines(finder, [[*lines, "north"]])

    expected = [
        finder.index.locate(round(lon, 7), round(lat, 7)) or 0 for lon, lat in zip(lons, lats, strict=True)
    ]
    assert in_order.numbers.tolist() == expected
    assert with_error.numbers.tolist() == [*expected, 0]
    assert len(set(expected)) > 5
