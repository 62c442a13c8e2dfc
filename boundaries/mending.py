"""Mend a division: narrow gaps and overlaps, left where neighbours were drawn one by one, are closed.

Polygons are WGS 84 (EPSG:4326) in degrees, longitude first, valid and of the size of a city at most. What is
wider than the tolerance stays as it is: whose ground that is somebody has to decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from boundaries.gaps import without_holes
from boundaries.plane import Plane, Shapes, shape_array
from boundaries.precincts import DECIMALS, clean_polygon
from boundaries.quality import area_m2, point_within, polygon_parts, shared_ground

_GRID = 10.0**-DECIMALS
# Borders that run this near to a gap bound it: rounding parts them by a centimetre or two.
_TOUCH_M = 0.05


@dataclass(frozen=True, slots=True)
class Mended:
    """Ground that a polygon was given, or that was left to it alone.

    Parameters
    ----------
    keeper
        Position of the polygon that has the ground now.
    loser
        Position of the one that had it, too, and has it no more; None where it was a gap.
    area_m2, width_m
        Its area, m², and mean width, metres; nowhere is it wider than the tolerance.
    lon, lat
        A point in it.
    """

    keeper: int
    loser: int | None
    area_m2: float
    width_m: float
    lon: float
    lat: float


def mend(
    polygons: Sequence[BaseGeometry], *, widest_m: float, city: BaseGeometry | None = None
) -> tuple[list[MultiPolygon], list[Mended]]:
    """Close gaps and overlaps that are nowhere wider than a tolerance.

    Parameters
    ----------
    polygons
        Valid polygons, those first that shall keep the ground of an overlap.
    widest_m
        The tolerance, metres.
    city
        What the polygons should cover; None: only gaps that they go all round are closed.

    Returns
    -------
    polygons : list of shapely.MultiPolygon
        Valid, on the coordinate grid; those that nothing happened to are the same objects.
    mended : list of Mended
        What happened, overlaps first.

    Notes
    -----
    A gap goes to the polygon that shares the longest border with it, as in maup's ``close_gaps``. GEOS's
    CoverageCleaner (``shapely.coverage_clean``) would resolve overlaps of any width and does not tell what
    it moved; see docs/decisions/quality.md.
    """
    shapes = shape_array(polygons)
    plane = Plane.of(shapes)
    mended = [*_without_overlaps(shapes, plane, widest_m)]
    mended += _without_gaps(shapes, plane, widest_m, city)
    touched = {item.keeper for item in mended if item.loser is None}
    touched |= {item.loser for item in mended if item.loser is not None}
    result = [
        clean_polygon(shape)[0] if position in touched else polygon
        for position, (shape, polygon) in enumerate(zip(shapes, polygons, strict=True))
    ]
    return [polygon if isinstance(polygon, MultiPolygon) else _ground(polygon) for polygon in result], mended


def _without_overlaps(shapes: Shapes, plane: Plane, widest_m: float) -> list[Mended]:
    """Take narrow overlaps from the later ones of polygons, in place."""
    found: list[Mended] = []
    for first, second, shared in zip(*shared_ground(shapes), strict=True):
        pieces = _narrow(polygon_parts(shared), plane, widest_m)
        if len(pieces):
            rest = _ground(shapely.difference(shapes[second], shapely.union_all(pieces), grid_size=_GRID))
            # A polygon that is narrow altogether would vanish: that is for somebody to look at.
            if rest.area > 0:
                shapes[second] = rest
                found += [_mended(piece, plane, int(first), int(second)) for piece in pieces]
    return found


def _without_gaps(shapes: Shapes, plane: Plane, widest_m: float, city: BaseGeometry | None) -> list[Mended]:
    """Give narrow gaps to one of the polygons beside each, in place."""
    covered = shapely.union_all(shapes)
    whole = without_holes(covered) if city is None else city
    pieces = _narrow(polygon_parts(shapely.difference(whole, covered)), plane, widest_m)
    flat = plane.to_metres(shapes)
    tree, edges = shapely.STRtree(flat), shapely.boundary(plane.to_metres(pieces))
    found = []
    for piece, edge in zip(pieces, edges, strict=True):
        near = np.sort(tree.query(edge, predicate="dwithin", distance=_TOUCH_M))
        if len(near):
            borders = shapely.length(shapely.intersection(edge, shapely.buffer(flat[near], _TOUCH_M)))
            keeper = int(near[np.argmax(borders)])
            shapes[keeper] = _ground(shapely.union(shapes[keeper], piece, grid_size=_GRID))
            found.append(_mended(piece, plane, keeper, None))
    return found


def _narrow(parts: Shapes, plane: Plane, widest_m: float) -> Shapes:
    """Return those polygons that are nowhere wider than so many metres."""
    eroded = shapely.buffer(plane.to_metres(parts), -widest_m / 2)
    return shape_array(parts[shapely.is_empty(eroded)])


def _mended(piece: Polygon, plane: Plane, keeper: int, loser: int | None) -> Mended:
    width = float(plane.widths_m(shape_array([piece]))[0])
    return Mended(keeper, loser, area_m2(piece), width, *point_within(piece))


def _ground(geometry: BaseGeometry) -> MultiPolygon:
    """Return the polygons of a geometry: snapping to the grid leaves lines where ground was too thin."""
    return MultiPolygon(list(polygon_parts(geometry)))
