"""An answer in the words of the page, ready for the template.

The browser module ``answer.js`` fills the same places from the same words: a change here needs one there.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, get_args

from geo_service.campaign.model import Accessibility, Authority, CampaignInfo, District, Language, YesNo
from geo_service.notes import NoteCode
from geo_service.resolution import Resolution
from geo_service.translations import text

_FACTS = tuple(field.name for field in fields(Accessibility))
_CHANGES: tuple[NoteCode, ...] = ("station_moved", "hours_changed", "house_moved")
_WARNINGS: tuple[NoteCode, ...] = ("derived_border", "nearest_house", "on_border", "near_border")
_REMARKS: tuple[NoteCode, ...] = ("special_precinct", "nearest_precinct")


@dataclass(frozen=True, slots=True)
class StationView:
    """A station in words."""

    name: str
    address: str
    hours: str
    early: str | None
    phone: str | None
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer in words.

    ``number`` is None outside all precincts, ``lead`` stands before it; ``needs_help`` is true where the
    reader should ask before relying on the answer.
    """

    lead: str
    number: str | None
    district: str | None
    station: StationView | None
    how: str | None
    changed: tuple[str, ...]
    near: tuple[str, ...]
    remarks: tuple[str, ...]
    outside: tuple[str, ...]
    no_station: tuple[str, ...]
    registered: tuple[str, ...]
    needs_help: bool


def answer_view(resolution: Resolution, districts: tuple[District, ...], language: Language) -> AnswerView:
    """Return an answer in words.

    Parameters
    ----------
    resolution
        The answer.
    districts
        Of the campaign, for their names.
    language
        Of the reader.
    """
    precinct = resolution.precinct
    number = district = None
    is_probable = resolution.authority == "derived"
    if precinct is not None:
        number = text("page.number", language, number=precinct.number)
        district = district_names(districts, language).get(precinct.district)
    near = _notes(resolution, _WARNINGS, language)
    return AnswerView(
        lead=text("page.precinct_probable" if is_probable else "page.precinct", language),
        number=number,
        district=district,
        station=_station_view(resolution, language),
        how=None if resolution.authority is None else text(f"authority.{resolution.authority}", language),
        changed=_notes(resolution, _CHANGES, language),
        near=near,
        remarks=_notes(resolution, _REMARKS, language),
        outside=_notes(resolution, ("outside",), language),
        no_station=_notes(resolution, ("station_unknown",), language),
        registered=_notes(resolution, ("registered_address",), language),
        needs_help=precinct is not None and (bool(near) or not resolution.stations),
    )


def page_title(answer: AnswerView | None, info: CampaignInfo, language: Language) -> str:
    """Return the title of the page with an answer, or without one."""
    if answer is None or answer.number is None:
        return text("page.title", language)
    return _title_found(answer.lead, answer.number, info, language)


def _title_found(lead: str, number: str, info: CampaignInfo, language: Language) -> str:
    mark = f" ({text('mark.sample', language)})" if info.is_sample else ""
    return f"{lead} {number}{mark}: {text('page.title', language)}"


def browser_words(info: CampaignInfo, districts: tuple[District, ...], language: Language) -> dict[str, Any]:
    """Return the words that ``answer.js`` needs and the API does not send."""
    return {
        "mark": text("mark.sample", language) if info.is_sample else None,
        "lead": text("page.precinct", language),
        "leadProbable": text("page.precinct_probable", language),
        "number": text("page.number", language, number="{number}"),
        "title": text("page.title", language),
        "titleFound": _title_found("{lead}", "{number}", info, language),
        "factsUnknown": text("page.facts_unknown", language),
        "factsMissing": text("page.facts_missing", language, facts="{facts}"),
        "early": text("page.early", language),
        "districts": district_names(districts, language),
        "how": {authority: text(f"authority.{authority}", language) for authority in get_args(Authority)},
        "facts": {
            fact: {value: text(f"page.fact.{fact}.{value}", language) for value in get_args(YesNo)}
            for fact in _FACTS
        },
    }


def district_names(districts: tuple[District, ...], language: Language) -> dict[str, str]:
    """Return the names of districts by code."""
    return {district.code: district.names.best(language) or district.code for district in districts}


def call_centre_line(info: CampaignInfo, language: Language) -> str | None:
    """Return number and hours of the call centre, or None if the campaign has none."""
    centre = info.call_centre
    if centre is None:
        return None
    return text("page.call_centre", language, number=centre.number, opens=centre.opens, closes=centre.closes)


def _station_view(resolution: Resolution, language: Language) -> StationView | None:
    if not resolution.stations:
        return None
    answer = resolution.stations[0]
    station = answer.station
    return StationView(
        name=station.names.best(language) or "",
        address=station.address.best(language) or "",
        hours=f"{answer.opens}–{answer.closes}",
        early=text("page.early", language) if station.may_close_early else None,
        phone=station.phone,
        facts=_facts(station.accessibility, language),
    )


def _facts(accessibility: Accessibility, language: Language) -> tuple[str, ...]:
    """Return what is known for people with disabilities, and then in one phrase what is not."""
    known: list[str] = []
    unknown: list[str] = []
    for fact in _FACTS:
        value = getattr(accessibility, fact)
        (unknown if value == "unknown" else known).append(text(f"page.fact.{fact}.{value}", language))
    if not known:
        return (text("page.facts_unknown", language),)
    if not unknown:
        return tuple(known)
    return (*known, text("page.facts_missing", language, facts=", ".join(unknown)))


def _notes(resolution: Resolution, codes: tuple[NoteCode, ...], language: Language) -> tuple[str, ...]:
    """Return the texts of the notes with these codes, in the order of the codes."""
    return tuple(note.text(language) for code in codes for note in resolution.notes if note.code == code)
