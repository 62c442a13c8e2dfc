"""A town small enough to see, as source files and a recipe, for tests that build it and break it.

Two districts side by side, each with one precinct of its outline; a station in each:

    76.90       76.92       76.94
      |  west 1   |  east 2   |   43.20 to 43.22
"""

from __future__ import annotations

import json
from pathlib import Path

WEST = [[76.90, 43.20], [76.92, 43.20], [76.92, 43.22], [76.90, 43.22], [76.90, 43.20]]
EAST = [[76.92, 43.20], [76.94, 43.20], [76.94, 43.22], [76.92, 43.22], [76.92, 43.20]]

CAMPAIGN = """
[campaign]
id = "small-town"
names = { kk = "Дауыс беру", ru = "Голосование", en = "Vote" }
city = { ru = "Городок" }
date = 2026-03-15
data_date = "2026-02-01"
"""
DISTRICTS = '[districts]\nfile = "districts.geojson"\n'
PRECINCTS = '[precincts]\nfile = "precincts.geojson"\n'
STATIONS = '[stations]\nfile = "stations.csv"\n'
STATIONS_CSV = """precinct,name_ru,address_ru,lon,lat
1,Школа,улица Абая 1,76.91,43.21
2,Театр,улица Абая 2,76.93,43.21
"""


def polygon(ring):
    return {"type": "Polygon", "coordinates": [ring]}


def swapped(ring):
    return [[y, x] for x, y in ring]


def geojson(path: Path, *features, **members):
    """Write features, given as (geometry, properties)."""
    listed = [{"type": "Feature", "geometry": shape, "properties": values} for shape, values in features]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": listed, **members}), "utf-8")


def districts(folder: Path, west=WEST, east=EAST):
    names = {"name_kk": "Батыс", "name_ru": "Западный", "name_en": "West"}
    geojson(
        folder / "districts.geojson",
        (polygon(west), {"code": "west", **names}),
        (polygon(east), {"code": "east", "name_kk": "Шығыс", "name_ru": "Восточный", "name_en": "East"}),
    )


def precincts(folder: Path, *features):
    geojson(folder / "precincts.geojson", *features)


def town(folder: Path) -> Path:
    """Write the town and its recipe; return the recipe."""
    districts(folder)
    precincts(
        folder,
        (polygon(WEST), {"number": "1", "district": "west"}),
        (polygon(EAST), {"number": "№ 2", "district": "Восточный"}),
    )
    (folder / "stations.csv").write_text(STATIONS_CSV, "utf-8")
    return recipe(folder, DISTRICTS, PRECINCTS, STATIONS)


def recipe(folder: Path, *sections: str, campaign: str = CAMPAIGN) -> Path:
    path = folder / "recipe.toml"
    path.write_text("\n".join([campaign, *sections]), "utf-8")
    return path
