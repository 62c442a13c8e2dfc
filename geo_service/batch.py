"""Many points at once: read lines and locate them, chunk by chunk, with constant memory.

A line that cannot be read never stops the rest: it keeps its place and carries its error.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo_service.errors import GeoServiceError
from geo_service.finder import Finder
from geo_service.query_point import check_not_swapped, parse_position, split_position

CHUNK_LINES = 10_000

# What needs no closer look: two plain numbers and one separator.
_PLAIN = re.compile(r"\s*([-+.0-9eE]+)(?:\s*,\s*|\s+)([-+.0-9eE]+)\s*")

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PointChunk:
    """Some lines of points.

    Parameters
    ----------
    texts
        The two texts of each line as they were given; of a line that holds no two, the line and "".
    lons, lats
        Degrees, shape (n,); NaN where there is an error.
    errors
        What is wrong, by position in the chunk.
    """

    texts: Sequence[Sequence[str]]
    lons: NDArray[np.float64]
    lats: NDArray[np.float64]
    errors: dict[int, GeoServiceError]


@dataclass(frozen=True, slots=True)
class LocatedChunk:
    """Points and their precincts; ``numbers`` is int32 of shape (n,), 0 for none and for an error."""

    points: PointChunk
    numbers: NDArray[np.int32]


def locate_lines(
    finder: Finder, lines: Iterable[str], *, chunk_lines: int = CHUNK_LINES
) -> Iterator[LocatedChunk]:
    """Locate lines of points, in their order.

    Parameters
    ----------
    finder
        Answers.
    lines
        ``LAT LON`` each, separated by space, comma or tab; see `geo_service.query_point.split_position`.
    chunk_lines
        How many lines are held in memory at a time.
    """
    for points in read_points(lines, bounds=finder.bounds, chunk_lines=chunk_lines):
        yield LocatedChunk(points, finder.numbers_at(points.lons, points.lats))


def read_points(
    lines: Iterable[str], *, bounds: Bounds | None = None, chunk_lines: int = CHUNK_LINES
) -> Iterator[PointChunk]:
    """Read lines of points, one chunk for every ``chunk_lines`` lines.

    Parameters
    ----------
    lines
        ``LAT LON`` each.
    bounds
        West, south, east, north of the city: points that lie in it only with swapped axes are errors.
    chunk_lines
        Lines in a chunk.
    """
    iterator = iter(lines)
    first = 1
    while chunk := list(itertools.islice(iterator, chunk_lines)):
        points = _read_plain(chunk, bounds)
        yield _read_one_by_one(chunk, bounds, first) if points is None else points
        first += len(chunk)


def _read_plain(lines: Sequence[str], bounds: Bounds | None) -> PointChunk | None:
    """Return the points of lines that are all in order, in one conversion; None if one is not."""
    matches = [_PLAIN.fullmatch(line) for line in lines]
    texts = [match.groups() for match in matches if match is not None]
    if len(texts) != len(lines):
        return None
    try:
        values = np.array(texts, dtype=object).astype(np.float64)
    except ValueError:
        return None
    lats, lons = values[:, 0], values[:, 1]
    sound = (np.abs(lats) <= 90) & (np.abs(lons) <= 180)  # noqa: PLR2004 - the range of latitude, longitude
    if bounds is not None:
        sound &= _inside(lons, lats, bounds) | ~_inside(lats, lons, bounds)
    return PointChunk(texts, lons, lats, {}) if sound.all() else None


def _inside(lons: NDArray[np.float64], lats: NDArray[np.float64], bounds: Bounds) -> NDArray[np.bool_]:
    west, south, east, north = bounds
    inside: NDArray[np.bool_] = (west <= lons) & (lons <= east) & (south <= lats) & (lats <= north)
    return inside


def _read_one_by_one(lines: Sequence[str], bounds: Bounds | None, first: int) -> PointChunk:
    """Return the points of lines with the error of each that is not in order."""
    texts: list[Sequence[str]] = []
    lons = np.full(len(lines), np.nan)
    lats = np.full(len(lines), np.nan)
    errors: dict[int, GeoServiceError] = {}
    for position, line in enumerate(lines):
        pair: tuple[str, str] = (line.strip(), "")
        try:
            pair = split_position(line)
            lons[position], lats[position] = _position(pair, bounds)
        except GeoServiceError as error:
            errors[position] = error.located(item=f"line {first + position}")
        texts.append(pair)
    return PointChunk(texts, lons, lats, errors)


def _position(pair: tuple[str, str], bounds: Bounds | None) -> tuple[float, float]:
    lon, lat = parse_position(*pair)
    if bounds is not None:
        check_not_swapped(lon, lat, bounds)
    return lon, lat
