"""The facts of the sheets of XLSX, from the XML of each."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import IO

from geo_service.sources.sheet_facts import SheetFacts, cell_name
from geo_service.sources.workbook_xml import Attributes, parse_xml


def xlsx_sheets(archive: zipfile.ZipFile, file: str) -> Iterator[SheetFacts]:
    """Yield the facts of the sheets of an XLSX file.

    Parameters
    ----------
    archive
        The file, open.
    file
        Its name, for errors.
    """
    listed: list[tuple[str, str, bool]] = []
    targets: dict[str, str] = {}

    def sheet(attributes: Attributes) -> None:
        hidden = attributes.get("state", "visible") != "visible"
        listed.append((attributes.get("name", ""), _local(attributes, "id") or "", hidden))

    def relationship(attributes: Attributes) -> None:
        targets[attributes.get("Id", "")] = attributes.get("Target", "")

    with archive.open("xl/workbook.xml") as stream:
        parse_xml(stream, file, {"sheet": sheet})
    with archive.open("xl/_rels/workbook.xml.rels") as stream:
        parse_xml(stream, file, {"Relationship": relationship})
    for name, key, hidden in listed:
        facts = SheetFacts(name, hidden)
        part = posixpath.normpath(posixpath.join("xl", targets.get(key, ""))).lstrip("/")
        if "worksheets/" in part:  # no chart
            with archive.open(part) as stream:
                _XlsxSheet(facts).read(stream, file)
        yield facts


class _XlsxSheet:
    """Reads the XML of one sheet of XLSX."""

    def __init__(self, facts: SheetFacts) -> None:
        self.facts = facts
        self._row, self._column = -1, -1
        self._hidden = self._formula = self._has_result = self._in_value = False

    def read(self, stream: IO[bytes], file: str) -> None:
        starts = {"row": self._start_row, "c": self._start_cell, "v": self._start_value,
                  "is": self._start_value, "f": self._start_formula, "mergeCell": self._merge}  # fmt: skip
        ends = {"c": self._end_cell, "v": self._end_value}
        parse_xml(stream, file, starts, ends, self._text)

    def _start_row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        self._row = self._row + 1 if number is None else int(number) - 1
        self._column = -1
        self._hidden = attributes.get("hidden") in {"1", "true"}

    def _start_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            self._row, self._column = _position(reference)
        self._formula = False
        if attributes.get("t") == "e" and self.facts.failed is None:
            self.facts.failed = cell_name(self._row, self._column)
        self._has_result = attributes.get("t") == "str"

    def _start_formula(self, _: Attributes) -> None:
        self._formula = True

    def _start_value(self, _: Attributes) -> None:
        self.facts.reach(self._row, self._column)
        self._in_value = True
        if self._hidden:
            self.facts.hidden_rows.add(self._row)

    def _text(self, _: str) -> None:
        if self._in_value:
            self._has_result = True

    def _end_value(self) -> None:
        self._in_value = False

    def _end_cell(self) -> None:
        self._in_value = False
        if self._formula and not self._has_result and self.facts.uncomputed is None:
            self.facts.uncomputed = cell_name(self._row, self._column)

    def _merge(self, attributes: Attributes) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        if last:
            (row, column), (last_row, last_column) = _position(first), _position(last)
            self.facts.merge(row, column, last_row, last_column)


def _position(reference: str) -> tuple[int, int]:
    """Return row and column, from 0, of a cell such as ``B7``."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise ValueError(f"{reference} is no cell")
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(reference[len(letters) :] or 0)
    if not letters or row < 1 or len(letters) > 3:  # noqa: PLR2004 - XFD is the last column
        raise ValueError(f"{reference} is no cell")
    return row - 1, column - 1


def _local(attributes: Attributes, name: str) -> str | None:
    """Return an attribute by its name without namespace."""
    for key, value in attributes.items():
        if key.rpartition(":")[2] == name:
            return value
    return None
