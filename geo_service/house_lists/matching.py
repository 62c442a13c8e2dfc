"""Match the rows of a house list to the places and houses of the campaign: each cell comes to one outcome.

Streets that the search is sure of come first; where their houses are tells where each precinct is. That
decides between namesakes, if it leaves no doubt, and keeps a corrected name from becoming another street.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from geo_service.addresses.house_numbers import canonical
from geo_service.campaign.model import House, Place
from geo_service.house_lists.house_terms import NOTHING, Caught, HouseCell, catch
from geo_service.house_lists.list_rows import ListRow
from geo_service.house_lists.listed_cells import Agreement, Evidence, ListedCell, Outcome
from geo_service.house_lists.namesakes import Contender, decide, share_out
from geo_service.house_lists.neighbourhood import Neighbourhood, Points, points_of
from geo_service.house_lists.place_book import DistrictWords, PlaceBook, PlaceChoice

_TOLD_EVERY = 5000
_TURNS = 4
#: Precincts that the list gives a house to and the words for its street, by place and canonical number.
_Given = Mapping[tuple[int, str], set[tuple[int, str]]]


class ListMatcher:
    """Matches the cells of house lists.

    Parameters
    ----------
    book
        The campaign's places and houses.
    districts
        Its districts, as lists call them.
    neighbourhood
        With the polygons of precincts, if there are any.
    district_of
        Districts of the precincts that other sources tell, by number.
    codes
        Houses by the official codes of their addresses.
    """

    def __init__(
        self,
        book: PlaceBook,
        districts: DistrictWords,
        neighbourhood: Neighbourhood,
        *,
        district_of: Mapping[int, str],
        codes: Mapping[str, House],
    ) -> None:
        self._book, self._districts, self._neighbourhood = book, districts, neighbourhood
        self._district_of, self._codes = district_of, codes

    def match(
        self, read: Sequence[ListedCell], told: Callable[[int], None] = lambda _: None
    ) -> list[ListedCell]:
        """Return cells with their outcomes, in the order of the list.

        Parameters
        ----------
        read
            The cells of all lists of the campaign; see `CellReader`.
        told
            Called with the number of cells that are done, now and then.
        """
        cells = []
        for number, cell in enumerate(read):
            if number % _TOLD_EVERY == 0:
                told(number)
            cells.append(self._first_look(cell))
        for cell in cells:
            if cell.outcome == "matched" and cell.agreement == "named":
                self._settle(cell)
        self._decide_namesakes(cells)
        return [self._plausible(cell) for cell in cells]

    def _decide_namesakes(self, cells: list[ListedCell]) -> None:
        """Decide between streets of one name where something leaves no doubt; the rest stays ambiguous."""
        waiting = [i for i, cell in enumerate(cells) if cell.outcome == "ambiguous" and cell.fault is None]
        # What is decided tells where precincts are, which may decide the next.
        for turn in range(_TURNS):
            given = _given(cells) if turn >= _TURNS - 2 else {}
            for group in _groups(cells, waiting):
                self._decide_group(cells, group, given)
                if cells[group[0]].outcome != "matched":
                    # Equal cells may mean two streets: none of them is decided alone.
                    for same in _groups(cells, group, by_houses=True):
                        if len(same) == 1:
                            self._decide_group(cells, same, given)
            waiting = [i for i in waiting if cells[i].outcome != "matched"]
        given = _given(cells)
        for group in _groups(cells, waiting, by_houses=True):
            self._share_out(cells, group, given)
        for i in waiting:
            if cells[i].outcome != "matched":
                cells[i] = replace(cells[i], fault="list_street_ambiguous")

    def _decide_group(self, cells: list[ListedCell], group: Sequence[int], given: _Given) -> None:
        """Match cells that name one street of one precinct, if something decides which street is meant."""
        first = cells[group[0]]
        clauses = tuple(clause for i in group for clause in _says(cells[i]).clauses)
        contenders = self._contenders(first, HouseCell(clauses))
        precinct = first.row.precinct or 0
        taken = _taken(contenders, given, first)
        decided = decide(contenders, precinct, self._neighbourhood, taken)
        if decided is None or (len(group) > 1 and not decided[0].is_complete):
            return
        contender, evidence = decided
        for i in group:
            cells[i] = self._at(cells[i], contender.place, cells[i].agreement, evidence)
            self._settle(cells[i])

    def _share_out(self, cells: list[ListedCell], group: Sequence[int], given: _Given) -> None:
        """Match equal cells of a precinct to as many streets of one name, if they lie side by side."""
        first = cells[group[0]]
        contenders = self._contenders(first, _says(first))
        precinct = first.row.precinct or 0
        taken = _taken(contenders, given, first)
        shared = share_out(contenders, len(group), precinct, self._neighbourhood, taken)
        for i, contender in zip(group, shared, strict=False):
            cells[i] = self._at(cells[i], contender.place, cells[i].agreement, "surroundings")

    def _contenders(self, cell: ListedCell, says: HouseCell) -> list[Contender]:
        """Return the streets that a cell may mean, each with its houses in the district that the row says."""
        district, _ = self._district(cell.row)
        contenders = []
        for place in cell.candidates:
            houses = self._book.houses_of(place)
            inside = [
                n for n, rows in houses.items() if not district or any(h.district == district for h in rows)
            ]
            caught = catch(says, dict.fromkeys(inside))
            contenders.append(Contender(place, caught, self._points(place, caught)))
        return contenders

    def _first_look(self, cell: ListedCell) -> ListedCell:
        """Return a cell with what the search alone says of it."""
        directions = cell.directions
        if cell.fault is None and cell.outcome != "left_out" and cell.row.code:
            return self._by_code(cell)
        if cell.fault is not None or cell.says is None:
            return cell
        if directions is not None and directions.place is not None:
            place = self._book.place(directions.place)
            if place is not None:
                return self._at(cell, place, "named", "clerk")
        district, is_stated = self._district(cell.row)
        if district is None and is_stated:
            return replace(cell, fault="list_district_unknown", unclear=cell.row.district)
        choice = self._book.find(cell.area, cell.street, district)
        accepted = directions is not None and (directions.accept or bool(directions.street))
        return self._of_choice(cell, choice, accepted=accepted, is_stated=is_stated)

    def _by_code(self, cell: ListedCell) -> ListedCell:
        """Return a cell that is matched by its official address code; what it says beside must agree."""
        house = self._codes.get(cell.row.code)
        place = None if house is None else self._book.place(house.place)
        if house is None or place is None:
            return replace(cell, fault="list_code_unknown", outcome="missing", unclear=cell.row.code)
        number = canonical(house.number)
        if cell.says is not None and set(catch(cell.says, {number: house}).houses) != {number}:
            said = f"{cell.row.code}: {cell.street_text} {cell.houses}"
            return replace(cell, fault="list_code_differs", outcome="ambiguous", unclear=said)
        caught = Caught({number: "named"})
        return replace(cell, outcome="matched", place=place, caught=caught)

    def _district(self, row: ListRow) -> tuple[str | None, bool]:
        """Return the district of a row, and whether the row itself states one."""
        if row.district:
            return self._districts.code(row.district), True
        return self._district_of.get(row.precinct or 0) or None, False

    def _of_choice(
        self, cell: ListedCell, choice: PlaceChoice, *, accepted: bool, is_stated: bool
    ) -> ListedCell:
        places = choice.places
        if not places and not is_stated:
            # Nobody but the precinct itself says the district: its surroundings may know better.
            choice = self._book.find(cell.area, cell.street, None)
            places = choice.places
            if places:
                return replace(cell, outcome="ambiguous", agreement=choice.agreement, candidates=places)
        near = tuple(dict.fromkeys([*places, *choice.near]))
        if not places:
            outcome: Outcome = "ambiguous" if choice.near else "missing"
            fault = "list_street_ambiguous" if choice.near else "list_street_missing"
            return replace(cell, outcome=outcome, fault=fault, candidates=near)
        if choice.agreement == "part" and not accepted:
            return replace(cell, outcome="ambiguous", fault="list_street_ambiguous", candidates=near)
        if len(places) > 1:
            return replace(cell, outcome="ambiguous", agreement=choice.agreement, candidates=places)
        return self._at(cell, places[0], choice.agreement, "clerk" if accepted else None)

    def _at(
        self, cell: ListedCell, place: Place, agreement: Agreement, evidence: Evidence | None
    ) -> ListedCell:
        """Return a cell that is matched to a place, with its houses."""
        return replace(
            cell, outcome="matched", fault=None, place=place, agreement=agreement, evidence=evidence,
            caught=self._caught(cell, place),
        )  # fmt: skip

    def _caught(self, cell: ListedCell, place: Place) -> Caught:
        return NOTHING if cell.says is None else catch(cell.says, self._book.houses_of(place))

    def _points(self, place: Place, caught: Caught) -> Points:
        houses = self._book.houses_of(place)
        return points_of([at for number in caught.houses for at in _positions(houses[number])])

    def _settle(self, cell: ListedCell) -> None:
        """Take the houses of a cell for its precinct's: they tell where it is."""
        if cell.place is not None and cell.row.precinct is not None:
            self._neighbourhood.add(cell.row.precinct, self._points(cell.place, cell.caught))

    def _plausible(self, cell: ListedCell) -> ListedCell:
        """Return a cell, doubtful if its street was not named as it is and its houses are elsewhere."""
        if cell.outcome != "matched" or cell.place is None or cell.evidence == "clerk":
            return cell
        if cell.agreement == "named":
            return cell
        judged = self._neighbourhood.judge(cell.row.precinct or 0, self._points(cell.place, cell.caught))
        few = len(cell.caught.missing) > len(cell.caught.houses)
        if judged == "elsewhere" or few:
            return replace(
                cell, outcome="ambiguous", fault="list_street_doubtful", place=None, caught=NOTHING,
                candidates=(cell.place,),
            )  # fmt: skip
        return cell


def _says(cell: ListedCell) -> HouseCell:
    return cell.says or HouseCell(())


def _groups(
    cells: Sequence[ListedCell], positions: Iterable[int], *, by_houses: bool = False
) -> list[list[int]]:
    """Return the positions of cells together that name one street of one precinct, and the same houses."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for i in positions:
        cell = cells[i]
        key = (cell.row.precinct, cell.street_text, cell.row.district, cell.houses if by_houses else "")
        groups.setdefault(key, []).append(i)
    return list(groups.values())


def _given(cells: Iterable[ListedCell]) -> _Given:
    """Return what matched cells give houses to."""
    given: dict[tuple[int, str], set[tuple[int, str]]] = {}
    for cell in cells:
        if cell.outcome == "matched" and cell.place is not None and cell.row.precinct is not None:
            said = (cell.row.precinct, cell.street_text)
            for number in cell.caught.houses:
                given.setdefault((cell.place.id, number), set()).add(said)
    return given


def _taken(contenders: Iterable[Contender], given: _Given, cell: ListedCell) -> set[tuple[int, str]]:
    """Return the houses of contenders that the list gives to another precinct, or street called otherwise."""
    said = (cell.row.precinct or 0, cell.street_text)
    return {
        (one.place.id, number)
        for one in contenders
        for number in one.caught.houses
        if given.get((one.place.id, number), set()) - {said}
    }


def _positions(houses: Iterable[House]) -> Iterator[tuple[float, float]]:
    return ((house.lon, house.lat) for house in houses if house.lon is not None and house.lat is not None)
