"""Write the layers of a campaign file through GDAL, so that every GIS opens it as it is.

Imports geopandas: only commands that make a campaign load this module.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import pyogrio
import shapely

from geo_service.campaign.model import Campaign
from geo_service.campaign.schema import LAYERS, Layer, Row

_PANDAS_TYPES = {"text": "string", "integer": "Int64", "boolean": "boolean"}


def write_layers(path: Path, campaign: Campaign) -> None:
    """Create a GeoPackage with the layers of a campaign.

    Parameters
    ----------
    path
        The file to create; it must not exist.
    campaign
        The content. Rows are written in the order of each layer's key.
    """
    for layer in LAYERS:
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
