"""What every reader of source files takes and gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from geo_service.campaign.model import Finding


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read a source file.

    Parameters
    ----------
    layer
        The layer to read; None takes the file's only one, or the one named ``usual_layer``.
    usual_layer
        The layer's name in a campaign file.
    encoding
        Of a text file, a Shapefile or a MapInfo file; None means what the file states, or UTF-8.
    """

    layer: str | None = None
    usual_layer: str | None = None
    encoding: str | None = None


@dataclass(frozen=True)
class Table:
    """The records of one source file or layer, in file order.

    Parameters
    ----------
    name
        The file's name, for errors and findings.
    columns
        Names of the columns, without the geometry.
    rows
        Values, one tuple a record, in the order of ``columns``.
    items
        What a person calls each record: ``row 12`` as a spreadsheet counts, ``feature 3``.
    geometries
        One a record, in ``crs``; an entry is None where the record has none. None for a plain table.
    crs
        Coordinate reference system of the geometries as the file states it; None if it states none.
    findings
        What the reader noticed or repaired. One with a ``field`` matters only where that column is used.
    """

    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]
    items: Sequence[str]
    geometries: Sequence[BaseGeometry | None] | None = None
    crs: CRS | None = None
    findings: Sequence[Finding] = ()


class Reader(Protocol):
    """Reads one format."""

    def __call__(self, path: Path, options: ReadOptions) -> Table:
        """Read a file.

        Parameters
        ----------
        path
            The file; it exists.
        options
            See `ReadOptions`.

        Returns
        -------
        Table

        Raises
        ------
        geo_service.errors.SourceError
            If the file is of another format, cannot be read, or an option does not fit the format.
        """
