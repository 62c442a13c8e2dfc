"""What a text may say while it is still being typed, the likeliest first.

Its last word may be the beginning of a name, of a kind word, or a whole word of either; its last number may
belong to a name or be the beginning of a house's.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from geo_service.addresses.beginnings import Wanted
from geo_service.addresses.hints import HintReader, Hints
from geo_service.addresses.letters import cyrillic, fold, stem
from geo_service.addresses.tokens import Token, read_tokens
from geo_service.addresses.vocabulary import glued_kind_words, meanings
from geo_service.campaign.model import Language, PlaceKind

_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
_KAZAKH = re.compile("[әғқңөұүһі]")
_LATIN = re.compile("[a-z]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_SLASH_LAST = re.compile(r"\d\s*[/\\|]\s*\Z")
# Words that are no part of a name, whatever stands beside them; a filler may be one of a longer name.
_NEVER_NAMES = frozenset({"kind", "house", "block", "flat", "sign", "corner"})
_SELDOM_NAMES = frozenset({"city", "filler"})
_SHORTEST = 3  # letters of a kind word that is begun, and of a name that one is glued to
_MOST_FOLDED = 2  # letters of a word that are one when folded
_BEFORE_A_HOUSE = frozenset({"house", "sign"})
_KAZAKH_DISTRICT = "ауд"  # ауданы, which has no letter of its own
_KAZAKH_KINDS = tuple(map(fold, ("көшесі", "даңғылы", "тұйығы", "алаңы", "ықшамауданы", "шағынауданы")))


@dataclass(frozen=True, slots=True)
class Unfinished:
    """One way to read a text that is being typed.

    Parameters
    ----------
    pieces
        The words and numbers of name and house, in their order.
    wanted
        What the text says beside them.
    language
        That it is typed in.
    has_house
        True if the last piece can only be a house's number, as after a comma.
    is_named, is_in_kazakh
        True if the name must be whole, as a kind word was begun after it; and if it must be the Kazakh one.
    has_town
        True if the text has the name of another town.
    ends_in_slash
        True if a fraction of the number is to follow.
    """

    pieces: tuple[Token, ...]
    wanted: Wanted
    language: Language
    has_house: bool = False
    is_named: bool = False
    is_in_kazakh: bool = False
    has_town: bool = False
    ends_in_slash: bool = False

    @property
    def words(self) -> tuple[Token, ...]:
        """The pieces that are words."""
        return tuple(piece for piece in self.pieces if piece.type == "word")

    @property
    def number(self) -> Token | None:
        """The number that the text ends with and that may be a house's; None if it does with a word."""
        return self.pieces[-1] if len(self.pieces) > 1 and self.pieces[-1].type == "number" else None

    def of_pieces(self, pieces: Sequence[Token], wanted: Wanted | None = None) -> Unfinished:
        """Return the reading of some of the pieces only, also with something else wanted."""
        return replace(self, pieces=tuple(pieces), wanted=wanted or self.wanted)


def readings_of(text: str, tokens: Sequence[Token], hints: HintReader) -> tuple[Unfinished, ...]:
    """Return what a text that is being typed may say, the likeliest first.

    Parameters
    ----------
    text
        In the form of `geo_service.addresses.letters.plain`.
    tokens
        Of the text.
    hints
        Finds city and districts.
    """
    with_slash = ends_in_slash(text)
    readings = dict.fromkeys(_readings(text, tokens, hints))
    return tuple(replace(reading, ends_in_slash=True) if with_slash else reading for reading in readings)


def ends_in_slash(text: str) -> bool:
    """Return whether a text ends with a number whose fraction is to follow: Абая 12/."""
    return _SLASH_LAST.search(text) is not None


def readings_of_tokens(tokens: Sequence[Token], hints: HintReader) -> Iterator[Unfinished]:
    """Yield what the tokens of a text may say, with and without the words that are seldom parts of names."""
    said = hints.read(tokens)
    sure = said.city_tokens | (said.district_tokens if said.is_sure else frozenset())
    left = [p for p in range(_beginning_of_last_street(tokens), len(tokens)) if tokens[p].type != "comma"]
    left = [position for position in left if tokens[position].role not in _NEVER_NAMES]
    seldom = sure | {p for p in left if tokens[p].role in _SELDOM_NAMES}
    fillers = {p for p in left if tokens[p].role == "filler"}
    kept: list[list[int]] = []
    districts = {p for p in left if tokens[p].role == "district"}
    for without in (seldom - fillers, seldom, seldom | said.district_tokens, districts, frozenset()):
        pieces = [position for position in left if position not in without]
        if pieces and pieces not in kept:
            kept.append(pieces)
    for pieces in kept:
        yield _reading(tokens, pieces, said)
    if set(left) <= sure:
        yield _reading(tokens, [], said)


def after_comma(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return the tokens after the last comma that a name follows; none if there is none."""
    last = max((position for position, token in enumerate(tokens) if _may_be_named(token)), default=0)
    commas = [position for position in range(last) if tokens[position].type == "comma"]
    return tuple(tokens[commas[-1] + 1 :]) if commas else ()


def without_glued_kind(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return tokens with a kind word cut off a name that is begun: улрозыб; none if there is none."""
    changed = tuple(part for token in tokens for part in _cut(token))
    return changed if len(changed) > len(tokens) else ()


def language_of(text: str, tokens: Iterable[Token] = ()) -> Language:
    """Return the language that somebody types in, by letters and Kazakh words; Russian if nothing tells.

    Parameters
    ----------
    text
        In lower case.
    tokens
        Of the text.
    """
    if _KAZAKH.search(text) or any(_is_kazakh(token) for token in tokens):
        return "kk"
    return "en" if _LATIN.search(text) and not _CYRILLIC.search(text) else "ru"


def _readings(typed: str, tokens: Sequence[Token], hints: HintReader) -> Iterator[Unfinished]:
    whole = tuple(readings_of_tokens(tokens, hints))
    last = _LAST_WORD.search(typed)
    before = read_tokens(typed[: last.start()]) if last is not None else ()
    word = None if last is None else _word(last.group())
    begun = tuple(_with_kind_begun(before, word, hints)) if before and word is not None else ()
    # Абай д is an avenue, Абая д the beginning of a house.
    yield from (
        replace(reading, is_in_kazakh=True) for reading in begun if reading.words and reading.language == "kk"
    )
    yield from (reading for reading in whole if reading.pieces)
    if word is not None and tokens[-1:] != (word,):
        # пр may be the beginning of Пржевальского, and м after 8 that of микрорайон.
        yield from readings_of_tokens((*before, word), hints)
    yield from begun
    yield from (reading for reading in whole if not reading.pieces)
    if word is not None and not before and len(word.key) >= _SHORTEST:
        language: Language = "kk" if _begins_kazakh(word) else language_of(typed)
        yield Unfinished((), Wanted(_kinds_begun().get(word.key, ())), language)


def _with_kind_begun(before: Sequence[Token], word: Token, hints: HintReader) -> Iterator[Unfinished]:
    """Yield readings in which the last word is the beginning of a kind word: Розыбакиев к."""
    kinds = _kinds_begun().get(word.key, ())
    for reading in readings_of_tokens(before, hints) if kinds else ():
        if reading.pieces and not reading.wanted.kinds:
            language = "kk" if _begins_kazakh(word) else reading.language
            yield replace(
                reading, wanted=replace(reading.wanted, kinds=kinds), language=language, is_named=True
            )


def _reading(tokens: Sequence[Token], positions: Sequence[int], said: Hints) -> Unfinished:
    last = positions[-1] if positions else 0
    before = tokens[last - 1] if len(positions) > 1 else None
    has_house = before is not None and (before.type == "comma" or before.role in _BEFORE_A_HOUSE)
    kinds = _last_kinds(tokens[_beginning_of_last_street(tokens) :])
    is_hint = not said.district_tokens & set(positions)
    wanted = Wanted(kinds, said.district if is_hint else None)
    language = language_of(" ".join(token.typed for token in tokens if token.role != "sign"), tokens)
    pieces = tuple(tokens[position] for position in positions)
    return Unfinished(pieces, wanted, language, has_house, has_town=bool(said.towns))


def _last_kinds(tokens: Sequence[Token]) -> tuple[PlaceKind, ...]:
    """Return the kinds that the last kind word says, with those before it: тұйық көшесі is a lane's."""
    kinds: list[PlaceKind] = []
    for token in reversed(tokens):
        kind = None if token.meaning is None or is_nonsense(token) else token.meaning.kind
        if kind is not None:
            kinds.append(kind)
        elif kinds:
            break
    return tuple(sorted(set(kinds)))


def is_nonsense(token: Token) -> bool:
    """Return whether a word is one letter over and over: щщщщ is not ш."""
    return len(token.text) > _MOST_FOLDED * len(token.key)


def _beginning_of_last_street(tokens: Sequence[Token]) -> int:
    """Return where the second street of a corner begins; 0 if there is none."""
    corner = next((position for position, token in enumerate(tokens) if token.role == "corner"), None)
    if corner is None or not any(token.type == "word" for token in tokens[corner + 1 :]):
        return 0
    return corner + 1


def _may_be_named(token: Token) -> bool:
    return token.type == "word" and token.meaning is None and len(token.text) > 1


def _cut(token: Token) -> tuple[Token, ...]:
    for kind in glued_kind_words("before"):
        rest = token.typed.removeprefix(kind)
        if token.meaning is None and rest != token.typed and len(rest) >= _SHORTEST:
            key = fold(kind)
            return Token("word", kind, key, key, meanings()[key], typed=kind), _word(rest)
    return (token,)


def _word(typed: str) -> Token:
    text = cyrillic(typed)
    return Token("word", text, fold(text), stem(text), typed=typed)


def _is_kazakh(token: Token) -> bool:
    """Return whether a word is Kazakh though it may be typed with Russian letters only: кошеси, ауданы."""
    if token.type != "word" or token.is_latin or token.meaning is None:
        return False
    return token.meaning.side == "after" or (
        token.role == "district" and token.text.startswith(_KAZAKH_DISTRICT)
    )


def _begins_kazakh(word: Token) -> bool:
    """Return whether a word is the beginning of a Kazakh kind word."""
    return not word.is_latin and any(kind.startswith(word.key) for kind in _KAZAKH_KINDS)


@functools.cache
def _kinds_begun() -> Mapping[str, tuple[PlaceKind, ...]]:
    """Return the kinds whose words, where they may stand after a name, begin so."""
    begun: dict[str, set[PlaceKind]] = {}
    for key, meaning in meanings().items():
        if meaning.kind is not None:
            for length in range(1, len(key) + 1):
                begun.setdefault(key[:length], set()).add(meaning.kind)
    return MappingProxyType({key: tuple(sorted(kinds)) for key, kinds in begun.items()})
