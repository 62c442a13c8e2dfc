"""Campaigns whose every part tells which edition it is of, and what an answer gives away of its edition."""

from __future__ import annotations

import dataclasses
import re

from geo_service.campaign.file import write_campaign
from geo_service.campaign.model import Names

_SHIFT = 1000
_WORD = re.compile(r"Edition(\d+)")


def edition_of(campaign, number):
    """Return a campaign whose names, numbers and texts all carry the number of an edition."""
    word = f"Edition{number}"
    names = Names(word, word, word)

    def shifted(value):
        return value + number * _SHIFT

    return dataclasses.replace(
        campaign,
        info=dataclasses.replace(campaign.info, id=word.lower(), names=names, city=names, source=word),
        districts=tuple(dataclasses.replace(one, names=names) for one in campaign.districts),
        precincts=tuple(
            dataclasses.replace(one, number=shifted(one.number), names=names) for one in campaign.precincts
        ),
        stations=tuple(
            dataclasses.replace(
                one, precinct=shifted(one.precinct), names=names, building_id=f"{word}-{one.building_id}"
            )
            for one in campaign.stations
        ),
        houses=tuple(
            dataclasses.replace(one, precinct=one.precinct and shifted(one.precinct))
            for one in campaign.houses
        ),
        aliases=tuple(dataclasses.replace(one, source=word) for one in campaign.aliases),
    )


def write_edition(path, campaign, number):
    """Write the file of an edition; return its content hash."""
    return write_campaign(path, edition_of(campaign, number))


def editions_in(text):
    """Return the editions that a text names."""
    return {int(number) for number in _WORD.findall(text)}


def edition_of_number(number):
    """Return the edition that a precinct number belongs to."""
    return number // _SHIFT
