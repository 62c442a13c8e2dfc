"""From a typed text to tokens: words with their meaning, numbers as houses write them, commas.

Nothing here knows a campaign: whether ``Самал-2`` is a name is decided by the names that there are.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import Literal

from geo_service.addresses.house_numbers import by_sound, compose
from geo_service.addresses.letters import cyrillic, fold, plain, stem
from geo_service.addresses.vocabulary import Meaning, meanings, needs_number, without_short_forms

#: Characters of a text that are read; an address is far shorter, and time must not grow with nonsense.
LONGEST = 250
_MOST_TOKENS = 24

_ATOM = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*'?|[,;\n]|[/\\|]|№|[-‐‑‒–—−]")
_POSTCODE = re.compile(r"(?<!\w)(?:0\d{5}|[a-zа-я]\d{2}[a-zа-я]\d[a-zа-я]\d)(?!\w)")
_DASHES = "-‐‑‒–—−"
_SLASHES = "/\\|"
_ORDINALS = frozenset(["й", "я", "ый", "ой", "ая", "ое", "го", "ші", "шы", "інші", "ыншы", "th", "nd", "rd"])
_GLUED_ORDINALS = frozenset(["й", "я", "ый", "ая", "ші", "шы", "th", "nd", "rd"])
_FRACTION_WORDS = frozenset({"дробь"})
# Letters that are words of their own: short prepositions, and abbreviations of house, city and flat.
_LONE_WORDS = frozenset("вуияосдгкпншdkp")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a comma.

    Parameters
    ----------
    type
        What it is.
    text
        A word in `plain` Cyrillic letters; a number in its canonical form.
    key, stem
        Of a word: folded, and folded without its ending. Of a number: its text.
    meaning
        Of a word that is more than a name.
    joined
        True if a hyphen stands between the token before and this one.
    other
        Of a number with a Latin letter: the number with the letter that it may stand for by its sound.
    is_latin
        True if the word was typed in Latin letters.
    """

    type: Literal["word", "number", "comma"]
    text: str
    key: str
    stem: str
    meaning: Meaning | None = None
    joined: bool = False
    other: str = ""
    is_latin: bool = False

    @property
    def role(self) -> str:
        """The role of a word that is more than a name; empty for others."""
        return self.meaning.role if self.meaning else ""


def read_tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text; flats, entrances, floors and postcodes are left out with their numbers."""
    prepared = _POSTCODE.sub(" ", without_short_forms(plain(text[:LONGEST])))
    return tuple(_without_flats(_Reader(prepared).tokens()))[:_MOST_TOKENS]


@dataclass(slots=True)
class _Atom:
    text: str
    spaced: bool  # something stands between it and the atom before


class _Reader:
    """Reads atoms into tokens from left to right."""

    def __init__(self, text: str) -> None:
        self._atoms: list[_Atom] = []
        end = 0
        for match in _ATOM.finditer(text):
            self._atoms.append(_Atom(match.group(), match.start() != end))
            end = match.end()
        self._at = 0
        self._joined = False

    def tokens(self) -> list[Token]:
        result: list[Token] = []
        while self._at < len(self._atoms):
            atom = self._atoms[self._at]
            if atom.text[0].isdigit():
                if not self._takes_part_of(result):
                    result.append(self._number())
                self._joined = False
                continue
            self._at += 1
            if atom.text in ",;\n":
                result.append(Token("comma", ",", ",", ","))
            elif atom.text == "№":
                result.append(Token("word", "№", "№", "№", Meaning("house")))
            elif atom.text in _DASHES:
                self._joined = bool(result)
                continue
            elif atom.text not in _SLASHES:
                result.append(self._word(atom.text))
            self._joined = False
        return result

    def _takes_part_of(self, tokens: list[Token]) -> bool:
        """Take ``1-корпус`` after a house as its part, the Kazakh order, and return whether it was there."""
        ahead = 1
        following = self._peek(ahead)
        if following is not None and following.text in _DASHES:
            ahead, following = 2, self._peek(2)
        beyond = self._peek(ahead + 1)
        house = next((i for i in reversed(range(len(tokens))) if tokens[i].type == "number"), None)
        has_own_number = beyond is not None and beyond.text[0].isdigit()
        if house is None or has_own_number or not self._is_block(following):
            return False
        number = f"{tokens[house].text}К{self._take_number()}"
        tokens[house] = dataclasses.replace(tokens[house], text=number, key=number, stem=number)
        self._at += ahead
        return True

    def _word(self, text: str) -> Token:
        word = cyrillic(text.strip("'"))
        key = fold(word)
        meaning = meanings().get(key)
        if meaning is not None and key in needs_number() and not self._number_follows():
            meaning = None
        return Token("word", word, key, stem(word), meaning, self._joined, is_latin=word != text)

    def _number_follows(self) -> bool:
        following = self._peek(0)
        if following is not None and following.text == "№":
            following = self._peek(1)
        return following is not None and following.text[0].isdigit()

    def _peek(self, ahead: int) -> _Atom | None:
        position = self._at + ahead
        return self._atoms[position] if position < len(self._atoms) else None

    def _number(self) -> Token:
        joined = self._joined
        digits = self._atoms[self._at].text
        self._at += 1
        if self._skip_ordinal():
            return Token("number", digits, digits, digits, joined=joined)
        letter = self._letter()
        fraction, fraction_letter = self._fraction()
        block = "" if letter in {"к", "k"} else self._block()
        if letter in {"к", "k"} and self._peek_is_number():
            letter, block = "", self._take_number()
        number = compose(digits, letter, fraction, fraction_letter, block)
        sound = by_sound(letter)
        other = compose(digits, sound.lower(), fraction, fraction_letter, block) if sound else ""
        return Token("number", number, number, number, joined=joined, other=other)

    def _skip_ordinal(self) -> bool:
        """Take the ending of an ordinal, as in ``8-я линия``, and return whether there was one."""
        first, second = self._peek(0), self._peek(1)
        if first is not None and not first.spaced and first.text in _GLUED_ORDINALS:
            self._at += 1
            return True
        if first is None or first.text not in _DASHES or second is None:
            return False
        if not second.spaced and second.text in _ORDINALS:
            self._at += 2
            return True
        return False

    def _letter(self) -> str:
        """Take the letter of a house, as in ``12а``, ``12-а`` and ``12 а``; empty if there is none."""
        ahead = 0
        first = self._peek(0)
        if first is not None and first.text in _DASHES:
            ahead = 1
            first = self._peek(1)
        if first is None or len(first.text) != 1 or not first.text.isalpha():
            return ""
        following = self._peek(ahead + 1)
        is_number = following is not None and following.text[0].isdigit()
        if is_number and (first.spaced or first.text in "дdпpкk"):
            return ""  # a short word before its own number: д 5, кв 5, к 2
        if first.spaced and not _may_end_a_number(first.text, following):
            return ""
        self._at += ahead + 1
        return first.text

    def _fraction(self) -> tuple[str, str]:
        """Take what follows a slash, as in ``12/1`` and ``12/1а``."""
        slash, digits = self._peek(0), self._peek(1)
        if slash is None or (slash.text not in _SLASHES and slash.text not in _FRACTION_WORDS):
            return "", ""
        if digits is None or not (
            digits.text[0].isdigit() or (len(digits.text) == 1 and digits.text.isalpha())
        ):
            self._at += 1  # a slash without a number, as in 24/
            return "", ""
        self._at += 1
        if digits.text.isalpha():
            self._at += 1
            return "", digits.text
        return self._take_number(), self._letter()

    def _block(self) -> str:
        """Take the part of a building, as in ``12 корпус 2`` and ``12к2``."""
        word = self._peek(0)
        ahead = 0
        if word is not None and word.text in ",;" and self._is_block(self._peek(1)):
            ahead, word = 1, self._peek(1)
        following = self._peek(ahead + 1)
        if not self._is_block(word) or following is None or not following.text[0].isdigit():
            return ""
        self._at += ahead + 1
        return self._take_number()

    @staticmethod
    def _is_block(atom: _Atom | None) -> bool:
        if atom is None or not atom.text[0].isalpha():
            return False
        meaning = meanings().get(fold(cyrillic(atom.text)))
        return meaning is not None and meaning.role == "block"

    def _peek_is_number(self) -> bool:
        following = self._peek(0)
        return following is not None and following.text[0].isdigit()

    def _take_number(self) -> str:
        digits = self._atoms[self._at].text
        self._at += 1
        return digits


def _may_end_a_number(letter: str, following: _Atom | None) -> bool:
    """Return whether a letter after a space belongs to the number before: ``12 а``, not ``12 в центре``."""
    if letter not in _LONE_WORDS:
        return True
    return following is None or following.text in ",;/"


def _without_flats(tokens: list[Token]) -> list[Token]:
    """Leave out flats and the like with their numbers, which may stand on either side of the word."""
    kept: list[Token] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        following = tokens[position + 1 : position + 3]
        if token.role == "flat":
            if following and following[0].role == "house" and len(following) > 1:
                following, position = following[1:], position + 1  # кв. № 5
            if following and following[0].type == "number":
                position += 1
            elif _stands_after_its_number(kept):
                kept.pop()  # 5 пәтер
            position += 1
            continue
        kept.append(token)
        position += 1
    return kept


def _stands_after_its_number(kept: list[Token]) -> bool:
    """Return whether the last number belongs to a flat: there is another number, the house, before it."""
    if not kept or kept[-1].type != "number":
        return False
    before = [token for token in kept[:-1] if token.type == "number"]
    return bool(before)
