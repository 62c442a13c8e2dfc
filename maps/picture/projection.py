"""From degrees to the pixels of one picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maps.picture.model import Size

Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]

_RADIUS_M = 6_378_137.0  # of the sphere of Web Mercator, EPSG:3857


@dataclass(frozen=True, slots=True)
class Projection:
    """Web Mercator, as the interactive map; true to scale at ``lat``."""

    lat: float

    def project(self, positions: ArrayLike) -> Floats:
        """Return metres east and north, an array of pairs, of longitudes and latitudes."""
        degrees = np.radians(np.asarray(positions, dtype=np.float64).reshape(-1, 2))
        east, north = degrees[:, 0], np.arcsinh(np.tan(degrees[:, 1]))
        metres: Floats = np.column_stack((east, north)) * (_RADIUS_M * np.cos(np.radians(self.lat)))
        return metres


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the plane that a picture shows.

    ``west`` and ``north`` are metres at the picture's left and upper edge.
    """

    west: float
    north: float
    metres_per_pixel: float
    size: Size

    @property
    def box(self) -> Box:
        """West, south, east, north in metres."""
        width, height = self.size
        return (
            self.west,
            self.north - height * self.metres_per_pixel,
            self.west + width * self.metres_per_pixel,
            self.north,
        )

    def pixels(self, metres: Floats) -> Floats:
        """Return positions on the picture, x to the right and y downwards."""
        return (metres - (self.west, self.north)) / (self.metres_per_pixel, -self.metres_per_pixel)


@dataclass(frozen=True, slots=True)
class Margins:
    """Pixels between the edges of a picture and what it is about."""

    left: float
    top: float
    right: float
    bottom: float


def fitted(box: Box, size: Size, margins: Margins, *, least_m: float) -> Frame:
    """Return the frame that shows a box as large as it fits between the margins, in the middle.

    Parameters
    ----------
    box
        West, south, east, north in metres.
    size
        Of the picture.
    margins
        Kept free.
    least_m
        The shorter side of the picture shows at least this length.
    """
    width, height = size
    free_width = max(width - margins.left - margins.right, width / 4)
    free_height = max(height - margins.top - margins.bottom, height / 4)
    west, south, east, north = box
    metres = max((east - west) / free_width, (north - south) / free_height, least_m / min(size))
    left = (west + east) / 2 - (margins.left + free_width / 2) * metres
    top = (south + north) / 2 + (margins.top + free_height / 2) * metres
    return Frame(left, top, metres, size)
