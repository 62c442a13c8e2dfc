"""Where the houses of each precinct are, as far as they are beyond doubt: what decides between namesakes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon

from boundaries.geodesy import degrees_for_metres

Points = NDArray[np.float64]
Judgement = Literal["here", "elsewhere", "unknown"]

#: Metres: houses as near as this to others of their precinct may be its houses.
NEAR_M = 600.0
#: Metres: houses further away than this from all others of a precinct are not expected in it.
FAR_M = 1500.0
_MOSTLY, _HARDLY = 0.9, 0.1
_FEWEST = 3  # houses of a precinct that say where it is


class Neighbourhood:
    """Judges whether houses may belong to a precinct.

    Parameters
    ----------
    polygons
        Boundaries by the precinct's number, those that there are.
    """

    def __init__(self, polygons: Mapping[int, MultiPolygon]) -> None:
        self._polygons = polygons
        self._added: dict[int, list[Points]] = {}
        self._trees: dict[int, shapely.STRtree] = {}
        self._counts: dict[int, int] = {}

    def add(self, precinct: int, points: Points) -> None:
        """Take houses for those of a precinct.

        Parameters
        ----------
        precinct
            Its number.
        points
            Longitudes and latitudes, degrees, of shape ``(n, 2)``.
        """
        if len(points):
            self._added.setdefault(precinct, []).append(points)
            self._counts[precinct] = self._counts.get(precinct, 0) + len(points)
            self._trees.pop(precinct, None)

    def is_known(self, precinct: int) -> bool:
        """Return whether enough houses say where a precinct is."""
        return self._counts.get(precinct, 0) >= _FEWEST

    def judge(self, precinct: int, points: Points) -> Judgement:
        """Return whether houses are where a precinct is.

        Parameters
        ----------
        precinct
            Its number.
        points
            Longitudes and latitudes, degrees, of shape ``(n, 2)``.
        """
        if not len(points):
            return "unknown"
        polygon = self._polygons.get(precinct)
        if polygon is not None:
            shapely.prepare(polygon)
            inside = float(shapely.intersects_xy(polygon, points[:, 0], points[:, 1]).mean())
            return "here" if inside >= _MOSTLY else "elsewhere" if inside <= _HARDLY else "unknown"
        if not self.is_known(precinct):
            return "unknown"
        distance = self.distance_m(precinct, points)
        return "here" if distance <= NEAR_M else "elsewhere" if distance > FAR_M else "unknown"

    def distance_m(self, precinct: int, points: Points) -> float:
        """Return how far the middle one of some houses is from the nearest house of a precinct, metres.

        The middle one by distance: half of the houses are nearer.
        """
        tree = self._trees.get(precinct)
        if tree is None:
            known = _metres(np.concatenate(self._added[precinct]))
            tree = shapely.STRtree([shapely.Point(*position) for position in known.tolist()])
            self._trees[precinct] = tree
        nearest = tree.query_nearest(
            shapely.points(_metres(points)), return_distance=True, all_matches=False
        )[1]
        return float(np.median(nearest))


def points_of(positions: Sequence[tuple[float, float]]) -> Points:
    """Return positions as an array of shape ``(n, 2)``."""
    return np.array(positions, float).reshape(-1, 2)


def _metres(points: Points) -> Points:
    """Return degrees as metres of a plane, good enough inside one city."""
    width, height = degrees_for_metres(1.0, float(points[0, 1]) // 1 + 0.5)
    metres: Points = points / np.array([width, height])
    return metres
