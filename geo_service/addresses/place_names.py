"""The names that places are known by, ready to be compared: current names, aliases, their main words."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from geo_service.addresses.fact_files import fact_rows
from geo_service.addresses.kinds import people_exchange
from geo_service.addresses.letters import fold, look_alike, plain, stem
from geo_service.addresses.tokens import Token, read_tokens
from geo_service.campaign.model import LANGUAGES, Alias, Language, Place

#: How a text and a name agree, the closest first. ``series``: Самал for Самал-2; ``part``: a long name by its
#: main word.
Agreement = Literal["exact", "ending", "series", "part", "typo"]

#: Words that stand beside many names and tell none apart, folded; with their stems.
TITLES = frozenset(
    {"батир", "батира", "хан", "хана", "ана", "ата", "би", "жирау", "акин", "сал", "сери", "баба", "апа"}
)
_NO_MAIN_WORDS = TITLES | {
    "сентр",
    "город",
    "парк",
    "дорога",
    "дорог",
    "кал",
    "новаиа",
    "нова",
    "болша",
    "мала",
}
_SHORTEST_MAIN_WORD = 4


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One name of one place.

    Parameters
    ----------
    place
        The place.
    text
        The name as people read it.
    language
        Of the name.
    words
        Its words in `plain` Cyrillic letters, without the kind word.
    keys, stems
        The words folded, and folded without endings.
    typed
        The words as they are written, in lower case, as one: what typing errors are counted on.
    numbers
        The numbers in the name: ``("3А",)`` of Аксай-3а.
    alias
        Where the name is an alias.
    """

    place: Place
    text: str
    language: Language
    words: tuple[str, ...]
    keys: tuple[str, ...]
    stems: tuple[str, ...]
    typed: str
    numbers: tuple[str, ...]
    alias: Alias | None = None

    @property
    def is_old(self) -> bool:
        """Whether the name is a former one."""
        return self.alias is not None and self.alias.kind == "old"


#: What a name is looked up by: its words as one, and its numbers.
NameKey = tuple[str, tuple[str, ...]]


class PlaceNames:
    """All names of a campaign's places, by what they are looked up by.

    Parameters
    ----------
    places, aliases
        Of the campaign.

    Attributes
    ----------
    exact, endings
        Names by their words, in their order and sorted.
    parts
        Long names by a main word, or by several of their words.
    keys, stems
        Single words of all names, folded, and folded without endings.
    series
        Names with a number by their words without it: ``Самал-1``, ``Самал-2`` by ``самал``.
    """

    def __init__(self, places: Sequence[Place], aliases: Iterable[Alias] = ()) -> None:
        self.names = tuple(_names(places, aliases))
        self.exact: dict[NameKey, list[PlaceName]] = {}
        self.endings: dict[NameKey, list[PlaceName]] = {}
        self.parts: dict[NameKey, list[PlaceName]] = {}
        self.series: dict[NameKey, list[PlaceName]] = {}
        self.keys: set[str] = set()
        self.stems: set[str] = set()
        for name in self.names:
            self._add(name)

    def _add(self, name: PlaceName) -> None:
        for table, forms in ((self.exact, name.keys), (self.endings, name.stems)):
            for key in dict.fromkeys((glued(forms), glued(sorted(forms)))):
                table.setdefault((key, name.numbers), []).append(name)
        for part in parts_of(name):
            self.parts.setdefault((part, name.numbers), []).append(name)
        if name.words and name.numbers:
            for key in dict.fromkeys((glued(name.keys), glued(name.stems))):
                self.series.setdefault((key, ()), []).append(name)
        self.keys.update(name.keys)
        self.stems.update(name.stems)


def glued(words: Iterable[str]) -> str:
    """Return words as one, so that ``Толеби`` is ``Толе би``."""
    return "".join(words)


def parts_of(name: PlaceName) -> tuple[str, ...]:
    """Return what a long name may be called by: the stem of a main word, and several of its words in a row.

    Abylai for Abylai Khan, Восточная объездная for Восточная объездная дорога.
    """
    count = len(name.stems)
    if count < 2:  # noqa: PLR2004 - a name of one word has no part
        return ()
    runs = [
        glued(name.stems[start:end])
        for start in range(count)
        for end in range(start + 2, count + 1)
        if end - start < count
    ]
    own = [
        stem
        for stem, key in zip(name.stems, name.keys, strict=True)
        if len(key) >= _SHORTEST_MAIN_WORD and not {stem, key} & _NO_MAIN_WORDS
    ]
    return tuple(dict.fromkeys([*own, *runs]))


def _names(places: Sequence[Place], aliases: Iterable[Alias]) -> Iterator[PlaceName]:
    by_id = {place.id: place for place in places}
    for place in places:
        for language in LANGUAGES:
            text = getattr(place.names, language)
            if text:
                yield from _name(place, text, language, None)
    for alias in aliases:
        place_or_none = by_id.get(alias.place)
        if place_or_none is not None:
            yield from _name(place_or_none, alias.name, alias.language, alias)


def _name(place: Place, text: str, language: Language, alias: Alias | None) -> Iterator[PlaceName]:
    """Yield the name without the kind word of its place, and its other spellings."""
    tokens = [token for token in read_tokens(text) if token.type != "comma"]
    own = [token for token in tokens if not _is_own_kind(token, place)] or tokens
    words = tuple(token.text for token in own if token.type == "word")
    numbers = tuple(token.text for token in own if token.type == "number")
    if not words and not numbers:
        return
    typed = look_alike("".join(token.typed for token in own if token.type == "word"))
    for spelt in _spellings(words):
        keys, stems = tuple(map(fold, spelt)), tuple(map(stem, spelt))
        yield PlaceName(place, text, language, spelt, keys, stems, typed, numbers, alias)


def _spellings(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return a name's words, and as they are spelt in the other language where that is more than letters."""
    others = tuple(_other_spellings().get(stem(word), word) for word in words)
    return [words] if others == words else [words, others]


@functools.cache
def _other_spellings() -> dict[str, str]:
    """Return words of names as the other language spells them, by their stems."""
    pairs = [tuple(map(plain, row.values())) for row in fact_rows("spellings.csv")]
    both = [pair for kazakh, russian in pairs for pair in ((stem(kazakh), russian), (stem(russian), kazakh))]
    return {known: other for known, other in both if stem(other) != known}


def _is_own_kind(token: Token, place: Place) -> bool:
    meaning = token.meaning
    return meaning is not None and meaning.kind is not None and people_exchange(meaning.kind, place.kind)
