"""Layers whose texts GDAL gave as bytes: which encoding they are in, and what they say."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from geo_service.campaign.finding_codes import make_finding
from geo_service.campaign.model import Finding
from geo_service.errors import SourceError
from geo_service.sources.encodings import decode_texts, detect_encoding
from geo_service.sources.gdal_layer import RawLayer

#: What reads each byte as one letter, and gives each letter back as its byte.
BYTES = "latin-1"
_SAMPLE_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding of a file's text.

    Parameters
    ----------
    codec
        Python's name of it; None if nobody states it.
    origin
        Who states it: the recipe (``stated``) or the file.
    """

    codec: str | None
    origin: Literal["stated", "file"]


def decode_layer(
    raw: RawLayer, encoding: Encoding, *, file: str, items: Sequence[str]
) -> tuple[RawLayer, list[Finding]]:
    """Decode a layer that was read with each byte as one letter.

    Parameters
    ----------
    raw
        The layer.
    encoding
        As stated; without one it is detected.
    file, items
        Names of the file and its records, for errors.

    Returns
    -------
    layer : RawLayer
        With texts.
    findings : list of Finding
        One, if the encoding had to be assumed.

    Raises
    ------
    geo_service.errors.SourceError
        If a text is not in the stated encoding, or none gives likely letters.
    """
    names = [name.encode(BYTES) for name in raw.columns]
    columns = [_bytes_of(values) for values in raw.values]
    codec = encoding.codec
    findings: list[Finding] = []
    if codec is None:
        texts = [*names, *(text for column in columns if column is not None for text in column if text)]
        codec = _detected(texts, file)
        unclear = next((text for text in texts if not text.isascii()), None)
        if unclear is not None:
            sample = unclear.decode(codec)[:_SAMPLE_LETTERS]
            findings.append(make_finding("encoding_assumed", file=file, encoding=codec, sample=sample))
    fields = [
        text or ""
        for text in decode_texts(names, codec, file=file, items=["column name"] * len(names), field=None)
    ]
    values = [
        before
        if texts_of is None
        else np.array(decode_texts(texts_of, codec, file=file, items=items, field=field), object)
        for before, texts_of, field in zip(raw.values, columns, fields, strict=True)
    ]
    return dataclasses.replace(raw, columns=tuple(fields), values=values), findings


def _detected(texts: Sequence[bytes], file: str) -> str:
    codec = detect_encoding(texts)
    if codec is None:
        sample = next(text for text in texts if not text.isascii())
        raise SourceError(
            "The file does not say how its text is encoded, and no usual encoding gives likely letters "
            f"(bytes {sample[:12].hex(' ')}).",
            'State it in the section, e.g. encoding = "cp1251" or "utf-8".',
            file=file,
            field="encoding",
        )
    return codec


def _bytes_of(values: NDArray[Any]) -> list[bytes | None] | None:
    """Return the bytes of a column of texts; None for a column of something else."""
    cells = values.tolist()
    if values.dtype != object or not any(isinstance(cell, str) for cell in cells):
        return None
    return [cell.encode(BYTES) if isinstance(cell, str) else None for cell in cells]
