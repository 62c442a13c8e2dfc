"""From the arguments of a request to checked values.

No error repeats what was given: somebody's number may have slipped into any argument. Only positions that
look swapped are given back the right way round.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping

from geo_service.amending.changes import read_moment
from geo_service.campaign.model import LANGUAGES, Language
from geo_service.errors import CoordinateError, QueryError
from geo_service.query_point import check_not_swapped, parse_position

Bounds = tuple[float, float, float, float]

MOST_SUGGESTIONS = 20
SUGGESTIONS = 8
MOST_LETTERS = 10_000  # far more than anybody types; the search itself reads less

_NO_COORDINATE = {
    "lat": "The latitude is not a number from -90 to 90.",
    "lon": "The longitude is not a number from -180 to 180.",
}
_BBOX_NUMBERS = 4
_MOST_DIGITS = 9


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
    for argument, name in (("lat", "latitude"), ("lon", "longitude")):
        if not arguments.get(argument, "").strip():
            raise QueryError(
                f"The {name} is missing.",
                "Ask with both, as in ?lat=43.238949&lon=76.889709.",
                field=argument,
            )
    try:
        lon, lat = parse_position(arguments["lat"], arguments["lon"])
    except (QueryError, CoordinateError) as error:
        field = error.place.field or ""
        raise type(error)(_NO_COORDINATE[field], error.remedy, field=field) from None
    if bounds is not None:
        check_not_swapped(lon, lat, bounds)
    return lon, lat


def read_text(arguments: Mapping[str, str]) -> str:
    """Return what somebody typed; empty if nothing.

    Raises
    ------
    geo_service.errors.QueryError
        If it is longer than anything that people type. The error does not repeat it.
    """
    given = arguments.get("q", "")
    if len(given) > MOST_LETTERS:
        raise QueryError(
            f"The text is longer than {MOST_LETTERS} characters.",
            "Ask for one address: street or microdistrict, and house number.",
            field="q",
        )
    return given


def read_query(arguments: Mapping[str, str]) -> str:
    """Return what somebody asks for.

    Raises
    ------
    geo_service.errors.QueryError
        If it is missing, blank, or longer than anything that people type.
    """
    given = read_text(arguments)
    if not given.strip():
        raise QueryError("The text is missing.", "Ask with an address, as in ?q=Абая 45.", field="q")
    return given


def read_place(arguments: Mapping[str, str]) -> int | None:
    """Return the id of the place that was chosen; None if the request names none.

    Raises
    ------
    geo_service.errors.QueryError
        If it is no id.
    """
    return _read_number(arguments, "place", "Give the id of a candidate or suggestion, as in place=17.")


def read_district(arguments: Mapping[str, str]) -> str | None:
    """Return the code of the district that is meant; None if the request names none."""
    return _given(arguments, "district")


def read_campaign(arguments: Mapping[str, str]) -> str | None:
    """Return the id or hash of the campaign that is asked; None if the request names none."""
    return _given(arguments, "campaign")


def read_since(arguments: Mapping[str, str], time_zone: str) -> dt.datetime | None:
    """Return the moment since which changes are asked for; None if the request names none.

    Raises
    ------
    geo_service.errors.QueryError
        If it is no date or time.
    """
    given = _given(arguments, "since")
    return None if given is None else read_moment(given, time_zone)


def read_limit(arguments: Mapping[str, str]) -> int:
    """Return how many suggestions a request asks for.

    Raises
    ------
    geo_service.errors.QueryError
        If it is no number from 1 to `MOST_SUGGESTIONS`.
    """
    remedy = f"Give a number from 1 to {MOST_SUGGESTIONS}."
    limit = _read_number(arguments, "limit", remedy)
    if limit is None:
        return SUGGESTIONS
    if not 1 <= limit <= MOST_SUGGESTIONS:
        raise QueryError("The limit is out of range.", remedy, field="limit")
    return limit


def _read_number(arguments: Mapping[str, str], name: str, remedy: str) -> int | None:
    given = _given(arguments, name)
    if given is None:
        return None
    if not given.isdecimal() or not given.isascii() or len(given) > _MOST_DIGITS:
        raise QueryError(f"The {name} is not a number.", remedy, field=name)
    return int(given)


def read_language(arguments: Mapping[str, str], default: Language) -> Language:
    """Return the language that a request asks for.

    Raises
    ------
    geo_service.errors.QueryError
        If it is none of the service's.
    """
    return read_language_if_any(arguments) or default


def read_language_if_any(arguments: Mapping[str, str]) -> Language | None:
    """Return the language that a request asks for; None if it names none.

    Raises
    ------
    geo_service.errors.QueryError
        If it is none of the service's.
    """
    asked = _given(arguments, "lang")
    if asked is None:
        return None
    for language in LANGUAGES:
        if asked == language:
            return language
    raise QueryError("There is no language of this code.", "Ask for kk, ru or en.", field="lang")


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
    given = _given(arguments, name)
    if given is None:
        return default
    if given not in {"true", "false"}:
        raise QueryError(
            f"The argument {name} is neither true nor false.",
            f"Give {name}=true or {name}=false.",
            field=name,
        )
    return given == "true"


def _given(arguments: Mapping[str, str], name: str) -> str | None:
    """Return an optional argument; None if it is absent or blank, as an empty field of a form is."""
    return arguments.get(name, "").strip() or None
