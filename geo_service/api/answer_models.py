"""The shapes of answers to queries, as pydantic models; see `geo_service.api.models`."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from boundaries.precincts import PrecinctKind
from geo_service.campaign.model import AliasKind, Authority, PlaceKind, YesNo
from geo_service.notes import NoteCode
from geo_service.resolution import Method, Status


class Shape(BaseModel):
    """An object with exactly these keys."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class LocalNames(Shape):
    """A name in three languages; null where it is not known."""

    kk: str | None
    ru: str | None
    en: str | None


class Position(Shape):
    """Degrees, WGS 84."""

    lon: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-90, le=90)


class CampaignReference(Shape):
    """The campaign that an answer comes from."""

    id: str
    hash: str
    """SHA-256 of the campaign's content."""
    is_sample: bool
    """True if the precincts are invented."""


class PlaceReference(Shape):
    """A street or microdistrict."""

    id: int
    kind: PlaceKind
    names: LocalNames
    district: str | None


class MatchedAlias(Shape):
    """The other name under which a place was found."""

    name: str
    kind: AliasKind


class PrecinctReference(Shape):
    """A precinct in an answer."""

    number: int
    kind: PrecinctKind
    district: str


class AccessibilityFacts(Shape):
    """What is known of a station for people with disabilities."""

    step_free: YesNo
    ground_floor: YesNo
    lift: YesNo
    braille: YesNo
    sign_language: YesNo
    parking: YesNo


class FormerStation(Shape):
    """Where a precinct voted before an amendment."""

    names: LocalNames
    address: LocalNames
    location: Position | None


class Hours(Shape):
    """Local times, HH:MM."""

    opens: str
    closes: str


class StationChange(Shape):
    """What became of a station."""

    at: str
    """When it was amended last, ISO 8601 with the offset from UTC."""
    reason: str
    former: list[FormerStation]
    """Other places that it was at, the first one first."""
    former_hours: list[Hours]


class StationFacts(Shape):
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
    changed: StationChange | None
    """Null unless the station was amended after the campaign was built."""


class BorderFacts(Shape):
    """How a point lies to the border of its precinct."""

    distance_m: float
    on_boundary: bool
    other_precincts: list[int]
    """Precincts so near that the point could be theirs."""


class NoteText(Shape):
    """A remark, in the language that was asked for."""

    code: NoteCode
    text: str


class ScoreParts(Shape):
    """What a candidate's score consists of; ``total`` is the sum, at most 1."""

    name: float
    kind: float
    house: float
    district: float
    microdistrict: float
    size: float
    """Larger places first, where all else is equal."""
    total: float


class CandidateFacts(Shape):
    """One of several answers: a place, with a house or without, or a precinct with its station."""

    label: str
    """In words, with what tells it from the others."""
    place: PlaceReference | None
    house: str | None
    matched_alias: MatchedAlias | None
    precinct: PrecinctReference | None
    score: ScoreParts | None
    """Only if an explanation was asked for."""


class ResolutionAnswer(Shape):
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
    candidates: list[CandidateFacts]
    notes: list[NoteText]


class SuggestionFacts(Shape):
    """A way to go on."""

    text: str
    """What the box holds once it is chosen."""
    label: str
    """The same, with what tells it from others of its name."""
    place: int
    """Id of the place, to ask for its houses or for one of them."""
    kind: PlaceKind
    house: str | None
    """Null if only the place is suggested."""


class SuggestionsAnswer(Shape):
    """How a text may go on, the likeliest first."""

    suggestions: list[SuggestionFacts]
