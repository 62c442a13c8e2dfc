"""How polygons lie to one another: overlaps, and what sticks out.

Polygons are WGS 84 (EPSG:4326) in degrees, longitude first, valid and of the size of a city at most. Areas
are square metres on the ellipsoid, good to 0.1 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from boundaries.geodesy import square_metres_per_square_degree


@dataclass(frozen=True, slots=True)
class Overlap:
    """Ground that two polygons of a sequence share.

    Parameters
    ----------
    first, second
        Positions in the sequence, the lower one first.
    area_m2
        Shared area, m².
    """

    first: int
    second: int
    area_m2: float


def area_m2(geometry: BaseGeometry) -> float:
    """Return the area of a geometry in square metres; 0 for an empty one."""
    if geometry.is_empty:
        return 0.0
    return float(geometry.area * square_metres_per_square_degree(geometry.centroid.y))


def find_overlaps(polygons: Sequence[BaseGeometry], *, tolerance_m2: float = 1.0) -> list[Overlap]:
    """Return the pairs of polygons that overlap.

    Parameters
    ----------
    polygons
        Valid polygons.
    tolerance_m2
        Overlaps up to this area, m², are left out: neighbours drawn one after the other share slivers.

    Returns
    -------
    list of Overlap
        In ascending order of the positions.
    """
    shapes = np.array([*polygons, None], object)[:-1]
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = first < second
    first, second = first[once], second[once]
    shared = shapely.intersection(shapes[first], shapes[second])
    found = [
        Overlap(int(i), int(j), area_m2(geometry))
        for i, j, geometry in zip(first, second, shared, strict=True)
        if not geometry.is_empty
    ]
    kept = [overlap for overlap in found if overlap.area_m2 > tolerance_m2]
    return sorted(kept, key=lambda overlap: (overlap.first, overlap.second))


def area_outside_m2(polygon: BaseGeometry, cover: BaseGeometry) -> float:
    """Return the area of a polygon, m², that lies outside another one."""
    return area_m2(shapely.difference(polygon, cover))


def points_outside(covers: Sequence[BaseGeometry], lons: ArrayLike, lats: ArrayLike) -> NDArray[np.bool_]:
    """Return which points lie in none of several polygons; a point on an edge lies in.

    Parameters
    ----------
    covers
        Valid polygons.
    lons, lats
        Degrees, of one shape ``(n,)``.

    Returns
    -------
    numpy.ndarray
        Of shape ``(n,)``.
    """
    x = np.asarray(lons, float)
    points = shapely.points(x, np.asarray(lats, float))
    inside = shapely.STRtree(covers).query(points, predicate="intersects")[0]
    outside: NDArray[np.bool_] = np.isin(np.arange(len(x)), inside, invert=True)
    return outside
