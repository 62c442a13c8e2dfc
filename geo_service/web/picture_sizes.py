"""The few sizes that pictures are drawn in, so that each is drawn once for many readers."""

from __future__ import annotations

import math
from typing import Literal, get_args

PictureStyle = Literal["screen", "print", "social"]
Size = tuple[int, int]

STYLES: tuple[PictureStyle, ...] = get_args(PictureStyle)
SOCIAL_SIZE: Size = (1200, 630)
#: Of pictures for a screen or for paper; the type grows with the picture.
PICTURE_SIZES: tuple[Size, ...] = ((360, 240), (720, 480), (720, 720), (1080, 720), (1440, 960))
DEFAULT_SIZES: dict[PictureStyle, Size] = {
    "screen": (720, 480), "print": (1440, 960), "social": SOCIAL_SIZE
}  # fmt: skip

# Pixels of the shorter side that a line of width 1 takes one of. A page shows pictures smaller than they
# are, and paper smaller still.
_SIDE_AT_SCALE_1: dict[PictureStyle, float] = {"screen": 320.0, "print": 340.0, "social": 400.0}


def nearest_size(width: int | None, height: int | None) -> Size:
    """Return the size that comes nearest to the one that is asked for, by ratio.

    Parameters
    ----------
    width, height
        Pixels; None where it does not matter.
    """

    def difference(size: Size) -> float:
        pairs = ((width, size[0]), (height, size[1]))
        return sum(abs(math.log(size_px / asked)) for asked, size_px in pairs if asked is not None)

    return min(PICTURE_SIZES, key=difference)


def scale_of(style: PictureStyle, size: Size) -> float:
    """Return how many pixels a line of width 1 takes in a picture."""
    return max(min(size) / _SIDE_AT_SCALE_1[style], 0.9)
