"""What a place is called in an answer, and what tells it from others of its name."""

from __future__ import annotations

import functools
from collections import Counter

import shapely

from geo_service.campaign.model import Campaign, Language, Place
from geo_service.translations import place_name, text

_NEAR_DEGREES = 0.004  # some 400 m: a street that far away still tells where a place is


class PlaceLabels:
    """Labels of the places of one campaign.

    Parameters
    ----------
    campaign
        Its places and districts.
    """

    def __init__(self, campaign: Campaign) -> None:
        self._places = {place.id: place for place in campaign.places}
        self._districts = {district.code: district.names for district in campaign.districts}
        self._twins = Counter(_apart_by(place) for place in campaign.places)

    def address(self, place: Place, house: str | None, language: Language) -> str:
        """Return place and house: ``улица Абая, 10``."""
        name = place_name(place.kind, place.names, language)
        return f"{name}, {house}" if house else name

    def label(self, place: Place, house: str | None, district: str | None, language: Language) -> str:
        """Return place and house with what tells them from others of the name, in brackets.

        Parameters
        ----------
        place, house
            The house's number is None if only the place is meant.
        district
            Code of the house's district; None if only the place is meant.
        language
            Of kind words and names; names may fall back to another.
        """
        codes = (district,) if district else place.districts
        names = [self._districts[code].best(language) for code in codes if code in self._districts]
        apart = [name for name in names if name] if len(codes) == 1 else []
        within = self._places.get(place.within) if place.within is not None else None
        if within is not None:
            apart.insert(0, place_name(within.kind, within.names, language))
        elif self._twins[_apart_by(place)] > 1:
            neighbour = self._neighbour(place.id)
            if neighbour is not None:
                near = place_name(neighbour.kind, neighbour.names, language)
                apart.append(text("candidate.near", language, place=near))
        address = self.address(place, house, language)
        return f"{address} ({', '.join(apart)})" if apart else address

    def district_of(self, place: Place, district: str | None) -> str | None:
        """Return the code of the district of a house or, without one, of a place that lies in one only."""
        return district or (place.districts[0] if len(place.districts) == 1 else None)

    @functools.lru_cache(maxsize=1024)  # noqa: B019 - labels live as long as their campaign
    def _neighbour(self, place_id: int) -> Place | None:
        """Return the longest street of another name beside a place."""
        place = self._places[place_id]
        if place.geometry is None:
            return None
        tree, places = self._tree
        found = tree.query(place.geometry, predicate="dwithin", distance=_NEAR_DEGREES).tolist()
        others = [places[position] for position in found if places[position].names != place.names]
        return max(others, key=lambda other: (shapely.length(other.geometry), -other.id), default=None)

    @functools.cached_property
    def _tree(self) -> tuple[shapely.STRtree, list[Place]]:
        places = [place for place in self._places.values() if place.geometry is not None]
        return shapely.STRtree([place.geometry for place in places if place.geometry is not None]), places


def _apart_by(place: Place) -> tuple[object, ...]:
    return place.kind, place.names, place.districts, place.within
