"""What the parts of a comparison are called in a reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from babel.numbers import format_decimal

from geo_service.campaign.amendment import Amendment
from geo_service.campaign.model import LANGUAGES, Alias, Campaign, House, Language, Place, Station
from geo_service.comparison.model import FieldChange
from geo_service.translations import catalogue, day_text, place_name, text

_DAYS = {"date", "data_date", "valid_from", "valid_to"}
_DISTRICTS = {"district", "districts"}
_NOTHING = "–"


def number_text(number: float, language: Language, *, decimals: int = 0) -> str:
    """Return a number as the language writes it, rounded."""
    rounded = round(number, decimals) if decimals else round(number)
    return str(format_decimal(rounded, locale=language))


def sample_mark(campaign: Campaign, language: Language) -> str:
    """Return what stands behind the number of a sample's precinct; empty for a real campaign."""
    return f" [{text('mark.sample', language)}]" if campaign.info.is_sample else ""


class Wording:
    """Names and values of one campaign in one language.

    Parameters
    ----------
    campaign
        Whose precincts, districts and places are named.
    language
        ``kk``, ``ru`` or ``en``.
    """

    def __init__(self, campaign: Campaign, language: Language) -> None:
        self._language: Language = language
        self._districts = {district.code: district.names for district in campaign.districts}
        self._places = {place.id: place for place in campaign.places}
        self._mark = sample_mark(campaign, language)

    def precinct(self, number: int | None) -> str:
        """Return a precinct's number as people write it, or that there is none."""
        if number is None:
            return text("diff.no_precinct", self._language)
        return text("diff.number", self._language, number=number) + self._mark

    def district(self, code: str | None) -> str:
        """Return a district's name; its code if it has none."""
        if not code:
            return _NOTHING
        names = self._districts.get(code)
        return (names and names.best(self._language)) or code

    def place(self, place: Place) -> str:
        """Return a street's name with its kind word."""
        return place_name(place.kind, place.names, self._language)

    def house(self, house: House) -> str:
        """Return a house's address."""
        return f"{self.place(self._places[house.place])}, {house.number}"

    def alias(self, alias: Alias) -> str:
        """Return another name of a street, and whose it is."""
        return f"{alias.name} ({self.place(self._places[alias.place])})"

    def station(self, station: Station) -> str:
        """Return whose station it is, and what and where it is."""
        parts = (
            self.precinct(station.precinct),
            station.names.best(self._language),
            station.address.best(self._language),
        )
        return ", ".join(part for part in parts if part)

    def amendment(self, amendment: Amendment) -> str:
        """Return which precinct was amended, when, by whom and why."""
        day = day_text(amendment.made_at[:10], self._language)
        return f"{self.precinct(amendment.precinct)}: {day}, {amendment.author}, {amendment.reason}"

    def owner(self, key: int | str | None) -> str:
        """Return the name of a precinct or district that ground goes from or to, or that it is outside."""
        if key is None:
            return text("diff.outside", self._language)
        return self.district(key) if isinstance(key, str) else self.precinct(key)

    def field(self, name: str) -> str:
        """Return what a column, or a value of the vote, is called; its own name if it is not known."""
        stem, *rest = name.split(".")
        if stem[-3:] in {f"_{language}" for language in LANGUAGES}:
            stem, rest = stem[:-3], [stem[-2:]]
        known = catalogue(self._language).get(f"diff.field.{stem}", stem)
        inner = [text(f"language.{part}", self._language) if part in LANGUAGES else part for part in rest]
        return f"{known} ({', '.join(inner)})" if inner else known

    def value(self, field: str, value: Any) -> str:
        """Return a value as a reader wants to see it."""
        if value is None or value in ("", {}):
            return _NOTHING
        if field in _DISTRICTS:
            return ", ".join(self.district(code) for code in str(value).split(","))
        if field in _DAYS:
            return day_text(str(value), self._language)
        if field == "within":
            place = self._places.get(value)
            return str(value) if place is None else self.place(place)
        if isinstance(value, Mapping):
            return ", ".join(self.value("", part) for part in value.values())
        return self._word(value)

    def _word(self, value: Any) -> str:
        """Return a word of a closed list in the reader's language, anything else as it is."""
        words = catalogue(self._language)
        key = str(value).lower()
        return words.get(f"diff.value.{key}") or words.get(f"authority.{key}") or str(value)


def change_text(change: FieldChange, old: Wording, new: Wording) -> str:
    """Return a change as ``what: before → after``."""
    before, after = old.value(change.field, change.old), new.value(change.field, change.new)
    return f"{new.field(change.field)}: {before} → {after}"
