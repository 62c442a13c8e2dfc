"""What a view comes to on its picture: its frame, what lies in it, and where in pixels."""

from __future__ import annotations

import functools

import numpy as np
import shapely

from maps.picture.framing import frame_of, point_shown, station_shown
from maps.picture.index import Area, DrawnPrecinct, DrawnStreet, PictureIndex
from maps.picture.model import View
from maps.picture.projection import Box, Floats
from maps.picture.styles import STYLES

_MINOR_STREETS_TO = 6.0  # metres a pixel at scale 1; beyond, only main streets are drawn
_CITY_FROM = 12.0  # beyond, precincts are too small for numbers: districts are named
_CITY_STREETS = 40

Pixel = tuple[float, float]


class Scene:
    """Everything about one picture that is decided before it is drawn.

    Parameters
    ----------
    index
        Of the campaign.
    view
        What to show.

    Attributes
    ----------
    precincts
        Those on the picture, the largest first.
    chosen
        The chosen precinct; None if there is none, or it has no boundary.
    streets
        Those that are drawn, the most important first.
    station, point
        Where they are; None if they are not shown.
    is_city
        Whether so much is shown that only districts can be named.
    """

    def __init__(self, index: PictureIndex, view: View) -> None:
        self.index = index
        self.view = view
        self.style = STYLES[view.look]
        self.frame = frame_of(index, view)
        self.precincts = index.precincts_in(self.frame.box)
        self.chosen = None if view.precinct is None else index.precinct(view.precinct)
        self.metres_per_unit = self.frame.metres_per_pixel * view.scale
        self.is_city = self.metres_per_unit >= _CITY_FROM
        self.streets = self._streets()
        self.station = self._pixel(station_shown(index, view))
        self.point = self._pixel(point_shown(index, view))

    def pixel(self, metres: Floats) -> Pixel:
        """Return where a position is on the picture."""
        x, y = self.frame.pixels(metres).tolist()
        return x, y

    def polygon(self, area: Area) -> shapely.Polygon:
        """Return an area in pixels; a new polygon each time, for GEOS keeps notes inside it."""
        rings = [self.frame.pixels(ring) for ring in (area.outer, *area.holes)]
        return shapely.Polygon(rings[0], rings[1:])

    def place_inside(self, area: Area, least: float) -> Pixel | None:
        """Return the middle of the largest circle in the visible part of an area.

        None if its radius is less than so many pixels.
        """
        width, height = self.view.size
        visible = shapely.clip_by_rect(self.polygon(area), 0, 0, width, height)
        if visible.area < least * least:
            return None
        circle: shapely.LineString = shapely.maximum_inscribed_circle(visible, tolerance=2.0)  # type: ignore[call-overload]  # the part of a polygon in a box is polygons
        if circle.length < least:
            return None
        x, y = shapely.get_coordinates(circle)[0].tolist()
        return x, y

    def visible(self, street: DrawnStreet) -> list[Floats]:
        """Return the parts of a street that are on the picture, in pixels, the longest first."""
        width, height = self.view.size
        lines = [shapely.LineString(self.frame.pixels(line)) for line in street.lines]
        parts = shapely.get_parts(shapely.clip_by_rect(lines, 0, 0, width, height))
        return [shapely.get_coordinates(part) for part in sorted(parts, key=lambda part: -part.length)]

    def visible_border(self) -> list[Floats]:
        """Return the parts of the chosen border that are on the picture, in pixels."""
        areas = () if self.chosen is None else self.chosen.areas
        lines = [
            shapely.LineString(self.frame.pixels(ring))
            for area in areas
            for ring in (area.outer, *area.holes)
        ]
        parts = shapely.get_parts(shapely.clip_by_rect(lines, 0, 0, *self.view.size))
        return [shapely.get_coordinates(part) for part in parts]

    def around(self, box: Box) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom of a box in metres."""
        west, south, east, north = box
        left, top = self.pixel(np.array((west, north)))
        right, bottom = self.pixel(np.array((east, south)))
        return left, top, right, bottom

    @functools.cached_property
    def is_station_inside(self) -> bool:
        """Whether the station is inside the chosen precinct."""
        if self.station is None or self.chosen is None:
            return False
        return any(shapely.contains_xy(self.polygon(area), *self.station) for area in self.chosen.areas)

    def is_beside_chosen(self, precinct: DrawnPrecinct) -> bool:
        """Whether the box of a precinct meets that of the chosen one."""
        if self.chosen is None:
            return False
        (west, south, east, north), other = precinct.box, self.chosen.box
        return west <= other[2] and other[0] <= east and south <= other[3] and other[1] <= north

    def _streets(self) -> list[DrawnStreet]:
        streets = self.index.streets_in(self.frame.box)
        if self.is_city:
            return [street for street in streets if street.is_main][:_CITY_STREETS]
        return [s for s in streets if s.is_main or self.metres_per_unit <= _MINOR_STREETS_TO]

    def _pixel(self, metres: Floats | None) -> Pixel | None:
        return None if metres is None else self.pixel(metres)
