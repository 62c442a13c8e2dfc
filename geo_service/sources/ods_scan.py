"""The facts of the sheets of ODS, from the XML of all."""

from __future__ import annotations

import zipfile

from geo_service.sources.sheet_facts import SheetFacts, cell_name
from geo_service.sources.workbook_xml import Attributes, parse_xml


def ods_sheets(archive: zipfile.ZipFile, file: str) -> list[SheetFacts]:
    """Return the facts of the sheets of an ODS file.

    Parameters
    ----------
    archive
        The file, open.
    file
        Its name, for errors.
    """
    with archive.open("content.xml") as stream:
        document = _OdsDocument()
        starts = {"style:style": document.start_style, "style:table-properties": document.table_style,
                  "table:table": document.start_table, "table:table-row": document.start_row,
                  "table:table-cell": document.cell, "table:covered-table-cell": document.cell}  # fmt: skip
        parse_xml(stream, file, starts, {"table:table-row": document.end_row})
    return document.sheets


class _OdsDocument:
    """Reads the XML of all sheets of ODS."""

    def __init__(self) -> None:
        self.sheets: list[SheetFacts] = []
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._row = self._column = 0
        self._repeated = 1
        self._hidden = self._has_value = False

    def start_style(self, attributes: Attributes) -> None:
        self._style = attributes.get("style:name", "")

    def table_style(self, attributes: Attributes) -> None:
        if attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)

    def start_table(self, attributes: Attributes) -> None:
        hidden = attributes.get("table:style-name") in self._hidden_styles
        self.sheets.append(SheetFacts(attributes.get("table:name", ""), hidden, is_ods=True))
        self._row = 0

    def start_row(self, attributes: Attributes) -> None:
        self._column, self._has_value = 0, False
        self._repeated = int(attributes.get("table:number-rows-repeated", "1"))
        self._hidden = attributes.get("table:visibility", "visible") != "visible"

    def cell(self, attributes: Attributes) -> None:
        sheet = self.sheets[-1]
        repeated = int(attributes.get("table:number-columns-repeated", "1"))
        rows = int(attributes.get("table:number-rows-spanned", "1"))
        columns = int(attributes.get("table:number-columns-spanned", "1"))
        sheet.merge(self._row, self._column, self._row + rows - 1, self._column + columns - 1)
        has_value = "office:value-type" in attributes
        if has_value:
            self._has_value = True
            sheet.reach(self._row + self._repeated - 1, self._column + repeated - 1)
            if self._hidden:
                sheet.hidden_rows.add(self._row)
        if "table:formula" in attributes and not has_value and sheet.uncomputed is None:
            sheet.uncomputed = cell_name(self._row, self._column)
        self._column += repeated

    def end_row(self) -> None:
        self._row += self._repeated
