"""Read XLSX and ODS: a sheet is a layer, its header the first row that looks like one.

What spreadsheet programs hide from a reader of values is read as well: merged cells are filled, hidden rows
and sheets are told, and a formula without a result is refused. Values of XLSX come through
calamine.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from geo_service.campaign.finding_codes import make_finding
from geo_service.campaign.model import Finding
from geo_service.errors import SourceError
from geo_service.sources.base import ReadOptions, Table
from geo_service.sources.ods_cells import ods_cells
from geo_service.sources.sheet_facts import Range, SheetFacts, column_name
from geo_service.sources.workbook_scan import scan_workbook

#: Rows among which a header is looked for: titles, dates and signatures stand above it.
HEADER_WITHIN = 40
_TYPICAL_ROWS = 200
_SHORTEST_HEADER = 2


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet, merged ones filled.

    Parameters
    ----------
    name
        The file's name, with the sheet's in brackets if the file has several.
    grid
        Values by row and column; None where a cell is empty.
    own
        Number of cells of each row that have a value of their own: merged ones count once.
    merged
        Ranges of merged cells.
    findings
        What people should know of the sheet.
    """

    name: str
    grid: Sequence[Sequence[Any]]
    own: Sequence[int]
    merged: Sequence[Range]
    findings: tuple[Finding, ...]


def read_spreadsheet(path: Path, options: ReadOptions) -> Table:
    """Read a sheet of an XLSX or ODS file; see `read_sheet` and `table_of`."""
    sheet = read_sheet(path, options)
    return table_of(sheet, find_header(sheet))


def read_sheet(path: Path, options: ReadOptions) -> Sheet:
    """Read the cells of a sheet.

    Parameters
    ----------
    path
        The file.
    options
        ``layer`` is the sheet; without it the only one that is not hidden, or ``usual_layer``.

    Raises
    ------
    geo_service.errors.SourceError
        If this is no workbook or an unsafe one, the sheet does not exist or is not told among several, or a
        formula in it has no result or an error for one.
    """
    if options.encoding is not None:
        raise SourceError(
            "A workbook has no encoding to state.", 'Remove "encoding" from the section.', file=path.name
        )
    sheets = scan_workbook(path)
    facts = _chosen(sheets, options, path.name)
    if facts.uncomputed is not None:
        raise SourceError(
            f"The cell {facts.uncomputed} holds a formula, and the file does not hold its result.",
            "Open the file in a spreadsheet program, let it compute, and save it; or paste values only.",
            file=path.name,
            item=f"{facts.name}!{facts.uncomputed}",
        )
    if facts.failed is not None:
        raise SourceError(
            f"The cell {facts.failed} holds an error, such as #REF!, in place of a value.",
            "Correct it in a spreadsheet program, or clear the cell.",
            file=path.name,
            item=f"{facts.name}!{facts.failed}",
        )
    grid = [[_value(cell) for cell in row] for row in _cells(path, sheets, facts)]
    own = [sum(cell is not None for cell in row) for row in grid]
    filled = sum(_fill(grid, area) for area in facts.merged)
    name = path.name if len(sheets) == 1 else f"{path.name} [{facts.name}]"
    return Sheet(name, grid, own, facts.merged, tuple(_noticed(name, sheets, facts, filled)))


def table_of(sheet: Sheet, header: int) -> Table:
    """Return the records below a header row; rows without any value are none.

    Parameters
    ----------
    sheet
        The sheet.
    header
        Row of the header, from 0. Where it has merged cells, the row below it belongs to it.

    Returns
    -------
    Table
        Columns without header are called by their letters, empty ones are left out. Items are ``row N``, as
        the spreadsheet counts.

    Raises
    ------
    geo_service.errors.SourceError
        If the header names a column twice.
    """
    below = header + 1 + _has_second_row(sheet, header)
    width = max(map(len, sheet.grid), default=0)
    names = [_header_text(sheet.grid[header:below], column) for column in range(width)]
    rows = [(i, row) for i, row in enumerate(sheet.grid[below:], below) if any(v is not None for v in row)]
    findings = list(sheet.findings)
    if rows and _is_numbering(rows[0][1]):
        findings.append(make_finding("numbering_row", file=sheet.name, item=f"row {rows[0][0] + 1}"))
        rows = rows[1:]
    used = [c for c in range(width) if names[c] or any(_at(row, c) is not None for _, row in rows)]
    columns = [names[column] or column_name(column) for column in used]
    doubled = [name for name, count in Counter(columns).items() if count > 1]
    if doubled:
        raise SourceError(
            f'The header names the column "{doubled[0]}" twice.',
            "Rename one of them.",
            file=sheet.name,
            item=f"row {header + 1}",
        )
    return Table(
        sheet.name,
        tuple(columns),
        [tuple(_at(row, column) for column in used) for _, row in rows],
        [f"row {number + 1}" for number, _ in rows],
        findings=tuple(findings),
    )


def find_header(sheet: Sheet, is_known: Callable[[str], bool] | None = None) -> int:
    """Return the row of the header, from 0.

    Parameters
    ----------
    sheet
        The sheet.
    is_known
        Tells a text that names a column. The row with the most of them is the header, if it has two or more.
        Otherwise it is the first row of words that fills half as many cells as the fullest row.

    Raises
    ------
    geo_service.errors.SourceError
        If no row looks like one.
    """
    rows = range(min(len(sheet.grid), HEADER_WITHIN))
    if is_known is not None:
        known = [sum(isinstance(v, str) and is_known(v) for v in set(sheet.grid[row])) for row in rows]
        if known and max(known) >= _SHORTEST_HEADER:
            return known.index(max(known))
    fullest = max(sheet.own[:_TYPICAL_ROWS], default=0)
    for row in rows:
        if 2 * sheet.own[row] >= fullest and sheet.own[row] and all(map(_is_words, sheet.grid[row])):
            return row
    raise SourceError(
        f"No row among the first {HEADER_WITHIN} looks like a header.",
        "Name the columns in a row of their own above the list.",
        file=sheet.name,
    )


def _chosen(sheets: Sequence[SheetFacts], options: ReadOptions, file: str) -> SheetFacts:
    names = [sheet.name for sheet in sheets]
    if options.layer is not None:
        if options.layer not in names:
            raise SourceError(
                f'The file has no sheet "{options.layer}"; it has: {", ".join(names) or "none"}.',
                "Correct the name of the sheet in the section.",
                file=file,
                field="layer",
            )
        return sheets[names.index(options.layer)]
    filled = [sheet for sheet in sheets if not sheet.is_hidden and sheet.rows]
    usual = [sheet for sheet in filled if sheet.name == options.usual_layer]
    if len(usual) == 1:
        return usual[0]
    if len(filled) != 1:
        raise SourceError(
            f"The file has {len(filled)} sheets with values: "
            f"{', '.join(sheet.name for sheet in filled) or 'none'}.",
            'Say in the section which one to read: sheet = "…" in [house_lists], layer = "…" elsewhere.',
            file=file,
        )
    return filled[0]


def _cells(path: Path, sheets: Sequence[SheetFacts], facts: SheetFacts) -> list[list[Any]]:
    position, file = sheets.index(facts), path.name
    try:
        if facts.is_ods:
            return ods_cells(path, position, rows=facts.rows, columns=facts.columns)
        with CalamineWorkbook.from_path(str(path)) as workbook:
            sheet = workbook.get_sheet_by_index(position)
            return sheet.to_python(skip_empty_area=False)  # type: ignore[no-any-return]
    except (CalamineError, OSError, LookupError, OverflowError, ValueError) as error:
        reason = str(error)
    except BaseException as error:
        # A fault in calamine's own code comes as pyo3's PanicException, which derives from BaseException.
        if type(error).__name__ != "PanicException":
            raise
        reason = "damaged inside"
    raise SourceError(
        f"The file cannot be read as a workbook ({reason[:120]}).",
        "Open it in a spreadsheet program and save it again as .xlsx or .ods.",
        file=file,
    )


def _value(cell: Any) -> Any:
    if isinstance(cell, str):
        return " ".join(cell.split(" ")).strip() or None
    if isinstance(cell, dt.timedelta):
        return str(cell)
    return cell


def _fill(grid: list[list[Any]], area: Range) -> int:
    """Fill merged cells with the value of the first one; return how many were filled."""
    first_row, first_column, last_row, last_column = area
    if first_row >= len(grid) or first_column >= len(grid[first_row]):
        return 0
    value = grid[first_row][first_column]
    if value is None:
        return 0
    filled = 0
    for row in grid[first_row : last_row + 1]:
        for column in range(first_column, min(last_column + 1, len(row))):
            filled += row[column] is not value
            row[column] = value
    return filled


def _noticed(file: str, sheets: Sequence[SheetFacts], facts: SheetFacts, filled: int) -> Iterator[Finding]:
    if filled:
        yield make_finding("cells_merged", file=file, count=filled)
    if facts.hidden_rows:
        first = f"row {min(facts.hidden_rows) + 1}"
        yield make_finding("rows_hidden", file=file, item=first, count=len(facts.hidden_rows))
    hidden = [sheet.name for sheet in sheets if sheet.is_hidden and sheet.rows and sheet is not facts]
    if hidden:
        yield make_finding("sheets_hidden", file=file, names=", ".join(hidden))


def _has_second_row(sheet: Sheet, header: int) -> bool:
    """Return whether a header has two rows: one of its cells spans several columns above others."""
    spans = [area for area in sheet.merged if area[0] == header and area[3] > area[1]]
    has_row = header + 1 < len(sheet.grid) and all(map(_is_words, sheet.grid[header + 1]))
    return bool(spans) and has_row


def _header_text(rows: Sequence[Sequence[Any]], column: int) -> str:
    parts = [" ".join(str(value).split()) for row in rows if (value := _at(row, column)) is not None]
    return " / ".join(dict.fromkeys(parts))


def _is_numbering(row: Sequence[Any]) -> bool:
    """Return whether a row numbers the columns, as official tables do below their header."""
    numbers = [str(value).removesuffix(".0") for value in row if value is not None]
    return len(numbers) > _SHORTEST_HEADER and numbers == [str(i) for i in range(1, len(numbers) + 1)]


def _is_words(value: Any) -> bool:
    return value in (None, "№") or (isinstance(value, str) and any(map(str.isalpha, value)))


def _at(row: Sequence[Any], column: int) -> Any:
    return row[column] if column < len(row) else None
