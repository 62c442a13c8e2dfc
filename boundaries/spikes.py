"""Spikes of polygons: corners that run out and back on nearly the same line, left by a slip of the hand.

Polygons are WGS 84 (EPSG:4326) in degrees, longitude first, valid and of the size of a city at most.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from boundaries.plane import Plane, Shapes

#: A corner is a spike if its sides are nowhere further apart than this, metres: no ground that anybody could
#: live on. Streets that part at a sharp angle leave wedges of several metres.
WIDEST_M = 0.6
#: A corner whose shorter side is shorter than this, metres, is no spike.
SHORTEST_M = 10.0
# Vertices nearer than this to the line between their neighbours are no corners, and hide the spike's tip.
_STRAIGHT_M = 0.1
_SQUARE = 90.0


@dataclass(frozen=True, slots=True)
class Spike:
    """A corner of a polygon that runs out and back.

    Parameters
    ----------
    polygon
        Position of the polygon.
    length_m
        How far it runs out, metres: the shorter of its two sides.
    angle_degrees
        Between its sides.
    lon, lat
        Its tip.
    """

    polygon: int
    length_m: float
    angle_degrees: float
    lon: float
    lat: float


def find_spikes(shapes: Shapes) -> list[Spike]:
    """Return the spikes that stick out of polygons, by polygon.

    Parameters
    ----------
    shapes
        Valid polygons, shape ``(n,)``.

    Notes
    -----
    Only corners that point outwards are spikes: one that points inwards is the gap that it cuts, or
    the spike of the neighbour.
    """
    plane = Plane.of(shapes)
    parts, owner = shapely.get_parts(plane.to_metres(shapes), return_index=True)
    simple = shapely.orient_polygons(shapely.simplify(parts, _STRAIGHT_M, preserve_topology=True))
    rings, part_of_ring = shapely.get_rings(simple, return_index=True)
    corners, ring_of_corner = shapely.get_coordinates(rings, return_index=True)
    before, after, own = _neighbours(corners, ring_of_corner)
    back, forth = corners[before] - corners[own], corners[after] - corners[own]
    lengths = np.minimum(np.hypot(*back.T), np.hypot(*forth.T))
    cross = forth[:, 0] * back[:, 1] - forth[:, 1] * back[:, 0]
    # The inside lies to the left of a ring: the angle from the way on to the way back.
    angles = np.degrees(np.arctan2(cross, (forth * back).sum(axis=1)))
    widths = lengths * np.sin(np.radians(angles))
    sharp = (angles >= 0) & (angles < _SQUARE) & (widths <= WIDEST_M) & (lengths >= SHORTEST_M)
    positions = corners[own] * plane.step
    polygons = owner[part_of_ring[ring_of_corner[own]]]
    return [
        Spike(
            int(polygons[i]),
            float(lengths[i]),
            float(angles[i]),
            round(float(positions[i, 0]), 7),
            round(float(positions[i, 1]), 7),
        )
        for i in np.flatnonzero(sharp)
    ]


def _neighbours(
    corners: NDArray[np.float64], rings: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the positions before and after each corner of closed rings, and of the corner itself.

    The last position of a ring repeats its first one and is no corner of its own.
    """
    counts = np.bincount(rings) if len(rings) else np.zeros(0, np.int64)
    ends = np.cumsum(counts)
    starts = ends - counts
    own = np.setdiff1d(np.arange(len(corners)), ends - 1)
    before, after = own - 1, own + 1
    first = np.isin(own, starts)
    before[first] = ends[rings[own[first]]] - 2
    return before, after, own
