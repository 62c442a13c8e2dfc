"""Lists without a column of precincts: a row ``Избирательный участок № 12`` stands above the streets of each.

A heading that cannot be read must not leave the rows below it to the precinct before: whatever speaks of a
precinct and a number begins a section, and if its number is in doubt, its rows have none.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from geo_service.addresses.letters import skeleton
from geo_service.campaign.values import cell_text
from geo_service.house_lists.list_rows import precinct_number
from geo_service.sources.base import Table

#: What the columns are called that headings are made into.
PRECINCT, STATION, DISTRICT = "«Участок № …»", "«Центр: …»", "«… район»"

_SHORTEST_WORD = 3
_WORDS = re.compile(r"[^\W\d_]+")
_OF_PRECINCT = frozenset(
    skeleton("участок участка участки уик учаскелері учаске учаскесі учаскесінің precinct").split(),
)
_BORDERS = re.compile(r"^(?:в\s+)?границ\w+\s+(?=\D*\d)", re.IGNORECASE)
_MORE = re.compile(r"(?:[.,;:]\s+|\s+[-–—]\s+|\s*\()(?=[^\W\d_]{3})")
_STATION = re.compile(
    r"(?:центр(?:\s+\w+){0,2}|место\s*(?:рас)?(?:по|на)\w+|орталығы|учаске\s+орталығы)\s*[:–—-]\s*(?=\S)",
    re.IGNORECASE,
)
_DISTRICT = re.compile(r"(\w[\w-]+\s+(?:район|ауданы))(?:\s+(?:г\.|города?)\s*\w+)?\s*:?", re.IGNORECASE)
_NO_STREET = re.compile(
    r"(?:итого|всего)\b.*|(?:в\s+)?границ\w+(?:\s+домов|\s+(?:избирательного\s+)?участка)?\s*:?|шекаралары\s*:?",
    re.IGNORECASE,
)


def begins_section(text: str) -> bool:
    """Return whether a text is a heading that speaks of a precinct and its number."""
    words = {skeleton(word) for word in _WORDS.findall(text)}
    return bool(words & _OF_PRECINCT) and any(map(str.isdigit, text))


def with_sections(table: Table, above: Sequence[str] = ()) -> Table:
    """Return a table whose headings of precincts are columns; the same one if it has no such headings.

    Parameters
    ----------
    table
        A list without a column of precincts.
    above
        Texts of the rows above its header, where the heading of the first section may stand.

    Returns
    -------
    Table
        With the columns `PRECINCT`, `STATION` by rows such as ``Центр: школа № 14``, and `DISTRICT` by rows
        such as ``Алатауский район``. A heading without a readable number stands in the column as it is. Rows
        of totals, markers of borders and repeated headers are left out.
    """
    district = next((found for text in reversed(above) if (found := _district([text]))), "")
    sections = [_Section(district=district)]
    headings = [text for text in above if begins_section(text)]
    if headings:
        heading = _heading(headings) if len(headings) == 1 else _Section("; ".join(headings))
        sections.append(dataclasses.replace(heading, district=district))
    for row in zip(table.rows, table.items, strict=True):
        texts = _texts(row[0])
        centre = _station(texts)
        if texts and begins_section(_heading_text(texts)):
            sections.append(dataclasses.replace(_heading(texts), row=row, district=district))
        elif named := _district(texts):
            # The rows after it belong to a precinct of that district, whose heading is still to come.
            district = named
            sections.append(_Section(district=district))
        elif centre:
            sections[-1].station = centre
        elif not _is_furniture(texts, table.columns):
            sections[-1].rows.append(row)
    if not any(section.precinct for section in sections):
        return table
    rows = [((*values, section.precinct, section.station, section.district), item)
            for section in sections for values, item in section.told_rows()]  # fmt: skip
    return dataclasses.replace(
        table,
        columns=(*table.columns, PRECINCT, STATION, DISTRICT),
        rows=[values for values, _ in rows],
        items=[item for _, item in rows],
    )


@dataclass
class _Section:
    """A heading and the rows below it; the first of a list are those without a heading."""

    precinct: str = ""
    station: str = ""
    district: str = ""
    row: tuple[tuple[Any, ...], str] | None = None
    rows: list[tuple[tuple[Any, ...], str]] = field(default_factory=list)

    def told_rows(self) -> Sequence[tuple[tuple[Any, ...], str]]:
        """Return the rows; of a section without any its heading, lest it be lost.

        With a station the heading says no more than that: a hospital's list has no streets. Without one it
        stays as it is written, and is told as a street without houses.
        """
        if self.rows or self.row is None:
            return self.rows
        values, item = self.row
        return [(tuple(None for _ in values) if self.station else values, item)]


def _texts(values: Sequence[Any]) -> list[str]:
    """Return what a row says, merged cells once, without a number of the row before it."""
    texts = list(dict.fromkeys(text for value in values if (text := cell_text(value))))
    return texts[1:] if len(texts) > 1 and texts[0].isdecimal() and begins_section(texts[1]) else texts


def _station(texts: Sequence[str]) -> str:
    """Return what a row such as ``Центр: школа № 14`` says; empty if it is no such row."""
    joined = " ".join(texts)
    centre = _STATION.match(joined)
    is_own_row = centre is not None and (len(texts) == 1 or centre.end() >= len(texts[0]))
    return joined[centre.end() :] if centre is not None and is_own_row else ""


def _district(texts: Sequence[str]) -> str:
    """Return the district that a row names; empty if it names none, or more than that."""
    found = _DISTRICT.fullmatch(texts[0]) if len(texts) == 1 else None
    return found[1] if found else ""


def _heading_text(texts: Sequence[str]) -> str:
    """Return the cell that may be a heading; with the next one if its number stands there."""
    return " ".join(texts[:2]) if not any(map(str.isdigit, texts[0])) else texts[0]


def _heading(texts: Sequence[str]) -> _Section:
    """Return a section with the number of its heading, or all its text if that is in doubt."""
    joined = " ".join(texts)
    number = precinct_number(_BORDERS.sub("", joined))
    if number is not None:
        return _Section(str(number))
    head, *rest = _MORE.split(_BORDERS.sub("", texts[0]), maxsplit=1)
    others = [*rest, *texts[1:]]
    number = precinct_number(head) if begins_section(head) else None
    if number is None or not all(map(_has_word, others)):
        return _Section(joined)
    return _Section(str(number), _STATION.sub("", ", ".join(others).strip(" )"), count=1))


def _has_word(text: str) -> bool:
    return any(len(word) >= _SHORTEST_WORD for word in _WORDS.findall(text))


def _is_furniture(texts: Sequence[str], columns: Sequence[str]) -> bool:
    if len(texts) == 1:
        return _NO_STREET.fullmatch(texts[0]) is not None
    return bool(texts) and set(texts) <= set(columns)
