"""Where on the earth a campaign lies, for maps and examples."""

from __future__ import annotations

import numpy as np
import shapely

from geo_service.campaign.model import Campaign, House, Station

Extent = tuple[float, float, float, float]

_DECIMALS = 5


def campaign_extent(campaign: Campaign) -> Extent | None:
    """Return the box around the best-known layer of a campaign.

    Precincts say most; a campaign without polygons lies where its districts, stations, houses or places are,
    in this order.

    Returns
    -------
    tuple of float, or None
        West, south, east, north in degrees, rounded to about 1 m; None if no position is known.
    """
    layers = (
        [precinct.geometry for precinct in campaign.precincts if precinct.geometry is not None],
        [district.geometry for district in campaign.districts],
        _points(campaign.stations),
        _points(campaign.houses),
        [place.geometry for place in campaign.places if place.geometry is not None],
    )
    for geometries in layers:
        bounds = shapely.total_bounds(np.array([*geometries, None], object))
        if np.isfinite(bounds).all():
            west, south, east, north = (round(value, _DECIMALS) for value in bounds.tolist())
            return west, south, east, north
    return None


def _points(rows: tuple[Station, ...] | tuple[House, ...]) -> list[shapely.Point]:
    return [shapely.Point(row.lon, row.lat) for row in rows if row.lon is not None and row.lat is not None]
