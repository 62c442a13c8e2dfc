"""What a sheet of a workbook is like beside its values, and what people call its cells."""

from __future__ import annotations

from dataclasses import dataclass, field

#: First row, first column, last row, last column, counted from 0.
Range = tuple[int, int, int, int]


@dataclass
class SheetFacts:
    """What a sheet is like beside its values; rows and columns count from 0.

    Parameters
    ----------
    name
        Of the sheet.
    is_hidden
        Whether the program that shows it hides the whole sheet.
    merged
        Ranges of cells that are shown as one.
    hidden_rows
        Rows with a value that are hidden or filtered out.
    rows, columns
        How far the cells with a value reach.
    uncomputed
        The first cell with a formula whose result the file does not hold, e.g. ``B7``.
    failed
        The first cell with an error in place of a value, such as ``#REF!``.
    is_ods
        Whether the file is ODS.
    """

    name: str
    is_hidden: bool = False
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    rows: int = 0
    columns: int = 0
    uncomputed: str | None = None
    failed: str | None = None
    is_ods: bool = False

    def reach(self, row: int, column: int) -> None:
        """Note that there is a value in a cell."""
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)

    def merge(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        """Note that cells are merged; what reaches beyond any sheet is cut off there."""
        if last_row > first_row or last_column > first_column:
            self.merged.append((first_row, first_column, last_row, last_column))


def cell_name(row: int, column: int) -> str:
    """Return what people call a cell, e.g. ``B7``; row and column count from 0."""
    return f"{column_name(column)}{row + 1}"


def column_name(column: int) -> str:
    """Return the letters of a column that counts from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
