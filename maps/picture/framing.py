"""What part of the city a picture shows."""

from __future__ import annotations

import numpy as np

from maps.picture.index import PictureIndex
from maps.picture.model import View
from maps.picture.projection import Box, Floats, Frame, Margins, fitted

_STATION_WITHIN_M = 3000  # of its precinct; a picture of both would show neither if it were farther away
_POINT_WITHIN_M = 10_000
_AROUND_POINT_M = 500
_BEYOND_EDGE = 1.4
_LEAST_M = 500
_WORLD: Box = (-1000.0, -1000.0, 1000.0, 1000.0)


def frame_of(index: PictureIndex, view: View) -> Frame:
    """Return the part of the plane that a view shows.

    The chosen precinct with its station and the point, unless they are too far away; else the surroundings
    of the point; else the whole city.
    """
    unit = view.scale
    box = _chosen_box(index, view) or _point_box(index, view)
    if box is not None:
        # Above there may be a pin, below are the scale and the line about the source.
        return fitted(box, view.size, Margins(40 * unit, 80 * unit, 40 * unit, 40 * unit), least_m=_LEAST_M)
    whole = index.box if np.isfinite(index.box).all() else _WORLD
    return fitted(whole, view.size, Margins(8 * unit, 8 * unit, 8 * unit, 26 * unit), least_m=_LEAST_M)


def point_shown(index: PictureIndex, view: View) -> Floats | None:
    """Return the point in metres, if there is one and it is not too far from the city."""
    if view.point is None:
        return None
    metres = index.metres(view.point)
    return metres if not np.isfinite(index.box).all() or _gap(index.box, metres) <= _POINT_WITHIN_M else None


def station_shown(index: PictureIndex, view: View) -> Floats | None:
    """Return the station's position in metres, if it is known and near the precinct."""
    building = None if view.precinct is None else index.building(view.precinct)
    if building is None or view.precinct is None:
        return None
    metres = index.metres((building.lon, building.lat))
    precinct = index.precinct(view.precinct)
    return metres if precinct is None or _gap(precinct.box, metres) <= _STATION_WITHIN_M else None


def _chosen_box(index: PictureIndex, view: View) -> Box | None:
    if view.precinct is None:
        return None
    precinct = index.precinct(view.precinct)
    station = station_shown(index, view)
    box = None if precinct is None else precinct.box
    if station is not None:
        box = _with(box, station)
    point = point_shown(index, view)
    if point is not None and (box is None or _gap(box, point) <= _POINT_WITHIN_M):
        box = _with(box, point)
    return box


def _point_box(index: PictureIndex, view: View) -> Box | None:
    point = point_shown(index, view)
    if point is None:
        return None
    x, y = point.tolist()
    box = (x - _AROUND_POINT_M, y - _AROUND_POINT_M, x + _AROUND_POINT_M, y + _AROUND_POINT_M)
    corner = index.nearest_corner(point)
    # Outside the city some of it gives a sense of where the point is; inside, a corner is always near.
    return box if corner is None else _with(box, point + (corner - point) * _BEYOND_EDGE)


def _with(box: Box | None, metres: Floats) -> Box:
    x, y = metres.tolist()
    if box is None:
        return x, y, x, y
    west, south, east, north = box
    return min(west, x), min(south, y), max(east, x), max(north, y)


def _gap(box: Box, metres: Floats) -> float:
    """Return how far a position is from a box."""
    west, south, east, north = box
    x, y = metres.tolist()
    return float(np.hypot(max(west - x, x - east, 0.0), max(south - y, y - north, 0.0)))
