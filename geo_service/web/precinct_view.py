"""A precinct in the words of its page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from babel.numbers import format_decimal
from flask import url_for

from geo_service.campaign.model import Authority, House, Language, Precinct
from geo_service.notes import NoteCode
from geo_service.resolution import Resolution
from geo_service.served.listed_houses import houses_by_precinct
from geo_service.served.neighbours import precinct_neighbours
from geo_service.served.served_campaign import ServedCampaign
from geo_service.translations import day_text, text
from geo_service.web.answer_links import ActionsView, actions_view
from geo_service.web.answer_map import selection_json
from geo_service.web.precinct_houses import StreetHouses, houses_by_street
from geo_service.web.station_view import StationView, station_view

_CHANGES: frozenset[NoteCode] = frozenset({"station_moved", "hours_changed"})
_WARNINGS: frozenset[NoteCode] = frozenset({"special_only", "derived_border", "station_unknown"})


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A precinct that shares a border: its page, its number and where it votes."""

    url: str
    number: str
    station: str


@dataclass(frozen=True, slots=True)
class PrecinctPage:
    """A precinct in words.

    Parameters
    ----------
    number, lead, mark
        The number, what leads to it, and the mark of a sample.
    heading
        The three in one line.
    institution
        Of a special precinct; None of others.
    district
        Its name.
    is_closed, is_special
        Whether the precinct is closed; whether only those who stay somewhere for a while vote there.
    changes, warnings
        What must be known at once, and why not to rely on the page.
    station, actions
        Where it votes, and what the reader may do with that; no actions where it is closed.
    streets
        Its houses.
    counts
        How many houses and streets these are, in words.
    evidence
        What the page rests on, line by line.
    neighbours
        The precincts that share a border with it.
    has_map, selection
        Whether the map shows its border, and what is marked there, as JSON.
    """

    number: str
    lead: str
    mark: str | None
    heading: str
    institution: str | None
    district: str | None
    is_closed: bool
    is_special: bool
    changes: tuple[str, ...]
    warnings: tuple[str, ...]
    station: StationView | None
    actions: ActionsView | None
    streets: tuple[StreetHouses, ...]
    counts: str
    evidence: tuple[str, ...]
    neighbours: tuple[Neighbour, ...]
    has_map: bool
    selection: str


def precinct_page_view(
    precinct: Precinct, served: ServedCampaign, moment: dt.datetime, language: Language
) -> PrecinctPage:
    """Return a precinct in words.

    Parameters
    ----------
    precinct, served
        The precinct and its campaign.
    moment
        At which the page is read.
    language
        Of the reader.
    """
    resolution = served.finder.of_precinct(precinct, authority=precinct.authority)
    houses = served.made(houses_by_precinct).get(precinct.number, ())
    streets = houses_by_street(houses, served, language)
    is_closed = precinct.status == "closed"
    station = _station(resolution, served, moment, language)
    number = text("page.number", language, number=precinct.number)
    mark = text("mark.sample", language) if served.info.is_sample else None
    heading = heading_of_precinct(precinct.number, served, language)
    return PrecinctPage(
        number=number,
        lead=text("page.precinct", language),
        mark=mark,
        heading=heading,
        institution=precinct.names.best(language) if precinct.kind == "special" else None,
        district=district_name(precinct.district, served, language),
        is_closed=is_closed,
        is_special=precinct.kind == "special",
        changes=note_texts(resolution, _CHANGES, language),
        warnings=note_texts(resolution, _WARNINGS, language),
        station=station,
        actions=None if is_closed else _actions(resolution, heading, station, language),
        streets=streets,
        counts=text(
            "precinct.counts",
            language,
            houses=format_decimal(len(houses), locale=language),
            streets=format_decimal(len(streets), locale=language),
        ),
        evidence=_evidence(precinct, houses, served, language),
        neighbours=_neighbours(precinct.number, served, language),
        has_map=is_drawn(precinct),
        selection=selection_json(resolution, language) if is_drawn(precinct) else "null",
    )


def heading_of_precinct(number: int, served: ServedCampaign, language: Language) -> str:
    """Return what a precinct is called in a line: lead, number and the mark of a sample."""
    words = [text("page.precinct", language), text("page.number", language, number=number)]
    if served.info.is_sample:
        words.append(f"({text('mark.sample', language)})")
    return " ".join(words)


def district_name(code: str, served: ServedCampaign, language: Language) -> str | None:
    """Return the name of a district; None if the campaign does not have it."""
    names = {district.code: district.names for district in served.finder.campaign.districts}
    return names[code].best(language) if code in names else None


def is_drawn(precinct: Precinct) -> bool:
    """Return whether maps and pictures show the precinct."""
    return precinct.geometry is not None and precinct.status == "open"


def note_texts(resolution: Resolution, codes: frozenset[NoteCode], language: Language) -> tuple[str, ...]:
    """Return the texts of the remarks that have one of these codes."""
    return tuple(note.text(language) for note in resolution.notes if note.code in codes)


def _station(
    resolution: Resolution, served: ServedCampaign, moment: dt.datetime, language: Language
) -> StationView | None:
    if not resolution.stations:
        return None
    return station_view(resolution.stations[0], served.info, moment, language)


def _actions(
    resolution: Resolution, heading: str, station: StationView | None, language: Language
) -> ActionsView | None:
    if resolution.precinct is None:
        return None
    number = resolution.precinct.number
    address = url_for("precinct.show", number=number)
    return actions_view(resolution, number, heading, station, address, lang=language)


def _evidence(
    precinct: Precinct, houses: tuple[House, ...], served: ServedCampaign, language: Language
) -> tuple[str, ...]:
    info = served.info
    lines = []
    if precinct.geometry is not None:
        lines.append(_rests_on("precinct.boundary_rests", precinct.authority, language))
    authorities = dict.fromkeys(house.authority for house in houses)
    lines += [_rests_on("precinct.list_rests", one, language) for one in authorities if one is not None]
    lines.append(text("page.data_date", language, date=day_text(info.data_date, language)))
    if info.source:
        lines.append(text("cli.source", language, source=info.source_in(language)))
    return tuple(lines)


def _rests_on(key: str, authority: Authority, language: Language) -> str:
    return text(key, language, authority=text(f"authority.{authority}", language))


def _neighbours(number: int, served: ServedCampaign, language: Language) -> tuple[Neighbour, ...]:
    campaign = served.finder.campaign
    found = []
    for other in served.made(precinct_neighbours).get(number, ()):
        station = campaign.stations_by_precinct.get(other)
        name = station.names.best(language) if station else None
        found.append(
            Neighbour(
                url_for("precinct.show", number=other),
                text("page.number", language, number=other),
                name or text("note.station_unknown", language),
            )
        )
    return tuple(found)
