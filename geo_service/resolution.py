"""The answer to a query, in the one shape that every channel uses."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from boundaries.index import Border
from geo_service.campaign.model import Authority, CampaignInfo, Language, Names, Precinct, Station
from geo_service.translations import text

Status = Literal[
    "found", "ambiguous", "street_only", "house_unknown", "outside", "not_found", "personal_number"
]
Method = Literal["house_list", "point_in_polygon"]
NoteCode = Literal[
    "sample_data", "registered_address", "near_border", "on_border", "special_precinct", "derived_border",
    "station_unknown", "outside", "nearest_precinct",
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
class Note:
    """A remark that belongs to an answer.

    Parameters
    ----------
    code
        Which remark; its text is ``note.<code>`` of the catalogues.
    values
        Fill the text. `Names` and `PrecinctNumbers` are put in the reader's language.
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
    return value.text(language) if isinstance(value, PrecinctNumbers) else value


@dataclass(frozen=True, slots=True)
class CampaignReference:
    """Which campaign an answer comes from."""

    id: str
    hash: str
    is_sample: bool


@dataclass(frozen=True, slots=True)
class StationAnswer:
    """A station with the hours that hold for it."""

    station: Station
    opens: str
    closes: str

    def to_dict(self) -> dict[str, Any]:
        """Return the station in its JSON form."""
        station = self.station
        location = None if station.lon is None else {"lon": station.lon, "lat": station.lat}
        return {
            "building_id": station.building_id,
            "names": station.names.as_dict(),
            "address": station.address.as_dict(),
            "opens": self.opens,
            "closes": self.closes,
            "may_close_early": station.may_close_early,
            "phone": station.phone,
            "location": location,
            "location_source": station.location_source,
            "accessibility": dataclasses.asdict(station.accessibility),
        }


@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer to a query.

    Parameters
    ----------
    status
        What came of it.
    campaign
        Which campaign answers.
    method, authority
        How the precinct was decided and what that rests on; None without a precinct.
    point
        Degrees, longitude first; None if the query has no position.
    precinct, stations
        The precinct and where it votes.
    border
        How the point lies to the precinct's border; None if that was not asked.
    notes
        Remarks, the most important first.
    """

    status: Status
    campaign: CampaignReference
    method: Method | None = None
    authority: Authority | None = None
    point: tuple[float, float] | None = None
    precinct: Precinct | None = None
    stations: tuple[StationAnswer, ...] = ()
    border: Border | None = None
    notes: tuple[Note, ...] = ()

    def to_dict(self, language: Language = "ru") -> dict[str, Any]:
        """Return the one JSON shape of the service; absent parts are null or empty, never left out.

        Parameters
        ----------
        language
            Of the texts of the notes.
        """
        precinct, border = self.precinct, self.border
        return {
            "status": self.status,
            "method": self.method,
            "authority": self.authority,
            "campaign": dataclasses.asdict(self.campaign),
            "place": None,
            "house": None,
            "matched_alias": None,
            "point": None if self.point is None else {"lon": self.point[0], "lat": self.point[1]},
            "precinct": None
            if precinct is None
            else {"number": precinct.number, "kind": precinct.kind, "district": precinct.district},
            "stations": [station.to_dict() for station in self.stations],
            "border": None
            if border is None
            else {
                "distance_m": round(border.distance_m, 1),
                "on_boundary": border.on_boundary,
                "other_precincts": list(border.other_precincts),
            },
            "candidates": [],
            "notes": [{"code": note.code, "text": note.text(language)} for note in self.notes],
        }


def station_answer(station: Station, info: CampaignInfo) -> StationAnswer:
    """Return a station with its own hours, or the campaign's where it has none."""
    return StationAnswer(station, station.opens or info.opens, station.closes or info.closes)
