"""About how far a station is on foot."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from babel.units import format_unit

from boundaries.geodesy import offsets_m
from geo_service.campaign.model import Language
from geo_service.translations import text
from geo_service.voting_day.local_time import LOCALES

#: How much longer streets are than the straight line.
DETOUR = 1.3
SPEED_M_PER_MIN = 75.0  # 4.5 km/h
#: Farther than this nobody is told how long the walk is.
FARTHEST_WALK_M = 5000

_NEAREST_M = 50  # nearer than this, a station is simply here
_KILOMETRE_M = 1000
_EVERY_MINUTE = 20  # longer walks are told in steps of 5 minutes


@dataclass(frozen=True, slots=True)
class Walk:
    """A distance on foot, rounded as far as it is known.

    Parameters
    ----------
    metres
        Rounded: steps of 50 m, from 1 km on of 100 m, from 10 km on of 1 km; 0 means less than 50 m.
    minutes
        None where the way is too far to walk, or no way at all.
    """

    metres: int
    minutes: int | None

    @property
    def is_walkable(self) -> bool:
        """Whether it is near enough to go on foot."""
        return self.metres <= FARTHEST_WALK_M


def walk_between(lon: float, lat: float, station_lon: float, station_lat: float) -> Walk:
    """Return about how far it is on foot from a point to a station.

    Parameters
    ----------
    lon, lat, station_lon, station_lat
        Degrees.

    Notes
    -----
    The straight line times `DETOUR` at `SPEED_M_PER_MIN`. The minutes go with the metres that are told.
    """
    east, north = offsets_m(lon, lat, np.array([[station_lon, station_lat]]))
    metres = _rounded(math.hypot(east[0], north[0]) * DETOUR)
    if not 0 < metres <= FARTHEST_WALK_M:
        return Walk(metres, None)
    minutes = metres / SPEED_M_PER_MIN
    step = 1 if minutes < _EVERY_MINUTE else 5
    return Walk(metres, max(1, _to_step(minutes, step)))


def walk_text(walk: Walk, language: Language) -> str:
    """Return distance and time in words, as in "≈ 650 m, ≈ 9 minutes on foot"."""
    if walk.metres == 0:
        return text("walk.here", language, distance=distance_text(_NEAREST_M, language))
    distance = distance_text(walk.metres, language)
    if walk.minutes is None:
        return text("walk.distance", language, distance=distance)
    minutes = format_unit(walk.minutes, "duration-minute", length="long", locale=LOCALES[language])
    return text("walk.on_foot", language, distance=distance, minutes=minutes)


def distance_text(metres: float, language: Language) -> str:
    """Return a distance with its unit, as in 650 m and 1.2 km."""
    if metres < _KILOMETRE_M:
        return str(format_unit(round(metres), "length-meter", length="short", locale=LOCALES[language]))
    kilometres = round(metres / _KILOMETRE_M, 1)
    return str(format_unit(kilometres, "length-kilometer", length="short", locale=LOCALES[language]))


def _rounded(metres: float) -> int:
    if metres < _NEAREST_M:
        return 0
    near = _to_step(metres, 50)
    if near < _KILOMETRE_M:
        return near
    return _to_step(metres, 100 if metres < 10 * _KILOMETRE_M else _KILOMETRE_M)


def _to_step(value: float, step: int) -> int:
    """Return the multiple of a step that is nearest, the larger of two."""
    return math.floor(value / step + 0.5) * step
