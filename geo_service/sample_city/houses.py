"""Put houses along the streets and into the microdistricts, with numbers and voters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from geo_service.sample_city.plan import CityPlan, MicrodistrictPlan, StreetPlan

_TARGET_HOUSES = 116_000
_TARGET_VOTERS = 1_105_000  # 582 precincts of about 1,900 voters, as in the vote of March 2026
_SETBACK_M = {True: 26.0, False: 16.0}  # from a main street's middle to a house, and from a minor street's
_CLEARANCE_M = 11.0  # a house stands no nearer to any street's middle
_LEAST_SPACING_M = 18.0
_MICRODISTRICT_RADIUS_M = {"microdistrict": 330.0, "complex": 130.0}
_MICRODISTRICT_SPACING_M = 62.0
_DENSE_RADIUS_M = 4500.0  # around the middle of the city, where blocks of flats prevail
_LETTERS = ("А", "Б", "В")
_SUFFIX_SHARE = 0.11  # of houses that share their base number with the one before: 12А, 12/1


@dataclass(frozen=True, slots=True)
class HousePlan:
    """A house: the position of its place (streets first, then microdistricts), number, point and voters."""

    place: int
    number: str
    east: float
    north: float
    voters: int


def place_houses(plan: CityPlan, random: np.random.Generator) -> list[HousePlan]:
    """Return the houses of a plan with all of its streets.

    Parameters
    ----------
    plan
        Streets and microdistricts.
    random
        Decides spacing, gaps, suffixes and voters.

    Returns
    -------
    list of HousePlan
        Inside the city, in metres of the plan's plane, by place; voters add up to about the real city's.
    """
    length = sum(street.course.length for street in plan.streets)
    spacing = max(2 * length / _TARGET_HOUSES, _LEAST_SPACING_M)
    raw = [
        house
        for position, street in enumerate(plan.streets)
        for house in _along_street(position, street, spacing, random)
    ]
    for position, microdistrict in enumerate(plan.microdistricts, len(plan.streets)):
        raw += _in_microdistrict(position, microdistrict, random)
    standing = _with_clearance(plan, raw)
    return _with_voters(standing, _crowding(plan, standing), random)


def _along_street(
    place: int, street: StreetPlan, spacing: float, random: np.random.Generator
) -> Iterator[HousePlan]:
    """Yield houses on both sides of a street: odd numbers left, even numbers right."""
    for side, first in ((1.0, 1), (-1.0, 2)):
        numbers = _numbers(first, random)
        for part in shapely.get_parts(street.course):
            along = np.arange(spacing * 0.6, part.length, spacing)
            along += random.uniform(-0.25, 0.25, len(along)) * spacing
            for east, north in _beside(part, along, side * _SETBACK_M[street.is_main]):
                yield HousePlan(place, next(numbers), east, north, 0)


def _numbers(first: int, random: np.random.Generator) -> Iterator[str]:
    """Yield house numbers of one side, with letters and fractions now and then."""
    base = first - 2
    suffixes = 0
    while True:
        if base > 0 and suffixes < len(_LETTERS) and random.random() < _SUFFIX_SHARE:
            suffixes += 1
            yield f"{base}{_LETTERS[suffixes - 1]}" if base % 3 else f"{base}/{suffixes}"
        else:
            base, suffixes = base + 2, 0
            yield str(base)


def _beside(line: shapely.LineString, along: NDArray[np.float64], offset: float) -> list[list[float]]:
    """Return positions at distances along a line, moved to its left (a positive offset) or right."""
    here = shapely.get_coordinates(shapely.line_interpolate_point(line, along))
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(line, np.minimum(along + 1, line.length)))
    behind = shapely.get_coordinates(shapely.line_interpolate_point(line, np.maximum(along - 1, 0)))
    course = ahead - behind
    course /= np.maximum(np.hypot(*course.T), 1e-9)[:, None]
    moved: list[list[float]] = (here + offset * course[:, ::-1] * [-1, 1]).tolist()
    return moved


def _in_microdistrict(
    place: int, microdistrict: MicrodistrictPlan, random: np.random.Generator
) -> list[HousePlan]:
    """Return the houses of a microdistrict, numbered row by row."""
    radius = _MICRODISTRICT_RADIUS_M[microdistrict.kind]
    steps = np.arange(-radius, radius + 1, _MICRODISTRICT_SPACING_M)
    north, east = (axis.ravel() for axis in np.meshgrid(steps, steps, indexing="ij"))
    kept = np.hypot(east, north) <= radius
    jitter = random.uniform(-9, 9, (2, np.count_nonzero(kept)))
    centre = microdistrict.centre
    return [
        HousePlan(place, str(number), centre.x + x, centre.y + y, 0)
        for number, (x, y) in enumerate(zip(east[kept] + jitter[0], north[kept] + jitter[1], strict=True), 1)
    ]


def _with_clearance(plan: CityPlan, houses: list[HousePlan]) -> list[HousePlan]:
    """Return the houses that stand inside the city and on no street."""
    points = points_of(houses)
    city = plan.city.buffer(-_CLEARANCE_M)
    shapely.prepare(city)
    standing = shapely.contains(city, points)
    tree = shapely.STRtree([street.course for street in plan.streets])
    too_near = tree.query(points, predicate="dwithin", distance=_CLEARANCE_M)[0]
    standing[too_near] = False
    return [house for house, stands in zip(houses, standing.tolist(), strict=True) if stands]


def _crowding(plan: CityPlan, houses: list[HousePlan]) -> NDArray[np.float64]:
    """Return how many voters a house has relative to others: flats in the middle, cottages at the edge."""
    east = np.array([house.east for house in houses])
    north = np.array([house.north for house in houses])
    places = np.array([house.place for house in houses])
    dense = 1 + 5 * np.exp(-((np.hypot(east, north) / _DENSE_RADIUS_M) ** 2))
    is_main = np.array([street.is_main for street in plan.streets])
    is_street = places < len(plan.streets)
    on_main = np.zeros(len(houses), bool)
    on_main[is_street] = is_main[places[is_street]]
    return np.asarray(np.where(is_street, np.where(on_main, 2.5 * dense, dense), 14.0))


def _with_voters(
    houses: list[HousePlan], crowding: NDArray[np.float64], random: np.random.Generator
) -> list[HousePlan]:
    weights = crowding * random.gamma(2.0, 0.5, len(houses))
    voters = np.maximum(1, np.rint(weights * _TARGET_VOTERS / weights.sum())).astype(int).tolist()
    return [replace(house, voters=count) for house, count in zip(houses, voters, strict=True)]


def points_of(houses: Iterable[HousePlan]) -> NDArray[np.object_]:
    """Return the points of houses, in metres."""
    return shapely.points([(house.east, house.north) for house in houses])
