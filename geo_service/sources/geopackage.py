"""Read GeoPackage."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from geo_service.sources.base import ReadOptions, Table
from geo_service.sources.gdal_layer import (
    Format,
    list_layers,
    make_table,
    read_layer,
    refuse_encoding,
)
from geo_service.sources.layer_checks import refuse_lost_geometries, refuse_unreadable_kinds

_GEOPACKAGE = Format("GeoPackage", "GPKG", b"sqlite format 3\0")


def read_geopackage(path: Path, options: ReadOptions) -> Table:
    """Read a layer of a GeoPackage.

    Parameters
    ----------
    path
        The file.
    options
        ``layer`` and ``usual_layer`` count.

    Returns
    -------
    Table
        Items are ``feature N``, N being the feature's ``fid``, as QGIS shows it. Findings tell of curves.

    Raises
    ------
    geo_service.errors.SourceError
        If this is no GeoPackage, the layer does not exist or is not told among several, or a geometry cannot
        be read.
    """
    refuse_encoding(options, _GEOPACKAGE, path.name)
    raw = read_layer(path, options, _GEOPACKAGE)
    items = [f"feature {fid}" for fid in raw.fids]
    refuse_lost_geometries(raw, items, path.name, has_shape=lambda fid: _has_shape(path, raw.layer, fid))
    findings = [] if raw.wkb is None else refuse_unreadable_kinds(path, raw.layer, items)
    return make_table(raw, path.name, items, findings=findings)


def geopackage_layers(path: Path) -> list[str]:
    """Return the names of the layers of a GeoPackage.

    Raises
    ------
    geo_service.errors.SourceError
        If this is no GeoPackage.
    """
    return list_layers(path, _GEOPACKAGE)


def _has_shape(path: Path, layer: str, fid: int) -> bool:
    """Return whether a GeoPackage has anything but NULL for a feature's geometry."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        column, key = database.execute(
            "SELECT c.column_name, (SELECT name FROM pragma_table_info(c.table_name) WHERE pk = 1)"
            " FROM gpkg_geometry_columns c WHERE c.table_name = ?",
            (layer,),
        ).fetchone()
        names = [name.replace('"', '""') for name in (column, layer, key or "rowid")]
        # The names come from the file's own tables, and are quoted.
        query = 'SELECT "{}" IS NOT NULL FROM "{}" WHERE "{}" = ?'.format(*names)  # noqa: S608
        row = database.execute(query, (fid,)).fetchone()
    return bool(row and row[0])
