"""The map's page in words: the card of a precinct, the legend, the list of all precincts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geo_service.campaign.model import Campaign, Language, Precinct
from geo_service.translations import text
from geo_service.web.station_view import position_of
from maps.colours import HUES


@dataclass(frozen=True, slots=True)
class PrecinctCard:
    """A precinct in a few lines.

    ``heading`` has the mark of a sample in it, for titles; ``mark`` is for beside the number. Texts of the
    station are empty where it is not known; of a closed precinct ``name`` says that it is closed.
    """

    number: int
    heading: str
    mark: str | None
    district: str
    name: str
    address: str
    hours: str


@dataclass(frozen=True, slots=True)
class LegendDistrict:
    """A district in the legend: the number of its hue, and its name."""

    hue: int
    name: str


@dataclass(frozen=True, slots=True)
class ListedDistrict:
    """A district with its precincts, for the list; ``special`` ones apart."""

    code: str
    name: str
    territorial: tuple[PrecinctCard, ...]
    special: tuple[PrecinctCard, ...]


def precinct_card(number: int, campaign: Campaign, language: Language) -> PrecinctCard:
    """Return the card of a precinct that the campaign has."""
    precinct = campaign.precincts_by_number[number]
    station = campaign.stations_by_precinct.get(number)
    mark = text("mark.sample", language) if campaign.info.is_sample else None
    said = text("page.number", language, number=number)
    is_closed = precinct.status == "closed"
    shown = None if is_closed else station
    hours = ""
    if shown is not None:
        hours = f"{shown.opens or campaign.info.opens}–{shown.closes or campaign.info.closes}"
    closed = text("precinct.closed", language) if is_closed else ""
    return PrecinctCard(
        number=number,
        heading=f"{said} ({mark})" if mark else said,
        mark=mark,
        district=_district_names(campaign, language).get(precinct.district, ""),
        name=(shown.names.best(language) if shown else None) or closed,
        address=(shown.address.best(language) if shown else None) or "",
        hours=hours,
    )


def selection(number: int, campaign: Campaign, language: Language) -> dict[str, Any]:
    """Return what the map marks of a precinct, for its browser modules."""
    station = campaign.stations_by_precinct.get(number)
    position = position_of(station) if station else None
    return {
        "point": None,
        "precinct": number,
        "station": None if position is None else {"lon": position[0], "lat": position[1]},
        "mark": text("mark.sample", language) if campaign.info.is_sample else None,
    }


def legend(campaign: Campaign, language: Language) -> tuple[LegendDistrict, ...]:
    """Return the districts in the order that gives them their colours on the map."""
    codes = sorted({precinct.district for precinct in campaign.precincts})
    names = _district_names(campaign, language)
    return tuple(
        LegendDistrict(position % len(HUES), names.get(code, code)) for position, code in enumerate(codes)
    )


def listed_districts(campaign: Campaign, language: Language) -> tuple[ListedDistrict, ...]:
    """Return all open precincts by district, districts by name and precincts by number."""
    names = _district_names(campaign, language)
    by_district: dict[str, list[Precinct]] = {}
    for precinct in sorted(campaign.precincts, key=lambda precinct: precinct.number):
        if precinct.status == "open":
            by_district.setdefault(precinct.district, []).append(precinct)

    def cards(code: str, kind: str) -> tuple[PrecinctCard, ...]:
        chosen = (precinct.number for precinct in by_district[code] if precinct.kind == kind)
        return tuple(precinct_card(number, campaign, language) for number in chosen)

    return tuple(
        ListedDistrict(code, names.get(code, code), cards(code, "territorial"), cards(code, "special"))
        for code in sorted(by_district, key=lambda code: names.get(code, code))
    )


def _district_names(campaign: Campaign, language: Language) -> dict[str, str]:
    return {district.code: district.names.best(language) or district.code for district in campaign.districts}
