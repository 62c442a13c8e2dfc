"""A country to build: the precincts of one city, side by side as often as wanted, as files of a GIS.

Districts, precincts, stations and houses are Shapefiles in UTM zone 43N (EPSG:32643), places and aliases a
GeoPackage, since a Shapefile holds no streets and squares in one layer.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import pyogrio
import shapely
from shapely.affinity import translate

from geo_service.campaign.model import Campaign, District, House, Place, Precinct, Station
from geo_service.campaign.schema import LAYERS, Layer

CRS = "EPSG:32643"
_SIDE = 4  # cities in a row from west to east
_GAP = 1.001  # of a city's width and height: cities touch nowhere
_ID_STEP = 1_000_000
_NUMBER_STEP = 1_000
_SHAPEFILE_NAME = 10  # letters of a column's name
_IN_GEOPACKAGE = {"places", "aliases"}
_TYPES: Mapping[str, Any] = {"text": "string", "integer": "Int64", "boolean": "boolean"}


def tiled(city: Campaign, tiles: int) -> Campaign:
    """Return a campaign of so many copies of a city, each with numbers, codes and ids of its own."""
    west, south, east, north = shapely.total_bounds([district.geometry for district in city.districts])
    parts: dict[str, list[Any]] = {layer.name: [] for layer in LAYERS}
    for tile in range(tiles):
        move = _Move(tile, (tile % _SIDE) * (east - west) * _GAP, (tile // _SIDE) * (north - south) * _GAP)
        for layer in LAYERS:
            parts[layer.name] += [move.item(item) for item in getattr(city, layer.name)]
    return Campaign(city.info, **{name: tuple(items) for name, items in parts.items()})


def write_sources(country: Campaign, folder: Path) -> Path:
    """Write the layers of a campaign as sources and return the recipe that builds them."""
    sections = [_campaign_section(country)]
    for layer in LAYERS:
        if not getattr(country, layer.name):
            continue
        frame, columns = _frame(layer, getattr(country, layer.name))
        name = f"{layer.name}.{'gpkg' if layer.name in _IN_GEOPACKAGE else 'shp'}"
        options = {} if layer.name in _IN_GEOPACKAGE else {"encoding": "UTF-8"}
        pyogrio.write_dataframe(frame, folder / name, **options)
        mapping = ", ".join(f'{ours} = "{theirs}"' for ours, theirs in columns.items())
        sections.append(f'[{layer.name}]\nfile = "{name}"\ncolumns = {{ {mapping} }}\n')
    recipe = folder / "recipe.toml"
    recipe.write_text("\n".join(sections), encoding="utf-8")
    return recipe


def _campaign_section(country: Campaign) -> str:
    info = country.info
    return (
        f'[campaign]\nid = "{info.id}"\nnames.ru = "{info.names.ru}"\ncity.ru = "{info.city.ru}"\n'
        f'date = "{info.date}"\ndata_date = "{info.data_date}"\nis_sample = true\n'
    )


def _frame(layer: Layer, items: tuple[Any, ...]) -> tuple[Any, dict[str, str]]:
    """Return a layer as a frame, and the names that its columns have there by ours."""
    pairs = [layer.to_row(item) for item in items]
    names = dict(_column_names(layer))
    frame = pd.DataFrame(
        {
            names[column.name]: pd.array([row[i] for row, _ in pairs], dtype=_TYPES[column.type])
            for i, column in enumerate(layer.columns)
        }
    )
    if layer.geometry is None:
        return frame, names
    geometries = [geometry for _, geometry in pairs]
    if layer.geometry == "Point":
        geometries = [None if position is None else shapely.Point(position) for position in geometries]
    return geopandas.GeoDataFrame(frame, geometry=geometries, crs="EPSG:4326").to_crs(CRS), names


def _column_names(layer: Layer) -> Iterator[tuple[str, str]]:
    taken: set[str] = set()
    for column in layer.columns:
        short = column.name[:_SHAPEFILE_NAME]
        if short in taken:
            short = f"{short[:-1]}{len(taken) % 10}"
        taken.add(short)
        yield column.name, short


@dataclasses.dataclass(frozen=True, slots=True)
class _Move:
    """Where one copy of the city lies, degrees from the first, and what tells its numbers apart."""

    tile: int
    lon: float
    lat: float

    def item(self, item: Any) -> Any:
        """Return the copy of an item."""
        changes = {
            District: self._district,
            Precinct: self._precinct,
            Station: self._station,
            Place: self._place,
            House: self._house,
        }.get(type(item), self._alias)(item)
        return dataclasses.replace(item, **changes)

    def _district(self, item: Any) -> dict[str, Any]:
        return {"code": self._code(item.code), "geometry": self._shape(item.geometry)}

    def _precinct(self, item: Any) -> dict[str, Any]:
        return {
            "number": self._number(item.number),
            "district": self._code(item.district),
            "geometry": self._shape(item.geometry),
        }

    def _station(self, item: Any) -> dict[str, Any]:
        return {
            "precinct": self._number(item.precinct),
            "building_id": f"{item.building_id}-{self.tile}",
            **self._point(item),
        }

    def _place(self, item: Any) -> dict[str, Any]:
        return {
            "id": self._id(item.id),
            "within": None if item.within is None else self._id(item.within),
            "districts": tuple(sorted(map(self._code, item.districts))),
            "geometry": self._shape(item.geometry),
        }

    def _house(self, item: Any) -> dict[str, Any]:
        return {
            "place": self._id(item.place),
            "district": self._code(item.district),
            "precinct": None if item.precinct is None else self._number(item.precinct),
            **self._point(item),
        }

    def _alias(self, item: Any) -> dict[str, Any]:
        return {"place": self._id(item.place)}

    def _code(self, code: str) -> str:
        return f"{code}-{self.tile}" if code else code

    def _number(self, number: int) -> int:
        return number + self.tile * _NUMBER_STEP

    def _id(self, number: int) -> int:
        return number + self.tile * _ID_STEP

    def _shape(self, geometry: Any) -> Any:
        return None if geometry is None else translate(geometry, self.lon, self.lat)

    def _point(self, item: Any) -> dict[str, Any]:
        if item.lon is None:
            return {}
        return {"lon": item.lon + self.lon, "lat": item.lat + self.lat}
