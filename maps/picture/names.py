"""Write numbers of precincts and names of streets and districts where there is room for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from maps.model import Texts
from maps.picture.fonts import font, wrapped
from maps.picture.index import DrawnPrecinct, DrawnStreet
from maps.picture.labels import Room, Type, draw_along, draw_lines
from maps.picture.scene import Scene
from maps.picture.styles import STREET_EDGES, WHITE, Colour, mixed, street_width

_FIRST_STREETS = 5  # have their names before the neighbours have their numbers
_MORE_STREETS = 9
_MINOR_NAMES_TO = 2.5  # metres a pixel at scale 1
_CHOSEN_SIZE = 20.0
_CHOSEN_ROOM = 0.9  # how large a circle, by the type's size, a precinct needs to have its number in it
_OTHER_SIZE = 11.5
_OTHER_ROOM = 1.25
_BESIDE = 24.0  # between a precinct too small for its number and that
_DISTRICT_SIZE = 9.5
_DISTRICT_WIDTH = 96.0
#: Where else a district's name may stand if its place is taken.
_SHIFTS = ((0, 0), (0, -12), (0, 12), (16, 0), (-16, 0), (16, -16), (-16, 16), (0, -24), (0, 24))

_Lines = list[tuple[str, Type]]


@dataclass(frozen=True, slots=True)
class NameWriter:
    """Writes the names of a picture, the most important first."""

    image: Image.Image
    room: Room
    scene: Scene

    def write(self) -> None:
        """Write all names that there is room for."""
        scene = self.scene
        if scene.chosen is not None and not scene.is_station_inside:
            self._write_chosen(scene.chosen)
        if scene.is_city:
            self._write_districts()
            return
        streets = self._streets()
        _go_on(streets, _FIRST_STREETS)
        for precinct in sorted(scene.precincts, key=lambda precinct: not scene.is_beside_chosen(precinct)):
            if precinct is not scene.chosen and not precinct.is_special:
                lines = self._number(precinct, _OTHER_SIZE, scene.style.muted)
                self._write_inside(precinct, lines, _OTHER_SIZE * _OTHER_ROOM)
        _go_on(streets, _MORE_STREETS)

    def _write_chosen(self, precinct: DrawnPrecinct) -> None:
        """Write the number of the chosen precinct into it, else beside it."""
        lines = self._number(precinct, _CHOSEN_SIZE, self.scene.style.border)
        if self._write_inside(precinct, lines, _CHOSEN_SIZE * _CHOSEN_ROOM):
            return
        left, top, right, bottom = self.scene.around(precinct.box)
        gap = _BESIDE * self.scene.view.scale
        x, y = (left + right) / 2, (top + bottom) / 2
        for place in ((x, top - gap), (x, bottom + gap), (right + 1.5 * gap, y), (left - 1.5 * gap, y)):
            if draw_lines(self.image, self.room, lines, place):
                return

    def _number(self, precinct: DrawnPrecinct, size: float, ink: Colour) -> _Lines:
        """Return a number and, below it, the mark of a sample."""
        unit, mark = self.scene.view.scale, self.scene.view.words.mark
        edge = round(2 * unit)
        lines = [(str(precinct.number), Type(font("bold", size * unit), ink, edge))]
        if mark:
            lines.append((mark, Type(font("bold", size * 0.6 * unit), ink, edge)))
        return lines

    def _write_inside(self, precinct: DrawnPrecinct, lines: _Lines, least: float) -> bool:
        places = (self.scene.place_inside(area, least * self.scene.view.scale) for area in precinct.areas)
        return any(place is not None and draw_lines(self.image, self.room, lines, place) for place in places)

    def _write_districts(self) -> None:
        unit = self.scene.view.scale
        kind = Type(font("bold", _DISTRICT_SIZE * unit), self.scene.style.ink, round(1.6 * unit))
        for district in self.scene.index.districts:
            name = self._name(district.names)
            lines = [(line, kind) for line in wrapped(name, kind.font, _DISTRICT_WIDTH * unit, 3)]
            x, y = self.scene.pixel(district.label)
            for east, south in _SHIFTS if lines else ():
                if draw_lines(self.image, self.room, lines, (x + east * unit, y + south * unit)):
                    break

    def _streets(self) -> Iterator[bool]:
        """Write the names of streets one after the other; yield whether there was room."""
        unit = self.scene.view.scale
        ink = mixed(self.scene.style.muted, WHITE, 0.1)
        with_minor = self.scene.metres_per_unit <= _MINOR_NAMES_TO
        for street in self.scene.streets:
            if street.is_main or with_minor:
                size = 10.5 if street.is_main else 9.5
                yield self._write_along(street, Type(font("regular", size * unit), ink, round(1.6 * unit)))

    def _write_along(self, street: DrawnStreet, kind: Type) -> bool:
        name = self._name(street.names)
        lines = self.scene.visible(street) if name else []
        strip = (street_width(is_main=street.is_main) + STREET_EDGES) * self.scene.view.scale
        return any(draw_along(self.image, self.room, name, kind, line, strip=strip) for line in lines)

    def _name(self, names: Texts) -> str:
        return names.get(self.scene.view.words.language) or names.get("ru") or ""


def _go_on(written: Iterator[bool], most: int) -> None:
    """Go on until so many names are written."""
    count = 0
    for is_written in written:
        count += is_written
        if count == most:
            return
