"""How polygons lie to one another: overlaps, what sticks out, which points lie in which.

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
from boundaries.plane import ROUNDING_M, Plane, Shapes, shape_array


@dataclass(frozen=True, slots=True)
class Overlap:
    """Ground that two polygons of a sequence share.

    Parameters
    ----------
    first, second
        Positions in the sequence, the lower one first.
    area_m2
        Shared area, m².
    width_m
        Mean width of its largest piece, metres, hair-thin tails left out.
    lon, lat
        A point in that piece.
    """

    first: int
    second: int
    area_m2: float
    width_m: float
    lon: float
    lat: float


def area_m2(geometry: BaseGeometry) -> float:
    """Return the area of a geometry in square metres; 0 for an empty one."""
    if geometry.is_empty:
        return 0.0
    return float(geometry.area * square_metres_per_square_degree(geometry.centroid.y))


def polygon_parts(geometry: BaseGeometry) -> Shapes:
    """Return the polygons that a geometry is made of, the largest first; lines and points are left out."""
    parts = shape_array(shapely.get_parts(shapely.get_parts(geometry)))
    polygons = parts[(shapely.get_dimensions(parts) == 2) & ~shapely.is_empty(parts)]  # noqa: PLR2004 - polygons
    return shape_array(polygons[np.argsort(-shapely.area(polygons), kind="stable")])


def point_within(geometry: BaseGeometry) -> tuple[float, float]:
    """Return longitude and latitude of a point in the largest polygon of a geometry, 7 decimals."""
    parts = polygon_parts(geometry)
    point = shapely.point_on_surface(parts[0] if len(parts) else geometry)
    return round(float(point.x), 7), round(float(point.y), 7)


def find_overlaps(
    polygons: Sequence[BaseGeometry], *, tolerance_m2: float = 1.0, narrowest_m: float = ROUNDING_M
) -> list[Overlap]:
    """Return the pairs of polygons that overlap.

    Parameters
    ----------
    polygons
        Valid polygons.
    tolerance_m2
        Overlaps up to this area, m², are left out: neighbours drawn one after the other share slivers.
    narrowest_m
        Overlaps up to this mean width, metres, are left out.

    Returns
    -------
    list of Overlap
        In ascending order of the positions.
    """
    shapes = shape_array(polygons)
    plane = Plane.of(shapes)
    first, second, shared = shared_ground(shapes)
    found = [
        _overlap(int(i), int(j), geometry, plane)
        for i, j, geometry in zip(first, second, shared, strict=True)
        if area_m2(geometry) > tolerance_m2
    ]
    return [overlap for overlap in found if overlap.width_m > narrowest_m]


def shared_ground(shapes: Shapes) -> tuple[NDArray[np.int64], NDArray[np.int64], Shapes]:
    """Return the pairs of polygons that overlap at all, in ascending order, and what they share."""
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = first < second
    first, second = first[once], second[once]
    shared = shape_array(shapely.intersection(shapes[first], shapes[second]))
    real = np.flatnonzero(shapely.area(shared) > 0)
    order = real[np.lexsort((second[real], first[real]))]
    return first[order], second[order], shared[order]


def _overlap(first: int, second: int, geometry: BaseGeometry, plane: Plane) -> Overlap:
    body = main_body(geometry, plane)
    width = 0.0 if body is None else float(plane.widths_m(shape_array([body]))[0])
    return Overlap(first, second, area_m2(geometry), width, *point_within(geometry if body is None else body))


def main_body(geometry: BaseGeometry, plane: Plane) -> BaseGeometry | None:
    """Return the largest piece of polygons without its hair-thin tails; None if there is nothing else."""
    pieces = polygon_parts(plane.without_hairs(shape_array([geometry]))[0])
    return pieces[0] if len(pieces) else None


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
    points = np.asarray(shapely.points(np.asarray(lons, float), np.asarray(lats, float)), object)
    inside, _ = points_in_polygons(shape_array(covers), shapely.STRtree(points))
    outside: NDArray[np.bool_] = np.isin(np.arange(len(points)), inside, invert=True)
    return outside


def points_in_polygons(
    polygons: Shapes, points: shapely.STRtree
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return which points lie in which polygons; a point on an edge lies in.

    Parameters
    ----------
    polygons
        Valid polygons, shape ``(m,)``.
    points
        A tree of points.

    Returns
    -------
    points, polygons : numpy.ndarray
        Positions of each pair, by point and then by polygon.
    """
    # The tree prepares the polygons that it is asked with: thousands of points against each are cheap.
    polygon, point = points.query(polygons, predicate="intersects")
    order = np.lexsort((polygon, point))
    return point[order], polygon[order]
