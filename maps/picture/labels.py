"""Text on a picture: where there is room, readable on any ground."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from maps.picture.canvas import Rectangle
from maps.picture.model import Size
from maps.picture.projection import Floats
from maps.picture.styles import WHITE, Colour

_CELL = 3  # pixels
_MOST_STEPS = 2000  # along one segment of a line that is taken
_UPRIGHT_DEG = 90
_BENT = 0.3  # of the type's height: how far a line may leave the straight under a name
_STEPS = 12  # places along a line that are tried


class Room:
    """The places on a picture that are taken, in cells of a few pixels.

    Parameters
    ----------
    size
        Of the picture.
    """

    def __init__(self, size: Size) -> None:
        self._size = size
        self._is_taken = np.zeros((size[1] // _CELL + 1, size[0] // _CELL + 1), np.bool_)

    def is_free(self, box: Rectangle) -> bool:
        """Return whether a box (left, top, right, bottom) is within the picture and meets nothing taken."""
        left, top, right, bottom = box
        width, height = self._size
        if left < 0 or top < 0 or right > width or bottom > height:
            return False
        return not self._cells(box).any()

    def take(self, *boxes: Rectangle) -> None:
        """Take boxes."""
        for box in boxes:
            self._cells(box)[:] = True

    def take_line(self, line: Floats, width: float) -> None:
        """Take the cells along a line."""
        for start, end in itertools.pairwise(line):
            steps = min(max(int(math.dist(start, end) / width), 1), _MOST_STEPS)
            for x, y in np.linspace(start, end, steps + 1).tolist():
                self.take((x - width / 2, y - width / 2, x + width / 2, y + width / 2))

    def _cells(self, box: Rectangle) -> NDArray[np.bool_]:
        left, top, right, bottom = (max(math.floor(value / _CELL), -1) for value in box)
        cells: NDArray[np.bool_] = self._is_taken[max(top, 0) : bottom + 1, max(left, 0) : right + 1]
        return cells


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set: its font, its colour, the width of the pale edge around its letters."""

    font: ImageFont.FreeTypeFont
    ink: Colour
    edge: int
    edge_ink: Colour = WHITE


def draw_lines(
    image: Image.Image, room: Room, lines: list[tuple[str, Type]], middle: tuple[float, float]
) -> bool:
    """Write lines one below the other around a position, if there is room; return whether there was."""
    widths = [kind.font.getlength(text) + 2 * kind.edge for text, kind in lines]
    heights = [_height(kind) for _, kind in lines]
    x, y = middle
    box = (x - max(widths) / 2, y - sum(heights) / 2, x + max(widths) / 2, y + sum(heights) / 2)
    if not room.is_free(box):
        return False
    room.take(box)
    draw = ImageDraw.Draw(image)
    top = box[1]
    for (text, kind), height in zip(lines, heights, strict=True):
        draw.text(
            (round(x), round(top + height / 2)), text, kind.ink, kind.font, "mm",
            stroke_width=kind.edge, stroke_fill=kind.edge_ink,
        )  # fmt: skip
        top += height
    return True


def _height(kind: Type) -> float:
    return kind.font.size * 1.15


def draw_along(image: Image.Image, room: Room, text: str, kind: Type, line: Floats, *, strip: float) -> bool:
    """Write a text along a line where that is straight and has room; return whether it was written.

    Under it a strip of so many pixels, in the colour of its edge, covers the edges of the street.
    """
    length = kind.font.getlength(text) + 2 * kind.edge + kind.font.size
    for middle, angle in _straight_places(line, length, kind.font.size * _BENT):
        boxes = _boxes_along(middle, angle, length, kind.font.size * 1.3)
        if all(room.is_free(box) for box in boxes):
            room.take(*boxes)
            _draw_turned(image, text, kind, (middle, angle), strip)
            return True
    return False


def _straight_places(line: Floats, length: float, bend: float) -> list[tuple[tuple[float, float], float]]:
    """Return middles and angles of straight stretches of a line, those in its middle first."""
    steps = [math.dist(a, b) for a, b in itertools.pairwise(line)]
    total = sum(steps)
    if total < length:
        return []
    found = []
    for step in range(_STEPS + 1):
        start = (total - length) * step / _STEPS
        points = _stretch(line, steps, start, start + length)
        (x0, y0), (x1, y1) = points[0], points[-1]
        chord = math.dist(points[0], points[-1])
        if chord < length * 0.9:
            continue
        if all(abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0)) <= bend * chord for x, y in points):
            angle = math.degrees(math.atan2(y1 - y0, x1 - x0))
            found.append((abs(step - _STEPS / 2), ((x0 + x1) / 2, (y0 + y1) / 2), angle))
    return [(middle, angle) for _, middle, angle in sorted(found)]


def _stretch(line: Floats, steps: list[float], start: float, end: float) -> list[tuple[float, float]]:
    """Return the part of a line between two distances from its beginning."""
    points: list[tuple[float, float]] = []
    at = 0.0
    for (x0, y0), (x1, y1), step in zip(line[:-1].tolist(), line[1:].tolist(), steps, strict=True):
        if step == 0:
            continue
        for distance in (start, end):
            if at <= distance <= at + step:
                share = (distance - at) / step
                points.append((x0 + (x1 - x0) * share, y0 + (y1 - y0) * share))
        if start < at + step < end:
            points.append((x1, y1))
        at += step
    # A distance that is that of a corner is met twice, and rounding may put a corner after the end.
    return points


def _boxes_along(middle: tuple[float, float], angle: float, length: float, height: float) -> list[Rectangle]:
    """Return upright squares that cover a turned text."""
    count = max(math.ceil(length / height), 1)
    along = (math.cos(math.radians(angle)), math.sin(math.radians(angle)))
    boxes = []
    for place in range(count):
        offset = (place + 0.5) / count * length - length / 2
        x, y = middle[0] + along[0] * offset, middle[1] + along[1] * offset
        boxes.append((x - height / 2, y - height / 2, x + height / 2, y + height / 2))
    return boxes


def _draw_turned(
    image: Image.Image, text: str, kind: Type, place: tuple[tuple[float, float], float], strip: float
) -> None:
    middle, angle = place
    if angle > _UPRIGHT_DEG:
        angle -= 180
    elif angle <= -_UPRIGHT_DEG:
        angle += 180
    length = kind.font.getlength(text)
    size = (math.ceil(length) + 4 * kind.edge + 4, math.ceil(kind.font.size * 1.6) + 4 * kind.edge)
    x, y = size[0] / 2, size[1] / 2
    for ink, edge in ((kind.edge_ink, kind.edge), (kind.ink, 0)):
        mask = Image.new("L", size)
        draw = ImageDraw.Draw(mask)
        if edge:
            draw.rectangle((x - length / 2, y - strip / 2, x + length / 2, y + strip / 2), 255)
        draw.text((x, y), text, 255, kind.font, "mm", stroke_width=edge, stroke_fill=255)
        turned = mask.rotate(-angle, Image.Resampling.BICUBIC, expand=True)
        image.paste(
            ink, (round(middle[0]) - turned.width // 2, round(middle[1]) - turned.height // 2), turned
        )
