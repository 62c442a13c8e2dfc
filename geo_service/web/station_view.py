"""A polling station in the words of a page."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, fields

from geo_service.campaign.model import Accessibility, CampaignInfo, Language, Station
from geo_service.resolution import StationAnswer
from geo_service.translations import text
from geo_service.voting_day.opening import early_line, opening_at, opening_line
from geo_service.voting_day.walking import Walk, walk_between, walk_text

_FACTS = tuple(field.name for field in fields(Accessibility))


@dataclass(frozen=True, slots=True)
class StationView:
    """A station in words.

    Parameters
    ----------
    name, address
        Of the building.
    is_open, is_over, opening, hours
        Whether one can vote there now, or no longer; in words; and the hours, where ``opening`` does not say
        them all.
    early
        That it may close early; None if not.
    distance
        How far it is from what was asked about; None if that has no point, or the station has none.
    walk
        The same as a figure.
    phone, tel
        Of the precinct's commission: as it is written, and as a link; None if not known.
    facts
        What is known for people with disabilities, and in one phrase what is not.
    """

    name: str
    address: str
    is_open: bool
    is_over: bool
    opening: str
    hours: str | None
    early: str | None
    distance: str | None
    walk: Walk | None
    phone: str | None
    tel: str | None
    facts: tuple[str, ...]


def station_view(
    answer: StationAnswer,
    info: CampaignInfo,
    moment: dt.datetime,
    language: Language,
    *,
    point: tuple[float, float] | None = None,
) -> StationView:
    """Return a station in words.

    Parameters
    ----------
    answer, info
        The station and its vote.
    moment
        At which a reader wants to know whether it is open.
    language
        Of the reader.
    point
        Longitude and latitude of the reader's house; None if it is not known.
    """
    station = answer.station
    opening = opening_at(station, info, moment)
    walk = _walk(point, station)
    return StationView(
        name=station.names.best(language) or "",
        address=station.address.best(language) or "",
        is_open=opening.is_open,
        is_over=opening.state in {"closed", "past"},
        opening=opening_line(opening, language),
        # The lines of another day and of a vote that is over hold the hours already.
        hours=opening.hours if opening.state in {"not_yet", "open"} else None,
        early=early_line(opening, language),
        distance=None if walk is None else walk_text(walk, language),
        walk=walk,
        phone=station.phone,
        tel=None if station.phone is None else "tel:" + re.sub(r"[^+\d]", "", station.phone),
        facts=access_facts(station.accessibility, language),
    )


def access_facts(accessibility: Accessibility, language: Language) -> tuple[str, ...]:
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


def position_of(station: Station) -> tuple[float, float] | None:
    """Return longitude and latitude of a station; None if its point is not known."""
    return None if station.lon is None or station.lat is None else (station.lon, station.lat)


def _walk(point: tuple[float, float] | None, station: Station) -> Walk | None:
    position = position_of(station)
    return None if point is None or position is None else walk_between(*point, *position)
