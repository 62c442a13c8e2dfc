"""Ground that polygons leave out: gaps between them, and parts of a city that none covers.

Polygons are WGS 84 (EPSG:4326) in degrees, longitude first, valid and of the size of a city at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from boundaries.plane import ROUNDING_M, Plane, Shapes, shape_array
from boundaries.quality import area_m2, main_body, point_within, polygon_parts

# A polygon that comes so near to a gap borders on it.
_TOUCH_M = 0.1


@dataclass(frozen=True, slots=True)
class Gap:
    """Connected ground that no polygon covers.

    Parameters
    ----------
    geometry
        The ground.
    area_m2, width_m
        Its area, m², and mean width, metres, hair-thin tails left out.
    lon, lat
        A point in it.
    neighbours
        Positions of the polygons that border on it, ascending.
    is_inside
        True if polygons go all round it; False if it reaches the edge of the city.
    """

    geometry: Polygon
    area_m2: float
    width_m: float
    lon: float
    lat: float
    neighbours: tuple[int, ...]
    is_inside: bool


def without_holes(geometry: BaseGeometry) -> BaseGeometry:
    """Return the ground within the outer rings of polygons."""
    parts = polygon_parts(geometry)
    return shapely.union_all(shapely.polygons(shapely.get_exterior_ring(parts)))


def find_gaps(
    polygons: Sequence[BaseGeometry],
    covered: BaseGeometry,
    bare: BaseGeometry,
    *,
    tolerance_m2: float = 1.0,
    narrowest_m: float = ROUNDING_M,
) -> list[Gap]:
    """Return the gaps that polygons leave in a city, the largest first.

    Parameters
    ----------
    polygons
        Valid polygons.
    covered
        Their union.
    bare
        The ground of the city without that union; where nothing is known of the city, its ground is the
        union `without_holes`.
    tolerance_m2, narrowest_m
        Gaps up to this area, or up to this mean width, are left out.

    Returns
    -------
    list of Gap
    """
    shapes = shape_array(polygons)
    plane = Plane.of(shapes)
    parts = polygon_parts(bare)
    bodies = shape_array(main_body(part, plane) for part in parts)
    areas = np.array([area_m2(part) for part in parts])
    known = np.flatnonzero((areas > tolerance_m2) & ~shapely.is_missing(bodies))
    kept = known[plane.widths_m(bodies[known]) > narrowest_m]
    neighbours = _bordering(bodies[kept], shapes, plane)
    filled = without_holes(covered)
    edge = shapely.boundary(filled)
    # A gap inside lies within the outer ring of all polygons, and the city's edge is not its own.
    inside = shapely.covered_by(parts[kept], shapely.buffer(filled, 1e-9)) & ~_share_a_line(parts[kept], edge)
    widths = plane.widths_m(bodies[kept])
    return [
        Gap(parts[i], float(areas[i]), float(width), *point_within(bodies[i]), near, bool(within))
        for i, width, near, within in zip(kept.tolist(), widths, neighbours, inside, strict=True)
    ]


def _share_a_line(parts: Shapes, line: BaseGeometry) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    shared = shapely.length(shapely.intersection(shapely.boundary(parts), line))
    return np.asarray(shared > 0)


def _bordering(parts: Shapes, shapes: Shapes, plane: Plane) -> list[tuple[int, ...]]:
    """Return the positions of the polygons that border on each part."""
    flat_parts, flat_shapes = plane.to_metres(parts), plane.to_metres(shapes)
    part, shape = shapely.STRtree(flat_shapes).query(flat_parts, predicate="dwithin", distance=_TOUCH_M)
    return [tuple(sorted(shape[part == i].tolist())) for i in range(len(parts))]
