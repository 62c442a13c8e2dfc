"""Read MapInfo: TAB (.tab with .dat, .map and .id) and the interchange format MIF (.mif with .mid)."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

from geo_service.errors import SourceError
from geo_service.sources.base import ReadOptions, Table
from geo_service.sources.byte_text import Encoding, decode_layer
from geo_service.sources.encodings import stated_codec
from geo_service.sources.gdal_layer import Format, RawLayer, counted, make_table, read_layer

_FORMATS = {
    ".tab": Format("MapInfo table", "MapInfo File", b"!table"),
    ".mif": Format("MapInfo MIF", "MapInfo File", b"version"),
}
# Other types are views and joins of tables that lie elsewhere.
_NATIVE = re.compile(rb"\btype\s+native\b", re.IGNORECASE)
_CHARSET = re.compile(rb'charset\s+"?([A-Za-z0-9-]+)"?', re.IGNORECASE)
# GDAL makes UTF-8 of text in any other character set that a file names.
_UNNAMED = frozenset({b"neutral"})
_NEEDED = {".tab": (".dat", ".map", ".id"), ".mif": (".mid",)}
_MIF = ".mif"
_HEADER_BYTES = 4096


def read_mapinfo(path: Path, options: ReadOptions) -> Table:
    """Read a MapInfo table.

    Parameters
    ----------
    path
        The ``.tab`` or ``.mif``; the other files of that name lie beside it.
    options
        ``encoding`` is for a file whose character set is "Neutral", which names none; without it the text is
        looked at.

    Returns
    -------
    Table
        Items are ``feature N``, counted from 1. A TAB holds coordinates as whole numbers of about 1e-6
        degrees.

    Raises
    ------
    geo_service.errors.SourceError
        If a part is missing, this is no MapInfo file, or a text or geometry cannot be read.
    """
    _refuse_missing_parts(path)
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    charset = _CHARSET.search(header)
    if path.suffix.lower() != _MIF and header.lower().lstrip().startswith(b"!table"):
        _refuse_views(header, path.name)
    if charset is not None and charset[1].lower() not in _UNNAMED:
        if options.encoding is not None:
            raise SourceError(
                f'The file says that its character set is "{charset[1].decode()}".',
                'Remove "encoding" from the section, or correct the character set in the file.',
                file=path.name,
                field="encoding",
            )
        encoding = Encoding("utf-8", "file")
    else:
        codec = None if options.encoding is None else stated_codec(options.encoding, path.name)
        encoding = Encoding(codec, "stated")
    raw = read_layer(
        path,
        dataclasses.replace(options, usual_layer=None),
        _FORMATS[path.suffix.lower()],
        encoding="ISO-8859-1",
    )
    items = counted(raw)
    if path.suffix.lower() == _MIF:
        _refuse_lost_features(path, raw)
    raw, findings = decode_layer(raw, encoding, file=path.name, items=items)
    return make_table(raw, path.name, items, findings=findings)


def _refuse_lost_features(path: Path, raw: RawLayer) -> None:
    """Refuse a MIF with other than one line in its MID for each object: GDAL reads as many as there are."""
    table = next(file for file in _beside(path) if file.suffix.lower() == ".mid")
    lines = sum(bool(line.strip()) for line in table.read_bytes().splitlines())
    if lines != len(raw.fids):
        raise SourceError(
            f"The parts do not belong together: {len(raw.fids)} objects, but {lines} lines in the .mid.",
            "Copy .mif and .mid from one and the same export; one of them may be cut short.",
            file=path.name,
        )


def _refuse_views(header: bytes, file: str) -> None:
    if _NATIVE.search(header) is None:
        raise SourceError(
            "The table is no table of its own: it is a view or a link to others, or its kind is not read.",
            "Save a copy of it as a native MapInfo table, or as MIF.",
            file=file,
        )


def _refuse_missing_parts(path: Path) -> None:
    beside = {file.suffix.lower() for file in _beside(path)}
    missing = [suffix for suffix in _NEEDED[path.suffix.lower()] if suffix not in beside]
    if missing:
        raise SourceError(
            f"A MapInfo table is several files, and {missing[0]} is missing beside it.",
            "Copy all files of that name into one folder: .tab, .dat, .map and .id, or .mif and .mid.",
            file=path.name,
        )


def _beside(path: Path) -> list[Path]:
    """Return the files of one name; they may differ in upper and lower case."""
    return [file for file in path.parent.iterdir() if file.stem.casefold() == path.stem.casefold()]
