"""Read one layer through GDAL: what the readers of its formats share."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
from numpy.typing import NDArray
from pyogrio.errors import DataSourceError
from pyproj import CRS
from pyproj.exceptions import CRSError

from geo_service.campaign.model import Finding
from geo_service.errors import SourceError
from geo_service.sources.base import ReadOptions, Table
from geo_service.sources.gdal_errors import readable
from geo_service.sources.wkb import parse_geometries

_BEGINNING_BYTES = 1024


@dataclass(frozen=True, slots=True)
class Format:
    """A format that GDAL reads.

    Parameters
    ----------
    name
        What people call it.
    driver
        What GDAL calls it.
    begins
        How each of its files begins, small letters; white space and a byte order mark before it do not count.
        GDAL chooses drivers by content, and some of them open other files or addresses.
    """

    name: str
    driver: str
    begins: bytes


@dataclass(frozen=True, slots=True)
class RawLayer:
    """A layer as GDAL gives it, in file order.

    Parameters
    ----------
    layer
        Its name.
    columns
        Names of the columns.
    values
        One array a column.
    fids
        Feature ids.
    wkb
        Geometries; None for a plain table.
    crs
        As text that PROJ reads; None if the file states none.
    """

    layer: str
    columns: tuple[str, ...]
    values: Sequence[NDArray[Any]]
    fids: Sequence[int]
    wkb: NDArray[np.object_] | None
    crs: str | None


def refuse_encoding(options: ReadOptions, format_: Format, file: str) -> None:
    """Refuse a stated encoding where the format prescribes UTF-8.

    Raises
    ------
    geo_service.errors.SourceError
        If one is stated.
    """
    if options.encoding is not None:
        raise SourceError(
            f"A {format_.name} is always UTF-8.", 'Remove "encoding" from the section.', file=file
        )


def read_layer(path: Path, options: ReadOptions, format_: Format, *, encoding: str | None = None) -> RawLayer:
    """Read a layer.

    Parameters
    ----------
    path
        The file.
    options
        ``layer`` and ``usual_layer`` count.
    format_
        What the file must be.
    encoding
        What GDAL is told of the texts; ``ISO-8859-1`` gives each byte as one letter.

    Raises
    ------
    geo_service.errors.SourceError
        If the file is of another format or cannot be read, or the layer is not there or not told.
    """
    _check_beginning(path, format_)
    with readable(path, format_.name):
        layer = choose_layer(_layer_names(path), options, file=path.name)
        found = pyogrio.read_info(path, layer=layer, encoding=encoding)["driver"]
        if found != format_.driver:
            raise SourceError(
                f"The file is not a {format_.name}, as its suffix says, but {found}.",
                "Give it the suffix of its format.",
                file=path.name,
            )
        meta, fids, wkb, values = pyogrio.raw.read(path, layer=layer, return_fids=True, encoding=encoding)
    return RawLayer(
        layer, tuple(str(name) for name in meta["fields"]), values, fids.tolist(), wkb, meta["crs"]
    )


def list_layers(path: Path, format_: Format) -> list[str]:
    """Return the names of the layers of a file.

    Raises
    ------
    geo_service.errors.SourceError
        If the file is of another format or cannot be read.
    """
    _check_beginning(path, format_)
    with readable(path, format_.name):
        return _layer_names(path)


def _layer_names(path: Path) -> list[str]:
    names = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
    if not names:
        raise DataSourceError("it has no layers")
    return names


def _check_beginning(path: Path, format_: Format) -> None:
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING_BYTES).removeprefix(codecs.BOM_UTF8)
    if not beginning.lstrip(b" \t\r\n").lower().startswith(format_.begins):
        raise SourceError(
            f"The file cannot be read as {format_.name}, as its suffix says: it does not begin like one.",
            "Give it the suffix of its format, or export it again from your GIS.",
            file=path.name,
        )


def choose_layer(names: Sequence[str], options: ReadOptions, *, file: str) -> str:
    """Return the layer to read: the stated one, the usual one, or the only one.

    Raises
    ------
    geo_service.errors.SourceError
        If there is no such layer, or none is stated among several.
    """
    if options.layer is not None:
        if options.layer not in names:
            raise SourceError(
                f'The file has no layer "{options.layer}"; it has: {", ".join(names) or "none"}.',
                'Correct "layer" in the section.',
                file=file,
                field="layer",
            )
        return options.layer
    if options.usual_layer in names:
        return str(options.usual_layer)
    if len(names) != 1:
        raise SourceError(
            f"The file has {len(names)} layers: {', '.join(names) or 'none'}.",
            'Say in the section which one to read: layer = "NAME".',
            file=file,
            field="layer",
        )
    return names[0]


def make_table(raw: RawLayer, file: str, items: Sequence[str], *, findings: Sequence[Finding] = ()) -> Table:
    """Return the table of a layer.

    Raises
    ------
    geo_service.errors.SourceError
        If a geometry cannot be read.
    """
    rows = (
        list(zip(*(_shared(column.tolist()) for column in raw.values), strict=True))
        if raw.columns
        else [()] * len(items)
    )
    geometries = None if raw.wkb is None else parse_geometries(raw.wkb, items, file)
    return Table(file, raw.columns, rows, items, geometries, known_crs(raw.crs), findings)


def _shared(values: list[Any]) -> list[Any]:
    """Return values with equal texts as one object: houses repeat their districts again and again."""
    known: dict[str, str] = {}
    return [known.setdefault(value, value) if isinstance(value, str) else value for value in values]


def counted(raw: RawLayer) -> list[str]:
    """Return what to call the features where the format numbers none: counted from 1."""
    return [f"feature {number}" for number in range(1, len(raw.fids) + 1)]


def known_crs(text: str | None) -> CRS | None:
    """Return the CRS of a text; None where it leaves it undefined."""
    if not text:
        return None
    try:
        crs = CRS.from_user_input(text)
    except CRSError:
        return None
    undefined = crs.name.lower().startswith("undefined") or crs.type_name == "Engineering CRS"
    return None if undefined else crs
