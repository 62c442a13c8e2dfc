"""The edges of many polygons, for distances from a point to each of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from boundaries.geodesy import squared_distances_m


def polygon_segments(polygons: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the edges of polygons, holes included.

    Returns
    -------
    segments : numpy.ndarray
        Degrees, shape (n, 4): lon, lat of the start and of the end, polygon by polygon.
    owners : numpy.ndarray
        Shape (n,): the position of the polygon that each edge belongs to.
    """
    parts, part_owner = shapely.get_parts(polygons, return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    coordinates, ring_of_vertex = shapely.get_coordinates(rings, return_index=True)
    same_ring = ring_of_vertex[1:] == ring_of_vertex[:-1]
    segments = np.column_stack([coordinates[:-1], coordinates[1:]])[same_ring]
    return segments, part_owner[ring_part[ring_of_vertex[:-1][same_ring]]].astype(np.int64)


class PolygonEdges:
    """The edges of polygons, kept by polygon.

    Parameters
    ----------
    polygons
        Shapely polygons in degrees, longitude first; none is empty.
    """

    def __init__(self, polygons: NDArray[np.object_]) -> None:
        self._segments, owners = polygon_segments(polygons)
        self._starts = np.searchsorted(owners, np.arange(len(polygons) + 1)).tolist()

    @property
    def nbytes(self) -> int:
        """Bytes that the edges occupy."""
        return self._segments.nbytes

    def distances_m(self, lon: float, lat: float, positions: Sequence[int]) -> NDArray[np.float64]:
        """Return the distance from a point to the nearest edge of each of some polygons.

        Parameters
        ----------
        lon, lat
            The point, degrees.
        positions
            Positions of polygons, at least one.

        Returns
        -------
        numpy.ndarray
            Metres, in the order of ``positions``.
        """
        slices = [
            self._segments[self._starts[position] : self._starts[position + 1]] for position in positions
        ]
        squares = squared_distances_m(lon, lat, np.concatenate(slices) if len(slices) > 1 else slices[0])
        firsts = np.cumsum([0, *(len(segments) for segments in slices[:-1])])
        return np.sqrt(np.minimum.reduceat(squares, firsts))
