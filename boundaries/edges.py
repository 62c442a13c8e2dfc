"""The edges of many polygons, for distances from a point to each of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from boundaries.geodesy import squared_distances_m

# An edge is straight in degrees, which a distance takes as straight on the ground: over 250 m the two part by
# at most 1 mm between latitudes of 60° south and north, by 2 m over 20 km.
_LONGEST_EDGE_M = 250.0
_LONGEST_DEGREE_M = 111_700.0


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
    """The edges of polygons, kept by polygon, long ones in pieces so that distances stay true.

    Parameters
    ----------
    polygons
        Shapely polygons in degrees, longitude first; none is empty.
    """

    def __init__(self, polygons: NDArray[np.object_]) -> None:
        self._segments, owners = _in_pieces(*polygon_segments(polygons))
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


def _in_pieces(
    segments: NDArray[np.float64], owners: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Cut segments into equal pieces no longer than `_LONGEST_EDGE_M`, in their order."""
    starts, runs = segments[:, :2], segments[:, 2:] - segments[:, :2]
    lengths_m = np.hypot(runs[:, 0], runs[:, 1]) * _LONGEST_DEGREE_M
    counts = np.maximum(np.ceil(lengths_m / _LONGEST_EDGE_M), 1).astype(np.int64)
    source = np.repeat(np.arange(len(segments)), counts)
    piece = np.arange(len(source)) - (np.cumsum(counts) - counts)[source]
    shares = np.column_stack([piece, piece + 1]) / counts[source, None]
    # An end is taken as it is: start + 1.0 * run may miss it by a rounding error.
    ends = np.where(shares[:, 1:] < 1, starts[source] + shares[:, 1:] * runs[source], segments[source, 2:])
    return np.hstack([starts[source] + shares[:, :1] * runs[source], ends]), owners[source]
