"""How well a text agrees with a place, as a score that orders the choice and can be explained."""

from __future__ import annotations

import math

from geo_service.addresses.house_book import HouseAgreement
from geo_service.addresses.kinds import Accord
from geo_service.addresses.matches import Match

# The most that each part of the score gives; together 1.
CEILINGS = {"name": 0.5, "kind": 0.2, "house": 0.1, "district": 0.1, "microdistrict": 0.05, "size": 0.05}
_ACCORDS: dict[Accord, float] = {"agrees": 1.0, "unsaid": 0.5, "near": 0.7, "conflicts": 0.0}
_HOUSES: dict[HouseAgreement, float] = {"exact": 1.0, "other": 0.8, "part": 0.7}
_FAR = 8.0  # a level as far as this gives nothing for the name
_MANY_HOUSES = 1000


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
        "name": max(0.0, 1 - match.level / _FAR),
        "kind": _ACCORDS[match.kind],
        "house": 0.0 if house is None else _HOUSES[house],
        "district": _ACCORDS[match.district],
        "microdistrict": _ACCORDS[match.area],
        "size": min(1.0, math.log1p(houses) / math.log1p(_MANY_HOUSES)),
    }
    weighted = {name: round(CEILINGS[name] * share, 4) for name, share in parts.items()}
    return {**weighted, "total": round(sum(weighted.values()), 4)}
