"""The shapes of the API's answers, as pydantic models.

The description of the API is made of them and tests hold answers to them; requests do not pass through them.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from boundaries.precincts import PrecinctKind
from geo_service.campaign.model import AliasKind, Authority, PlaceKind, YesNo
from geo_service.resolution import Method, NoteCode, Status


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class LocalNames(_Shape):
    """A name in three languages; null where it is not known."""

    kk: str | None
    ru: str | None
    en: str | None


class Position(_Shape):
    """Degrees, WGS 84."""

    lon: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-90, le=90)


class CampaignReference(_Shape):
    """The campaign that an answer comes from."""

    id: str
    hash: str
    """SHA-256 of the campaign's content."""
    is_sample: bool
    """True if the precincts are invented."""


class PlaceReference(_Shape):
    """A street or microdistrict."""

    id: int
    kind: PlaceKind
    names: LocalNames
    district: str | None


class MatchedAlias(_Shape):
    """The other name under which a place was found."""

    name: str
    kind: AliasKind


class PrecinctReference(_Shape):
    """A precinct in an answer."""

    number: int
    kind: PrecinctKind
    district: str


class AccessibilityFacts(_Shape):
    """What is known of a station for people with disabilities."""

    step_free: YesNo
    ground_floor: YesNo
    lift: YesNo
    braille: YesNo
    sign_language: YesNo
    parking: YesNo


class StationFacts(_Shape):
    """Where a precinct votes. Times are local, HH:MM."""

    building_id: str
    """The same for all stations in one building."""
    names: LocalNames
    address: LocalNames
    opens: str
    closes: str
    may_close_early: bool
    phone: str | None
    location: Position | None
    location_source: str | None
    accessibility: AccessibilityFacts


class BorderFacts(_Shape):
    """How a point lies to the border of its precinct."""

    distance_m: float
    on_boundary: bool
    other_precincts: list[int]
    """Precincts so near that the point could be theirs."""


class NoteText(_Shape):
    """A remark, in the language that was asked for."""

    code: NoteCode
    text: str


class ResolutionAnswer(_Shape):
    """The answer to a query; absent parts are null or empty."""

    status: Status
    method: Method | None
    authority: Authority | None
    campaign: CampaignReference
    place: PlaceReference | None
    house: str | None
    matched_alias: MatchedAlias | None
    point: Position | None
    precinct: PrecinctReference | None
    stations: list[StationFacts]
    border: BorderFacts | None
    candidates: list[Any]
    notes: list[NoteText]


class MultiPolygonGeometry(_Shape):
    """GeoJSON."""

    type: Literal["MultiPolygon"]
    coordinates: list[list[list[list[float]]]]


class PointGeometry(_Shape):
    """GeoJSON."""

    type: Literal["Point"]
    coordinates: list[float]


class PrecinctProperties(_Shape):
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


class PrecinctFeature(_Shape):
    """A precinct as GeoJSON."""

    type: Literal["Feature"]
    id: int
    geometry: MultiPolygonGeometry | None
    properties: PrecinctProperties


class PrecinctWithNeighboursFeature(_Shape):
    """A precinct as GeoJSON, with its neighbours."""

    type: Literal["Feature"]
    id: int
    geometry: MultiPolygonGeometry | None
    properties: PrecinctWithNeighboursProperties


class PrecinctCollection(_Shape):
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


class StationFeature(_Shape):
    """A station as GeoJSON; the id is the precinct's number."""

    type: Literal["Feature"]
    id: int
    geometry: PointGeometry | None
    properties: StationProperties


class StationCollection(_Shape):
    """Stations as GeoJSON, one a precinct."""

    type: Literal["FeatureCollection"]
    features: list[StationFeature]


class DistrictProperties(_Shape):
    """The facts of a district."""

    code: str
    names: LocalNames


class DistrictFeature(_Shape):
    """A district as GeoJSON; the id is its code."""

    type: Literal["Feature"]
    id: str
    geometry: MultiPolygonGeometry
    properties: DistrictProperties


class DistrictCollection(_Shape):
    """Districts as GeoJSON."""

    type: Literal["FeatureCollection"]
    features: list[DistrictFeature]


class Topology(BaseModel):
    """Precincts as TopoJSON: one object, ``precincts``."""

    model_config = ConfigDict(extra="allow")

    type: Literal["Topology"]
    objects: dict[str, Any]
    arcs: list[list[list[float]]]


class CallCentreFacts(_Shape):
    """Where residents ask by telephone."""

    number: str
    opens: str
    closes: str


class Counts(_Shape):
    """Rows of the campaign; territorial and special are the precincts by kind."""

    districts: int
    precincts: int
    territorial: int
    special: int
    stations: int
    places: int
    houses: int
    aliases: int


class FindingCounts(_Shape):
    """What the build noticed, by severity."""

    error: int
    warning: int
    information: int


class CampaignFacts(_Shape):
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
    rules: dict[str, dict[str, str]]
    bounds: list[float] | None
    """West, south, east, north of the precincts."""
    counts: Counts
    findings: FindingCounts


class Problem(_Shape):
    """An error, RFC 9457 problem details."""

    type: str
    title: str
    status: int
    detail: str
    """What was wrong."""
    instance: str
    """The path that was asked for."""
    field: str | None = None
    """The argument at fault."""
    remedy: str | None = None
    """What to do."""
