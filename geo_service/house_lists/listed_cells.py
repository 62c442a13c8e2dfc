"""The cells of a house list: a street with houses in a row, and what it came to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from geo_service.campaign.model import Place
from geo_service.house_lists.house_cell import read_house_cell
from geo_service.house_lists.house_terms import NOTHING, Caught, HouseCell
from geo_service.house_lists.list_rows import ListRow

Outcome = Literal["matched", "ambiguous", "missing", "not_understood", "left_out"]
#: How a street was found: ``named`` as the campaign spells it, in another ``spelling`` of the same letters or
#: another case, by an ``old_name``, with a typing error ``corrected``, under another kind word, or only by a
#: part of its name, which nothing but a person decides.
Agreement = Literal["named", "spelling", "old_name", "corrected", "other_kind", "part"]
#: What decided between several streets: houses that only one of them has, where the precinct's polygon or its
#: other houses are, or the clerk.
Evidence = Literal["houses", "surroundings", "clerk"]
#: A street with its houses: microdistrict, street, houses.
Part = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Directions:
    """What the clerk decided of a cell.

    Parameters
    ----------
    place
        Id of the street that is meant.
    street, houses
        What should have been written; empty where that is right.
    leave_out
        Whether nothing of the cell counts.
    accept
        Whether it is right as the program proposes.
    """

    place: int | None = None
    street: str = ""
    houses: str = ""
    leave_out: bool = False
    accept: bool = False


@dataclass(frozen=True)
class ListedCell:
    """A street with houses in a row of the list, and what it came to.

    Parameters
    ----------
    row
        The row.
    area, street, houses
        As they are written, or as the clerk corrected them.
    written
        Street and houses as the list has them.
    says
        What the houses say; None if they are not understood.
    directions
        What the clerk decided; None if nothing.
    outcome
        ``matched``: the houses are the precinct's. ``ambiguous``: several streets may be meant, or the one
        that is found is doubtful. ``missing``: the campaign has no such street. ``not_understood``.
        ``left_out``: the clerk decided so.
    fault
        Of what is not matched: the code of its finding.
    unclear
        The words that are not understood.
    place, agreement, evidence
        The street, how it was found, and what decided between several.
    caught
        The houses that are meant.
    candidates
        Streets to choose from.
    """

    row: ListRow
    area: str
    street: str
    houses: str
    written: tuple[str, str] = ("", "")
    says: HouseCell | None = None
    directions: Directions | None = None
    outcome: Outcome = "not_understood"
    fault: str | None = None
    unclear: str = ""
    place: Place | None = None
    agreement: Agreement = "named"
    evidence: Evidence | None = None
    caught: Caught = NOTHING
    candidates: tuple[Place, ...] = ()

    @property
    def street_text(self) -> str:
        """Microdistrict and street."""
        return ", ".join(part for part in (self.area, self.street) if part)


class CellReader:
    """Reads the cells of rows. The same text is read once.

    Parameters
    ----------
    split
        Splits a text that names streets and houses together; None if it cannot.
    directed
        What the clerk decided, by row, street and houses as they are written.
    """

    def __init__(
        self,
        split: Callable[[str], Sequence[Part] | None],
        directed: Callable[[ListRow, str, str], Directions | None],
    ) -> None:
        self._split, self._directed = split, directed
        self._read: dict[str, HouseCell] = {}

    def read(self, rows: Iterable[ListRow]) -> list[ListedCell]:
        """Return the cells of rows in their order, with what their houses say; no street is looked up."""
        return [self._with_houses(cell) for row in rows for cell in self._cells(row)]

    def _cells(self, row: ListRow) -> Iterator[ListedCell]:
        """Yield the streets with houses of a row."""
        if row.fault is not None:
            code, text = row.fault
            yield ListedCell(
                row, row.area, row.street, row.houses, (row.place, row.houses), fault=code, unclear=text
            )
            return
        parts = self._parts(row)
        if parts is None:
            yield from self._divided_by_clerk(row)
            return
        for area, street, houses in parts:
            place = ", ".join(part for part in (area, street) if part)
            yield ListedCell(row, area, street, houses, (place, houses))

    def _divided_by_clerk(self, row: ListRow) -> Iterator[ListedCell]:
        """Yield the streets that the clerk wrote instead of a cell that cannot be divided."""
        written = ("", row.houses)
        directions = self._directed(row, *written)
        is_rewritten = directions is not None and directions.houses and not directions.street
        parts = self._split(directions.houses) if directions is not None and is_rewritten else None
        if parts is None:
            yield ListedCell(row, "", "", row.houses, written, fault="list_cell_unclear", unclear=row.houses)
            return
        for area, street, houses in parts:
            yield ListedCell(row, area or row.area, street, houses, written, directions=directions)

    def _parts(self, row: ListRow) -> Sequence[Part] | None:
        # A cell of its own for streets says which; so does one for microdistricts if only houses follow.
        if row.street or not row.houses or (row.area and not self._says(row.houses).unclear):
            return [(row.area, row.street, row.houses)]
        parts = self._split(row.houses)
        return parts and [(area or row.area, street, houses) for area, street, houses in parts]

    def _says(self, text: str) -> HouseCell:
        cell = self._read.get(text)
        if cell is None:
            cell = self._read[text] = read_house_cell(text)
        return cell

    def _with_houses(self, cell: ListedCell) -> ListedCell:
        directions = self._directed(cell.row, *cell.written)
        if directions is not None and directions.leave_out:
            return replace(cell, directions=directions, outcome="left_out", fault=None)
        if directions is not None and cell.directions is None:
            cell = _corrected(replace(cell, directions=directions), directions)
        if cell.fault is not None or (not cell.houses and cell.row.code):
            return cell
        return self._with_says(cell)

    def _with_says(self, cell: ListedCell) -> ListedCell:
        if not cell.houses:
            return replace(cell, fault="list_houses_empty", unclear=cell.street_text)
        if not cell.street_text and not cell.row.code:
            return replace(cell, fault="list_street_empty", unclear=cell.houses)
        says = self._says(cell.houses)
        if says.unclear:
            return replace(cell, fault="list_cell_unclear", unclear=", ".join(says.unclear))
        return replace(cell, says=says)


def _corrected(cell: ListedCell, directions: Directions) -> ListedCell:
    """Return a cell with the street and the houses that the clerk wrote instead."""
    if directions.street:
        cell = replace(cell, area="", street=directions.street)
    if directions.houses:
        is_readable = cell.row.precinct is not None
        cell = replace(cell, houses=directions.houses, fault=None if is_readable else cell.fault, unclear="")
    return cell
