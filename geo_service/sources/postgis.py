"""Read a PostGIS table or query through psycopg, which comes with the extra ``postgis``.

What is read stands in a small TOML file with the suffix ``.postgis`` that a recipe names like any other
source. No password stands in it: libpq takes it from ``PGPASSWORD``, ``~/.pgpass`` or the service file.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from geo_service.errors import SourceError
from geo_service.sources.base import ReadOptions, Table

_MANUAL = "docs/recipe.md shows what such a file says."


class PostgisSource(BaseModel):
    """What a ``.postgis`` file says.

    Parameters
    ----------
    service, host, port, dbname, user, sslmode
        Where the database is, as libpq calls it; what is left out comes from the environment (``PGHOST`` …).
    table, query
        One of them: a table or view, with its schema before a dot; or one SELECT.
    geometry
        The geometry column, where there are several.
    timeout_seconds
        How long the query may take.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    service: str | None = None
    host: str | None = None
    port: int | None = Field(None, ge=1, le=65535)
    dbname: str | None = None
    user: str | None = None
    sslmode: str | None = None
    table: str | None = Field(None, min_length=1)
    query: str | None = Field(None, min_length=1)
    geometry: str | None = None
    timeout_seconds: int = Field(120, ge=1, le=3600)

    @model_validator(mode="after")
    def _has_one_source(self) -> PostgisSource:
        if (self.table is None) == (self.query is None):
            raise ValueError("give either table or query")
        return self

    def where(self) -> dict[str, Any]:
        """Return the parameters of the connection that are stated."""
        return self.model_dump(
            include={"service", "host", "port", "dbname", "user", "sslmode"}, exclude_none=True
        )


def read_postgis(path: Path, options: ReadOptions) -> Table:
    """Read what a ``.postgis`` file names, in a read-only transaction.

    Parameters
    ----------
    path
        The file; see `PostgisSource`.
    options
        None fits.

    Returns
    -------
    Table
        Named by the file. Items are ``gid N`` or the like where the source has such a column, else ``row N``.
        Arcs are drawn as short straight lines by PostGIS, and a finding tells so.

    Raises
    ------
    geo_service.errors.SourceError
        If psycopg is not installed, the file is wrong or holds a password, the database cannot be reached or
        refuses the query, or a geometry cannot be read.
    """
    for name in ("layer", "encoding"):
        if getattr(options, name) is not None:
            raise SourceError(
                f"A database has no {name} to choose.", f'Remove "{name}" from the section.', file=path.name
            )
    source = _source(path)
    try:
        from geo_service.sources import postgis_query  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise SourceError(
            "PostGIS is read by psycopg, which is not installed.",
            "Install it: pip install 'geo-service[postgis]'; or export the table as a GeoPackage.",
            file=path.name,
        ) from error
    return postgis_query.read(source, path.name)


def _source(path: Path) -> PostgisSource:
    try:
        document = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeError) as error:
        raise SourceError(f"The file is not TOML ({error}).", _MANUAL, file=path.name) from error
    secret = next((key for key in document if key.casefold() in {"password", "passfile", "pgpassword"}), None)
    if secret is not None:
        raise SourceError(
            "A password must not stand in a file that is passed on.",
            "Take it out and change it; give it by PGPASSWORD, ~/.pgpass or a service file.",
            file=path.name,
            field=secret,
        )
    try:
        return PostgisSource.model_validate(document)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        message = fault["msg"].removeprefix("Value error, ")
        raise SourceError(
            f"The file is wrong: {message}.",
            f"Its keys are: {', '.join(PostgisSource.model_fields)}. {_MANUAL}",
            file=path.name,
            field=".".join(map(str, fault["loc"])) or None,
        ) from error
