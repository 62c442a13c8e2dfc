"""A campaign file as its own recipe: how layers that were edited by hand, in QGIS for instance, come back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from geo_service.campaign.amendment import Amendment
from geo_service.campaign.reader import from_json
from geo_service.campaign.schema import AMENDMENTS, LAYERS
from geo_service.errors import RecipeError

_SQLITE = b"SQLite format 3\0"


def is_geopackage(path: Path) -> bool:
    """Return whether a file is a GeoPackage, whatever its name."""
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def recipe_of_campaign(path: Path) -> dict[str, Any]:
    """Return the recipe that builds a campaign file from the layers of another one.

    Its content need not match its hash: what stands in the layers now is what counts. The facts of the vote
    are those of the file's table ``campaign``.

    Parameters
    ----------
    path
        A campaign file, edited or not.

    Returns
    -------
    dict
        Values as a recipe has them, with a section for each layer that has rows.

    Raises
    ------
    geo_service.errors.RecipeError
        If the file is no campaign file: its facts are missing or cannot be read.
    """
    try:
        with _opened(path) as database:
            row = database.execute("SELECT value FROM campaign WHERE key = 'info'").fetchone()
            info = from_json(row[0])
            filled = [layer.name for layer in LAYERS if _has_rows(database, layer.name)]
    except (sqlite3.Error, ValueError, TypeError) as error:
        raise RecipeError(
            f"This GeoPackage holds no facts of a campaign ({error}): nothing can be built from it alone.",
            "Write a recipe that states the vote and names this file as a source: `geo-service recipe`.",
            file=path.name,
        ) from error
    return {"campaign": info, **{name: {"file": path.name, "layer": name} for name in filled}}


def amendments_of(path: Path) -> tuple[Amendment, ...]:
    """Return the amendments that a campaign file keeps, what they changed being in its layers.

    Parameters
    ----------
    path
        Whatever a build starts from: a recipe has none.

    Raises
    ------
    geo_service.errors.RecipeError
        If they cannot be read.
    """
    if not is_geopackage(path):
        return ()
    columns = ", ".join(f'"{name}"' for name in AMENDMENTS.column_names)
    try:
        with _opened(path) as database:
            if not _has_rows(database, AMENDMENTS.name):
                return ()
            # Names come from the schema's table, never from input.
            rows = database.execute(f"SELECT {columns} FROM {AMENDMENTS.name} ORDER BY id").fetchall()  # noqa: S608
            return tuple(AMENDMENTS.from_row(row, None) for row in rows)
    except (sqlite3.Error, ValueError, TypeError) as error:
        raise RecipeError(
            f"The table of amendments cannot be read ({error}).",
            "Leave that table as it was, or delete all of its rows.",
            file=path.name,
        ) from error


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as database:
        yield database


def _has_rows(database: sqlite3.Connection, layer: str) -> bool:
    """Return whether a layer is there and not empty; somebody may have deleted it."""
    known = database.execute(
        "SELECT 1 FROM sqlite_master WHERE type IN ('table', 'view') AND name = ?", (layer,)
    ).fetchone()
    # Names come from the schema's table, never from input.
    return bool(known) and database.execute(f'SELECT 1 FROM "{layer}" LIMIT 1').fetchone() is not None  # noqa: S608
