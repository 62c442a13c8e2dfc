"""The precincts and houses of a campaign as flat records: every one says by itself what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from geo_service.campaign.model import (
    LANGUAGES,
    Accessibility,
    Campaign,
    CampaignInfo,
    District,
    House,
    Names,
    Precinct,
    Station,
)
from geo_service.resolution import station_answer
from geo_service.translations import text

Record = Mapping[str, Any]

_FACTS = tuple(field.name for field in fields(Accessibility))
_NO_STATION = Station(0, "", Names(), Names())


def sample_mark(info: CampaignInfo) -> str:
    """Return the mark of a sample in all languages; empty for an official campaign."""
    return " / ".join(text("mark.sample", language) for language in LANGUAGES) if info.is_sample else ""


def precinct_records(campaign: Campaign) -> Iterator[tuple[Precinct, Record]]:
    """Yield the precincts with their stations, ascending by number.

    Parameters
    ----------
    campaign
        Of any vote.

    Yields
    ------
    tuple of Precinct, Record
        The precinct, and its record: the same columns for all, None for what is not known.
    """
    districts = {district.code: district for district in campaign.districts}
    origin = _origin(campaign.info)
    for precinct in campaign.precincts:
        station = campaign.stations_by_precinct.get(precinct.number)
        yield (
            precinct,
            {
                "number": precinct.number,
                "mark": origin["mark"],
                "kind": precinct.kind,
                "status": precinct.status,
                **_district(precinct.district, districts.get(precinct.district)),
                **_names("institution", precinct.names),
                **_station(station, campaign.info),
                "voters": precinct.voters,
                "authority": precinct.authority,
                **{name: value for name, value in origin.items() if name != "mark"},
            },
        )


def district_records(campaign: Campaign) -> Iterator[tuple[District, Record]]:
    """Yield the districts in their order, each with its record."""
    for district in campaign.districts:
        names = {
            name: value for name, value in _district(district.code, district).items() if name != "district"
        }
        yield district, {"code": district.code, **names, **_origin(campaign.info)}


def house_records(campaign: Campaign) -> Iterator[tuple[House, Record]]:
    """Yield the houses in their order, each with its record: the same columns for all."""
    places = {place.id: place for place in campaign.places}
    origin = _origin(campaign.info)
    for house in campaign.houses:
        place = places.get(house.place)
        yield (
            house,
            {
                "precinct": house.precinct,
                "mark": origin["mark"],
                "place_kind": place.kind if place else None,
                **_names("place", place.names if place else Names()),
                "house": house.number,
                "district": house.district,
                "lon": house.lon,
                "lat": house.lat,
                "authority": house.authority,
                **{name: value for name, value in origin.items() if name != "mark"},
            },
        )


def _origin(info: CampaignInfo) -> dict[str, Any]:
    return {
        "mark": sample_mark(info),
        "is_sample": info.is_sample,
        "campaign": info.id,
        "date": info.date,
        "data_date": info.data_date,
    }


def _district(code: str, district: District | None) -> dict[str, Any]:
    return {"district": code, **_names("district", district.names if district else Names())}


def _station(station: Station | None, info: CampaignInfo) -> dict[str, Any]:
    known = station or _NO_STATION
    answer = station_answer(known, info)
    return {
        **_names("station", known.names),
        **_names("address", known.address),
        "station_lon": known.lon,
        "station_lat": known.lat,
        "opens": answer.opens if station else None,
        "closes": answer.closes if station else None,
        "may_close_early": known.may_close_early if station else None,
        "phone": known.phone,
        **{fact: getattr(known.accessibility, fact) if station else None for fact in _FACTS},
    }


def _names(prefix: str, names: Names) -> dict[str, Any]:
    return {f"{prefix}_{language}": name for language, name in names.as_dict().items()}
