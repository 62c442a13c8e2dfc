"""A piece of a typed address: a word with its meaning, a number as houses write it, a comma."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from geo_service.addresses.vocabulary import Meaning


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
        Of a number: what else it may be, if there is no such house: with the letter that a Latin one stands
        for by its sound, ``10А`` for ``10/А``.
    loose
        Of a number with a letter that may be a word of its own, as in ``2 а где``: the number without it.
    is_ordinal
        True of a number such as ``3-я``, which names a street and is no house.
    typed
        A word as it was typed, in lower case.
    """

    type: Literal["word", "number", "comma"]
    text: str
    key: str
    stem: str
    meaning: Meaning | None = None
    joined: bool = False
    other: str = ""
    loose: str = ""
    is_ordinal: bool = False
    typed: str = ""

    @property
    def is_latin(self) -> bool:
        """Whether the word was typed in Latin letters."""
        return self.typed != self.text

    @property
    def role(self) -> str:
        """The role of a word that is more than a name; empty for others."""
        return self.meaning.role if self.meaning else ""
