"""Write the parts of a campaign file: the layers through GDAL, so that every GIS opens them, and the tables.

Imports geopandas: only commands that make a campaign load this module.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import geopandas
import orjson
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from geo_service.campaign.model import Campaign, Finding
from geo_service.campaign.schema import Layer, Row, written_layers

WRITE_ERRORS = (DataSourceError, DataLayerError, sqlite3.Error, OSError)

_PANDAS_TYPES: dict[str, Any] = {"text": "string", "integer": "Int64", "boolean": "boolean"}

_TABLES = """
CREATE TABLE campaign (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL);
CREATE TABLE findings (
    id INTEGER PRIMARY KEY NOT NULL, code TEXT NOT NULL, severity TEXT NOT NULL, precinct INTEGER,
    file TEXT, item TEXT, field TEXT, "values" TEXT NOT NULL
);
CREATE TABLE artefacts (name TEXT PRIMARY KEY NOT NULL, sha256 TEXT NOT NULL, data BLOB NOT NULL);
INSERT INTO gpkg_contents (table_name, data_type, identifier)
VALUES ('campaign', 'attributes', 'campaign'), ('findings', 'attributes', 'findings'),
       ('artefacts', 'attributes', 'artefacts');
"""


def write_layers(path: Path, campaign: Campaign) -> None:
    """Create a GeoPackage with the layers of a campaign.

    Parameters
    ----------
    path
        The file to create; it must not exist.
    campaign
        The content. Rows are written in the order of each layer's key.
    """
    for layer in written_layers(campaign):
        pairs = [layer.to_row(item) for item in getattr(campaign, layer.name)]
        keys = [layer.column_names.index(name) for name in layer.key]
        pairs.sort(key=lambda pair: tuple(pair[0][key] for key in keys))
        frame = pd.DataFrame(
            {
                column.name: pd.array([row[i] for row, _ in pairs], dtype=_PANDAS_TYPES[column.type])
                for i, column in enumerate(layer.columns)
            }
        )
        if layer.geometry is not None:
            frame = geopandas.GeoDataFrame(frame, geometry=_shapes(layer, pairs), crs="EPSG:4326")
        pyogrio.write_dataframe(frame, path, layer=layer.name, append=path.exists(), **_options(layer))


def _options(layer: Layer) -> dict[str, Any]:
    if layer.geometry is None:
        return {"driver": "GPKG"}
    return {
        "driver": "GPKG",
        "geometry_type": "Unknown" if layer.geometry == "Geometry" else layer.geometry,
        "promote_to_multi": False,
        "layer_options": {"GEOMETRY_NAME": "geom"},
    }


def _shapes(layer: Layer, pairs: list[tuple[Row, Any]]) -> list[Any]:
    geometries = [geometry for _, geometry in pairs]
    if layer.geometry != "Point":
        return geometries
    return [None if position is None else shapely.Point(position) for position in geometries]


def write_tables(
    path: Path, facts: Mapping[str, Any], findings: Sequence[Finding], artefacts: Mapping[str, bytes]
) -> None:
    """Add the tables beside the layers to a GeoPackage: facts of the campaign, findings, artefacts."""
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(_TABLES)
        database.executemany(
            "INSERT INTO campaign VALUES (?, ?)",
            [(key, _json(value)) for key, value in facts.items()],
        )
        database.executemany(
            "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (number, f.code, f.severity, f.precinct, f.file, f.item, f.field, _json(dict(f.values)))
                for number, f in enumerate(findings, 1)
            ],
        )
        database.executemany(
            "INSERT INTO artefacts VALUES (?, ?, ?)",
            [(name, hashlib.sha256(data).hexdigest(), data) for name, data in artefacts.items()],
        )


def _json(value: Any) -> str:
    """Return a value as JSON text, by the writer that the hashes use, so that both read the same."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
