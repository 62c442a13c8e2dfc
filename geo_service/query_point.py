"""From what somebody typed to a position: numbers, their range, and axes that are plainly swapped."""

from __future__ import annotations

import math
import re

import shapely

from geo_service.campaign.model import Campaign
from geo_service.errors import CoordinateError, QueryError

_SPACE = re.compile(r"\s*,\s+|\s+,\s*|\s+")  # with at most one comma beside it
_COMMA = re.compile(r"\s*,\s*")


def split_position(line: str) -> tuple[str, str]:
    """Return the two texts of ``LAT LON``, separated by space, comma or tab.

    Where they are separated by space, each may have a decimal comma: ``43,25 76,95``.

    Raises
    ------
    geo_service.errors.QueryError
        If the line does not hold two texts.
    """
    for separator in (_SPACE, _COMMA):
        parts = separator.split(line.strip())
        if len(parts) == 2 and all(parts):  # noqa: PLR2004 - latitude and longitude
            return parts[0], parts[1]
    raise QueryError(
        f"{line.strip()[:40]!r} is not two numbers.",
        "Give latitude and longitude separated by space, comma or tab, as in 43.238949 76.889709.",
    )


def parse_position(lat_text: str, lon_text: str) -> tuple[float, float]:
    """Return (lon, lat) of two texts, latitude first, as people and maps write them.

    A decimal comma is accepted.

    Raises
    ------
    geo_service.errors.QueryError
        If a text is no number.
    geo_service.errors.CoordinateError
        If a number is not finite or out of range.
    """
    lat, lon = _number(lat_text, "lat"), _number(lon_text, "lon")
    check_position(lon, lat)
    return lon, lat


def check_position(lon: float, lat: float) -> None:
    """Refuse coordinates that are no position on the earth.

    Raises
    ------
    geo_service.errors.CoordinateError
        If a coordinate is not finite or out of range.
    """
    for field, value, limit in (("lat", lat, 90.0), ("lon", lon, 180.0)):
        if not math.isfinite(value):
            raise CoordinateError(
                f"{value} is no place on the earth.",
                "Give degrees with a decimal point, as in 43.238949.",
                field=field,
            )
        if abs(value) > limit:
            raise CoordinateError(
                f"{value} is out of range: it must lie between -{limit:g} and {limit:g}.",
                "Give degrees: lat is the latitude (Almaty: about 43.2), lon the longitude (about 76.9).",
                field=field,
            )


def check_not_swapped(lon: float, lat: float, bounds: tuple[float, float, float, float]) -> None:
    """Refuse a position that lies far from the city but inside it with its axes swapped.

    Parameters
    ----------
    lon, lat
        Degrees.
    bounds
        West, south, east, north of the city.

    Raises
    ------
    geo_service.errors.CoordinateError
        If the axes are plainly swapped.
    """
    west, south, east, north = bounds
    inside = west <= lon <= east and south <= lat <= north
    if not inside and west <= lat <= east and south <= lon <= north:
        raise CoordinateError(
            f"Latitude {lat:g} and longitude {lon:g} look swapped.",
            f"Exchange them: latitude {lon:g}, longitude {lat:g}.",
            field="lat",
        )


def city_bounds(campaign: Campaign) -> tuple[float, float, float, float] | None:
    """Return west, south, east, north of a campaign's districts and precincts; None without any polygon."""
    polygons = [district.geometry for district in campaign.districts]
    polygons += [precinct.geometry for precinct in campaign.precincts if precinct.geometry is not None]
    if not polygons:
        return None
    west, south, east, north = shapely.total_bounds(polygons).tolist()
    return west, south, east, north


def _number(text: str, field: str) -> float:
    try:
        # A grouping underscore is Python's own notation, not a resident's.
        return float(text.strip().replace(",", ".").replace("_", "?"))
    except ValueError:
        raise QueryError(
            f"{text[:40]!r} is not a number.",
            "Give degrees with a decimal point, as in 43.238949.",
            field=field,
        ) from None
