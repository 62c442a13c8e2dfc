"""The small campaign's layers, written through GDAL in any format, for tests that read them back."""

from __future__ import annotations

import math
import warnings
import zipfile
from collections.abc import Iterable
from pathlib import Path

import geopandas
from shapely import Point

from geo_service.campaign.build import assemble
from geo_service.campaign.content_hash import content_hash
from geo_service.campaign.recipe import load_recipe
from geo_service.campaign.schema import LAYERS

#: A city grid such as Almaty's own: its projection is in no register, its origin lies in the city.
LOCAL_GRID = (
    "+proj=tmerc +lat_0=43.25 +lon_0=76.95 +k=1 +x_0=50000 +y_0=30000 +ellps=krass "
    "+towgs84=15,-130,-84,0,0,0,0 +units=m +no_defs"
)
DRIVERS = {".geojson": "GeoJSON", ".gpkg": "GPKG", ".shp": "ESRI Shapefile", ".fgb": "FlatGeobuf",
           ".kml": "KML", ".kmz": "LIBKML", ".tab": "MapInfo File", ".mif": "MapInfo File"}  # fmt: skip
#: FlatGeobuf's index has no place for stations without a point.
OPTIONS = {".mif": {"FORMAT": "MIF"}, ".gpkg": {"layer": "drawn"}, ".fgb": {"SPATIAL_INDEX": "NO"}}
#: Shapefiles cut names of columns after ten letters.
SHORT = {"building_id": "building", "location_source": "loc_source", "may_close_early": "may_close",
         "ground_floor": "ground", "sign_language": "sign"}  # fmt: skip
INFO = """
[campaign]
id = "small-sample"
names = { kk = "Сынақ дауыс беру", ru = "Пробное голосование", en = "Sample vote" }
date = "2026-03-15"
city = { kk = "Алматы", ru = "Алматы", en = "Almaty" }
data_date = "2026-02-01"
call_centre = { number = "109", opens = "08:00", closes = "22:00" }
source = "invented for tests"
licence = "CC0-1.0"
links = { commission = "https://www.election.gov.kz" }
is_sample = true

[[campaign.rules]]
id = "document"
question = { kk = "Қандай құжат керек?", ru = "Какой документ нужен?", en = "Which document?" }
answer = { kk = "Жеке куәлік", ru = "Удостоверение личности", en = "Identity card" }
registrations = ["here"]
"""


def frame(campaign, name):
    """One layer of a campaign as GeoDataFrame."""
    layer = next(layer for layer in LAYERS if layer.name == name)
    pairs = [layer.to_row(item) for item in getattr(campaign, name)]
    columns = {
        column: [row[position] for row, _ in pairs] for position, column in enumerate(layer.column_names)
    }
    shapes = [Point(shape) if isinstance(shape, tuple) else shape for _, shape in pairs]
    return geopandas.GeoDataFrame(columns, geometry=shapes, crs=4326)


def write_frame(path: Path, layer, *, crs=4326, names=SHORT, **options):
    """Write a layer; names of columns are those that `mapping` gives back, or others."""
    layer = layer.rename(columns=names).to_crs(crs)
    if DRIVERS.get(path.suffix) == "MapInfo File" and "voters" in layer:
        # MapInfo has no empty numbers: it would write 0.
        layer["voters"] = layer["voters"].map(lambda count: "" if math.isnan(count) else f"{count:.0f}")
    if path.suffix == ".tab":
        # TAB stores whole numbers between bounds: those of the earth would leave 1e-6 degrees between two.
        west, south, east, north = layer.total_bounds
        options["BOUNDS"] = f"{2 * west - east},{2 * south - north},{2 * east - west},{2 * north - south}"
    if path.suffix == ".parquet":
        layer.to_parquet(path, index=False)
        return path
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        layer.to_file(path, driver=DRIVERS[path.suffix], **OPTIONS.get(path.suffix, {}), **options)
    return path


def zipped(path: Path, members: Iterable[Path], folder=""):
    """Pack files, and remove them."""
    members = list(members)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            archive.write(member, f"{folder}{member.name}")
            member.unlink()
    return path


def mapping(layer):
    """The columns of a section, for files with short names."""
    return "{ " + ", ".join(f'{name} = "{SHORT.get(name, name)}"' for name in layer.columns[:-1]) + " }"


def read_back(folder: Path, sections: dict[str, str], rest: Path):
    """Build a campaign of sections given as TOML lines; places, houses and aliases are those of a file."""
    lines = [INFO]
    for name, text in sections.items():
        lines += [f"[{name}]", text]
    for name in ("places", "houses", "aliases"):
        lines += [f"[{name}]", f'file = "{rest}"']
    recipe = folder / "recipe.toml"
    recipe.write_text("\n".join(lines), "utf-8")
    campaign, findings = assemble(load_recipe(recipe))
    return campaign, findings


def hash_of(campaign):
    return content_hash(campaign)
