"""An answer as text for people, in their language."""

from __future__ import annotations

import dataclasses

from geo_service.campaign.model import District, Language
from geo_service.finder import Finder
from geo_service.resolution import Resolution, StationAnswer
from geo_service.translations import day_text, text


def answer_text(resolution: Resolution, finder: Finder, language: Language) -> str:
    """Return the lines of an answer: the precinct first, then where it votes, then remarks and sources.

    Parameters
    ----------
    resolution
        An answer of ``finder``.
    finder
        Knows the names of districts and of the campaign.
    language
        Of the words; names may fall back to another.
    """
    lines = [
        *_precinct_lines(resolution, finder, language),
        *(line for station in resolution.stations for line in _station_lines(station, language)),
        *_evidence_lines(resolution, language),
        *(f"• {note.text(language)}" for note in resolution.notes if note.code != "derived_border"),
        *_campaign_lines(finder, language),
    ]
    return "\n".join(lines)


def marked_number(number: int, *, is_sample: bool, language: Language) -> str:
    """Return a precinct number in words, with the sample mark at the number itself."""
    words = text("cli.precinct", language, number=number)
    return f"{words} [{text('mark.sample', language)}]" if is_sample else words


def _precinct_lines(resolution: Resolution, finder: Finder, language: Language) -> list[str]:
    precinct = resolution.precinct
    if precinct is None:
        return [text("cli.outside", language)]
    if resolution.authority == "derived":
        # A border that somebody computed gives a probable number only, and says so in the same breath.
        number = next(note.text(language) for note in resolution.notes if note.code == "derived_border")
    else:
        number = marked_number(precinct.number, is_sample=resolution.campaign.is_sample, language=language)
    district = _district(finder, precinct.district)
    name = district.names.best(language) if district else None
    return [number, name or precinct.district]


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
