"""Where a campaign's data must lie, so that swapped axes are noticed before they become a campaign."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib import resources

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo_service.campaign.records import Record

# A zone reaches some 20 degrees from its principal town; swapping the axes moves most cities much further.
_ZONE_REACH_DEGREES = 20.0
_PLAINLY_NEARER = 3.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where the city is, as far as known.

    Parameters
    ----------
    zone
        Longitude and latitude of the principal town of the campaign's time zone.
    box
        West, south, east, north of the polygons read so far.
    """

    zone: tuple[float, float] | None = None
    box: Box | None = None

    def with_box_of(self, geometries: Iterable[BaseGeometry | None]) -> Whereabouts:
        """Return whereabouts with the box of geometries; unchanged if there are none."""
        known = [geometry for geometry in geometries if geometry is not None]
        if not known:
            return self
        west, south, east, north = (float(bound) for bound in shapely.total_bounds(np.array(known, object)))
        return replace(self, box=(west, south, east, north))

    def refuse_swapped(self, record: Record) -> None:
        """Refuse a record whose geometry lies where it should only with its axes swapped.

        Raises
        ------
        geo_service.errors.SourceError
            If so.
        """
        geometry = record.geometry
        if geometry is None or geometry.is_empty:
            return
        bounds: Box = geometry.bounds
        if self._looks_swapped(bounds):
            lon, lat = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
            raise record.error(
                "lon" if record.mapping.gives("lon") else "geometry",
                f"Latitude and longitude are swapped: longitude {lon:.4f}, latitude {lat:.4f} is far from "
                "the city, which has them the other way round.",
                "Put longitude first (x), latitude second (y) and export again; "
                "of lon and lat columns, exchange their names in the section.",
            )

    def _looks_swapped(self, bounds: Box) -> bool:
        west, south, east, north = bounds
        swapped: Box = (south, west, north, east)
        if self.box is not None:
            return not _meet(bounds, self.box) and _meet(swapped, self.box)
        if self.zone is None:
            return False
        as_given, exchanged = _distance(bounds, self.zone), _distance(swapped, self.zone)
        return exchanged < _ZONE_REACH_DEGREES and as_given > _PLAINLY_NEARER * exchanged


@functools.cache
def zone_position(time_zone: str) -> tuple[float, float] | None:
    """Return the longitude and latitude of a time zone's principal town, from the time zone database.

    Parameters
    ----------
    time_zone
        IANA name.

    Returns
    -------
    tuple of float, or None
        None for zones that belong to no town, such as ``UTC``.
    """
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    for line in table.splitlines():
        cells = line.split("\t")
        if not line.startswith("#") and cells[2] == time_zone:
            # ISO 6709: ±DDMM±DDDMM or ±DDMMSS±DDDMMSS, latitude first.
            lat, lon = re.findall(r"[+-][0-9]+", cells[1])
            return _degrees(lon, 3), _degrees(lat, 2)
    return None


def _degrees(text: str, digits: int) -> float:
    sign = -1.0 if text[0] == "-" else 1.0
    whole, minutes, seconds = text[1 : 1 + digits], text[1 + digits : 3 + digits], text[3 + digits :]
    return sign * (int(whole) + int(minutes) / 60 + int(seconds or 0) / 3600)


def _meet(first: Box, second: Box) -> bool:
    return first[0] <= second[2] and second[0] <= first[2] and first[1] <= second[3] and second[1] <= first[3]


def _distance(bounds: Box, position: tuple[float, float]) -> float:
    """Return the distance in degrees from the middle of a box to a position."""
    return math.hypot((bounds[0] + bounds[2]) / 2 - position[0], (bounds[1] + bounds[3]) / 2 - position[1])
