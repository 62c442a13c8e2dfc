"""Which reader reads which file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from geo_service.errors import SourceError
from geo_service.sources.base import Reader, ReadOptions, Table
from geo_service.sources.csv_table import read_csv
from geo_service.sources.gis import read_geojson, read_geopackage

#: Readers by the suffix of a file name, lower case.
READERS: Mapping[str, Reader] = {
    ".csv": read_csv,
    ".geojson": read_geojson,
    ".gpkg": read_geopackage,
    ".json": read_geojson,
    ".tsv": read_csv,
}


def read_table(path: Path, options: ReadOptions | None = None) -> Table:
    """Read a source file with the reader for its suffix.

    Parameters
    ----------
    path
        The file.
    options
        See `ReadOptions`.

    Returns
    -------
    Table

    Raises
    ------
    geo_service.errors.SourceError
        If no reader knows the suffix, the file is missing, or its reader refuses it.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise SourceError(
            f'No reader knows files that end in "{path.suffix}".',
            f"Convert the file to one of: {', '.join(READERS)}.",
            file=path.name,
        )
    if not path.is_file():
        raise SourceError(
            "There is no such file.",
            "Correct the path; it counts from the folder of the recipe.",
            file=str(path),
        )
    try:
        return reader(path, options or ReadOptions())
    except OSError as error:
        raise SourceError(
            f"The file cannot be opened ({error.strerror}).", "Check its permissions.", file=str(path)
        ) from error
