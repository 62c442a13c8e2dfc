"""The quality report as a workbook (XLSX), for those who mend the data."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from geo_service.campaign.model import Language
from geo_service.errors import StoreError
from geo_service.quality.view import Group, ReportView, Row
from geo_service.translations import text

_COLUMNS = (
    "severity", "code", "text", "advice", "precinct", "where", "size", "lat", "lon", "file", "item", "field",
)  # fmt: skip
_WIDTHS = {"text": 70, "advice": 60, "where": 36, "code": 26, "severity": 16, "measure": 52, "reason": 60}
_USUAL_WIDTH = 14


def write_sheet(path: str | os.PathLike[str], view: ReportView, language: Language) -> None:
    """Write a workbook with the measures, the findings and those that are accepted.

    Parameters
    ----------
    path
        The file to write.
    view
        The report in the same language.
    language
        Of the heads.

    Raises
    ------
    geo_service.errors.StoreError
        If the file cannot be written.
    """
    workbook = Workbook()
    measures = [(item.label, item.share, item.figures, item.colour) for item in view.measures]
    summary = workbook.worksheets[0]
    summary.title = text("quality.measures", language)
    _append(summary, [view.verdict])
    _table(summary, _heads(("measure", "share", "figures", "light"), language), measures)
    for line in view.counts:
        _append(summary, [line])
    findings = workbook.create_sheet(text("quality.findings", language))
    _table(findings, _heads(_COLUMNS, language), _rows(view.groups, language))
    if view.accepted:
        accepted = workbook.create_sheet(text("quality.accepted_sheet", language))
        heads = _heads((*_COLUMNS, "reason"), language)
        _table(accepted, heads, _rows(view.accepted, language, with_reason=True))
    try:
        workbook.save(Path(path))
    except OSError as error:
        raise StoreError(
            f"The workbook cannot be written ({error.strerror}).",
            "Name a file in a folder that you may write to, and close it in other programs.",
            file=str(path),
        ) from error


def _heads(columns: Sequence[str], language: Language) -> dict[str, int]:
    """Return the heads of columns with their widths."""
    return {text(f"column.{name}", language): _WIDTHS.get(name, _USUAL_WIDTH) for name in columns}


def _table(sheet: Worksheet, heads: Mapping[str, int], rows: Iterable[Sequence[Any]]) -> None:
    _append(sheet, list(heads))
    top = sheet.max_row
    for position, width in enumerate(heads.values(), 1):
        sheet.cell(top, position).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(position)].width = width
    for row in rows:
        _append(sheet, row)
    if top == 1:
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = sheet.dimensions


def _append(sheet: Worksheet, values: Sequence[Any]) -> None:
    sheet.append(list(values))
    for cell in sheet[sheet.max_row]:
        if isinstance(cell.value, str):
            # What stands in the data is text, also where it begins like a formula.
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _rows(
    groups: Iterable[Group], language: Language, *, with_reason: bool = False
) -> Iterable[tuple[Any, ...]]:
    for group in groups:
        severity = text(f"rank.{group.severity}", language)
        for row in group.rows:
            values = (severity, group.code, row.text, group.advice, *_facts(row))
            yield (*values, row.accepted) if with_reason else values


def _facts(row: Row) -> tuple[Any, ...]:
    lon, lat = row.position or (None, None)
    finding = row.finding
    return finding.precinct, row.where, row.size, lat, lon, finding.file, finding.item, finding.field
