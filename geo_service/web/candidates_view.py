"""What may be meant, as rows to choose from: each is a link to its own answer."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from geo_service.campaign.model import Language, Names
from geo_service.resolution import CandidateAnswer, PlaceAnswer, PrecinctAnswer
from geo_service.translations import text

SHOWN = 7  # of several, the rest behind "more"
_DISTRICTS = 3  # named of a street through many


@dataclass(frozen=True, slots=True)
class Choice:
    """One row.

    Parameters
    ----------
    address
        Where it leads, a page of ours.
    name
        What it is.
    mark
        The mark of a sample at a precinct's number; None without one.
    apart
        What tells it from the others.
    """

    address: str
    name: str
    apart: str | None = None
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """Rows to choose from, the likeliest first.

    Parameters
    ----------
    label
        What they are, where the heading of the answer does not say it.
    is_numbers
        Whether they are house numbers at one place that is named above them.
    shown, rest, more
        The first ones, the others, and how many these are in words.
    """

    label: str | None
    is_numbers: bool
    shown: tuple[Choice, ...]
    rest: tuple[Choice, ...] = ()
    more: str | None = None


def choices(
    candidates: Sequence[CandidateAnswer],
    language: Language,
    *,
    label: str | None = None,
    place: PlaceAnswer | None = None,
    districts: Mapping[str, Names] | None = None,
) -> Choices | None:
    """Return candidates as rows; None if there are none.

    Parameters
    ----------
    candidates
        Of an answer.
    language
        Of the reader.
    label
        What the rows are, where the heading of the answer does not say it.
    place
        The place whose houses they are; None if they are of several.
    districts
        Names of the city's districts by code, for places that lie in several.
    """
    rows = tuple(_choice(candidate, districts or {}, language) for candidate in candidates)
    if not rows:
        return None
    numbers = [candidate.place.number if candidate.place else None for candidate in candidates]
    is_numbers = place is not None and all(numbers)
    if is_numbers:
        rows = tuple(
            dataclasses.replace(row, name=number or "", apart=None)
            for row, number in zip(rows, numbers, strict=True)
        )
    rest = rows[SHOWN:]
    more = text("answer.more", language, count=len(rest)) if rest else None
    return Choices(label, is_numbers, rows[:SHOWN], rest, more)


def _choice(candidate: CandidateAnswer, districts: Mapping[str, Names], language: Language) -> Choice:
    if candidate.place is not None:
        return _of_place(candidate.place, candidate, districts, language)
    if candidate.precinct is not None:
        return _of_precinct(candidate.precinct, language)
    return Choice(url_for("finder.find"), candidate.label(language))


def _of_place(
    answer: PlaceAnswer, candidate: CandidateAnswer, districts: Mapping[str, Names], language: Language
) -> Choice:
    name = answer.address(language)
    district = answer.house.district if answer.house else None
    address = url_for("finder.find", q=name, place=answer.place.id, district=district)
    apart = [answer.apart(language) or _districts_of(answer, districts, language)]
    alias = candidate.matched_alias
    if alias is not None and alias.kind == "old":
        apart.append(text("answer.formerly", language, name=alias.name))
    return Choice(address, name, "; ".join(filter(None, apart)) or None)


def _districts_of(answer: PlaceAnswer, districts: Mapping[str, Names], language: Language) -> str:
    """Return the districts of a place that nothing else tells from others, the first ones by name."""
    names = [districts[code].best(language) or code for code in answer.place.districts if code in districts]
    return ", ".join(names[:_DISTRICTS]) + (" …" if len(names) > _DISTRICTS else "")


def _of_precinct(answer: PrecinctAnswer, language: Language) -> Choice:
    number = text("number.precinct", language, number=answer.precinct.number)
    station = answer.station
    building = () if station is None else (station.names.best(language), station.address.best(language))
    return Choice(
        url_for("finder.find", q=number),
        text("answer.precinct_of_number", language, number=number),
        ", ".join(filter(None, building)) or None,
        text("mark.sample", language) if answer.is_sample else None,
    )
