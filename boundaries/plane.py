"""A plane in metres for the polygons of one city: widths and shares in degrees would favour one direction.

Positions are WGS 84 (EPSG:4326) in degrees, longitude first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from boundaries.geodesy import degrees_for_metres

#: Coordinates have 7 decimals, 11 mm: where a corner of one polygon lies on a side of another, the two part
#: by so much, however exactly they were drawn.
ROUNDING_M = 0.03

Shapes = np.ndarray[tuple[int], np.dtype[np.object_]]


def shape_array(geometries: Iterable[BaseGeometry | None]) -> Shapes:
    """Return geometries as an array of objects, of shape ``(n,)`` also where numpy would look into them."""
    return np.array([*geometries, None], object)[:-1]


@dataclass(frozen=True, slots=True)
class Plane:
    """Metres east and north, true at one latitude.

    Parameters
    ----------
    step
        Degrees of longitude and of latitude that one metre spans.

    Notes
    -----
    At 43° a length that runs east is wrong by 0.16 % for each 0.1° of latitude away from that of the plane.
    """

    step: tuple[float, float]

    @classmethod
    def at(cls, lat: float) -> Plane:
        """Return the plane that is true at a latitude in degrees."""
        return cls(degrees_for_metres(1.0, lat))

    @classmethod
    def of(cls, shapes: Shapes) -> Plane:
        """Return the plane that is true in the middle of geometries; of none, at the equator."""
        known = len(shapes) and not np.all(shapely.is_empty(shapes))
        south, north = shapely.total_bounds(shapes)[[1, 3]] if known else (0.0, 0.0)
        return cls.at(float(south + north) / 2)

    def to_metres(self, shapes: Shapes) -> Shapes:
        """Return geometries on the plane."""
        return np.asarray(shapely.transform(shapes, lambda positions: positions / self.step), object)

    def to_degrees(self, shapes: Shapes) -> Shapes:
        """Return geometries of the plane in degrees."""
        return np.asarray(shapely.transform(shapes, lambda positions: positions * self.step), object)

    def without_hairs(self, shapes: Shapes) -> Shapes:
        """Return polygons without what of them is thinner than `ROUNDING_M`; empty where nothing is left.

        Where two borders run side by side, an overlap or a gap of a few metres has a tail of a millimetre
        that may be a kilometre long: neither its width nor its place is that of the tail.
        """
        radius = ROUNDING_M / 2
        eroded = shapely.buffer(self.to_metres(shapes), -radius, join_style="mitre")
        return self.to_degrees(shape_array(shapely.buffer(eroded, radius, join_style="mitre")))

    def widths_m(self, shapes: Shapes) -> NDArray[np.float64]:
        """Return the mean width of each polygon: twice its area by the length of its edges, metres."""
        flat = self.to_metres(shapes)
        lengths = shapely.length(flat)
        widths: NDArray[np.float64] = 2 * shapely.area(flat) / np.maximum(lengths, np.finfo(float).tiny)
        return widths
