"""What a reader may do with an answer: go there, keep the date, tell others, print it, report a mistake."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import url_for

from geo_service.campaign.model import Language
from geo_service.resolution import Resolution
from geo_service.translations import text
from geo_service.voting_day.directions import directions
from geo_service.web.addresses import absolute_url
from geo_service.web.station_view import StationView, position_of
from geo_service.wrong_answers.subject import asked_of


@dataclass(frozen=True, slots=True)
class Link:
    """A link and what it is called."""

    url: str
    name: str


@dataclass(frozen=True, slots=True)
class ShareView:
    """What is told to others: the page's whole address, a sentence, and links that take both."""

    address: str
    sentence: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ActionsView:
    """What a reader may do with a precinct.

    ``directions`` is empty where the station has no point, ``calendar`` is None once the vote is over.
    """

    directions: tuple[Link, ...]
    calendar: str | None
    share: ShareView
    poster: str
    page: str
    report: str


def actions_view(
    resolution: Resolution,
    number: int,
    title: str,
    station: StationView | None,
    address: str,
    *,
    lang: Language,
) -> ActionsView:
    """Return what a reader may do with the answer.

    Parameters
    ----------
    resolution
        The answer, with a precinct.
    number
        Of the precinct.
    title
        The answer in a few words, with the mark of a sample.
    station
        Where it votes; None if that is not known.
    address
        Path and query of the answer's page.
    lang
        Of the reader.
    """
    said = ", ".join(filter(None, (title, station.name, station.address))) if station else title
    return ActionsView(
        directions=_directions(resolution, station, lang),
        calendar=url_for("calendar.event", number=number) if station and not station.is_over else None,
        share=_share(absolute_url(address), said),
        poster=url_for("precinct.poster", number=number),
        page=url_for("precinct.show", number=number),
        report=url_for("wrong_answers.report", **asked_of(resolution)),
    )


def _directions(resolution: Resolution, station: StationView | None, language: Language) -> tuple[Link, ...]:
    position = position_of(resolution.stations[0].station) if resolution.stations else None
    if position is None:
        return ()
    # No start: the way begins where the reader is, and nobody else is told which house was asked about.
    on_foot = station is None or station.walk is None or station.walk.is_walkable
    return tuple(
        Link(link.url, text(f"directions.{link.service}", language))
        for link in directions(position, on_foot=on_foot)
    )


def _share(address: str, sentence: str) -> ShareView:
    both = f"{sentence} {address}"
    return ShareView(
        address,
        sentence,
        (
            Link("https://wa.me/?" + _query({"text": both}), "WhatsApp"),
            Link("https://t.me/share/url?" + _query({"url": address, "text": sentence}), "Telegram"),
        ),
    )


def _query(values: dict[str, Any]) -> str:
    return "&".join(f"{name}={quote(str(value), safe='')}" for name, value in values.items())
