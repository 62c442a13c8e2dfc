"""Previews for links that are shared: the answer in large type beside its map."""

from __future__ import annotations

import dataclasses

from PIL import Image, ImageDraw

from maps.picture.canvas import Closeup
from maps.picture.drawing import draw_map
from maps.picture.encoding import png
from maps.picture.fonts import Weight, font, largest_fitting, wrapped
from maps.picture.index import PictureIndex
from maps.picture.model import Card, View
from maps.picture.styles import STYLES, WHITE, Colour, colour, kept_colours

#: What the networks ask for.
CARD_SIZE = (1200, 630)

_TEXT_WIDTH = 560
_MARGIN = 44
_FOOT_HEIGHT = 88
_PRIMARY = colour("#00666f")
_MARK = (colour("#fff1c7"), colour("#4a3700"))
_MARK_EDGE = colour("#d9b24c")


def draw_card(index: PictureIndex, view: View, card: Card) -> bytes:
    """Return a preview of 1200 × 630 pixels as a PNG file.

    Parameters
    ----------
    index
        Of the campaign.
    view
        What the map shows; its size is not used.
    card
        The words. If the view's words have a mark, it stands beside the number and before the last line.
    """
    width, height = CARD_SIZE
    image = Image.new("RGB", CARD_SIZE, WHITE)
    size = (width - _TEXT_WIDTH, height)
    image.paste(draw_map(index, dataclasses.replace(view, size=size)), (_TEXT_WIDTH, 0))
    _write_card(_Column(image), card, view)
    kept = [*kept_colours(view.look), _PRIMARY, *_MARK, _MARK_EDGE]
    return png(image, kept)


def _write_card(column: _Column, card: Card, view: View) -> None:
    style, mark = STYLES[view.look], view.words.mark
    column.bar(_PRIMARY)
    column.write(card.top, "regular", 25, style.muted, most_lines=2)
    column.gap(14)
    if card.number:
        column.write(card.lead, "bold", 32, style.ink)
        column.number(card.number, mark, style.ink)
        column.gap(16)
    column.write(
        card.heading, "bold", 34 if card.number else 58, style.ink, most_lines=3 if card.number else 4
    )
    column.gap(6)
    for line in card.lines:
        column.write(line, "regular", 29, style.ink, most_lines=2)
        column.gap(4)
    column.foot(card.foot, mark, style.muted)


class _Column:
    """The text beside the map, written from the top downwards."""

    def __init__(self, image: Image.Image) -> None:
        self._image = image
        self._draw = ImageDraw.Draw(image)
        self._y = float(_MARGIN)
        self._width = _TEXT_WIDTH - 2 * _MARGIN

    def gap(self, height: float) -> None:
        self._y += height

    def bar(self, fill: Colour) -> None:
        """Draw a line in the colour of the pages down the left edge."""
        self._draw.rectangle((0, 0, 11, CARD_SIZE[1]), fill)

    def write(self, text: str, weight: Weight, size: float, ink: Colour, *, most_lines: int = 1) -> None:
        """Write a text in as many lines as it needs; the last one that is allowed is cut off."""
        face = font(weight, size)
        for line in wrapped(text, face, self._width, most_lines):
            if self._y + size > CARD_SIZE[1] - _FOOT_HEIGHT:
                return
            self._draw.text((_MARGIN, self._y), line, ink, face, "la")
            self._y += size * 1.28

    def number(self, text: str, mark: str | None, ink: Colour) -> None:
        """Write the number as large as it fits, with the mark of a sample beside it."""
        badge = 0.0 if mark is None else font("bold", 30).getlength(mark) + 40
        size = 116
        while size > 40 and font("bold", size).getlength(text) > self._width - badge:  # noqa: PLR2004 - legible
            size -= 2
        face = font("bold", size)
        base = self._y + size
        self._draw.text((_MARGIN - size * 0.03, base), text, ink, face, "ls")
        if mark is not None:
            left = _MARGIN + face.getlength(text) + 18
            self._badge(mark, 30, left, base - size * 0.36)
        self._y = base + 12

    def foot(self, text: str, mark: str | None, ink: Colour) -> None:
        """Write the last line at the lower edge; one with a mark warns."""
        top = CARD_SIZE[1] - _FOOT_HEIGHT
        left: float = _MARGIN
        if mark is not None:
            self._draw.rectangle((0, top, _TEXT_WIDTH - 1, CARD_SIZE[1]), _MARK[0])
            ink = _MARK[1]
            face = font("bold", 22)
            self._draw.text((left, top + _FOOT_HEIGHT / 2), mark, ink, face, "lm")
            left += face.getlength(mark) + 16
        sizes = (20, 19, 18, 17, 16, 15)
        lines, face = largest_fitting(text, "regular", sizes, _TEXT_WIDTH - left - 16, 3)
        for place, line in enumerate(lines):
            y = top + _FOOT_HEIGHT / 2 + (place - (len(lines) - 1) / 2) * 24
            self._draw.text((left, y), line, ink, face, "lm")

    def _badge(self, text: str, size: float, left: float, middle: float) -> None:
        face = font("bold", size)
        box = (left, middle - size * 0.8, left + face.getlength(text) + 22, middle + size * 0.8)
        shape = Closeup(self._image, (box[0] - 3, box[1] - 3, box[2] + 3, box[3] + 3))
        shape.rounded(box, 8, _MARK_EDGE, 2)
        shape.rounded(box, 8, _MARK[0])
        shape.put()
        self._draw.text(((box[0] + box[2]) / 2, middle), text, _MARK[1], face, "mm")
