"""Move a house from one precinct to another."""

from __future__ import annotations

import dataclasses

from geo_service.amending.record import Author, column_values, with_record
from geo_service.campaign.model import Authority, Campaign, House, Language
from geo_service.errors import AmendmentError, PrecinctNotFoundError
from geo_service.finder import Finder
from geo_service.resolution import Resolution

#: What an answer says that did not take the text as it stands.
_GUESSES = frozenset({"corrected_name", "other_kind", "house_written_as"})
_MOST_NAMED = 6


def house_of_text(
    finder: Finder,
    text: str,
    language: Language = "ru",
    *,
    district: str | None = None,
    place: int | None = None,
) -> House:
    """Return the house that an address means beyond doubt.

    Parameters
    ----------
    finder
        Of the campaign.
    text
        As people write it.
    language
        Of the words in errors.
    district
        Code of the district that is meant.
    place
        Id of the place that is meant.

    Raises
    ------
    geo_service.errors.AmendmentError
        If no house or more than one is meant, or a word had to be corrected to find it: the error names what
        may be meant.
    geo_service.errors.QueryError
        If the campaign has no such district or place.
    """
    answer = finder.by_address(text, district=district, lang=language, place=place)
    house = answer.place.house if answer.place is not None else None
    is_sure = answer.status in {"found", "house_unknown", "outside"}
    if house is None or not is_sure or _GUESSES & {note.code for note in answer.notes}:
        raise AmendmentError(
            "The address does not name exactly one house of the campaign.",
            f"Write it exactly, with the kind of street, or name the place.{_offers(answer, language)}",
            item=text[:80],
            field="house",
        )
    return house


def move_house(campaign: Campaign, house: House, number: int, author: Author) -> Campaign:
    """Return the campaign with a house given to another precinct, and the record of that.

    Parameters
    ----------
    campaign
        The campaign.
    house
        One of its houses.
    number
        The precinct that it goes to.
    author
        Who, why, when.

    Raises
    ------
    geo_service.errors.PrecinctNotFoundError
        If the campaign has no such precinct.
    geo_service.errors.AmendmentError
        If the precinct is closed or special, or the house belongs to it already.
    """
    precinct = campaign.precincts_by_number.get(number)
    if precinct is None:
        raise PrecinctNotFoundError(
            f"There is no precinct {number} in campaign {campaign.info.id}.",
            "Check the number; numbers change from vote to vote.",
        )
    if precinct.kind != "territorial" or precinct.status != "open":
        raise AmendmentError(
            f"Precinct {number} is closed, or serves an institution only: no house belongs to it.",
            "Name an open precinct of the city.",
            item=f"precinct {number}",
        )
    if house.precinct == number:
        raise AmendmentError(
            f"The house belongs to precinct {number} already.",
            "There is nothing to do.",
            item=f"house {house.number}",
        )
    authority: Authority = "sample" if campaign.info.is_sample else "official_list"
    moved = dataclasses.replace(house, precinct=number, authority=authority)
    key = (house.place, house.number, house.district)
    houses = tuple(moved if (one.place, one.number, one.district) == key else one for one in campaign.houses)
    return with_record(
        dataclasses.replace(campaign, houses=houses),
        author,
        "house",
        number,
        former=column_values("houses", house),
        new=column_values("houses", moved),
        house=house,
    )


def _offers(answer: Resolution, language: Language) -> str:
    places = [candidate.place for candidate in answer.candidates[:_MOST_NAMED]] or [answer.place]
    labels = [f"{place.label(language)} [id {place.place.id}]" for place in places if place is not None]
    return f" Meant may be: {'; '.join(labels)}." if labels else ""
