"""The day of the vote as an entry for a calendar (iCalendar, RFC 5545).

Times are written as the city's clocks show them, with the name of its zone and the rule of that zone for the
day, not in UTC. Kazakhstan moved to one zone in 2024: a telephone that has not heard of it shows 07:00 where
07:00 is written, but 08:00 for 02:00 UTC. Programs that know no zones by name read the rule.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from geo_service.campaign.model import Campaign, CampaignInfo, Language, Station
from geo_service.translations import day_text, text
from geo_service.voting_day.local_time import zone_of
from geo_service.voting_day.opening import opening_at

if TYPE_CHECKING:
    from icalendar import Alarm, Event

_REMINDER = dt.time(19, 0)  # of the evening before


def calendar_file(campaign: Campaign, number: int, language: Language, *, url: str) -> bytes:
    """Return the day of the vote in a precinct as an iCalendar file; the same campaign gives the same bytes.

    Parameters
    ----------
    campaign
        The vote.
    number
        Of the precinct. Of one without a station only the day and the campaign's hours are told.
    language
        Of all texts.
    url
        Whole address of the precinct's page.
    """
    from icalendar import Calendar, Timezone  # noqa: PLC0415 - serving processes start without it

    day = dt.date.fromisoformat(campaign.info.date)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//geo-service//voting day//{language.upper()}")
    calendar.add("calscale", "GREGORIAN")
    # From the day before, for the reminder, to the day after.
    zone = Timezone.from_tzid(
        campaign.info.time_zone, first_date=day - dt.timedelta(days=1), last_date=day + dt.timedelta(days=2)
    )
    zone.pop("COMMENT", None)
    calendar.add_component(zone)
    calendar.add_component(_event(campaign, number, language, url))
    return bytes(calendar.to_ical())


def calendar_name(info: CampaignInfo, number: int) -> str:
    """Return the name under which the file is saved; that of a sample says so."""
    mark = f"-{text('mark.sample', 'en')}" if info.is_sample else ""
    return f"{info.id}-{number}{mark}.ics"


def _event(campaign: Campaign, number: int, language: Language, url: str) -> Event:
    from icalendar import Event  # noqa: PLC0415 - as above

    info = campaign.info
    station = campaign.stations_by_precinct.get(number)
    begins, ends = _hours(station, info)
    event = Event()
    # Neither times nor texts are part of it: an entry that is fetched again replaces the former one.
    event.add("uid", f"{info.id}-precinct-{number}@geo-service")
    event.add("sequence", len(campaign.amendments))
    event.add("dtstamp", _data_moment(info))
    event.add("dtstart", begins)
    event.add("dtend", ends)
    summary = f"{_precinct_label(info, number, language)}: {info.names.best(language)}"
    event.add("summary", summary)
    event.add("location", _location(station, info, language))
    if station is not None and station.lon is not None and station.lat is not None:
        event.add("geo", (station.lat, station.lon))
    event.add("description", _description(station, info, number, language))
    event.add("url", url)
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # nobody is busy the whole day
    event.add_component(_alarm(begins, summary))
    return event


def _hours(station: Station | None, info: CampaignInfo) -> tuple[dt.datetime, dt.datetime]:
    day = dt.date.fromisoformat(info.date)
    zone = zone_of(info)
    opening = opening_at(station, info, dt.datetime.combine(day, dt.time(0), zone))
    opens, closes = (dt.time.fromisoformat(text) for text in (opening.opens, opening.closes))
    return dt.datetime.combine(day, opens, zone), dt.datetime.combine(day, closes, zone)


def _data_moment(info: CampaignInfo) -> dt.datetime:
    """Return when the data are from: the beginning of the day, month or year that the campaign names."""
    year, month, day = (*(int(part) for part in info.data_date.split("-")), 1, 1)[:3]
    return dt.datetime(year, month, day, tzinfo=dt.UTC)


def _precinct_label(info: CampaignInfo, number: int, language: Language) -> str:
    mark = f" ({text('mark.sample', language)})" if info.is_sample else ""
    return text("calendar.precinct", language, number=number) + mark


def _location(station: Station | None, info: CampaignInfo, language: Language) -> str:
    names = (station.names, station.address) if station else ()
    parts = [name.best(language) for name in (*names, info.city)]
    return ", ".join(part for part in parts if part)


def _description(station: Station | None, info: CampaignInfo, number: int, language: Language) -> str:
    centre = info.call_centre
    lines = [
        text("page.sample", language) if info.is_sample else None,
        _precinct_label(info, number, language),
        text("note.registered_address", language),
        text("calendar.document", language),
        text("page.early", language) if station and station.may_close_early else None,
        text("calendar.phone", language, number=station.phone) if station and station.phone else None,
        text("cli.call_centre", language, number=centre.number, opens=centre.opens, closes=centre.closes)
        if centre
        else None,
        text("calendar.data_date", language, date=day_text(info.data_date, language)),
    ]
    return "\n".join(line for line in lines if line)


def _alarm(begins: dt.datetime, what: str) -> Alarm:
    """Return the reminder of the evening before, when there is still time to look for the document."""
    from icalendar import Alarm  # noqa: PLC0415 - as above

    evening = dt.datetime.combine(begins.date() - dt.timedelta(days=1), _REMINDER)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", what)
    alarm.add("trigger", evening - begins.replace(tzinfo=None))
    return alarm
