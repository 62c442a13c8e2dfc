"""What a picture is drawn from and what it shows: plain data.

Positions are WGS 84 (EPSG:4326) in degrees, longitude first. Texts by language have the keys ``kk``, ``ru``
and ``en``. Lengths on a picture are pixels at scale 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shapely import MultiPolygon

from maps.model import MapBuilding, MapPrecinct, MapStreet, Texts

Position = tuple[float, float]
Size = tuple[int, int]
Look = Literal["screen", "print"]

LEAST_PIXELS = 200
MOST_PIXELS = 1600


@dataclass(frozen=True, slots=True)
class PictureDistrict:
    """A district: its names stand on the picture of the whole city."""

    code: str
    names: Texts
    geometry: MultiPolygon


@dataclass(frozen=True, slots=True)
class PictureContent:
    """Everything that pictures of a campaign can show.

    Parameters
    ----------
    precincts, buildings
        The open precincts with a boundary, the buildings with a point.
    districts
        Those of the precincts; their names stand on the picture of the whole city.
    streets
        The most important first: they are named first.
    """

    precincts: tuple[MapPrecinct, ...]
    buildings: tuple[MapBuilding, ...] = ()
    districts: tuple[PictureDistrict, ...] = ()
    streets: tuple[MapStreet, ...] = ()


@dataclass(frozen=True, slots=True)
class PictureWords:
    """The words on a picture in one language.

    Parameters
    ----------
    language
        Its code, for names of streets and districts.
    metres, kilometres
        Units of the scale.
    source
        Line about the source of the data; empty for none.
    mark
        Stands beside every number, and all over the picture, that is only a sample's.
    """

    language: str
    metres: str
    kilometres: str
    source: str = ""
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class View:
    """What one picture shows.

    Parameters
    ----------
    precinct
        Number of the chosen precinct; None for the surroundings of the point, or for the whole city.
    point
        Longitude and latitude of where somebody asks about.
    size
        Width and height in pixels, each from `LEAST_PIXELS` to `MOST_PIXELS`.
    scale
        Pixels that a line of width 1 takes; type and lines grow with it.
    look
        ``screen``, or ``print``: black, grey and white.
    """

    words: PictureWords
    precinct: int | None = None
    point: Position | None = None
    size: Size = (720, 480)
    scale: float = 1.5
    look: Look = "screen"


@dataclass(frozen=True, slots=True)
class Card:
    """The words of a preview, beside its map.

    Parameters
    ----------
    top
        What the vote is.
    lead, number
        What the number is, and the number itself as it is shown; empty where there is none.
    heading
        Name of the station, or a question.
    lines
        What follows it: the address, the day.
    foot
        Last line, as a warning if the picture is marked as a sample.
    """

    top: str
    lead: str
    number: str
    heading: str
    lines: tuple[str, ...]
    foot: str = ""
