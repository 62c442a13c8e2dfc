"""A campaign without a source of places: the streets and houses of the lists are the campaign's."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geo_service.addresses.house_numbers import base, canonical
from geo_service.addresses.letters import plain, skeleton
from geo_service.addresses.tokens import read_tokens
from geo_service.campaign.model import House, Names, Place, PlaceKind
from geo_service.house_lists.house_terms import Clause, Run, Single, Whole, catch
from geo_service.house_lists.listed_cells import ListedCell
from geo_service.house_lists.place_book import DistrictWords

#: The most houses that a range stands for where no source knows which there are.
LONGEST_RUN = 1000
_KAZAKH = frozenset("әғқңөұүһі")
_SPACES = " .,«»\"'“”"


@dataclass(frozen=True)
class OwnPlaces:
    """Streets and houses that the lists themselves make.

    Parameters
    ----------
    places, houses
        Numbered in the order of the list; houses without their precincts.
    cells
        The cells, matched to them.
    """

    places: Sequence[Place]
    houses: Sequence[House]
    cells: Sequence[ListedCell]


def places_of_lists(
    cells: Iterable[ListedCell], districts: DistrictWords, known: Mapping[int, str]
) -> OwnPlaces:
    """Return the streets and houses that lists name.

    Parameters
    ----------
    cells
        Understood or not; see `geo_service.house_lists.listed_cells.CellReader`.
    districts
        Of the campaign.
    known
        Districts of precincts by number, where the list states none.

    Returns
    -------
    OwnPlaces
        A street is one in a microdistrict and a district, however often it is named. A range stands for all
        whole numbers in it, of its side; a whole street for the houses that other cells name.
    """
    places: dict[tuple[str, str, str, str], Place] = {}
    numbers: dict[int, dict[str, tuple[str, ListedCell]]] = {}
    placed: list[ListedCell] = []
    for cell in cells:
        if cell.fault is not None or cell.says is None:
            placed.append(cell)
            continue
        district = (
            districts.code(cell.row.district) if cell.row.district else known.get(cell.row.precinct or 0)
        )
        if district is None and cell.row.district:
            placed.append(dataclasses.replace(cell, fault="list_district_unknown", unclear=cell.row.district))
            continue
        place = _place(cell, district or "", places)
        placed.append(dataclasses.replace(cell, outcome="matched", place=place))
        for number in _numbers(cell):
            numbers.setdefault(place.id, {}).setdefault(number, (district or "", cell))
    houses = [
        _house(place, number, district, cell)
        for place, named in numbers.items()
        for number, (district, cell) in named.items()
    ]
    caught = [_with_caught(cell, numbers) for cell in placed]
    return OwnPlaces(tuple(places.values()), tuple(houses), caught)


def _house(place: int, number: str, district: str, cell: ListedCell) -> House:
    is_alone = cell.says is not None and [clause.terms for clause in cell.says.clauses] == [(Single(number),)]
    lon, lat, voters = (cell.row.lon, cell.row.lat, cell.row.voters) if is_alone else (None, None, None)
    return House(place, number, district, None, None, voters, lon, lat)


def _with_caught(cell: ListedCell, numbers: Mapping[int, Mapping[str, object]]) -> ListedCell:
    if cell.place is None or cell.says is None:
        return cell
    return dataclasses.replace(cell, caught=catch(cell.says, numbers.get(cell.place.id, {})))


def _place(cell: ListedCell, district: str, places: dict[tuple[str, str, str, str], Place]) -> Place:
    """Return the street of a cell, made at its first occurrence, with the microdistrict around it."""
    within = None
    if cell.area and cell.street:
        area_key = ("microdistrict", skeleton(_kind_and_name(cell.area)[1]), "", district)
        within = places.get(area_key)
        if within is None:
            within = _made(cell.area, "microdistrict", district, None, len(places) + 1)
            places[area_key] = within
    text = cell.street or cell.area
    kind, name, _ = _kind_and_name(text)
    if kind is None:
        kind = "street" if cell.street else "microdistrict"
    key = (kind, skeleton(name), skeleton(cell.area) if cell.street else "", district)
    if key not in places:
        places[key] = _made(text, kind, district, within, len(places) + 1)
    return places[key]


def _made(text: str, kind: PlaceKind, district: str, within: Place | None, number: int) -> Place:
    stated, name, is_kazakh = _kind_and_name(text)
    names = Names(kk=name) if is_kazakh else Names(ru=name)
    return Place(
        number, stated or kind, names, (district,) if district else (), None if within is None else within.id
    )


def _kind_and_name(text: str) -> tuple[PlaceKind | None, str, bool]:
    """Return the kind of a street, its bare name as written, and whether it is written in Kazakh."""
    kind: PlaceKind | None = None
    side = ""
    words, kept = text.split(), []
    position = 0
    while position < len(words):
        for count in (2, 1):
            tokens = read_tokens(" ".join(words[position : position + count]))
            meaning = tokens[0].meaning if len(tokens) == 1 else None
            is_kind = kind is None and meaning is not None and meaning.kind is not None
            if is_kind and meaning is not None and position + count <= len(words):
                kind, side = meaning.kind, meaning.side
                position += count
                break
        else:
            kept.append(words[position])
            position += 1
    name = " ".join(kept).strip(_SPACES) or text.strip(_SPACES)
    return kind, name, side == "after" or bool(_KAZAKH & set(plain(text)))


def _numbers(cell: ListedCell) -> Iterable[str]:
    """Yield the canonical numbers that a cell stands for by itself."""
    assert cell.says is not None  # noqa: S101 - the caller has seen to it
    for clause in cell.says.clauses:
        for term in clause.terms:
            if isinstance(term, Single):
                yield term.number
            elif isinstance(term, Run) and term.last is not None:
                yield from _of_run(term, clause)


def _of_run(run: Run, clause: Clause) -> Iterable[str]:
    first, last = base(run.first), base(run.last or "")
    for end in (run.first, run.last or run.first):
        if end != str(base(end)):
            yield canonical(end)
    if last - first < LONGEST_RUN:
        yield from (str(number) for number in range(first, last + 1) if clause.holds(str(number)))


def without_streets(cell: ListedCell) -> bool:
    """Return whether a cell stands for all houses of a street, which no list enumerates."""
    return cell.says is not None and any(
        isinstance(term, Whole) or (isinstance(term, Run) and term.last is None)
        for clause in cell.says.clauses
        for term in clause.terms
    )
