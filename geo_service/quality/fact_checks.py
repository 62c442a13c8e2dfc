"""Checks of names and dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from geo_service.campaign.finding_codes import make_finding
from geo_service.campaign.model import LANGUAGES, Finding, Names
from geo_service.quality.survey import Survey

#: Data older than this at the day of the vote, days, need a look: lists change twice a year.
OLD_DAYS = 180


def names_missing(survey: Survey) -> Iterator[Finding]:
    """Tell how many names and addresses are missing in each language."""
    campaign = survey.campaign
    named: dict[tuple[str, str], list[Names]] = {
        ("districts", "name"): [item.names for item in campaign.districts],
        ("precincts", "name"): [item.names for item in campaign.precincts if item.kind == "special"],
        ("stations", "name"): [item.names for item in campaign.stations],
        ("stations", "address"): [item.address for item in campaign.stations],
        ("places", "name"): [item.names for item in campaign.places],
    }
    for (layer, stem), names in named.items():
        for language in LANGUAGES:
            missing = sum(not getattr(item, language) for item in names)
            if missing:
                yield make_finding(
                    "names_missing" if stem == "name" else "addresses_missing",
                    field=f"{stem}_{language}",
                    layer=layer,
                    language=language,
                    count=missing,
                    total=len(names),
                )


def data_old(survey: Survey) -> Iterator[Finding]:
    """Find data that are much older than the vote."""
    info = survey.campaign.info
    vote, data = _day(info.date), _day(info.data_date)
    if vote and data and (vote - data).days > OLD_DAYS:
        yield make_finding("data_old", day=info.data_date, days=(vote - data).days)


def days_against(survey: Survey, today: dt.date) -> Iterator[Finding]:
    """Find what the calendar contradicts: a vote that is past, data of a day to come."""
    info = survey.campaign.info
    vote, data = _day(info.date), _day(info.data_date)
    if vote and vote < today:
        yield make_finding("vote_is_past", day=info.date)
    if data and data > today:
        yield make_finding("data_in_future", day=info.data_date)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
