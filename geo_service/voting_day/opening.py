"""Whether a polling station is open, and what a page says of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from geo_service.campaign.model import CampaignInfo, Language, Station
from geo_service.translations import day_text, text
from geo_service.voting_day.local_time import local_moment, time_of_day

OpeningState = Literal["another_day", "not_yet", "open", "closed", "past"]


@dataclass(frozen=True, slots=True)
class Opening:
    """Hours of a station, and what they mean at a moment.

    Parameters
    ----------
    state
        ``another_day`` before the day of the vote, ``not_yet``, ``open`` or ``closed`` on the day, ``past``
        afterwards.
    date
        Day of the vote, ISO 8601.
    opens, closes
        ``HH:MM``, the station's own or else the campaign's.
    may_close_early
        True if it may close once everybody on its list has voted.
    """

    state: OpeningState
    date: str
    opens: str
    closes: str
    may_close_early: bool = False

    @property
    def is_open(self) -> bool:
        """Whether one can vote there at the moment."""
        return self.state == "open"

    @property
    def hours(self) -> str:
        """The hours, as in 07:00–20:00."""
        return f"{self.opens}–{self.closes}"


def opening_at(station: Station | None, info: CampaignInfo, moment: dt.datetime) -> Opening:
    """Return whether a station is open at a moment.

    Parameters
    ----------
    station
        None where nothing is known of it: then the campaign's hours are taken.
    info
        The vote.
    moment
        Aware of its offset from UTC.

    Notes
    -----
    A station that may close early is taken as open until its hour: nobody tells the service that it closed.
    """
    opens = (station and station.opens) or info.opens
    closes = (station and station.closes) or info.closes
    early = station is not None and station.may_close_early
    state = _state(info, opens, closes, local_moment(info, moment))
    return Opening(state, info.date, opens, closes, early)


def opening_line(opening: Opening, language: Language) -> str:
    """Return what a page says of a station, as in "Open now, until 20:00"; see `early_line` for the rest."""
    if opening.state in {"another_day", "past"}:
        return f"{day_text(opening.date, language)}, {opening.hours}"
    return text(f"opening.{opening.state}", language, opens=opening.opens, closes=opening.closes)


def early_line(opening: Opening, language: Language) -> str | None:
    """Return what is to be said of a station that may close early and has not closed; else None."""
    if not opening.may_close_early or opening.state in {"closed", "past"}:
        return None
    return text("page.early", language)


def _state(info: CampaignInfo, opens: str, closes: str, now: dt.datetime) -> OpeningState:
    day = now.date().isoformat()
    if day != info.date:
        return "another_day" if day < info.date else "past"
    time = time_of_day(now)
    if time < opens:
        return "not_yet"
    return "open" if time < closes else "closed"
