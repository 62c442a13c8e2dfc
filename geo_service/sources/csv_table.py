"""Read CSV: text tables with a header line, fields separated by comma, semicolon or tab."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from geo_service.errors import SourceError
from geo_service.sources.base import ReadOptions, Table

_DELIMITERS = ",;\t"


def read_csv(path: Path, options: ReadOptions) -> Table:
    """Read a CSV file; lines without any value are no records.

    Parameters
    ----------
    path
        The file.
    options
        ``encoding`` counts; UTF-8 with or without byte order mark is the default.

    Returns
    -------
    Table
        Values are text. Items are ``row N``, the header being row 1.

    Raises
    ------
    geo_service.errors.SourceError
        If the text cannot be decoded, the header is missing or names a column twice, or a row has more or
        fewer cells than the header.
    """
    if options.layer is not None:
        raise SourceError("A CSV file has no layers.", 'Remove "layer" from the section.', file=path.name)
    text = _decode(path, options.encoding or "utf-8-sig")
    lines = _parse(text, path.name)
    header = [" ".join(cell.split()) for cell in lines[0]] if lines else []
    if not any(header):
        raise SourceError(
            "The file has no header line.", "Name the columns in the first line.", file=path.name
        )
    doubled = sorted({name for name in header if name and header.count(name) > 1})
    if doubled:
        raise SourceError(
            f'The header names the column "{doubled[0]}" twice.',
            "Rename one of them.",
            file=path.name,
            item="row 1",
        )
    records = [(number, cells) for number, cells in enumerate(lines[1:], 2) if any(map(str.strip, cells))]
    for number, cells in records:
        if len(cells) != len(header):
            raise SourceError(
                f"The row has {len(cells)} cells, the header {len(header)}.",
                "Add or remove cells, and put quotation marks around text that holds the separator.",
                file=path.name,
                item=f"row {number}",
            )
    return Table(
        path.name,
        tuple(header),
        [tuple(cells) for _, cells in records],
        [f"row {number}" for number, _ in records],
    )


def _decode(path: Path, encoding: str) -> str:
    try:
        text = path.read_bytes().decode(encoding)
    except LookupError as error:
        raise SourceError(
            f'"{encoding}" is no encoding that Python knows.',
            'State one such as "utf-8", "cp1251" or "utf-16".',
            file=path.name,
            field="encoding",
        ) from error
    except UnicodeError as error:
        raise SourceError(
            f"The file is not text in the encoding {encoding.removesuffix('-sig')}.",
            'State its encoding in the recipe, e.g. encoding = "cp1251", or save it as UTF-8; '
            "if it is no CSV file, give it the suffix of its format.",
            file=path.name,
        ) from error
    if "\0" in text:
        raise SourceError(
            "The file is no CSV: it holds zero bytes.", "Export it again as CSV in UTF-8.", file=path.name
        )
    return text.removeprefix("\ufeff")


def _parse(text: str, file: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True))
    except csv.Error as error:
        raise SourceError(
            f"The file cannot be read as CSV ({error}).",
            "Look for a quotation mark that is not closed, and double those inside quoted text.",
            file=file,
        ) from error


def _delimiter(text: str) -> str:
    """Return the delimiter that splits the header into the most cells."""
    header = io.StringIO(text, newline="").readline()
    return max(_DELIMITERS, key=lambda delimiter: len(next(csv.reader([header], delimiter=delimiter), [])))
