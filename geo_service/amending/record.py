"""The record of an amendment: which columns changed, what stood there and what stands there now."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from geo_service.campaign.amendment import AmendedThing, Amendment, ColumnValues
from geo_service.campaign.model import Campaign, House, Station
from geo_service.campaign.schema import LAYERS

_LAYERS = {layer.name: layer for layer in LAYERS}


@dataclass(frozen=True, slots=True)
class Author:
    """Who amends, why and when; ``moment`` has a time zone."""

    name: str
    reason: str
    moment: dt.datetime


def column_values(layer: str, item: Station | House) -> dict[str, Any]:
    """Return a row's columns by name, its point as ``lon`` and ``lat``."""
    row, _ = _LAYERS[layer].to_row(item)
    values = dict(zip(_LAYERS[layer].column_names, row, strict=True))
    return {**values, "lon": item.lon, "lat": item.lat}


def station_of(values: ColumnValues) -> Station:
    """Return the station of column values."""
    layer = _LAYERS["stations"]
    lon, lat = values["lon"], values["lat"]
    row = tuple(values[name] for name in layer.column_names)
    station: Station = layer.from_row(row, None if lon is None or lat is None else (lon, lat))
    return station


def with_record(
    campaign: Campaign,
    author: Author,
    what: AmendedThing,
    precinct: int,
    *,
    former: dict[str, Any],
    new: dict[str, Any],
    house: House | None = None,
) -> Campaign:
    """Return a campaign with one more record of an amendment.

    Parameters
    ----------
    campaign
        Changed already.
    author
        Who, why, when.
    what, precinct
        See `Amendment`.
    former, new
        All columns before and since; only those that differ are kept.
    house
        The house, if it is about one.
    """
    changed = [name for name in new if former.get(name) != new[name]]
    amendment = Amendment(
        id=max((amendment.id for amendment in campaign.amendments), default=0) + 1,
        what=what,
        precinct=precinct,
        made_at=_local(author.moment, campaign.info.time_zone),
        author=author.name,
        reason=author.reason,
        former={name: former[name] for name in changed if name in former},
        new={name: new[name] for name in changed},
        place=None if house is None else house.place,
        house=None if house is None else house.number,
        district=None if house is None else house.district,
    )
    return dataclasses.replace(campaign, amendments=(*campaign.amendments, amendment))


def _local(moment: dt.datetime, time_zone: str) -> str:
    return moment.astimezone(ZoneInfo(time_zone)).isoformat(timespec="seconds")
