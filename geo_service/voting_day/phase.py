"""The phase of a vote: before it, while precincts are open, when they have closed, and after that day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from babel.dates import format_timedelta

from geo_service.campaign.model import CampaignInfo, Language
from geo_service.translations import day_text, text
from geo_service.voting_day.local_time import LOCALES, local_moment, time_of_day

PhaseName = Literal["before", "open", "closed", "archive"]

#: So many days before the vote a page begins to count them.
COUNTED_DAYS = 30


@dataclass(frozen=True, slots=True)
class Phase:
    """Where a moment lies in a vote.

    Parameters
    ----------
    name
        ``before``, ``open``, ``closed`` (voting has ended this very day) or ``archive`` (a later day).
    days_left
        Days from the local day of the moment to that of the vote: 0 on the day, negative afterwards.
    """

    name: PhaseName
    days_left: int

    @property
    def is_voting_day(self) -> bool:
        """Whether the moment lies on the day of the vote."""
        return self.days_left == 0


def phase_at(info: CampaignInfo, moment: dt.datetime) -> Phase:
    """Return the phase of a vote at a moment, by the hours of the campaign.

    Parameters
    ----------
    info
        The vote.
    moment
        Aware of its offset from UTC.

    Notes
    -----
    The phase is that of the whole vote: one precinct may open earlier, see `opening`. It opens at the minute
    at which it opens, and has closed at the minute at which it closes.
    """
    now = local_moment(info, moment)
    days_left = (dt.date.fromisoformat(info.date) - now.date()).days
    if days_left < 0:
        return Phase("archive", days_left)
    time = time_of_day(now)
    if days_left > 0 or time < info.opens:
        return Phase("before", days_left)
    return Phase("open" if time < info.closes else "closed", days_left)


def phase_line(info: CampaignInfo, moment: dt.datetime, language: Language) -> str:
    """Return one line about the phase, for every page.

    Parameters
    ----------
    info
        The vote.
    moment
        Aware of its offset from UTC.
    language
        Of the reader.
    """
    phase = phase_at(info, moment)
    day = day_text(info.date, language)
    values = {"date": day, "opens": info.opens, "closes": info.closes}
    if phase.name == "before":
        return _line_before(phase, values, language)
    return text(f"phase.{phase.name}", language, **values)


def _line_before(phase: Phase, values: dict[str, str], language: Language) -> str:
    if phase.is_voting_day:
        return text("phase.today", language, **values)
    if phase.days_left == 1:
        return text("phase.tomorrow", language, **values)
    if phase.days_left > COUNTED_DAYS:
        return text("phase.before", language, **values)
    left = format_timedelta(
        dt.timedelta(days=phase.days_left),
        granularity="day",
        threshold=COUNTED_DAYS + 1,  # days, never weeks: "in 2 weeks" is not what 12 days are
        add_direction=True,
        locale=LOCALES[language],
    )
    return text("phase.soon", language, left=left, **values)
