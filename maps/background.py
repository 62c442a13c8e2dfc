"""The map's own background: streets, districts and names, in few bytes.

It makes sense of the precincts where no online tiles can be had. Positions are whole steps of 1e-5 degrees
(about a metre) from the south-west corner; of a line the first is given, and of the others the difference to
the one before.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry

from boundaries.geodesy import degrees_for_metres
from maps.model import MapContent, MapDistrict, MapName, MapStreet

STEP_DEG = 1e-5
_SIMPLIFY_DEG = 0.00004  # about 4 m: less than a line's width on all but the two closest zoom levels


def background(content: MapContent, language: str) -> dict[str, Any]:
    """Return the background of a map in a language.

    Parameters
    ----------
    content
        What the map shows.
    language
        Of the names: ``kk``, ``ru`` or ``en``.

    Returns
    -------
    dict
        ``step`` and ``origin`` (longitude and latitude, degrees) of the positions; ``streets``: name, whether
        it is a main street, lines; ``districts``: name, position of the name, metres of room around
        it, lines; ``names`` of
        microdistricts: name, position.
    """
    west, south, _, _ = content.extent or (0.0, 0.0, 0.0, 0.0)
    origin = (west, south)
    return {
        "step": STEP_DEG,
        "origin": origin,
        "streets": [_street(street, origin, language) for street in content.streets],
        "districts": [
            _district(area, origin, language) for area in content.areas if not area.geometry.is_empty
        ],
        "names": [_name(name, origin, language) for name in content.names],
    }


def roomiest(geometry: BaseGeometry) -> tuple[float, float, float]:
    """Return where a label has most room: the centre of the largest circle inside the largest part.

    Parameters
    ----------
    geometry
        Polygons, degrees.

    Returns
    -------
    tuple of float
        Longitude, latitude, and the circle's radius in metres.
    """
    part = max(shapely.get_parts(geometry), key=lambda polygon: float(polygon.area))
    width, height = degrees_for_metres(1.0, part.centroid.y)
    # In units of a metre the circle is a circle; lengths in degrees would favour one direction.
    flat = scale(part, 1 / width, 1 / height, origin=(0, 0))
    west, south, east, north = flat.bounds
    tolerance = max(math.hypot(east - west, north - south) / 100, 0.1)
    circle = shapely.maximum_inscribed_circle(flat, tolerance=tolerance)
    x, y = circle.coords[0]
    return x * width, y * height, float(circle.length)


def _street(street: MapStreet, origin: tuple[float, float], language: str) -> list[Any]:
    return [street.names.get(language, ""), int(street.is_main), *_lines(street.geometry, origin)]


def _district(area: MapDistrict, origin: tuple[float, float], language: str) -> list[Any]:
    lon, lat, room = roomiest(area.geometry)
    return [
        area.names.get(language, area.code),
        _steps([(lon, lat)], origin),
        round(room),
        *_lines(area.geometry.boundary, origin),
    ]


def _name(name: MapName, origin: tuple[float, float], language: str) -> list[Any]:
    return [name.names.get(language, ""), _steps([(name.lon, name.lat)], origin)]


def _lines(geometry: BaseGeometry, origin: tuple[float, float]) -> Iterator[list[int]]:
    """Yield the lines of a geometry, simplified, as positions in steps."""
    for part in shapely.get_parts(shapely.simplify(geometry, _SIMPLIFY_DEG)):
        if part.geom_type in {"LineString", "LinearRing"} and not part.is_empty:
            yield _steps(list(part.coords), origin)


def _steps(positions: Sequence[tuple[float, ...]], origin: tuple[float, float]) -> list[int]:
    """Return x and y in turn: of the first position, then the differences."""
    steps = np.rint((np.array(positions)[:, :2] - origin) / STEP_DEG).astype(int)
    return [int(value) for value in np.diff(steps, axis=0, prepend=[[0, 0]]).ravel()]
