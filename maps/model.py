"""What a map is drawn from: plain data, so that a map can be made of any campaign.

Positions are WGS 84 (EPSG:4326) in degrees, longitude first. Texts by language have the keys ``kk``, ``ru``
and ``en``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
    precincts, buildings, streets
        The layers.
    districts
        Codes of the districts in the order that gives them their colours.
    extent
        West, south, east, north of what the map begins with; None for the whole world.
    """

    precincts: tuple[MapPrecinct, ...]
    districts: tuple[str, ...]
    buildings: tuple[MapBuilding, ...] = ()
    streets: tuple[MapStreet, ...] = ()
    extent: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class MapWords:
    """The words on a map in one language.

    Parameters
    ----------
    precincts, special, stations, streets
        Names of the layers.
    layers, zoom_in, zoom_out
        Names of buttons.
    cluster
        Name of a cluster of stations; ``{count}`` stands for how many.
    metres, kilometres
        Units of the scale.
    source
        What stands before the source of the data.
    mark
        Stands beside numbers, and all over the map, that are only a sample's.
    """

    precincts: str
    special: str
    stations: str
    streets: str
    layers: str
    zoom_in: str
    zoom_out: str
    cluster: str
    metres: str
    kilometres: str
    source: str
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class MapOptions:
    """How a map is set up.

    Parameters
    ----------
    script_base
        URL of the directory of the project's own browser modules, ending in a slash.
    source
        Plain text about the source of the data, shown in the corner.
    tile_url, tile_attribution
        Address pattern of online background tiles; an empty one means the map draws its own background.
    """

    script_base: str
    source: str = ""
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
    """

    html: str
    script: str
    style: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
