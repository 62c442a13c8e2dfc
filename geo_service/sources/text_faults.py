"""Faults of text that any format can carry: letters of a wrong encoding, letters lost, HTML in names."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Sequence
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import Any

from geo_service.campaign.finding_codes import make_finding
from geo_service.campaign.model import Finding
from geo_service.errors import SourceError
from geo_service.sources.base import Table
from geo_service.sources.encodings import letter_score

# What a program took the bytes for, and what they were.
_CONFUSIONS = (
    ("cp1252", "utf-8"),
    ("latin-1", "utf-8"),
    ("cp1251", "utf-8"),
    ("cp866", "utf-8"),
    ("cp1252", "cp1251"),
    ("latin-1", "cp1251"),
    ("cp866", "cp1251"),
    ("cp1251", "cp866"),
    ("cp1252", "cp866"),
    ("latin-1", "cp866"),
)
_ENCODING_CAN_BE_STATED = frozenset({".csv", ".mif", ".shp", ".tab", ".tsv"})
_LEAST_LETTERS = 4
_GARBLED_SCORE, _CLEAR_SCORE = 0.85, 0.95
_LOST = re.compile(r"\ufffd|\?{3,}")
_MARKUP = re.compile(
    r"</?[a-zA-Z][^<>]*>|<!--|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});"
)
_SPACING = frozenset({"br", "p", "div", "td", "th", "tr", "li"})
_HIDDEN = frozenset({"script", "style"})


def original_encoding(text: str) -> tuple[str, str] | None:
    """Return the encoding that a garbled text was in, and the text as it should read; None if in order."""
    if text.isascii() or letter_score(text) > _GARBLED_SCORE:
        return None
    for taken_for, real in _CONFUSIONS:
        try:
            readable = text.encode(taken_for).decode(real)
        except UnicodeError:
            continue
        unusual = sum(not sign.isascii() for sign in readable)
        latin = sum(sign.isascii() and sign.isalpha() for sign in readable)
        if unusual >= max(_LEAST_LETTERS, latin) and letter_score(readable) >= _CLEAR_SCORE:
            return real, readable
    return None


def plain_text(text: str) -> str:
    """Return a text without HTML: no tags, no entities, no scripts; breaks become spaces."""
    reader = _TextOfHtml()
    reader.feed(text)
    reader.close()
    return " ".join("".join(reader.parts).split())


def without_text_faults(table: Table, columns: Collection[str]) -> Table:
    """Return a table whose texts are free of HTML; cleaned columns go to its findings.

    Parameters
    ----------
    table
        As a reader made it.
    columns
        Names of the columns to look at: those that are used.

    Raises
    ------
    geo_service.errors.SourceError
        If letters are garbled or lost; the message names the record, the column, and the right encoding where
        it is known.
    """
    cleaned: dict[int, list[Any]] = {}
    findings: list[Finding] = []
    for position, name in enumerate(table.columns):
        if name not in columns:
            continue
        cells = [row[position] for row in table.rows]
        _refuse_garbled(table, name, cells)
        found = _clean_markup(table, name, cells)
        if found is not None:
            cleaned[position] = cells
            findings.append(found)
    if not findings:
        return table
    rows = [
        tuple(cleaned[position][number] if position in cleaned else cell for position, cell in enumerate(row))
        for number, row in enumerate(table.rows)
    ]
    return dataclasses.replace(table, rows=rows, findings=(*table.findings, *findings))


def _refuse_garbled(table: Table, name: str, cells: Sequence[Any]) -> None:
    # Most columns say the same few words again and again.
    different = {
        cell: position for position, cell in reversed(list(enumerate(cells))) if isinstance(cell, str)
    }
    for cell, position in reversed(different.items()):
        item = table.items[position]
        if _LOST.search(cell):
            raise SourceError(
                f'Letters were lost: "{cell[:60]}".',
                "They cannot be brought back: export the file again from its origin, as UTF-8.",
                file=table.name, item=item, field=name,
            )  # fmt: skip
        original = original_encoding(cell)
        if original is not None:
            encoding, readable = original
            statable = PurePosixPath(table.name).suffix.lower() in _ENCODING_CAN_BE_STATED
            state = f'State encoding = "{encoding}" in the section, or e' if statable else "E"
            raise SourceError(
                f'Letters are of a wrong encoding: "{cell[:40]}" was "{readable[:40]}" in {encoding}.',
                f"{state}xport the file again as UTF-8.",
                file=table.name, item=item, field=name,
            )  # fmt: skip


def _clean_markup(table: Table, name: str, cells: list[Any]) -> Finding | None:
    """Take HTML out of cells, and return what was done; None if there was none."""
    marked = [
        position for position, cell in enumerate(cells) if isinstance(cell, str) and _MARKUP.search(cell)
    ]
    if not marked:
        return None
    for position in marked:
        cells[position] = plain_text(cells[position])
    return make_finding(
        "html_removed", file=table.name, item=table.items[marked[0]], field=name, count=len(marked)
    )


class _TextOfHtml(HTMLParser):
    """Collects the text of HTML that people read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _SPACING:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN and self._hidden:
            self._hidden -= 1
        elif tag in _SPACING:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)
