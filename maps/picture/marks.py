"""What stands on a map: the station's pin, the point, the scale, the mark of a sample."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from maps.picture.canvas import Closeup, Rectangle
from maps.picture.fonts import font
from maps.picture.labels import Room
from maps.picture.model import PictureWords, Size, View
from maps.picture.projection import Frame
from maps.picture.styles import STYLES, WHITE, Colour, mixed

_MOST_OTHERS = 4  # numbers below the chosen one
_POINTER = 9
_BALLOT = 7
_SCALE_SHARE = 0.25  # of the width, at most
_MARKS_KEPT = 16


@dataclass(frozen=True, slots=True)
class _Line:
    """A line in the pin: its text, its size, how much height it takes."""

    text: str
    size: float
    height: float
    ink: Colour


class Pin:
    """A ballot box on a pointer with the numbers that vote there in it, the chosen one large.

    Parameters
    ----------
    number
        The chosen precinct's.
    numbers
        All that vote in the building.
    view
        Of the picture.
    """

    def __init__(self, number: int, numbers: Sequence[int], view: View) -> None:
        self._style, self._unit = STYLES[view.look], view.scale
        lines = [_Line(str(number), 20, 21, self._style.pin_ink)]
        if view.words.mark:
            lines.append(_Line(view.words.mark, 10, 13, self._style.pin_mark))
        if len(numbers) > 1:
            lines.append(_Line(others_text(numbers, number), 10, 13, self._style.pin_ink))
        self._lines = lines

    def box(self, tip: tuple[float, float]) -> Rectangle:
        """Return the edges of the box: left, top, right, bottom."""
        unit = self._unit
        width = max(font("bold", line.size * unit).getlength(line.text) for line in self._lines) + 16 * unit
        height = (sum(line.height for line in self._lines) + 9) * unit
        bottom = tip[1] - _POINTER * unit
        return tip[0] - width / 2, bottom - height, tip[0] + width / 2, bottom

    def taken(self, tip: tuple[float, float]) -> Rectangle:
        """Return the place that the whole pin takes."""
        left, top, right, _ = self.box(tip)
        unit = self._unit
        return left - 3 * unit, top - (_BALLOT + 2) * unit, right + 3 * unit, tip[1] + 3 * unit

    def draw(self, image: Image.Image, tip: tuple[float, float]) -> None:
        """Draw the pin with its tip at a position."""
        self._draw_box(image, tip)
        left, top, right, _ = self.box(tip)
        draw = ImageDraw.Draw(image)
        y = top + 5 * self._unit
        for line in self._lines:
            height = line.height * self._unit
            face = font("bold", line.size * self._unit)
            draw.text(((left + right) / 2, y + height / 2), line.text, line.ink, face, "mm")
            y += height

    def _draw_box(self, image: Image.Image, tip: tuple[float, float]) -> None:
        style, unit = self._style, self._unit
        left, top, right, bottom = self.box(tip)
        middle, half = (left + right) / 2, min((right - left) * 0.28, 16 * unit)
        pointer = [(middle - 8 * unit, bottom - 1), (middle + 8 * unit, bottom - 1), tip]
        ballot = (middle - half, top - _BALLOT * unit, middle + half, top + 3 * unit)
        slot = (middle - half - 3 * unit, top + 1.5 * unit, middle + half + 3 * unit, top + 3.5 * unit)

        shape = Closeup(image, self.taken(tip))
        for grow, fill in ((2 * unit, WHITE), (0.0, style.pin)):
            shape.rounded((left, top, right, bottom), 5 * unit, fill, grow)
            shape.polygon(pointer, fill, grow)
        shape.rounded(ballot, unit, style.pin, 1.2 * unit)
        shape.rounded(ballot, unit, WHITE)
        shape.rounded((left, top + 2.5 * unit, right, bottom), 5 * unit, style.pin)
        shape.rounded(slot, unit, mixed(style.pin, (0, 0, 0), 0.45))
        shape.put()


def others_text(numbers: Sequence[int], number: int) -> str:
    """Return the other numbers of a building as they stand below the chosen one."""
    others = [other for other in numbers if other != number]
    if len(others) <= _MOST_OTHERS:
        return f"+ {', '.join(map(str, others))}"
    return f"+ {', '.join(map(str, others[:_MOST_OTHERS]))}…"


def draw_point(image: Image.Image, at: tuple[float, float], view: View) -> None:
    """Draw a dot with a ring where somebody asks about."""
    style, unit = STYLES[view.look], view.scale
    shape = Closeup(image, (at[0] - 14 * unit, at[1] - 14 * unit, at[0] + 14 * unit, at[1] + 14 * unit))
    shape.veil(at, 13 * unit, style.point, 0.25)
    shape.circle(at, 7.5 * unit, WHITE)
    shape.circle(at, 5 * unit, style.point)
    shape.put()


def draw_scale(image: Image.Image, room: Room, frame: Frame, view: View, *, bottom: float) -> None:
    """Draw a bar as long as a round number of metres at the left, down to a height on the picture."""
    style, unit = STYLES[view.look], view.scale
    metres = round_length(frame.size[0] * _SCALE_SHARE * frame.metres_per_pixel)
    text = scale_text(metres, view.words)
    face = font("regular", 10 * unit)
    left = 8 * unit
    right = left + metres / frame.metres_per_pixel
    top = bottom - 6 * unit
    shape = Closeup(image, (left - 6 * unit, top - 20 * unit, right + 20 * unit, bottom + 4 * unit))
    bracket = [(left, top), (left, bottom), (right, bottom), (right, top)]
    for width, fill in ((4.5 * unit, WHITE), (1.8 * unit, style.ink)):
        shape.line(bracket, width, fill)
    shape.put()
    ImageDraw.Draw(image).text(
        (left + 3 * unit, bottom - 4 * unit), text, style.ink, face, "ls",
        stroke_width=round(1.6 * unit), stroke_fill=WHITE,
    )  # fmt: skip
    room.take((0, top - 10 * unit, max(right, left + face.getlength(text)) + 8 * unit, frame.size[1]))


def round_length(most: float) -> int:
    """Return the largest of 1, 2, 5, 10, 20, 50 … metres that is not more than a length."""
    step: int = 10 ** int(math.log10(max(most, 1.0)))
    return max(factor * step for factor in (1, 2, 5) if factor == 1 or factor * step <= most)


def scale_text(metres: int, words: PictureWords) -> str:
    """Return a length in words, in kilometres from the first one on."""
    kilometre = 1000
    if metres < kilometre:
        return f"{metres} {words.metres}"
    return f"{metres // kilometre} {words.kilometres}"


def draw_mark(image: Image.Image, view: View) -> None:
    """Write the mark of a sample all over a picture, so that no part can be cut out without it."""
    if view.words.mark is None:
        return
    style = STYLES[view.look]
    image.paste(style.mark, (0, 0), _mark_mask(view.words.mark, image.size, view.scale, style.mark_share))


@functools.lru_cache(maxsize=_MARKS_KEPT)
def _mark_mask(mark: str, size: Size, scale: float, share: float) -> Image.Image:
    """Return how much of each pixel the mark covers. Nobody draws on it any more."""
    face = font("bold", 26 * scale)
    side = math.ceil(math.hypot(*size))
    mask = Image.new("L", (side, side))
    draw = ImageDraw.Draw(mask)
    step_x, step_y = face.getlength(mark) + 40 * scale, 74 * scale
    for row in range(math.ceil(side / step_y) + 1):
        for column in range(-1, math.ceil(side / step_x) + 1):
            x = (column + row % 2 / 2) * step_x
            draw.text((x, row * step_y), mark, round(255 * share), face, "lm")
    turned = mask.rotate(30, Image.Resampling.BICUBIC)
    left, top = (side - size[0]) // 2, (side - size[1]) // 2
    return turned.crop((left, top, left + size[0], top + size[1]))
