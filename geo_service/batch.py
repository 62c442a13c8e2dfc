"""Many points at once: read lines and locate them, chunk by chunk, with constant memory.

A line that cannot be read never stops the rest: it keeps its place and carries its error.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BufferedIOBase

import numpy as np
from numpy.typing import NDArray

from geo_service.errors import GeoServiceError
from geo_service.finder import Finder
from geo_service.query_point import check_not_swapped, parse_position, split_position

_BLOCK_BYTES = 1 << 18  # some 12,000 lines

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


def locate_lines(finder: Finder, chunks: Iterable[Sequence[str]]) -> Iterator[LocatedChunk]:
    """Locate lines of points, in their order.

    Parameters
    ----------
    finder
        Answers.
    chunks
        Lines, ``LAT LON`` each, separated by space, comma or tab; see
        `geo_service.query_point.split_position`. Each chunk is answered before the next one is asked for.
    """
    for points in read_points(chunks, bounds=finder.bounds):
        yield LocatedChunk(points, finder.numbers_at(points.lons, points.lats))


def read_points(chunks: Iterable[Sequence[str]], *, bounds: Bounds | None = None) -> Iterator[PointChunk]:
    """Read chunks of lines of points.

    Parameters
    ----------
    chunks
        Lines, ``LAT LON`` each.
    bounds
        West, south, east, north of the city: points that lie in it only with swapped axes are errors.
    """
    first = 1
    for chunk in chunks:
        points = _read_plain(chunk, bounds)
        yield _read_one_by_one(chunk, bounds, first) if points is None else points
        first += len(chunk)


def lines_as_they_come(source: BufferedIOBase) -> Iterator[list[str]]:
    """Yield the lines that a stream holds, as soon as it holds any.

    A program that writes one point into a pipe and waits gets its answer, while a file comes in chunks of
    about `_BLOCK_BYTES`.

    Parameters
    ----------
    source
        UTF-8, with or without a byte order mark; what is not is replaced.
    """
    decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
    rest = ""
    while block := source.read1(_BLOCK_BYTES):
        *lines, rest = (rest + decoder.decode(block)).split("\n")
        if lines:
            yield lines
    rest += decoder.decode(b"", final=True)
    if rest:
        yield [rest]


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
