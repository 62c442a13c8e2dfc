"""An answer as text for people, in their language."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from geo_service.campaign.model import District, Language
from geo_service.finder import Finder
from geo_service.notes import Note, NoteCode
from geo_service.resolution import CandidateAnswer, Resolution, StationAnswer
from geo_service.translations import day_text, text

#: Remarks that say what came of a query which has no precinct: they stand where else its number would.
_OUTCOMES: frozenset[NoteCode] = frozenset(
    {
        "choose_address", "choose_precinct", "house_missing", "house_unknown", "precinct_unknown",
        "other_town", "not_found", "personal_number", "precinct_number_unknown", "short_link",
        "houses_differ", "no_listed_house",
    }
)  # fmt: skip
#: Remarks that say what a number is worth: they stand where else the bare number would.
_HEADLINES: frozenset[NoteCode] = frozenset({"derived_border", "special_only", "nearest_house"})
#: Remarks with a place of their own among the lines.
_PLACED: frozenset[NoteCode] = _HEADLINES | {"close_names"}


def answer_text(
    resolution: Resolution, finder: Finder, language: Language, *, with_candidates: bool = True
) -> str:
    """Return the lines of an answer: the precinct first, then where it votes, then remarks and sources.

    Without a precinct, what came of the query is first; then what may be meant, numbered.

    Parameters
    ----------
    resolution
        An answer of ``finder``.
    finder
        Knows the names of districts and of the campaign.
    language
        Of the words; names may fall back to another.
    with_candidates
        Whether to list what may be meant.
    """
    outcomes = [note for note in resolution.notes if resolution.precinct is None and note.code in _OUTCOMES]
    remarks = [note for note in resolution.notes if note not in outcomes and note.code not in _PLACED]
    lines = [
        *(_outcome_lines(outcomes, language) or _precinct_lines(resolution, finder, language)),
        *_understood_lines(resolution, language),
        *(_candidate_lines(resolution, language) if with_candidates else ()),
        *(line for station in resolution.stations for line in _station_lines(station, language)),
        *_evidence_lines(resolution, language),
        *(f"• {note.text(language)}" for note in remarks),
        *_campaign_lines(finder, language),
    ]
    return "\n".join(lines)


def marked_number(number: int, *, is_sample: bool, language: Language) -> str:
    """Return a precinct number in words, with the sample mark at the number itself."""
    words = text("cli.precinct", language, number=number)
    return f"{words} [{text('mark.sample', language)}]" if is_sample else words


def candidate_text(candidate: CandidateAnswer, language: Language) -> str:
    """Return a candidate in words: the other name under which it was found, and the id to choose it by."""
    place, alias = candidate.place, candidate.matched_alias
    words = [
        candidate.label(language),
        f"← {alias.name}" if alias is not None else None,
        f"[id {place.place.id}]" if place is not None else None,
    ]
    return " ".join(word for word in words if word)


def _outcome_lines(outcomes: Sequence[Note], language: Language) -> list[str]:
    return [note.text(language) for note in outcomes]


def _understood_lines(resolution: Resolution, language: Language) -> list[str]:
    """Return what the query was taken for: never the query itself, which may hold more than an address."""
    if resolution.place is None:
        return []
    return [text("cli.understood", language, address=resolution.place.label(language))]


def _candidate_lines(resolution: Resolution, language: Language) -> list[str]:
    candidates = resolution.candidates
    if not candidates:
        return []
    close = next((note for note in resolution.notes if note.code == "close_names"), None)
    head = text("cli.candidates", language) if close is None else close.text(language)
    numbered = enumerate(candidates, 1)
    return [head, *(f"  {number}. {candidate_text(candidate, language)}" for number, candidate in numbered)]


def _precinct_lines(resolution: Resolution, finder: Finder, language: Language) -> list[str]:
    precinct = resolution.precinct
    if precinct is None:
        return [] if resolution.candidates else [text("cli.outside", language)]
    number = marked_number(precinct.number, is_sample=resolution.campaign.is_sample, language=language)
    # A border that somebody computed gives a probable number only, and a special precinct serves those who
    # stay there: both are said in the same breath.
    headlines = [note.text(language) for note in resolution.notes if note.code in _HEADLINES]
    district = _district(finder, precinct.district)
    name = district.names.best(language) if district else None
    return [*(headlines or [number]), name or precinct.district]


def _district(finder: Finder, code: str) -> District | None:
    return next((district for district in finder.campaign.districts if district.code == code), None)


def _station_lines(answer: StationAnswer, language: Language) -> list[str]:
    station = answer.station
    name, address = station.names.best(language), station.address.best(language)
    lines = [
        text("cli.station", language, name=name) if name else None,
        text("cli.address", language, address=address) if address else None,
        text("cli.hours", language, opens=answer.opens, closes=answer.closes),
        text("cli.may_close_early", language) if station.may_close_early else None,
        text("cli.phone", language, phone=station.phone) if station.phone else None,
    ]
    return [line for line in lines if line]


def _evidence_lines(resolution: Resolution, language: Language) -> list[str]:
    lines = []
    if resolution.border is not None:
        lines.append(text("cli.border", language, distance=round(resolution.border.distance_m)))
    if resolution.authority is not None:
        words = text(f"authority.{resolution.authority}", language)
        lines.append(text("cli.authority", language, authority=words))
    return lines


def _campaign_lines(finder: Finder, language: Language) -> list[str]:
    info = finder.campaign.info
    name = info.names.best(language) or info.id
    lines = [
        text("cli.campaign", language, name=name, date=day_text(info.date, language)),
        text("cli.data_date", language, date=day_text(info.data_date, language)),
    ]
    if info.call_centre:
        lines.append(text("cli.call_centre", language, **dataclasses.asdict(info.call_centre)))
    return lines
