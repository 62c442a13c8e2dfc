"""What a search for an address comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from geo_service.addresses.house_book import HouseAgreement
from geo_service.addresses.matches import Match
from geo_service.campaign.model import House, Place

AddressStatus = Literal["found", "ambiguous", "street_only", "house_unknown", "outside", "not_found"]
Remark = Literal["old_name", "corrected", "other_kind", "other_places", "house_form"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place, with a house or without, that a text may mean.

    Parameters
    ----------
    match
        How the text agrees with the place.
    house
        None if the text has no number, or the place has no such house.
    house_agreement
        How the number agrees with the house.
    """

    match: Match
    house: House | None = None
    house_agreement: HouseAgreement | None = None

    @property
    def place(self) -> Place:
        """The place."""
        return self.match.place


@dataclass(frozen=True, slots=True)
class Address:
    """What a search came to.

    Parameters
    ----------
    status
        As in a resolution.
    place, house
        Of ``found``, ``street_only`` and, if one place is meant, ``house_unknown``.
    match
        How the text agrees with the place; None without a place.
    house_agreement
        How the typed number agrees with the house that was found.
    candidates
        To choose from, the likeliest first.
    remarks
        What an answer must say beside the address.
    considered
        Of ``found``: the answer first, then the other places of its name, to explain it.
    """

    status: AddressStatus
    place: Place | None = None
    house: House | None = None
    match: Match | None = None
    house_agreement: HouseAgreement | None = None
    candidates: tuple[Candidate, ...] = ()
    remarks: tuple[Remark, ...] = ()
    considered: tuple[Candidate, ...] = ()

    def named(self) -> tuple[Candidate, ...]:
        """Return the places with the typed house that the text names in full."""
        candidates = self.considered[:1] if self.status == "found" else self.candidates
        return tuple(
            candidate
            for candidate in candidates
            if candidate.house is not None and candidate.match.agreement in {"exact", "ending"}
        )
