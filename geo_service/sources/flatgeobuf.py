"""Read FlatGeobuf."""

from __future__ import annotations

from pathlib import Path

from geo_service.sources.base import ReadOptions, Table
from geo_service.sources.gdal_layer import (
    Format,
    counted,
    make_table,
    read_layer,
    refuse_encoding,
)
from geo_service.sources.layer_checks import refuse_unreadable_kinds

_FLATGEOBUF = Format("FlatGeobuf", "FlatGeobuf", b"fgb\x03fgb")


def read_flatgeobuf(path: Path, options: ReadOptions) -> Table:
    """Read a FlatGeobuf file.

    Parameters
    ----------
    path
        The file.
    options
        ``layer`` counts, though such a file has only one.

    Returns
    -------
    Table
        Items are ``feature N``, counted from 1 in the order of the file, which its spatial index makes.

    Raises
    ------
    geo_service.errors.SourceError
        If this is no FlatGeobuf, or a geometry cannot be read.
    """
    refuse_encoding(options, _FLATGEOBUF, path.name)
    raw = read_layer(path, options, _FLATGEOBUF)
    items = counted(raw)
    findings = [] if raw.wkb is None else refuse_unreadable_kinds(path, raw.layer, items)
    return make_table(raw, path.name, items, findings=findings)
