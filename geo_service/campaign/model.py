"""What a campaign is made of.

Positions are WGS 84 (EPSG:4326), degrees, longitude first, with 7 decimals. Languages are ``kk``, ``ru`` and
``en``. Words: see docs/architecture.md.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from boundaries.precincts import PrecinctKind, PrecinctPolygon
from geo_service.campaign.amendment import Amendment
from geo_service.campaign.names import LANGUAGES, NO_NAMES, Language, Names
from geo_service.campaign.rules import Rule

__all__ = [
    "LANGUAGES",
    "Accessibility",
    "Alias",
    "AliasKind",
    "Amendment",
    "Authority",
    "CallCentre",
    "Campaign",
    "CampaignInfo",
    "District",
    "Finding",
    "House",
    "Language",
    "Names",
    "Place",
    "PlaceKind",
    "Precinct",
    "Rule",
    "Severity",
    "Station",
    "YesNo",
]

Authority = Literal["official_list", "official_polygon", "derived", "sample"]
PlaceKind = Literal[
    "street", "avenue", "boulevard", "lane", "highway", "square", "microdistrict", "complex", "settlement",
    "other",
]  # fmt: skip
AliasKind = Literal["old", "colloquial", "spelling"]
YesNo = Literal["yes", "no", "unknown"]
Severity = Literal["error", "warning", "information"]


@dataclass(frozen=True, slots=True)
class CallCentre:
    """Where residents ask by telephone. Times are local, ``HH:MM``."""

    number: str
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class CampaignInfo:
    """The vote itself.

    Parameters
    ----------
    id
        Short name in Latin letters, unique among campaigns: ``almaty-referendum-2026``.
    names
        The vote's name.
    date
        Day of the vote, ISO 8601.
    time_zone
        IANA name, the zone of all times of the campaign.
    opens, closes
        Hours of a precinct that has none of its own, ``HH:MM``.
    city
        The city's name.
    call_centre
        None if there is none.
    data_date
        As of which day the data hold, ISO 8601.
    source, licence
        Whose data they are, and on what terms.
    source_names
        The source in the languages of readers, where it is given so; see `source_in`.
    links
        Addresses by key.
    rules
        Questions and answers, in the order in which they are shown.
    is_sample
        True if the precincts are invented, or stand in for those that nobody knows: no resident may be told
        their numbers without the mark of a sample.
    """

    id: str
    names: Names
    date: str
    city: Names
    data_date: str
    time_zone: str = "Asia/Almaty"
    opens: str = "07:00"
    closes: str = "20:00"
    call_centre: CallCentre | None = None
    source: str = ""
    licence: str = ""
    links: Mapping[str, str] = dataclasses.field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    is_sample: bool = False
    source_names: Names = NO_NAMES

    def source_in(self, language: Language) -> str:
        """Return whose data they are, in a language where it is known in one."""
        return self.source_names.best(language) or self.source


@dataclass(frozen=True, slots=True)
class District:
    """A district of the city."""

    code: str
    names: Names
    geometry: MultiPolygon


@dataclass(frozen=True, slots=True)
class Precinct:
    """A precinct; ``names`` is the institution of a special one, ``geometry`` None if only listed."""

    number: int
    kind: PrecinctKind
    district: str
    authority: Authority
    status: Literal["open", "closed"] = "open"
    voters: int | None = None
    names: Names = NO_NAMES
    geometry: MultiPolygon | None = None


@dataclass(frozen=True, slots=True)
class Accessibility:
    """What is known of a station for people with disabilities."""

    step_free: YesNo = "unknown"
    ground_floor: YesNo = "unknown"
    lift: YesNo = "unknown"
    braille: YesNo = "unknown"
    sign_language: YesNo = "unknown"
    parking: YesNo = "unknown"


@dataclass(frozen=True, slots=True)
class Station:
    """Where one precinct votes.

    Parameters
    ----------
    precinct
        Number of the precinct.
    building_id
        The same for all stations in one building.
    names, address
        Of the building.
    opens, closes
        ``HH:MM``; None means the campaign's hours.
    may_close_early
        True if the precinct may close once everybody on its list has voted.
    phone
        Of the precinct's commission.
    location_source
        How the point is known, e.g. ``coordinates``; None without a point.
    accessibility
        See `Accessibility`.
    lon, lat
        Degrees; both None if the point is not known.
    """

    precinct: int
    building_id: str
    names: Names
    address: Names
    opens: str | None = None
    closes: str | None = None
    may_close_early: bool = False
    phone: str | None = None
    location_source: str | None = None
    accessibility: Accessibility = Accessibility()
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A street, avenue, lane or microdistrict; names are bare, without the kind word.

    Parameters
    ----------
    id
        Unique in the campaign.
    kind, names
        What it is and what it is called.
    districts
        Codes of the districts it lies in, ascending.
    within
        Id of the microdistrict it belongs to.
    geometry
        Lines of a street, or a point of a microdistrict.
    """

    id: int
    kind: PlaceKind
    names: Names
    districts: tuple[str, ...] = ()
    within: int | None = None
    geometry: BaseGeometry | None = None


@dataclass(frozen=True, slots=True)
class House:
    """A house at a place, and its precinct if a house list gives one."""

    place: int
    number: str
    district: str
    precinct: int | None = None
    authority: Authority | None = None
    voters: int | None = None
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a place, with the dates it was valid (ISO 8601) and who says so."""

    place: int
    name: str
    language: Language
    kind: AliasKind
    valid_from: str | None = None
    valid_to: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the build noticed; ``values`` fill its text, ``finding.<code>`` of the catalogues."""

    code: str
    severity: Severity
    precinct: int | None = None
    file: str | None = None
    item: str | None = None
    field: str | None = None
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def position(self) -> tuple[float, float] | None:
        """Longitude and latitude of what was noticed, its values ``lon`` and ``lat``; None if it has none."""
        lon, lat = self.values.get("lon"), self.values.get("lat")
        return (lon, lat) if isinstance(lon, float) and isinstance(lat, float) else None


@dataclass(frozen=True)
class Campaign:
    """All of one vote. Rows are in ascending order of their keys, as the campaign file keeps them."""

    info: CampaignInfo
    districts: tuple[District, ...] = ()
    precincts: tuple[Precinct, ...] = ()
    stations: tuple[Station, ...] = ()
    places: tuple[Place, ...] = ()
    houses: tuple[House, ...] = ()
    aliases: tuple[Alias, ...] = ()
    amendments: tuple[Amendment, ...] = ()

    def polygons(self) -> list[PrecinctPolygon]:
        """Return the boundaries of the open precincts that have one."""
        return [
            PrecinctPolygon(precinct.number, precinct.kind, precinct.geometry)
            for precinct in self.precincts
            if precinct.geometry is not None and precinct.status == "open"
        ]

    @functools.cached_property
    def precincts_by_number(self) -> Mapping[int, Precinct]:
        """Precincts by number."""
        return {precinct.number: precinct for precinct in self.precincts}

    @functools.cached_property
    def stations_by_precinct(self) -> Mapping[int, Station]:
        """Stations by the number of their precinct."""
        return {station.precinct: station for station in self.stations}
