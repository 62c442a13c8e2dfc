"""Divide blocks into precincts: connected, inside one district, none over the legal number of voters.

Each district is halved again and again. A half is cut off by removing one edge of a random spanning tree of
the blocks' neighbourhood, so both halves stay connected; of many such cuts the one with the shortest new
border among the well balanced ones is taken. That is the recombination step of DeFord, Duchin and Solomon,
"Recombination: a family of Markov chains for redistricting", Harvard Data Science Review 3.1, 2021.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo_service.sample_city.blocks import Blocks, connect_islands

MOST_VOTERS = 3000  # on one list; docs/decisions/sample-city.md
_TREE_BLOCKS = 3000  # spanning trees are tried for each cut until they have visited so many blocks
_ATTEMPTS = 8  # divisions of a district tried
_PATIENCE = 12  # times as many trees are tried while no cut is balanced
_CANDIDATES = 4  # best balanced cuts of a tree whose border is measured
# Divided by the number of precincts to the power 0.7: the deviation from the mean list up to which a cut is
# balanced. Deviations of all cuts above a precinct multiply, so early ones must be small.
_BALANCE = 0.25
_MAIN_STREET_WEIGHT = 1.6  # spanning trees cross main streets late, so that cuts follow them
_HUB = 6  # a block with more neighbours (a field, a slope) joins the tree late, lest all hang on it


@dataclass(frozen=True, slots=True)
class _Graph:
    """Neighbourhood of blocks: for each block its neighbours, with the length and kind of what they share."""

    neighbours: dict[int, list[tuple[int, float, bool]]]
    voters: Sequence[int]


@dataclass(frozen=True, slots=True)
class _Cut:
    """One way to halve a set of blocks."""

    half: frozenset[int]
    precincts: int
    deviation: float
    border_m: float


def divide(blocks: Blocks, precincts: int, random: np.random.Generator) -> list[list[int]]:
    """Divide a city's blocks into precincts.

    Parameters
    ----------
    blocks
        Of all districts.
    precincts
        How many there shall be.
    random
        Decides the spanning trees.

    Returns
    -------
    list of list of int
        The blocks of each precinct, district by district; neighbours in the list lie near to one another.

    Raises
    ------
    ValueError
        If the voters cannot be divided so that no precinct has more than `MOST_VOTERS`.
    """
    graph = _graph(blocks)
    result: list[list[int]] = []
    for district, count in enumerate(_allotment(blocks, precincts)):
        members = frozenset(np.flatnonzero(blocks.district == district).tolist())
        result += _divide_district(graph, members, count, random)
    return result


def _divide_district(
    graph: _Graph, members: frozenset[int], count: int, random: np.random.Generator
) -> list[list[int]]:
    """Return a division of one district whose lists are all legal, trying again while one is too long."""
    for _ in range(_ATTEMPTS):
        parts = _halve(graph, members, count, random)
        heaviest = max(sum(graph.voters[block] for block in part) for part in parts)
        if heaviest <= MOST_VOTERS:
            return parts
    raise ValueError(f"a precinct would have {heaviest} voters, more than {MOST_VOTERS}")


def _allotment(blocks: Blocks, precincts: int) -> list[int]:
    """Return how many precincts each district gets, in proportion to its voters (largest remainders)."""
    voters = np.bincount(blocks.district, blocks.voters)
    quotas = voters / voters.sum() * precincts
    counts = np.maximum(np.floor(quotas), 1).astype(int)
    for district in np.argsort(counts - quotas)[: precincts - counts.sum()]:
        counts[district] += 1
    return [int(count) for count in counts]


def _graph(blocks: Blocks) -> _Graph:
    neighbours: dict[int, list[tuple[int, float, bool]]] = {
        block: [] for block in range(len(blocks.polygons))
    }
    edges = zip(
        blocks.neighbours.tolist(), blocks.shared_m.tolist(), blocks.across_main.tolist(), strict=True
    )
    for (first, second), shared, across in edges:
        neighbours[first].append((second, shared, across))
        neighbours[second].append((first, shared, across))
    for district in np.unique(blocks.district):
        members = np.flatnonzero(blocks.district == district)
        position = {block: i for i, block in enumerate(members.tolist())}
        inside = np.array(
            [
                [position[first], position[second]]
                for first, second in blocks.neighbours.tolist()
                if first in position
            ],
            np.int64,
        ).reshape(-1, 2)
        for first, second in connect_islands(len(members), inside, blocks.polygons[members]):
            one, other = int(members[first]), int(members[second])
            neighbours[one].append((other, 0.0, True))
            neighbours[other].append((one, 0.0, True))
    return _Graph(neighbours, blocks.voters.tolist())


def _halve(
    graph: _Graph, members: frozenset[int], count: int, random: np.random.Generator
) -> list[list[int]]:
    if count == 1:
        return [sorted(members)]
    cut = _best_cut(graph, members, count, random)
    rest = members - cut.half
    return [
        *_halve(graph, cut.half, cut.precincts, random),
        *_halve(graph, rest, count - cut.precincts, random),
    ]


def _best_cut(graph: _Graph, members: frozenset[int], count: int, random: np.random.Generator) -> _Cut:
    """Return the cut with the shortest border among the balanced ones, or the best balanced one."""
    trees = min(max(_TREE_BLOCKS // len(members), 8), 40)
    balance = _BALANCE / count**0.7
    best: _Cut | None = None
    for tree in range(trees * _PATIENCE):
        if best is not None and tree >= trees and best.deviation <= balance:
            break
        for cut in _tree_cuts(graph, members, count, random):
            if best is None or _rank(cut, balance) < _rank(best, balance):
                best = cut
    assert best is not None  # noqa: S101 - a spanning tree of two blocks or more has an edge to cut
    return best


def _rank(cut: _Cut, balance: float) -> tuple[float, float]:
    return max(cut.deviation, balance), cut.border_m


def _tree_cuts(graph: _Graph, members: frozenset[int], count: int, random: np.random.Generator) -> list[_Cut]:
    """Return the best balanced ways to cut one random spanning tree of some blocks."""
    order, parent = _spanning_tree(graph, members, random)
    below = {block: graph.voters[block] for block in order}
    for block in reversed(order[1:]):
        below[parent[block]] += below[block]
    total = below[order[0]]
    mean = total / count
    found = []
    for block in order[1:]:
        share = below[block] / total * count
        # Both halves get at least a quarter of the precincts, or halving would peel them off one by one.
        precincts = min(max(round(share), -(-count // 4)), count - -(-count // 4))
        worst = max(below[block] / precincts, (total - below[block]) / (count - precincts))
        found.append((worst / mean - 1, block, precincts))
    found.sort()
    children: dict[int, list[int]] = {}
    for block in order[1:]:
        children.setdefault(parent[block], []).append(block)
    return [
        _measured(graph, members, _subtree(children, block), precincts, deviation)
        for deviation, block, precincts in found[:_CANDIDATES]
    ]


def _spanning_tree(
    graph: _Graph, members: frozenset[int], random: np.random.Generator
) -> tuple[list[int], dict[int, int]]:
    """Return the blocks of a random spanning tree, parents first, and each block's parent (Prim)."""
    start = min(members)
    edges = sum(len(graph.neighbours[block]) for block in members)
    draw = iter(random.random(edges).tolist())
    parent: dict[int, int] = {}
    order: list[int] = []
    queue: list[tuple[float, int, int]] = [(0.0, start, start)]
    seen: set[int] = set()
    while queue:
        _, block, source = heapq.heappop(queue)
        if block in seen:
            continue
        seen.add(block)
        parent[block] = source
        order.append(block)
        degree = len(graph.neighbours[block])
        for neighbour, _, across_main in graph.neighbours[block]:
            if neighbour in members and neighbour not in seen:
                weight = next(draw) * (_MAIN_STREET_WEIGHT if across_main else 1.0)
                weight *= max(1.0, len(graph.neighbours[neighbour]) / _HUB, degree / _HUB)
                heapq.heappush(queue, (weight, neighbour, block))
    return order, parent


def _subtree(children: dict[int, list[int]], top: int) -> frozenset[int]:
    found, stack = set(), [top]
    while stack:
        block = stack.pop()
        found.add(block)
        stack += children.get(block, [])
    return frozenset(found)


def _measured(
    graph: _Graph, members: frozenset[int], half: frozenset[int], precincts: int, deviation: float
) -> _Cut:
    border = sum(
        shared
        for block in half
        for neighbour, shared, _ in graph.neighbours[block]
        if neighbour in members and neighbour not in half
    )
    return _Cut(half, precincts, deviation, border)
