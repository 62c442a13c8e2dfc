"""Read the tables that the recipe's section of house lists names."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from geo_service.campaign.finding_codes import make_finding
from geo_service.campaign.model import Finding
from geo_service.campaign.recipe import SectionEntry
from geo_service.campaign.records import Record, map_columns, read_records
from geo_service.campaign.values import cell_text, parse_integer
from geo_service.errors import GeoServiceError, SourceError
from geo_service.house_lists.columns import HEADERS, column_of, guess_columns
from geo_service.house_lists.list_rows import ListRow, list_rows
from geo_service.house_lists.recipe_entry import HouseListsEntry
from geo_service.house_lists.section_rows import DISTRICT, PRECINCT, STATION, with_sections
from geo_service.sources.base import ReadOptions, Table
from geo_service.sources.registry import read_table
from geo_service.sources.spreadsheet import find_header, read_sheet, table_of
from geo_service.sources.text_faults import without_text_faults

_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".ods"})
_OF_HOUSES = ("houses", "address", "first", "code")
_KAZAKH = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
#: Our columns of stations, by those of a list.
_STATION_COLUMNS: Mapping[str, str] = {
    "station_name": "name", "station_address": "address", "station_phone": "phone",
    "station_opens": "opens", "station_closes": "closes",
}  # fmt: skip


@dataclass(frozen=True)
class LoadedLists:
    """The tables of house lists.

    Parameters
    ----------
    rows
        What they say of houses, in their order.
    stations
        What they say of stations, as records of a section of stations; empty if they have no such columns.
    findings
        What was noticed on the way.
    """

    rows: Sequence[ListRow]
    stations: Sequence[Record]
    findings: Sequence[Finding]


def load_house_lists(entry: HouseListsEntry, folder: Path) -> LoadedLists:
    """Read the tables of house lists.

    Parameters
    ----------
    entry
        The section of the recipe.
    folder
        Of the recipe; paths count from it.

    Raises
    ------
    geo_service.errors.SourceError
        If a file cannot be read, a column that the recipe names is missing, or neither headers nor recipe
        tell the columns of precincts and houses.
    """
    rows: list[ListRow] = []
    stations: dict[str, dict[str, str]] = {}
    findings: list[Finding] = []
    for name, sheet in _sheets(entry):
        table, above = _table(folder / name, sheet, entry)
        columns = _columns(table, entry)
        if "precinct" not in columns:
            table = with_sections(table, above)
            columns = {**_columns_of_sections(table), **columns}
        table = without_text_faults(table, set(columns.values()))
        findings += table.findings
        has_houses = any(column in columns for column in _OF_HOUSES) or "street" in columns
        if "precinct" not in columns or not (has_houses or "station_name" in columns):
            raise _unknown_columns(table, columns)
        guessed = ", ".join(f"{ours} = {theirs}" for ours, theirs in columns.items())
        findings.append(make_finding("list_columns", file=table.name, columns=guessed))
        if has_houses:
            rows += list_rows(table, columns, entry.fill_down)
        _add_stations(stations, table, columns)
    return LoadedLists(rows, _station_records(stations), findings)


def _sheets(entry: HouseListsEntry) -> Iterator[tuple[str, str | None]]:
    for name in entry.all_files:
        yield name, entry.sheet
        if entry.stations_sheet is not None and Path(name).suffix.lower() in _WORKBOOKS:
            yield name, entry.stations_sheet


def _table(path: Path, sheet: str | None, entry: HouseListsEntry) -> tuple[Table, Sequence[str]]:
    """Return a table, and the texts of the rows above its header."""
    options = ReadOptions(sheet, None, entry.encoding)
    if path.suffix.lower() not in _WORKBOOKS:
        return read_table(path, options), ()
    if not path.is_file():
        raise SourceError(
            "There is no such file.",
            "Correct the path; it counts from the folder of the recipe.",
            file=os.fspath(path),
        )
    cells = read_sheet(path, options)
    named = set((entry.columns or {}).values())
    header = find_header(cells, lambda text: text in named or column_of(text) is not None)
    rows = (dict.fromkeys(filter(None, map(cell_text, row))) for row in cells.grid[:header])
    return table_of(cells, header), [" ".join(row) for row in rows]


def _columns_of_sections(table: Table) -> dict[str, str]:
    """Return the columns that headings were made into, as far as they say something."""
    made = {"precinct": PRECINCT, "station_name": STATION, "district": DISTRICT}
    positions = {ours: table.columns.index(name) for ours, name in made.items() if name in table.columns}
    return {
        ours: made[ours] for ours, position in positions.items() if any(row[position] for row in table.rows)
    }


def _columns(table: Table, entry: HouseListsEntry) -> dict[str, str]:
    """Return the table's columns by ours: as the recipe says, else as their headers do."""
    columns = guess_columns(table.columns)
    for ours, theirs in (entry.columns or {}).items():
        if theirs not in table.columns:
            raise SourceError(
                f'The column "{theirs}" is missing.',
                f'Correct "{ours}" in the columns of [house_lists]. '
                f"The file has the columns: {', '.join(table.columns) or 'none'}.",
                file=table.name,
                field=theirs,
            )
        columns = {known: name for known, name in columns.items() if name != theirs}
        columns[ours] = theirs
    return columns


def _unknown_columns(table: Table, columns: Mapping[str, str]) -> SourceError:
    lacking = "precinct" if "precinct" not in columns else "houses"
    instead = (
        "" if lacking == "houses" else ', or put a row "Участок № 12" above the streets of each precinct'
    )
    return SourceError(
        f"No header says which column holds the {lacking}.",
        f'Name it in [house_lists]: columns = {{ {lacking} = "…" }}{instead}. '
        f"The file has the columns: {', '.join(table.columns) or 'none'}; "
        f"ours are: {', '.join(HEADERS)}.",
        file=table.name,
    )


def _add_stations(known: dict[str, dict[str, str]], table: Table, columns: Mapping[str, str]) -> None:
    """Take what a table says of stations: the first row of a precinct that says something counts."""
    if "station_name" not in columns and "station_address" not in columns:
        return
    positions = {ours: table.columns.index(name) for ours, name in columns.items()}
    for values, item in zip(table.rows, table.items, strict=True):
        try:
            number = str(parse_integer(cell_text(values[positions["precinct"]]) or "", minimum=1))
        except GeoServiceError:
            continue  # told where the houses are read
        station = {"file": table.name, "item": item}
        for ours, column in _STATION_COLUMNS.items():
            text = cell_text(values[positions[ours]]) if ours in positions else None
            if text is not None:
                station[_in_language(column, text)] = text
        if "district" in positions and (district := cell_text(values[positions["district"]])):
            station["district"] = district
        hours = _hours(cell_text(values[positions["station_hours"]])) if "station_hours" in positions else {}
        if station.keys() - {"file", "item", "district"}:
            known.setdefault(number, {**hours, **station})


def _in_language(column: str, text: str) -> str:
    if column not in {"name", "address"}:
        return column
    return f"{column}_kk" if _KAZAKH & set(text) else f"{column}_ru"


def _hours(text: str | None) -> dict[str, str]:
    """Return opening and closing of ``07:00–20:00``; nothing of a text that is no such pair."""
    parts = [part.strip(" счдо") for part in (text or "").replace("–", "-").replace("—", "-").split("-")]
    return dict(zip(("opens", "closes"), parts, strict=True)) if len(parts) == 2 else {}  # noqa: PLR2004


def _station_records(stations: Mapping[str, Mapping[str, str]]) -> list[Record]:
    """Return stations as records of a section of stations."""
    if not stations:
        return []
    texts = ("name_ru", "name_kk", "address_ru", "address_kk", "phone", "opens", "closes")
    columns = ("precinct", *texts)
    rows = [(number, *(station.get(name) for name in texts)) for number, station in stations.items()]
    first = next(iter(stations.values()))
    table = Table(first["file"], columns, rows, [station["item"] for station in stations.values()])
    entry = SectionEntry(file=first["file"])
    return list(read_records(entry, table, map_columns(entry, table, known=columns, required=("precinct",))))
