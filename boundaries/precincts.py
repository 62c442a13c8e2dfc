"""Precinct polygons: what they are, and how raw geometry becomes one that can be indexed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np
import shapely
from shapely import LinearRing, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from boundaries.errors import GeometryError
from boundaries.geodesy import square_metres_per_square_degree

AnyGeometry = TypeVar("AnyGeometry", bound=BaseGeometry)
PrecinctKind = Literal["territorial", "special"]

#: Decimals of a degree that a stored coordinate keeps: 1e-7° is 11 mm of latitude.
DECIMALS = 7
_GRID = 10.0**-DECIMALS


@dataclass(frozen=True, slots=True)
class PrecinctPolygon:
    """The boundary of one precinct.

    Parameters
    ----------
    number
        The precinct's number, unique in a campaign.
    kind
        ``territorial``: residents registered there vote there. ``special``: a hospital, a military unit or
        the like, which lies inside territorial precincts and never answers for an address.
    geometry
        Valid and not empty, EPSG:4326, degrees, longitude first.
    """

    number: int
    kind: PrecinctKind
    geometry: MultiPolygon


@dataclass(frozen=True, slots=True)
class Repair:
    """What `clean_polygon` had to change.

    Parameters
    ----------
    faults
        Codes of what was wrong: ``invalid``, ``z_dropped``, ``m_dropped``, ``points_repeated``,
        ``parts_dropped``.
    detail
        The reason that GEOS gives for an invalid polygon, or an empty string.
    area_change_m2
        By how much the covered area changed, m². What an invalid polygon covered is what a GIS draws of it:
        each ring fills by the even-odd rule, holes are cut out, and ground in several parts counts once.
    """

    faults: tuple[str, ...]
    detail: str
    area_change_m2: float


def polygons_hash(polygons: Iterable[PrecinctPolygon]) -> str:
    """Return a hash (SHA-256, hexadecimal) of numbers, kinds and exact coordinates, whatever the order."""
    digest = hashlib.sha256()
    for polygon in sorted(polygons, key=lambda polygon: polygon.number):
        digest.update(f"{polygon.number} {polygon.kind} ".encode())
        digest.update(shapely.to_wkb(polygon.geometry, byte_order=1))
    return digest.hexdigest()


def round_coordinates(geometry: AnyGeometry) -> AnyGeometry:
    """Return a geometry with its coordinates rounded to `DECIMALS` decimals of a degree."""
    rounded: AnyGeometry = shapely.transform(geometry, lambda coordinates: np.round(coordinates, DECIMALS))
    return rounded


def without_needless_multi(geometry: BaseGeometry) -> BaseGeometry:
    """Return the only part of a geometry of one part, such as a GIS makes of a line when it saves a layer.

    A geometry of several parts, or of none, is returned as it is.
    """
    parts = shapely.get_parts(geometry)
    only: BaseGeometry = parts[0] if len(parts) == 1 else geometry
    return only


def clean_polygon(geometry: BaseGeometry | None) -> tuple[MultiPolygon, Repair | None]:
    """Make a raw geometry into a valid multipolygon on the coordinate grid.

    Self-crossings are resolved so that all ground that a ring goes round is kept (GEOS MakeValid, structure
    method); heights, measures, points that repeat the one before, and parts of a collection that are no
    polygons are dropped.

    Parameters
    ----------
    geometry
        Degrees, longitude first; finite coordinates.

    Returns
    -------
    geometry : shapely.MultiPolygon
    repair : Repair or None
        None if nothing but rounding was done.

    Raises
    ------
    boundaries.errors.GeometryError
        If the geometry is missing, empty, or holds no polygon with an area.
    """
    if geometry is None or geometry.is_empty:
        raise GeometryError(
            "The boundary is empty.", "Draw the polygon, or leave the feature out of the file."
        )
    if geometry.geom_type not in {"Polygon", "MultiPolygon", "GeometryCollection"}:
        raise GeometryError(
            f"The boundary is a {geometry.geom_type}, not a polygon.",
            "Convert lines to polygons in your GIS and export again.",
        )
    faults = _faults_of_form(geometry)
    detail = ""
    flat = round_coordinates(shapely.force_2d(geometry))
    original = flat
    if not flat.is_valid:
        faults.append("invalid")
        detail = shapely.is_valid_reason(flat)
        flat = shapely.make_valid(flat, method="structure", keep_collapsed=False)
    # Rounding the crossing points that the repair made can itself cross edges; the precision model cannot.
    cleaned = round_coordinates(flat)
    if not cleaned.is_valid:
        cleaned = round_coordinates(shapely.set_precision(flat, _GRID))
    polygons = [_without_repeats(part) for part in _polygon_parts(cleaned) if part.area > 0]
    if not polygons or not all(part.is_valid for part in polygons):
        raise GeometryError(
            f"The boundary cannot be repaired ({detail or 'it has no area'}).", "Draw the polygon again."
        )
    result = MultiPolygon(polygons)
    if not result.is_valid:
        result = _as_multipolygon(shapely.union_all(polygons))
    if not faults:
        return result, None
    # The area of a self-crossing ring is signed piece by piece; a reader thinks of the covered ground.
    before = original.area if original.is_valid else _covered(original).area
    return result, Repair(tuple(faults), detail, abs(result.area - before) * _area_scale(result))


def _faults_of_form(geometry: BaseGeometry) -> list[str]:
    """Return what of a geometry no polygon of ours can have, whatever ground it covers."""
    faults = {
        "z_dropped": geometry.has_z,
        "m_dropped": geometry.has_m,
        "points_repeated": _has_repeated_points(geometry),
        "parts_dropped": not _holds_only_polygons(geometry),
    }
    return [fault for fault, is_there in faults.items() if is_there]


def _has_repeated_points(geometry: BaseGeometry) -> bool:
    rings = shapely.get_rings(np.array(_polygon_parts(shapely.force_2d(geometry)), object))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    is_same = (points[1:] == points[:-1]).all(axis=1) & (ring[1:] == ring[:-1])
    return bool(is_same.any())


def _without_repeats(polygon: Polygon) -> Polygon:
    # A ring of too few points would be an error here; it is no valid one, and refused for that.
    return shapely.remove_repeated_points(polygon) if polygon.is_valid else polygon


def _holds_only_polygons(geometry: BaseGeometry) -> bool:
    if geometry.geom_type != "GeometryCollection":
        return geometry.geom_type in {"Polygon", "MultiPolygon"}
    return all(_holds_only_polygons(part) for part in shapely.get_parts(geometry))


def _covered(geometry: BaseGeometry) -> BaseGeometry:
    """Return the ground that polygons cover, crossing themselves and one another as they may."""
    return shapely.union_all([_covered_by_polygon(polygon) for polygon in _polygon_parts(geometry)])


def _covered_by_polygon(polygon: Polygon) -> BaseGeometry:
    holes = shapely.union_all([_covered_by_ring(ring) for ring in polygon.interiors])
    return shapely.difference(_covered_by_ring(polygon.exterior), holes)


def _covered_by_ring(ring: LinearRing) -> BaseGeometry:
    """Return the ground within a ring by the even-odd rule."""
    faces = shapely.get_parts(shapely.polygonize([shapely.node(ring)]))
    # Locating a point counts the edges that a ray crosses, which needs no valid polygon.
    inside = shapely.contains(Polygon(ring), shapely.point_on_surface(faces))
    return shapely.union_all(faces[inside])


def _polygon_parts(geometry: BaseGeometry) -> list[Polygon]:
    parts = shapely.get_parts(geometry)
    if geometry.geom_type == "GeometryCollection":
        return [polygon for part in parts for polygon in _polygon_parts(part)]
    return [part for part in parts if part.geom_type == "Polygon"]


def _as_multipolygon(geometry: BaseGeometry) -> MultiPolygon:
    return MultiPolygon(_polygon_parts(geometry))


def _area_scale(geometry: BaseGeometry) -> float:
    return square_metres_per_square_degree(geometry.centroid.y)
