"""The houses of a campaign by place and number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from geo_service.addresses.house_numbers import canonical, nearest, same_base
from geo_service.campaign.model import House

#: How a typed number and a house agree: as typed, read another way, ``12 корпус 2`` as ``12/2``.
HouseAgreement = Literal["exact", "other", "part"]


@dataclass(frozen=True, slots=True)
class TypedHouse:
    """A house number as somebody typed it.

    Parameters
    ----------
    number
        In canonical form.
    other
        What else it may be if there is no such house; see `geo_service.addresses.tokens.Token`.
    loose
        The number without a letter that may be a word of its own.
    last
        What follows after a hyphen: of ``12-14``, which may be one house or a house and a flat, the 14.
    """

    number: str
    other: str = ""
    last: str = ""
    loose: str = ""

    def readings(self) -> list[tuple[str, HouseAgreement]]:
        """Return the numbers that may be meant, the likeliest first."""
        readings: list[tuple[str, HouseAgreement]] = [(self.number, "exact")]
        if self.last:
            readings.insert(0, (f"{self.number}-{self.last}", "exact"))
        if self.other:
            readings.append((self.other, "other"))
        if "К" in self.number and self.number.partition("К")[2].isdigit():
            readings.append((self.number.replace("К", "/"), "part"))
        return readings


class HouseBook:
    """Houses by place and canonical number.

    Parameters
    ----------
    houses
        Of the campaign; one number at one place may have several rows, in different districts.
    """

    def __init__(self, houses: Iterable[House]) -> None:
        self._houses: dict[int, dict[str, tuple[House, ...]]] = {}
        for house in houses:
            of_place = self._houses.setdefault(house.place, {})
            number = canonical(house.number)
            of_place[number] = (*of_place.get(number, ()), house)

    def of_place(self, place: int) -> Mapping[str, tuple[House, ...]]:
        """Return the houses of a place by canonical number."""
        return self._houses.get(place, {})

    def find_all(self, place: int, typed: TypedHouse) -> list[tuple[tuple[House, ...], HouseAgreement]]:
        """Return the houses that a typed number may mean: several where it can be read in two ways."""
        found = self.find(place, typed)
        first = [] if found is None else [found]
        houses = self.of_place(place)
        others = [number for number in (typed.loose, typed.other) if number]
        if typed.last:
            others.append(f"{typed.number}/{typed.last}")
        known = {houses_[0].number for houses_, _ in first}
        return first + [
            (houses[n], "other") for n in others if n in houses and houses[n][0].number not in known
        ]

    def find(self, place: int, typed: TypedHouse) -> tuple[tuple[House, ...], HouseAgreement] | None:
        """Return the houses of a place that a typed number means, and how they agree."""
        houses = self.of_place(place)
        for number, agreement in typed.readings():
            if number in houses:
                return houses[number], agreement
        return None

    def near(self, place: int, typed: TypedHouse, count: int) -> list[str]:
        """Return numbers of a place as they are written: those with the same base, else the nearest."""
        houses = self.of_place(place)
        same = same_base(typed.number, houses)
        chosen = same or nearest(typed.number, houses, count)
        return [houses[number][0].number for number in chosen[:count]]

    def one_for_all(self, place: int) -> House | None:
        """Return a house that stands for all of a place: the list gives them one and the same precinct."""
        houses = [house for houses in self.of_place(place).values() for house in houses]
        precincts = {house.precinct for house in houses}
        return houses[0] if len(precincts) == 1 and None not in precincts else None
