"""Colours of the map: a hue for each district, a tint for each precinct within it.

The hues are Paul Tol's muted scheme (technical note SRON/EPS/TN/09-002), which readers with any colour vision
can tell apart. Lines use darker steps of the light hues, or lighter steps on a dark ground, so that a border
has a contrast of at least 3 to 1 everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from boundaries.neighbours import find_neighbours
from maps.model import MapPrecinct

#: Tints that neighbouring precincts of one district alternate between.
TINTS = 3


@dataclass(frozen=True, slots=True)
class Hue:
    """A district's colours, ``#rrggbb``: of areas, and of lines on a light and on a dark ground."""

    fill: str
    line: str
    dark: str


HUES = (
    Hue("#332288", "#332288", "#a89bf0"),
    Hue("#88CCEE", "#2f7ba3", "#88CCEE"),
    Hue("#44AA99", "#2b7d70", "#5cc4b2"),
    Hue("#117733", "#117733", "#58b877"),
    Hue("#999933", "#75751f", "#c2c25a"),
    Hue("#DDCC77", "#877722", "#DDCC77"),
    Hue("#CC6677", "#ac4657", "#e58a97"),
    Hue("#882255", "#882255", "#d97bab"),
)


def hues_by_district(districts: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return the colours of each district in the form the browser modules take.

    Districts beyond the eighth start again with the first hue.
    """
    return {code: asdict(HUES[position % len(HUES)]) for position, code in enumerate(districts)}


def tints(precincts: Iterable[MapPrecinct]) -> dict[int, int]:
    """Give the territorial precincts of each district tints that differ between neighbours.

    Greedy colouring, the precinct with the most differently tinted neighbours first (Brélaz, Communications
    of the ACM 22, 1979). Where three tints do not suffice, the one that fewest neighbours have is taken: a
    border line still divides the two.

    Parameters
    ----------
    precincts
        Precincts with distinct numbers, in any order.

    Returns
    -------
    dict
        Tint, 0 to `TINTS` - 1, by precinct number; special precincts are left out.
    """
    by_district: dict[str, list[MapPrecinct]] = {}
    for precinct in sorted(precincts, key=lambda precinct: precinct.number):
        if precinct.kind == "territorial":
            by_district.setdefault(precinct.district, []).append(precinct)
    coloured: dict[int, int] = {}
    for members in by_district.values():
        coloured |= _colour(_neighbours(members))
    return coloured


def _neighbours(precincts: Sequence[MapPrecinct]) -> dict[int, set[int]]:
    found = find_neighbours([precinct.geometry for precinct in precincts])
    return {
        precinct.number: {precincts[position].number for position in positions}
        for precinct, positions in zip(precincts, found, strict=True)
    }


def _colour(neighbours: dict[int, set[int]]) -> dict[int, int]:
    coloured: dict[int, int] = {}
    waiting = set(neighbours)
    while waiting:
        number = min(waiting, key=lambda n: _urgency(n, neighbours, coloured))
        used = [coloured[other] for other in neighbours[number] if other in coloured]
        coloured[number] = min(range(TINTS), key=lambda tint: (used.count(tint), tint))
        waiting.remove(number)
    return coloured


def _urgency(number: int, neighbours: dict[int, set[int]], coloured: dict[int, int]) -> tuple[int, int, int]:
    around = neighbours[number]
    return -len({coloured[other] for other in around if other in coloured}), -len(around), number
