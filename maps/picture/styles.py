"""Colours and widths of pictures: light ones for every reader, for pictures are shared and printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PIL import ImageColor

from maps.colours import HUES
from maps.picture.model import Look

Colour = tuple[int, int, int]


def colour(text: str) -> Colour:
    """Return a colour of a text such as ``#b3261e``."""
    red, green, blue = ImageColor.getrgb(text)[:3]
    return red, green, blue


def mixed(ground: Colour, ink: Colour, share: float) -> Colour:
    """Return the colour of an ink that covers a share of the ground."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(ground, ink, strict=True))
    return red, green, blue


WHITE: Colour = (255, 255, 255)
#: Of the edges of a street, both sides together, at scale 1.
STREET_EDGES = 1.4


def street_width(*, is_main: bool) -> float:
    """Return how wide a street is between its edges, at scale 1."""
    return 5.0 if is_main else 2.6


@dataclass(frozen=True, slots=True)
class Style:
    """How a picture looks.

    Parameters
    ----------
    ground, land
        Outside the city; the chosen precinct.
    tints, lines
        Areas and borders of the precincts of each district, in their order.
    street, street_edge
        A street and its two edges.
    border, border_width
        Of the chosen precinct.
    pin, pin_ink, pin_mark
        The station: its box, the number in it, the mark of a sample.
    point
        Where somebody asks about.
    ink, muted
        Numbers and names.
    mark, mark_share
        The mark all over the picture, and how much of the ground it covers.
    """

    ground: Colour
    land: Colour
    tints: tuple[Colour, ...]
    lines: tuple[Colour, ...]
    street: Colour
    street_edge: Colour
    border: Colour
    border_width: float
    pin: Colour
    pin_ink: Colour
    pin_mark: Colour
    point: Colour
    ink: Colour
    muted: Colour
    mark: Colour
    mark_share: float


_LAND = colour("#f7f8f5")

STYLES: Mapping[Look, Style] = {
    "screen": Style(
        ground=colour("#e6eaec"),
        land=_LAND,
        tints=tuple(mixed(_LAND, colour(hue.fill), 0.18) for hue in HUES),
        lines=tuple(mixed(WHITE, colour(hue.line), 0.6) for hue in HUES),
        street=WHITE,
        street_edge=colour("#c3cbd0"),
        border=colour("#b3261e"),
        border_width=4,
        pin=colour("#b3261e"),
        pin_ink=WHITE,
        pin_mark=colour("#fff1c7"),
        point=colour("#00666f"),
        ink=colour("#15232d"),
        muted=colour("#4d5d68"),
        mark=colour("#4a3700"),
        mark_share=0.16,
    ),
    "print": Style(
        ground=colour("#e2e2e2"),
        land=WHITE,
        tints=(colour("#f1f1f1"),) * len(HUES),
        lines=(colour("#8a8a8a"),) * len(HUES),
        street=WHITE,
        street_edge=colour("#b4b4b4"),
        border=(0, 0, 0),
        border_width=5,
        pin=(0, 0, 0),
        pin_ink=WHITE,
        pin_mark=WHITE,
        point=(0, 0, 0),
        ink=(0, 0, 0),
        muted=colour("#3c3c3c"),
        mark=(0, 0, 0),
        mark_share=0.14,
    ),
}


def kept_colours(look: Look) -> list[Colour]:
    """Return the colours that pictures of a look show exactly."""
    style = STYLES[look]
    return [
        WHITE, style.border, style.pin, style.point, style.ink, style.land, style.ground, *style.tints,
        style.pin_mark, style.street_edge, (0, 0, 0),
    ]  # fmt: skip
