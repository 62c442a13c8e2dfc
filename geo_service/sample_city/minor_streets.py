"""Lay minor streets between the main ones: two crossing families of lanes in every built-up block."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import cast

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from geo_service.campaign.model import Names, PlaceKind
from geo_service.sample_city.facts import minor_street_names, repeated_names
from geo_service.sample_city.plan import CityPlan, StreetPlan

_BUILT_UP_M = 850.0  # from a main street; beyond that lie slopes, fields and orchards
_SPACING_M = ((150.0, 205.0), (240.0, 340.0))  # between lanes of either family, least and most
_SHORTEST_M = 150.0
_REPEATED_SHARE = 0.17  # of all minor streets, those with a name that recurs all over the city
_WITHIN_M = 650.0  # from a microdistrict's centre to the middle of a street that counts as its own


def lay_minor_streets(plan: CityPlan, random: np.random.Generator) -> list[StreetPlan]:
    """Return minor streets for a plan that has main streets only.

    Parameters
    ----------
    plan
        Districts and main streets.
    random
        Decides directions, spacings and names.

    Returns
    -------
    list of StreetPlan
        In the order of their districts; names repeat across districts, not within one district's
        microdistrict.
    """
    streets: list[StreetPlan] = []
    main_courses = [street.course for street in plan.streets if street.kind != "highway"]
    built_up = shapely.union_all(shapely.buffer(main_courses, _BUILT_UP_M, quad_segs=2))
    names = _NameGiver(plan, random)
    for district in plan.districts:
        network = shapely.union_all([district.outline.boundary, *(street.course for street in plan.streets)])
        blocks = shapely.get_parts(shapely.polygonize(shapely.get_parts(network)))
        inside = shapely.intersects(district.outline, shapely.point_on_surface(blocks))
        for block in blocks[inside]:
            along, across = _lanes(block, block.intersection(built_up), random)
            for course in (*_trimmed(along, across, block), *_trimmed(across, along, block)):
                kind, own_names, within = names.give(district.code, course)
                streets.append(StreetPlan(kind, own_names, course, is_main=False, within=within))
    return streets


def _lanes(
    block: Polygon, built_up: BaseGeometry, random: np.random.Generator
) -> tuple[list[LineString], list[LineString]]:
    """Return lanes over the built-up part of a block, along its longest side and across it."""
    first = _longest_side_angle(block)
    families = zip((first, first + math.pi / 2), _SPACING_M, strict=True)
    along, across = (_family(block, built_up, angle, spacing, random) for angle, spacing in families)
    return along, across


def _family(
    block: Polygon,
    built_up: BaseGeometry,
    angle: float,
    spacing: tuple[float, float],
    random: np.random.Generator,
) -> list[LineString]:
    """Return parallel lanes over the built-up part of a block."""
    least, most = spacing
    step = random.uniform(least, most)
    forward = np.array([math.cos(angle), math.sin(angle)])
    sideways = np.array([-forward[1], forward[0]])
    middle = np.array([block.centroid.x, block.centroid.y])
    reach = math.hypot(*(np.ptp(shapely.get_coordinates(block), axis=0))) / 2 + most
    offsets = np.arange(-reach, reach, step) + random.uniform(0, step)
    offsets += random.normal(0, step * 0.06, len(offsets))
    starts = middle + np.outer(offsets, sideways) - forward * reach
    lanes = shapely.linestrings(np.stack([starts, starts + 2 * forward * reach], axis=1))
    pieces = shapely.get_parts(shapely.intersection(lanes, built_up))
    return [piece for piece in pieces if piece.geom_type == "LineString" and piece.length >= _SHORTEST_M]


def _trimmed(lanes: list[LineString], crossing: list[LineString], block: Polygon) -> Iterator[LineString]:
    """Yield each lane from its first to its last crossing, so that lanes close blocks and end at corners."""
    others = shapely.union_all([block.boundary, *crossing])
    shapely.prepare(others)
    for lane in lanes:
        corners = shapely.get_coordinates(lane.intersection(others))
        positions = shapely.line_locate_point(lane, shapely.points(corners))
        if len(corners) and np.ptp(positions) >= _SHORTEST_M:
            yield cast("LineString", substring(lane, positions.min(), positions.max()))


def _longest_side_angle(polygon: Polygon) -> float:
    corners = shapely.get_coordinates(polygon.minimum_rotated_rectangle)
    sides = np.diff(corners, axis=0)
    east, north = sides[np.argmax(np.hypot(*sides.T))]
    return math.atan2(north, east)


class _NameGiver:
    """Gives every minor street a name, so that namesakes lie in different districts or microdistricts."""

    def __init__(self, plan: CityPlan, random: np.random.Generator) -> None:
        ordinary = minor_street_names()
        self._ordinary = [ordinary[i] for i in random.permutation(len(ordinary))]
        self._next_ordinary = 0
        self._repeated = repeated_names()
        self._random = random
        self._used: set[tuple[str, PlaceKind, str | None, Names | None]] = {
            (district.code, street.kind, street.names.ru, None)
            for street in plan.streets
            for district in plan.districts
        }
        microdistricts = [item for item in plan.microdistricts if item.kind == "microdistrict"]
        self._centres = shapely.STRtree([microdistrict.centre for microdistrict in microdistricts])
        self._microdistricts = [microdistrict.names for microdistrict in microdistricts]

    def give(self, district: str, course: LineString) -> tuple[PlaceKind, Names, Names | None]:
        """Return kind, names and microdistrict of a street of a district."""
        within = self._microdistrict(course)
        if self._random.random() < _REPEATED_SHARE:
            for position in self._random.permutation(len(self._repeated)):
                if self._take(district, "street", self._repeated[position], within):
                    return "street", self._repeated[position], within
        while True:
            kind, names = self._ordinary[self._next_ordinary % len(self._ordinary)]
            self._next_ordinary += 1
            if self._take(district, kind, names, within):
                return kind, names, within

    def _take(self, district: str, kind: PlaceKind, names: Names, within: Names | None) -> bool:
        key = (district, kind, names.ru, within)
        if key in self._used:
            return False
        self._used.add(key)
        return True

    def _microdistrict(self, course: LineString) -> Names | None:
        middle = course.interpolate(0.5, normalized=True)
        near = self._centres.query_nearest(middle, max_distance=_WITHIN_M)
        return self._microdistricts[near[0]] if len(near) else None
