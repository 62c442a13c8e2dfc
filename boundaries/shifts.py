"""How borders move between two states of the same polygons: which ground goes from which to which.

Polygons are WGS 84 (EPSG:4326) in degrees, longitude first, valid. Areas are square metres on the ellipsoid,
good to 0.1 %; widths are metres, good to 1 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from boundaries.geodesy import degrees_for_metres
from boundaries.precincts import DECIMALS
from boundaries.quality import area_m2

Shapes = NDArray[np.object_]

#: Ground narrower than this, metres, is never a shift: stored coordinates are 11 mm apart.
FINEST_M = 0.02
_NOWHERE = Polygon()
_GRID = 10.0**-DECIMALS


@dataclass(frozen=True, slots=True)
class Shift:
    """Ground that lies in another polygon than before.

    Parameters
    ----------
    giver, taker
        Positions of the polygon that loses it and of the one that gains it; None where nobody does. At most
        one is None.
    ground
        The ground, in degrees.
    area_m2
        Its area, m².
    """

    giver: int | None
    taker: int | None
    ground: MultiPolygon
    area_m2: float


@dataclass(frozen=True, slots=True)
class Shifts:
    """All shifts between two states, the largest first.

    Parameters
    ----------
    shifts
        One for each pair that ground goes between.
    narrow_polygons
        How many polygons changed only by ground that is left out because it is too narrow.
    narrow_m2
        Area of all ground that is left out, m².
    """

    shifts: tuple[Shift, ...]
    narrow_polygons: int
    narrow_m2: float


def find_shifts(
    old: Sequence[BaseGeometry | None], new: Sequence[BaseGeometry | None], *, tolerance_m: float = 1.0
) -> Shifts:
    """Return the ground that changes hands between two states of polygons.

    Parameters
    ----------
    old, new
        The same polygons before and after, position by position; None before one comes into being, or after
        it is gone. Polygons of one state may overlap.
    tolerance_m
        Ground that is nowhere wider than this, metres, is left out: a border drawn again never runs exactly
        where it ran. At least `FINEST_M` counts.

    Returns
    -------
    Shifts
    """
    before, after = _shapes(old), _shapes(new)
    changed = np.flatnonzero(~same_shapes(before, after))
    lost = shapely.difference(before[changed], after[changed])
    gained = shapely.difference(after[changed], before[changed])
    givers, takers = _touching(lost, gained)
    grounds = shapely.intersection(lost[givers], gained[takers])
    to_nobody = _rest(lost, gained, givers, takers)
    from_nobody = _rest(gained, lost, takers, givers)
    pairs: list[tuple[int | None, int | None]] = [
        *zip(changed[givers].tolist(), changed[takers].tolist(), strict=True),
        *((position, None) for position in changed.tolist()),
        *((None, position) for position in changed.tolist()),
    ]
    return _wide_ones(pairs, np.concatenate([grounds, to_nobody, from_nobody]), max(tolerance_m, FINEST_M))


def same_shapes(first: Shapes, second: Shapes) -> NDArray[np.bool_]:
    """Return where two arrays hold the same geometry, whatever the order of its parts and corners."""
    same: NDArray[np.bool_] = shapely.equals_exact(first, second, tolerance=0.0)
    rest = np.flatnonzero(~same)
    # None equals nothing, not even None.
    same[rest] = shapely.equals_exact(
        shapely.normalize(first[rest]), shapely.normalize(second[rest]), tolerance=_GRID / 2
    ) | (shapely.is_missing(first[rest]) & shapely.is_missing(second[rest]))
    return same


def _shapes(geometries: Sequence[BaseGeometry | None]) -> Shapes:
    filled = [_NOWHERE if geometry is None else geometry for geometry in geometries]
    return np.array([*filled, None], object)[:-1]  # the None keeps numpy from unpacking them


def _touching(lost: Shapes, gained: Shapes) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    givers, takers = shapely.STRtree(gained).query(lost, predicate="intersects")
    return givers, takers


def _rest(
    grounds: Shapes, others: Shapes, positions: NDArray[np.intp], of_others: NDArray[np.intp]
) -> Shapes:
    """Return of each ground what lies in none of the others that it touches."""
    rest = grounds.copy()
    order = np.argsort(positions, kind="stable")
    owners, starts = np.unique(positions[order], return_index=True)
    ends = [*starts[1:], len(order)]
    for owner, start, end in zip(owners, starts, ends, strict=False):  # without owners there is one end
        touching = of_others[order[start:end]]
        rest[owner] = shapely.difference(grounds[owner], shapely.union_all(others[touching]))
    return rest


def _wide_ones(pairs: Sequence[tuple[int | None, int | None]], grounds: Shapes, tolerance_m: float) -> Shifts:
    parts, owners = shapely.get_parts(grounds, return_index=True)
    polygonal = shapely.get_dimensions(parts) == 2  # noqa: PLR2004 - areas; where two only touch are lines
    parts, owners = parts[polygonal], owners[polygonal]
    wide = are_wider(parts, tolerance_m)
    shifts = []
    shifted, starts = np.unique(owners[wide], return_index=True)  # parts come in the order of their owners
    for owner, of_owner in zip(shifted.tolist(), np.split(parts[wide], starts[1:]), strict=False):
        ground = MultiPolygon(of_owner.tolist())
        giver, taker = pairs[owner]
        shifts.append(Shift(giver, taker, ground, _area(ground)))
    shifts.sort(key=lambda shift: (-shift.area_m2, _order(shift.giver), _order(shift.taker)))
    moved = {position for shift in shifts for position in (shift.giver, shift.taker)}
    narrow = {position for owner in np.unique(owners[~wide]).tolist() for position in pairs[owner]}
    return Shifts(
        tuple(shifts),
        len(narrow - moved - {None}),
        round(sum(area_m2(part) for part in parts[~wide]), 2),  # crumbs of the calculation add up to nothing
    )


def _order(position: int | None) -> int:
    return -1 if position is None else position


def _area(ground: MultiPolygon) -> float:
    return sum(area_m2(part) for part in ground.geoms)


def are_wider(polygons: Shapes, width_m: float) -> NDArray[np.bool_]:
    """Return which polygons are somewhere wider than a width in metres."""
    if not len(polygons):
        return np.zeros(0, bool)
    coordinates, owners = shapely.get_coordinates(polygons, return_index=True)
    middles = shapely.bounds(polygons)[:, 1::2].mean(axis=1)
    steps = np.array([degrees_for_metres(1.0, lat) for lat in middles.tolist()])
    in_metres = shapely.set_coordinates(polygons.copy(), coordinates / steps[owners])
    # What a strip of half the width, taken off all round, leaves of a polygon.
    wide: NDArray[np.bool_] = ~shapely.is_empty(shapely.buffer(in_metres, -width_m / 2, join_style="mitre"))
    return wide
