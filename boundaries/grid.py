"""The owner grid: for every cell of a fine grid, who owns it, or who may.

A cell through which no polygon's edge passes has one answer for all of its points; it is found once, for the
cell's centre. A cell that an edge touches lists every polygon that any of its points could lie in, lowest
position first, and is decided point by point on the polygons themselves. Nothing is assumed of the polygons:
they may overlap, repeat, leave gaps or hold holes.

Where there are many polygons a cell is large beside them, and more of the points need a test. There each cell
that an edge touches is split once more, into a block of smaller cells of the same two kinds: as good as a
grid so many times finer, for a tenth of its memory.

Cells are found with floating-point arithmetic, so an edge also marks the cells that it misses by less than
`_MARGIN` of a cell; that is a thousand times the rounding error of the arithmetic (8e-8 of a cell at worst,
where a steep edge enters a column).
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

from boundaries.edges import polygon_segments
from boundaries.frame import Frame

DEFAULT_CELLS = 2048
_POLYGONS_UNSPLIT = 1000  # that the default grid is fine enough for
_POLYGONS_PER_SPLIT = 330  # for a split of 2 four times as many, and so on
_MAX_SPLIT = 8
_MARGIN = 1e-4  # of a cell
_CHUNK = 1 << 17  # points, or smaller cells, at once: as objects they take two hundred times their bytes
_STEEP = 1e-3  # an edge narrower than this (cells) is taken to fill its height in every column it touches


@dataclass(frozen=True, slots=True)
class OwnerGrid:
    """Owner codes of all cells.

    Parameters
    ----------
    frame
        Where the cells lie.
    codes
        Shape (cells²,), row by row from the south-west: 0 nobody, ``p + 1`` the polygon at position ``p``,
        ``-(c + 1)`` decide between the polygons of ``candidates[c]``; or, in a grid that is split, look into
        block ``c``.
    candidates
        Distinct lists of positions, each ascending.
    split
        Smaller cells along each side of a block, a power of two; 1 if there are no blocks.
    blocks
        Shape (blocks × split²,): codes of the smaller cells, block by block, each row by row from its
        south-west; negative ones decide between polygons.
    """

    frame: Frame
    codes: NDArray[np.signedinteger]
    candidates: tuple[tuple[int, ...], ...]
    split: int = 1
    blocks: NDArray[np.signedinteger] = field(default_factory=lambda: np.zeros(0, np.int16))

    def place_in_block(self, lon: float, lat: float, block: int) -> int:
        """Return which of the smaller cells holds a point that lies in a block."""
        # Exact, since the split is a power of two: what is below 1 stays below the split.
        row = int((lat - self.frame.south) * self.frame.rows_per_degree % 1.0 * self.split)
        column = int((lon - self.frame.west) * self.frame.columns_per_degree % 1.0 * self.split)
        return (block * self.split + row) * self.split + column

    @property
    def undecided_share(self) -> float:
        """The share of the ground under the grid where polygons must be tested."""
        if self.split == 1:
            return float(np.mean(self.codes < 0))
        return float(np.count_nonzero(self.blocks < 0) / (len(self.codes) * self.split**2))

    @property
    def nbytes(self) -> int:
        """Bytes that the codes occupy."""
        return self.codes.nbytes + self.blocks.nbytes


def usual_split(polygons: int) -> int:
    """Return into how many smaller cells a side the cells of a default grid are split for so many polygons.

    More polygons also mean that a point finds the one to test in no cache, so that each test costs more:
    the smaller cells make fewer points need one.
    """
    if polygons <= _POLYGONS_UNSPLIT:
        return 1
    return next((split for split in (2, 4) if split**2 * _POLYGONS_PER_SPLIT >= polygons), _MAX_SPLIT)


def build_owner_grid(
    polygons: NDArray[np.object_], *, cells: int = DEFAULT_CELLS, split: int = 1
) -> OwnerGrid:
    """Build the owner grid of polygons.

    Parameters
    ----------
    polygons
        Shapely polygons and multipolygons in degrees, in order of precedence: where several hold a point, the
        first owns it. They should be prepared.
    cells
        Cells along each side, at least 4.
    split
        Into how many smaller cells along each side a cell is split that an edge touches: 1, 2, 4 or 8.

    Returns
    -------
    OwnerGrid
    """
    if len(polygons) == 0:
        frame = Frame.around((0.0, 0.0, 0.0, 0.0), cells)
        return OwnerGrid(frame, np.zeros(cells * cells, np.int16), ())
    west, south, east, north = (float(value) for value in shapely.total_bounds(polygons))
    frame = Frame.around((west, south, east, north), cells)
    fine = frame.finer(split)

    edge_cells, edge_polygons = _cells_under_edges(polygons, fine)
    fine_border = _ascending(edge_cells)
    candidates, list_of_cell = _candidates(polygons, fine, fine_border, edge_cells, edge_polygons)
    is_border = np.zeros(cells * cells, bool)
    is_border[frame.holding(fine_border, fine)] = True
    border = np.flatnonzero(is_border)

    codes = np.empty(cells * cells, np.int64)
    runs, run_of_cell = _runs_without_border(is_border, cells)
    codes[~is_border] = _owners(polygons, frame.centres(runs))[run_of_cell]
    if split == 1:
        codes[border] = -1 - list_of_cell
        return OwnerGrid(frame, _compact(codes), candidates)
    codes[border] = -1 - np.arange(len(border))
    parts = [
        _blocks(polygons, frame.cells_in(some, fine), fine, fine_border, list_of_cell).astype(np.int32)
        for some in np.array_split(border, math.ceil(len(border) * split**2 / _CHUNK))
    ]
    return OwnerGrid(frame, _compact(codes), candidates, split, _compact(np.concatenate(parts)))


def _candidates(
    polygons: NDArray[np.object_],
    frame: Frame,
    border: NDArray[np.int64],
    edge_cells: NDArray[np.int64],
    edge_polygons: NDArray[np.int64],
) -> tuple[tuple[tuple[int, ...], ...], NDArray[np.int64]]:
    """Return the distinct lists of polygons of border cells, and the list of each."""
    cover_points, cover_polygons = holders(polygons, frame.centres(border))
    pairs = _ascending(
        np.concatenate(
            [
                edge_cells * len(polygons) + edge_polygons,
                border[cover_points] * len(polygons) + cover_polygons,
            ]
        )
    )
    return _distinct_lists(*np.divmod(pairs, len(polygons)))


def _owners(polygons: NDArray[np.object_], points: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the codes of points that lie on no edge: 0 for nobody, else one more than the position."""
    found, holding = holders(polygons, points)
    codes = np.zeros(len(points), np.int64)
    # Written last to first, so that the lowest position stays.
    codes[found[::-1]] = holding[::-1] + 1
    return codes


def _blocks(
    polygons: NDArray[np.object_],
    cells: NDArray[np.int64],
    frame: Frame,
    border: NDArray[np.int64],
    list_of_cell: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return the codes of blocks of cells, of shape (blocks, split, split), flat."""
    place = np.minimum(np.searchsorted(border, cells), len(border) - 1)
    is_border = border[place] == cells
    # Along a row of a block the owner can change only behind a cell that an edge touches.
    starts = ~is_border
    starts[:, :, 1:] &= is_border[:, :, :-1]
    codes = np.empty(cells.shape, np.int64)
    codes[is_border] = -1 - list_of_cell[place[is_border]]
    run_of_cell = np.cumsum(starts)[~is_border.ravel()] - 1
    codes[~is_border] = _owners(polygons, frame.centres(cells[starts]))[run_of_cell]
    return codes.ravel()


def _ascending(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the distinct values, ascending: for millions, sorting is ten times faster than hashing."""
    ordered = np.sort(values)
    distinct = np.empty(len(ordered), bool)
    distinct[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=distinct[1:])
    return ordered[distinct]


def _compact(codes: NDArray[np.signedinteger]) -> NDArray[np.signedinteger]:
    """Return codes in the smallest type that holds them."""
    limits = np.iinfo(np.int16)
    small = len(codes) == 0 or (codes.min() > limits.min and codes.max() < limits.max)
    return codes.astype(np.int16 if small else np.int32)


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
    held, holding = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for start in range(0, len(points), _CHUNK):
        found = tree.query(shapely.points(points[start : start + _CHUNK]), predicate="intersects")
        order = np.lexsort((found[1], found[0]))
        held.append(start + found[0][order].astype(np.int64))
        holding.append(found[1][order].astype(np.int64))
    return np.concatenate(held), np.concatenate(holding)


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

    pairs = _ascending((row * frame.cells + column[part]) * len(polygons) + owners[edge[part]])
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
