"""The owner grid: for every cell of a fine grid, who owns it, or who may.

A cell through which no polygon's edge passes has one answer for all of its points; it is found once, for the
cell's centre. A cell that an edge touches lists every polygon that any of its points could lie in, lowest
position first, and is decided point by point on the polygons themselves. Nothing is assumed of the polygons:
they may overlap, repeat, leave gaps or hold holes.

Cells are found with floating-point arithmetic, so an edge also marks the cells that it misses by less than
`_MARGIN` of a cell; that is a thousand times the rounding error of the arithmetic (8e-8 of a cell at worst,
where a steep edge enters a column).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from boundaries.edges import polygon_segments

DEFAULT_CELLS = 2048
_MARGIN = 1e-4  # of a cell
_STEEP = 1e-3  # an edge narrower than this (cells) is taken to fill its height in every column it touches


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

    def centres(self, cell_ids: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the centres of cells, degrees, shape (n, 2), longitude first."""
        rows, columns = np.divmod(cell_ids, self.cells)
        return np.column_stack(
            [
                self.west + (columns + 0.5) / self.columns_per_degree,
                self.south + (rows + 0.5) / self.rows_per_degree,
            ]
        )


@dataclass(frozen=True, slots=True)
class OwnerGrid:
    """Owner codes of all cells.

    Parameters
    ----------
    frame
        Where the cells lie.
    codes
        Shape (cells²,), row by row from the south-west: 0 nobody, ``p + 1`` the polygon at position ``p``,
        ``-(c + 1)`` decide between the polygons of ``candidates[c]``.
    candidates
        Distinct lists of positions, each ascending.
    """

    frame: Frame
    codes: NDArray[np.signedinteger]
    candidates: tuple[tuple[int, ...], ...]


def build_owner_grid(polygons: NDArray[np.object_], *, cells: int = DEFAULT_CELLS) -> OwnerGrid:
    """Build the owner grid of polygons.

    Parameters
    ----------
    polygons
        Shapely polygons and multipolygons in degrees, in order of precedence: where several hold a point, the
        first owns it. They should be prepared.
    cells
        Cells along each side, at least 4.

    Returns
    -------
    OwnerGrid
    """
    if len(polygons) == 0:
        frame = Frame.around((0.0, 0.0, 0.0, 0.0), cells)
        return OwnerGrid(frame, np.zeros(cells * cells, np.int16), ())
    west, south, east, north = (float(value) for value in shapely.total_bounds(polygons))
    frame = Frame.around((west, south, east, north), cells)

    edge_cells, edge_polygons = _cells_under_edges(polygons, frame)
    is_border = np.zeros(cells * cells, bool)
    is_border[edge_cells] = True

    border_cells = np.flatnonzero(is_border)
    runs, run_of_cell = _runs_without_border(is_border, cells)
    run_points, run_polygons = holders(polygons, frame.centres(runs))
    run_codes = np.zeros(len(runs), np.int64)
    # Written last to first, so that the lowest position stays.
    run_codes[run_points[::-1]] = run_polygons[::-1] + 1

    cover_points, cover_polygons = holders(polygons, frame.centres(border_cells))
    pairs = np.unique(
        np.concatenate(
            [
                edge_cells * len(polygons) + edge_polygons,
                border_cells[cover_points] * len(polygons) + cover_polygons,
            ]
        )
    )
    candidates, list_of_cell = _distinct_lists(*np.divmod(pairs, len(polygons)))

    codes = np.empty(cells * cells, np.int64)
    codes[~is_border] = run_codes[run_of_cell]
    codes[border_cells] = -1 - list_of_cell
    small = max(len(polygons), len(candidates)) < np.iinfo(np.int16).max
    return OwnerGrid(frame, codes.astype(np.int16 if small else np.int32), candidates)


def holders(
    polygons: NDArray[np.object_], points: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return all pairs of a point and a polygon that holds it or touches it, by point, then by polygon.

    Parameters
    ----------
    polygons
        Shapely polygons in degrees.
    points
        Degrees, shape (n, 2), longitude first.
    """
    tree = shapely.STRtree(polygons)
    found = tree.query(shapely.points(points), predicate="intersects")
    order = np.lexsort((found[1], found[0]))
    return found[0][order].astype(np.int64), found[1][order].astype(np.int64)


def _cells_under_edges(
    polygons: NDArray[np.object_], frame: Frame
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return every (cell, polygon) for which an edge of the polygon passes through the cell."""
    segments, owners = polygon_segments(polygons)
    u1 = (segments[:, 0] - frame.west) * frame.columns_per_degree
    v1 = (segments[:, 1] - frame.south) * frame.rows_per_degree
    u2 = (segments[:, 2] - frame.west) * frame.columns_per_degree
    v2 = (segments[:, 3] - frame.south) * frame.rows_per_degree

    first_column = np.floor(np.minimum(u1, u2) - _MARGIN).astype(np.int64)
    last_column = np.floor(np.maximum(u1, u2) + _MARGIN).astype(np.int64)
    edge, column = _expand(first_column, last_column)

    # The part of each edge inside each of its columns gives the rows to mark there.
    run, rise = (u2 - u1)[edge], (v2 - v1)[edge]
    steep = np.abs(run) < _STEEP
    with np.errstate(divide="ignore", invalid="ignore"):
        enter = np.where(steep, 0.0, np.clip((column - _MARGIN - u1[edge]) / run, 0.0, 1.0))
        leave = np.where(steep, 1.0, np.clip((column + 1 + _MARGIN - u1[edge]) / run, 0.0, 1.0))
    v_enter, v_leave = v1[edge] + enter * rise, v1[edge] + leave * rise
    first_row = np.floor(np.minimum(v_enter, v_leave) - _MARGIN).astype(np.int64)
    last_row = np.floor(np.maximum(v_enter, v_leave) + _MARGIN).astype(np.int64)
    part, row = _expand(first_row, last_row)

    pairs = np.unique((row * frame.cells + column[part]) * len(polygons) + owners[edge[part]])
    cell, polygon = np.divmod(pairs, len(polygons))
    return cell, polygon


def _expand(first: NDArray[np.int64], last: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return, for ranges ``first..last`` (both included), the range's position and each of its values."""
    lengths = last - first + 1
    source = np.repeat(np.arange(len(first)), lengths)
    starts = np.cumsum(lengths) - lengths
    return source, first[source] + np.arange(len(source)) - starts[source]


def _runs_without_border(
    is_border: NDArray[np.bool_], cells: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Split the cells without border into runs along rows, within which the owner cannot change.

    Returns
    -------
    first_cells, run_of_cell
        The first cell of each run, and for each cell without border, in order, its run's position.
    """
    starts_run = ~is_border
    starts_run[1:] &= is_border[:-1]
    row_starts = np.arange(0, cells * cells, cells)
    starts_run[row_starts] = ~is_border[row_starts]
    run_of_cell = np.cumsum(starts_run)[~is_border] - 1
    return np.flatnonzero(starts_run), run_of_cell


def _distinct_lists(
    cell: NDArray[np.int64], polygon: NDArray[np.int64]
) -> tuple[tuple[tuple[int, ...], ...], NDArray[np.int64]]:
    """Group pairs sorted by cell into lists of polygons; return the distinct lists and each cell's list."""
    bounds = np.flatnonzero(np.r_[True, cell[1:] != cell[:-1], True]).tolist()
    polygons = polygon.tolist()
    known: dict[tuple[int, ...], int] = {}
    list_of_cell = [
        known.setdefault(tuple(polygons[start:end]), len(known)) for start, end in itertools.pairwise(bounds)
    ]
    return tuple(known), np.array(list_of_cell, np.int64)
