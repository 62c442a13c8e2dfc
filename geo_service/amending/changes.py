"""What was amended since a day."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from geo_service.campaign.amendment import Amendment
from geo_service.campaign.model import Campaign, Language
from geo_service.errors import QueryError
from geo_service.place_labels import PlaceLabels


def read_moment(text: str, time_zone: str) -> dt.datetime:
    """Return the moment of an ISO 8601 date or time; without an offset it is local.

    Raises
    ------
    geo_service.errors.QueryError
        If it is neither. The error does not repeat it.
    """
    given = text.strip()
    # In an address a plus sign that was not encoded arrives as a space.
    for candidate in (given, "+".join(given.rsplit(" ", 1))):
        try:
            moment = dt.datetime.fromisoformat(candidate)
        except ValueError:
            continue
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=ZoneInfo(time_zone))
    raise QueryError(
        "The day is no date.", "Give it as 2026-03-10, or with a time as 2026-03-10T18:00.", field="since"
    )


def amendments_since(campaign: Campaign, since: dt.datetime | None) -> tuple[Amendment, ...]:
    """Return the amendments of a campaign that were made at a moment or later, in their order."""
    return tuple(
        amendment
        for amendment in campaign.amendments
        if since is None or dt.datetime.fromisoformat(amendment.made_at) >= since
    )


def change_dict(
    amendment: Amendment, labels: PlaceLabels, campaign: Campaign, language: Language
) -> dict[str, Any]:
    """Return an amendment in its JSON form, as anybody may read it: who made it stays in the campaign's file.

    Parameters
    ----------
    amendment
        One of the campaign's.
    labels, campaign
        The campaign, and its places in words.
    language
        Of the address of a house.
    """
    return {
        "id": amendment.id,
        "what": amendment.what,
        "precinct": amendment.precinct,
        "house": house_label(amendment, labels, campaign, language),
        "made_at": amendment.made_at,
        "reason": amendment.reason,
        "former": dict(amendment.former),
        "new": dict(amendment.new),
    }


def house_label(
    amendment: Amendment, labels: PlaceLabels, campaign: Campaign, language: Language
) -> str | None:
    """Return the address of a house that was moved; None if the amendment is about a station."""
    place = next((place for place in campaign.places if place.id == amendment.place), None)
    return None if place is None else labels.label(place, amendment.house, amendment.district, language)
