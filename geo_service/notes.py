"""Remarks that belong to an answer, and what fills their texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from geo_service.campaign.model import Language, Names, Place
from geo_service.place_labels import PlaceLabels
from geo_service.translations import day_text, text

NoteCode = Literal[
    "sample_data", "registered_address", "near_border", "on_border", "special_precinct", "derived_border",
    "station_unknown", "outside", "nearest_precinct",
    "old_name", "corrected_name", "other_kind", "other_places", "house_written_as", "list_differs",
    "choose_address", "choose_precinct", "house_missing", "house_unknown", "whole_place", "precinct_unknown",
    "other_town", "not_found", "close_names", "personal_number", "precinct_number_unknown", "axes_exchanged",
    "short_link", "more_candidates", "special_only", "archive", "station_moved", "hours_changed",
    "house_moved", "nearest_house", "houses_differ", "no_listed_house",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PrecinctNumbers:
    """Precinct numbers inside a text; those of a sample carry its mark, wherever the text is quoted."""

    numbers: tuple[int, ...]
    is_sample: bool

    def text(self, language: Language) -> str:
        """Return the numbers in words of a language."""
        mark = f" [{text('mark.sample', language)}]" if self.is_sample else ""
        return ", ".join(text("number.precinct", language, number=number) + mark for number in self.numbers)


@dataclass(frozen=True, slots=True)
class DayText:
    """A day (ISO 8601) inside a text."""

    day: str

    def text(self, language: Language) -> str:
        """Return the day in words of a language."""
        return day_text(self.day, language)


@dataclass(frozen=True, slots=True)
class StationText:
    """Stations inside a text: name and address of each."""

    stations: tuple[tuple[Names, Names], ...]

    def text(self, language: Language) -> str:
        """Return the stations in words of a language."""
        in_language = [[part.best(language) for part in station] for station in self.stations]
        return "; ".join(", ".join(filter(None, parts)) for parts in in_language)


@dataclass(frozen=True, slots=True)
class Note:
    """A remark that belongs to an answer.

    Parameters
    ----------
    code
        Which remark; its text is ``note.<code>`` of the catalogues.
    values
        Fill the text. `Names`, `PrecinctNumbers` and the like are put in the reader's language.
    """

    code: NoteCode
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, language: Language) -> str:
        """Return the remark in a language."""
        in_language = {key: _in_language(value, language) for key, value in self.values.items()}
        return text(f"note.{self.code}", language, **in_language)


def _in_language(value: Any, language: Language) -> Any:
    if isinstance(value, Names):
        return value.best(language) or ""
    return (
        value.text(language)
        if isinstance(value, (PrecinctNumbers, PlaceText, DayText, StationText))
        else value
    )


@dataclass(frozen=True, slots=True)
class PlaceText:
    """Places inside a text, each with what tells it from others of its name.

    Parameters
    ----------
    labels
        Of the campaign.
    places
        The places, with a house number each, or None.
    is_apart
        Whether each is told from others of its name.
    """

    labels: PlaceLabels
    places: tuple[tuple[Place, str | None], ...]
    is_apart: bool = True

    def text(self, language: Language) -> str:
        """Return the places in words of a language."""
        if not self.is_apart:
            return "; ".join(self.labels.address(place, house, language) for place, house in self.places)
        return "; ".join(self.labels.label(place, house, None, language) for place, house in self.places)
