"""A place that a text may mean, and how the parts of the text agree with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from geo_service.addresses.house_book import TypedHouse
from geo_service.addresses.place_names import Agreement, PlaceName, compatible
from geo_service.campaign.model import Place, PlaceKind

#: How a word in the text and a place agree; ``near`` of kinds that people take for one another.
Accord = Literal["agrees", "near", "conflicts", "unsaid"]
#: Kinds of places that have houses or streets of their own inside.
AREAS: frozenset[PlaceKind] = frozenset({"microdistrict", "complex", "settlement"})


@dataclass(frozen=True, slots=True)
class Match:
    """A place that a text may mean, and how the whole text agrees with it.

    Parameters
    ----------
    name
        The name that was found, with its place.
    agreement, distance
        How the name agrees with the text; the number of typing errors.
    letters
        Number of letters that were compared with the name in spite of errors.
    start, end
        The tokens that are the name.
    kind, district, area
        Whether the kind word, the district and the microdistrict in the text agree with the place.
    house
        The house number in the text; None if there is none.
    unexplained
        Number of words that are neither the name nor said of it.
    has_given_name
        True if the text has a given name before a surname that the place is called by alone.
    left_numbers
        Number of numbers that are neither in the name nor the house's.
    joined_number
        True if a hyphen joins the name's number to its word, as in Самал-2.
    named_district
        Code of the district in the text.
    contradicted
        True if a kind word stands at another name, as in ``мкр Самгау, ул. Неизвестная``.
    """

    name: PlaceName
    agreement: Agreement
    distance: int
    letters: int
    start: int
    end: int
    kind: Accord
    district: Accord
    area: Accord
    house: TypedHouse | None
    unexplained: int
    has_given_name: bool
    left_numbers: int
    joined_number: bool
    named_district: str | None
    contradicted: bool

    @property
    def place(self) -> Place:
        """The place."""
        return self.name.place

    @classmethod
    def chosen(cls, place: Place, house: TypedHouse | None) -> Match:
        """Return the match of a place that somebody chose instead of typing its name."""
        return cls(
            PlaceName(place, "", "ru", (), (), (), ()),
            "exact",
            0,
            0,
            0,
            0,
            kind="agrees",
            district="unsaid",
            area="unsaid",
            house=house,
            unexplained=0,
            has_given_name=False,
            left_numbers=0,
            joined_number=False,
            named_district=None,
            contradicted=False,
        )


def kind_accord(said: PlaceKind | None, kind: PlaceKind, *, is_old: bool = False) -> Accord:
    """Return how the kind that a text says and a place's kind agree.

    Parameters
    ----------
    said
        None if the text says none.
    kind
        Of the place now. Under an old name it may have been another: улица Фурманова, now an avenue.
    is_old
        Whether the text has the place's old name.
    """
    if said is None:
        return "unsaid"
    if kind in (said, "other") or {said, kind} <= {"microdistrict", "settlement"}:
        return "agrees"
    if compatible(said, kind):
        return "unsaid" if is_old else "near"
    return "conflicts"
