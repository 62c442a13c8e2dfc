"""The plan of a city before it is divided: districts, streets, microdistricts, and the plane of it all."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiLineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from boundaries.geodesy import radii_of_curvature
from geo_service.campaign.model import CampaignInfo, Names, PlaceKind

AnyGeometry = TypeVar("AnyGeometry", BaseGeometry, LineString, Polygon, Point, NDArray[np.object_])
Line = LineString | MultiLineString


@dataclass(frozen=True, slots=True)
class Plane:
    """Metres east and north of a point: a plain scaling of degrees, so that straight lines stay straight.

    Good to half a percent across the city, which is enough to lay out blocks and to compare lengths.

    Parameters
    ----------
    lon, lat
        The origin, degrees.
    """

    lon: float
    lat: float

    def to_metres(self, geometry: AnyGeometry) -> AnyGeometry:
        """Return a geometry, or an array of them, in degrees as one in metres."""
        return shapely.transform(geometry, self.metres)

    def to_degrees(self, geometry: AnyGeometry) -> AnyGeometry:
        """Return a geometry, or an array of them, in metres as one in degrees."""
        return shapely.transform(geometry, self.degrees)

    def metres(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return positions (n, 2) in degrees, longitude first, as metres."""
        return (degrees - [self.lon, self.lat]) * self._scale

    def degrees(self, metres: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return positions (n, 2) in metres as degrees, longitude first."""
        return metres / self._scale + [self.lon, self.lat]

    @property
    def _scale(self) -> NDArray[np.float64]:
        meridional, vertical = radii_of_curvature(self.lat)
        return np.radians([vertical * math.cos(math.radians(self.lat)), meridional])


@dataclass(frozen=True, slots=True)
class DistrictPlan:
    """A district: its code, names and outline in metres."""

    code: str
    names: Names
    outline: BaseGeometry


@dataclass(frozen=True, slots=True)
class StreetPlan:
    """A street: its course in metres, whether it is a main street, and the microdistrict it belongs to."""

    kind: PlaceKind
    names: Names
    course: Line
    is_main: bool
    within: Names | None = None


@dataclass(frozen=True, slots=True)
class MicrodistrictPlan:
    """A microdistrict or residential complex: its names and centre in metres."""

    names: Names
    centre: Point
    kind: PlaceKind = "microdistrict"


@dataclass(frozen=True)
class CityPlan:
    """All that a division starts from.

    Parameters
    ----------
    info
        The campaign that the division becomes.
    plane
        The plane of all geometry of the plan.
    districts
        They tile the city: neighbours share their vertices.
    streets
        Main streets, and minor ones where they are known.
    microdistricts
        With their centres; residential complexes too.
    has_minor_streets
        False if minor streets are still to be laid out between the main ones.
    """

    info: CampaignInfo
    plane: Plane
    districts: tuple[DistrictPlan, ...]
    streets: tuple[StreetPlan, ...]
    microdistricts: tuple[MicrodistrictPlan, ...]
    has_minor_streets: bool

    @property
    def city(self) -> BaseGeometry:
        """The outline of the city, metres."""
        return shapely.union_all([district.outline for district in self.districts])
