"""From the address of a report's page to what the report is about.

Only what the campaign itself holds comes out: its precincts, its places, its houses, a point rounded to some
10 m. A house that the campaign lacks keeps its number and letter; what may be a flat is left out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geo_service.addresses.house_numbers import canonical
from geo_service.campaign.model import LANGUAGES, Names, Place
from geo_service.finder import Finder
from geo_service.resolution import Resolution
from geo_service.wrong_answers.model import Subject

_DECIMALS = 4  # of a degree: some 10 m
_MOST_DIGITS = 6  # of a precinct's number or a place's id
_LONGEST_HOUSE = 20
# What follows after a stroke, a hyphen or the К of a block may be a flat.
_MISSING_HOUSE = re.compile(r"([0-9]{1,4}[А-ЯЁ]?)([/-][0-9]{0,4}[А-ЯЁ]?|К[0-9]*)?")


@dataclass(frozen=True, slots=True)
class _At:
    """A point that lies in the city."""

    lon: float
    lat: float


def subject_of(finder: Finder, asked: Mapping[str, str]) -> Subject:
    """Return what a report is about.

    Parameters
    ----------
    finder
        Of the campaign that answers.
    asked
        Texts by name: ``precinct``, ``place`` (its id), ``house``, ``lat``, ``lon``. What the campaign does
        not know, or is no number, is as if it were not there.
    """
    reference = finder.reference
    place = _place(finder, asked.get("place", ""))
    house, answer = _house(finder, place, asked.get("house", ""))
    at = None if answer is not None else _point(finder, asked.get("lat", ""), asked.get("lon", ""))
    if answer is None and at is not None:
        answer = finder.by_point(at.lon, at.lat)
    precinct = known_precinct(finder, asked.get("precinct", ""))
    # How it was decided is told only of what the service would answer now.
    is_same = answer is not None and answer.precinct is not None and answer.precinct.number == precinct
    return Subject(
        campaign_id=reference.id,
        campaign_hash=reference.hash,
        is_sample=reference.is_sample,
        precinct=precinct,
        place=None if place is None else place.id,
        place_names=Names() if place is None else _labels(finder, place),
        house=house,
        lon=None if at is None else at.lon,
        lat=None if at is None else at.lat,
        method=answer.method if answer is not None and is_same else None,
        authority=answer.authority if answer is not None and is_same else None,
    )


def known_precinct(finder: Finder, text: str) -> int | None:
    """Return the number of a precinct of the campaign; None if the text is none."""
    number = _whole_number(text)
    return number if number in finder.campaign.precincts_by_number else None


def _place(finder: Finder, text: str) -> Place | None:
    number = _whole_number(text)
    return next((place for place in finder.campaign.places if place.id == number), None)


def _labels(finder: Finder, place: Place) -> Names:
    labels = finder.one_box.labels
    return Names(*(labels.label(place, None, None, language) for language in LANGUAGES))


def _house(finder: Finder, place: Place | None, text: str) -> tuple[str | None, Resolution | None]:
    """Return a house's number, and the answer to it if the campaign knows the house."""
    if place is None or len(text) > _LONGEST_HOUSE:
        return None, None
    number = canonical(text)
    if number in finder.one_box.addresses.houses.of_place(place.id):
        answer = finder.by_address(number, place=place.id)
        return number, answer if answer.status == "found" else None
    missing = _MISSING_HOUSE.fullmatch(number)
    return (missing[1] if missing else None), None


def _point(finder: Finder, lat: str, lon: str) -> _At | None:
    """Return a point in the city, rounded; None if the texts are none."""
    try:
        at = _At(round(float(lon), _DECIMALS), round(float(lat), _DECIMALS))
    except ValueError:
        return None
    if finder.bounds is None or not (math.isfinite(at.lon) and math.isfinite(at.lat)):
        return None
    west, south, east, north = finder.bounds
    return at if west <= at.lon <= east and south <= at.lat <= north else None


def _whole_number(text: str) -> int | None:
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        return None
    return int(text)


def asked_of(answer: Resolution) -> dict[str, Any]:
    """Return what the address of a report's page says of an answer; the reverse of `subject_of`."""
    asked: dict[str, Any] = {}
    if answer.precinct is not None:
        asked["precinct"] = str(answer.precinct.number)
    if answer.place is not None:
        asked["place"] = str(answer.place.place.id)
        if answer.place.number is not None:
            asked["house"] = answer.place.number
    if answer.point is not None and "house" not in asked:
        asked["lon"], asked["lat"] = (f"{degrees:.{_DECIMALS}f}" for degrees in answer.point)
    return asked
