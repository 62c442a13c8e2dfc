"""What a report of a wrong answer holds: choices, and values of the campaign; nothing that anybody typed."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Literal

from geo_service.campaign.model import Authority, Language, Names
from geo_service.notes import PrecinctNumbers
from geo_service.resolution import Method

ErrorKind = Literal[
    "wrong_precinct", "wrong_station", "station_moved", "hours", "wrong_place", "house_missing", "other"
]
State = Literal["open", "confirmed", "rejected", "mended"]

#: States in which somebody still has to do something.
UNFINISHED: tuple[State, ...] = ("open", "confirmed")


@dataclass(frozen=True, slots=True)
class Subject:
    """The question and its answer, as the service understands them.

    Parameters
    ----------
    campaign_id, campaign_hash, is_sample
        The campaign that answered.
    precinct
        Number that was answered; None if none was.
    place, place_names
        Id of the street or microdistrict in that campaign, and its name with its kind word.
    house
        Number of the house at the place.
    lon, lat
        Degrees with four decimals, some 10 m; None where the house says it better, or nothing is known.
    method, authority
        How the precinct was decided.
    """

    campaign_id: str
    campaign_hash: str
    is_sample: bool
    precinct: int | None = None
    place: int | None = None
    place_names: Names = field(default_factory=Names)
    house: str | None = None
    lon: float | None = None
    lat: float | None = None
    method: Method | None = None
    authority: Authority | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing says what the report is about."""
        return self.precinct is None and self.place is None and self.lon is None

    def address(self, language: Language) -> str | None:
        """Return place and house in words; None without a place."""
        name = self.place_names.best(language)
        return f"{name}, {self.house}" if name and self.house else name

    def precinct_text(self, language: Language) -> str | None:
        """Return the precinct's number in words, with the mark of a sample; None without a precinct."""
        return _number_text(self.precinct, is_sample=self.is_sample, language=language)


@dataclass(frozen=True, slots=True)
class Report:
    """A report in the book; equal ones are counted, not repeated.

    Parameters
    ----------
    id
        Number in the book, from 1.
    subject
        What it is about; the edition of the campaign is that of the latest report.
    kind
        What is wrong.
    right_precinct
        The precinct that readers think is right; None if they did not say.
    count
        How often it was reported.
    first_at, last_at
        The first time and the latest, UTC, ISO 8601, to the minute.
    state
        What became of it.
    """

    id: int
    subject: Subject
    kind: ErrorKind
    right_precinct: int | None
    count: int
    first_at: str
    last_at: str
    state: State

    def right_precinct_text(self, language: Language) -> str | None:
        """Return the number that readers think is right in words, marked as `Subject.precinct_text`."""
        return _number_text(self.right_precinct, is_sample=self.subject.is_sample, language=language)

    def to_dict(self) -> dict[str, Any]:
        """Return the report in its JSON form."""
        subject = dataclasses.asdict(self.subject)
        own = {
            name: getattr(self, name)
            for name in ("kind", "right_precinct", "count", "first_at", "last_at", "state")
        }
        return {"id": self.id, **subject, **own}


def _number_text(number: int | None, *, is_sample: bool, language: Language) -> str | None:
    return None if number is None else PrecinctNumbers((number,), is_sample).text(language)
