"""The queries of the PostGIS reader. Imported only where psycopg is installed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, LiteralString, cast

import psycopg
from psycopg import sql
from pyproj import CRS
from pyproj.exceptions import CRSError

from geo_service.campaign.finding_codes import make_finding
from geo_service.errors import SourceError
from geo_service.sources.base import Table
from geo_service.sources.gdal_layer import known_crs
from geo_service.sources.postgis import PostgisSource
from geo_service.sources.wkb import parse_geometries

_CONNECT_SECONDS = 10
_KEYS = ("gid", "fid", "ogc_fid", "objectid", "id")
Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a query: names of all but geometries, the geometry's name, the schema of PostGIS."""

    names: tuple[str, ...]
    geometry: str | None
    schema: str


def read(source: PostgisSource, file: str) -> Table:
    """Run the query of a source and return its rows; see `geo_service.sources.postgis.read_postgis`."""
    with _connected(source, file) as connection:
        query = _query(source)
        columns = _columns(connection, query, source, file)
        rows = connection.execute(_select(query, columns), prepare=True).fetchall()
        if columns.geometry is None:
            return Table(file, columns.names, rows, _items(columns.names, rows))
        values = [row[:-3] for row in rows]
        items = _items(columns.names, values)
        geometries = parse_geometries([row[-3] for row in rows], items, file)
        crs = _crs(connection, columns, {row[-2] for row in rows if row[-2] is not None}, file)
    curved = [item for row, item in zip(rows, items, strict=True) if row[-1]]
    findings = (
        [make_finding("curves_straightened", file=file, item=curved[0], count=len(curved))] if curved else []
    )
    return Table(file, columns.names, values, items, geometries, crs, findings)


@contextmanager
def _connected(source: PostgisSource, file: str) -> Iterator[Connection]:
    """Open a connection on which nothing can be written; errors of the database become the project's."""
    read_only = f"-c default_transaction_read_only=on -c statement_timeout={source.timeout_seconds * 1000}"
    try:
        with psycopg.connect(
            **source.where(), options=read_only, connect_timeout=_CONNECT_SECONDS, client_encoding="utf-8"
        ) as connection:
            connection.read_only = True
            yield connection
    except psycopg.OperationalError as error:
        raise SourceError(
            f"The database does not answer ({_first_line(error)}).",
            "Check service or host, dbname, user, timeout_seconds, and the password (PGPASSWORD, ~/.pgpass).",
            file=file,
        ) from error
    except (psycopg.Error, UnicodeError) as error:
        raise SourceError(
            f"The database refuses the query ({_first_line(error)}).",
            "Correct table or query: one SELECT that reads.",
            file=file,
            field="table" if source.query is None else "query",
        ) from error


def _query(source: PostgisSource) -> sql.Composable:
    if source.table is not None:
        return sql.SQL("TABLE {}").format(sql.Identifier(*source.table.split(".")))
    # A prepared statement holds one command only, and the session is read-only: the text is used as it is.
    return sql.SQL(cast("LiteralString", source.query).rstrip("; \n\t"))


def _from(query: sql.Composable) -> sql.Composed:
    # The line end closes a comment at the end of the query.
    return sql.SQL(" FROM ({}\n) AS source").format(query)


def _columns(connection: Connection, query: sql.Composable, source: PostgisSource, file: str) -> _Columns:
    described = connection.execute(
        sql.SQL("SELECT *") + _from(query) + sql.SQL(" LIMIT 0"), prepare=True
    ).description
    found = connection.execute("SELECT oid FROM pg_type WHERE typname IN ('geometry', 'geography')")
    kinds = {row[0] for row in found.fetchall()}
    spatial = [column.name for column in described or () if column.type_code in kinds]
    names = tuple(column.name for column in described or () if column.type_code not in kinds)
    if len(set(names)) != len(names):
        raise SourceError(
            "Two columns of the query have one name.",
            "Name them differently with AS.",
            file=file,
            field="query",
        )
    schema = connection.execute(
        "SELECT nspname FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace"
        " WHERE extname = 'postgis'"
    ).fetchone()
    return _Columns(names, _geometry(spatial, source, file), schema[0] if schema else "public")


def _geometry(spatial: Sequence[str], source: PostgisSource, file: str) -> str | None:
    if source.geometry is not None and source.geometry not in spatial:
        raise SourceError(
            f'There is no geometry column "{source.geometry}"; there are: {", ".join(spatial) or "none"}.',
            "Correct it, or leave it out.",
            file=file,
            field="geometry",
        )
    if source.geometry is None and len(spatial) > 1:
        raise SourceError(
            f"There are several geometry columns: {', '.join(spatial)}.",
            'Say which one to read: geometry = "NAME".',
            file=file,
            field="geometry",
        )
    return source.geometry or (spatial[0] if spatial else None)


def _select(query: sql.Composable, columns: _Columns) -> sql.Composed:
    wanted: list[sql.Composable] = [sql.Identifier(name) for name in columns.names]
    if columns.geometry is not None:
        shape = sql.SQL("{}::{}").format(
            sql.Identifier(columns.geometry), sql.Identifier(columns.schema, "geometry")
        )
        function = {
            name: sql.Identifier(columns.schema, name)
            for name in ("st_asbinary", "st_curvetoline", "st_srid", "st_hasarc")
        }
        wanted += [
            sql.SQL("{}({}({}))").format(function["st_asbinary"], function["st_curvetoline"], shape),
            sql.SQL("{}({})").format(function["st_srid"], shape),
            sql.SQL("{}({})").format(function["st_hasarc"], shape),
        ]
    return sql.SQL("SELECT ") + sql.SQL(", ").join(wanted) + _from(query)


def _items(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> list[str]:
    key = next((name for name in _KEYS if name in names), None)
    if key is None:
        return [f"row {number}" for number in range(1, len(rows) + 1)]
    position = names.index(key)
    return [f"{key} {row[position]}" for row in rows]


def _crs(connection: Connection, columns: _Columns, srids: set[int], file: str) -> CRS | None:
    if len(srids) > 1:
        raise SourceError(
            f"The geometries are in several coordinate reference systems: SRID {sorted(srids)}.",
            "Transform them in the query: ST_Transform(geom, 4326).",
            file=file,
            field="geometry",
        )
    found = connection.execute(
        sql.SQL("SELECT auth_name, auth_srid, srtext FROM {} WHERE srid = %s").format(
            sql.Identifier(columns.schema, "spatial_ref_sys")
        ),
        (next(iter(srids), 0),),
    ).fetchone()
    if found is None:
        return None
    authority, code, text = found
    try:
        return CRS.from_authority(authority, code)
    except CRSError:
        return known_crs(text)


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".")
