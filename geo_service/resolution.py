"""The answer to a query, in the one shape that every channel uses."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from boundaries.index import Border
from geo_service.amending.former import StationHistory
from geo_service.campaign.model import (
    AliasKind,
    Authority,
    CampaignInfo,
    House,
    Language,
    Place,
    Precinct,
    Station,
)
from geo_service.notes import Note, PrecinctNumbers
from geo_service.place_labels import PlaceLabels

Status = Literal[
    "found", "ambiguous", "street_only", "house_unknown", "outside", "not_found", "personal_number"
]
Method = Literal["house_list", "point_in_polygon", "nearest_house"]


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """A place in an answer, with a house or without.

    Parameters
    ----------
    labels
        Of the campaign.
    place
        The place.
    house
        None if only the place is meant.
    """

    labels: PlaceLabels
    place: Place
    house: House | None = None

    @property
    def number(self) -> str | None:
        """The house's number as the campaign writes it."""
        return None if self.house is None else self.house.number

    def label(self, language: Language) -> str:
        """Return place and house in words, with what tells them from others of the name."""
        district = self.house.district if self.house else None
        return self.labels.label(self.place, self.number, district, language)

    def address(self, language: Language) -> str:
        """Return place and house in words."""
        return self.labels.address(self.place, self.number, language)

    def apart(self, language: Language) -> str | None:
        """Return what tells the place from others of its name, without the name; None if nothing need."""
        # The label is the address with it in brackets.
        return self.label(language).removeprefix(self.address(language)).strip(" ()") or None

    def to_dict(self) -> dict[str, Any]:
        """Return the place in its JSON form."""
        place = self.place
        district = self.labels.district_of(place, self.house.district if self.house else None)
        return {"id": place.id, "kind": place.kind, "names": place.names.as_dict(), "district": district}


@dataclass(frozen=True, slots=True)
class MatchedAlias:
    """The other name under which a place was found."""

    name: str
    kind: AliasKind


@dataclass(frozen=True, slots=True)
class CandidateAnswer:
    """One of several answers to choose from: a place with or without house, or a precinct with its station.

    Parameters
    ----------
    place, matched_alias
        The place with its house, and the other name under which it was found.
    precinct
        With its station, where a precinct is to be chosen.
    score
        The parts of the score and their ``total``, at most 1; None unless an explanation was asked for.
    """

    place: PlaceAnswer | None = None
    matched_alias: MatchedAlias | None = None
    precinct: PrecinctAnswer | None = None
    score: Mapping[str, float] | None = None

    def label(self, language: Language) -> str:
        """Return the candidate in words."""
        if self.place is not None:
            return self.place.label(language)
        return self.precinct.label(language) if self.precinct is not None else ""

    def to_dict(self, language: Language) -> dict[str, Any]:
        """Return the candidate in its JSON form."""
        place, alias = self.place, self.matched_alias
        return {
            "label": self.label(language),
            "place": None if place is None else place.to_dict(),
            "house": None if place is None else place.number,
            "matched_alias": None if alias is None else dataclasses.asdict(alias),
            "precinct": None if self.precinct is None else self.precinct.to_dict(),
            "score": None if self.score is None else dict(self.score),
        }


@dataclass(frozen=True, slots=True)
class CampaignReference:
    """Which campaign an answer comes from."""

    id: str
    hash: str
    is_sample: bool


@dataclass(frozen=True, slots=True)
class StationAnswer:
    """A station with the hours that hold for it, and what became of it if it was amended."""

    station: Station
    opens: str
    closes: str
    history: StationHistory | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the station in its JSON form."""
        station = self.station
        return {
            "building_id": station.building_id,
            "names": station.names.as_dict(),
            "address": station.address.as_dict(),
            "opens": self.opens,
            "closes": self.closes,
            "may_close_early": station.may_close_early,
            "phone": station.phone,
            "location": _location(station),
            "location_source": station.location_source,
            "accessibility": dataclasses.asdict(station.accessibility),
            "changed": None if self.history is None else _history_dict(self.history),
        }


@dataclass(frozen=True, slots=True)
class PrecinctAnswer:
    """A precinct to choose, with the building where it votes."""

    precinct: Precinct
    station: Station | None
    is_sample: bool

    def label(self, language: Language) -> str:
        """Return the precinct's number, marked if it is a sample's, and its station."""
        words = [PrecinctNumbers((self.precinct.number,), self.is_sample).text(language)]
        if self.station is not None:
            words += [
                name
                for name in (self.station.names.best(language), self.station.address.best(language))
                if name
            ]
        return ", ".join(words)

    def to_dict(self) -> dict[str, Any]:
        """Return the precinct in its JSON form."""
        return precinct_dict(self.precinct)


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
    place, matched_alias
        The place with its house, and the other name under which it was found; None for other queries.
    point
        Degrees, longitude first; None if the query has no position.
    precinct, stations
        The precinct and where it votes.
    border
        How the point lies to the precinct's border; None if that was not asked.
    candidates
        What may be meant, the likeliest first.
    notes
        Remarks, the most important first.
    language
        Of the texts, where none is asked for.
    """

    status: Status
    campaign: CampaignReference
    method: Method | None = None
    authority: Authority | None = None
    place: PlaceAnswer | None = None
    matched_alias: MatchedAlias | None = None
    point: tuple[float, float] | None = None
    precinct: Precinct | None = None
    stations: tuple[StationAnswer, ...] = ()
    border: Border | None = None
    candidates: tuple[CandidateAnswer, ...] = ()
    notes: tuple[Note, ...] = ()
    language: Language = "ru"

    def to_dict(self, language: Language | None = None) -> dict[str, Any]:
        """Return the one JSON shape of the service; absent parts are null or empty, never left out.

        Parameters
        ----------
        language
            Of the labels and notes.
        """
        language = language or self.language
        place, alias, precinct, border = self.place, self.matched_alias, self.precinct, self.border
        return {
            "status": self.status,
            "method": self.method,
            "authority": self.authority,
            "campaign": dataclasses.asdict(self.campaign),
            "place": None if place is None else place.to_dict(),
            "house": None if place is None else place.number,
            "matched_alias": None if alias is None else dataclasses.asdict(alias),
            "point": None if self.point is None else {"lon": self.point[0], "lat": self.point[1]},
            "precinct": None if precinct is None else precinct_dict(precinct),
            "stations": [station.to_dict() for station in self.stations],
            "border": None
            if border is None
            else {
                "distance_m": round(border.distance_m, 1),
                "on_boundary": border.on_boundary,
                "other_precincts": list(border.other_precincts),
            },
            "candidates": [candidate.to_dict(language) for candidate in self.candidates],
            "notes": [{"code": note.code, "text": note.text(language)} for note in self.notes],
        }


def precinct_dict(precinct: Precinct) -> dict[str, Any]:
    """Return what an answer says of a precinct."""
    return {"number": precinct.number, "kind": precinct.kind, "district": precinct.district}


def station_answer(
    station: Station, info: CampaignInfo, history: StationHistory | None = None
) -> StationAnswer:
    """Return a station with its own hours, or the campaign's where it has none."""
    return StationAnswer(station, station.opens or info.opens, station.closes or info.closes, history)


def _history_dict(history: StationHistory) -> dict[str, Any]:
    return {
        "at": history.changed_at,
        "reason": history.reason,
        "former": [
            {
                "names": station.names.as_dict(),
                "address": station.address.as_dict(),
                "location": _location(station),
            }
            for station in history.places
        ],
        "former_hours": [{"opens": opens, "closes": closes} for opens, closes in history.hours],
    }


def _location(station: Station) -> dict[str, float | None] | None:
    return None if station.lon is None else {"lon": station.lon, "lat": station.lat}
