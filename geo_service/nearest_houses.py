"""Answers by position in a campaign of house lists alone: what the listed houses beside a point say.

The one exception to the rule that a position is answered by polygons only: there are none. It is worded as
probable, and given only where all listed houses near the point have the same precinct.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from boundaries.geodesy import degrees_for_metres, offsets_m
from geo_service.campaign.model import Authority, Campaign
from geo_service.notes import Note
from geo_service.resolution import Resolution

if TYPE_CHECKING:
    from geo_service.finder import Finder


@dataclass(frozen=True, slots=True)
class HousesBeside:
    """The listed houses beside a point.

    Parameters
    ----------
    precincts
        Their precincts, the nearest house's first, each once.
    distance_m
        From the point to the nearest of them, metres.
    authority
        What the nearest house's precinct rests on.
    """

    precincts: tuple[int, ...]
    distance_m: float
    authority: Authority


class NearestHouses:
    """The houses of a campaign that have a position and an open territorial precinct.

    Safe to use from several threads at once.

    Parameters
    ----------
    campaign
        The campaign.
    within_m
        How far from a point a house may be to answer for it, metres.
    """

    def __init__(self, campaign: Campaign, *, within_m: float) -> None:
        self._within_m = within_m
        voting = {
            precinct.number
            for precinct in campaign.precincts
            if precinct.kind == "territorial" and precinct.status == "open"
        }
        listed: list[tuple[float, float, int, Authority]] = [
            (house.lon, house.lat, house.precinct, house.authority or "official_list")
            for house in campaign.houses
            if house.precinct is not None
            and house.precinct in voting
            and house.lon is not None
            and house.lat is not None
        ]
        self._positions = np.array([(lon, lat) for lon, lat, _, _ in listed], float).reshape(-1, 2)
        self._said = [(number, authority) for _, _, number, authority in listed]
        self._tree = shapely.STRtree([shapely.Point(lon, lat) for lon, lat in self._positions])

    def answer(self, finder: Finder, lon: float, lat: float, remarks: Sequence[Note]) -> Resolution:
        """Return the answer for a point.

        Parameters
        ----------
        finder
            Of the campaign.
        lon, lat
            Degrees.
        remarks
            What the answer says before its other notes.
        """
        beside = self.beside(lon, lat)
        note = finder.notes.of_houses_beside(beside, self._within_m)
        if beside is None or len(beside.precincts) > 1:
            notes = (*finder.notes.always(), *remarks, note)
            return Resolution("outside", finder.reference, point=(lon, lat), notes=notes)
        precinct = finder.precinct(beside.precincts[0])
        found = finder.of_precinct(precinct, [*remarks, note], authority=beside.authority)
        return dataclasses.replace(found, method="nearest_house", point=(lon, lat))

    def numbers_at(self, lons: ArrayLike, lats: ArrayLike) -> NDArray[np.int32]:
        """Return the precincts of many points, each as `answer` finds it.

        Parameters
        ----------
        lons, lats
            Degrees, arrays of one shape.

        Returns
        -------
        numpy.ndarray
            int32, of that shape; 0 where nothing is answered, and for NaN and infinity.
        """
        lon_array, lat_array = np.asarray(lons, np.float64), np.asarray(lats, np.float64)
        # One by one: campaigns without any polygon are small, and the answers must be the same.
        numbers = [
            self._number_at(lon, lat)
            for lon, lat in zip(lon_array.ravel().tolist(), lat_array.ravel().tolist(), strict=True)
        ]
        return np.array(numbers, np.int32).reshape(lon_array.shape)

    def _number_at(self, lon: float, lat: float) -> int:
        beside = self.beside(lon, lat) if math.isfinite(lon) and math.isfinite(lat) else None
        return 0 if beside is None or len(beside.precincts) > 1 else beside.precincts[0]

    def beside(self, lon: float, lat: float) -> HousesBeside | None:
        """Return the listed houses beside a point (degrees); None if there are none."""
        width, height = degrees_for_metres(self._within_m, lat)
        near = self._tree.query(shapely.box(lon - width, lat - height, lon + width, lat + height))
        if not len(near):
            return None
        distances = np.hypot(*offsets_m(lon, lat, self._positions[near]))
        order = [i for i in np.argsort(distances, kind="stable").tolist() if distances[i] <= self._within_m]
        if not order:
            return None
        said = [self._said[int(near[i])] for i in order]
        numbers = tuple(dict.fromkeys(number for number, _ in said))
        return HousesBeside(numbers, float(distances[order[0]]), said[0][1])
