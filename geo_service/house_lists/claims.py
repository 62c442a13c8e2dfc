"""Which precinct each house gets, once all lists have been matched, and where they contradict one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geo_service.campaign.model import House
from geo_service.house_lists.house_terms import Strength
from geo_service.house_lists.listed_cells import ListedCell

#: Place, canonical number and district of a house.
HouseKey = tuple[int, str, str]
Claim = tuple[int, Strength, int]  # precinct, how the house is meant, position of the cell


@dataclass(frozen=True)
class Contradiction:
    """Houses that cells give to several precincts: they get none.

    Parameters
    ----------
    cells
        Positions of the cells, ascending.
    houses
        The houses.
    """

    cells: tuple[int, ...]
    houses: tuple[HouseKey, ...]


@dataclass(frozen=True)
class Verdict:
    """What the lists say of houses.

    Parameters
    ----------
    precincts
        Number by house.
    cells
        Position of the cell that says so, by house.
    contradictions
        Houses in several precincts.
    repeats
        Positions of cells that name the same houses of one precinct again, with the first of them.
    """

    precincts: Mapping[HouseKey, int]
    cells: Mapping[HouseKey, int]
    contradictions: Sequence[Contradiction]
    repeats: Mapping[tuple[int, int], int]


def judge_claims(cells: Sequence[ListedCell], houses: Mapping[int, Mapping[str, Sequence[House]]]) -> Verdict:
    """Return which precinct each house gets.

    Parameters
    ----------
    cells
        Matched or not.
    houses
        By place and canonical number, those that only the lists know included.

    Returns
    -------
    Verdict
        A house that a range only passes over, as 12А in 10–20, belongs to whoever names it. A house that two
        precincts claim otherwise gets none.
    """
    claims: dict[HouseKey, list[Claim]] = {}
    for position, cell in enumerate(cells):
        if cell.outcome != "matched" or cell.place is None or cell.row.precinct is None:
            continue
        known = houses.get(cell.place.id, {})
        named: dict[str, Strength] = {**cell.caught.houses, **dict.fromkeys(cell.caught.missing, "named")}
        for number, strength in named.items():
            for house in known.get(number, ()):
                key = (house.place, number, house.district)
                claims.setdefault(key, []).append((cell.row.precinct, strength, position))
    precincts: dict[HouseKey, int] = {}
    by_cell: dict[HouseKey, int] = {}
    disputed: dict[tuple[int, ...], list[HouseKey]] = {}
    repeats: dict[tuple[int, int], int] = {}
    for key, made in claims.items():
        strong = [claim for claim in made if claim[1] != "between"] or made
        if len({precinct for precinct, _, _ in strong}) > 1:
            disputed.setdefault(tuple(sorted({cell for _, _, cell in strong})), []).append(key)
            continue
        precincts[key], by_cell[key] = strong[0][0], strong[0][2]
        again = {cell for _, strength, cell in strong[1:] if strength == "named"} - {strong[0][2]}
        for cell_again in again if strong[0][1] == "named" else ():
            pair = (strong[0][2], cell_again)
            repeats[pair] = repeats.get(pair, 0) + 1
    contradictions = [Contradiction(cells_, tuple(keys)) for cells_, keys in sorted(disputed.items())]
    return Verdict(precincts, by_cell, contradictions, repeats)


def houses_by_number(houses: Iterable[tuple[str, House]]) -> dict[int, dict[str, list[House]]]:
    """Return houses by place and canonical number.

    Parameters
    ----------
    houses
        Each with its canonical number.
    """
    table: dict[int, dict[str, list[House]]] = {}
    for number, house in houses:
        table.setdefault(house.place, {}).setdefault(number, []).append(house)
    return table
