"""Cut the city along its streets and district lines into blocks, the stones that precincts are built of."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, Polygon

from boundaries.precincts import DECIMALS
from geo_service.sample_city.houses import HousePlan, points_of
from geo_service.sample_city.plan import CityPlan

_HEAVY = 1300  # voters; a heavier block is cut between its houses, or precincts could not be balanced
_CUT_ROUNDS = 5
_OVERSHOOT_M = 0.5
_CLOSING_M = 250.0  # to the nearest street from a dead end that is joined to it
_TOUCHING_M = 0.5


@dataclass(frozen=True)
class Blocks:
    """The blocks of a city: they tile it, and neighbours share their vertices.

    Parameters
    ----------
    polygons
        In degrees, on the grid of stored coordinates.
    district
        Position of the district of each block.
    voters
        In each block.
    block_of_house
        Position of the block of each house.
    neighbours
        Pairs of blocks of one district that share an edge, shape (n, 2), first < second.
    shared_m
        Length of what each pair shares, metres.
    across_main
        True for each pair that a main street separates.
    """

    polygons: NDArray[np.object_]
    district: NDArray[np.int64]
    voters: NDArray[np.int64]
    block_of_house: NDArray[np.int64]
    neighbours: NDArray[np.int64]
    shared_m: NDArray[np.float64]
    across_main: NDArray[np.bool_]


def cut_blocks(plan: CityPlan, houses: Sequence[HousePlan]) -> Blocks:
    """Cut a city into blocks.

    Parameters
    ----------
    plan
        Districts and all streets.
    houses
        Inside the city.

    Returns
    -------
    Blocks
    """
    lines = [
        *(shapely.boundary(district.outline) for district in plan.districts),
        *(street.course for street in plan.streets),
        *_closing_lines(plan),
    ]
    points = points_of(houses)
    weights = np.array([house.voters for house in houses])
    polygons, block_of_house, voters = _polygons_with_voters(plan, lines, points, weights)
    for _ in range(_CUT_ROUNDS):
        heavy = np.flatnonzero(voters > _HEAVY)
        if len(heavy) == 0:
            break
        for block in heavy:
            inside = block_of_house == block
            polygon = plan.plane.to_metres(polygons[block])
            lines += _cuts(polygon, shapely.get_coordinates(points[inside]), weights[inside])
        polygons, block_of_house, voters = _polygons_with_voters(plan, lines, points, weights)
    district = _districts(plan, polygons)
    neighbours, shared_m, across_main = _neighbours(plan, polygons, district)
    return Blocks(polygons, district, voters, block_of_house, neighbours, shared_m, across_main)


def _polygons_with_voters(
    plan: CityPlan,
    lines: Sequence[shapely.Geometry],
    points: NDArray[np.object_],
    weights: NDArray[np.int64],
) -> tuple[NDArray[np.object_], NDArray[np.int64], NDArray[np.int64]]:
    """Return the blocks between lines, the block of each house, and the voters of each block."""
    polygons = _polygons(plan, lines)
    block_of_house = _holding(plan, polygons, points)
    voters = np.bincount(block_of_house, weights, len(polygons)).astype(np.int64)
    return polygons, block_of_house, voters


def _polygons(plan: CityPlan, lines: Sequence[shapely.Geometry]) -> NDArray[np.object_]:
    """Return the faces between lines inside the city, in degrees."""
    # Snap rounding to the grid of stored coordinates: what is written is exactly what was cut.
    noded = shapely.union_all(plan.plane.to_degrees(np.array(lines)), grid_size=10.0**-DECIMALS)
    exact = shapely.transform(noded, lambda coordinates: np.round(coordinates, DECIMALS))
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(exact)))
    city = plan.plane.to_degrees(plan.city)
    shapely.prepare(city)
    inside: NDArray[np.object_] = faces[shapely.contains(city, shapely.point_on_surface(faces))]
    return inside


def _holding(plan: CityPlan, polygons: NDArray[np.object_], points: NDArray[np.object_]) -> NDArray[np.int64]:
    """Return the position of the polygon that holds each point, or that is nearest to it."""
    tree = shapely.STRtree(polygons)
    nearest = tree.query_nearest(plan.plane.to_degrees(points), all_matches=False)
    holding: NDArray[np.int64] = nearest[1].astype(np.int64)
    return holding


def _closing_lines(plan: CityPlan) -> list[shapely.Geometry]:
    """Return lines from the dead ends of streets to the nearest other street, so that more blocks close."""
    pieces = shapely.get_parts([street.course for street in plan.streets])
    ends = shapely.points([shapely.get_coordinates(piece)[end] for piece in pieces for end in (0, -1)])
    own = np.repeat(np.arange(len(pieces)), 2)
    end, piece = shapely.STRtree(pieces).query(ends, predicate="dwithin", distance=_CLOSING_M)
    end, piece = end[own[end] != piece], piece[own[end] != piece]
    gaps = shapely.distance(ends[end], pieces[piece])
    order = np.lexsort((piece, gaps, end))
    end, piece, gaps = end[order], piece[order], gaps[order]
    is_nearest = np.r_[True, end[1:] != end[:-1]] & (gaps > _TOUCHING_M)
    lines = shapely.shortest_line(ends[end[is_nearest]], pieces[piece[is_nearest]])
    return [_lengthened(line) for line in lines]


def _cuts(polygon: Polygon, positions: NDArray[np.float64], weights: NDArray[np.float64]) -> list[LineString]:
    """Return lines that cut a block into parts of about equal voters.

    They are parallel, each midway between two houses that follow one another across them, in the direction
    in which they are shortest.
    """
    ways = [_parallel_cuts(polygon, positions, weights, angle) for angle in np.arange(0, np.pi, np.pi / 12)]
    return min(ways, key=lambda cuts: sum(cut.length for cut in cuts))


def _parallel_cuts(
    polygon: Polygon, positions: NDArray[np.float64], weights: NDArray[np.float64], angle: float
) -> list[LineString]:
    along = np.array([np.cos(angle), np.sin(angle)])
    across = np.array([-along[1], along[0]])
    stations = positions @ along
    order = np.argsort(stations)
    ordered, shares = stations[order], np.cumsum(weights[order]) / weights.sum()
    parts = int(np.ceil(weights.sum() / (_HEAVY * 0.75)))
    reach = polygon.length
    centre = np.array([polygon.centroid.x, polygon.centroid.y])
    cuts: list[LineString] = []
    for part in range(1, parts):
        after = min(int(np.searchsorted(shares, part / parts)), len(ordered) - 2)
        middle = along * (ordered[after] + ordered[after + 1]) / 2 + across * (centre @ across)
        line = LineString([middle - across * reach, middle + across * reach]).intersection(polygon)
        cuts += [_lengthened(piece) for piece in shapely.get_parts(line) if piece.length > 1]
    return cuts


def _lengthened(line: LineString) -> LineString:
    """Return a straight line that sticks out a little at both ends, so that rounding cannot unhook it."""
    start, end = shapely.get_coordinates(line)[[0, -1]]
    step = (end - start) / np.hypot(*(end - start)) * _OVERSHOOT_M
    return LineString([start - step, end + step])


def _districts(plan: CityPlan, polygons: NDArray[np.object_]) -> NDArray[np.int64]:
    """Return the position of each block's district."""
    outlines = plan.plane.to_degrees(np.array([district.outline for district in plan.districts]))
    nearest = shapely.STRtree(outlines).query_nearest(shapely.point_on_surface(polygons), all_matches=False)
    positions: NDArray[np.int64] = nearest[1].astype(np.int64)
    return positions


def _neighbours(
    plan: CityPlan, polygons: NDArray[np.object_], district: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.bool_]]:
    """Return pairs of blocks of one district that share edges, the shared lengths and what lies between."""
    rings, block_of_ring = shapely.get_rings(polygons, return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    units = np.rint(coordinates * 10**DECIMALS).astype(np.int64)
    same = ring[1:] == ring[:-1]
    ends = np.stack([units[:-1], units[1:]], axis=1)[same]
    swap = (ends[:, 0, 0] > ends[:, 1, 0]) | (
        (ends[:, 0, 0] == ends[:, 1, 0]) & (ends[:, 0, 1] > ends[:, 1, 1])
    )
    ends[swap] = ends[swap][:, ::-1]
    _, edge = np.unique(ends.reshape(-1, 4), axis=0, return_inverse=True)
    metres = plan.plane.metres(coordinates)
    lengths = np.hypot(*(metres[1:] - metres[:-1])[same].T)
    middles = ((metres[1:] + metres[:-1]) / 2)[same]
    owners = block_of_ring[ring[:-1][same]]
    order = np.argsort(edge, kind="stable")
    twin = np.flatnonzero(edge[order][1:] == edge[order][:-1])
    first, second = owners[order[twin]], owners[order[twin + 1]]
    kept = district[first] == district[second]
    twin, first, second = twin[kept], first[kept], second[kept]
    pairs, pair = np.unique(np.sort(np.column_stack([first, second]), axis=1), axis=0, return_inverse=True)
    shared: NDArray[np.float64] = np.bincount(pair, lengths[order[twin]], len(pairs)).astype(np.float64)
    main = shapely.STRtree([street.course for street in plan.streets if street.is_main])
    on_main = np.zeros(len(twin), bool)
    on_main[main.query(shapely.points(middles[order[twin]]), predicate="dwithin", distance=0.5)[0]] = True
    across = np.bincount(pair, lengths[order[twin]] * on_main, len(pairs)) > shared / 2
    return pairs.astype(np.int64), shared, across


def connect_islands(
    count: int, pairs: NDArray[np.int64], polygons: NDArray[np.object_]
) -> list[tuple[int, int]]:
    """Return pairs that join parts of a graph of polygons that share no edge, each to its nearest other part.

    Parameters
    ----------
    count
        Number of polygons.
    pairs
        Neighbours, shape (n, 2).
    polygons
        The polygons.
    """
    part = list(range(count))

    def root(node: int) -> int:
        while part[node] != node:
            part[node] = part[part[node]]
            node = part[node]
        return node

    for first, second in pairs.tolist():
        part[root(first)] = root(second)
    groups: dict[int, list[int]] = {}
    for node in range(count):
        groups.setdefault(root(node), []).append(node)
    joined: list[tuple[int, int]] = []
    main, *islands = sorted(groups.values(), key=len, reverse=True)
    for island in islands:
        near = shapely.STRtree(polygons[main]).query_nearest(
            polygons[island], all_matches=False, return_distance=True
        )
        best = int(np.argmin(near[1]))
        joined.append((island[near[0][0][best]], main[near[0][1][best]]))
        main = list(itertools.chain(main, island))
    return joined
