"""The boxes of many polygons, to be asked from several threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import rtree.index
import shapely
from numpy.typing import NDArray


class PolygonBoxes:
    """An R-tree of polygons' boxes behind a lock: the tree is not safe in threads, not even for reading.

    Parameters
    ----------
    polygons
        Shapely polygons in degrees; none is empty.
    """

    def __init__(self, polygons: NDArray[np.object_]) -> None:
        entries = ((position, box, None) for position, box in enumerate(shapely.bounds(polygons).tolist()))
        self._count = len(polygons)
        self._tree = rtree.index.Index(entries) if self._count else rtree.index.Index()
        self._lock = threading.Lock()

    def meeting(self, bbox: tuple[float, float, float, float]) -> list[int]:
        """Return the positions, in no order, of polygons whose box meets a box (west, south, east, north)."""
        with self._lock:
            return list(self._tree.intersection(bbox))

    @contextmanager
    def by_distance(self, lon: float, lat: float) -> Iterator[Iterator[int]]:
        """Give the positions of all polygons by the distance of their box in degrees, nearest first."""
        with self._lock:
            yield iter(self._tree.nearest((lon, lat, lon, lat), self._count))


def box_of(polygons: NDArray[np.object_]) -> tuple[float, float, float, float]:
    """Return the box (west, south, east, north) of all polygons; without any NaN, in which nothing lies."""
    if len(polygons) == 0:
        return np.nan, np.nan, np.nan, np.nan
    west, south, east, north = shapely.total_bounds(polygons).tolist()
    return west, south, east, north
