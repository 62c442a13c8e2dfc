"""From the characters of a text to words and numbers: letters of houses, fractions, parts, ordinals."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass

from geo_service.addresses.house_numbers import by_sound, compose
from geo_service.addresses.letters import cyrillic, fold, stem
from geo_service.addresses.typed_token import Token
from geo_service.addresses.vocabulary import Meaning, meaning_of, needs_number

_ATOM = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*'?|[,;\n]|[/\\|]|№|[-‐‑‒–—−]")
_DASHES = "-‐‑‒–—−"
_SLASHES = "/\\|"
# Endings of ordinals after a hyphen, and those that are one without it: 8-я, 8я.
_ORDINALS = frozenset(
    "й я ый ой ая ое го ші шы інші ыншы нші ншы th nd rd ya aya oi oy yi yy i shi shy inshi ynshy".split()  # noqa: SIM905
)
_GLUED_ORDINALS = frozenset({"й", "я", "ый", "ая", "ші", "шы", "th", "nd", "rd", "ya", "aya", "shi"})
_FRACTION_WORDS = frozenset({"дробь"})
_LETTER_WORDS = frozenset({"литер", "литера", "лит", "буква"})
_LETTER_AND_BLOCK = re.compile("[а-яa-z][кk]")
_SHORTEST_NAME = 3
_MOST_DIGITS = 5  # a longer number is a telephone's, not a house's
# Letters that are words of their own: short prepositions, and abbreviations of house, city and flat.
_LONE_WORDS = frozenset("вуияосдгкпншdkp")


@dataclass(slots=True)
class _Atom:
    text: str
    spaced: bool  # something stands between it and the atom before


class TokenReader:
    """Reads a text into tokens, from left to right.

    Parameters
    ----------
    text
        In `plain` letters, without short forms.
    """

    def __init__(self, text: str) -> None:
        self._atoms: list[_Atom] = []
        end = 0
        for match in _ATOM.finditer(text):
            self._atoms.append(_Atom(match.group(), match.start() != end))
            end = match.end()
        self._at = 0
        self._joined = False

    def tokens(self) -> list[Token]:
        """Return the tokens."""
        result: list[Token] = []
        while self._at < len(self._atoms):
            atom = self._atoms[self._at]
            if atom.text[0].isdigit():
                if len(atom.text) > _MOST_DIGITS:
                    self._at += 1
                elif not self._takes_part_of(result):
                    result.append(self._number())
                self._joined = False
                continue
            self._at += 1
            if atom.text in ",;\n":
                result.append(Token("comma", ",", ",", ","))
            elif atom.text in _DASHES:
                self._joined = bool(result)
                continue
            elif atom.text not in _SLASHES:
                result.append(self._word(atom.text))
            elif self._is_between_names(result):
                result.append(Token("word", "/", "/", "/", Meaning("corner"), typed="/"))
            self._joined = False
        return result

    def _is_between_names(self, tokens: list[Token]) -> bool:
        """Return whether a slash stands between two names, which is how people write a corner."""
        following = self._peek(0)
        before = tokens[-1] if tokens else None
        is_after_name = before is not None and before.type == "word" and before.meaning is None
        return (
            is_after_name
            and following is not None
            and following.text[0].isalpha()
            and len(following.text) >= _SHORTEST_NAME
        )

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
        meaning = meaning_of(key)
        if meaning is not None and key in needs_number() and not self._number_follows():
            meaning = None
        return Token("word", word, key, stem(word), meaning, self._joined, typed=text)

    def _number_follows(self) -> bool:
        following = self._peek(0)
        if following is not None and _is_sign(following.text):
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
            return Token("number", digits, digits, digits, joined=joined, is_ordinal=True)
        letter, is_loose = self._letter_before_block() or self._letter()
        fraction, fraction_letter = self._fraction()
        block = "" if letter in {"к", "k"} else self._block()
        if letter in {"к", "k"} and self._peek_is_number():
            letter, block = "", self._take_number()
        number = compose(digits, letter, fraction, fraction_letter, block)
        sound = by_sound(letter)
        other = compose(digits, sound.lower(), fraction, fraction_letter, block) if sound else ""
        if fraction_letter and not fraction and not letter:
            other = compose(digits, fraction_letter)
        loose = compose(digits) if is_loose else ""
        return Token("number", number, number, number, joined=joined, other=other, loose=loose)

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

    def _letter_before_block(self) -> tuple[str, bool] | None:
        """Take the letter of ``12ак2``, glued to the part of the building; None if there is none."""
        word, following = self._peek(0), self._peek(1)
        if word is None or word.spaced or not _LETTER_AND_BLOCK.fullmatch(word.text):
            return None
        if following is None or following.spaced or not following.text[0].isdigit():
            return None
        word.text, letter = word.text[1:], word.text[0]
        return letter, False

    def _letter(self) -> tuple[str, bool]:
        """Take the letter of a house, as in ``12а``, ``12-а``, ``12 а`` and ``12 литер А``.

        Returns
        -------
        tuple of str and bool
            The letter, empty if there is none; whether it may be a word of its own.
        """
        ahead = 0
        first = self._peek(0)
        if first is not None and (first.text in _DASHES or first.text in _LETTER_WORDS):
            ahead = 1
            first = self._peek(1)
        if first is None or len(first.text) != 1 or not first.text.isalpha():
            return "", False
        following = self._peek(ahead + 1)
        is_number = following is not None and following.text[0].isdigit()
        if is_number and first.text in _LONE_WORDS:
            return "", False  # a short word before its own number: д 5, кв 5, к 2
        is_spaced = first.spaced and not ahead
        if is_spaced and not _may_end_a_number(first.text, following):
            return "", False
        self._at += ahead + 1
        is_loose = is_spaced and following is not None and following.text[0].isalpha()
        return first.text, is_loose

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
        return self._take_number(), self._letter()[0]

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
        if atom.text == "стр":
            return True  # not the English str., which sounds alike
        meaning = meaning_of(fold(cyrillic(atom.text)))
        return meaning is not None and meaning.role == "block"

    def _peek_is_number(self) -> bool:
        following = self._peek(0)
        return following is not None and following.text[0].isdigit()

    def _take_number(self) -> str:
        digits = self._atoms[self._at].text
        self._at += 1
        return digits


def _is_sign(text: str) -> bool:
    meaning = meaning_of(fold(cyrillic(text))) if text[0].isalpha() else None
    return meaning is not None and meaning.role == "sign"


def _may_end_a_number(letter: str, following: _Atom | None) -> bool:
    """Return whether a letter after a space belongs to the number before: ``12 а``, not ``12 в центре``."""
    if letter not in _LONE_WORDS:
        return True
    return following is None or following.text in ",;/"
