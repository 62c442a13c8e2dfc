"""Shapes with smooth edges: drawn several times as large, then made smaller."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from maps.picture.model import Size
from maps.picture.projection import Floats
from maps.picture.styles import Colour

Rectangle = tuple[float, float, float, float]

_CLOSEUP_TIMES = 4
_LARGE_PIXELS = 600_000  # of a picture from which on its own pixels are fine enough for less smoothing
_ROUND_FROM = 3  # pixels of width; thinner lines need no rounded corners


class Canvas:
    """A picture that shapes are drawn on, in its own pixels.

    Parameters
    ----------
    size
        Width and height.
    ground
        Colour that it is filled with.
    """

    def __init__(self, size: Size, ground: Colour) -> None:
        self._size = size
        self._times = 3 if size[0] * size[1] < _LARGE_PIXELS else 2
        self._image = Image.new("RGB", (size[0] * self._times, size[1] * self._times), ground)
        self._draw = ImageDraw.Draw(self._image)

    def area(self, ring: Floats, fill: Colour) -> None:
        """Fill a ring."""
        self._draw.polygon(self._flat(ring), fill=fill)

    def line(self, positions: Floats, width: float, fill: Colour, *, is_ring: bool = False) -> None:
        """Draw a line with round corners, round ends unless it is thin; a ring has no ends."""
        flat = self._flat(positions)
        thick = max(round(width * self._times), 1)
        self._draw.line(flat, fill=fill, width=thick)
        if thick < _ROUND_FROM:
            return
        radius = (thick - 1) / 2
        width_px, height_px = self._image.size
        for x, y in zip(flat[0::2], flat[1::2], strict=True):
            if -radius < x < width_px + radius and -radius < y < height_px + radius:
                self._draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)
        if is_ring and flat[:2] != flat[-2:]:
            self._draw.line([*flat[-2:], *flat[:2]], fill=fill, width=thick)

    def finished(self) -> Image.Image:
        """Return the picture in its own size."""
        return self._image.reduce(self._times)

    def _flat(self, positions: Floats) -> list[float]:
        # A shape's pixel centres lie half a pixel off its edges, as everywhere in Pillow.
        larger = positions * self._times - 0.5
        return [float(value) for value in np.round(larger, 2).ravel()]


class Closeup:
    """A part of a picture, enlarged while small shapes are drawn on it.

    Parameters
    ----------
    image
        The picture.
    box
        Left, top, right, bottom of the part; it may reach beyond the picture.
    """

    def __init__(self, image: Image.Image, box: Rectangle) -> None:
        self._whole = image
        self._left, self._top = math.floor(box[0]), math.floor(box[1])
        right, bottom = math.ceil(box[2]), math.ceil(box[3])
        part = image.crop((self._left, self._top, right, bottom))
        size = (part.width * _CLOSEUP_TIMES, part.height * _CLOSEUP_TIMES)
        self._part = part.resize(size, Image.Resampling.NEAREST)
        self._draw = ImageDraw.Draw(self._part)

    def rounded(self, box: Rectangle, radius: float, fill: Colour, grow: float = 0.0) -> None:
        """Draw a box with round corners, larger by so many pixels on each side."""
        left, top, right, bottom = box
        corners = [*self._at(left - grow, top - grow), *self._at(right + grow, bottom + grow)]
        self._draw.rounded_rectangle(corners, (radius + grow) * _CLOSEUP_TIMES, fill)

    def polygon(self, corners: Sequence[tuple[float, float]], fill: Colour, grow: float = 0.0) -> None:
        """Draw a polygon with an edge of so many pixels around it."""
        ring = [*corners, corners[0]]
        self._draw.polygon([value for corner in ring for value in self._at(*corner)], fill)
        if grow:
            self.line(ring, 2 * grow, fill)

    def line(self, positions: Sequence[tuple[float, float]], width: float, fill: Colour) -> None:
        """Draw a line with round corners and ends."""
        flat = [value for position in positions for value in self._at(*position)]
        self._draw.line(flat, fill, round(width * _CLOSEUP_TIMES))
        for position in positions:
            self.circle(position, width / 2, fill)

    def circle(self, middle: tuple[float, float], radius: float, fill: Colour) -> None:
        """Draw a disc."""
        self._draw.ellipse(self._around(middle, radius), fill)

    def veil(self, middle: tuple[float, float], radius: float, fill: Colour, share: float) -> None:
        """Draw a disc that covers only a share of what is below it."""
        cover = Image.new("L", self._part.size)
        ImageDraw.Draw(cover).ellipse(self._around(middle, radius), round(255 * share))
        self._part.paste(fill, (0, 0), cover)

    def put(self) -> None:
        """Put the part back into the picture."""
        self._whole.paste(self._part.reduce(_CLOSEUP_TIMES), (self._left, self._top))

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return (x - self._left) * _CLOSEUP_TIMES, (y - self._top) * _CLOSEUP_TIMES

    def _around(self, middle: tuple[float, float], radius: float) -> Rectangle:
        (x, y), around = self._at(*middle), radius * _CLOSEUP_TIMES
        return x - around, y - around, x + around, y + around
