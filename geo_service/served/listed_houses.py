"""The houses of a campaign by the precinct that the list gives them."""

from __future__ import annotations

from collections.abc import Mapping

from geo_service.campaign.model import House
from geo_service.served.served_campaign import ServedCampaign


def houses_by_precinct(served: ServedCampaign) -> Mapping[int, tuple[House, ...]]:
    """Return the houses that are listed for each precinct, as the campaign orders them.

    It goes through all houses: ask for it through `ServedCampaign.made`. Precincts without a listed house are
    left out.
    """
    found: dict[int, list[House]] = {}
    for house in served.finder.campaign.houses:
        if house.precinct is not None:
            found.setdefault(house.precinct, []).append(house)
    return {number: tuple(houses) for number, houses in found.items()}
