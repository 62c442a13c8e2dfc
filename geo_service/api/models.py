"""The shapes of the API's answers, as pydantic models.

The description of the API is made of them and tests hold answers to them; requests do not pass through them.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from boundaries.precincts import PrecinctKind
from geo_service.api.answer_models import (
    CampaignReference,
    LocalNames,
    ResolutionAnswer,
    Shape,
    StationFacts,
    SuggestionsAnswer,
)
from geo_service.campaign.model import Authority

__all__ = [
    "CampaignFacts",
    "CampaignList",
    "ChangeList",
    "DistrictCollection",
    "PrecinctCollection",
    "PrecinctWithNeighboursFeature",
    "Problem",
    "ResolutionAnswer",
    "StationCollection",
    "SuggestionsAnswer",
    "Topology",
]


class MultiPolygonGeometry(Shape):
    """GeoJSON."""

    type: Literal["MultiPolygon"]
    coordinates: list[list[list[list[float]]]]


class PointGeometry(Shape):
    """GeoJSON."""

    type: Literal["Point"]
    coordinates: list[float]


class PrecinctProperties(Shape):
    """The facts of a precinct."""

    number: int
    kind: PrecinctKind
    district: str
    authority: Authority
    status: Literal["open", "closed"]
    voters: int | None
    names: LocalNames
    """The institution of a special precinct."""
    stations: list[StationFacts]


class PrecinctWithNeighboursProperties(PrecinctProperties):
    """The facts of a precinct, and the numbers of those that it shares a border with."""

    neighbours: list[int]


class PrecinctFeature(Shape):
    """A precinct as GeoJSON."""

    type: Literal["Feature"]
    id: int
    geometry: MultiPolygonGeometry | None
    properties: PrecinctProperties


class PrecinctWithNeighboursFeature(Shape):
    """A precinct as GeoJSON, with its neighbours."""

    type: Literal["Feature"]
    id: int
    geometry: MultiPolygonGeometry | None
    properties: PrecinctWithNeighboursProperties


class PrecinctCollection(Shape):
    """Precincts as GeoJSON."""

    type: Literal["FeatureCollection"]
    features: list[PrecinctFeature]


class StationProperties(StationFacts):
    """The facts of a station and the precinct that votes there."""

    precinct: int
    authority: Authority
    """What the precinct rests on."""
    is_sample: bool
    """True if the precinct is invented."""


class StationFeature(Shape):
    """A station as GeoJSON; the id is the precinct's number."""

    type: Literal["Feature"]
    id: int
    geometry: PointGeometry | None
    properties: StationProperties


class StationCollection(Shape):
    """Stations as GeoJSON, one a precinct."""

    type: Literal["FeatureCollection"]
    features: list[StationFeature]


class DistrictProperties(Shape):
    """The facts of a district."""

    code: str
    names: LocalNames


class DistrictFeature(Shape):
    """A district as GeoJSON; the id is its code."""

    type: Literal["Feature"]
    id: str
    geometry: MultiPolygonGeometry
    properties: DistrictProperties


class DistrictCollection(Shape):
    """Districts as GeoJSON."""

    type: Literal["FeatureCollection"]
    features: list[DistrictFeature]


class Topology(BaseModel):
    """Precincts as TopoJSON: one object, ``precincts``."""

    model_config = ConfigDict(extra="allow")

    type: Literal["Topology"]
    objects: dict[str, Any]
    arcs: list[list[list[float]]]


class CallCentreFacts(Shape):
    """Where residents ask by telephone."""

    number: str
    opens: str
    closes: str


class Counts(Shape):
    """Rows of the campaign; territorial and special are the precincts by kind."""

    districts: int
    precincts: int
    territorial: int
    special: int
    stations: int
    places: int
    houses: int
    aliases: int


class FindingCounts(Shape):
    """What the build noticed, by severity."""

    error: int
    warning: int
    information: int


class RuleFacts(Shape):
    """A question about the vote and its answer."""

    id: str
    question: LocalNames
    answer: LocalNames
    """An empty line begins a paragraph; `{call_centre}` stands for the call centre's number."""
    begins: str | None
    """Local moment from which it holds, such as 2026-03-14T18:00; null: always."""
    ends: str | None
    """Local moment at which it ceases to hold; null: never."""
    registrations: list[Literal["here", "elsewhere_in_city", "another_city", "temporary", "nowhere"]]
    """Where those are registered whose question it answers."""
    link: str | None
    source: str


class CampaignFacts(Shape):
    """The campaign that the service answers from."""

    id: str
    hash: str
    is_sample: bool
    names: LocalNames
    city: LocalNames
    date: str
    time_zone: str
    opens: str
    closes: str
    data_date: str
    """As of which day the data hold."""
    source: str
    licence: str
    call_centre: CallCentreFacts | None
    links: dict[str, str]
    rules: list[RuleFacts]
    """Questions and answers about the vote, in the order in which they are shown."""
    bounds: list[float] | None
    """West, south, east, north of the precincts."""
    counts: Counts
    findings: FindingCounts


class PublishedCampaign(Shape):
    """A campaign that may be asked."""

    id: str
    hash: str
    names: LocalNames
    date: str
    is_sample: bool
    is_current: bool
    """True for the one that answers where none is named."""
    published_at: str | None
    """When it was made current last, UTC; null if that is not known."""


class CampaignList(Shape):
    """The campaigns that may be asked: the current one, then the others, the newest first."""

    campaigns: list[PublishedCampaign]


class ChangeFacts(Shape):
    """An amendment of the campaign."""

    id: int
    what: Literal["station", "house"]
    precinct: int
    """Whose station changed, or to which the house now belongs."""
    house: str | None
    """The house in words; null for a station."""
    made_at: str
    reason: str
    former: dict[str, str | int | float | bool | None]
    """Columns of the campaign file that changed, with their values before; empty if there was no station."""
    new: dict[str, str | int | float | bool | None]


class ChangeList(Shape):
    """What was amended, in the order in which it was."""

    campaign: CampaignReference
    since: str | None
    changes: list[ChangeFacts]


class Problem(Shape):
    """An error, RFC 9457 problem details."""

    type: str
    title: str
    status: int
    detail: str
    """What was wrong."""
    instance: str | None = None
    """The path that was asked for, up to its first argument; left out where there is nothing."""
    field: str | None = None
    """The argument at fault."""
    remedy: str | None = None
    """What to do."""
