"""Which precincts of a campaign share a border."""

from __future__ import annotations

from collections.abc import Mapping

from boundaries.neighbours import find_neighbours
from geo_service.served.served_campaign import ServedCampaign


def precinct_neighbours(served: ServedCampaign) -> Mapping[int, tuple[int, ...]]:
    """Return the territorial precincts that each territorial precinct shares a border with, ascending.

    It takes a while: ask for it through `ServedCampaign.made`. Closed precincts and those without a boundary
    are left out.
    """
    territorial = [polygon for polygon in served.finder.campaign.polygons() if polygon.kind == "territorial"]
    numbers = [polygon.number for polygon in territorial]
    shapes = [polygon.geometry for polygon in territorial]
    return {
        number: tuple(sorted(numbers[position] for position in positions))
        for number, positions in zip(numbers, find_neighbours(shapes), strict=True)
    }
