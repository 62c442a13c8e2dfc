"""A corpus of typed addresses: queries with the answers that are expected of them.

A corpus is a CSV file with the columns ``query``, ``class``, ``district``, ``status``, ``kind``, ``name_ru``
and ``house``. What is expected is a status and, where the query has one, the place by kind and Russian name,
its district and the house. Three kinds are no places: ``precinct`` (its name is the number), ``station`` (its
name is the building's) and ``point`` (a position, without name).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from geo_service.campaign.model import PlaceKind
from geo_service.errors import SourceError
from geo_service.evaluation.shown_cells import shown_cell
from geo_service.resolution import Status
from geo_service.sources.base import ReadOptions, Table
from geo_service.sources.csv_table import read_csv

COLUMNS = ("query", "class", "district", "status", "kind", "name_ru", "house")
KINDS = (*get_args(PlaceKind), "precinct", "station", "point")

_MOST_DIGITS = 9  # of a precinct's number
_QUOTED = re.compile(r'"(.*)"', re.DOTALL)


@dataclass(frozen=True, slots=True)
class CorpusRow:
    """A query and what is expected of its answer; an empty text expects nothing.

    Parameters
    ----------
    number
        Row of the file as a spreadsheet counts, blank ones too, the header being row 1.
    query
        As people write it.
    group
        The class of queries that it belongs to.
    district
        Code of the district of place or house.
    status, kind, name, house
        See the top of the module.
    """

    number: int
    query: str
    group: str
    district: str
    status: str
    kind: str
    name: str
    house: str

    def expected(self) -> str:
        """Return what is expected, in words for a report."""
        cells = (self.status, self.kind, self.name, self.house, self.district)
        return " ".join(shown_cell(cell) for cell in cells if cell)


def read_corpus(path: Path) -> tuple[CorpusRow, ...]:
    """Return the rows of a corpus.

    Parameters
    ----------
    path
        A CSV file in UTF-8 with the columns of `COLUMNS`; more columns do no harm.

    Raises
    ------
    geo_service.errors.SourceError
        If the file cannot be read, is not UTF-8, lacks a column or has no rows, or a row has no class, an
        unknown status or kind, a kind without its name, or ``found`` without a kind. The error names file,
        row and field, and repeats no cell that holds six digits or more.
    """
    table = _read_table(path)
    for column in COLUMNS:
        if column not in table.columns:
            raise SourceError(
                f'There is no column "{column}".',
                f"A corpus has the columns {', '.join(COLUMNS)}.",
                file=path.name,
                item="row 1",
                field=column,
            )
    if not table.rows:
        raise SourceError(
            "The corpus has no rows.", "Write a query with its answer into each row.", file=path.name
        )
    positions = [table.columns.index(column) for column in COLUMNS]
    rows = []
    for item, cells in zip(table.items, table.rows, strict=True):
        query, *expected = (str(cells[position]) for position in positions)
        number = int(item.removeprefix("row "))
        row = CorpusRow(number, query, *(text.strip() for text in expected))
        fault = _fault(row)
        if fault is not None:
            field, problem, remedy = fault
            raise SourceError(problem, remedy, file=path.name, item=item, field=field)
        rows.append(row)
    return tuple(rows)


def _read_table(path: Path) -> Table:
    """Return the table of a corpus file."""
    try:
        path.read_bytes().decode()
        return read_csv(path, ReadOptions())
    except OSError as error:
        raise SourceError("The file cannot be read.", "Check its name and rights.", file=path.name) from error
    except UnicodeError as error:
        raise SourceError("The file is not UTF-8.", "Save it as CSV in UTF-8.", file=path.name) from error
    except SourceError as error:
        # Without a header line the first query is taken for one, and quoted as a doubled column.
        problem = _QUOTED.sub(lambda match: f'"{shown_cell(match[1])}"', error.problem)
        where = error.place
        raise SourceError(problem, error.remedy, file=path.name, item=where.item, field=where.field) from None


def _fault(row: CorpusRow) -> tuple[str, str, str] | None:
    """Return which field of a row is at fault, what is wrong and what to do; None if all is well."""
    statuses, is_named = get_args(Status), row.kind not in {"", "point"}
    faults = (
        (not row.group, "class", "The class is empty.", "Name the class of queries that the row belongs to."),
        (
            row.status not in statuses,
            "status",
            f'"{shown_cell(row.status)}" is no status.',
            f"Write one of {', '.join(statuses)}.",
        ),
        (
            row.kind not in {"", *KINDS},
            "kind",
            f'"{shown_cell(row.kind)}" is no kind.',
            f"Write one of {', '.join(KINDS)}, or nothing.",
        ),
        (
            row.status == "found" and not row.kind,
            "kind",
            "What is found has no kind.",
            f"Write one of {', '.join(KINDS)}.",
        ),
        (
            bool(row.name) != is_named,
            "name_ru",
            "Kind and name do not fit.",
            "Give both or neither; a point has no name.",
        ),
        (
            row.kind == "precinct" and not _is_number(row.name),
            "name_ru",
            f'"{shown_cell(row.name)}" is no precinct number.',
            "Write the precinct's number in digits.",
        ),
    )
    return next((fault[1:] for fault in faults if fault[0]), None)


def _is_number(name: str) -> bool:
    return name.isascii() and name.isdecimal() and len(name) <= _MOST_DIGITS
