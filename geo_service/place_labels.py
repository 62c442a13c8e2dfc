"""What a place is called in an answer, and what tells it from others of its name."""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import shapely

from geo_service.addresses.house_numbers import canonical, order
from geo_service.addresses.letters import plain
from geo_service.campaign.model import Campaign, Language, Place
from geo_service.translations import place_name, text

# Within which a street tells where a place is: some 400, 100 and 25 m. Where the same streets are 400 m away
# from two places, those that touch one of them may differ.
_NEAR_DEGREES = (0.004, 0.001, 0.00025)


@dataclass(frozen=True, slots=True)
class _Called:
    """What the places of a campaign are called in one language.

    Parameters
    ----------
    texts
        Kind word and name by the place's id.
    bare
        The name as it compares, by the place's id.
    namesakes
        By the place's id all places that are called like it and lie in a microdistrict called alike; only of
        those that have a namesake.
    """

    texts: Mapping[int, str]
    bare: Mapping[int, str]
    namesakes: Mapping[int, Sequence[Place]]


class PlaceLabels:
    """Labels of the places of one campaign. Safe to use from several threads at once.

    What tells namesakes apart is found once, for each language when it is first asked for: names that differ
    in one language may be one in another.

    Parameters
    ----------
    campaign
        Its places and districts.
    """

    def __init__(self, campaign: Campaign) -> None:
        self._places = {place.id: place for place in campaign.places}
        self._districts = {district.code: district.names for district in campaign.districts}
        self._houses = campaign.houses
        # Filled on demand. Threads may fill an entry twice, with the same value.
        self._called: dict[Language, _Called] = {}
        self._marks: dict[tuple[Language, int], str | None] = {}

    def address(self, place: Place, house: str | None, language: Language) -> str:
        """Return place and house: ``улица Абая, 10``."""
        name = place_name(place.kind, place.names, language)
        return f"{name}, {house}" if house else name

    def label(self, place: Place, house: str | None, district: str | None, language: Language) -> str:
        """Return place and house with what tells them from others of the name, in brackets.

        That is the microdistrict around the place, the district, and, if another place of the name has the
        same, a street beside the place that is not beside the other; without one, the place's first and last
        house number.

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
        within = self._within(place, language)
        if within:
            apart.insert(0, within)
        if any(_may_be_confused(place, other, district) for other in self._others(place, language)):
            mark = self._mark(place, language)
            if mark is not None:
                apart.append(mark)
        address = self.address(place, house, language)
        return f"{address} ({', '.join(apart)})" if apart else address

    def district_of(self, place: Place, district: str | None) -> str | None:
        """Return the code of the district of a house or, without one, of a place that lies in one only."""
        return district or (place.districts[0] if len(place.districts) == 1 else None)

    def _within(self, place: Place, language: Language) -> str | None:
        """Return what the microdistrict around a place is called; None if there is none."""
        within = self._places.get(place.within) if place.within is not None else None
        return None if within is None else place_name(within.kind, within.names, language)

    def _others(self, place: Place, language: Language) -> Iterator[Place]:
        """Yield the other places that are called like a place and lie in a microdistrict called alike."""
        called = self._called.get(language)
        if called is None:
            called = self._called[language] = self._in_language(language)
        return (other for other in called.namesakes.get(place.id, ()) if other.id != place.id)

    def _in_language(self, language: Language) -> _Called:
        places = self._places.values()
        texts = {place.id: self.address(place, None, language) for place in places}
        groups: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for place in places:
            # Толе Би and Толе би are two spellings, which tell a reader nothing.
            groups[plain(texts[place.id]), plain(self._within(place, language) or "")].append(place)
        return _Called(
            texts,
            {place.id: plain(place.names.best(language) or "") for place in places},
            {place.id: group for group in groups.values() if len(group) > 1 for place in group},
        )

    def _mark(self, place: Place, language: Language) -> str | None:
        """Return what tells a place from its namesakes wherever they lie; None if nothing does."""
        if (language, place.id) not in self._marks:
            called = self._called[language]
            namesakes = called.namesakes[place.id]
            streets = self._streets_beside(namesakes, called)
            for namesake in namesakes:
                street = streets.get(namesake.id)
                self._marks[language, namesake.id] = (
                    self._numbers(namesake)
                    if street is None
                    else text("candidate.near", language, place=street)
                )
        return self._marks[language, place.id]

    def _streets_beside(self, namesakes: Sequence[Place], called: _Called) -> Mapping[int, str]:
        """Return by id the longest street beside each of several namesakes that is beside no other."""
        chosen: dict[int, str] = {}
        for distance in _NEAR_DEGREES:
            near = {place.id: self._named_near(place, distance, called) for place in namesakes}
            beside = Counter(name for names in near.values() for name in names)
            for place_id, names in near.items():
                own = next((name for name in names if beside[name] == 1), None)
                if own is not None and own not in chosen.values():
                    chosen.setdefault(place_id, own)
            if len(chosen) == len(namesakes):
                break
        return chosen

    def _named_near(self, place: Place, distance: float, called: _Called) -> list[str]:
        """Return what the places of other names near a place are called, the longest first, each once."""
        if place.geometry is None:
            return []
        tree, places = self._tree
        near = [places[position] for position in tree.query(place.geometry, "dwithin", distance).tolist()]
        near.sort(key=lambda found: (-found[0], found[1]))
        own = called.bare[place.id]
        return list(dict.fromkeys(called.texts[other] for _, other in near if called.bare[other] != own))

    @functools.cached_property
    def _tree(self) -> tuple[shapely.STRtree, list[tuple[float, int]]]:
        """The places that have a geometry, and their lengths and ids."""
        lines = {place.id: place.geometry for place in self._places.values() if place.geometry is not None}
        lengths = shapely.length(list(lines.values())).tolist()
        return shapely.STRtree(list(lines.values())), list(zip(lengths, lines, strict=True))

    def _numbers(self, place: Place) -> str | None:
        """Return the first and the last house number of a place: ``1–45``; None if it has no houses."""
        # The houses of a campaign are in the order of their places.
        start = bisect_left(self._houses, place.id, key=lambda house: house.place)
        end = bisect_right(self._houses, place.id, key=lambda house: house.place)
        numbers = sorted(
            {house.number for house in self._houses[start:end]}, key=lambda number: order(canonical(number))
        )
        return "–".join(dict.fromkeys((numbers[0], numbers[-1]))) if numbers else None


def _may_be_confused(place: Place, other: Place, district: str | None) -> bool:
    """Say whether the district of a place or of its house may be that of its namesake, too."""
    if district is not None:
        # A house may lie in a district that its place is not said to touch.
        return district in other.districts or district not in place.districts or not other.districts
    both_are_bare = len(place.districts) != 1 != len(other.districts)
    return both_are_bare or not set(place.districts).isdisjoint(other.districts)
