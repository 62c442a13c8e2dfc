"""The typeface of pictures: DejaVu Sans, which has every Kazakh letter and comes with the project."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from PIL import ImageFont

Weight = Literal["regular", "bold"]

FONTS = Path(__file__).resolve().parents[1] / "fonts"
_FILES = {"regular": "DejaVuSans.ttf", "bold": "DejaVuSans-Bold.ttf"}
_KEPT = 64
_NUMBER_SIGN = re.compile("(№|No\\.) ")  # stays with its number

# A font keeps state of the letter that it draws: each thread has its own.
_LOCAL = threading.local()


def font(weight: Weight, size: float) -> ImageFont.FreeTypeFont:
    """Return the font of a weight in a size of whole pixels; not to be given to another thread."""
    fonts: dict[tuple[Weight, int], ImageFont.FreeTypeFont] = _LOCAL.__dict__.setdefault("fonts", {})
    key = (weight, max(round(size), 6))
    if key not in fonts:
        if len(fonts) >= _KEPT:
            fonts.clear()
        # The basic layout is in every Pillow; the other one depends on libraries of the machine.
        fonts[key] = ImageFont.truetype(FONTS / _FILES[weight], key[1], layout_engine=ImageFont.Layout.BASIC)
    return fonts[key]


def wrapped(text: str, face: ImageFont.FreeTypeFont, width: float, most_lines: int) -> list[str]:
    """Return a text in lines that are no wider than so many pixels; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    for word in filter(None, _NUMBER_SIGN.sub("\\1\u00a0", text).split(" ")):
        if lines and face.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    if len(lines) > most_lines:
        lines = [*lines[: most_lines - 1], " ".join(lines[most_lines - 1 :])]
    return [_shortened(line, face, width) for line in lines]


def largest_fitting(
    text: str, weight: Weight, sizes: Sequence[float], width: float, most_lines: int
) -> tuple[list[str], ImageFont.FreeTypeFont]:
    """Return a text in lines, and its font in the first size in which nothing is cut off, else the last."""
    for size in sizes:
        face = font(weight, size)
        lines = wrapped(text, face, width, most_lines)
        if not lines or not lines[-1].endswith("…"):
            break
    return lines, face


def _shortened(line: str, face: ImageFont.FreeTypeFont, width: float) -> str:
    if face.getlength(line) <= width:
        return line
    while line and face.getlength(f"{line}…") > width:
        line = line[:-1].rstrip()
    return f"{line}…"
