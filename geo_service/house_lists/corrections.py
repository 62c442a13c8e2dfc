"""What a clerk decided in a findings sheet that was given back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from geo_service.campaign.finding_codes import make_finding
from geo_service.campaign.model import Finding
from geo_service.campaign.values import cell_text
from geo_service.errors import SourceError
from geo_service.house_lists.list_rows import ListRow
from geo_service.house_lists.listed_cells import Directions
from geo_service.sources.base import ReadOptions
from geo_service.sources.spreadsheet import read_sheet, table_of

#: The columns of a findings sheet that a build reads again, by what they hold. Each is named in three
#: languages, so that whoever fills it in can read it.
COLUMNS: Mapping[str, str] = {
    "file": "Файл / File",
    "item": "Жол / Строка / Row",
    "precinct": "Учаске / Участок / Precinct",
    "street": "Көше / Улица / Street",
    "houses": "Үйлер / Дома / Houses",
    "candidates": "Нұсқалар / Варианты / Candidates",
    "right_street": "→ Дұрыс көше / Верная улица / Right street",
    "right_houses": "→ Дұрыс үйлер / Верные дома / Right houses",
    "decision": "→ Шешім / Решение / Decision",
}
#: The sheet of cells in a findings file.
SHEET = "Тізім – Список – List"

_OPTION = re.compile(r"(\d+)\) [^\n]*?\[(\d+)\]")
_ACCEPT = frozenset({"да", "верно", "иә", "дұрыс", "yes", "ok", "+"})
_LEAVE_OUT = frozenset({"нет", "пропустить", "исключить", "жоқ", "өткізу", "no", "skip", "leave out", "-"})

#: File, item, street and houses as the list has them.
CellKey = tuple[str, str, str, str]


class Corrections:
    """What a clerk decided, by cell.

    Parameters
    ----------
    directions
        By file, item, street and houses as the list has them.
    items
        Where each stands in the sheet, and the name of its file, for what fits no cell any more.
    """

    def __init__(
        self,
        directions: Mapping[CellKey, Directions] | None = None,
        items: Mapping[CellKey, tuple[str, str]] | None = None,
    ) -> None:
        self._directions = directions or {}
        self._items = items or {}
        self._used: set[CellKey] = set()

    def of(self, row: ListRow, street: str, houses: str) -> Directions | None:
        """Return what was decided of a cell; None if nothing was."""
        if not self._directions:
            return None
        key = cell_key(row.file, row.item, street, houses)
        found = self._directions.get(key)
        if found is not None:
            self._used.add(key)
        return found

    def unused(self) -> Iterator[Finding]:
        """Yield what fits no cell of the lists: the list was changed since the sheet was written."""
        for key in self._directions.keys() - self._used:
            file, item = self._items[key]
            yield make_finding(
                "list_correction_unused", file=file, item=item, text=f"{key[2]}: {key[3]}"[:80]
            )
        if self._used:
            file = self._items[next(iter(self._used))][0]
            yield make_finding("list_corrections_applied", file=file, count=len(self._used))


def cell_key(file: str, item: str, street: str, houses: str) -> CellKey:
    """Return what a cell is recognised by; spaces do not count."""
    return file, item, " ".join(street.split()), " ".join(houses.split())


def read_corrections(path: Path) -> Corrections:
    """Return what stands in a findings sheet that was filled in.

    Parameters
    ----------
    path
        An XLSX or ODS file with the columns of `COLUMNS`.

    Raises
    ------
    geo_service.errors.SourceError
        If it is no such sheet, or a decision in it is not understood.
    """
    if not path.is_file():
        raise SourceError("There is no such file.", 'Correct "corrections" in [house_lists].', file=str(path))
    table = table_of(read_sheet(path, ReadOptions(None, SHEET)), 0)
    lacking = [name for name in COLUMNS.values() if name not in table.columns]
    if lacking:
        raise SourceError(
            f'The column "{lacking[0]}" is missing: this is no findings sheet.',
            "Give back the sheet that the build wrote, with its first row as it was.",
            file=path.name,
            field=lacking[0],
        )
    positions = {ours: table.columns.index(name) for ours, name in COLUMNS.items()}
    directions: dict[CellKey, Directions] = {}
    items: dict[CellKey, tuple[str, str]] = {}
    for values, item in zip(table.rows, table.items, strict=True):
        texts = {ours: _text(values[position]) for ours, position in positions.items()}
        if not any(texts[ours] for ours in ("right_street", "right_houses", "decision")):
            continue
        key = cell_key(texts["file"], _item(texts["item"]), texts["street"], texts["houses"])
        directions[key] = _directions(texts, path.name, item)
        items[key] = (path.name, item)
    return Corrections(directions, items)


def shown_item(item: str) -> str | int:
    """Return what the sheet calls a row: its number."""
    number = item.removeprefix("row ")
    return int(number) if number.isdecimal() else item


def _item(shown: str) -> str:
    return f"row {shown}" if shown.isdecimal() else shown


def _text(value: object) -> str:
    # A text that began like a formula was written with an apostrophe before it.
    return (cell_text(value) or "").removeprefix("'")


def _directions(texts: Mapping[str, str], file: str, item: str) -> Directions:
    decision = texts["decision"].casefold()
    street, houses = texts["right_street"], texts["right_houses"]
    if decision in _LEAVE_OUT:
        return Directions(leave_out=True)
    if not decision or decision in _ACCEPT:
        return Directions(None, street, houses, accept=bool(decision) or bool(street))
    options = {number: int(place) for number, place in _OPTION.findall(texts["candidates"])}
    if decision.rstrip(")") in options:
        return Directions(options[decision.rstrip(")")], street, houses)
    raise SourceError(
        f'The decision "{decision[:40]}" is not understood.',
        f"Write the number of a candidate ({', '.join(options) or 'there is none'}), yes or no, "
        "or the right street and houses in their columns.",
        file=file,
        item=item,
        field=COLUMNS["decision"],
    )
