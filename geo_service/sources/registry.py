"""Which reader reads which file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from geo_service.errors import SourceError
from geo_service.sources.base import Reader, ReadOptions, Table
from geo_service.sources.csv_table import read_csv
from geo_service.sources.flatgeobuf import read_flatgeobuf
from geo_service.sources.geojson import read_geojson
from geo_service.sources.geopackage import read_geopackage
from geo_service.sources.geoparquet import read_geoparquet
from geo_service.sources.kml import read_kml, read_kmz
from geo_service.sources.mapinfo import read_mapinfo
from geo_service.sources.postgis import read_postgis
from geo_service.sources.shapefile import read_shapefile
from geo_service.sources.spreadsheet import read_spreadsheet
from geo_service.sources.zipped import read_zipped

#: Readers of what is no archive of others, by the suffix of a file name, lower case.
_PLAIN_READERS: Mapping[str, Reader] = {
    ".csv": read_csv,
    ".fgb": read_flatgeobuf,
    ".geojson": read_geojson,
    ".gpkg": read_geopackage,
    ".json": read_geojson,
    ".kml": read_kml,
    ".mif": read_mapinfo,
    ".parquet": read_geoparquet,
    ".ods": read_spreadsheet,
    ".shp": read_shapefile,
    ".tab": read_mapinfo,
    ".tsv": read_csv,
    ".xlsm": read_spreadsheet,
    ".xlsx": read_spreadsheet,
}


def read_zip(path: Path, options: ReadOptions) -> Table:
    """Read the source file of a ZIP archive; see `geo_service.sources.zipped.read_zipped`."""
    return read_zipped(path, options, _PLAIN_READERS)


#: Readers by the suffix of a file name, lower case.
READERS: Mapping[str, Reader] = {
    **_PLAIN_READERS,
    ".kmz": read_kmz,
    ".postgis": read_postgis,  # not inside archives: a stranger's file must not open connections
    ".zip": read_zip,
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
