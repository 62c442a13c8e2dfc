"""The values of a sheet of ODS, read from its XML as any program writes it, with line breaks or without."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

from geo_service.sources.workbook_xml import Attributes, parse_xml

_NUMBERS = frozenset({"float", "percentage", "currency"})


def ods_cells(path: Path, position: int, *, rows: int, columns: int) -> list[list[Any]]:
    """Return the values of a sheet, row by row, None where a cell is empty.

    Parameters
    ----------
    path
        A file that `geo_service.sources.workbook_scan.scan_workbook` found to be safe.
    position
        Of the sheet, from 0.
    rows, columns
        How far its values reach.

    Raises
    ------
    ValueError
        If a value is not what its type says.
    """
    sheet = _OdsSheet(position, rows, columns)
    starts = {"table:table": sheet.start_table, "table:table-row": sheet.start_row,
              "table:table-cell": sheet.start_cell, "table:covered-table-cell": sheet.start_cell,
              "text:p": sheet.start_text, "text:s": sheet.spaces, "text:line-break": sheet.line_break,
              "office:annotation": sheet.start_note}  # fmt: skip
    ends = {"table:table-row": sheet.end_row, "table:table-cell": sheet.end_cell,
            "table:covered-table-cell": sheet.end_cell, "text:p": sheet.end_text,
            "office:annotation": sheet.end_note}  # fmt: skip
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as stream:
        parse_xml(stream, path.name, starts, ends, sheet.text)
    return sheet.grid


class _OdsSheet:
    """Builds the grid of one sheet while its XML is read."""

    def __init__(self, position: int, rows: int, columns: int) -> None:
        self.grid: list[list[Any]] = []
        self._position, self._rows, self._columns = position, rows, columns
        self._table = -1
        self._row: list[Any] = []
        self._repeated = self._cell_repeated = 1
        self._attributes: Attributes = {}
        self._paragraphs: list[str] = []
        self._in_text = self._in_note = False

    @property
    def _is_wanted(self) -> bool:
        return self._table == self._position

    def start_table(self, _: Attributes) -> None:
        self._table += 1

    def start_row(self, attributes: Attributes) -> None:
        self._row = []
        self._repeated = int(attributes.get("table:number-rows-repeated", "1"))

    def start_cell(self, attributes: Attributes) -> None:
        self._attributes, self._paragraphs = attributes, []
        self._cell_repeated = int(attributes.get("table:number-columns-repeated", "1"))

    def start_text(self, _: Attributes) -> None:
        if not self._in_note:
            self._in_text = True
            self._paragraphs.append("")

    def spaces(self, attributes: Attributes) -> None:
        self.text(" " * min(int(attributes.get("text:c", "1")), 80))

    def line_break(self, _: Attributes) -> None:
        self.text("\n")

    def text(self, text: str) -> None:
        if self._in_text and not self._in_note:
            self._paragraphs[-1] += text

    def end_text(self) -> None:
        self._in_text = False

    def start_note(self, _: Attributes) -> None:
        self._in_note = True

    def end_note(self) -> None:
        self._in_note = False

    def end_cell(self) -> None:
        room = self._columns - len(self._row)
        if self._is_wanted and room > 0:
            self._row += [self._value()] * min(self._cell_repeated, room)

    def end_row(self) -> None:
        room = self._rows - len(self.grid)
        if self._is_wanted and room > 0:
            row = self._row + [None] * (self._columns - len(self._row))
            self.grid += [list(row) for _ in range(min(self._repeated, room))]

    def _value(self) -> Any:
        kind = self._attributes.get("office:value-type", "")
        if kind in _NUMBERS:
            return float(self._attributes["office:value"])
        if kind == "boolean":
            return self._attributes.get("office:boolean-value") == "true"
        if kind == "date":
            return _date(self._attributes["office:date-value"])
        return "\n".join(self._paragraphs) or None


def _date(text: str) -> dt.date:
    return dt.date.fromisoformat(text[:10])
