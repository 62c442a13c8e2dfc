"""Read GeoJSON and GeoPackage through GDAL."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError
from pyproj import CRS
from pyproj.exceptions import CRSError
from shapely.geometry.base import BaseGeometry

from geo_service.errors import SourceError
from geo_service.sources.base import ReadOptions, Table


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
    table = _read(path, options, driver="GeoJSON", format_name="GeoJSON")
    _refuse_unread_features(path, table)
    return table


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
        Items are ``feature N``, N being the feature's ``fid``, as QGIS shows it.

    Raises
    ------
    geo_service.errors.SourceError
        If this is no GeoPackage, the layer does not exist or is not told among several, or a geometry cannot
        be read.
    """
    return _read(path, options, driver="GPKG", format_name="GeoPackage")


def _read(path: Path, options: ReadOptions, *, driver: str, format_name: str) -> Table:
    if options.encoding is not None:
        raise SourceError(
            f"A {format_name} is always UTF-8.", 'Remove "encoding" from the section.', file=path.name
        )
    # GDAL warns of what is checked here with more to say: suffixes, rings that are not closed.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        try:
            layer = _layer(path, options)
            found = pyogrio.read_info(path, layer=layer)["driver"]
            if found != driver:
                raise SourceError(
                    f"The file is not a {format_name}, as its suffix says, but {found}.",
                    "Give it the suffix of its format.",
                    file=path.name,
                )
            meta, fids, wkb, values = pyogrio.raw.read(path, layer=layer, return_fids=True)
        # UnicodeError: a text that is not UTF-8, whatever the format prescribes.
        except (DataSourceError, DataLayerError, FeatureError, FieldError, UnicodeError) as error:
            raise SourceError(
                f"The file cannot be read as {format_name} ({error}).",
                "Export it again from your GIS, and check that the suffix fits the format.",
                file=path.name,
            ) from error
    # A GeoPackage's fid is what a GIS shows; GeoJSON has none, so features are counted.
    numbers = fids.tolist() if driver == "GPKG" else range(1, len(fids) + 1)
    items = [f"feature {number}" for number in numbers]
    columns = tuple(str(name) for name in meta["fields"])
    rows = list(zip(*(column.tolist() for column in values), strict=True)) if columns else [()] * len(items)
    geometries = None if wkb is None else _geometries(wkb, items, path.name)
    return Table(path.name, columns, rows, items, geometries, _crs(meta["crs"]))


def _layer(path: Path, options: ReadOptions) -> str:
    names = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
    if options.layer is not None:
        if options.layer not in names:
            raise SourceError(
                f'The file has no layer "{options.layer}"; it has: {", ".join(names) or "none"}.',
                'Correct "layer" in the section.',
                file=path.name,
                field="layer",
            )
        return options.layer
    if options.usual_layer in names:
        return str(options.usual_layer)
    if len(names) != 1:
        raise SourceError(
            f"The file has {len(names)} layers: {', '.join(names) or 'none'}.",
            'Say in the section which one to read: layer = "NAME".',
            file=path.name,
            field="layer",
        )
    return names[0]


def _crs(text: str | None) -> CRS | None:
    """Return the CRS; None where the file leaves it undefined."""
    if not text:
        return None
    try:
        crs = CRS.from_user_input(text)
    except CRSError:
        return None
    return None if crs.name.lower().startswith("undefined") else crs


def _geometries(wkb: NDArray[np.object_], items: Sequence[str], file: str) -> list[BaseGeometry | None]:
    # A coordinate that is no number is refused later, with the feature that holds it.
    with np.errstate(invalid="ignore"):
        try:
            return list(shapely.from_wkb(wkb))
        except shapely.errors.GEOSException:
            return [_geometry(data, item, file) for data, item in zip(wkb, items, strict=True)]


def _geometry(data: bytes | None, item: str, file: str) -> BaseGeometry | None:
    try:
        geometry: BaseGeometry | None = shapely.from_wkb(data)
    except shapely.errors.GEOSException as error:
        raise SourceError(
            f"The geometry cannot be read ({str(error).removeprefix('IllegalArgumentException: ')}).",
            "Close its rings and give each at least four points.",
            file=file,
            item=item,
            field="geometry",
        ) from error
    return geometry


def _refuse_unread_features(path: Path, table: Table) -> None:
    """Refuse what GDAL passes over: features that it skips, geometries that it takes for none."""
    try:
        document: Any = json.loads(path.read_bytes())
    except ValueError as error:
        raise SourceError(
            f"The file is not JSON ({error}).", "Export it again from your GIS.", file=path.name
        ) from error
    collection = isinstance(document, dict) and document.get("type") == "FeatureCollection"
    features: Any = document.get("features") if collection else [document]
    if not isinstance(features, list) or len(features) != len(table.items):
        raise SourceError(
            f"Only {len(table.items)} records of the file can be read as features.",
            'Look for entries of "features" whose type is not "Feature".',
            file=path.name,
        )
    for feature, geometry, item in zip(features, table.geometries or (), table.items, strict=True):
        stated = feature.get("geometry")
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
                file=path.name,
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
