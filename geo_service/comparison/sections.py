"""A comparison as a reader sees it: sections with entries, in words, for the terminal and for the page."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from shapely import LineString, MultiPoint, Point
from shapely.geometry.base import BaseGeometry

from geo_service.campaign.model import House, Language, Precinct, Station
from geo_service.comparison.model import (
    BorderShift,
    Changed,
    Comparison,
    LayerChanges,
    MovedHouse,
    Renumbering,
)
from geo_service.comparison.wording import Wording, change_text, number_text
from geo_service.translations import day_text, text

Item = TypeVar("Item")
Change = Literal["added", "gone", "changed", "moved"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One difference.

    Parameters
    ----------
    change
        What sort it is of.
    words
        What it is, in the reader's language.
    details
        What belongs to it, one line each.
    shape
        Where it is, in degrees; None if nowhere.
    """

    change: Change
    words: str
    details: tuple[str, ...] = ()
    shape: BaseGeometry | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The differences of one kind: what they are about, how many there are, and each of them."""

    name: str
    title: str
    summary: str
    entries: tuple[Entry, ...]


def sections(comparison: Comparison, language: Language) -> list[Section]:
    """Return what differs, section by section; those without differences are left out."""
    teller = _Teller(comparison, language)
    found = [
        teller.facts(),
        teller.precincts(),
        teller.houses(),
        teller.stations(),
        teller.borders(),
        teller.districts(),
        teller.places(),
        teller.aliases(),
        teller.amendments(),
    ]
    return [section for section in found if section.entries]


def vote_lines(comparison: Comparison, language: Language, hashes: tuple[str, str]) -> list[str]:
    """Return two lines that say which campaigns are compared, with the beginnings of their content hashes."""
    return [
        text(
            f"diff.{side}",
            language,
            name=campaign.info.names.best(language) or campaign.info.id,
            date=day_text(campaign.info.date, language),
            hash=content_hash[:12],
        )
        for side, campaign, content_hash in zip(
            ("old", "new"), (comparison.old, comparison.new), hashes, strict=True
        )
    ]


def left_out_lines(comparison: Comparison, language: Language) -> list[str]:
    """Return in words what differs too little to be told."""
    left = comparison.left_out
    lines = []
    if left.borders or left.area_m2 or left.positions:
        values = {"borders": left.borders, "positions": left.positions, "area": left.area_m2}
        shown = {name: number_text(value, language) for name, value in values.items()}
        tolerance = number_text(comparison.tolerance_m, language, decimals=2)
        lines.append(text("diff.left_out", language, tolerance=tolerance, **shown))
    if left.place_ids:
        lines.append(text("diff.place_ids", language, count=number_text(left.place_ids, language)))
    return lines


class _Teller:
    """Tells the differences of one comparison in one language."""

    def __init__(self, comparison: Comparison, language: Language) -> None:
        self._of = comparison
        self._language: Language = language
        self._old = Wording(comparison.old, language)
        self._new = Wording(comparison.new, language)

    def facts(self) -> Section:
        entries = [Entry("changed", change_text(change, self._old, self._new)) for change in self._of.facts]
        return self._section("campaign", entries, {"changed": len(entries)})

    def precincts(self) -> Section:
        changes, renumbered = self._of.precincts, self._of.renumbered
        entries = [
            *self._listed(changes, _precinct_words, _geometry),
            *(self._renumbered(pair) for pair in renumbered),
        ]
        return self._section("precincts", entries, {**_counts(changes), "renumbered": len(renumbered)})

    def houses(self) -> Section:
        changes, moved = self._of.houses, self._of.moved_houses
        entries = [
            *self._moved_houses(moved),
            *self._listed(changes, lambda wording, house: wording.house(house), _point),
        ]
        return self._section("houses", entries, {"moved": len(moved), **_counts(changes)})

    def stations(self) -> Section:
        changes = self._of.stations
        entries = self._listed(changes, lambda wording, station: wording.station(station), _point)
        return self._section("stations", entries, _counts(changes))

    def borders(self) -> Section:
        shifts = self._of.shifts
        area = number_text(sum(shift.area_m2 for shift in shifts), self._language)
        section = self._section("borders", self._shifts(shifts), {"shifted": len(shifts)})
        total = text("diff.total_area", self._language, area=area)
        return Section(section.name, section.title, f"{section.summary}, {total}", section.entries)

    def districts(self) -> Section:
        changes, shifts = self._of.districts, self._of.district_shifts
        entries = [
            *self._listed(changes, lambda wording, district: wording.district(district.code), _geometry),
            *self._shifts(shifts),
        ]
        return self._section("districts", entries, {**_counts(changes), "shifted": len(shifts)})

    def places(self) -> Section:
        changes = self._of.places
        entries = self._listed(changes, lambda wording, place: wording.place(place), _geometry)
        return self._section("places", entries, _counts(changes))

    def aliases(self) -> Section:
        changes = self._of.aliases
        entries = self._listed(changes, lambda wording, alias: wording.alias(alias), lambda _: None)
        return self._section("aliases", entries, _counts(changes))

    def amendments(self) -> Section:
        changes = self._of.amendments
        entries = self._listed(
            changes, lambda wording, amendment: wording.amendment(amendment), lambda _: None
        )
        return self._section("amendments", entries, _counts(changes))

    def _section(self, name: str, entries: Iterable[Entry], counts: Mapping[str, int]) -> Section:
        summary = ", ".join(
            text(f"diff.count.{kind}", self._language, count=number_text(count, self._language))
            for kind, count in counts.items()
            if count
        )
        return Section(name, text(f"diff.section.{name}", self._language), summary, tuple(entries))

    def _listed(
        self,
        changes: LayerChanges[Item],
        words: Callable[[Wording, Item], str],
        shape: Callable[[Item], BaseGeometry | None],
    ) -> list[Entry]:
        """Return entries for what a layer gained, lost and changed."""
        return [
            *(Entry("added", words(self._new, item), shape=shape(item)) for item in changes.added),
            *(Entry("gone", words(self._old, item), shape=shape(item)) for item in changes.gone),
            *(self._changed(pair, words, shape) for pair in changes.changed),
        ]

    def _changed(
        self,
        pair: Changed[Item],
        words: Callable[[Wording, Item], str],
        shape: Callable[[Item], BaseGeometry | None],
    ) -> Entry:
        details = [change_text(change, self._old, self._new) for change in pair.fields]
        place = shape(pair.new) or shape(pair.old)
        if pair.moved_m is not None:
            metres = number_text(pair.moved_m, self._language)
            details.append(text("diff.moved", self._language, metres=metres))
            place = _way(shape(pair.old), shape(pair.new))
        change: Change = "changed" if pair.moved_m is None else "moved"
        return Entry(change, words(self._new, pair.new), tuple(details), place)

    def _renumbered(self, pair: Renumbering) -> Entry:
        percent, houses = round(100 * pair.share), number_text(pair.houses, self._language)
        words = f"{self._old.precinct(pair.old)} → {self._new.precinct(pair.new)}"
        why = text(f"diff.same_by.{pair.by}", self._language, percent=percent, houses=houses)
        return Entry("changed", words, (why,), self._of.new.precincts_by_number[pair.new].geometry)

    def _moved_houses(self, moved: Sequence[MovedHouse]) -> list[Entry]:
        """Return an entry for each pair of precincts that houses go between."""
        entries = []
        for (old, new), houses in itertools.groupby(
            moved, key=lambda house: (house.old.precinct, house.new.precinct)
        ):
            together = list(houses)
            count = number_text(len(together), self._language)
            pair = f"{self._old.precinct(old)} → {self._new.precinct(new)}"
            words = text("diff.houses_of_pair", self._language, pair=pair, count=count)
            details = tuple(self._new.house(house.new) for house in together)
            entries.append(Entry("moved", words, details, _points(house.new for house in together)))
        return sorted(entries, key=lambda entry: -len(entry.details))

    def _shifts(self, shifts: Iterable[BorderShift]) -> list[Entry]:
        return [
            Entry(
                "moved",
                text(
                    "diff.ground_of_pair",
                    self._language,
                    pair=f"{self._old.owner(shift.giver)} → {self._new.owner(shift.taker)}",
                    area=number_text(shift.area_m2, self._language),
                ),
                shape=shift.ground,
            )
            for shift in shifts
        ]


def _counts(changes: LayerChanges[Any]) -> dict[str, int]:
    return {"added": len(changes.added), "gone": len(changes.gone), "changed": len(changes.changed)}


def _precinct_words(wording: Wording, precinct: Precinct) -> str:
    return f"{wording.precinct(precinct.number)}, {wording.district(precinct.district)}"


def _geometry(item: Any) -> BaseGeometry | None:
    geometry: BaseGeometry | None = item.geometry
    return geometry


def _point(item: House | Station) -> Point | None:
    return None if item.lon is None or item.lat is None else Point(item.lon, item.lat)


def _points(houses: Iterable[House]) -> MultiPoint | None:
    known = [point for point in map(_point, houses) if point is not None]
    return MultiPoint(known) if known else None


def _way(old: BaseGeometry | None, new: BaseGeometry | None) -> BaseGeometry | None:
    """Return the way from a point to where it is now; of anything else its new form."""
    return LineString([old, new]) if isinstance(old, Point) and isinstance(new, Point) else new
