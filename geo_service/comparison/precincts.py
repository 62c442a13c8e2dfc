"""Which precinct of one campaign is which of another, though its number may be another.

A precinct keeps its number, unless its ground or its houses tell otherwise: a precinct under another number
that has at least `SAME_SHARE` of all ground that either of the two covers is the same, renumbered. Where one
of them has no boundary, the houses listed for them decide by the same share; special precincts without
boundary and houses are told by their institution's name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo_service.campaign.model import House, Precinct
from geo_service.comparison.alignment import Aligner, Alignment
from geo_service.comparison.model import Evidence, Renumbering

#: Of the ground, or the houses, that either of two precincts has, the part that both must have.
SAME_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class CommonHouses:
    """How many listed houses precincts have in common.

    Parameters
    ----------
    both
        By the number of an old and of a new precinct: houses that are in both.
    old, new
        All houses by the number of the precinct.
    """

    both: Mapping[tuple[int, int], int]
    old: Mapping[int, int]
    new: Mapping[int, int]

    @classmethod
    def of(cls, houses: Alignment[House]) -> CommonHouses:
        """Count the houses of two campaigns."""
        both = Counter(
            (old.precinct, new.precinct)
            for old, new in houses.pairs
            if old.precinct is not None and new.precinct is not None
        )
        olds = (*(old for old, _ in houses.pairs), *houses.gone)
        news = (*(new for _, new in houses.pairs), *houses.added)
        return cls(both, _by_precinct(olds), _by_precinct(news))

    def share(self, old: int, new: int) -> float | None:
        """Return which part of the houses that either precinct has both have; None if one has none."""
        if not self.old.get(old) or not self.new.get(new):
            return None
        common = self.both.get((old, new), 0)
        return common / (self.old[old] + self.new[new] - common)


def align_precincts(
    old: Sequence[Precinct], new: Sequence[Precinct], houses: CommonHouses
) -> tuple[Alignment[Precinct], tuple[Renumbering, ...]]:
    """Pair the precincts of two campaigns.

    Parameters
    ----------
    old, new
        All precincts of either campaign.
    houses
        Their houses.

    Returns
    -------
    alignment : Alignment
        Every precinct with its partner, its number the same or not.
    renumbered : tuple of Renumbering
        The pairs with two numbers, by the old one.
    """
    aligner = Aligner(old, new)
    numbers = {precinct.number: position for position, precinct in enumerate(new)}
    own = [(i, numbers[precinct.number]) for i, precinct in enumerate(old) if precinct.number in numbers]
    for (i, j), share in zip(own, _shares(old, new, own, houses), strict=True):
        if share is None or share >= SAME_SHARE:
            aligner.pair(i, j)
    renumbered = [
        *_pair_by_ground(aligner, houses),
        *_pair_by_houses(aligner, houses),
        *_pair_by_name(aligner, houses),
    ]
    aligner.pair_by_key(lambda precinct: precinct.number)
    return aligner.result(), tuple(sorted(renumbered, key=lambda pair: pair.old))


def _by_precinct(houses: Iterable[House]) -> Counter[int]:
    return Counter(house.precinct for house in houses if house.precinct is not None)


def _shares(
    old: Sequence[Precinct], new: Sequence[Precinct], pairs: Sequence[tuple[int, int]], houses: CommonHouses
) -> list[float | None]:
    """Return which part of its ground, or its houses, each pair shares; None where nothing tells."""
    shares: list[float | None] = [houses.share(old[i].number, new[j].number) for i, j in pairs]
    drawn = [k for k, (i, j) in enumerate(pairs) if _both_drawn(old[i], new[j])]
    grounds = _ground_shares(old, new, [pairs[k] for k in drawn])
    for k, share in zip(drawn, grounds.tolist(), strict=True):
        shares[k] = share
    return shares


def _both_drawn(first: Precinct, second: Precinct) -> bool:
    return first.geometry is not None and second.geometry is not None


def _ground_shares(
    old: Sequence[Precinct], new: Sequence[Precinct], pairs: Sequence[tuple[int, int]]
) -> NDArray[np.float64]:
    if not pairs:
        return np.zeros(0)
    first, second = _grounds(old[i] for i, _ in pairs), _grounds(new[j] for _, j in pairs)
    shares = np.ones(len(pairs))
    others = np.flatnonzero(~shapely.equals_exact(first, second, tolerance=0.0))
    common = shapely.area(shapely.intersection(first[others], second[others]))
    shares[others] = common / (shapely.area(first[others]) + shapely.area(second[others]) - common)
    return shares


def _grounds(precincts: Iterable[Precinct]) -> NDArray[np.object_]:
    return np.array([*(precinct.geometry for precinct in precincts), None], object)[:-1]


def _pair_by_ground(aligner: Aligner[Precinct], houses: CommonHouses) -> list[Renumbering]:
    old, new = aligner.old, aligner.new
    olds = [i for i, precinct in aligner.unpaired_old() if precinct.geometry is not None]
    news = [j for j, precinct in aligner.unpaired_new() if precinct.geometry is not None]
    tree = shapely.STRtree(_grounds(new[j] for j in news))
    first, second = tree.query(_grounds(old[i] for i in olds), predicate="intersects")
    pairs = [(olds[a], news[b]) for a, b in zip(first.tolist(), second.tolist(), strict=True)]
    pairs = [(i, j) for i, j in pairs if old[i].kind == new[j].kind and old[i].number != new[j].number]
    shares = _ground_shares(old, new, pairs).tolist()
    found = [(share, i, j) for share, (i, j) in zip(shares, pairs, strict=True)]
    return _pair_best(aligner, found, houses, "ground")


def _pair_by_houses(aligner: Aligner[Precinct], houses: CommonHouses) -> list[Renumbering]:
    olds = {precinct.number: (i, precinct) for i, precinct in aligner.unpaired_old()}
    news = {precinct.number: (j, precinct) for j, precinct in aligner.unpaired_new()}
    shares = []
    for old_number, new_number in houses.both:
        if old_number == new_number or old_number not in olds or new_number not in news:
            continue
        (i, old), (j, new) = olds[old_number], news[new_number]
        if old.kind == new.kind and not _both_drawn(old, new):
            shares.append((houses.share(old_number, new_number) or 0.0, i, j))
    return _pair_best(aligner, shares, houses, "houses")


def _pair_best(
    aligner: Aligner[Precinct],
    shares: Sequence[tuple[float, int, int]],
    houses: CommonHouses,
    by: Evidence,
) -> list[Renumbering]:
    """Pair those that share enough; where grounds overlap several might, and the largest share goes first."""
    enough = sorted(
        (pair for pair in shares if pair[0] >= SAME_SHARE), key=lambda pair: (-pair[0], *pair[1:])
    )
    olds, news = set[int](), set[int]()
    renumbered = []
    for share, i, j in enough:
        if i not in olds and j not in news:
            aligner.pair(i, j)
            olds.add(i)
            news.add(j)
            numbers = aligner.old[i].number, aligner.new[j].number
            renumbered.append(Renumbering(*numbers, by, share, houses.both.get(numbers, 0)))
    return renumbered


def _pair_by_name(aligner: Aligner[Precinct], houses: CommonHouses) -> list[Renumbering]:
    """Pair special precincts that nothing but a name tells of."""

    def bare(counts: Mapping[int, int], precincts: list[tuple[int, Precinct]]) -> dict[str, list[int]]:
        named: dict[str, list[int]] = {}
        for position, precinct in precincts:
            name = precinct.names.best("ru")
            if precinct.kind == "special" and name and not counts.get(precinct.number):
                named.setdefault(name.casefold(), []).append(position)
        return named

    olds = bare(houses.old, aligner.unpaired_old())
    news = bare(houses.new, aligner.unpaired_new())
    renumbered = []
    for name, positions in olds.items():
        others = news.get(name, [])
        if len(positions) != 1 or len(others) != 1:
            continue
        old, new = aligner.old[positions[0]], aligner.new[others[0]]
        if old.number != new.number and not _both_drawn(old, new):
            aligner.pair(positions[0], others[0])
            renumbered.append(Renumbering(old.number, new.number, "name", 1.0, 0))
    return renumbered
