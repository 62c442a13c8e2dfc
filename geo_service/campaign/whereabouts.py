"""Where a campaign's data must lie, so that swapped axes and wrong zones do not become a campaign."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib import resources

import numpy as np
import shapely
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

from geo_service.campaign.records import Record

# A zone reaches some 20 degrees from its principal town; swapping the axes moves most cities much further.
_ZONE_REACH_DEGREES = 20.0
_PLAINLY_NEARER = 3.0
# Neighbouring zones of most projected systems are 3 or 6 degrees apart; a city with its surroundings is less.
_CITY_REACH_DEGREES = 2.0

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
            lon, lat = _middle(bounds)
            raise record.error(
                "lon" if record.mapping.gives("lon") else "geometry",
                f"Latitude and longitude are swapped: longitude {lon:.4f}, latitude {lat:.4f} is far from "
                "the city, which has them the other way round.",
                "Put longitude first (x), latitude second (y) and export again; "
                "of lon and lat columns, exchange their names in the section.",
            )

    def refuse_misplaced(self, record: Record, crs: CRS | None) -> None:
        """Refuse a record whose projected coordinates come out far from the city.

        Parameters
        ----------
        record
            Its geometry is in degrees already.
        crs
            What its coordinates were in; degrees are left alone, a far city of one's own is easily in them.

        Raises
        ------
        geo_service.errors.SourceError
            If they are nowhere near; the message tells exchanged axes from what may be another zone.
        """
        geometry = record.geometry
        if crs is None or not crs.is_projected or geometry is None or geometry.is_empty:
            return
        lon, lat = _middle(geometry.bounds)
        if not self._is_far(lon, lat):
            return
        field = "lon" if record.mapping.gives("lon") else "geometry"
        there = f"longitude {lon:.4f}, latitude {lat:.4f}, far from the city"
        if not self._is_far(*_exchanged(lon, lat, crs)):
            raise record.error(
                field,
                f"x and y are exchanged: as {crs.name} the position is {there}, and near it the other way "
                "round.",
                "Put x (easting) first, y (northing) second and export again; "
                "of lon and lat columns, exchange their names in the section.",
            )
        raise record.error(
            field,
            f"As {crs.name} the position is {there}: probably the coordinates are in another system or zone.",
            "State the right coordinate reference system in the section (crs); "
            "if the city does lie there, correct time_zone in [campaign].",
        )

    def _is_far(self, lon: float, lat: float) -> bool:
        """Return whether a position is out of reach; one that is no number is."""
        if self.box is not None:
            west, south, east, north = self.box
            nearest = min(max(lon, west), east), min(max(lat, south), north)
            return not math.dist(nearest, (lon, lat)) <= _CITY_REACH_DEGREES
        return self.zone is not None and not math.dist(self.zone, (lon, lat)) <= _ZONE_REACH_DEGREES

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
    return math.dist(_middle(bounds), position)


def _middle(bounds: Box) -> tuple[float, float]:
    return (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2


def _exchanged(lon: float, lat: float, crs: CRS) -> tuple[float, float]:
    """Return where a position lies if its coordinates in a projected system were exchanged."""
    x, y = Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform(lon, lat)
    there: tuple[float, float] = Transformer.from_crs(crs, "EPSG:4326", always_xy=True).transform(y, x)
    return there
