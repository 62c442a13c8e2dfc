"""Where a square grid of cells lies on the earth, and grids that are so many times finer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Frame:
    """The grid's place on the earth: ``cells`` × ``cells`` cells from the south-west corner.

    Parameters
    ----------
    west, south
        Degrees.
    columns_per_degree, rows_per_degree
        Cells in one degree of longitude and of latitude.
    cells
        Cells along each side.
    """

    west: float
    south: float
    columns_per_degree: float
    rows_per_degree: float
    cells: int

    @classmethod
    def around(cls, bounds: tuple[float, float, float, float], cells: int) -> Frame:
        """Return the frame that holds bounds (west, south, east, north; degrees) and a cell around them."""
        west, south, east, north = bounds
        # The floor keeps cells of a point-like or line-like map larger than a double can tell apart.
        width, height = max(east - west, 1e-6), max(north - south, 1e-6)
        columns, rows = (cells - 2) / width, (cells - 2) / height
        return cls(west - 1 / columns, south - 1 / rows, columns, rows, cells)

    def finer(self, split: int) -> Frame:
        """Return the frame of the same place whose cells are so many times smaller along each side."""
        return Frame(
            self.west, self.south, self.columns_per_degree * split, self.rows_per_degree * split,
            self.cells * split,
        )  # fmt: skip

    def holding(self, cell_ids: NDArray[np.int64], finer: Frame) -> NDArray[np.int64]:
        """Return the cells that hold cells of a finer frame."""
        split = finer.cells // self.cells
        rows, columns = np.divmod(cell_ids, finer.cells)
        found: NDArray[np.int64] = rows // split * self.cells + columns // split
        return found

    def cells_in(self, cell_ids: NDArray[np.int64], finer: Frame) -> NDArray[np.int64]:
        """Return the cells of a finer frame in each of some cells, shape (n, split, split), south first."""
        steps = np.arange(finer.cells // self.cells)
        rows, columns = (part[:, None] * len(steps) + steps for part in np.divmod(cell_ids, self.cells))
        return rows[:, :, None] * finer.cells + columns[:, None, :]

    def centres(self, cell_ids: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the centres of cells, degrees, shape (n, 2), longitude first."""
        rows, columns = np.divmod(cell_ids, self.cells)
        return np.column_stack(
            [
                self.west + (columns + 0.5) / self.columns_per_degree,
                self.south + (rows + 0.5) / self.rows_per_degree,
            ]
        )
