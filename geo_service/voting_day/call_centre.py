"""Whether the call centre answers just now."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from geo_service.campaign.model import CampaignInfo, Language
from geo_service.translations import text
from geo_service.voting_day.local_time import local_moment, time_of_day


@dataclass(frozen=True, slots=True)
class CallCentreState:
    """The call centre at a moment.

    Parameters
    ----------
    number, opens, closes
        As in the campaign.
    is_open
        Whether it answers at the moment.
    opens_today
        True where it opens later on the same day.
    """

    number: str
    opens: str
    closes: str
    is_open: bool
    opens_today: bool

    @property
    def tel(self) -> str:
        """The number for a link that calls it (RFC 3966)."""
        return "tel:" + re.sub(r"[^+\d]", "", self.number)


def call_centre_at(info: CampaignInfo, moment: dt.datetime) -> CallCentreState | None:
    """Return the call centre at a moment; None if the campaign has none. Its hours hold every day."""
    centre = info.call_centre
    if centre is None:
        return None
    time = time_of_day(local_moment(info, moment))
    is_open = centre.opens <= time < centre.closes
    return CallCentreState(centre.number, centre.opens, centre.closes, is_open, time < centre.opens)


def call_centre_line(state: CallCentreState, language: Language) -> str:
    """Return whether it answers, as in "open now, until 20:00" or "closed, opens at 08:00"."""
    if state.is_open:
        return text("call_centre.open", language, closes=state.closes)
    key = "call_centre.opens_today" if state.opens_today else "call_centre.opens_tomorrow"
    return text(key, language, opens=state.opens)
