"""Houses whose numbers go on from what has been typed, of a place or of several namesakes in turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from geo_service.addresses.house_book import HouseBook, TypedHouse
from geo_service.addresses.house_numbers import base, order
from geo_service.addresses.tokens import Token
from geo_service.campaign.model import House, Place


@dataclass(frozen=True, slots=True)
class Going:
    """Where a text may go on to: a place, or a house of it.

    Parameters
    ----------
    place
        The place.
    house
        None for the place itself.
    """

    place: Place
    house: House | None = None

    @property
    def identity(self) -> tuple[int, str | None]:
        """What tells it from others."""
        return self.place.id, self.house.number if self.house else None


class HouseBeginnings:
    """Houses by the beginnings of their numbers. Safe to use from several threads at once.

    Parameters
    ----------
    book
        The houses of the campaign.
    """

    def __init__(self, book: HouseBook) -> None:
        self._book = book
        self._in_order: dict[int, tuple[str, ...]] = {}

    def of(
        self, places: Iterable[Place], typed: Sequence[str], *, district: str | None = None, limit: int
    ) -> list[Going]:
        """Return houses of the places in turn: the very number of each, then its variants, then longer ones.

        Parameters
        ----------
        places
            The likeliest first.
        typed
            Beginnings of canonical numbers, the likeliest first; see `typed_numbers`.
        district
            Code of the district that the house should be in.
        limit
            The most houses.
        """
        ranked = list(enumerate(places))
        for begin in typed or ("",):
            found = [house for rank, place in ranked for house in self._beginning(rank, place, begin)]
            if found:
                return self._in_turn(found, district)[:limit]
        # No 12Г: what there is of 12.
        own = str(base(typed[0])) if typed else ""
        found = [house for rank, place in ranked for house in self._beginning(rank, place, own)]
        return self._in_turn([house for house in found if not house[1]], district)[:limit]

    def _beginning(self, rank: int, place: Place, begin: str) -> Iterator[_Row]:
        own = base(begin)
        numbers = (number for number in self._of_place(place.id) if number.startswith(begin))
        for position, number in enumerate(numbers):
            yield number != begin, base(number) != own, position, rank, place, number

    def _in_turn(self, found: list[_Row], district: str | None) -> list[Going]:
        goings = []
        for *_, place, number in sorted(found, key=lambda row: row[:4]):
            houses = self._book.of_place(place.id)[number]
            inside = [house for house in houses if house.district == district]
            goings.append((bool(inside), Going(place, (inside or houses)[0])))
        only_inside = any(is_inside for is_inside, _ in goings)
        return [going for is_inside, going in goings if is_inside or not only_inside]

    def _of_place(self, place: int) -> tuple[str, ...]:
        """Return the canonical numbers of a place as people count them, put in order when asked for."""
        numbers = self._in_order.get(place)
        if numbers is None:
            numbers = self._in_order[place] = tuple(sorted(self._book.of_place(place), key=order))
        return numbers


#: Is another number, has another base, position among those of the place, the place's rank; place and number.
_Row = tuple[bool, bool, int, int, Place, str]


def typed_numbers(token: Token | None, *, ends_in_slash: bool = False) -> list[str]:
    """Return what a house number that is being typed may begin with in canonical form, the likeliest first.

    Parameters
    ----------
    token
        The number; None if there is none.
    ends_in_slash
        True if a slash was typed after it.
    """
    if token is None:
        return []
    house = TypedHouse(token.text, token.other, loose=token.loose)
    numbers = [number for number, _ in house.readings()] + ([token.loose] if token.loose else [])
    if ends_in_slash:
        numbers.insert(0, f"{token.text}/")
    return numbers
