"""What amended stations and houses were before, for those who were told so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from geo_service.amending.record import column_values, station_of
from geo_service.campaign.amendment import Amendment
from geo_service.campaign.model import Campaign, CampaignInfo, House, Station


@dataclass(frozen=True, slots=True)
class StationHistory:
    """What became of a station.

    Parameters
    ----------
    changed_at, reason
        When it was amended last, and why.
    places
        The stations of other places that the precinct had, the first one first.
    hours
        The other hours that it had: opens and closes, the first first.
    """

    changed_at: str
    reason: str
    places: tuple[Station, ...]
    hours: tuple[tuple[str, str], ...]


def station_histories(campaign: Campaign) -> Mapping[int, StationHistory]:
    """Return what became of the stations that were amended, by precinct."""
    amendments: dict[int, list[Amendment]] = {}
    for amendment in campaign.amendments:
        if amendment.what == "station":
            amendments.setdefault(amendment.precinct, []).append(amendment)
    found = {}
    for number, of_precinct in amendments.items():
        station = campaign.stations_by_precinct.get(number)
        if station is not None:
            found[number] = _history(station, of_precinct, campaign.info)
    return found


def former_precincts(campaign: Campaign) -> Mapping[tuple[int, str, str], tuple[int, ...]]:
    """Return the precincts that moved houses belonged to before, by place, number and district."""
    former: dict[tuple[int, str, str], list[int]] = {}
    for amendment in campaign.amendments:
        number, place = amendment.former.get("precinct"), amendment.place
        if place is not None and isinstance(number, int):
            key = (place, amendment.house or "", amendment.district or "")
            former.setdefault(key, []).append(number)
    own = {(house.place, house.number, house.district): house.precinct for house in _moved(campaign, former)}
    return {
        key: tuple(number for number in dict.fromkeys(numbers) if number != own.get(key))
        for key, numbers in former.items()
    }


def _moved(campaign: Campaign, keys: Mapping[tuple[int, str, str], object]) -> list[House]:
    if not keys:
        return []
    return [house for house in campaign.houses if (house.place, house.number, house.district) in keys]


def _history(station: Station, amendments: list[Amendment], info: CampaignInfo) -> StationHistory:
    state = column_values("stations", station)
    states = []
    for amendment in reversed(amendments):
        if not amendment.former:
            break  # before it, nobody knew a station
        state = {**state, **amendment.former}
        states.append(station_of(state))
    states.reverse()
    moved_from = [one for one, later in pairwise((*states, station)) if not _is_same_place(one, later)]
    places = {(one.names, one.address): one for one in reversed(moved_from)}
    places.pop((station.names, station.address), None)
    hours = dict.fromkeys((one.opens or info.opens, one.closes or info.closes) for one in states)
    hours.pop((station.opens or info.opens, station.closes or info.closes), None)
    last = amendments[-1]
    return StationHistory(last.made_at, last.reason, tuple(reversed(places.values())), tuple(hours))


def _is_same_place(station: Station, later: Station) -> bool:
    """Return whether at most the address was written better: nobody has to be told of a move."""
    return (station.names, station.building_id) == (later.names, later.building_id)
