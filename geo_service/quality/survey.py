"""A campaign with what several checks need of it, each worked out once."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from boundaries.gaps import without_holes
from boundaries.plane import Shapes, shape_array
from boundaries.precincts import PrecinctPolygon
from boundaries.quality import points_in_polygons
from geo_service.campaign.model import LANGUAGES, Campaign, House, Precinct
from geo_service.translations import place_name

_SHOWN_HOUSES = 20


class Survey:
    """What the checks look at.

    Parameters
    ----------
    campaign
        The campaign; its polygons are valid.
    """

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign

    @functools.cached_property
    def open_territorial(self) -> list[Precinct]:
        """Rows of the open precincts that addresses lie in; nobody is registered in a special one."""
        return [
            item for item in self.campaign.precincts if item.kind == "territorial" and item.status == "open"
        ]

    @functools.cached_property
    def territorial(self) -> list[PrecinctPolygon]:
        """Boundaries of the open territorial precincts, by number."""
        polygons = [polygon for polygon in self.campaign.polygons() if polygon.kind == "territorial"]
        return sorted(polygons, key=lambda polygon: polygon.number)

    @functools.cached_property
    def shapes(self) -> Shapes:
        """Geometries of `territorial`."""
        return shape_array(polygon.geometry for polygon in self.territorial)

    @functools.cached_property
    def numbers(self) -> NDArray[np.int64]:
        """Numbers of `territorial`."""
        return np.array([polygon.number for polygon in self.territorial], np.int64)

    @functools.cached_property
    def covered(self) -> BaseGeometry:
        """The ground of all territorial precincts."""
        return shapely.union_all(self.shapes)

    @functools.cached_property
    def city(self) -> BaseGeometry:
        """The ground of the districts; without districts that of the precincts, gaps included."""
        if self.campaign.districts:
            return shapely.union_all([district.geometry for district in self.campaign.districts])
        return without_holes(self.covered)

    @functools.cached_property
    def bare(self) -> BaseGeometry:
        """The ground of the city that is in no territorial precinct."""
        return shapely.difference(self.city, self.covered)

    @functools.cached_property
    def city_limits(self) -> list[BaseGeometry]:
        """Within what stations and houses must lie: districts, else the box of all precincts, if known."""
        if self.campaign.districts:
            return [district.geometry for district in self.campaign.districts]
        known = [item.geometry for item in self.campaign.precincts if item.geometry is not None]
        return [shapely.box(*shapely.total_bounds(shape_array(known)))] if known else []

    @functools.cached_property
    def house_precincts(self) -> NDArray[np.int64]:
        """The precinct that the list gives each house, 0 for none."""
        return np.array([house.precinct or 0 for house in self.campaign.houses], np.int64)

    @functools.cached_property
    def located(self) -> NDArray[np.int64]:
        """Positions of the houses that have a point."""
        return np.flatnonzero([house.lon is not None for house in self.campaign.houses])

    @functools.cached_property
    def house_points(self) -> NDArray[np.object_]:
        """Points of the houses that have one, in the order of `located`."""
        houses = self.campaign.houses
        lons = np.array([houses[i].lon for i in self.located], float)
        return np.asarray(shapely.points(lons, [houses[i].lat for i in self.located]), object)

    @functools.cached_property
    def house_tree(self) -> shapely.STRtree:
        """A tree of `house_points`."""
        return shapely.STRtree(self.house_points)

    @functools.cached_property
    def touching(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Houses and territorial precincts that they lie in or on the edge of: positions of each pair."""
        houses, polygons = points_in_polygons(self.shapes, self.house_tree)
        return self.located[houses], polygons

    @functools.cached_property
    def within_several(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The pairs of `touching` of houses that lie well inside of several precincts."""
        houses, polygons = self.touching
        several = np.flatnonzero(np.bincount(houses, minlength=len(self.campaign.houses))[houses] > 1)
        points = self.house_points[np.searchsorted(self.located, houses[several])]
        inside = several[shapely.contains_properly(self.shapes[polygons[several]], points)]
        counts = np.bincount(houses[inside], minlength=len(self.campaign.houses))
        kept = inside[counts[houses[inside]] > 1]
        return houses[kept], polygons[kept]

    @functools.cached_property
    def outside_city(self) -> NDArray[np.int64]:
        """Positions of the houses that lie outside the city's limits."""
        if not self.city_limits:
            return np.zeros(0, np.int64)
        inside, _ = points_in_polygons(shape_array(self.city_limits), self.house_tree)
        return np.delete(self.located, inside)

    @functools.cached_property
    def _place_names(self) -> dict[int, dict[str, str]]:
        return {
            place.id: {language: place_name(place.kind, place.names, language) for language in LANGUAGES}
            for place in self.campaign.places
        }

    def place_names(self, place: int) -> Mapping[str, str]:
        """Return what a place is called by language; one that the campaign lacks by its id."""
        return self._place_names.get(place) or dict.fromkeys(LANGUAGES, str(place))


def house_numbers(houses: Iterable[House]) -> str:
    """Return the numbers of houses, the first few of many."""
    numbers = [house.number for house in houses]
    more = f" … (+{len(numbers) - _SHOWN_HOUSES})" if len(numbers) > _SHOWN_HOUSES else ""
    return ", ".join(numbers[:_SHOWN_HOUSES]) + more


def position_of(house: House) -> tuple[float, float] | None:
    """Return the point of a house, if it has one."""
    return None if house.lon is None or house.lat is None else (house.lon, house.lat)
