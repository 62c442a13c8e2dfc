"""Random flaws planted on a campaign, by code that knows nothing of the checks that shall find them.

Positions and areas are worked out here with plain shapely and one flat approximation of the city; nothing of
`boundaries` or `geo_service.quality` is used.
"""

from __future__ import annotations

import dataclasses
import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import MultiPolygon, Point, Polygon

from geo_service.campaign.model import Campaign, Finding, House, Precinct, Station

NEAR_M = 60.0  # a finding this near to where a flaw of the ground was planted is about it
APART_M = 260.0  # between the places of two flaws of the ground
EAST_M, NORTH_M = 111_320.0 * math.cos(math.radians(43.25)), 111_100.0
GROUND_LEFTOVERS = {"polygon_spike", "polygon_sliver", "sliver_gap", "sliver_overlap"}


@dataclass
class Flaw:
    """One planted flaw: the findings that would find it, and those that it may cause beside."""

    kind: str
    finds: Callable[[Finding], bool]
    causes: Callable[[Finding], bool] = lambda finding: False

    def explains(self, finding: Finding) -> bool:
        return self.finds(finding) or self.causes(finding)


@dataclass
class Ground:
    """A campaign whose parts can be changed, and where flaws have been planted already."""

    campaign: Campaign
    random: random.Random
    precincts: dict[int, Precinct] = field(default_factory=dict)
    repeated: list[Precinct] = field(default_factory=list)
    stations: dict[int, Station] = field(default_factory=dict)
    more_stations: list[Station] = field(default_factory=list)
    houses: dict[int, House] = field(default_factory=dict)
    more_houses: list[House] = field(default_factory=list)
    districts: dict[str, MultiPolygon] = field(default_factory=dict)
    info: dict[str, str] = field(default_factory=dict)
    places: dict[int, object] = field(default_factory=dict)
    used: set[object] = field(default_factory=set)
    spots: list[tuple[float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        campaign = self.campaign
        self.precincts = {item.number: item for item in campaign.precincts}
        self.stations = {item.precinct: item for item in campaign.stations}
        self.houses = dict(enumerate(campaign.houses))
        self.districts = {item.code: item.geometry for item in campaign.districts}
        self.places = {item.id: item for item in campaign.places}
        self.territorial = [item.number for item in campaign.precincts if item.kind == "territorial"]
        shapes = [self.precincts[number].geometry for number in self.territorial]
        self.borders = _borders(self.territorial, shapes)
        self.tree = shapely.STRtree(shapes)
        lons, lats = ([getattr(house, name) for house in campaign.houses] for name in ("lon", "lat"))
        self.house_tree = shapely.STRtree(shapely.points(lons, lats))

    def flawed(self) -> Campaign:
        """Return the campaign with all that was planted."""
        districts = [
            dataclasses.replace(item, geometry=self.districts[item.code]) for item in self.campaign.districts
        ]
        return dataclasses.replace(
            self.campaign,
            info=dataclasses.replace(self.campaign.info, **self.info),
            districts=tuple(districts),
            precincts=(*self.repeated, *self.precincts.values()),
            stations=(*self.more_stations, *self.stations.values()),
            houses=tuple(
                sorted(
                    (*self.more_houses, *self.houses.values()),
                    key=lambda house: (house.place, house.number, house.district),
                )
            ),
            places=tuple(self.places.values()),
        )

    def claim(self, key: object) -> bool:
        """Take something for one flaw alone; False if another has it."""
        if key in self.used:
            return False
        self.used.add(key)
        return True

    def pick(self, kind: str, choices: list) -> object:
        """Return a random one of several that no flaw of this kind has taken."""
        return self.random.choice([choice for choice in choices if self.claim_is_free((kind, choice))])

    def claim_is_free(self, key: object) -> bool:
        return key not in self.used

    def border_spot(self) -> tuple[int, int, Point]:
        """Return two neighbours and a point of their border, far from other flaws and third precincts."""
        while True:
            first, second, line = self.random.choice(self.borders)
            point = line.interpolate(self.random.uniform(0.2, 0.8), normalized=True)
            around = square(point, NEAR_M)
            is_free = all(_apart_m(point, spot) > APART_M for spot in self.spots)
            if is_free and ("pair", first, second) not in self.used and len(self.tree.query(around)) >= 2:
                near = [
                    i for i in self.tree.query(around)
                    if self.campaign.precincts_by_number[self.territorial[i]].geometry.intersects(around)
                ]  # fmt: skip
                if len(near) == 2 and not len(self.house_tree.query(square(point, 12.0))):
                    self.used.add(("pair", first, second))
                    self.spots.append((point.x, point.y))
                    return first, second, point

    def has_houses(self, ground: Polygon) -> bool:
        return len(self.house_tree.query(ground, predicate="intersects")) > 0

    def reshape(self, number: int, shape: object) -> None:
        self.precincts[number] = dataclasses.replace(
            self.precincts[number], geometry=MultiPolygon([part for part in parts(shape) if part.area > 0])
        )

    def cut(self, hole: Polygon, numbers: tuple[int, ...]) -> None:
        for number in numbers:
            self.reshape(number, self.precincts[number].geometry.difference(hole))


def parts(shape: object) -> list[Polygon]:
    return [part for part in getattr(shape, "geoms", [shape]) if isinstance(part, Polygon)]


def square(point: Point, side_m: float, *, long_m: float | None = None, angle: float = 0.0) -> Polygon:
    """Return a rectangle around a point, turned by an angle."""
    wide, high = side_m / 2, (long_m or side_m) / 2
    corners = np.array([(-wide, -high), (wide, -high), (wide, high), (-wide, high)])
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    return Polygon(np.round((corners @ turn.T) / (EAST_M, NORTH_M) + (point.x, point.y), 7))


def near(finding: Finding, point: Point, *codes: str, within_m: float = NEAR_M) -> bool:
    return (
        finding.code in codes
        and finding.position is not None
        and _apart_m(point, finding.position) <= within_m
    )


def _apart_m(point: Point, other: tuple[float, float]) -> float:
    return math.hypot((point.x - other[0]) * EAST_M, (point.y - other[1]) * NORTH_M)


def _borders(numbers: list[int], shapes: list[MultiPolygon]) -> list[tuple[int, int, shapely.LineString]]:
    """Return pairs of neighbours with the longest piece of their border."""
    first, second = shapely.STRtree(shapes).query(shapes, predicate="touches")
    found = []
    for i, j in zip(first[first < second], second[first < second], strict=True):
        shared = shapely.line_merge(shapes[i].intersection(shapes[j]))
        lines = [part for part in getattr(shared, "geoms", [shared]) if part.geom_type == "LineString"]
        longest = max(lines, key=lambda line: line.length, default=None)
        if longest is not None and longest.length * NORTH_M > 150:
            found.append((numbers[i], numbers[j], longest))
    return found
