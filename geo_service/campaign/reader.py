"""Read the parts of a campaign file: the layers, the findings and the artefacts.

Nothing is taken for what it is not: a value of another type than its column's, a number that is not finite
and an artefact that its digest does not fit are refused, for a hash alone would not see them all.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import orjson
import shapely
from shapely import MultiPolygon

from boundaries.precincts import DECIMALS, without_needless_multi
from geo_service.campaign.model import CallCentre, Campaign, CampaignInfo, Finding, Names
from geo_service.campaign.rules import rules_from
from geo_service.campaign.schema import (
    AMENDED_VERSION,
    AMENDMENTS,
    LAYERS,
    RULES_VERSION,
    ColumnType,
    Layer,
    Row,
)

_ENVELOPE_BYTES = (0, 32, 48, 48, 64)  # by envelope code, OGC 12-128r18, table 5

_PRECINCT = 2  # position of the only number among the columns of a finding
_PYTHON_TYPES: Mapping[ColumnType, type] = {"text": str, "integer": int, "boolean": int}


class ForeignValueError(ValueError):
    """A value is of another type than its column: another program wrote it."""


def read_rows(database: sqlite3.Connection, info: Mapping[str, Any], version: int) -> Campaign:
    """Return the campaign that stands in a file, not yet verified.

    Parameters
    ----------
    database
        The file.
    info
        The vote itself, as the table of facts has it.
    version
        The format version: it says whether there may be amendments.

    Raises
    ------
    ForeignValueError
        If a value is of another type than its column.
    ValueError, TypeError, KeyError, shapely.errors.GEOSException
        If a value is not what the schema says, or a geometry cannot be read.
    sqlite3.Error
        If a table or column is missing, or SQLite cannot read it.
    """
    layers = (*LAYERS, AMENDMENTS) if _has_amendments(database, version) else LAYERS
    return Campaign(_info(info), **{layer.name: _read_layer(database, layer) for layer in layers})


def read_findings(database: sqlite3.Connection) -> tuple[Finding, ...]:
    """Return the findings in their order, not yet verified; errors are those of `read_rows`."""
    statement = 'SELECT code, severity, precinct, file, item, field, "values" FROM findings ORDER BY id'
    rows = database.execute(statement).fetchall()
    for position, cells in enumerate(zip(*rows, strict=True)):
        _check_types("findings", cells, int if position == _PRECINCT else str)
    return tuple(
        Finding(code, severity, precinct, file, item, field, from_json(values))
        for code, severity, precinct, file, item, field, values in rows
    )


def read_artefact(database: sqlite3.Connection, name: str) -> bytes | None:
    """Return an artefact, None if the file has none of that name.

    Raises
    ------
    ValueError, TypeError
        If it does not match its digest.
    sqlite3.Error
        If the table is missing, or SQLite cannot read it.
    """
    row = database.execute("SELECT sha256, data FROM artefacts WHERE name = ?", (name,)).fetchone()
    if row is None:
        return None
    digest, data = row
    if hashlib.sha256(data).hexdigest() != digest:
        raise ValueError(f"artefact {name} is damaged")
    return bytes(data)


def from_json(text: Any) -> Any:
    """Return what JSON text means.

    Raises
    ------
    ValueError
        If it is no JSON. Numbers that are not finite are none; the standard library would let them in.
    """
    return orjson.loads(text)


def _info(values: Mapping[str, Any]) -> CampaignInfo:
    call_centre = values["call_centre"]
    return CampaignInfo(
        **{
            **values,
            "names": Names(**values["names"]),
            "city": Names(**values["city"]),
            "call_centre": CallCentre(**call_centre) if call_centre else None,
            "rules": rules_from(values["rules"]),
            "source_names": Names(**values.get("source_names", {})),
        }
    )


def _has_amendments(database: sqlite3.Connection, version: int) -> bool:
    if version != RULES_VERSION:
        return version == AMENDED_VERSION
    found = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return database.execute(found, (AMENDMENTS.name,)).fetchone() is not None


def _read_layer(database: sqlite3.Connection, layer: Layer) -> tuple[Any, ...]:
    columns = ", ".join(f'"{name}"' for name in layer.column_names)
    order = ", ".join(f'"{name}"' for name in layer.key)
    geometry = "geom" if layer.geometry else "NULL"
    # Names come from the schema's table, never from input.
    statement = f'SELECT {geometry}, {columns} FROM "{layer.name}" ORDER BY {order}'  # noqa: S608
    records = database.execute(statement).fetchall()
    rows: list[Row] = [record[1:] for record in records]
    for column, cells in zip(layer.columns, zip(*rows, strict=True), strict=False):
        _check_types(f"{layer.name}.{column.name}", cells, _PYTHON_TYPES[column.type])
    geometries = _geometries([record[0] for record in records], layer.geometry)
    return tuple(layer.from_row(row, geometry) for row, geometry in zip(rows, geometries, strict=True))


def _check_types(name: str, cells: Iterable[Any], kind: type) -> None:
    """Refuse values of another type: SQLite keeps any in any column, and the hash takes infinity for none."""
    others = {type(cell) for cell in cells} - {kind, type(None)}
    if others:
        raise ForeignValueError(f"{name} holds a value that is no {kind.__name__}")


def _geometries(blobs: Sequence[bytes | None], kind: str | None) -> list[Any]:
    """Return the geometries of GeoPackage blobs, coordinates rounded; of points, their coordinates."""
    wkb = [None if blob is None else blob[8 + _ENVELOPE_BYTES[blob[3] >> 1 & 7] :] for blob in blobs]
    read = shapely.from_wkb(np.array(wkb, object))
    shapes = shapely.transform(read, lambda coordinates: np.round(coordinates, DECIMALS))
    if kind == "Point":
        positions = np.column_stack([shapely.get_x(shapes), shapely.get_y(shapes)]).tolist()
        known = zip(positions, blobs, strict=True)
        return [tuple(position) if blob is not None else None for position, blob in known]
    if kind == "MultiPolygon":
        return [MultiPolygon([shape]) if isinstance(shape, shapely.Polygon) else shape for shape in shapes]
    return [None if shape is None else without_needless_multi(shape) for shape in shapes]
