"""Special precincts in institutions, and polling stations in schools, colleges and houses of culture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from geo_service.campaign.model import Accessibility, Names, YesNo
from geo_service.sample_city.blocks import Blocks
from geo_service.sample_city.facts import institutions
from geo_service.sample_city.houses import HousePlan
from geo_service.sample_city.plan import CityPlan

# How many special precincts are of each kind: 72 in all, as in the vote of March 2026.
_SPECIAL = {"military": 16, "hospital": 42, "sanatorium": 7, "detention": 3, "care_home": 4}
_STATION_ROLES = {"school": 0.84, "college": 0.07, "culture_house": 0.09}
_PRECINCTS_OF_BUILDING = {1: 0.5, 2: 0.37, 3: 0.13}
_OUTSIDE_SHARE = 0.05  # of buildings that stand in a neighbouring precinct though they serve only one
_INSET_M = 14.0  # from a street's middle to a fence
_LEAST_GROUNDS_M2 = 2_500.0


@dataclass(frozen=True, slots=True)
class SpecialPlan:
    """A special precinct: its institution, the outline of its grounds in metres, its district and voters."""

    role: str
    names: Names
    grounds: Polygon
    block: int
    voters: int


@dataclass(frozen=True, slots=True)
class BuildingPlan:
    """A building with polling stations: its name, the house it is, and the positions of its precincts."""

    names: Names
    house: int
    precincts: tuple[int, ...]


def plan_special_precincts(plan: CityPlan, blocks: Blocks, random: np.random.Generator) -> list[SpecialPlan]:
    """Return the special precincts: institutions on grounds of their own, each in another block.

    The first ones in the list are those with the earliest start of work.
    """
    metres = plan.plane.to_metres(blocks.polygons)
    inset = shapely.buffer(metres, -_INSET_M, join_style="mitre")
    roomy = np.flatnonzero((shapely.area(inset) > 4 * _LEAST_GROUNDS_M2) & (blocks.voters > 0))
    candidates = iter(random.permutation(roomy).tolist())
    result = []
    for role, count in _SPECIAL.items():
        names = _institution_names(role, random)
        missing = count
        while missing:
            block = next(candidates)
            grounds = _grounds(inset[block], random)
            if grounds is not None:
                missing -= 1
                voters = int(random.integers(25, 420))
                result.append(SpecialPlan(role, next(names), grounds, block, voters))
    return result


def _grounds(block: Polygon, random: np.random.Generator) -> Polygon | None:
    """Return grounds along the longest side of a block: a rectangle, or one without a corner."""
    corners = shapely.get_coordinates(block.minimum_rotated_rectangle)
    sides = np.diff(corners, axis=0)
    angle = np.arctan2(*sides[np.argmax(np.hypot(*sides.T))][::-1])
    width, depth = random.uniform(90, 190), random.uniform(60, 130)
    grounds: BaseGeometry = shapely.box(-width / 2, -depth / 2, width / 2, depth / 2)
    if random.random() < 0.5:  # noqa: PLR2004 - half of them lack a corner
        grounds = grounds.difference(shapely.box(width * 0.1, depth * 0.05, width, depth))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    middle = shapely.get_coordinates(shapely.point_on_surface(block))[0]
    placed = shapely.transform(grounds, lambda coordinates: coordinates @ turn.T + middle)
    inside = placed.intersection(block)
    if not isinstance(inside, Polygon) or inside.area < _LEAST_GROUNDS_M2:
        return None
    return inside


def plan_buildings(
    plan: CityPlan,
    houses: Sequence[HousePlan],
    *,
    precinct_of_house: NDArray[np.int64],
    precincts_by_district: Sequence[Sequence[int]],
    outlines: NDArray[np.object_],
    random: np.random.Generator,
) -> list[BuildingPlan]:
    """Return buildings so that each territorial precinct votes in one.

    Parameters
    ----------
    plan
        The city.
    houses
        All houses; a building takes one of them, on a street where there is one.
    precinct_of_house
        Position of the precinct of each house.
    precincts_by_district
        Positions of precincts of each district, neighbours near to one another.
    outlines
        The precincts, metres.
    random
        Decides how many precincts share a building, and which precinct it stands in.
    """
    on_streets: dict[int, list[int]] = {}
    elsewhere: dict[int, list[int]] = {}
    for house, precinct in enumerate(precinct_of_house.tolist()):
        members = on_streets if houses[house].place < len(plan.streets) else elsewhere
        members.setdefault(precinct, []).append(house)
    names = _station_names(random)
    taken: set[int] = set()
    buildings = []
    for precincts in precincts_by_district:
        for group in _groups(precincts, random):
            host = group[int(random.integers(len(group)))]
            if len(group) == 1 and random.random() < _OUTSIDE_SHARE:
                host = precincts[precincts.index(host) - 1]
            # A precinct in the middle of a microdistrict may have no house on a street.
            near = on_streets.get(host) or elsewhere[host]
            house = _house_near(shapely.centroid(outlines[group[0]]), near, houses, taken)
            taken.add(house)
            buildings.append(BuildingPlan(next(names), house, tuple(group)))
    return buildings


def _groups(precincts: Sequence[int], random: np.random.Generator) -> Iterator[list[int]]:
    """Yield runs of precincts that share a building."""
    start = 0
    while start < len(precincts):
        size = int(random.choice(list(_PRECINCTS_OF_BUILDING), p=list(_PRECINCTS_OF_BUILDING.values())))
        yield list(precincts[start : start + size])
        start += size


def _house_near(
    target: shapely.Point, members: list[int], houses: Sequence[HousePlan], taken: set[int]
) -> int:
    free = [house for house in members if house not in taken]
    return min(free, key=lambda i: (houses[i].east - target.x) ** 2 + (houses[i].north - target.y) ** 2)


def _station_names(random: np.random.Generator) -> Iterator[Names]:
    """Yield names of buildings; a role that has no more names gives way to schools, which are numbered."""
    by_role = {role: _institution_names(role, random) for role in _STATION_ROLES}
    while True:
        role = str(random.choice(list(_STATION_ROLES), p=list(_STATION_ROLES.values())))
        yield next(by_role[role], None) or next(by_role["school"])


def _institution_names(role: str, random: np.random.Generator) -> Iterator[Names]:
    """Yield names of a role: those of their own once each, then numbered ones without end."""
    patterns = institutions(role)
    own = [names for names in patterns if "{n}" not in (names.ru or "")]
    numbered = [names for names in patterns if "{n}" in (names.ru or "")]
    for position in random.permutation(len(own)):
        yield own[position]
    number = 0
    while numbered:
        number += 1
        pattern = numbered[int(random.integers(len(numbered)))]
        yield Names(*(text and text.replace("{n}", str(number)) for text in pattern.as_dict().values()))


def random_accessibility(random: np.random.Generator) -> Accessibility:
    """Return what is known of a building's accessibility, much of it nothing."""

    def fact(yes: float, no: float) -> YesNo:
        choices: tuple[YesNo, ...] = ("yes", "no", "unknown")
        return choices[int(random.choice(3, p=[yes, no, 1 - yes - no]))]

    return Accessibility(
        step_free=fact(0.6, 0.15),
        ground_floor=fact(0.7, 0.1),
        lift=fact(0.1, 0.5),
        braille=fact(0.5, 0.1),
        sign_language=fact(0.15, 0.35),
        parking=fact(0.4, 0.2),
    )
