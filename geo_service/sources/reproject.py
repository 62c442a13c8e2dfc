"""From the coordinates of a source to WGS 84 (EPSG:4326), degrees, longitude first."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely.geometry.base import BaseGeometry

from geo_service.errors import SourceError

_WGS84 = CRS.from_epsg(4326)
_MAX_LON, _MAX_LAT = 180.0, 90.0


def parse_crs(text: str) -> CRS:
    """Return the CRS that a recipe states.

    Raises
    ------
    geo_service.errors.SourceError
        If PROJ does not know it, or it is none of places on a map.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of "+init=", which people still write
            crs = CRS.from_user_input(text)
    except CRSError as error:
        raise SourceError(
            f'"{text}" is no coordinate reference system that PROJ knows.',
            'State one by its EPSG code, e.g. crs = "EPSG:4326" or "EPSG:32643", or a PROJ string.',
            field="crs",
        ) from error
    _check_kind(crs)
    return crs


def to_wgs84(
    geometries: Sequence[BaseGeometry | None], items: Sequence[str], crs: CRS | None
) -> list[BaseGeometry | None]:
    """Reproject geometries to WGS 84, and refuse coordinates that cannot be what the CRS says.

    Parameters
    ----------
    geometries
        In ``crs``, x (east) first.
    items
        What to call each of them in errors.
    crs
        Their coordinate reference system; None if nobody states it.

    Returns
    -------
    list of shapely.Geometry or None
        Degrees, longitude first, in range.

    Raises
    ------
    geo_service.errors.SourceError
        If the CRS is not known or none of places on a map, a coordinate is no finite number, metres stand
        where degrees should or the other way round, latitude stands before longitude, or PROJ has no result
        for a coordinate.
    """
    shapes = np.array([*geometries, None], object)[:-1]  # the None keeps numpy from unpacking them
    coordinates, owners = shapely.get_coordinates(shapes, return_index=True)
    if len(coordinates) == 0:
        return list(geometries)
    if crs is None:
        raise SourceError(
            "The file does not say which coordinate reference system it uses.",
            'State it in the section of the recipe: crs = "EPSG:4326" if in degrees, or e.g. "EPSG:32643".',
            field="crs",
        )
    _check_kind(crs)
    unusable = ~(np.isfinite(coordinates[:, 0]) & np.isfinite(coordinates[:, 1]))
    _refuse_first(
        unusable, owners, items,
        "A coordinate is no number (NaN) or infinite.",
        "Correct that corner or point in your GIS, or draw the geometry again.",
    )  # fmt: skip
    if crs.is_geographic:
        _check_degrees(coordinates, owners, items)
    elif bool(_fits_degrees(coordinates).all()):
        raise SourceError(
            f"The coordinates look like degrees, but {crs.name} counts in metres.",
            'State the right system in the section of the recipe, probably crs = "EPSG:4326".',
            item=items[int(owners[0])],
            field="crs",
        )
    if crs.equals(_WGS84, ignore_axis_order=True):
        return list(geometries)
    transformer = Transformer.from_crs(crs, _WGS84, always_xy=True)
    moved = shapely.transform(shapes, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1])))
    results, owners = shapely.get_coordinates(moved, return_index=True)
    _refuse_first(
        ~_fits_degrees(results), owners, items,
        f"A coordinate lies where {crs.name} is not defined.",
        "State the right coordinate reference system in the section of the recipe (crs).",
    )  # fmt: skip
    return list(moved)


def _check_kind(crs: CRS) -> None:
    """Refuse heights, positions in space and drawings without a place."""
    if not (crs.is_geographic or crs.is_projected):
        raise SourceError(
            f"{crs.name} is no system of places on a map but a {crs.type_name}.",
            "State the system of the map in the section of the recipe (crs).",
            field="crs",
        )


def _fits_degrees(coordinates: NDArray[np.float64]) -> NDArray[np.bool_]:
    fits: NDArray[np.bool_] = (np.abs(coordinates[:, 0]) <= _MAX_LON) & (
        np.abs(coordinates[:, 1]) <= _MAX_LAT
    )
    return fits


def _check_degrees(coordinates: NDArray[np.float64], owners: NDArray[Any], items: Sequence[str]) -> None:
    beyond = ~_fits_degrees(coordinates)
    if not beyond.any():
        return
    swapped = beyond & _fits_degrees(coordinates[:, ::-1])
    _refuse_first(
        swapped, owners, items,
        "Latitude and longitude are swapped: the second coordinate is beyond 90 degrees.",
        "Put longitude first (x), latitude second (y), and export again.",
    )  # fmt: skip
    _refuse_first(
        beyond, owners, items,
        "A coordinate is beyond 180 degrees: these look like metres.",
        'State the system of the coordinates in the section of the recipe, e.g. crs = "EPSG:32643".',
    )  # fmt: skip


def _refuse_first(
    faulty: NDArray[np.bool_], owners: NDArray[Any], items: Sequence[str], problem: str, remedy: str
) -> None:
    if faulty.any():
        owner = int(owners[int(np.argmax(faulty))])
        raise SourceError(problem, remedy, item=items[owner], field="geometry")
