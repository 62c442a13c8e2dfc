"""Write the findings sheet: each cell of the lists with its outcome, for a clerk to correct and give back."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from geo_service.campaign.model import Campaign, House, Place
from geo_service.errors import StoreError
from geo_service.house_lists.applying import AppliedLists
from geo_service.house_lists.claims import Verdict
from geo_service.house_lists.corrections import COLUMNS, SHEET, shown_item
from geo_service.house_lists.listed_cells import ListedCell
from geo_service.house_lists.noticed import numbers_text, term_text
from geo_service.place_labels import PlaceLabels

#: The sheet of houses without a precinct.
UNLISTED = "Учаскесіз – Без участка – None"
_HEADER = ("file", "item", "precinct", "street", "houses", "outcome", "remark", "candidates",
           "right_street", "right_houses", "decision")  # fmt: skip
_WIDTHS = (24, 10, 10, 34, 34, 18, 52, 52, 30, 24, 18)
_OUTCOME, _REMARK = "Нәтиже / Итог / Outcome", "Ескерту / Замечание / Remark"
_COLOURS = {
    "matched": "D9EAD3", "remark": "FFF2CC", "ambiguous": "FCE5CD", "missing": "F4CCCC",
    "not_understood": "F4CCCC", "in_two": "F4CCCC", "left_out": "E0E0E0",
}  # fmt: skip
#: Outcomes as the sheet calls them, in three languages.
OUTCOMES = {
    "matched": "табылды / найдено / matched",
    "remark": "тексеріңіз / проверьте / check",
    "ambiguous": "бірнеше нұсқа / неоднозначно / ambiguous",
    "missing": "картада жоқ / нет на карте / missing",
    "not_understood": "түсініксіз / не понято / not understood",
    "in_two": "екі учаскеде / в двух участках / in two precincts",
    "left_out": "есепке алынбайды / исключено / left out",
}
_MOST_CANDIDATES = 8
#: Rows of matched cells without remark are left out beyond this: nobody corrects them.
_MOST_PLAIN = 20_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_sheet(path: Path, applied: AppliedLists, campaign: Campaign) -> None:
    """Write the findings sheet of house lists.

    Parameters
    ----------
    path
        An XLSX file; an existing one is replaced once the new one is complete.
    applied
        What the lists came to.
    campaign
        As it was built: its places are named in the sheet.

    Raises
    ------
    geo_service.errors.StoreError
        If the file cannot be written.
    """
    book = Workbook(write_only=True)
    labels = PlaceLabels(campaign)
    _write_cells(book.create_sheet(SHEET), applied, labels)
    _write_unlisted(book.create_sheet(UNLISTED), campaign, labels)
    try:
        handle, aside = tempfile.mkstemp(suffix=".xlsx", dir=path.parent)
        os.close(handle)
        book.save(aside)
        Path(aside).replace(path)
    except OSError as error:
        raise StoreError(
            f"The findings sheet cannot be written ({error.strerror}).",
            'Close it if it is open, and check "findings" in [house_lists].',
            file=str(path),
        ) from error


def _write_cells(sheet: Any, applied: AppliedLists, labels: PlaceLabels) -> None:
    names = {**COLUMNS, "outcome": _OUTCOME, "remark": _REMARK}
    _begin(sheet, [names[column] for column in _HEADER], _WIDTHS)
    disputes = _disputes(applied.verdict, applied.cells)
    plain = 0
    for position, cell in enumerate(applied.cells):
        outcome, remark = _outcome(cell, disputes.get(position), labels)
        if outcome == "matched":
            plain += 1
            if plain > _MOST_PLAIN:
                continue
        row = cell.row
        decided = _decided(cell)
        offered = cell.candidates if cell.place is None else (cell.place,) if decided[2] == "1" else ()
        candidates = "\n".join(_candidates(offered, labels))
        said = (OUTCOMES[outcome], remark, candidates)
        values = (row.file, shown_item(row.item), row.precinct, *cell.written, *said, *decided)
        cells = [_cell(sheet, value) for value in values]
        cells[_HEADER.index("outcome")].fill = PatternFill("solid", start_color=_COLOURS[outcome])
        sheet.append(cells)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_HEADER))}{max(2, len(applied.cells) + 1)}"


def _decided(cell: ListedCell) -> tuple[str, str, str]:
    """Return what the clerk wrote before: the new sheet can be given back in place of the old one."""
    directions = cell.directions
    if directions is None:
        return "", "", ""
    decision = "нет" if directions.leave_out else "да" if directions.accept else ""
    if directions.place is not None and cell.place is not None and directions.place == cell.place.id:
        decision = "1"
    return directions.street, directions.houses, decision


def _write_unlisted(sheet: Any, campaign: Campaign, labels: PlaceLabels) -> None:
    """Write the houses that no list gives a precinct, a street a row."""
    _begin(sheet, [COLUMNS["street"], COLUMNS["houses"], "Саны / Количество / Count"], (60, 90, 12))
    places = {place.id: place for place in campaign.places}
    of_place: dict[int, list[House]] = {}
    for house in campaign.houses:
        if house.precinct is None:
            of_place.setdefault(house.place, []).append(house)
    for place, houses in of_place.items():
        label = labels.label(places[place], None, None, "ru")
        sheet.append([_cell(sheet, label), _cell(sheet, _all(houses)), _cell(sheet, len(houses))])


def _all(houses: Sequence[House]) -> str:
    return numbers_text(house.number for house in houses)


def _begin(sheet: Any, header: Iterable[str], widths: Sequence[int]) -> None:
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    cells = []
    for name in header:
        cell = WriteOnlyCell(sheet, name)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cells.append(cell)
    sheet.append(cells)


def _cell(sheet: Any, value: Any) -> Any:
    """Return a cell that holds a value as it is: no text of a list ever becomes a formula."""
    text = f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
    cell = WriteOnlyCell(sheet, text)
    if isinstance(text, str):
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _disputes(verdict: Verdict, cells: Sequence[ListedCell]) -> dict[int, str]:
    """Return what contradicts each cell, by its position."""
    found: dict[int, list[str]] = {}
    for contradiction in verdict.contradictions:
        numbers = numbers_text(number for _, number, _ in contradiction.houses)
        for position in contradiction.cells:
            others = ", ".join(
                f"№ {cells[other].row.precinct} ({_where(cells[other], cells[position])})"
                for other in contradiction.cells
                if other != position
            )
            found.setdefault(position, []).append(f"{numbers}: {others}")
    return {position: "; ".join(words) for position, words in found.items()}


def _where(cell: ListedCell, other: ListedCell) -> str:
    item = str(shown_item(cell.row.item))
    return item if cell.row.file == other.row.file else f"{cell.row.file}: {item}"


def _outcome(cell: ListedCell, dispute: str | None, labels: PlaceLabels) -> tuple[str, str]:
    """Return the outcome and the remark of a cell, as the sheet shows them."""
    if cell.outcome != "matched" or cell.place is None:
        return cell.outcome, cell.unclear
    remarks = [dispute] if dispute else []
    if cell.agreement != "named" or cell.evidence in {"houses", "surroundings"}:
        remarks.append(f"→ {labels.label(cell.place, None, None, 'ru')}")
    if cell.caught.missing:
        remarks.append(f"{OUTCOMES['missing']}: {numbers_text(cell.caught.missing)}")
    remarks += [f"∅ {term_text(term)}" for term in cell.caught.empty]
    outcome = "in_two" if dispute else "remark" if remarks else "matched"
    return outcome, "\n".join(remarks)


def _candidates(places: Sequence[Place], labels: PlaceLabels) -> Iterable[str]:
    for number, place in enumerate(places[:_MOST_CANDIDATES], 1):
        yield f"{number}) {labels.label(place, None, None, 'ru')} [{place.id}]"
