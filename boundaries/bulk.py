"""Many points to precincts at once: numpy from end to end, no Python loop over points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from boundaries.boxes import box_of
from boundaries.grid import OwnerGrid

_CHUNK = 1 << 15  # points; the working arrays of a chunk stay in the processor's second-level cache


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
        self._number_table = _table(numbers, len(grid.candidates))
        self._cell_table = self._number_table
        if grid.split > 1:
            self._cell_table = _table(numbers, len(grid.blocks) // grid.split**2)
        self._candidates = _padded(grid.candidates)

    def locate(self, lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.int32]:
        """Return the number of each point's precinct, 0 for none.

        Parameters
        ----------
        lons, lats
            Degrees, shape (n,). NaN and infinity lie outside.
        """
        numbers = np.empty(lons.shape, np.int32)
        undecided = [np.empty(0, np.intp)]
        for start in range(0, len(numbers), _CHUNK):
            chunk = slice(start, start + _CHUNK)
            undecided.append(start + self._locate_chunk(lons[chunk], lats[chunk], numbers[chunk]))
        points = np.concatenate(undecided)
        # Points of one polygon after another, so that its edges stay in the processor's cache.
        points = points[np.argsort(self._candidates[-1 - numbers[points], 0], kind="stable")]
        numbers[points] = self._decide(lons[points], lats[points], -1 - numbers[points])
        return numbers

    def _locate_chunk(
        self, lons: NDArray[np.float64], lats: NDArray[np.float64], numbers: NDArray[np.int32]
    ) -> NDArray[np.intp]:
        """Write the numbers of a chunk of points into ``numbers``; return the points left undecided.

        Where a point is undecided, ``-1 - c`` stands for its number: the polygons of list ``c`` decide.
        """
        west, south, east, north = self._box
        if not (lons.min() >= west and lons.max() <= east and lats.min() >= south and lats.max() <= north):
            inside = np.flatnonzero((lons >= west) & (lons <= east) & (lats >= south) & (lats <= north))
            numbers[:] = 0
            if len(inside) == 0:
                return inside
            found = np.empty(len(inside), np.int32)
            undecided = self._locate_chunk(lons[inside], lats[inside], found)
            numbers[inside] = found
            return inside[undecided]
        frame = self._grid.frame
        scratch = np.subtract(lats, frame.south)
        scratch *= frame.rows_per_degree
        cell = scratch.astype(np.int32)
        cell *= frame.cells
        np.subtract(lons, frame.west, out=scratch)
        scratch *= frame.columns_per_degree
        cell += scratch.astype(np.int32)
        # Negative codes index the table from its end, where it holds them unchanged.
        self._cell_table.take(self._grid.codes.take(cell), out=numbers, mode="wrap")
        undecided = np.flatnonzero(numbers < 0)
        if self._grid.split > 1 and len(undecided):
            found = self._look_into_blocks(lons[undecided], lats[undecided], -1 - numbers[undecided])
            numbers[undecided] = found
            undecided = undecided[found < 0]
        return undecided

    def _look_into_blocks(
        self, lons: NDArray[np.float64], lats: NDArray[np.float64], blocks: NDArray[np.int32]
    ) -> NDArray[np.int32]:
        """Return the numbers of points in blocks, as `_locate_chunk` writes them."""
        frame, split = self._grid.frame, self._grid.split
        rows = (lats - frame.south) * frame.rows_per_degree
        columns = (lons - frame.west) * frame.columns_per_degree
        # Exact, since the split is a power of two: what is below 1 stays below the split.
        place = (blocks * split + ((rows - np.floor(rows)) * split).astype(np.int32)) * split
        place += ((columns - np.floor(columns)) * split).astype(np.int32)
        found: NDArray[np.int32] = self._number_table.take(self._grid.blocks.take(place), mode="wrap")
        return found

    def _decide(
        self, lons: NDArray[np.float64], lats: NDArray[np.float64], lists: NDArray[np.int32]
    ) -> NDArray[np.int32]:
        """Return the numbers of points in cells that an edge crosses, by testing polygons in turn."""
        numbers = np.zeros(len(lists), np.int32)
        open_points = np.arange(len(lists))
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


def _table(numbers: Sequence[int], lists: int) -> NDArray[np.int32]:
    """Return numbers by code, with the negative codes of lists or blocks at the end."""
    return np.concatenate([np.array([0, *numbers], np.int32), np.arange(-lists, 0, dtype=np.int32)])


def _padded(candidates: tuple[tuple[int, ...], ...]) -> NDArray[np.intp]:
    """Return lists of positions as a matrix, filled up with -1."""
    width = max(map(len, candidates), default=0)
    padded = np.full((len(candidates), max(width, 1)), -1, np.intp)
    for row, positions in enumerate(candidates):
        padded[row, : len(positions)] = positions
    return padded
