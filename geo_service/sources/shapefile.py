"""Read Shapefiles: geometry in .shp and .shx, attributes in .dbf, encoding in .cpg or nowhere."""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from geo_service.errors import SourceError
from geo_service.sources.base import ReadOptions, Table
from geo_service.sources.byte_text import BYTES, Encoding, decode_layer
from geo_service.sources.encodings import detect_encoding, python_codec, stated_codec
from geo_service.sources.gdal_layer import (
    Format,
    RawLayer,
    make_table,
    read_layer,
)
from geo_service.sources.layer_checks import refuse_lost_geometries

_SHAPEFILE = Format("Shapefile", "ESRI Shapefile", b"\x00\x00\x27\x0a")
_HEADER_BYTES = 100
_TABLE_HEADER_BYTES = 32
_LANGUAGE_DRIVER_AT = 29
# A null shape is its type alone: two 16-bit words.
_NULL_SHAPE_WORDS = 2
#: Bytes of the dBASE header that name a code page, where they leave no doubt. 0x03 and 0x57 stand for
#: "Windows" and "of this computer": programs set in Russian write Windows-1251 under both.
_LANGUAGE_DRIVERS = {b"\x26": "cp866", b"\x65": "cp866", b"\xc9": "cp1251"}


def read_shapefile(path: Path, options: ReadOptions) -> Table:
    """Read a Shapefile.

    Parameters
    ----------
    path
        The file ``.shp``; ``.shx`` and ``.dbf`` lie beside it, ``.prj`` and ``.cpg`` may.
    options
        ``encoding`` goes before that of the ``.cpg``; without either the text is looked at.

    Returns
    -------
    Table
        Items are ``feature N``, counted from 1; what is marked as deleted is left out. A finding tells of an
        encoding that was assumed.

    Raises
    ------
    geo_service.errors.SourceError
        If a part is missing, the parts do not belong together, or a text or shape cannot be read.
    """
    parts = _parts(path)
    stated = _stated_encoding(parts, options, path.name)
    with _readable(path, parts) as readable:
        raw = read_layer(
            readable, dataclasses.replace(options, usual_layer=None), _SHAPEFILE, encoding="ISO-8859-1"
        )
    if raw.crs is None and ".prj" in parts:
        raw = dataclasses.replace(raw, crs=_decoded(parts[".prj"]))
    items = [f"feature {fid + 1}" for fid in raw.fids]
    _refuse_lost_shapes(parts, raw, items, path.name)
    raw, findings = decode_layer(raw, stated, file=path.name, items=items)
    return make_table(raw, path.name, items, findings=findings)


def _parts(path: Path) -> dict[str, Path]:
    """Return the files that make a Shapefile by suffix; names may differ in upper and lower case."""
    stem = path.stem.casefold()
    parts = {file.suffix.lower(): file for file in path.parent.iterdir() if file.stem.casefold() == stem}
    missing = [suffix for suffix in (".shx", ".dbf") if suffix not in parts]
    if missing:
        raise SourceError(
            f"A Shapefile is several files, and {' and '.join(missing)} is missing beside it.",
            "Copy all files of that name into one folder: .shp, .shx, .dbf, .prj and .cpg.",
            file=path.name,
        )
    return parts


@contextmanager
def _readable(path: Path, parts: dict[str, Path]) -> Iterator[Path]:
    """Yield a Shapefile that GDAL's Python binding can open: without a .prj that is not UTF-8."""
    prj = parts.get(".prj")
    if prj is None or _is_utf8(prj.read_bytes()):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="geo-service-") as directory:
        for suffix in (".shp", ".shx", ".dbf"):
            shutil.copyfile(parts[suffix], Path(directory) / f"{path.stem}{suffix}")
        yield Path(directory) / f"{path.stem}.shp"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeError:
        return False
    return True


def _decoded(prj: Path) -> str:
    """Return the text of a .prj; its encoding matters only for names of systems."""
    data = prj.read_bytes()
    codec = detect_encoding([data])
    return data.decode(codec if codec and codec != "ascii" else BYTES)


def _stated_encoding(parts: dict[str, Path], options: ReadOptions, file: str) -> Encoding:
    if options.encoding is not None:
        return Encoding(stated_codec(options.encoding, file), "stated")
    if ".cpg" in parts:
        name = parts[".cpg"].read_bytes()[:64].decode("ascii", "replace").strip("\0\r\n\t \ufeff")
        codec = python_codec(name)
        if codec is not None:
            return Encoding(codec, "file")
    with parts[".dbf"].open("rb") as table:
        driver = table.read(_TABLE_HEADER_BYTES)[_LANGUAGE_DRIVER_AT : _LANGUAGE_DRIVER_AT + 1]
    return Encoding(_LANGUAGE_DRIVERS.get(driver), "file")


def _refuse_lost_shapes(parts: dict[str, Path], raw: RawLayer, items: Sequence[str], file: str) -> None:
    """Refuse shapes that GDAL takes for none though the file has them, and tables of another length."""
    index = parts[".shx"].read_bytes()
    offsets = np.frombuffer(
        index[_HEADER_BYTES : _HEADER_BYTES + (len(index) - _HEADER_BYTES) // 8 * 8], ">i4"
    )
    lengths = offsets[1::2].astype(np.int64)
    with parts[".dbf"].open("rb") as table:
        header = table.read(_TABLE_HEADER_BYTES)
    records = int.from_bytes(header[4:8], "little")
    if records != len(lengths):
        raise SourceError(
            f"The parts do not belong together: {len(lengths)} shapes, but {records} rows in the .dbf.",
            "Copy .shp, .shx and .dbf from one and the same export.",
            file=file,
        )
    if raw.wkb is None:
        raise SourceError(
            "The Shapefile has no geometry.", "Send a CSV file instead, or export it with shapes.", file=file
        )
    refuse_lost_geometries(raw, items, file, has_shape=lambda fid: bool(lengths[fid] > _NULL_SHAPE_WORDS))
