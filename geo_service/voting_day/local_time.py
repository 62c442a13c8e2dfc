"""Moments as the clocks of a campaign's city show them."""

from __future__ import annotations

import datetime as dt
import functools
import zoneinfo

from geo_service.campaign.model import CampaignInfo, Language
from geo_service.translations import day_text

#: British English puts the day first, as the other two languages do.
LOCALES: dict[Language, str] = {"kk": "kk", "ru": "ru", "en": "en_GB"}


def local_moment(info: CampaignInfo, moment: dt.datetime) -> dt.datetime:
    """Return a moment in the time zone of a campaign.

    Parameters
    ----------
    info
        The vote, for its zone.
    moment
        Aware of its offset from UTC.
    """
    return moment.astimezone(zone_of(info))


def zone_of(info: CampaignInfo) -> zoneinfo.ZoneInfo:
    """Return the time zone of a campaign; the package tzdata knows it where the system does not."""
    return _zone(info.time_zone)


def time_of_day(moment: dt.datetime) -> str:
    """Return hours and minutes as the hours of stations are kept, ``HH:MM``: both compare as text."""
    return f"{moment:%H:%M}"


def moment_text(moment: dt.datetime, language: Language) -> str:
    """Return day and time of day in words, as in 14 March 2026, 18:00."""
    return f"{day_text(moment.date().isoformat(), language)}, {time_of_day(moment)}"


@functools.cache
def _zone(name: str) -> zoneinfo.ZoneInfo:
    return zoneinfo.ZoneInfo(name)
