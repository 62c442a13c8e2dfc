"""Many points to precincts at once: numpy from end to end, no Python loop over points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from boundaries.boxes import box_of
from boundaries.grid import OwnerGrid

_CHUNK = 1 << 15  # points; the working arrays of a chunk stay in the processor's second-level cache
_UNDECIDED = np.int32(-1)


class BulkLocator:
    """Locates arrays of points through an owner grid.

    Parameters
    ----------
    grid
        Of these polygons.
    polygons
        Prepared polygons in degrees, in order of precedence.
    numbers
        The precinct number of each polygon.
    """

    def __init__(self, grid: OwnerGrid, polygons: NDArray[np.object_], numbers: Sequence[int]) -> None:
        self._grid = grid
        self._polygons = polygons
        self._box = box_of(polygons)
        # Negative codes index from the end, where every entry says that the polygons must decide.
        undecided = np.full(len(grid.candidates), _UNDECIDED)
        self._number_table = np.concatenate([np.array([0, *numbers], np.int32), undecided])
        self._candidates = _padded(grid.candidates)

    def locate(self, lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.int32]:
        """Return the number of each point's precinct, 0 for none.

        Parameters
        ----------
        lons, lats
            Degrees, shape (n,). NaN and infinity lie outside.
        """
        numbers = np.empty(lons.shape, np.int32)
        for start in range(0, len(numbers), _CHUNK):
            chunk = slice(start, start + _CHUNK)
            self._locate_chunk(lons[chunk], lats[chunk], numbers[chunk])
        return numbers

    def _locate_chunk(
        self, lons: NDArray[np.float64], lats: NDArray[np.float64], numbers: NDArray[np.int32]
    ) -> None:
        """Write the numbers of a chunk of points into ``numbers``."""
        west, south, east, north = self._box
        if not (lons.min() >= west and lons.max() <= east and lats.min() >= south and lats.max() <= north):
            inside = (lons >= west) & (lons <= east) & (lats >= south) & (lats <= north)
            numbers[:] = 0
            if inside.any():
                found = np.empty(np.count_nonzero(inside), np.int32)
                self._locate_chunk(lons[inside], lats[inside], found)
                numbers[inside] = found
            return
        frame = self._grid.frame
        scratch = np.subtract(lats, frame.south)
        scratch *= frame.rows_per_degree
        cell = scratch.astype(np.int32)
        cell *= frame.cells
        np.subtract(lons, frame.west, out=scratch)
        scratch *= frame.columns_per_degree
        cell += scratch.astype(np.int32)
        codes = self._grid.codes.take(cell)
        self._number_table.take(codes, out=numbers, mode="wrap")
        undecided = np.flatnonzero(codes < 0)
        if len(undecided):
            numbers[undecided] = self._decide(lons[undecided], lats[undecided], codes[undecided])

    def _decide(
        self, lons: NDArray[np.float64], lats: NDArray[np.float64], codes: NDArray[np.integer]
    ) -> NDArray[np.int32]:
        """Return the numbers of points in cells that an edge crosses, by testing the polygons in turn."""
        numbers = np.zeros(len(codes), np.int32)
        lists = -1 - codes.astype(np.intp)
        open_points = np.arange(len(codes))
        for rank in range(self._candidates.shape[1]):
            positions = self._candidates[lists[open_points], rank]
            listed = positions >= 0
            open_points, positions = open_points[listed], positions[listed]
            if len(open_points) == 0:
                break
            held = shapely.intersects_xy(self._polygons[positions], lons[open_points], lats[open_points])
            numbers[open_points[held]] = self._number_table[positions[held] + 1]
            open_points = open_points[~held]
        return numbers


def _padded(candidates: tuple[tuple[int, ...], ...]) -> NDArray[np.intp]:
    """Return lists of positions as a matrix, filled up with -1."""
    width = max(map(len, candidates), default=0)
    padded = np.full((len(candidates), width), -1, np.intp)
    for row, positions in enumerate(candidates):
        padded[row, : len(positions)] = positions
    return padded
