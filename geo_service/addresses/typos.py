"""Names a few typing errors away from a word: a filter by letters in numpy, then the exact distance.

The distance is Optimal String Alignment (a transposition counts one), from rapidfuzz. Digits are never
compared here: names are grouped by their numbers, and only those with the same numbers are candidates.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

T = TypeVar("T")

_LETTERS = 32  # of the Cyrillic and of the Latin alphabet, each with a bit of its own
#: Errors that a word may hold, by the number of its letters.
_ALLOWED = ((8, 2), (3, 1))


@dataclass(frozen=True, slots=True)
class Near(Generic[T]):
    """A name near a word, and how many errors lie between."""

    item: T
    distance: int


def allowed_errors(letters: int) -> int:
    """Return how many typing errors a word of so many letters may hold and still be recognised."""
    return next((errors for least, errors in _ALLOWED if letters >= least), 0)


class TypoIndex(Generic[T]):
    """Words with what they stand for, to be found in spite of typing errors.

    Parameters
    ----------
    entries
        Words in one alphabet, each with its numbers and what it stands for; words may repeat.

    Notes
    -----
    One error changes at most two of the bits that say which letters a word has, once and twice, and its
    length by one. Both are compared for all words at once, which leaves some dozens for the exact distance.
    """

    def __init__(self, entries: Iterable[tuple[str, tuple[str, ...], T]]) -> None:
        grouped: dict[tuple[str, ...], dict[str, list[T]]] = {}
        for word, numbers, item in entries:
            grouped.setdefault(numbers, {}).setdefault(word, []).append(item)
        self._groups = {numbers: _Group(words) for numbers, words in grouped.items()}

    def near(self, word: str, numbers: tuple[str, ...] = ()) -> list[Near[T]]:
        """Return what stands for words at most `allowed_errors` away, the nearest first."""
        group = self._groups.get(numbers)
        return [] if group is None else group.near(word)


class _Group(Generic[T]):
    """The words that have the same numbers, the shortest first."""

    def __init__(self, words: dict[str, list[T]]) -> None:
        self._words = sorted(words, key=lambda word: (len(word), word))
        self._items = [words[word] for word in self._words]
        self._letters = np.array([_letter_set(word) for word in self._words], np.uint64)
        lengths = [len(word) for word in self._words]
        self._lengths = np.array(lengths, np.int16)
        longest = lengths[-1] if lengths else 0
        # Where the words of each length begin; those of one length more than the longest begin at the end.
        self._begin = [bisect_left(lengths, length) for length in range(longest + 2)]
        self._most_changed_by_length: dict[int, NDArray[np.uint8]] = {}

    def near(self, word: str) -> list[Near[T]]:
        errors = allowed_errors(len(word))
        begin, end = self._of_length(len(word) - errors), self._of_length(len(word) + errors + 1)
        if errors == 0 or begin == end:
            return []
        changed = np.bitwise_count(self._letters[begin:end] ^ np.uint64(_letter_set(word)))
        found = []
        for position in (changed <= self._most_changed(len(word), begin, end, errors)).nonzero()[0].tolist():
            distance = OSA.distance(word, self._words[begin + position], score_cutoff=errors)
            if distance <= errors:
                found.append((distance, begin + position))
        return [
            Near(item, distance) for distance, position in sorted(found) for item in self._items[position]
        ]

    def _most_changed(self, length: int, begin: int, end: int, errors: int) -> NDArray[np.uint8]:
        """Return how many bits so many errors change at most, for each word that is compared.

        A letter more or less changes one bit, not two: with lengths apart fewer are left to exchange.
        """
        most = self._most_changed_by_length.get(length)
        if most is None:
            apart = np.abs(self._lengths[begin:end] - length)
            most = self._most_changed_by_length[length] = (2 * errors - apart).astype(np.uint8)
        return most

    def _of_length(self, length: int) -> int:
        """Return where words of at least so many letters begin."""
        return self._begin[min(max(length, 0), len(self._begin) - 1)]


def _letter_set(word: str) -> int:
    """Return a bit for every letter that a word has, and one for every letter that it has twice."""
    once = twice = 0
    for letter in word:
        bit = 1 << (ord(letter) % _LETTERS)
        twice |= once & bit
        once |= bit
    return once | twice << _LETTERS
