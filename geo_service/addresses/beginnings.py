"""Names by what they begin with: the names that go on from what has been typed, the likeliest first.

A name may be begun with any of its words, and a numbered one with its number: Жубана Молдагалиева from
``молд``, 20-я линия from ``20 л`` and from ``линия``. Beginnings are compared folded, so that letters which
people exchange are alike, and as written, so that ``Өт`` brings Өтеген before Отыншы.
"""

from __future__ import annotations

import functools
import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from geo_service.addresses.kinds import AREAS, kind_accord
from geo_service.addresses.letters import plain
from geo_service.addresses.place_names import PlaceName, glued
from geo_service.addresses.typos import allowed_errors
from geo_service.campaign.model import LANGUAGES, Language, PlaceKind

_LAST = "\uffff"  # sorts after every letter
_ALWAYS_RIGHT = 2  # letters at the beginning in which no typing error is looked for
_SHORTEST_TYPO = 5  # letters
# Of an old name the kind says less: what is called so today comes first.
_ACCORDS = {"agrees": 0, "unsaid": 1, "near": 2, "conflicts": 3}
_KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)
_WORD = re.compile(r"[^\W\d_]+")
_MOST = 400  # beginnings that are put in order; a place has several


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a text says of a place beside its name.

    Parameters
    ----------
    kinds
        That it may be of; none if the text says none.
    district
        Code of the district in the text.
    within
        Ids of microdistricts in the text, of which the place is in one.
    """

    kinds: tuple[PlaceKind, ...] = ()
    district: str | None = None
    within: frozenset[int] = frozenset()

    def distance(self, name: PlaceName) -> tuple[int, bool]:
        """Return how far a place's kind is from what is wanted, and whether it lies elsewhere."""
        place = name.place
        is_elsewhere = bool(
            self.district and place.districts and self.district not in place.districts
        ) or bool(self.within and place.within not in self.within)
        return _kind_distance(self.kinds, place.kind, is_old=name.is_old), is_elsewhere


class NameBeginnings:
    """The beginnings of all names, in order. It never changes.

    Parameters
    ----------
    names
        Of the campaign.
    sizes
        Number of houses by place: of two that agree alike, the larger one comes first.
    """

    def __init__(self, names: Iterable[PlaceName], sizes: Mapping[int, int]) -> None:
        rows = sorted(
            ((*beginning, name) for name in names for beginning in _beginnings(name)), key=lambda row: row[0]
        )
        self._folded = [row[0] for row in rows]
        self._names = [row[3] for row in rows]
        by_written = sorted(range(len(rows)), key=lambda position: rows[position][1])
        self._written = [rows[position][1] for position in by_written]
        self._by_written = np.array(by_written, np.int64)
        self._is_later = np.array([row[2] for row in rows], bool)
        places = [name.place for name in self._names]
        self._is_old = np.array([name.is_old for name in self._names], bool)
        self._is_area = np.array([place.kind in AREAS for place in places], bool)
        self._kinds = np.array(
            [2 * _KINDS.index(name.place.kind) + name.is_old for name in self._names], np.int64
        )
        self._within = np.array([-1 if place.within is None else place.within for place in places], np.int64)
        codes = {code for place in places for code in place.districts}
        self._outside = {
            code: np.array([bool(p.districts) and code not in p.districts for p in places], bool)
            for code in codes
        }
        numbers = {place_id: number for number, place_id in enumerate(dict.fromkeys(p.id for p in places))}
        self._place_numbers = np.array([numbers[place.id] for place in places], np.int64)
        self._is_shown = {
            language: np.array([_is_shown(name, language) for name in self._names], bool)
            for language in LANGUAGES
        }
        by_size = sorted(range(len(rows)), key=lambda i: (-sizes.get(places[i].id, 0), places[i].id))
        self._size_order = np.empty(len(rows), np.int64)
        self._size_order[by_size] = np.arange(len(rows))

    def beginning(
        self, folded: Sequence[str], written: str, wanted: Wanted, *, language: Language, count: int
    ) -> list[PlaceName]:
        """Return names that begin as typed, one of each place.

        What people will read comes first: улица Горная is Тау көшесі, but no place for a Russian ``тау``.

        Parameters
        ----------
        folded
            What is typed, folded and as one; further forms if the last letter may go on in several ways.
        written
            The same as it is typed, in lower case.
        wanted
            What else the text says: what agrees comes first.
        language
            In which the names are shown.
        count
            The most names.
        """
        is_written = self._written_so(written)
        is_found = is_written.copy()
        for form in folded:
            is_found[bisect_left(self._folded, form) : bisect_left(self._folded, form + _LAST)] = True
        whole = slice(bisect_left(self._folded, folded[0]), bisect_right(self._folded, folded[0]))
        is_whole = np.zeros(len(is_found), bool)
        is_whole[whole] = ~self._is_later[whole]
        positions = np.flatnonzero(is_found)
        is_shown = np.zeros(len(self._names), bool)  # by number of the place
        is_shown[self._place_numbers[positions[self._is_shown[language][positions]]]] = True
        keys = [
            ~is_shown[self._place_numbers[positions]],
            ~is_whole[positions],
            ~is_written[positions],
            self._is_later[positions],
        ]
        if folded[0][:1].isdigit():
            keys.insert(0, ~self._is_area[positions])  # 8 is the microdistrict
        return self._ranked(positions, keys, wanted, count)

    def nearly(self, folded: str, wanted: Wanted, *, count: int) -> list[PlaceName]:
        """Return names that begin almost as typed, with typing errors if not in the first two letters."""
        errors = allowed_errors(len(folded)) if len(folded) >= _SHORTEST_TYPO else 0
        first = folded[:_ALWAYS_RIGHT]
        begin, end = bisect_left(self._folded, first), bisect_left(self._folded, first + _LAST)
        if errors == 0 or begin == end:
            return []
        near = [
            (begin + position, distance)
            for position in _alike(folded, self._folded[begin:end], errors)
            if (distance := _errors_in_beginning(folded, self._folded[begin + position], errors)) <= errors
        ]
        least = min((distance for _, distance in near), default=0)
        positions = np.array([position for position, distance in near if distance == least], np.int64)
        return self._ranked(positions, [self._is_later[positions]], wanted, count)

    def _written_so(self, written: str) -> NDArray[np.bool_]:
        is_written = np.zeros(len(self._names), bool)
        begin, end = bisect_left(self._written, written), bisect_left(self._written, written + _LAST)
        is_written[self._by_written[begin:end]] = True
        return is_written

    def _ranked(
        self, positions: NDArray[np.int64], keys: Sequence[NDArray[np.bool_]], wanted: Wanted, count: int
    ) -> list[PlaceName]:
        """Return one name of each place: by what is wanted, live names first, then by keys and size."""
        rank = _kind_distances(wanted.kinds)[self._kinds[positions]]
        for key in (self._elsewhere(positions, wanted), self._is_old[positions], *keys):
            rank = 2 * rank + key
        rank = rank * len(self._names) + self._size_order[positions]
        if len(rank) > _MOST:
            nearest = np.argpartition(rank, _MOST)[:_MOST]
            positions, rank = positions[nearest], rank[nearest]
        first: dict[int, PlaceName] = {}
        for position in positions[np.argsort(rank)].tolist():
            name = self._names[position]
            first.setdefault(name.place.id, name)
            if len(first) == count:
                break
        return list(first.values())

    def _elsewhere(self, positions: NDArray[np.int64], wanted: Wanted) -> NDArray[np.bool_]:
        outside = self._outside.get(wanted.district or "")
        elsewhere = np.zeros(len(positions), bool) if outside is None else outside[positions]
        if wanted.within:
            elsewhere = elsewhere | ~np.isin(self._within[positions], list(wanted.within))
        return elsewhere


def _kind_distance(kinds: tuple[PlaceKind, ...], kind: PlaceKind, *, is_old: bool) -> int:
    return min((_ACCORDS[kind_accord(said, kind, is_old=is_old)] for said in kinds), default=0)


@functools.lru_cache(maxsize=256)
def _kind_distances(kinds: tuple[PlaceKind, ...]) -> NDArray[np.int64]:
    """Return the distance of every kind, of live and of old names, from those that are wanted."""
    pairs = itertools.product(_KINDS, (False, True))
    return np.array([_kind_distance(kinds, kind, is_old=is_old) for kind, is_old in pairs], np.int64)


def _beginnings(name: PlaceName) -> Iterator[tuple[str, str, bool]]:
    """Yield what a name may be begun with, folded and as written, and whether it is a later word."""
    numbers = glued(name.numbers)
    written = _written_words(name)
    if numbers and name.keys and plain(name.text[:1]).isdigit():
        yield numbers + glued(name.keys), numbers + glued(written), False
    for start in range(max(1, len(name.keys))):
        is_later = start > 0
        yield glued(name.keys[start:]) + numbers, glued(written[start:]) + numbers, is_later


def _is_shown(name: PlaceName, language: Language) -> bool:
    """Return whether a place is called by the name in a language, in which it may have none of its own."""
    return name.alias is None and name.text == name.place.names.best(language)


def _written_words(name: PlaceName) -> tuple[str, ...]:
    """Return the words in the letters of the name; Latin ones are Cyrillic in ``words``."""
    if name.language != "en":
        return name.words
    written = tuple(_WORD.findall(plain(name.text)))
    return written if len(written) == len(name.words) else name.words


def _alike(typed: str, names: Sequence[str], most: int) -> list[int]:
    """Return the positions of names with a beginning that may be so many typing errors away from a text.

    Such a beginning is longer or shorter by an error each, so that the one of the text's length is at most
    twice as many away.
    """
    beginnings = [name[: len(typed)] for name in names]
    distances = process.cdist([typed], beginnings, scorer=OSA.distance, score_cutoff=2 * most)
    return np.flatnonzero(distances[0] <= 2 * most).tolist()


def _errors_in_beginning(typed: str, name: str, most: int) -> int:
    """Return the typing errors between a text and a name's nearest beginning; more than most if too many."""
    lengths = range(max(1, len(typed) - most), min(len(name), len(typed) + most) + 1)
    return min(
        (OSA.distance(typed, name[:length], score_cutoff=most) for length in lengths), default=most + 1
    )
