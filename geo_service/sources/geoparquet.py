"""Read GeoParquet through pyarrow, which comes with the extra ``geoparquet``."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from geo_service.errors import SourceError
from geo_service.sources.base import ReadOptions, Table
from geo_service.sources.gdal_layer import known_crs
from geo_service.sources.wkb import parse_geometries


def read_geoparquet(path: Path, options: ReadOptions) -> Table:
    """Read a GeoParquet file.

    Parameters
    ----------
    path
        The file.
    options
        None fits: such a file has one layer and is UTF-8.

    Returns
    -------
    Table
        Items are ``feature N``, counted from 1. Other geometry columns than the primary one are left out.

    Raises
    ------
    geo_service.errors.SourceError
        If pyarrow is not installed, the file is no GeoParquet, or a geometry cannot be read.
    """
    parquet = _pyarrow(path.name)
    _refuse_options(options, path.name)
    table = _whole_table(parquet, path)
    geo = _geo_metadata(table.schema.metadata or {}, path.name)
    primary = geo["primary_column"]
    items = [f"feature {number}" for number in range(1, table.num_rows + 1)]
    geometries = _geometries(table.column(primary).to_pylist(), geo["columns"][primary], items, path.name)
    names = [name for name in table.column_names if name not in geo["columns"]]
    columns = [table.column(name).to_pylist() for name in names]
    rows = list(zip(*columns, strict=True)) if names else [()] * len(items)
    return Table(path.name, tuple(names), rows, items, geometries, _crs(geo["columns"][primary]))


def _pyarrow(file: str) -> ModuleType:
    try:
        import pyarrow.parquet  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise SourceError(
            "GeoParquet is read by pyarrow, which is not installed.",
            "Install it: pip install 'geo-service[geoparquet]'; or send a GeoPackage.",
            file=file,
        ) from error
    module: ModuleType = pyarrow.parquet
    return module


def _refuse_options(options: ReadOptions, file: str) -> None:
    for name in ("layer", "encoding"):
        if getattr(options, name) is not None:
            raise SourceError(
                f"A GeoParquet file has no {name} to choose.", f'Remove "{name}" from the section.', file=file
            )


def _whole_table(parquet: ModuleType, path: Path) -> Any:
    try:
        table = parquet.ParquetFile(path).read()
        table.validate(full=True)  # finds text that is not UTF-8
    # pyarrow's own errors are ValueErrors, KeyErrors and the like.
    except (ValueError, OSError, KeyError, NotImplementedError, TypeError, MemoryError) as error:
        raise SourceError(
            f"The file cannot be read as GeoParquet ({str(error).partition(chr(10))[0]}).",
            "Export it again from your GIS, and check that the suffix fits the format.",
            file=path.name,
        ) from error
    return table


def _geo_metadata(metadata: Mapping[bytes, bytes], file: str) -> dict[str, Any]:
    """Return the file's "geo" metadata, after a look at the parts that are used."""
    try:
        geo = json.loads(metadata[b"geo"])
        primary = geo["primary_column"]
        columns = {str(name): dict(column) for name, column in geo["columns"].items()}
        return {"primary_column": primary, "columns": {primary: columns[primary], **columns}}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SourceError(
            "The file is Parquet, but does not say which column holds the geometry (GeoParquet).",
            "Export it as GeoParquet from your GIS.",
            file=file,
        ) from error


def _geometries(values: Sequence[Any], column: Mapping[str, Any], items: Sequence[str], file: str) -> Any:
    encoding = str(column.get("encoding", "")).lower()
    if encoding == "wkb":
        return parse_geometries(values, items, file)
    if encoding not in _NATIVE:
        raise SourceError(
            f'The geometry is encoded as "{encoding}", which is not read.',
            "Export it with the geometry encoding WKB.",
            file=file,
            field="geometry",
        )
    make = _NATIVE[encoding]
    try:
        return [None if value is None else make(value) for value in values]
    except (ValueError, KeyError, TypeError, shapely.errors.GEOSException) as error:
        raise SourceError(
            f"A geometry cannot be read ({error}).",
            "Export it with the geometry encoding WKB.",
            file=file,
            field="geometry",
        ) from error


def _crs(column: Mapping[str, Any]) -> CRS | None:
    """Return the CRS: by the specification WGS 84 where the key is absent, none where it is null."""
    if "crs" not in column:
        return CRS.from_epsg(4326)
    stated = column["crs"]
    if stated is None:
        return None
    try:
        return known_crs(CRS.from_user_input(stated).to_wkt())
    except (CRSError, TypeError, ValueError):
        return None


def _position(value: Mapping[str, float]) -> tuple[float, ...]:
    return tuple(value[axis] for axis in ("x", "y", "z") if value.get(axis) is not None)


def _polygon(rings: Sequence[Sequence[Mapping[str, float]]]) -> shapely.Polygon:
    shell, *holes = [[_position(position) for position in ring] for ring in rings]
    return shapely.Polygon(shell, holes)


#: What makes a geometry of GeoArrow's nested lists, by the name that GeoParquet gives the encoding.
_NATIVE: Mapping[str, Callable[[Any], Any]] = {
    "point": lambda value: shapely.Point(_position(value)),
    "polygon": _polygon,
    "multipolygon": lambda value: shapely.MultiPolygon([_polygon(part) for part in value]),
}
