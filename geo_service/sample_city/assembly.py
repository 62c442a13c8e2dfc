"""From a divided city to the rows of a campaign."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from boundaries.grid import holders
from boundaries.precincts import DECIMALS, round_coordinates
from geo_service.addresses.renamings import aliases_of, read_renamings
from geo_service.campaign.model import LANGUAGES, Campaign, District, House, Names, Place, Precinct, Station
from geo_service.sample_city.blocks import Blocks
from geo_service.sample_city.houses import HousePlan
from geo_service.sample_city.institutions import (
    BuildingPlan,
    SpecialPlan,
    plan_buildings,
    plan_special_precincts,
    random_accessibility,
)
from geo_service.sample_city.plan import CityPlan
from geo_service.translations import place_name

_EARLY = 10  # special precincts that open at 06:00
_TIP_M = 10.0  # of a street that reaches into a district without belonging to it
_SIMPLIFY_DEGREES = 1e-6  # drops vertices that stand on a straight line; nothing moves by more than 0.1 m


class DividedCity:
    """A divided city on its way into the model: numbers, places and addresses.

    Parameters
    ----------
    plan
        The city with all of its streets.
    houses, blocks
        Its houses and blocks.
    members
        The blocks of each territorial precinct.
    random
        Decides institutions, buildings and what is known of them.
    """

    def __init__(
        self,
        plan: CityPlan,
        houses: list[HousePlan],
        blocks: Blocks,
        members: list[list[int]],
        random: np.random.Generator,
    ) -> None:
        self._plan, self._houses, self._blocks, self._random = plan, houses, blocks, random
        self._codes = [district.code for district in plan.districts]
        self._district = [int(blocks.district[of_precinct[0]]) for of_precinct in members]
        unions = np.array([shapely.coverage_union_all(blocks.polygons[part]) for part in members], object)
        self._outlines = shapely.coverage_simplify(unions, _SIMPLIFY_DEGREES)
        self._positions = _positions(plan, houses)
        # A house next to a cut may lie on the other side of it once its position is rounded.
        self._precinct_of_house = _first_holders(self._outlines, self._positions)
        voters = np.array([house.voters for house in houses])
        self._voters = np.bincount(self._precinct_of_house, voters, len(members)).astype(int).tolist()
        self._special = plan_special_precincts(plan, blocks, random)
        self._buildings = plan_buildings(
            plan,
            houses,
            precinct_of_house=self._precinct_of_house,
            precincts_by_district=[
                [p for p, d in enumerate(self._district) if d == i] for i in range(len(self._codes))
            ],
            outlines=plan.plane.to_metres(self._outlines),
            random=random,
        )
        self._numbers, self._special_numbers = self._number()

    def campaign(self) -> Campaign:
        """Return the campaign, its places with the old names that Almaty knows them by."""
        places = tuple(self._places())
        return Campaign(
            info=self._plan.info,
            districts=tuple(sorted(self._districts(), key=lambda district: district.code)),
            precincts=tuple(sorted(self._precincts(), key=lambda precinct: precinct.number)),
            stations=tuple(sorted(self._stations(), key=lambda station: station.precinct)),
            places=places,
            houses=tuple(self._house_rows()),
            aliases=tuple(aliases_of(places, read_renamings("almaty"))),
        )

    def _number(self) -> tuple[list[int], list[int]]:
        """Return numbers of territorial and of special precincts, running through district by district."""
        special_district = [int(self._blocks.district[special.block]) for special in self._special]
        order = [
            (district, is_special, position)
            for is_special, of_district in enumerate((self._district, special_district))
            for position, district in enumerate(of_district)
        ]
        territorial, special = [0] * len(self._district), [0] * len(special_district)
        for number, (_, is_special, position) in enumerate(sorted(order), 1):
            (special if is_special else territorial)[position] = number
        return territorial, special

    def _districts(self) -> list[District]:
        """Return districts as the exact union of their precincts."""
        of_precinct = np.array(self._district)
        return [
            District(
                district.code,
                district.names,
                _multipolygon(shapely.coverage_union_all(self._outlines[of_precinct == position])),
            )
            for position, district in enumerate(self._plan.districts)
        ]

    def _precincts(self) -> list[Precinct]:
        territorial = [
            Precinct(
                number,
                "territorial",
                self._codes[self._district[position]],
                "sample",
                voters=self._voters[position],
                geometry=_multipolygon(self._outlines[position]),
            )
            for position, number in enumerate(self._numbers)
        ]
        special = [
            Precinct(
                number,
                "special",
                self._codes[self._blocks.district[special.block]],
                "sample",
                voters=special.voters,
                names=special.names,
                geometry=_multipolygon(round_coordinates(self._plan.plane.to_degrees(special.grounds))),
            )
            for number, special in zip(self._special_numbers, self._special, strict=True)
        ]
        return territorial + special

    def _stations(self) -> list[Station]:
        result = [
            station
            for number, building in enumerate(self._buildings, 1)
            for station in self._stations_of(building, f"b{number}")
        ]
        early = self._special_numbers[:_EARLY]
        for number, special in zip(self._special_numbers, self._special, strict=True):
            result.append(self._special_station(number, special, is_early=number in early))
        return result

    def _stations_of(self, building: BuildingPlan, building_id: str) -> list[Station]:
        house = self._houses[building.house]
        lon, lat = self._position(house.east, house.north)
        accessibility = random_accessibility(self._random)
        return [
            Station(
                self._numbers[position],
                building_id,
                building.names,
                self._address(house),
                location_source="sample",
                accessibility=accessibility,
                lon=lon,
                lat=lat,
            )
            for position in building.precincts
        ]

    def _special_station(self, number: int, special: SpecialPlan, *, is_early: bool) -> Station:
        middle = special.grounds.point_on_surface()
        lon, lat = self._position(middle.x, middle.y)
        nearest = min(
            (self._houses[house] for house in np.flatnonzero(self._blocks.block_of_house == special.block)),
            key=lambda house: (house.east - middle.x) ** 2 + (house.north - middle.y) ** 2,
        )
        return Station(
            number,
            f"s{number}",
            special.names,
            self._address(nearest),
            opens="06:00" if is_early else None,
            may_close_early=True,
            location_source="sample",
            accessibility=random_accessibility(self._random),
            lon=lon,
            lat=lat,
        )

    def _places(self) -> list[Place]:
        plan = self._plan
        first_microdistrict = len(plan.streets) + 1
        ids = {item.names: first_microdistrict + i for i, item in enumerate(plan.microdistricts)}
        streets = [
            Place(
                position,
                street.kind,
                street.names,
                self._districts_of(street.course),
                None if street.within is None else ids[street.within],
                round_coordinates(plan.plane.to_degrees(street.course)),
            )
            for position, street in enumerate(plan.streets, 1)
        ]
        microdistricts = [
            Place(
                ids[item.names],
                item.kind,
                item.names,
                self._districts_of(item.centre),
                geometry=round_coordinates(plan.plane.to_degrees(item.centre)),
            )
            for item in plan.microdistricts
        ]
        return streets + microdistricts

    def _house_rows(self) -> list[House]:
        numbers = np.array(self._numbers)[self._precinct_of_house].tolist()
        districts = np.array(self._district)[self._precinct_of_house].tolist()
        stations = {building.house for building in self._buildings}
        rows = [
            House(
                house.place + 1,
                house.number,
                self._codes[district],
                number,
                "sample",
                0 if i in stations else house.voters,
                lon,
                lat,
            )
            for i, (house, district, number, (lon, lat)) in enumerate(
                zip(self._houses, districts, numbers, self._positions.tolist(), strict=True)
            )
        ]
        return sorted(rows, key=lambda row: (row.place, row.number, row.district))

    def _address(self, house: HousePlan) -> Names:
        plan = self._plan
        if house.place < len(plan.streets):
            kind, names = plan.streets[house.place].kind, plan.streets[house.place].names
        else:
            microdistrict = plan.microdistricts[house.place - len(plan.streets)]
            kind, names = microdistrict.kind, microdistrict.names
        kk, ru, en = (f"{place_name(kind, names, language)}, {house.number}" for language in LANGUAGES)
        return Names(kk, ru, en)

    def _districts_of(self, geometry: BaseGeometry) -> tuple[str, ...]:
        """Return the codes of the districts that hold a point or more than the tip of a line."""
        if geometry.geom_type == "Point":
            inside = [item.code for item in self._plan.districts if item.outline.intersects(geometry)]
        else:
            shared = (
                (item.code, item.outline.intersection(geometry).length) for item in self._plan.districts
            )
            inside = [code for code, length in shared if length > _TIP_M]
        return tuple(sorted(inside))

    def _position(self, east: float, north: float) -> tuple[float, float]:
        lon, lat = np.round(self._plan.plane.degrees(np.array([[east, north]])), DECIMALS)[0].tolist()
        return lon, lat


def _positions(plan: CityPlan, houses: list[HousePlan]) -> NDArray[np.float64]:
    """Return the positions of houses as the file keeps them: degrees, longitude first."""
    metres = np.array([(house.east, house.north) for house in houses])
    return np.round(plan.plane.degrees(metres), DECIMALS)


def _first_holders(outlines: NDArray[np.object_], positions: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the first outline that holds or touches each position; every position has one."""
    points, holding = holders(outlines, positions)
    first = np.searchsorted(points, np.arange(len(positions)))
    return holding[first]


def _multipolygon(geometry: BaseGeometry) -> MultiPolygon:
    return MultiPolygon([part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"])
