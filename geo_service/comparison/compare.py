"""Compare two campaigns."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from boundaries.shifts import Shifts, find_shifts
from geo_service.campaign.model import (
    Campaign,
    CampaignInfo,
    House,
    Place,
    Precinct,
)
from geo_service.comparison.alignment import Alignment, align, align_houses, align_places
from geo_service.comparison.model import (
    BorderShift,
    Comparison,
    FieldChange,
    LayerChanges,
    LeftOut,
    MovedHouse,
)
from geo_service.comparison.precincts import CommonHouses, align_precincts
from geo_service.comparison.rows import changed_rows, layer_of

Item = TypeVar("Item")

#: Metres up to which a position or a border counts as the same.
TOLERANCE_M = 1.0


def compare(old: Campaign, new: Campaign, *, tolerance_m: float = TOLERANCE_M) -> Comparison:
    """Compare two campaigns.

    Parameters
    ----------
    old, new
        The campaigns; of one city, or everything differs.
    tolerance_m
        Points and lines that lie no farther apart, and ground that is nowhere wider, in metres, count as the
        same; what was left out so is counted. With 0 everything is told that stored coordinates can hold.

    Returns
    -------
    Comparison

    Notes
    -----
    What is the same is decided in `geo_service.comparison.alignment` and, for precincts, in
    `geo_service.comparison.precincts`.
    """
    matched = _Matched(old, new)
    precinct_shifts = _precinct_shifts(matched.precincts, tolerance_m)
    district_shifts, district_borders = _border_shifts(
        matched.districts, lambda district: district.code, tolerance_m
    )
    layers = {
        name: _layer_changes(name, triples, matched, tolerance_m) for name, triples in matched.triples()
    }
    borders = [*(found for _, found in precinct_shifts), district_borders]
    return Comparison(
        old,
        new,
        tolerance_m,
        facts=_facts(old.info, new.info),
        renumbered=matched.renumbered,
        moved_houses=tuple(matched.moved_houses()),
        amendments=LayerChanges(
            tuple(amendment for amendment in new.amendments if amendment not in old.amendments),
            tuple(amendment for amendment in old.amendments if amendment not in new.amendments),
        ),
        shifts=tuple(shift for shifts, _ in precinct_shifts for shift in shifts),
        district_shifts=district_shifts,
        left_out=LeftOut(
            borders=sum(found.narrow_polygons for found in borders),
            area_m2=sum(found.narrow_m2 for found in borders),
            positions=sum(near for _, near in layers.values()),
            place_ids=sum(one.id != other.id for one, other in matched.places.pairs),
        ),
        **{name: changes for name, (changes, _) in layers.items()},
    )


class _Matched:
    """The items of two campaigns in pairs, and the numbers and ids of the old one in those of the new."""

    def __init__(self, old: Campaign, new: Campaign) -> None:
        self.districts = align(old.districts, new.districts, lambda district: district.code)
        self.places = align_places(old.places, new.places)
        self.place_ids = {place.id: other.id for place, other in self.places.pairs}
        self.houses = align_houses(old.houses, new.houses, self.place_ids)
        self.precincts, self.renumbered = align_precincts(
            old.precincts, new.precincts, CommonHouses.of(self.houses)
        )
        self.numbers = {precinct.number: other.number for precinct, other in self.precincts.pairs}
        self.stations = align(
            old.stations,
            new.stations,
            lambda station: self.numbers.get(station.precinct),
            lambda station: station.precinct,
        )
        self.aliases = align(
            old.aliases,
            new.aliases,
            lambda alias: (self.place_ids.get(alias.place), alias.name, alias.language, alias.kind),
            lambda alias: (alias.place, alias.name, alias.language, alias.kind),
        )

    def triples(self) -> Iterable[tuple[str, list[tuple[Any, Any, Any]]]]:
        """Yield each layer's pairs, the old item also with the numbers and ids of the new campaign."""
        yield "districts", [(old, old, new) for old, new in self.districts.pairs]
        yield "precincts", [(old, _numbered(old, new), new) for old, new in self.precincts.pairs]
        yield (
            "stations",
            [(old, dataclasses.replace(old, precinct=new.precinct), new) for old, new in self.stations.pairs],
        )
        yield "places", [(old, self._place(old, new), new) for old, new in self.places.pairs]
        yield "houses", [(old, _house(old, new), new) for old, new in self.houses.pairs]
        yield (
            "aliases",
            [(old, dataclasses.replace(old, place=new.place), new) for old, new in self.aliases.pairs],
        )

    def alignment(self, layer: str) -> Alignment[Any]:
        """Return the alignment of a layer."""
        found: Alignment[Any] = getattr(self, layer)
        return found

    def moved_houses(self) -> Iterable[MovedHouse]:
        """Return the houses whose precinct is another one, by the old and the new number."""
        moved = [
            MovedHouse(old, new)
            for old, new in self.houses.pairs
            if (old.precinct is None) != (new.precinct is None)
            or (old.precinct is not None and self.numbers.get(old.precinct) != new.precinct)
        ]
        return sorted(moved, key=lambda house: (house.old.precinct or 0, house.new.precinct or 0))

    def _place(self, old: Place, new: Place) -> Place:
        within = None if old.within is None else self.place_ids.get(old.within, old.within)
        if (old.id, old.within) == (new.id, within):
            return old
        return dataclasses.replace(old, id=new.id, within=within)


def _numbered(old: Precinct, new: Precinct) -> Precinct:
    return old if old.number == new.number else dataclasses.replace(old, number=new.number)


def _house(old: House, new: House) -> House:
    if (old.place, old.precinct) == (new.place, new.precinct):
        return old
    return dataclasses.replace(old, place=new.place, precinct=new.precinct)


def _layer_changes(
    name: str, triples: Sequence[tuple[Any, Any, Any]], matched: _Matched, tolerance_m: float
) -> tuple[LayerChanges[Any], int]:
    """Return what differs in a layer, and how many positions lie within the tolerance."""
    alignment = matched.alignment(name)
    rows = changed_rows(layer_of(name), triples, tolerance_m=tolerance_m)
    return LayerChanges(alignment.added, alignment.gone, rows.changed), rows.within_tolerance


def _facts(old: CampaignInfo, new: CampaignInfo) -> tuple[FieldChange, ...]:
    return tuple(_differing("", dataclasses.asdict(old), dataclasses.asdict(new)))


def _differing(stem: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[FieldChange]:
    """Yield what differs in nested values, by their keys with dots between."""
    for name in {**old, **new}:
        before, after = old.get(name), new.get(name)
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            yield from _differing(f"{stem}{name}.", before, after)
        elif before != after:
            yield FieldChange(f"{stem}{name}", before, after)


def _precinct_shifts(
    precincts: Alignment[Precinct], tolerance_m: float
) -> list[tuple[tuple[BorderShift, ...], Shifts]]:
    """Return the shifts among territorial precincts, which tile the city, and those of special ones."""
    return [
        _border_shifts(_of_kind(precincts, kind), lambda precinct: precinct.number, tolerance_m)
        for kind in ("territorial", "special")
    ]


def _of_kind(precincts: Alignment[Precinct], kind: str) -> Alignment[Precinct]:
    """Return the precincts of a kind; one that changed its kind is gone here and added there."""
    pairs = [(old, new) for old, new in precincts.pairs if old.kind == new.kind == kind]
    others = [pair for pair in precincts.pairs if pair[0].kind != pair[1].kind]
    return Alignment(
        tuple(pairs),
        tuple(item for item in (*precincts.added, *(new for _, new in others)) if item.kind == kind),
        tuple(item for item in (*precincts.gone, *(old for old, _ in others)) if item.kind == kind),
    )


def _border_shifts(
    alignment: Alignment[Item], key: Callable[[Item], int | str], tolerance_m: float
) -> tuple[tuple[BorderShift, ...], Shifts]:
    sides: list[tuple[Item | None, Item | None]] = [
        *alignment.pairs,
        *((old, None) for old in alignment.gone),
        *((None, new) for new in alignment.added),
    ]
    found = find_shifts(
        [_geometry(old) for old, _ in sides], [_geometry(new) for _, new in sides], tolerance_m=tolerance_m
    )
    keys = [tuple(None if item is None else key(item) for item in side) for side in sides]
    shifts = [
        BorderShift(
            None if shift.giver is None else keys[shift.giver][0],
            None if shift.taker is None else keys[shift.taker][1],
            shift.area_m2,
            shift.ground,
        )
        for shift in found.shifts
        if not _is_told_otherwise(sides, shift.giver, shift.taker)
    ]
    return tuple(shifts), found


def _geometry(item: Any) -> Any:
    return None if item is None else item.geometry


def _is_told_otherwise(sides: Sequence[tuple[Any, Any]], giver: int | None, taker: int | None) -> bool:
    """Return whether ground that nobody had before, or has now, is that of a boundary drawn or taken away."""
    position = taker if giver is None else giver
    if position is None or (giver is not None and taker is not None):
        return False
    old, new = sides[position]
    return old is not None and new is not None and (old.geometry is None) != (new.geometry is None)
