"""Which item of one campaign is which of another, by keys; places and houses, whose keys may change."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import shapely

from boundaries.geodesy import degrees_for_metres
from geo_service.addresses.house_numbers import canonical
from geo_service.campaign.model import House, Place

Item = TypeVar("Item")

#: Namesakes that lie this near to one another, metres, are taken for one and the same street.
NEAR_M = 500.0


@dataclass(frozen=True, slots=True)
class Alignment(Generic[Item]):
    """Items that both campaigns have, and those that only one has, in the order of either campaign."""

    pairs: tuple[tuple[Item, Item], ...]
    added: tuple[Item, ...]
    gone: tuple[Item, ...]


class Aligner(Generic[Item]):
    """Pairs the items of two campaigns step by step; what one step pairs is out of the next one's way.

    Parameters
    ----------
    old, new
        All items of either campaign.
    """

    def __init__(self, old: Sequence[Item], new: Sequence[Item]) -> None:
        self.old, self.new = old, new
        self._taker: dict[int, int] = {}  # position of the new item by that of the old one
        self._taken: set[int] = set()

    def pair_by_key(
        self, old_key: Callable[[Item], Hashable], new_key: Callable[[Item], Hashable] | None = None
    ) -> None:
        """Pair the items whose key is the same and that no other item of their campaign has."""
        olds = _only_ones(self.unpaired_old(), old_key)
        news = _only_ones(self.unpaired_new(), new_key or old_key)
        for key, position in olds.items():
            if key in news:
                self.pair(position, news[key])

    def pair(self, old: int, new: int) -> None:
        """Pair two items by their positions."""
        self._taker[old] = new
        self._taken.add(new)

    def unpaired_old(self) -> list[tuple[int, Item]]:
        """Return the items of the old campaign that have no partner yet, with their positions."""
        return [(i, item) for i, item in enumerate(self.old) if i not in self._taker]

    def unpaired_new(self) -> list[tuple[int, Item]]:
        """Return the items of the new campaign that have no partner yet, with their positions."""
        return [(i, item) for i, item in enumerate(self.new) if i not in self._taken]

    def result(self) -> Alignment[Item]:
        """Return the pairs, and what is left over on either side."""
        return Alignment(
            tuple((self.old[i], self.new[j]) for i, j in sorted(self._taker.items())),
            tuple(item for _, item in self.unpaired_new()),
            tuple(item for _, item in self.unpaired_old()),
        )


def align(
    old: Sequence[Item],
    new: Sequence[Item],
    old_key: Callable[[Item], Hashable],
    new_key: Callable[[Item], Hashable] | None = None,
) -> Alignment[Item]:
    """Pair items by one key; ``new_key`` is that of the new items if it is another."""
    aligner = Aligner(old, new)
    aligner.pair_by_key(old_key, new_key)
    return aligner.result()


def align_places(old: Sequence[Place], new: Sequence[Place]) -> Alignment[Place]:
    """Pair places: other sources number them otherwise, and a name may have been corrected.

    The same is a place that has the same kind, name and id; else the only one of kind and name, in its
    microdistrict and districts, in its districts, or at all; else the nearest namesake within `NEAR_M`; else
    one of the same id that has a name in common or touches it.
    """
    aligner = Aligner(old, new)
    old_names = {place.id: _name(place) for place in old}
    new_names = {place.id: _name(place) for place in new}

    def within(place: Place, names: Mapping[int, str]) -> str | None:
        return None if place.within is None else names.get(place.within)

    aligner.pair_by_key(lambda place: (place.kind, _name(place), place.id))
    aligner.pair_by_key(
        lambda place: (place.kind, _name(place), place.districts, within(place, old_names)),
        lambda place: (place.kind, _name(place), place.districts, within(place, new_names)),
    )
    aligner.pair_by_key(lambda place: (place.kind, _name(place), place.districts))
    aligner.pair_by_key(lambda place: (place.kind, _name(place)))
    _pair_near_namesakes(aligner)
    _pair_same_ids(aligner)
    return aligner.result()


def align_houses(
    old: Sequence[House], new: Sequence[House], place_ids: Mapping[int, int]
) -> Alignment[House]:
    """Pair houses by place, number and district, else by place and the number however it is written.

    Parameters
    ----------
    old, new
        All houses of either campaign.
    place_ids
        Ids in the new campaign by those in the old one; houses of other places are gone.
    """
    aligner = Aligner(old, new)

    def place(house: House) -> int | None:
        return place_ids.get(house.place)

    aligner.pair_by_key(
        lambda house: (place(house), house.number, house.district),
        lambda house: (house.place, house.number, house.district),
    )
    aligner.pair_by_key(
        lambda house: (place(house), canonical(house.number)),
        lambda house: (house.place, canonical(house.number)),
    )
    return aligner.result()


def _only_ones(items: Iterable[tuple[int, Item]], key: Callable[[Item], Hashable]) -> dict[Hashable, int]:
    """Return positions by key, without keys that several items have."""
    found: dict[Hashable, int] = {}
    several: set[Hashable] = set()
    for position, item in items:
        value = key(item)
        if value in found:
            several.add(value)
        found[value] = position
    return {value: position for value, position in found.items() if value not in several}


def _name(place: Place) -> str:
    return (place.names.best("ru") or "").casefold()


def _pair_near_namesakes(aligner: Aligner[Place]) -> None:
    namesakes: dict[tuple[Any, str], list[tuple[int, Place]]] = defaultdict(list)
    for position, place in aligner.unpaired_new():
        if place.geometry is not None:
            namesakes[place.kind, _name(place)].append((position, place))
    near = []
    for position, place in aligner.unpaired_old():
        if place.geometry is None:
            continue
        for other_position, other in namesakes.get((place.kind, _name(place)), ()):
            distance = _distance_m(place.geometry, other.geometry)
            if distance <= NEAR_M:
                near.append((distance, position, other_position))
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, position, other_position in sorted(near):
        if position not in taken[0] and other_position not in taken[1]:
            aligner.pair(position, other_position)
            taken[0].add(position)
            taken[1].add(other_position)


def _pair_same_ids(aligner: Aligner[Place]) -> None:
    news = {place.id: (position, place) for position, place in aligner.unpaired_new()}
    for position, place in aligner.unpaired_old():
        other_position, other = news.get(place.id, (None, None))
        if other_position is not None and other is not None and _may_be_renamed(place, other):
            aligner.pair(position, other_position)


def _may_be_renamed(place: Place, other: Place) -> bool:
    names = {name for name in dataclasses.astuple(place.names) if name}
    if names & set(dataclasses.astuple(other.names)):
        return True
    if place.geometry is None or other.geometry is None:
        return place.geometry is other.geometry and place.kind == other.kind
    return bool(shapely.intersects(place.geometry, other.geometry))


def _distance_m(first: Any, second: Any) -> float:
    """Return about how far two geometries lie apart, good to a third."""
    _, height = degrees_for_metres(1.0, first.centroid.y)
    return float(shapely.distance(first, second)) / height
