"""The rows of a house list: whose precinct, which street, which houses, as the table says them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo_service.addresses.letters import skeleton
from geo_service.campaign.values import cell_text, parse_degrees, parse_integer
from geo_service.errors import GeoServiceError
from geo_service.house_lists.columns import column_of
from geo_service.sources.base import Table

_ONE_NUMBER = re.compile(r"[^\d]*?(\d{1,6})[^\d]*")
_WORDS = re.compile(r"[^\W\d_]+")
#: Words that may stand beside the number of a precinct.
_OF_PRECINCT = frozenset(
    skeleton(
        "избирательный участок участка уик учаске учаскесі сайлау дауыс беру референдум precinct "
        "номер no n но н референдума референдумы"
    ).split()
)


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of a house list.

    Parameters
    ----------
    file, item
        Where it stands, as findings call it.
    precinct
        Its precinct; None if the row has none that is understood.
    district, area, street, houses, code
        Texts as they are written, empty if there is none. ``houses`` holds side and block columns, too;
        without a ``street`` and an ``area`` it names the streets itself.
    lon, lat
        Position of the house, degrees; both None if the row has none.
    voters
        Number of voters, if the row has it.
    fault
        The text of a cell that cannot be read, with the name of the problem; None if all can.
    """

    file: str
    item: str
    precinct: int | None
    district: str = ""
    area: str = ""
    street: str = ""
    houses: str = ""
    code: str = ""
    lon: float | None = None
    lat: float | None = None
    voters: int | None = None
    fault: tuple[str, str] | None = None

    @property
    def place(self) -> str:
        """Microdistrict and street as they are written."""
        return ", ".join(part for part in (self.area, self.street) if part)


def list_rows(table: Table, columns: Mapping[str, str], fill_down: Sequence[str] = ()) -> Iterator[ListRow]:
    """Yield the rows of a table that say something of houses.

    Parameters
    ----------
    table
        The table.
    columns
        Its columns by ours; see `geo_service.house_lists.columns`.
    fill_down
        Our columns whose empty cells mean what stands above them.
    """
    positions = {ours: table.columns.index(name) for ours, name in columns.items()}
    above: dict[str, Any] = {}
    for values, item in zip(table.rows, table.items, strict=True):
        cells = {ours: values[position] for ours, position in positions.items()}
        for ours in fill_down:
            if ours in cells and cell_text(cells[ours]) is None:
                cells[ours] = above.get(ours)
            elif ours in cells:
                above[ours] = cells[ours]
        row = _row(table.name, item, cells)
        if row.place or row.houses or row.code:
            yield row


def _row(file: str, item: str, cells: Mapping[str, Any]) -> ListRow:
    texts = {ours: cell_text(value) or "" for ours, value in cells.items()}
    dated = next((ours for ours in ("houses", "first", "last", "address") if _is_date(cells.get(ours))), None)
    number = texts.get("precinct", "")
    row = ListRow(
        file,
        item,
        precinct_number(number),
        district=texts.get("district", ""),
        area=texts.get("area", ""),
        street=texts.get("street", ""),
        houses=_houses(texts, cells),
        code=texts.get("code", ""),
        voters=_parsed(texts.get("voters", ""), parse_integer),
        lon=_parsed(texts.get("lon", ""), parse_degrees),
        lat=_parsed(texts.get("lat", ""), parse_degrees),
    )
    if row.lon is None or row.lat is None:
        row = dataclasses.replace(row, lon=None, lat=None)
    if dated is not None:
        return dataclasses.replace(row, fault=("list_cell_is_date", texts[dated]))
    if row.precinct is None:
        return dataclasses.replace(row, fault=("list_precinct_unreadable", number))
    return row


def _houses(texts: Mapping[str, str], cells: Mapping[str, Any]) -> str:
    """Return what the columns of houses say together."""
    houses = _with_lines(cells.get("houses")) or texts.get("houses", "")
    if texts.get("block"):
        houses = _with_block(houses, texts["block"])
    first, last = texts.get("first", ""), texts.get("last", "")
    if first and last:
        houses = f"{houses}, {first}–{last}" if houses else f"{first}–{last}"
    elif first:
        houses = f"{houses}, {first}" if houses else first
    if texts.get("side"):
        houses = f"{houses} ({texts['side']})" if houses else texts["side"]
    address = _with_lines(cells.get("address"))
    return f"{address} {houses}".strip() if address else houses


def _with_block(houses: str, block: str) -> str:
    return f"{houses} корпус {block}" if block.isdigit() else f"{houses}{block}"


def _with_lines(value: Any) -> str:
    """Return a text with its line breaks, which separate what stands in a cell."""
    if not isinstance(value, str):
        return cell_text(value) or ""
    return "\n".join(line for line in (cell_text(part) for part in value.splitlines()) if line)


def _is_date(value: Any) -> bool:
    return isinstance(value, dt.date | dt.time)


def precinct_number(text: str) -> int | None:
    """Return the number of a precinct: ``12``, ``№ 12``, ``Участок № 12``."""
    if not text:
        return None
    try:
        return parse_integer(text, minimum=1)
    except GeoServiceError:
        pass
    match = _ONE_NUMBER.fullmatch(text)
    if match is None:
        return None
    words = {skeleton(word) for word in _WORDS.findall(text)}
    known = words <= _OF_PRECINCT or column_of(" ".join(_WORDS.findall(text))) == "precinct"
    return int(match[1]) or None if known else None


def _parsed(text: str, parse: Callable[[str], Any]) -> Any:
    try:
        return parse(text) if text else None
    except GeoServiceError:
        return None
