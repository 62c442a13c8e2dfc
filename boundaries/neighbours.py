"""Which polygons share a border, and do not only meet in a corner.

Polygons are WGS 84 (EPSG:4326) in degrees, longitude first, valid and of the size of a city at most.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from boundaries.geodesy import degrees_for_metres

#: Borders that run this near to each other are one: neighbours are drawn, and rounded, each on its own.
TOLERANCE_M = 0.3
#: Polygons that run beside each other for less than this only meet in a corner.
SHORTEST_BORDER_M = 2.0


def find_neighbours(polygons: Sequence[BaseGeometry]) -> list[tuple[int, ...]]:
    """Return the neighbours of each polygon: those that it shares a border with, or overlaps.

    Parameters
    ----------
    polygons
        Valid polygons.

    Returns
    -------
    list of tuple of int
        For each polygon the positions of its neighbours in the sequence, ascending.
    """
    neighbours: list[set[int]] = [set() for _ in polygons]
    shapes = _in_metres(polygons)
    firsts, seconds = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=TOLERANCE_M)
    once = firsts < seconds
    firsts, seconds = firsts[once], seconds[once]
    borders, reaches = shapely.boundary(shapes), shapely.buffer(shapes, TOLERANCE_M)
    # Both ways: of two that overlap, only one may have its border inside the other.
    lengths = [
        shapely.length(shapely.intersection(borders[some], reaches[others]))
        for some, others in ((firsts, seconds), (seconds, firsts))
    ]
    shared = np.maximum(*lengths) >= SHORTEST_BORDER_M
    for first, second in zip(firsts[shared].tolist(), seconds[shared].tolist(), strict=True):
        neighbours[first].add(second)
        neighbours[second].add(first)
    return [tuple(sorted(others)) for others in neighbours]


def _in_metres(polygons: Sequence[BaseGeometry]) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """Return polygons on a plane in metres: lengths in degrees would favour one direction."""
    shapes = np.array([*polygons, None], object)[:-1]
    if not len(shapes):
        return shapes
    _, south, _, north = shapely.total_bounds(shapes)
    step = degrees_for_metres(1.0, float(south + north) / 2)
    return np.asarray(shapely.transform(shapes, lambda positions: positions / step))
