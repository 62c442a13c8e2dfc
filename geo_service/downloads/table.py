"""Records as CSV (RFC 4180, UTF-8) that spreadsheets open as they are meant."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from geo_service.downloads.records import Record

_BOM = b"\xef\xbb\xbf"  # without it, Excel takes Kazakh letters for those of another alphabet
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_TELEPHONE = re.compile(r"[+\-]?[\d\s().\-]*")  # or a plain number
_ROWS_AT_ONCE = 500


def csv_parts(records: Iterable[Record]) -> Iterator[bytes]:
    """Yield a table in parts: a byte order mark and the heads, then rows.

    A text that a spreadsheet would calculate gets an apostrophe before it, as spreadsheets write such texts
    themselves; a telephone number stays as it is.

    Parameters
    ----------
    records
        All with the same columns; None becomes an empty cell.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    yield _BOM
    for count, record in enumerate(records):
        if count == 0:
            writer.writerow(record)
        writer.writerow([_cell(value) for value in record.values()])
        if count % _ROWS_AT_ONCE == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    part = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return part


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(_FORMULA) and not _TELEPHONE.fullmatch(value):
        return f"'{value}"
    return value
