"""What the map shows of an answer: for the browser's map as JSON, for a page without scripts as a picture."""

from __future__ import annotations

from typing import Any

import orjson
import shapely

from geo_service.campaign.model import Language
from geo_service.resolution import PlaceAnswer, Resolution
from geo_service.translations import text
from geo_service.web.station_view import position_of


def selection_json(
    resolution: Resolution | None,
    language: Language,
    *,
    bounds: tuple[float, float, float, float] | None = None,
) -> str:
    """Return what the map marks, as JSON; ``null`` if there is nothing to see.

    Parameters
    ----------
    resolution
        The answer; None without one.
    language
        Of the mark of a sample.
    bounds
        West, south, east, north of the city: a point beyond is not shown; None if not known.

    Returns
    -------
    str
        ``point``, ``precinct``, ``station`` and ``mark``; beside them ``near``, where to look without marking
        anything, of a place whose house is not known.
    """
    if resolution is None or _is_elsewhere(resolution.point, bounds):
        return "null"
    return orjson.dumps(_selection(resolution, language)).decode()


def _is_elsewhere(
    point: tuple[float, float] | None, bounds: tuple[float, float, float, float] | None
) -> bool:
    if point is None or bounds is None:
        return False
    west, south, east, north = bounds
    return not (west <= point[0] <= east and south <= point[1] <= north)


def _selection(resolution: Resolution, language: Language) -> dict[str, Any] | None:
    precinct, stations = resolution.precinct, resolution.stations
    position = position_of(stations[0].station) if stations else None
    near = _middle(resolution) if resolution.point is None and precinct is None else None
    if resolution.point is None and precinct is None and near is None:
        return None
    return {
        "point": _lon_lat(resolution.point),
        "precinct": None if precinct is None else precinct.number,
        "station": _lon_lat(position),
        "mark": text("mark.sample", language) if resolution.campaign.is_sample else None,
        "near": _lon_lat(near),
    }


def _middle(resolution: Resolution) -> tuple[float, float] | None:
    """Return a point at the place that was found without its house; None if no place was, or no point is."""
    if resolution.place is None:
        return None
    nearest = [candidate.place for candidate in resolution.candidates[:1] if candidate.place is not None]
    return _point_of_house(nearest[0]) if nearest else _point_of_place(resolution.place)


def _point_of_house(answer: PlaceAnswer) -> tuple[float, float] | None:
    house = answer.house
    if house is None or house.lon is None or house.lat is None:
        return _point_of_place(answer)
    return house.lon, house.lat


def _point_of_place(answer: PlaceAnswer) -> tuple[float, float] | None:
    geometry = answer.place.geometry
    if geometry is None or geometry.is_empty:
        return None
    lon, lat = shapely.point_on_surface(geometry).coords[0]
    return lon, lat


def _lon_lat(point: tuple[float, float] | None) -> dict[str, float] | None:
    return None if point is None else {"lon": round(point[0], 7), "lat": round(point[1], 7)}
