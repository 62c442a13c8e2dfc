"""How well a text agrees with a place: levels decide what may be meant, a score orders the choice."""

from __future__ import annotations

import math

from geo_service.addresses.house_book import HouseAgreement
from geo_service.addresses.matches import Accord, Match

# Level 0 is a live name as it is; what is further away is meant only if nothing nearer is.
_OLD_NAME = 1.0
_GIVEN_NAME = 0.5
_MAIN_WORD = 2.0
_TYPO = 2.4
_EACH_ERROR = 0.2
_UNEXPLAINED = 3.0
_CONTRADICTED = 4.0
_LEFT_NUMBER = 0.1
_OTHER_KIND = 1.5  # a microdistrict's old name is nearer to мкр Алатау than a street's live one

# The most that each part of the score gives; together 1.
CEILINGS = {"name": 0.5, "kind": 0.2, "house": 0.1, "district": 0.1, "microdistrict": 0.05, "size": 0.05}
_ACCORDS: dict[Accord, float] = {"agrees": 1.0, "unsaid": 0.5, "near": 0.3, "conflicts": 0.0}
_HOUSES: dict[HouseAgreement, float] = {"exact": 1.0, "sound": 0.8, "part": 0.7}
_FAR = 8.0  # a level as far as this gives nothing for the name
_MANY_HOUSES = 1000


def level(match: Match) -> float:
    """Return how far a text is from naming a place: 0 is its name, 1 its former name, 2 its main word, ...

    A typing error is further away than any of them, a word that nothing explains further still.
    """
    distance = _UNEXPLAINED * match.unexplained + _CONTRADICTED * match.contradicted
    distance += _GIVEN_NAME * match.has_given_name + _LEFT_NUMBER * match.left_numbers
    if match.name.is_old:
        distance += _OLD_NAME
    if match.kind == "conflicts":
        distance += _OTHER_KIND
    if match.agreement == "part":
        distance += _MAIN_WORD
    if match.agreement == "typo":
        distance += _TYPO + _EACH_ERROR * match.distance
    return round(distance, 3)


def score_parts(match: Match, house: HouseAgreement | None, houses: int) -> dict[str, float]:
    """Return the parts of a score and their ``total``, at most 1.

    Parameters
    ----------
    match
        How the text agrees with a place.
    house
        How the number agrees with a house of the place; None if it has none.
    houses
        Number of houses of the place: of two that agree alike, the larger one comes first.
    """
    parts = {
        "name": max(0.0, 1 - level(match) / _FAR),
        "kind": _ACCORDS[match.kind],
        "house": 0.0 if house is None else _HOUSES[house],
        "district": _ACCORDS[match.district],
        "microdistrict": _ACCORDS[match.area],
        "size": min(1.0, math.log1p(houses) / math.log1p(_MANY_HOUSES)),
    }
    weighted = {name: round(CEILINGS[name] * share, 4) for name, share in parts.items()}
    return {**weighted, "total": round(sum(weighted.values()), 4)}
