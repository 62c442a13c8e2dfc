"""How a text may go on while it is typed: places whose names begin like it, then the houses of a place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geo_service.addresses.letters import plain
from geo_service.addresses.place_names import PlaceName
from geo_service.addresses.search import AddressSearch
from geo_service.addresses.tokens import LONGEST, Token, read_tokens
from geo_service.addresses.variants import typed_in_russian
from geo_service.campaign.model import Language, Place, PlaceKind
from geo_service.place_labels import PlaceLabels

_KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)
_LATIN = re.compile("[a-z]", re.IGNORECASE)
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_SHORT = 3  # letters; the best places of so short a beginning are chosen beforehand
_KEPT = 40
_LAST = "\uffff"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way to go on.

    Parameters
    ----------
    text
        What the box holds once it is chosen.
    label
        The same with what tells it from others of its name.
    place
        The place.
    house
        The house's number; None for a place.
    """

    text: str
    label: str
    place: Place
    house: str | None = None


class Suggestions:
    """Suggests places and houses of a campaign.

    Parameters
    ----------
    search
        Its names and houses.
    labels
        What places are called.
    """

    def __init__(self, search: AddressSearch, labels: PlaceLabels) -> None:
        self._search, self._labels = search, labels
        self._sizes = {
            name.place.id: len(search.houses.of_place(name.place.id)) for name in search.names.names
        }
        entries: dict[tuple[str, int], tuple[str, PlaceName]] = {}
        for language in ("ru", "kk", "en"):  # of names that begin alike in two languages the first is shown
            for name in search.names.names:
                if name.language == language:
                    for key in _beginnings(name):
                        entries.setdefault((key, name.place.id), (key, name))
        self._entries = sorted(entries.values(), key=lambda entry: entry[0])
        self._keys = [key for key, _ in self._entries]
        self._best_of_short = {
            short: self._ranked(self._range(short), short, None)[:_KEPT]
            for length in range(1, _SHORT)
            for short in {key[:length] for key in self._keys}
        }

    def of(self, prefix: str, *, language: Language | None = None, limit: int = 8) -> tuple[Suggestion, ...]:
        """Return places, or houses once the text holds a place and begins a number.

        Parameters
        ----------
        prefix
            What has been typed so far.
        language
            Of the suggestions; None means that of the input.
        limit
            The most suggestions.
        """
        tokens = [token for token in read_tokens(prefix[:LONGEST]) if token.type != "comma"]
        name_tokens, number = _split(tokens)
        kind = next((t.meaning.kind for t in tokens if t.meaning and t.meaning.kind), None)
        names = self._beginning(name_tokens, kind) if name_tokens else []
        if not names and not _CYRILLIC.search(prefix):
            swapped = [t for t in read_tokens(typed_in_russian(plain(prefix[:LONGEST]))) if t.type == "word"]
            names = self._beginning(swapped, kind) if swapped else []
        if number and name_tokens:
            houses = self._houses_of_named(
                names, name_tokens, number, language or _language_of(prefix), limit
            )
            if houses:
                return houses
        places = _one_of_each_place(names)[:limit]
        return tuple(self._place(name, language or _language_of(prefix, name)) for name in places)

    def houses(
        self, place: Place, prefix: str, *, language: Language | None = None, limit: int = 8
    ) -> tuple[Suggestion, ...]:
        """Return the houses of a place whose numbers begin as typed."""
        digits = next((token.text for token in read_tokens(prefix) if token.type == "number"), "")
        numbers = self._search.houses.starting_with(place.id, digits, limit)
        return tuple(self._house(place, number, language or "ru") for number in numbers)

    def _beginning(self, tokens: Sequence[Token], kind: PlaceKind | None) -> list[PlaceName]:
        """Return the names that begin with the tokens, those of the kind and the larger places first."""
        key = _key(tokens)
        if not key:
            return []
        if len(key) < _SHORT and kind is None:
            return self._best_of_short.get(key, [])
        return self._ranked(self._range(key), key, kind)

    def _range(self, key: str) -> list[tuple[str, PlaceName]]:
        return self._entries[bisect_left(self._keys, key) : bisect_left(self._keys, key + _LAST)]

    def _ranked(
        self, entries: Iterable[tuple[str, PlaceName]], key: str, kind: PlaceKind | None
    ) -> list[PlaceName]:
        def rank(entry: tuple[str, PlaceName]) -> tuple[bool, bool, bool, bool, int, int]:
            own, name = entry
            whole = "".join(name.keys) + "".join(name.numbers)
            return (
                kind is not None and name.place.kind != kind,
                name.is_old,
                own != key,
                not whole.startswith(key),
                -self._sizes[name.place.id],
                name.place.id,
            )

        return [name for _, name in sorted(entries, key=rank)]

    def _houses_of_named(
        self, names: Sequence[PlaceName], tokens: Sequence[Token], number: str, language: Language, limit: int
    ) -> tuple[Suggestion, ...]:
        """Return houses of the places that are named in full, in turn, so that namesakes all show."""
        stems = "".join(token.stem for token in tokens)
        keys = _key(tokens)
        named = [
            n for n in names if keys in {"".join(n.keys) + "".join(n.numbers)} or stems == "".join(n.stems)
        ]
        places = [name.place for name in _one_of_each_place(named)]
        share = max(1, limit // max(1, len(places)))
        found = [
            self._house(place, house, language)
            for place in places
            for house in self._search.houses.starting_with(place.id, number, share)
        ]
        return tuple(found[:limit])

    def _place(self, name: PlaceName, language: Language) -> Suggestion:
        place = name.place
        return Suggestion(
            self._labels.address(place, None, language),
            self._labels.label(place, None, None, language),
            place,
        )

    def _house(self, place: Place, house: str, language: Language) -> Suggestion:
        text = self._labels.address(place, house, language)
        return Suggestion(text, self._labels.label(place, house, None, language), place, house)


def _beginnings(name: PlaceName) -> set[str]:
    """Return what a name may be begun with: the whole, and from each of its words on."""
    numbers = "".join(name.numbers)
    starts = {"".join(name.keys[position:]) + numbers for position in range(len(name.keys))}
    return starts or {numbers}


def _key(tokens: Sequence[Token]) -> str:
    words = "".join(token.key for token in tokens if token.type == "word")
    return words + "".join(token.text for token in tokens if token.type == "number")


def _split(tokens: Sequence[Token]) -> tuple[list[Token], str]:
    """Return the tokens of the name, and the house number that the text ends with, if it does."""
    named = [token for token in tokens if token.meaning is None or token.meaning.role != "kind"]
    named = [token for token in named if token.role not in {"house", "city", "district"}]
    words = [token for token in named if token.type == "word"]
    number = named[-1].text if named and named[-1].type == "number" and not named[-1].joined else ""
    kept = named[:-1] if number and words else named
    return kept, number if words else ""


def _one_of_each_place(names: Iterable[PlaceName]) -> list[PlaceName]:
    first: dict[int, PlaceName] = {}
    for name in names:
        first.setdefault(name.place.id, name)
    return list(first.values())


def _language_of(text: str, name: PlaceName | None = None) -> Language:
    """Return the language that somebody types in: that of the letters, else that of the name that was met."""
    if _KAZAKH.search(text):
        return "kk"
    if _LATIN.search(text) and not _CYRILLIC.search(text):
        return "en"
    return "ru" if name is None or name.language == "en" else name.language
