"""A place that a text may mean, and how the parts of the text agree with it."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Literal

from geo_service.addresses.house_book import TypedHouse
from geo_service.addresses.place_names import Agreement, PlaceName, compatible
from geo_service.campaign.model import Place, PlaceKind

#: How a word in the text and a place agree; ``near`` of kinds that people take for one another.
Accord = Literal["agrees", "near", "conflicts", "unsaid"]


# Level 0 is a live name as it is; what is further away is meant only if nothing nearer is.
_OLD_NAME = 1.0
_GIVEN_NAME = 0.5
_MAIN_WORD = 2.0
_SERIES = 0.2
_TYPO = 2.4
_EACH_ERROR = 0.2
_UNEXPLAINED = 3.0
_CONTRADICTED = 4.0
_LEFT_NUMBER = 0.1
_UNKNOWN_AREA = 0.5
_OTHER_KIND = 1.5  # a microdistrict's old name is nearer to мкр Алатау than a street's live one


@dataclass(frozen=True)
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
    same_beginning
        True if name and text begin with the same letter.
    is_as_named
        True if a long name's word is typed as it stands in the name.
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
    has_lost_number
        True if a number of the text may belong to the name or to a nameless street.
    left_numbers
        Number of numbers that are neither in the name nor the house's.
    joined_number
        True if a hyphen joins the name's number to its word, as in Самал-2.
    named_district
        Code of the district in the text.
    has_unknown_area
        True if the text names a microdistrict that the campaign does not have, beside a street.
    contradicted
        True if a kind word stands at another name, as in ``мкр Самгау, ул. Неизвестная``.
    """

    name: PlaceName
    agreement: Agreement
    distance: int
    letters: int
    same_beginning: bool
    is_as_named: bool
    start: int
    end: int
    kind: Accord
    district: Accord
    area: Accord
    house: TypedHouse | None
    unexplained: int
    has_given_name: bool
    left_numbers: int
    has_lost_number: bool
    joined_number: bool
    named_district: str | None
    has_unknown_area: bool
    contradicted: bool

    @property
    def place(self) -> Place:
        """The place."""
        return self.name.place

    @functools.cached_property
    def level(self) -> float:
        """How far the text is from naming the place: 0 is its name, 1 its former name, 2 its main word, ...

        A typing error is further away than any of them, a word that nothing explains further still.
        """
        distance = _UNEXPLAINED * self.unexplained + _CONTRADICTED * self.contradicted
        distance += _GIVEN_NAME * self.has_given_name + _LEFT_NUMBER * self.left_numbers
        distance += _UNKNOWN_AREA * self.has_unknown_area
        distance += _OLD_NAME * self.name.is_old + _OTHER_KIND * (self.kind == "conflicts")
        distance += _MAIN_WORD * (self.agreement == "part")
        if self.agreement == "series" and self.kind == "unsaid" and self.house is None:
            distance += _SERIES
        if self.agreement == "typo":
            distance += _TYPO + _EACH_ERROR * self.distance
        return round(distance, 3)

    @classmethod
    def chosen(cls, place: Place, house: TypedHouse | None, district: str | None) -> Match:
        """Return the match of a place that somebody chose instead of typing its name.

        Parameters
        ----------
        place
            The place.
        house
            The number that was typed.
        district
            Code of the district that is meant; None if none is said.
        """
        return cls(
            PlaceName(place, "", "ru", (), (), (), "", ()),
            "exact",
            distance=0,
            letters=0,
            same_beginning=True,
            is_as_named=True,
            start=0,
            end=0,
            kind="agrees",
            district="unsaid" if district is None else "agrees",
            area="unsaid",
            house=house,
            unexplained=0,
            has_given_name=False,
            left_numbers=0,
            has_lost_number=False,
            joined_number=False,
            named_district=district,
            has_unknown_area=False,
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
    if said is None or (is_old and compatible(said, kind)):
        return "unsaid"
    if kind in (said, "other") or {said, kind} <= {"microdistrict", "settlement"}:
        return "agrees"
    return "near" if compatible(said, kind) else "conflicts"
