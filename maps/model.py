"""What a map is drawn from: plain data, so that a map can be made of any campaign.

Positions are WGS 84 (EPSG:4326) in degrees, longitude first. Texts by language have the keys ``kk``, ``ru``
and ``en``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from boundaries.precincts import PrecinctKind

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MapPrecinct:
    """A precinct with a boundary."""

    number: int
    kind: PrecinctKind
    district: str
    geometry: MultiPolygon


@dataclass(frozen=True, slots=True)
class MapBuilding:
    """A building where one or several precincts vote."""

    numbers: tuple[int, ...]
    lon: float
    lat: float
    names: Texts
    addresses: Texts
    hours: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnplacedStation:
    """The station of precincts that is on no map, because nobody knows its position."""

    numbers: tuple[int, ...]
    names: Texts
    addresses: Texts
    hours: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MapDistrict:
    """A district of the background: its name, and its outline."""

    code: str
    names: Texts
    geometry: BaseGeometry


@dataclass(frozen=True, slots=True)
class MapName:
    """The name of a microdistrict and the like, and where it is written."""

    names: Texts
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class MapStreet:
    """A street of the background; ``is_main`` streets are drawn wider and named first."""

    names: Texts
    is_main: bool
    geometry: BaseGeometry


@dataclass(frozen=True, slots=True)
class MapContent:
    """Everything a map shows.

    Parameters
    ----------
    precincts, buildings
        The layers.
    districts
        Codes of the districts in the order that gives them their colours.
    streets, areas, names
        The background.
    unplaced
        Stations that cards tell of and the map cannot show.
    extent
        West, south, east, north of what the map begins with; None for the whole world.
    """

    precincts: tuple[MapPrecinct, ...]
    districts: tuple[str, ...]
    buildings: tuple[MapBuilding, ...] = ()
    streets: tuple[MapStreet, ...] = ()
    areas: tuple[MapDistrict, ...] = ()
    names: tuple[MapName, ...] = ()
    unplaced: tuple[UnplacedStation, ...] = ()
    extent: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class MapWords:
    """The words on a map in one language.

    Parameters
    ----------
    precincts, special, stations, background, online
        Names of the layers.
    layers, zoom_in, zoom_out
        Names of buttons.
    cluster
        Name of a cluster of stations; ``{count}`` stands for how many.
    metres, kilometres
        Units of the scale.
    source
        What stands before the source of the data.
    number
        A precinct's number in words; ``{number}`` stands for it.
    hours, details
        Words of a station's card: what stands before its hours, and the link to a precinct's page.
    mark
        Stands beside numbers, and all over the map, that are only a sample's.
    """

    precincts: str
    special: str
    stations: str
    background: str
    online: str
    layers: str
    zoom_in: str
    zoom_out: str
    cluster: str
    metres: str
    kilometres: str
    source: str
    number: str
    hours: str
    details: str
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class MapOptions:
    """How a map is set up.

    Parameters
    ----------
    script_base
        URL of the directory of the project's own browser modules, ending in a slash.
    source
        Plain text about the source of the data by language, shown in the corner.
    tile_url, tile_attribution
        Address pattern of online background tiles, to choose in place of the map's own background; empty for
        none.
    """

    script_base: str
    source: Texts = field(default_factory=dict)
    tile_url: str = ""
    tile_attribution: str = ""


@dataclass(frozen=True, slots=True)
class MapParts:
    """A rendered map in the parts that a page with a strict content security policy needs.

    Parameters
    ----------
    html
        The element that the map is drawn into.
    script, style
        A JavaScript module and a style sheet: their text, or, once written, the names of their files.
    scripts, styles
        URLs of the libraries to load before, in order.
    modules, data
        URLs of the modules that the script imports, one through another, and of the data that these fetch: so
        that a page can ask for them at once.
    """

    html: str
    script: str
    style: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    modules: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
