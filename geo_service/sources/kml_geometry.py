"""Geometries of KML placemarks."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

import shapely
from shapely.geometry.base import BaseGeometry

from geo_service.campaign.finding_codes import make_finding
from geo_service.campaign.model import Finding
from geo_service.errors import SourceError

#: A multi-geometry in another has no use; a file nested deeper than this was made to do harm.
_DEEPEST = 8
_FEWEST_CORNERS = 3
_WITH_HEIGHT = 3
_UNREADABLE = frozenset({"Model", "Track", "MultiTrack"})
Position = tuple[float, ...]


def local_name(element: Element) -> str:
    """Return an element's name without its namespace; nothing for a comment."""
    tag: Any = element.tag  # of a comment it is a function
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class GeometryReader:
    """Reads geometries of one file, and keeps what it repaired.

    Parameters
    ----------
    file
        Its name, for errors and findings.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._closed: list[str] = []
        self._kinds: Mapping[str, Callable[[Element, str, int], BaseGeometry]] = {
            "Point": self._point,
            "LineString": self._line,
            "LinearRing": self._bare_ring,
            "Polygon": self._polygon,
            "MultiGeometry": self._multi,
        }

    def read(self, placemark: Element, item: str) -> BaseGeometry | None:
        """Return the geometry of a placemark, None if it has none.

        Raises
        ------
        geo_service.errors.SourceError
            If it has several or one that is no map geometry, or a coordinate is missing or no number.
        """
        found = self._geometries(placemark, item, 0)
        if len(found) > 1:
            raise self._error(
                item, "The placemark has several geometries.", "Put them into one MultiGeometry."
            )
        return found[0] if found else None

    def findings(self) -> list[Finding]:
        """Return what was repaired: rings that were not closed."""
        if not self._closed:
            return []
        return [
            make_finding(
                "rings_closed",
                file=self._file,
                item=self._closed[0],
                field="geometry",
                count=len(self._closed),
            )
        ]

    def _geometries(self, parent: Element, item: str, depth: int) -> list[BaseGeometry]:
        if depth > _DEEPEST:
            raise self._error(item, "Its geometries are nested too deeply.", "Draw it again in your GIS.")
        found = []
        for child in parent:
            name = local_name(child)
            if name in _UNREADABLE:
                raise self._error(
                    item, f"A {name} is no geometry of a map.", "Draw a point or polygon in its place."
                )
            if name in self._kinds:
                found.append(self._kinds[name](child, item, depth))
        return found

    def _point(self, element: Element, item: str, _: int) -> BaseGeometry:
        positions = self._positions(element, item)
        if len(positions) != 1:
            raise self._error(
                item, f"A point has {len(positions)} positions.", "Give it one: longitude,latitude."
            )
        return shapely.Point(positions[0])

    def _line(self, element: Element, item: str, _: int) -> BaseGeometry:
        positions = self._positions(element, item)
        if len(positions) < 2:  # noqa: PLR2004 - a line has two ends
            raise self._error(item, "A line has fewer than two positions.", "Draw it again.")
        return shapely.LineString(positions)

    def _bare_ring(self, element: Element, item: str, _: int) -> BaseGeometry:
        return shapely.LinearRing(self._ring(element, item))

    def _polygon(self, element: Element, item: str, _: int) -> BaseGeometry:
        outer = _rings(element, "outerBoundaryIs")
        if len(outer) != 1:
            raise self._error(
                item,
                f"A polygon has {len(outer)} outer rings.",
                "Give it one; put further parts into a MultiGeometry.",
            )
        holes = [self._ring(ring, item) for ring in _rings(element, "innerBoundaryIs")]
        return shapely.Polygon(self._ring(outer[0], item), holes)

    def _multi(self, element: Element, item: str, depth: int) -> BaseGeometry:
        parts = self._geometries(element, item, depth + 1)
        polygons = [part for part in parts if isinstance(part, shapely.Polygon)]
        if polygons and len(polygons) == len(parts):
            return shapely.MultiPolygon(polygons)
        return parts[0] if len(parts) == 1 else shapely.GeometryCollection(parts)

    def _ring(self, element: Element, item: str) -> Sequence[Position]:
        positions = self._positions(element, item)
        if len(set(positions)) < _FEWEST_CORNERS:
            raise self._error(item, "A ring has fewer than three corners.", "Draw the polygon again.")
        if positions[0] != positions[-1]:
            self._closed.append(item)
            positions.append(positions[0])
        return positions

    def _positions(self, element: Element, item: str) -> list[Position]:
        texts = ["".join(child.itertext()) for child in element if local_name(child) == "coordinates"]
        positions = [self._position(text, item) for text in " ".join(texts).split()]
        # Some programs leave the height out at some corners, others write 0 where they know none.
        has_heights = all(len(position) == _WITH_HEIGHT and position[2] for position in positions)
        return positions if has_heights else [position[:2] for position in positions]

    def _position(self, text: str, item: str) -> Position:
        try:
            position = tuple(float(part) for part in text.rstrip(",").split(","))
        except ValueError:
            position = ()
        if len(position) not in {2, _WITH_HEIGHT} or not all(map(math.isfinite, position)) or "_" in text:
            raise self._error(
                item,
                f'"{text[:60]}" is no position.',
                "Write longitude,latitude with decimal points and no blanks.",
            )
        return position

    def _error(self, item: str, problem: str, remedy: str) -> SourceError:
        return SourceError(problem, remedy, file=self._file, item=item, field="geometry")


def _rings(polygon: Element, boundary: str) -> list[Element]:
    return [
        ring
        for side in polygon
        if local_name(side) == boundary
        for ring in side
        if local_name(ring) == "LinearRing"
    ]
