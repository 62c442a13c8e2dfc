"""The findings of house lists: what each cell came to, contradictions, houses in no precinct."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from geo_service.addresses.house_numbers import order
from geo_service.campaign.finding_codes import make_finding
from geo_service.campaign.model import Finding, House, Language, Names, Place
from geo_service.house_lists.claims import Contradiction, Verdict
from geo_service.house_lists.house_terms import Run, Single, Term, Whole
from geo_service.house_lists.listed_cells import ListedCell
from geo_service.place_labels import PlaceLabels
from geo_service.translations import place_name

_LONGEST = 80
_MOST_NUMBERS = 12


def findings_of_lists(
    cells: Sequence[ListedCell],
    verdict: Verdict,
    houses: Sequence[House],
    unknown: Mapping[int, Sequence[int]],
    labels: PlaceLabels,
) -> Iterator[Finding]:
    """Yield what there is to say of matched lists.

    Parameters
    ----------
    cells
        With their outcomes.
    verdict
        What the lists say of houses.
    houses
        Of the campaign, with their precincts.
    unknown
        Positions of the cells whose precinct no other source has, by its number.
    labels
        Tell streets of one name apart.
    """
    told: set[tuple[object, ...]] = set()
    for cell in cells:
        # A street is spoken of once a precinct, however many rows name its houses.
        key = (cell.row.file, cell.row.precinct, cell.street_text, cell.place and cell.place.id)
        yield from _of_cell(cell, labels, with_street=cell.place is None or key not in told)
        told.add(key)
    for number, positions in sorted(unknown.items()):
        row = cells[positions[0]].row
        yield make_finding(
            "list_precinct_unknown", file=row.file, item=row.item, number=number, count=len(positions)
        )
    for contradiction in verdict.contradictions:
        yield _of_contradiction(cells, contradiction)
    for (first, again), count in sorted(verdict.repeats.items()):
        row = cells[again].row
        yield make_finding(
            "list_houses_repeated", precinct=row.precinct, file=row.file, item=row.item,
            text=shortened(cells[again].street_text), count=count, first=_where(cells[first], cells[again]),
        )  # fmt: skip
    lacking = [house for house in houses if house.precinct is None]
    if lacking:
        places = len({house.place for house in lacking})
        yield make_finding("list_houses_in_none", count=len(lacking), total=len(houses), places=places)


def _of_cell(cell: ListedCell, labels: PlaceLabels, *, with_street: bool) -> Iterator[Finding]:
    row = cell.row
    where: dict[str, Any] = {"precinct": row.precinct, "file": row.file, "item": row.item}
    street = shortened(cell.street_text)
    if cell.outcome == "left_out":
        yield make_finding("list_cell_left_out", **where, text=street, houses=shortened(cell.houses))
    elif cell.fault in {"list_street_ambiguous", "list_street_doubtful", "list_street_missing"}:
        near = "; ".join(labels.label(place, None, None, "ru") for place in cell.candidates[:3]) or "–"
        yield make_finding(cell.fault, **where, text=street, houses=shortened(cell.houses), near=near)
    elif cell.fault is not None:
        yield make_finding(cell.fault, **where, text=shortened(cell.unclear))
    elif cell.place is not None:
        if with_street:
            yield from _of_street(cell, labels.label(cell.place, None, None, "ru"), where)
        yield from _of_houses(cell, cell.place, where)


def _of_street(cell: ListedCell, name: str, where: Mapping[str, Any]) -> Iterator[Finding]:
    street = shortened(cell.street_text)
    if cell.agreement != "named":
        yield make_finding("list_street_otherwise", **where, text=street, name=name)
    if cell.evidence in {"houses", "surroundings"}:
        yield make_finding("list_street_decided", **where, text=street, name=name)


def _of_houses(cell: ListedCell, place: Place, where: Mapping[str, Any]) -> Iterator[Finding]:
    name = place_text(place)
    if cell.caught.missing:
        yield make_finding(
            "list_houses_missing", **where, name=name, numbers=numbers_text(cell.caught.missing),
            count=len(cell.caught.missing),
        )  # fmt: skip
    for term in cell.caught.empty:
        yield make_finding("list_range_empty", **where, name=name, text=term_text(term))


def _of_contradiction(cells: Sequence[ListedCell], contradiction: Contradiction) -> Finding:
    first, *others = (cells[position] for position in contradiction.cells)
    precincts = sorted({cell.row.precinct for cell in (first, *others) if cell.row.precinct is not None})
    place = place_text(first.place) if first.place else first.street_text
    return make_finding(
        "list_house_in_two",
        precinct=first.row.precinct,
        file=first.row.file,
        item=first.row.item,
        name=place,
        numbers=numbers_text(number for _, number, _ in contradiction.houses),
        count=len(contradiction.houses),
        precincts=", ".join(map(str, precincts)),
        rows=", ".join(dict.fromkeys(_where(other, first) for other in others)),
    )


def _where(cell: ListedCell, first: ListedCell) -> str:
    """Return the row of a cell, and its file if that is another than the first one's."""
    row = cell.row
    return row.item if row.file == first.row.file else f"{row.file}: {row.item}"


def place_text(place: Place, language: Language = "ru") -> str:
    """Return what a place is called."""
    names = place.names if place.names.best(language) else Names(ru="?")
    return place_name(place.kind, names, language)


def numbers_text(numbers: Iterable[str]) -> str:
    """Return house numbers in their order, the first dozen of many."""
    ordered = sorted(numbers, key=order)
    more = ", …" if len(ordered) > _MOST_NUMBERS else ""
    return ", ".join(ordered[:_MOST_NUMBERS]) + more


def term_text(term: Term) -> str:
    """Return a term as lists write it."""
    if isinstance(term, Single):
        return term.number
    side = {"odd": " (нечётные)", "even": " (чётные)", None: ""}[term.side]
    if isinstance(term, Whole):
        return f"все дома{side}"
    assert isinstance(term, Run)  # noqa: S101 - there is no other term
    return f"{term.first}–{term.last or 'до конца'}{side}"


def shortened(text: str) -> str:
    """Return a text as findings quote it."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
