"""Checks of the houses: which precinct the list and the boundaries give them. Findings are by place."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo_service.campaign.finding_codes import make_finding
from geo_service.campaign.model import Finding, House
from geo_service.quality.survey import Survey, house_numbers, position_of


def without_point(survey: Survey) -> Iterator[Finding]:
    """Tell of how many houses the position is not known."""
    total = len(survey.campaign.houses)
    if len(survey.located) < total:
        yield make_finding("houses_without_point", count=total - len(survey.located), total=total)


def without_district(survey: Survey) -> Iterator[Finding]:
    """Find houses of which the district is not known."""
    count = sum(not house.district for house in survey.campaign.houses)
    if count:
        yield make_finding("houses_without_district", count=count)


def outside_city(survey: Survey) -> Iterator[Finding]:
    """Find houses outside the city's limits."""
    yield from _by_place(survey, "houses_outside_city", survey.outside_city)


def in_no_precinct(survey: Survey) -> Iterator[Finding]:
    """Find houses that neither the list nor a boundary gives a precinct."""
    has_precinct = survey.house_precincts > 0
    has_precinct[survey.touching[0]] = True
    has_precinct[survey.outside_city] = True  # which is a finding of its own
    yield from _by_place(survey, "houses_in_none", np.flatnonzero(~has_precinct))


def in_two_precincts(survey: Survey) -> Iterator[Finding]:
    """Find houses that no list decides about and that lie in the boundaries of several precincts."""
    houses, polygons = survey.within_several
    undecided = np.flatnonzero(survey.house_precincts[houses] == 0)
    holders: dict[int, list[int]] = {}
    for house, number in zip(
        houses[undecided].tolist(), survey.numbers[polygons[undecided]].tolist(), strict=True
    ):
        holders.setdefault(house, []).append(number)
    pairs: dict[tuple[int, int], list[int]] = {}
    for house, numbers in holders.items():
        for other in numbers[1:]:
            pairs.setdefault((numbers[0], other), []).append(house)
    for (number, other), found in sorted(pairs.items()):
        yield from _by_place(survey, "houses_in_two", found, precinct=number, other=other)


def unlike_the_list(survey: Survey) -> Iterator[Finding]:
    """Find houses that are listed for one territorial precinct and lie in the boundary of another."""
    special = [item.number for item in survey.campaign.precincts if item.kind == "special"]
    houses, polygons = survey.touching
    listed, holding = survey.house_precincts[houses], survey.numbers[polygons]
    agreeing = np.unique(houses[listed == holding])
    differs = (listed > 0) & ~np.isin(listed, special) & ~np.isin(houses, agreeing)
    # Of several boundaries around it the lowest number is the one that would answer.
    houses, first = np.unique(houses[differs], return_index=True)
    pairs = np.column_stack([listed[differs][first], holding[differs][first]])
    for number, other in np.unique(pairs, axis=0).tolist():
        found = houses[(pairs == (number, other)).all(axis=1)]
        yield from _by_place(survey, "houses_list_differs", found, precinct=number, other=other)


def listed_twice(survey: Survey) -> Iterator[Finding]:
    """Find houses that are listed for several precincts."""
    # Rows are in the order of their keys: those of one house stand together.
    for _, rows in itertools.groupby(survey.campaign.houses, key=_key):
        house, *others = rows
        numbers = (
            sorted({row.precinct for row in (house, *others) if row.precinct is not None}) if others else []
        )
        if len(numbers) < 2:  # noqa: PLR2004 - one list, or none
            continue
        yield make_finding(
            "house_listed_twice",
            precinct=numbers[0],
            position=position_of(house),
            place=survey.place_names(house.place),
            houses=house.number,
            numbers=", ".join(map(str, numbers)),
        )


def _key(house: House) -> tuple[int, str, str]:
    return house.place, house.number, house.district


def _by_place(
    survey: Survey,
    code: str,
    positions: Iterable[int] | NDArray[np.int64],
    *,
    precinct: int | None = None,
    **values: Any,
) -> Iterator[Finding]:
    """Give a finding for each place that some houses stand at; its point is that of the first with one."""
    places: dict[int, list[House]] = {}
    for position in positions:
        house = survey.campaign.houses[position]
        places.setdefault(house.place, []).append(house)
    for place, houses in sorted(places.items()):
        yield make_finding(
            code,
            precinct=precinct,
            position=next((point for house in houses if (point := position_of(house))), None),
            place=survey.place_names(place),
            houses=house_numbers(houses),
            count=len(houses),
            **values,
        )
