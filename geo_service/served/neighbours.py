"""Which precincts of a campaign share a border."""

from __future__ import annotations

from collections.abc import Mapping

from boundaries.neighbours import find_neighbours
from geo_service.served.served_campaign import ServedCampaign


def precinct_neighbours(served: ServedCampaign) -> Mapping[int, tuple[int, ...]]:
    """Return the territorial precincts that each territorial precinct shares a border with, ascending.

    It takes a while: ask for it through `ServedCampaign.made`. Precincts without a boundary are left out.
    """
    numbers, shapes = [], []
    for precinct in served.finder.campaign.precincts:
        if precinct.kind == "territorial" and precinct.geometry is not None:
            numbers.append(precinct.number)
            shapes.append(precinct.geometry)
    return {
        number: tuple(sorted(numbers[position] for position in positions))
        for number, positions in zip(numbers, find_neighbours(shapes), strict=True)
    }
