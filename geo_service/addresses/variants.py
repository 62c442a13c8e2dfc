"""Other ways to read a text that makes no sense: another keyboard layout, glued words, chat digits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geo_service.addresses.letters import fold, fold_letters, stem
from geo_service.addresses.place_names import PlaceNames
from geo_service.addresses.tokens import LONGEST, Token, read_tokens
from geo_service.addresses.vocabulary import glued_kind_words, meanings, without_case

# The keys of a Russian keyboard that type letters, and what they type in the English layout.
_ENGLISH = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё"
_TO_RUSSIAN = str.maketrans(
    dict(zip(_ENGLISH, _RUSSIAN, strict=True))
    | {
        "{": "х",
        "}": "ъ",
        ":": "ж",
        '"': "э",
        "<": "б",
        ">": "ю",
        "~": "ё",
        "?": ",",
        "|": "/",
        "/": ".",
    }
)
_TO_ENGLISH = str.maketrans(dict(zip(_RUSSIAN, _ENGLISH, strict=True)))
# The digit row of a Kazakh keyboard types letters: what they are in the English and Russian layouts.
_KAZAKH_DIGITS = str.maketrans(
    {"2": "ә", "3": "і", "4": "ң", "5": "ғ", "8": "ү", "9": "ұ", "0": "қ", "-": "ө", "=": "һ"}
)
_LATIN = re.compile("[a-z]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_KAZAKH = re.compile("[әғқңөұүһі]")
_CHAT_DIGITS = (
    (re.compile(r"(?<![\d])4(?=[a-z]{2})|(?<=[a-z])4(?=[a-z])"), "ch"),
    (re.compile(r"(?<![\d])6(?=[a-z]{2})|(?<=[a-z])6(?=[a-z])"), "sh"),
)
_LETTER_CHUNK = re.compile(r"\S*[^\W\d_]\S*")
_SHORTEST_NAME = 4


def other_readings(text: str, tokens: Sequence[Token], names: PlaceNames) -> Iterator[tuple[Token, ...]]:
    """Yield the tokens of other readings of a `plain` text, the likeliest first.

    Parameters
    ----------
    text
        The whole text.
    tokens
        Its tokens as it stands.
    names
        Of the campaign: a word is cut only where a name is left.
    """
    text = text[:LONGEST]
    for changed in (_without_glued_kinds(tokens, names), _without_cases(tokens, names)):
        if changed is not None:
            yield changed
    if _LATIN.search(text):
        chat = text
        for digit, letters in _CHAT_DIGITS:
            chat = digit.sub(letters, chat)
        if chat != text:
            yield read_tokens(chat)
    if _LATIN.search(text) and not _CYRILLIC.search(text):
        yield read_tokens(typed_in_russian(text))
        yield read_tokens(
            _LETTER_CHUNK.sub(lambda match: match.group().translate(_KAZAKH_DIGITS), typed_in_russian(text))
        )


def english_reading(text: str) -> tuple[Token, ...] | None:
    """Return the tokens of a Cyrillic text as the same keys type it in English; None of any other text."""
    if _LATIN.search(text) or _KAZAKH.search(text):
        return None
    return read_tokens(text[:LONGEST].translate(_TO_ENGLISH))


def divided_numbers(tokens: Sequence[Token], names: PlaceNames) -> Iterator[tuple[Token, ...]]:
    """Yield the tokens with ``4/12`` as two numbers where the first may be the name's: Аксай 4/12."""
    for position, token in enumerate(tokens[1:], 1):
        word = tokens[position - 1]
        first, _, second = token.text.partition("/")
        is_series = word.type == "word" and (
            (word.key, ()) in names.series or (word.stem, ()) in names.series
        )
        if token.type == "number" and second and is_series:
            parts = (Token("number", part, part, part) for part in (first, second))
            yield (*tokens[:position], *parts, *tokens[position + 1 :])


def typed_in_russian(text: str) -> str:
    """Return what the keys of a `plain` text type in the Russian layout; signs beside digits stay."""
    return _LETTERS_AND_SIGNS.sub(lambda match: match.group().translate(_TO_RUSSIAN), text)


# A sign between digits or before a space is itself: 12/1, and the comma of "f,fz, 10" after a whole word.
_LETTERS_AND_SIGNS = re.compile(r"[^\s\d]*[a-z][^\s\d]*|[?|]|[,.;'\[\]`]+(?=[a-z])")


def _without_glued_kinds(tokens: Sequence[Token], names: PlaceNames) -> tuple[Token, ...] | None:
    """Return tokens with kind words cut off the names that they are glued to; None if there are none."""
    changed: list[Token] = []
    for token in tokens:
        parts = _cut(token, names) if token.type == "word" and token.meaning is None else None
        changed += parts or [token]
    return tuple(changed) if len(changed) > len(tokens) else None


def _without_cases(tokens: Sequence[Token], names: PlaceNames) -> tuple[Token, ...] | None:
    """Return tokens with names in a Kazakh case as they stand in the dictionary; None if there are none."""
    changed = tuple(_in_nominative(token, names) for token in tokens)
    return changed if changed != tuple(tokens) else None


def _in_nominative(token: Token, names: PlaceNames) -> Token:
    if (
        token.type != "word"
        or token.meaning is not None
        or token.key in names.keys
        or token.stem in names.stems
    ):
        return token
    words = map(fold, without_case(fold_letters(token.text), is_name=True))
    known = next((word for word in words if word in names.keys), None)
    return token if known is None else Token("word", known, known, stem(known), typed=known)


def _cut(token: Token, names: PlaceNames) -> list[Token] | None:
    """Return a kind word and the name that it is glued to, in their order; None if that leaves no name."""
    for word in glued_kind_words("before"):
        name = _name_token(token.text[len(word) :], names) if token.text.startswith(word) else None
        if name is not None:
            return [_kind_token(word), name]
    for word in glued_kind_words("after"):
        name = _name_token(token.text[: -len(word)], names) if token.text.endswith(word) else None
        if name is not None:
            return [name, _kind_token(word)]
    return None


def _name_token(text: str, names: PlaceNames) -> Token | None:
    if len(text) < _SHORTEST_NAME:
        return None
    key = fold(text)
    known = (key, ()) in names.exact or (key, ()) in names.series
    return Token("word", text, key, stem(text), typed=text) if known else None


def _kind_token(word: str) -> Token:
    key = fold(word)
    return Token("word", word, key, key, meanings()[key], typed=word)
