"""From the arguments of a request to checked values."""

from __future__ import annotations

import math
from collections.abc import Mapping

from geo_service.campaign.model import LANGUAGES, Language
from geo_service.errors import CoordinateError, QueryError
from geo_service.query_point import check_not_swapped, parse_position

Bounds = tuple[float, float, float, float]

_BBOX_NUMBERS = 4


def read_position(arguments: Mapping[str, str], bounds: Bounds | None) -> tuple[float, float]:
    """Return the (lon, lat) that a request asks about.

    Parameters
    ----------
    arguments
        With ``lat`` and ``lon``.
    bounds
        West, south, east, north of the city, to notice swapped axes; None if not known.

    Raises
    ------
    geo_service.errors.QueryError
        If one is missing or no number.
    geo_service.errors.CoordinateError
        If a number is out of range, or the two are plainly swapped.
    """
    for field, name in (("lat", "latitude"), ("lon", "longitude")):
        if not arguments.get(field, "").strip():
            raise QueryError(
                f"The {name} is missing.", "Ask with both, as in ?lat=43.238949&lon=76.889709.", field=field
            )
    lon, lat = parse_position(arguments["lat"], arguments["lon"])
    if bounds is not None:
        check_not_swapped(lon, lat, bounds)
    return lon, lat


def read_language(arguments: Mapping[str, str], default: Language) -> Language:
    """Return the language that a request asks for.

    Raises
    ------
    geo_service.errors.QueryError
        If it is none of the service's.
    """
    asked = arguments.get("lang", default)
    for language in LANGUAGES:
        if asked == language:
            return language
    raise QueryError(f"There is no language {asked[:20]!r}.", "Ask for kk, ru or en.", field="lang")


def read_bbox(arguments: Mapping[str, str], bounds: Bounds | None) -> Bounds | None:
    """Return the box that a request asks for: west, south, east, north; None if it names none.

    Parameters
    ----------
    arguments
        With ``bbox``.
    bounds
        West, south, east, north of the city, to notice swapped axes; None if not known.

    Raises
    ------
    geo_service.errors.QueryError
        If it is not four finite numbers, or a side lies beyond the opposite one.
    geo_service.errors.CoordinateError
        If a number is out of range, or the box is plainly latitude first.
    """
    given = arguments.get("bbox")
    if given is None:
        return None
    remedy = "Give west,south,east,north in degrees, as in bbox=76.8,43.2,76.9,43.3."
    try:
        numbers = [float(part) for part in given.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) != _BBOX_NUMBERS or not all(map(math.isfinite, numbers)):
        raise QueryError("The box is not four numbers.", remedy, field="bbox")
    west, south, east, north = numbers
    if west > east or south > north:
        raise QueryError(
            "The box's west lies beyond its east, or its south beyond its north.", remedy, field="bbox"
        )
    if bounds is not None and not _meet(west, south, east, north, bounds):
        _check_box_not_swapped(numbers, bounds)
    if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90:  # noqa: PLR2004 - degrees
        raise CoordinateError("The box reaches beyond the earth.", remedy, field="bbox")
    return west, south, east, north


def _check_box_not_swapped(numbers: list[float], bounds: Bounds) -> None:
    """Refuse a box that misses the city and meets it with its axes swapped."""
    south, west, north, east = numbers
    if _meet(west, south, east, north, bounds):
        raise CoordinateError(
            "The box looks swapped: latitude first.",
            f"Ask for bbox={west:g},{south:g},{east:g},{north:g}: longitude first.",
            field="bbox",
        )


def _meet(west: float, south: float, east: float, north: float, bounds: Bounds) -> bool:
    return west <= bounds[2] and bounds[0] <= east and south <= bounds[3] and bounds[1] <= north


def read_flag(arguments: Mapping[str, str], name: str, *, default: bool) -> bool:
    """Return a yes-or-no argument.

    Raises
    ------
    geo_service.errors.QueryError
        If it is neither ``true`` nor ``false``.
    """
    given = arguments.get(name)
    if given is None:
        return default
    if given not in {"true", "false"}:
        raise QueryError(
            f"{given[:20]!r} is neither true nor false.", f"Give {name}=true or {name}=false.", field=name
        )
    return given == "true"
