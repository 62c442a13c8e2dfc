"""Names of polling stations as people type them: ``144 мектеп``, ``школа 144``, ``ДК Алатау``.

Nearly all are an institution with a number, so a name is found by its words, in any order: each word and each
number of the query must be in the name, in one of its languages; the name may have more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from geo_service.addresses.station_words import DROPPED, KINDS, TERMS, NameWord, name_words, terms_of_words
from geo_service.campaign.model import LANGUAGES, Station

_LONGEST_TEXT = 200
_MOST_BUILDINGS = 10
_SHORTEST_WITH_TYPO = 6  # letters; a slip in a shorter word makes another word
_LEAST_SHARE_NAMED = 0.5  # of the words of a name without a number
#: What a school may be without the word in its name.
_SCHOOLS = frozenset({"GYMNASIUM", "LYCEUM"})


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in one language: all its terms, those that tell it from others, its numbers, its buildings."""

    terms: frozenset[str]
    telling: frozenset[str]
    numbers: frozenset[str]
    buildings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Query:
    """Terms that a name must have, each with its alternatives, and numbers that it must have."""

    terms: tuple[frozenset[str], ...]
    numbers: frozenset[str]


class StationNames:
    """Finds the precincts that vote in a building by the building's name.

    Parameters
    ----------
    stations
        Those to be found, of territorial precincts or special ones; their names in any languages.
    """

    def __init__(self, stations: Iterable[Station]) -> None:
        precincts: dict[str, set[int]] = defaultdict(set)
        buildings: dict[str, set[str]] = defaultdict(set)
        for station in stations:
            precincts[station.building_id].add(station.precinct)
            for language in LANGUAGES:
                name = getattr(station.names, language)
                if name:
                    buildings[name].add(station.building_id)
        self._precincts = {building: tuple(sorted(numbers)) for building, numbers in precincts.items()}
        self._names: list[_Name] = []
        self._by_term: dict[str, set[int]] = defaultdict(set)
        self._terms_of_forms: dict[str, tuple[str, ...]] = {}
        for text, of_name in buildings.items():
            self._add(name_words(text), tuple(sorted(of_name)))
        self._forms_by_deletion = _by_deletion({**terms_of_words(), **self._terms_of_forms})

    def _add(self, words: list[NameWord], buildings: tuple[str, ...]) -> None:
        letters = [word for word in words if not word.is_number]
        numbers = frozenset(term for word in words if word.is_number for term in word.terms)
        terms = frozenset(term for word in letters for term in word.terms)
        untelling = {term for word in letters if word.is_of_person for term in word.terms}
        for term in terms | numbers:
            self._by_term[term].add(len(self._names))
        self._terms_of_forms.update({word.form: word.terms for word in letters if word.terms})
        self._names.append(_Name(terms, terms - untelling - DROPPED.keys(), numbers, buildings))

    def matching(self, text: str) -> tuple[tuple[int, ...], ...]:
        """Return the precincts in each building that a text names.

        Returns
        -------
        tuple of tuple of int
            Numbers of precincts by building, ascending; the buildings whose name is closest first, ten at
            most, and only those that are named in full if there are any. Empty if the text names no station:
            a number alone, an institution without number or name, an address.
        """
        query = self._query(text)
        if query is None:
            return ()
        return self._grouped(query, self._found(query)) or self._grouped(query, self._found_as_school(query))

    def _query(self, text: str) -> _Query | None:
        if len(text) > _LONGEST_TEXT:
            return None
        terms: list[frozenset[str]] = []
        numbers: set[str] = set()
        for word in name_words(text):
            if word.is_number:
                numbers.update(word.terms)
            elif all(term in self._by_term for term in word.terms):
                terms += [frozenset({term}) for term in word.terms]
            else:
                meant = self._corrected(word.form)
                if not meant:
                    return None
                terms.append(meant)
        return _Query(tuple(terms), frozenset(numbers)) if terms else None

    def _corrected(self, form: str) -> frozenset[str]:
        """Return the terms of the words that a word is with one slip."""
        if len(form) < _SHORTEST_WITH_TYPO:
            return frozenset()
        close = {near for part in _deletions(form) for near in self._forms_by_deletion.get(part, {})}
        meant = {term for near in close if _is_one_edit(form, near) for term in self._terms_of_form(near)}
        return frozenset(meant & self._by_term.keys())

    def _terms_of_form(self, form: str) -> tuple[str, ...]:
        return self._terms_of_forms.get(form) or terms_of_words().get(form, ())

    def _found(self, query: _Query) -> list[_Name]:
        """Return the names that have all of a query's words and numbers, and are named by them."""
        sets = [self._by_term.get(number, set()) for number in query.numbers]
        sets += [set().union(*(self._by_term.get(term, set()) for term in meant)) for meant in query.terms]
        common = set.intersection(*sorted(sets, key=len)) if sets else set()
        names = [self._names[position] for position in sorted(common)]
        return [name for name in names if query.numbers <= name.numbers and _is_named(name, query)]

    def _found_as_school(self, query: _Query) -> list[_Name]:
        """Return the gymnasiums and lyceums with a number that was asked for as a school's."""
        if not query.numbers or frozenset({"SCHOOL"}) not in query.terms:
            return []
        terms = tuple(
            _SCHOOLS if "SCHOOL" in meant else meant
            for meant in query.terms
            if meant != frozenset({"GENERAL"})
        )
        return self._found(_Query(terms, query.numbers))

    def _grouped(self, query: _Query, names: list[_Name]) -> tuple[tuple[int, ...], ...]:
        missing: dict[str, int] = {}
        for name in names:
            unnamed = len(name.telling - _named(query)) + len(name.numbers - query.numbers)
            for building in name.buildings:
                missing[building] = min(missing.get(building, unnamed), unnamed)
        in_full = [building for building, unnamed in missing.items() if unnamed == 0] or list(missing)
        ranked = sorted(in_full, key=lambda building: (missing[building], self._precincts[building]))
        return tuple(self._precincts[building] for building in ranked[:_MOST_BUILDINGS])


def _named(query: _Query) -> frozenset[str]:
    return frozenset().union(*query.terms)


def _is_named(name: _Name, query: _Query) -> bool:
    """Tell whether a query that fits a name says enough of it to mean it."""
    named = name.terms & _named(query)
    has_kind = not named.isdisjoint(KINDS)
    has_own_word = not named <= TERMS
    is_in_full = name.telling <= named
    if query.numbers:
        return has_kind or (is_in_full and len(named) > 1)
    if name.numbers or not is_in_full:
        share = len(named & name.telling) / max(len(name.telling), 1)
        return has_kind and has_own_word and (bool(name.numbers) or share >= _LEAST_SHARE_NAMED)
    return len(named) > 1


def _by_deletion(forms: Iterable[str]) -> dict[str, set[str]]:
    """Return the long words by themselves and by what is left of them without one letter."""
    result: dict[str, set[str]] = defaultdict(set)
    for form in forms:
        if len(form) >= _SHORTEST_WITH_TYPO:
            for part in _deletions(form):
                result[part].add(form)
    return dict(result)


def _deletions(form: str) -> set[str]:
    return {form, *(form[:place] + form[place + 1 :] for place in range(len(form)))}


def _is_one_edit(typed: str, form: str) -> bool:
    """Tell whether one letter more, less, other, or exchanged with its neighbour makes one word the other."""
    start = next(
        (i for i, (a, b) in enumerate(zip(typed, form, strict=False)) if a != b), min(len(typed), len(form))
    )
    left, right = typed[start:], form[start:]
    return (
        left[1:] == right[1:]
        or left[1:] == right
        or left == right[1:]
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )
