"""What a cell of houses says: single houses, ranges, sides of a street, whole streets, exceptions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from geo_service.addresses.house_numbers import base, order

Side = Literal["odd", "even"]
#: Whether a house is named itself, lies in a range or whole street, or only between the numbers of a range.
Strength = Literal["named", "range", "between"]


@dataclass(frozen=True, slots=True)
class Single:
    """One house, by its canonical number."""

    number: str

    def holds(self, number: str) -> Strength | None:
        """Return how a canonical number is meant; None if it is not."""
        return "named" if number == self.number else None


@dataclass(frozen=True, slots=True)
class Run:
    """The houses from one number to another.

    A house belongs to it by its number without letter, fraction and part: 12А and 12/1 to 2–20. Where an end
    has a letter or fraction, houses of that very number count from it on, or up to it.

    Parameters
    ----------
    first, last
        Canonical numbers, both included; ``last`` is None of a range without end.
    side
        The side of the street that is meant; None means both.
    """

    first: str
    last: str | None
    side: Side | None = None

    def holds(self, number: str) -> Strength | None:
        """Return how a canonical number is meant; None if it is not."""
        own = base(number)
        if own < base(self.first) or (self.last is not None and own > base(self.last)):
            return None
        if not _is_on(self.side, own) or self._is_beyond_end(number, own):
            return None
        return "range" if number == str(own) or number in (self.first, self.last) else "between"

    def _is_beyond_end(self, number: str, own: int) -> bool:
        before = own == base(self.first) and self.first != str(own) and order(number) < order(self.first)
        last = self.last
        has_form = last is not None and own == base(last) and last != str(own)
        return before or (has_form and last is not None and order(number) > order(last))


@dataclass(frozen=True, slots=True)
class Whole:
    """All houses of a street, or of one side of it."""

    side: Side | None = None

    def holds(self, number: str) -> Strength | None:
        """Return how a canonical number is meant; None if it is not."""
        return "range" if _is_on(self.side, base(number)) else None


Term = Single | Run | Whole


@dataclass(frozen=True, slots=True)
class Clause:
    """Terms with what is excepted from them."""

    terms: tuple[Term, ...]
    exceptions: tuple[Term, ...] = ()

    def holds(self, number: str) -> Strength | None:
        """Return how a canonical number is meant; None if it is not."""
        strengths = {term.holds(number) for term in self.terms} - {None}
        if not strengths or any(term.holds(number) for term in self.exceptions):
            return None
        return next(strength for strength in ("named", "range", "between") if strength in strengths)


@dataclass(frozen=True, slots=True)
class HouseCell:
    """What a cell says, and the words of it that are not understood: then nothing of it counts."""

    clauses: tuple[Clause, ...]
    unclear: tuple[str, ...] = ()


@dataclass(frozen=True)
class Caught:
    """What a cell means among the houses that there are.

    Parameters
    ----------
    houses
        How each house is meant, by its canonical number.
    missing
        Houses that are named and do not exist, canonical.
    empty
        Ranges, sides and whole streets that hold no house.
    """

    houses: Mapping[str, Strength] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    empty: tuple[Term, ...] = ()


#: What catches no house, and misses none.
NOTHING = Caught()


def catch(cell: HouseCell, known: Collection[str]) -> Caught:
    """Return what a cell means among the houses of a place.

    Parameters
    ----------
    cell
        Understood.
    known
        Canonical numbers of the houses.
    """
    houses: dict[str, Strength] = {}
    missing: list[str] = []
    empty: list[Term] = []
    for clause in cell.clauses:
        wide = [term for term in clause.terms if not isinstance(term, Single)]
        for number in known if wide else ():
            strength = clause.holds(number)
            if strength is not None and houses.get(number) != "named":
                houses[number] = strength
        empty += [term for term in wide if not any(map(term.holds, known))]
        for term in clause.terms:
            if isinstance(term, Single):
                form = _known_form(term.number, known)
                if form is None:
                    missing.append(term.number)
                else:
                    houses[form] = "named"
    return Caught(houses, tuple(dict.fromkeys(missing)), tuple(empty))


def _known_form(number: str, known: Collection[str]) -> str | None:
    """Return the form in which a named house is known: itself, or 12/2 for 12 корпус 2; None if in none."""
    if number in known:
        return number
    part = number.replace("К", "/")
    return part if part in known else None


def _is_on(side: Side | None, number: int) -> bool:
    return side is None or (number % 2 == 1) == (side == "odd")
