"""Examples of what may be typed, from the campaign itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from geo_service.campaign.model import LANGUAGES, Campaign, House, Language, PlaceKind
from geo_service.served.extent import campaign_extent
from geo_service.served.served_campaign import ServedCampaign

_KINDS: tuple[tuple[PlaceKind, ...], ...] = (("street", "avenue"), ("microdistrict",))
_SHORT = 8  # letters: both examples must fit a box on a phone


def example_address(served: ServedCampaign) -> Mapping[Language, str]:
    """Return by language two addresses as people write them; empty for a campaign without houses."""
    campaign = served.finder.campaign
    places = {place.id: place for place in campaign.places}
    houses = [house for kinds in _KINDS if (house := _house(campaign, kinds)) is not None]
    found: dict[Language, str] = {}
    for language in LANGUAGES:
        names = [places[house.place].names.best(language) for house in houses]
        pairs = zip(names, houses, strict=True)
        found[language] = "; ".join(f"{name} {house.number}" for name, house in pairs)
    return found


def _house(campaign: Campaign, kinds: tuple[PlaceKind, ...]) -> House | None:
    """Return a house with a plain number at the place of some kinds that has the most of them."""
    plain = [house for house in campaign.houses if house.number.isdecimal() and house.precinct is not None]
    short = {
        place.id
        for place in campaign.places
        if place.kind in kinds and 0 < len(place.names.best("ru") or "") <= _SHORT
    }
    most = Counter(house.place for house in plain if house.place in short).most_common(1)
    if not most:
        return None
    of_place = [house for house in plain if house.place == most[0][0]]
    return of_place[len(of_place) // 2]


def example_point(served: ServedCampaign) -> tuple[str, str] | None:
    """Return latitude and longitude of the middle of the city; None if nothing is known of where it is."""
    extent = campaign_extent(served.finder.campaign)
    if extent is None:
        return None
    west, south, east, north = extent
    return f"{(south + north) / 2:.5f}", f"{(west + east) / 2:.5f}"
