"""The stations as the map's browser modules take them, in one language."""

from __future__ import annotations

from collections import Counter
from typing import Any

from maps.model import MapBuilding, MapContent, Texts, UnplacedStation

_DECIMALS = 5


def stations(content: MapContent, language: str) -> dict[str, Any]:
    """Return the stations of a map in a language.

    Parameters
    ----------
    content
        What the map shows.
    language
        Of names and addresses: ``kk``, ``ru`` or ``en``; missing ones fall back.

    Returns
    -------
    dict
        ``hours`` of most stations; ``stations``: numbers, latitude and longitude (null where the station is
        on no map), name, address, and the hours where they are others.
    """
    rows: tuple[MapBuilding | UnplacedStation, ...] = (*content.buildings, *content.unplaced)
    common = Counter(row.hours.get(language, "") for row in rows).most_common(1)
    hours = common[0][0] if common else ""
    return {"hours": hours, "stations": [_row(row, hours, language) for row in rows]}


def _row(station: MapBuilding | UnplacedStation, hours: str, language: str) -> list[Any]:
    at: list[Any] = [None, None]
    if isinstance(station, MapBuilding):
        at = [round(station.lat, _DECIMALS), round(station.lon, _DECIMALS)]
    own = station.hours.get(language, "")
    others = [] if own == hours else [own]
    return [
        list(station.numbers),
        *at,
        _best(station.names, language),
        _best(station.addresses, language),
        *others,
    ]


def _best(texts: Texts, language: str) -> str:
    return next((texts[code] for code in (language, "ru", "kk", "en") if texts.get(code)), "")
