"""What pictures of a campaign are drawn from, made once: projected shapes and their boxes.

A picture needs the few shapes whose box meets its own. Asking all boxes as one array takes some
microseconds for a city, and, unlike the trees of GEOS, needs no lock between threads: everything here is
read-only once it is made.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from maps.model import MapBuilding, MapPrecinct, MapStreet, Texts
from maps.picture.model import PictureContent, PictureDistrict, Position
from maps.picture.projection import Box, Floats, Projection
from maps.picture.styles import STYLES

_NOWHERE: Box = (np.inf, np.inf, -np.inf, -np.inf)


@dataclass(frozen=True, slots=True)
class Area:
    """A polygon in metres: its outer ring and its holes."""

    outer: Floats
    holes: tuple[Floats, ...]


@dataclass(frozen=True, slots=True)
class DrawnPrecinct:
    """A precinct in metres; ``hue`` is the place of its district among the colours."""

    number: int
    is_special: bool
    hue: int
    areas: tuple[Area, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class DrawnStreet:
    """A street in metres."""

    names: Texts
    is_main: bool
    lines: tuple[Floats, ...]


@dataclass(frozen=True, slots=True)
class DrawnDistrict:
    """A district in metres; ``label`` is where its name stands."""

    names: Texts
    hue: int
    areas: tuple[Area, ...]
    label: Floats


class PictureIndex:
    """The shapes of a campaign, ready to be drawn by several threads at once.

    Parameters
    ----------
    content
        What pictures can show.

    Attributes
    ----------
    projection
        From degrees to the metres of everything else.
    box
        West, south, east, north of all precincts, else of all there is; infinite without anything.
    """

    def __init__(self, content: PictureContent) -> None:
        self.projection = Projection(_middle_latitude(content))
        hues = _hues(content)
        drawn = [self._precinct(precinct, hues[precinct.district]) for precinct in content.precincts]
        # A precinct inside another is drawn after it.
        self._precincts = sorted(drawn, key=lambda precinct: (-_extent(precinct.box), precinct.number))
        self._precinct_boxes = _array([precinct.box for precinct in self._precincts])
        self._by_number = {precinct.number: precinct for precinct in self._precincts}
        self._streets = [self._street(street) for street in content.streets]
        self._street_boxes = _array([_box(street.lines) for street in self._streets])
        self._buildings = {number: building for building in content.buildings for number in building.numbers}
        self.districts = tuple(
            self._district(district, hues[district.code]) for district in content.districts
        )
        self.box = self._whole_box(content)

    def precinct(self, number: int) -> DrawnPrecinct | None:
        """Return a precinct; None if it has no boundary."""
        return self._by_number.get(number)

    def building(self, number: int) -> MapBuilding | None:
        """Return where a precinct votes; None if that has no point."""
        return self._buildings.get(number)

    def precincts_in(self, box: Box) -> list[DrawnPrecinct]:
        """Return the precincts whose box meets a box, the largest first."""
        return [self._precincts[place] for place in _meeting(self._precinct_boxes, box)]

    def streets_in(self, box: Box) -> list[DrawnStreet]:
        """Return the streets whose box meets a box, the most important first."""
        return [self._streets[place] for place in _meeting(self._street_boxes, box)]

    def metres(self, position: Position) -> Floats:
        """Return one position in metres."""
        metres: Floats = self.projection.project(position)[0]
        return metres

    def nearest_corner(self, metres: Floats) -> Floats | None:
        """Return the corner of a precinct that is nearest to a position; None without any precinct."""
        corners = [area.outer for precinct in self._precincts for area in precinct.areas]
        if not corners:
            return None
        stacked = np.concatenate(corners)
        nearest: Floats = stacked[np.argmin(((stacked - metres) ** 2).sum(axis=1))]
        return nearest

    def _precinct(self, precinct: MapPrecinct, hue: int) -> DrawnPrecinct:
        areas = self._areas(precinct.geometry)
        box = _box([area.outer for area in areas])
        return DrawnPrecinct(precinct.number, precinct.kind == "special", hue, areas, box)

    def _street(self, street: MapStreet) -> DrawnStreet:
        parts = shapely.get_parts(street.geometry)
        lines = [part for part in parts if part.geom_type == "LineString" and not part.is_empty]
        projected = tuple(self.projection.project(shapely.get_coordinates(line)) for line in lines)
        return DrawnStreet(street.names, street.is_main, projected)

    def _district(self, district: PictureDistrict, hue: int) -> DrawnDistrict:
        label = self.metres(_inner_position(district.geometry))
        return DrawnDistrict(district.names, hue, self._areas(district.geometry), label)

    def _areas(self, geometry: BaseGeometry) -> tuple[Area, ...]:
        project = self.projection.project
        return tuple(
            Area(
                project(shapely.get_coordinates(polygon.exterior)),
                tuple(project(shapely.get_coordinates(hole)) for hole in polygon.interiors),
            )
            for polygon in shapely.get_parts(geometry)
        )

    def _whole_box(self, content: PictureContent) -> Box:
        if self._precincts:
            return _box([area.outer for precinct in self._precincts for area in precinct.areas])
        positions = [(building.lon, building.lat) for building in content.buildings]
        lines = [line for street in self._streets for line in street.lines]
        return _box([self.projection.project(positions)] if positions else lines)


def _hues(content: PictureContent) -> dict[str, int]:
    """Return the places of districts among the colours, in the order of the interactive map."""
    codes = {precinct.district for precinct in content.precincts}
    codes |= {district.code for district in content.districts}
    return {code: place % len(STYLES["screen"].tints) for place, code in enumerate(sorted(codes))}


def _middle_latitude(content: PictureContent) -> float:
    geometries = [precinct.geometry for precinct in content.precincts]
    points = [shapely.Point(building.lon, building.lat) for building in content.buildings]
    streets = [street.geometry for street in content.streets]
    bounds = shapely.total_bounds(np.array([*(geometries or points or streets), None], object))
    return float((bounds[1] + bounds[3]) / 2) if np.isfinite(bounds).all() else 0.0


def _inner_position(geometry: MultiPolygon) -> Position:
    """Return the middle of the largest circle inside: where a name has most room."""
    centre = shapely.get_coordinates(shapely.maximum_inscribed_circle(geometry, tolerance=0.001))[0]
    return float(centre[0]), float(centre[1])


def _box(lines: tuple[Floats, ...] | list[Floats]) -> Box:
    if not lines:
        return _NOWHERE
    stacked = np.concatenate(lines)
    (west, south), (east, north) = stacked.min(axis=0).tolist(), stacked.max(axis=0).tolist()
    return west, south, east, north


def _extent(box: Box) -> float:
    west, south, east, north = box
    return (east - west) * (north - south)


def _array(boxes: list[Box]) -> Floats:
    return np.array(boxes, dtype=np.float64).reshape(-1, 4)


def _meeting(boxes: Floats, box: Box) -> NDArray[np.intp]:
    west, south, east, north = box
    meets = (boxes[:, 0] <= east) & (boxes[:, 2] >= west) & (boxes[:, 1] <= north) & (boxes[:, 3] >= south)
    return np.flatnonzero(meets)
