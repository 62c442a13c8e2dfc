"""Links that lead to a station in the maps that people use.

Every service has its own order of coordinates; here positions are longitude first, as everywhere inside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlencode

DirectionsService = Literal["2gis", "yandex", "google", "openstreetmap", "geo"]
Position = tuple[float, float]


@dataclass(frozen=True, slots=True)
class DirectionsLink:
    """A service, named by the text ``directions.<service>``, and where its link leads."""

    service: DirectionsService
    url: str


def directions(
    station: Position, *, start: Position | None = None, on_foot: bool = True
) -> tuple[DirectionsLink, ...]:
    """Return links that lead from a point to a station, the most used in Almaty first.

    Parameters
    ----------
    station
        Longitude and latitude.
    start
        Where to begin; None leaves it to the service, which asks or takes where the reader is.
    on_foot
        Ask for a way on foot; if not, the service chooses.
    """
    return (
        DirectionsLink("2gis", _two_gis(station, start, on_foot=on_foot)),
        DirectionsLink("yandex", _yandex(station, start, on_foot=on_foot)),
        DirectionsLink("google", _google(station, start, on_foot=on_foot)),
        DirectionsLink("openstreetmap", _openstreetmap(station, start, on_foot=on_foot)),
        DirectionsLink("geo", geo_uri(station)),
    )


def geo_uri(position: Position) -> str:
    """Return the address of a position that a phone opens in its own map.

    RFC 5870: latitude first. Android shows a pin only at what is asked for in ``q``.
    """
    place = _lat_lon(position)
    return f"geo:{place}?q={place}"


def _two_gis(station: Position, start: Position | None, *, on_foot: bool) -> str:
    """2GIS: longitude first, points separated by a bar; without the first the way begins where one is."""
    points = "|".join(_lon_lat(point) if point else "" for point in (start, station))
    tab = "tab/pedestrian/" if on_foot else ""
    return f"https://2gis.kz/directions/{tab}points/{quote(points, safe='')}"


def _yandex(station: Position, start: Position | None, *, on_foot: bool) -> str:
    """Yandex Maps: latitude first, points separated by a tilde; ``pd`` is on foot."""
    points = "~".join(_lat_lon(point) if point else "" for point in (start, station))
    return "https://yandex.kz/maps/?" + _query(rtext=points, rtt="pd" if on_foot else "auto")


def _google(station: Position, start: Position | None, *, on_foot: bool) -> str:
    """Google Maps, the documented Maps URLs: latitude first."""
    return "https://www.google.com/maps/dir/?" + _query(
        api="1",
        origin=_lat_lon(start) if start else None,
        destination=_lat_lon(station),
        travelmode="walking" if on_foot else None,
    )


def _openstreetmap(station: Position, start: Position | None, *, on_foot: bool) -> str:
    """OpenStreetMap: latitude first, points separated by a semicolon."""
    points = ";".join(_lat_lon(point) if point else "" for point in (start, station))
    engine = "fossgis_osrm_foot" if on_foot else "fossgis_osrm_car"
    return "https://www.openstreetmap.org/directions?" + _query(engine=engine, route=points)


def _query(**values: str | None) -> str:
    return urlencode({name: value for name, value in values.items() if value is not None}, safe="~")


def _lat_lon(position: Position) -> str:
    return f"{position[1]:.6f},{position[0]:.6f}"


def _lon_lat(position: Position) -> str:
    return f"{position[0]:.6f},{position[1]:.6f}"
