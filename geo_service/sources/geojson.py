"""Read GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geo_service.errors import SourceError
from geo_service.sources.base import ReadOptions, Table
from geo_service.sources.gdal_layer import Format, counted, make_table, read_layer, refuse_encoding

_GEOJSON = Format("GeoJSON", "GeoJSON", b"{")
# GDAL's own driver knows such a file by this word, wherever it stands.
_PIPELINE = b"gdal_streamed_alg"


def read_geojson(path: Path, options: ReadOptions) -> Table:
    """Read a GeoJSON file; without a ``crs`` member it is WGS 84, as RFC 7946 says.

    Parameters
    ----------
    path
        The file.
    options
        ``layer`` counts, though such a file has only one.

    Returns
    -------
    Table
        Items are ``feature N``, counted from 1.

    Raises
    ------
    geo_service.errors.SourceError
        If this is no GeoJSON, or a geometry in it cannot be read.
    """
    refuse_encoding(options, _GEOJSON, path.name)
    document = _document(path)
    raw = read_layer(path, options, _GEOJSON)
    table = make_table(raw, path.name, counted(raw))
    _refuse_unread_features(document, table, path.name)
    return table


def _document(path: Path) -> Any:
    data = path.read_bytes()
    if _PIPELINE in data:
        raise SourceError(
            "The file cannot be read as GeoJSON: it is a pipeline that makes a GIS read other files.",
            "Run it yourself if you trust its author, and name its result in the recipe.",
            file=path.name,
        )
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise SourceError(
            f"The file cannot be read as GeoJSON ({error}).",
            "Export it again from your GIS, and check that the suffix fits the format.",
            file=path.name,
        ) from error


def _refuse_unread_features(document: Any, table: Table, file: str) -> None:
    """Refuse what GDAL passes over: features that it skips, geometries that it takes for none."""
    collection = isinstance(document, dict) and document.get("type") == "FeatureCollection"
    features: Any = document.get("features") if collection else [document]
    if not isinstance(features, list) or len(features) != len(table.items):
        raise SourceError(
            f"Only {len(table.items)} records of the file can be read as features.",
            'Look for entries of "features" whose type is not "Feature".',
            file=file,
        )
    for feature, geometry, item in zip(features, table.geometries or (), table.items, strict=True):
        stated = feature.get("geometry") if isinstance(feature, dict) else None
        if geometry is None and stated is not None:
            strange = (
                next(_no_coordinates(stated.get("coordinates")), None) if isinstance(stated, dict) else None
            )
            problem = (
                "it is no GeoJSON geometry" if strange is None else f"the coordinate {strange} is no number"
            )
            raise SourceError(
                f"The geometry cannot be read: {problem}.",
                "Draw it again, or export the file again from your GIS.",
                file=file,
                item=item,
                field="geometry",
            )


def _no_coordinates(value: Any) -> Iterator[str]:
    """Yield what stands in nested lists of coordinates and is no number, as JSON writes it."""
    if isinstance(value, list):
        for part in value:
            yield from _no_coordinates(part)
    elif isinstance(value, bool) or not isinstance(value, int | float):
        yield json.dumps(value, ensure_ascii=False)[:60]
