"""Move a precinct's station to another building, or change its hours or telephone."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from boundaries.precincts import DECIMALS
from geo_service.amending.record import Author, column_values, with_record
from geo_service.campaign.model import Accessibility, Campaign, Names, Station
from geo_service.errors import AmendmentError, PrecinctNotFoundError


@dataclass(frozen=True, slots=True, kw_only=True)
class StationChange:
    """What is new about a station; None leaves it as it is.

    Parameters
    ----------
    names, address
        Of the building; a language that is not given has no text any more, unless the address is only
        written better or is that of another station.
    opens, closes
        ``HH:MM``.
    phone
        Of the precinct's commission.
    lon, lat
        Degrees.
    location_source
        How that point is known; one that was found for the address gives way to that of the building.
    same_building
        True if a new address only writes the old one better: point, building and facilities stay.
    """

    names: Names | None = None
    address: Names | None = None
    opens: str | None = None
    closes: str | None = None
    phone: str | None = None
    lon: float | None = None
    lat: float | None = None
    location_source: str = "coordinates"
    same_building: bool = False


def amend_station(campaign: Campaign, number: int, change: StationChange, author: Author) -> Campaign:
    """Return the campaign with the station of a precinct changed, and the record of that.

    A new address means another building: what was known of the old one (its point, its facilities) is not
    true of it. If the station of another precinct has that address, they share the building from now on.

    Raises
    ------
    geo_service.errors.PrecinctNotFoundError
        If the campaign has no such precinct.
    geo_service.errors.AmendmentError
        If nothing would change, the station would close before it opens, or a precinct without a station gets
        one without name or address.
    """
    if number not in campaign.precincts_by_number:
        raise PrecinctNotFoundError(
            f"There is no precinct {number} in campaign {campaign.info.id}.",
            "Check the number; numbers change from vote to vote.",
        )
    former = campaign.stations_by_precinct.get(number)
    new = _changed(campaign, former, number, change)
    if new == former:
        raise AmendmentError(
            "Nothing would change: the campaign says this already.",
            "See `geo-service find` with the precinct's number.",
            item=f"precinct {number}",
        )
    _check_hours(campaign, new)
    others = (station for station in campaign.stations if station.precinct != number)
    stations = tuple(sorted((*others, new), key=lambda station: station.precinct))
    return with_record(
        dataclasses.replace(campaign, stations=stations),
        author,
        "station",
        number,
        former={} if former is None else column_values("stations", former),
        new=column_values("stations", new),
    )


def _changed(campaign: Campaign, former: Station | None, number: int, change: StationChange) -> Station:
    if former is None and not (change.names and change.address):
        raise AmendmentError(
            "The campaign does not know where this precinct votes.",
            "Give name and address of the station, --station and --address.",
            item=f"precinct {number}",
        )
    base = former or Station(number, f"building-{number}", Names(), Names())
    address = change.address or base.address
    station = dataclasses.replace(
        base,
        names=change.names or base.names,
        address=_completed(address, base.address) if change.same_building else address,
        opens=_hour(change.opens, base.opens, campaign.info.opens),
        closes=_hour(change.closes, base.closes, campaign.info.closes),
        phone=change.phone or base.phone,
    )
    if station.address != base.address and not change.same_building:
        station = _in_new_building(campaign, station)
    is_found = change.location_source != "coordinates"
    if change.lon is None or change.lat is None or (is_found and station.lon is not None):
        return station
    return dataclasses.replace(
        station,
        lon=round(change.lon, DECIMALS),
        lat=round(change.lat, DECIMALS),
        location_source=change.location_source,
    )


def _in_new_building(campaign: Campaign, station: Station) -> Station:
    others = [other for other in campaign.stations if other.precinct != station.precinct]
    for other in others:
        if _fold(other.address) == _fold(station.address):
            return dataclasses.replace(
                station,
                address=_completed(station.address, other.address),
                building_id=other.building_id,
                accessibility=other.accessibility,
                lon=other.lon,
                lat=other.lat,
                location_source=other.location_source,
            )
    taken = {other.building_id for other in others} | {station.building_id}
    names = (f"building-{station.precinct}{suffix}" for suffix in ("", *(f"-{n}" for n in range(2, 1000))))
    return dataclasses.replace(
        station,
        building_id=next(name for name in names if name not in taken),
        accessibility=Accessibility(),
        lon=None,
        lat=None,
        location_source=None,
    )


def _completed(address: Names, other: Names) -> Names:
    """Return an address with the languages that were not typed as they are known of that place."""
    return Names(address.kk or other.kk, address.ru or other.ru, address.en or other.en)


def _hour(given: str | None, own: str | None, usual: str) -> str | None:
    """Return a station's own hour; one that holds already changes nothing."""
    return own if given is None or given == (own or usual) else given


def _fold(address: Names) -> str:
    return " ".join((address.best("ru") or "").casefold().replace(",", " ").split())


def _check_hours(campaign: Campaign, station: Station) -> None:
    opens, closes = station.opens or campaign.info.opens, station.closes or campaign.info.closes
    if opens >= closes:
        raise AmendmentError(
            f"The station would close ({closes}) before it opens ({opens}).",
            "Give both hours, as in --hours 07:00-20:00.",
            item=f"precinct {station.precinct}",
            field="hours",
        )
