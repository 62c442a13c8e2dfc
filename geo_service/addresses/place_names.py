"""The names that places are known by, ready to be compared: current names, aliases, their main words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from geo_service.addresses.tokens import Token, read_tokens
from geo_service.campaign.model import LANGUAGES, Alias, Language, Place, PlaceKind

#: How a text and a name agree, the closest first. ``part``: a long name by its main word.
Agreement = Literal["exact", "ending", "part", "typo"]

_STREETS: frozenset[PlaceKind] = frozenset({"street", "avenue", "boulevard", "highway"})
# Words that stand beside many names and tell none apart.
_TITLES = frozenset({"батир", "хан", "ана", "ата", "би", "жирау", "акин", "сал", "сери", "баб", "абе", "апа"})
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
    """

    def __init__(self, places: Sequence[Place], aliases: Iterable[Alias] = ()) -> None:
        self.names = tuple(_names(places, aliases))
        self.exact: dict[NameKey, list[PlaceName]] = {}
        self.endings: dict[NameKey, list[PlaceName]] = {}
        self.parts: dict[NameKey, list[PlaceName]] = {}
        for name in self.names:
            for key in {glued(name.keys), glued(sorted(name.keys))}:
                self.exact.setdefault((key, name.numbers), []).append(name)
            for key in {glued(name.stems), glued(sorted(name.stems))}:
                self.endings.setdefault((key, name.numbers), []).append(name)
            for stem in main_words(name):
                self.parts.setdefault((stem, name.numbers), []).append(name)
        # Words of names with numbers: самал of Самал-2.
        self.numbered = frozenset(word for word, numbers in self.exact if numbers)


def glued(words: Iterable[str]) -> str:
    """Return words as one, so that ``Толеби`` is ``Толе би``."""
    return "".join(words)


def main_words(name: PlaceName) -> tuple[str, ...]:
    """Return the stems of a long name's words that it may be called by alone: Абылай of Абылай хана."""
    if len(name.stems) < 2:  # noqa: PLR2004 - a name of one word has no part
        return ()
    own = [
        stem
        for stem, key in zip(name.stems, name.keys, strict=True)
        if len(key) >= _SHORTEST_MAIN_WORD and stem not in _TITLES and key not in _TITLES
    ]
    return tuple(dict.fromkeys(own))


def compatible(kind: PlaceKind, other: PlaceKind) -> bool:
    """Return whether people take one kind for the other, as they call an avenue a street."""
    return kind == other or {kind, other} <= _STREETS


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
    """Yield the name, and where it holds the kind word of its place the name without it, too."""
    tokens = [token for token in read_tokens(text) if token.type != "comma"]
    forms = [tokens, [token for token in tokens if not _is_own_kind(token, place)]]
    if len(forms[0]) == len(forms[1]) or not forms[1]:
        forms = forms[:1]
    for form in forms:
        words = [token for token in form if token.type == "word"]
        numbers = tuple(token.text for token in form if token.type == "number")
        if words or numbers:
            yield PlaceName(
                place,
                text,
                language,
                tuple(token.text for token in words),
                tuple(token.key for token in words),
                tuple(token.stem for token in words),
                numbers,
                alias,
            )


def _is_own_kind(token: Token, place: Place) -> bool:
    meaning = token.meaning
    return meaning is not None and meaning.kind is not None and compatible(meaning.kind, place.kind)
