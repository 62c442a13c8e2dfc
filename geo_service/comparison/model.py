"""What differs between two campaigns.

Positions are WGS 84 in degrees, longitude first; distances are metres and areas square metres on the ground.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from shapely import MultiPolygon

from geo_service.campaign.amendment import Amendment
from geo_service.campaign.model import Alias, Campaign, District, House, Place, Precinct, Station

Item = TypeVar("Item")
#: How a precinct is known to be the same under another number.
Evidence = Literal["ground", "houses", "name"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A value that is another: the column's name, and both values as the campaign file keeps them."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Changed(Generic[Item]):
    """An item that both campaigns have and that differs.

    Parameters
    ----------
    old, new
        The item in either.
    fields
        What differs, in the order of the columns; the geometry apart.
    moved_m
        How far its point lies from where it was, or at most its line from the old one, in metres; None if
        it did not move, or has no geometry in one of the two.
    """

    old: Item
    new: Item
    fields: tuple[FieldChange, ...]
    moved_m: float | None = None


@dataclass(frozen=True, slots=True)
class LayerChanges(Generic[Item]):
    """What differs in one layer, each in the order of its keys."""

    added: tuple[Item, ...] = ()
    gone: tuple[Item, ...] = ()
    changed: tuple[Changed[Item], ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything differs."""
        return bool(self.added or self.gone or self.changed)


@dataclass(frozen=True, slots=True)
class Renumbering:
    """A precinct that is the same under another number.

    Parameters
    ----------
    old, new
        Its numbers.
    by
        What tells: its ground, the houses listed for it, or the institution's name.
    share
        Which part of the ground, or of the houses, that either has both have: 0 to 1.
    houses
        How many of its houses are in both lists, and so have another number only.
    """

    old: int
    new: int
    by: Evidence
    share: float
    houses: int


@dataclass(frozen=True, slots=True)
class MovedHouse:
    """A house that changes its precinct; either may have none."""

    old: House
    new: House


@dataclass(frozen=True, slots=True)
class BorderShift:
    """Ground that changes its owner.

    Parameters
    ----------
    giver, taker
        Number of the precinct (code of the district) that loses it, in the old campaign, and that gains it,
        in the new one; None where nobody does.
    area_m2
        Its area.
    ground
        Where it is.
    """

    giver: int | str | None
    taker: int | str | None
    area_m2: float
    ground: MultiPolygon


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What differs too little to be told.

    Parameters
    ----------
    borders
        Precincts and districts whose borders differ only within the tolerance.
    area_m2
        Ground between those borders.
    positions
        Points and lines that lie within the tolerance of where they were.
    place_ids
        Places that have another id and are the same otherwise.
    """

    borders: int = 0
    area_m2: float = 0.0
    positions: int = 0
    place_ids: int = 0

    def __bool__(self) -> bool:
        """Return whether anything was left out."""
        return bool(self.borders or self.area_m2 or self.positions or self.place_ids)


@dataclass(frozen=True)
class Comparison:
    """What differs between two campaigns; see `geo_service.comparison.compare`.

    Parameters
    ----------
    old, new
        The campaigns.
    tolerance_m
        Up to how many metres a position or a border may differ and count as the same.
    facts
        What differs in the votes themselves.
    districts, precincts, stations, places, houses, aliases
        What differs in the layers, items as their campaigns have them. A number that only changed with a
        renumbered precinct, or an id that only changed with its place, is no change of the items that refer
        to it. A house that changes nothing but its precinct is in ``moved_houses``.
    renumbered
        Precincts under another number, by their old one.
    moved_houses
        Houses that change their precinct, in the order of the old and the new number.
    amendments
        Amendments that only one of the two knows of; what they changed is told by the layers.
    shifts, district_shifts
        Ground that goes from one precinct, or district, to another, the largest first.
    left_out
        What differs too little.
    """

    old: Campaign
    new: Campaign
    tolerance_m: float
    facts: tuple[FieldChange, ...]
    districts: LayerChanges[District]
    precincts: LayerChanges[Precinct]
    renumbered: tuple[Renumbering, ...]
    stations: LayerChanges[Station]
    places: LayerChanges[Place]
    houses: LayerChanges[House]
    moved_houses: tuple[MovedHouse, ...]
    aliases: LayerChanges[Alias]
    amendments: LayerChanges[Amendment]
    shifts: tuple[BorderShift, ...]
    district_shifts: tuple[BorderShift, ...]
    left_out: LeftOut

    @property
    def is_same(self) -> bool:
        """Whether nothing differs but what was left out."""
        layers = (self.districts, self.precincts, self.stations, self.places, self.houses, self.aliases)
        others = (
            self.amendments,
            self.facts,
            self.renumbered,
            self.moved_houses,
            self.shifts,
            self.district_shifts,
        )
        return not any(map(bool, (*layers, *others)))
