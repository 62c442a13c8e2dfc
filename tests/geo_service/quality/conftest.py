"""A small campaign with nothing to find but what is normal."""

from __future__ import annotations

import dataclasses

import pytest

from geo_service.campaign.model import Campaign, House, Names


@pytest.fixture(scope="session")
def tidy(small_campaign) -> Campaign:
    """The small campaign, mended: 902 lies in its district, every name and point is known, lists agree."""
    full = Names("Атауы", "Название", "Name")
    precincts = []
    for item in small_campaign.precincts:
        district = {902: next(d for d in small_campaign.districts if d.code == "bostandyk")}.get(item.number)
        shape = item.geometry.intersection(district.geometry) if district else None
        geometry = type(item.geometry)([shape]) if shape is not None else item.geometry
        names = full if item.kind == "special" else item.names
        precincts.append(dataclasses.replace(item, names=names, geometry=geometry))
    stations = [
        dataclasses.replace(item, names=full, address=Names(*[f"{item.building_id}, 1"] * 3))
        for item in small_campaign.stations
    ]
    stations = [
        dataclasses.replace(item, lon=76.9250, lat=43.2380) if item.precinct == 31 else item
        for item in stations
    ]
    places = [dataclasses.replace(item, names=full) for item in small_campaign.places]
    houses = (
        House(1, "1", "almaly", 3, "sample", 2, 76.9012, 43.2262),
        House(1, "12/1", "bostandyk", None, None, None, 76.9243, 43.2305),
        House(2, "7", "almaly", 15, "sample", None, 76.9121, 43.2276),
        House(4, "3", "medeu", 2, "sample", 210, 76.9361, 43.2241),
    )
    return dataclasses.replace(
        small_campaign,
        precincts=tuple(precincts),
        stations=tuple(stations),
        places=tuple(places),
        houses=houses,
    )
