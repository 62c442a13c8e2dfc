"""From one reading of a text that is being typed to the places and houses that it may go on to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz.distance import OSA

from geo_service.addresses.beginnings import NameBeginnings, Wanted
from geo_service.addresses.house_beginnings import Going, HouseBeginnings, typed_numbers
from geo_service.addresses.kinds import AREAS
from geo_service.addresses.place_names import PlaceName, PlaceNames, glued
from geo_service.addresses.tokens import Token
from geo_service.addresses.typos import allowed_errors
from geo_service.addresses.unfinished import Unfinished, is_nonsense
from geo_service.campaign.model import Place

_MOST_NAMES = 24
_MOST_COMPARED = 200
_SHORTEST_TAIL = 3  # letters
# A Latin letter that may be the first of two: s of sh.
_BEGUN_GROUPS = {"s": "ш", "z": "ж", "c": "ч", "k": "х", "y": "иеау"}


class Completion:
    """Completes readings from the names and houses of a campaign.

    Parameters
    ----------
    names
        Of the campaign.
    beginnings
        The same by their beginnings.
    houses
        Of the campaign.
    sizes
        Number of houses by place.
    """

    def __init__(
        self,
        names: PlaceNames,
        beginnings: NameBeginnings,
        houses: HouseBeginnings,
        sizes: Mapping[int, int],
    ) -> None:
        self._names, self._beginnings, self._houses, self._sizes = names, beginnings, houses, sizes

    def as_typed(self, reading: Unfinished, limit: int) -> list[Going]:
        """Return places that begin as typed, then houses of those whose names the text has in full."""
        if reading.is_named:
            names = self._whole(reading.pieces, reading)
            if reading.is_in_kazakh:
                names = [name for name in names if name.language == "kk" and _is_written(name, reading)]
            return _places(_fitting(names, reading))
        number = reading.number
        if number is None:
            begun = [*self._beginning(reading.pieces, reading), *self._whole(reading.pieces, reading)]
            return _places(_fitting(begun, reading))
        begun = [] if reading.has_house else self._beginning(reading.pieces, reading)
        # Самал-2 is the microdistrict, Самал 2 may be a house as well.
        named = [] if number.joined and begun else self._whole(reading.pieces[:-1], reading)
        fitting = _fitting([*begun, *named], reading)
        houses = self._at([name for name in fitting if name in named], number, reading, limit)
        return _places(name for name in fitting if name in begun) + houses or self._without_house(
            reading, number, limit
        )

    def all_wanted(self, reading: Unfinished, limit: int) -> list[Going]:
        """Return the largest places of the kind and the district that a text without a name says."""
        if reading.pieces or reading.wanted == Wanted():
            return []
        names = _fitting(self._beginning((), reading), reading)
        return _places(name for name in names if reading.wanted.distance(name) == (0, False))[:limit]

    def in_area(self, reading: Unfinished, limit: int) -> list[Going]:
        """Return what goes on after the name of a microdistrict: мкр Калкаман, ул. Ша."""
        for start in range(1, 1 if reading.has_town else len(reading.pieces)):
            tail = reading.pieces[start:]
            if not any(piece.type == "word" for piece in tail):
                break
            lead = reading.pieces[:start]
            if not any(piece.type == "word" for piece in lead) and not reading.wanted.kinds:
                continue  # 5 Абая is a house
            series = self._names.series.get((glued(piece.key for piece in lead), ()), [])
            named = [*self._whole(lead, reading), *series]
            areas = frozenset(name.place.id for name in named if name.place.kind in AREAS)
            wanted = replace(reading.wanted, within=areas)
            found = self.as_typed(reading.of_pieces(tail, wanted), limit) if areas else []
            if found:
                return found
        return []

    def with_all_words(self, reading: Unfinished, limit: int) -> list[Going]:
        """Return places whose names hold the beginnings of all words, in any order; initials may lack."""
        words = reading.words
        if len(words) < 2:  # noqa: PLR2004 - one word has no order
            return []
        longest = max(words, key=lambda word: len(word.key))
        others = [word for word in words if word is not longest]
        names = self._beginning([longest], reading, _MOST_COMPARED)
        found: list[PlaceName] = []
        for needed in (others, [word for word in others if len(word.text) > 1]):
            found = found or [name for name in names if _holds(name, needed)]
        found = _fitting(found, reading)[:_MOST_NAMES]
        full = [name for name in found if longest.stem in name.stems]
        return self._at(full, reading.number, reading, limit) or _places(found)

    def nearly(self, reading: Unfinished, limit: int) -> list[Going]:
        """Return places that begin almost as typed, and houses of those that are nearly named in full."""
        typed = glued(word.key for word in reading.words)
        names = [
            name
            for name in self._beginnings.nearly(typed, reading.wanted, count=_MOST_NAMES)
            if len(name.keys) >= len(reading.words)  # туле би is not Тулебаева
        ]
        number = reading.number
        if number is None:
            return _places(_fitting(names, reading))
        numbered = [name for name in names if glued(name.numbers).startswith(number.text)]
        named = [
            name
            for name in names
            if not name.numbers and OSA.distance(typed, glued(name.keys)) <= allowed_errors(len(typed))
        ]
        fitting = _fitting([*numbered, *named], reading) or _fitting(names, reading)
        houses = self._at([name for name in fitting if name in named], number, reading, limit)
        return _places(name for name in fitting if name in numbered) + houses or _places(fitting)

    def without_first_words(self, reading: Unfinished, limit: int) -> list[Going]:
        """Return what goes on from the last words, where the first ones make no sense."""
        for start, piece in enumerate(reading.pieces):
            if start and piece.type == "word" and len(piece.text) >= _SHORTEST_TAIL:
                found = self.as_typed(reading.of_pieces(reading.pieces[start:]), limit)
                if found:
                    return found
        return []

    def _beginning(
        self, pieces: Sequence[Token], reading: Unfinished, count: int = _MOST_NAMES
    ) -> list[PlaceName]:
        if any(map(is_nonsense, pieces)):
            return []
        forms = list(_folded_forms(pieces))
        written = glued(piece.typed if piece.type == "word" else piece.text for piece in pieces)
        return self._beginnings.beginning(
            forms, written, reading.wanted, language=reading.language, count=count
        )

    def _whole(self, pieces: Sequence[Token], reading: Unfinished) -> list[PlaceName]:
        """Return names that are the pieces or have them as main word, one of each place."""
        words = [piece for piece in pieces if piece.type == "word"]
        numbers = tuple(piece.text for piece in pieces if piece.type == "number")
        keys, stems = glued(word.key for word in words), glued(word.stem for word in words)
        names = self._names
        found = names.exact.get((keys, numbers), []) + names.endings.get((stems, numbers), [])
        found = found or names.parts.get((stems, numbers), [])
        written = glued(word.text for word in words)

        def rank(name: PlaceName) -> tuple[object, ...]:
            size = self._sizes.get(name.place.id, 0)
            is_other = written != glued(name.words)
            return *reading.wanted.distance(name), name.is_old, is_other, -size, name.place.id

        return _one_of_each_place(sorted(found, key=rank))[:_MOST_NAMES]

    def number_first(self, reading: Unfinished, limit: int) -> list[Going]:
        """Return what a text with a number before the name may mean: 2 самал, 12 Абая."""
        first, *rest = reading.pieces
        if first.type != "number" or not any(len(piece.text) >= _SHORTEST_TAIL for piece in rest):
            return []
        begun = _fitting(self._beginning(rest, reading), reading)
        numbered = [name for name in begun if glued(name.numbers).startswith(first.text)]
        named = _fitting(self._whole(rest, reading), reading)
        return [*_places(numbered), *self._at(named, first, reading, limit)] or _places(begun)

    def _without_house(self, reading: Unfinished, number: Token, limit: int) -> list[Going]:
        """Return the houses of the only place that begins as typed; without such houses, the places."""
        names = _fitting(self._beginning(reading.pieces[:-1], reading), reading)
        houses = self._at(names, number, reading, limit) if len(names) == 1 else []
        return houses or _places(names)

    def _at(
        self, names: Iterable[PlaceName], number: Token | None, reading: Unfinished, limit: int
    ) -> list[Going]:
        if number is None:
            return []
        typed = typed_numbers(number, ends_in_slash=reading.ends_in_slash)
        live: list[Place] = []
        old: list[Place] = []
        for name in names:
            (old if name.is_old else live).append(name.place)
        return [
            going
            for places in (live, old)
            for going in self._houses.of(places, typed, district=reading.wanted.district, limit=limit)
        ]


def _fitting(names: Sequence[PlaceName], reading: Unfinished) -> list[PlaceName]:
    """Return the names that agree best with what the text says beside them: kind first, then district."""
    distances = [reading.wanted.distance(name) for name in names]
    best = min(distances, default=None)
    if reading.is_named and best is not None and best[0] > 0:
        return []  # the kind word that was begun fits no such place
    return [name for name, distance in zip(names, distances, strict=True) if distance == best]


def _places(names: Iterable[PlaceName]) -> list[Going]:
    return [Going(name.place) for name in _one_of_each_place(names)]


def _one_of_each_place(names: Iterable[PlaceName]) -> list[PlaceName]:
    first: dict[int, PlaceName] = {}
    for name in names:
        first.setdefault(name.place.id, name)
    return list(first.values())


def _holds(name: PlaceName, words: Iterable[Token]) -> bool:
    return all(any(key.startswith(word.key) for key in name.keys) for word in words)


def _folded_forms(pieces: Sequence[Token]) -> Iterator[str]:
    """Yield pieces folded and as one; also with the Cyrillic letter that a last Latin one may begin."""
    form = glued(piece.key for piece in pieces)
    yield form
    last = pieces[-1].typed[-1:] if pieces else ""
    for letter in _BEGUN_GROUPS.get(last, ""):
        yield form[:-1] + letter


def _is_written(name: PlaceName, reading: Unfinished) -> bool:
    return glued(name.words) == glued(word.text for word in reading.words)
