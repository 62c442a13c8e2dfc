"""Which runs of a text are names of places, as they stand or with typing errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo_service.addresses.hints import Hints
from geo_service.addresses.kind_words import KindWords
from geo_service.addresses.kinds import AREAS
from geo_service.addresses.letters import cyrillic_apart, fold, is_spelt_alike, look_alike
from geo_service.addresses.place_names import Agreement, NameKey, PlaceName, PlaceNames, glued
from geo_service.addresses.tokens import Token
from geo_service.addresses.typos import TypoIndex

_LONGEST_RUN = 5
_SHORTEST_TYPO = 3  # letters
_SHORTEST_TYPO_PART = 5
_SHORTEST_TYPO_ELSEWHERE = 4
_MOST_TYPOS = 12
_SHORT_NAME = 4


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """A name in a text: which tokens, how it agrees, typing errors and how many letters were compared."""

    name: PlaceName
    agreement: Agreement
    start: int
    end: int
    distance: int = 0
    letters: int = 0

    @property
    def run(self) -> tuple[int, int]:
        """The tokens: the first, and the one after the last."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class _Run:
    """Tokens in a row that may be a name: the first, the one after the last, their words and numbers."""

    start: int
    end: int
    words: tuple[Token, ...]
    numbers: tuple[str, ...]


class NameHits:
    """Finds names in one text.

    Parameters
    ----------
    tokens, kinds
        Of the text.
    hints
        What it says of city and district.
    names
        Of the campaign.
    is_as_typed
        False for another reading of what was typed, in which short words with errors are nonsense.
    """

    def __init__(
        self,
        tokens: Sequence[Token],
        kinds: KindWords,
        hints: Hints,
        names: PlaceNames,
        *,
        is_as_typed: bool = True,
    ) -> None:
        self._tokens, self._kinds, self._hints, self._names = tokens, kinds, hints, names
        self._shortest_typo = _SHORTEST_TYPO if is_as_typed else _SHORTEST_TYPO_ELSEWHERE
        self._runs = tuple(self._read_runs())

    def exact(self) -> Iterator[Hit]:
        """Yield the names without typing errors."""
        for run in self._runs:
            words = run.words
            if not words and not self._may_be_numbered(run):
                continue
            seen: set[int] = set()
            for agreement, table, forms in self._tables(run):
                for form in forms:
                    named = table.get((form, run.numbers), ())
                    if agreement == "part":
                        named = sorted(named, key=lambda name: words[0].key not in name.keys)
                    for name in named:
                        # One name of a place is enough: the closest, and a live one before an old one.
                        if name.place.id not in seen and _is_as_typed(words, name):
                            seen.add(name.place.id)
                            yield Hit(name, agreement, run.start, run.end)

    def with_typos(self, typos: TypoIndex[tuple[PlaceName, Agreement]]) -> list[Hit]:
        """Return the names nearest to runs of the text, with typing errors."""
        ranks: dict[int, tuple[tuple[int, int, int], PlaceName, _Run]] = {}
        for run in filter(self._may_hold_a_typo, self._runs):
            for form in _forms_with_typos(run.words):
                for near in typos.near(form, run.numbers):
                    name, agreement = near.item
                    if agreement == "part" and len(form) < _SHORTEST_TYPO_PART:
                        continue
                    distance = near.distance + (agreement == "part")
                    rank = (distance, run.start - run.end, -len(form))
                    known = ranks.get(name.place.id)
                    if known is None or rank < known[0]:
                        ranks[name.place.id] = rank, name, run
        nearest = sorted(ranks.values(), key=lambda ranked: ranked[0])[:_MOST_TYPOS]
        return [
            Hit(name, "typo", run.start, run.end, distance, -letters)
            for (distance, _, letters), name, run in nearest
        ]

    def _tables(self, run: _Run) -> Iterator[tuple[Agreement, dict[NameKey, list[PlaceName]], list[str]]]:
        """Yield the tables to look a run up in, each with the forms to look up, the closest first."""
        words = run.words
        keys, stems = [token.key for token in words], [token.stem for token in words]
        in_order, by_ending = glued(keys), glued(stems)
        has_kind = any(token.role == "kind" for token in words)
        yield "exact", self._names.exact, _forms(in_order, "" if has_kind else glued(sorted(keys)))
        if all(token.meaning is not None for token in words) and words:
            return  # улица is no street called Улыс
        yield "ending", self._names.endings, _forms(by_ending, "" if has_kind else glued(sorted(stems)))
        if has_kind:
            return
        if not run.numbers:
            yield "series", self._names.series, _forms(in_order, by_ending)
        yield "part", self._names.parts, [by_ending]

    def _read_runs(self) -> Iterator[_Run]:
        """Yield the runs of words and numbers that may be a name."""
        tokens, city = self._tokens, self._hints.city_tokens
        district = self._hints.district_tokens if self._hints.is_sure else frozenset()
        for start, first in enumerate(tokens):
            if first.type == "comma" or first.role == "corner" or _is_initial(first) or start in district:
                continue
            for end in range(start + 1, min(start + _LONGEST_RUN, len(tokens)) + 1):
                last = tokens[end - 1]
                if last.type == "comma" or last.role == "corner" or end - 1 in district:
                    break
                if not all(position in city for position in range(start, end)):
                    words = tuple(token for token in tokens[start:end] if token.type == "word")
                    numbers = tuple(token.text for token in tokens[start:end] if token.type == "number")
                    yield _Run(start, end, words, numbers)

    def _may_be_numbered(self, run: _Run) -> bool:
        """Return whether a number alone may be a name: beside a kind word, ``3-я``, the first of ``8-23``."""
        if run.end - run.start != 1:
            return False
        if self._tokens[run.start].is_ordinal:
            return True
        kind = self._kinds.beside(run.start, run.end)
        if kind is not None:
            # In 1-я улица 5 the street is named already.
            return kind in AREAS or not any(token.is_ordinal for token in self._tokens)
        rest = self._tokens[1:]
        return (
            run.start == 0 and bool(rest) and all(token.type == "number" and token.joined for token in rest)
        )

    def _may_hold_a_typo(self, run: _Run) -> bool:
        if any(token.role == "kind" for token in run.words):
            return False
        if not self._hints.explained.isdisjoint(range(run.start, run.end)):
            return False
        # Words that names have are spelt right: only their neighbours may be wrong.
        return any(
            len(word.typed) >= self._shortest_typo and not word.meaning and not self._is_known(word)
            for word in run.words
        )

    def _is_known(self, word: Token) -> bool:
        """Return whether a word is one of the names'; short ones are too much alike to tell."""
        is_known = word.key in self._names.keys or word.stem in self._names.stems
        return is_known and len(word.key) > _SHORT_NAME


def _forms(*forms: str) -> list[str]:
    return [form for form in dict.fromkeys(forms) if form] or [""]


def _forms_with_typos(words: Sequence[Token]) -> list[str]:
    """Return what is compared with names: words folded, without endings, and as they were typed."""
    forms = [
        glued(word.key for word in words),
        glued(word.stem for word in words),
        look_alike(glued(word.typed for word in words)),
    ]
    if any(word.is_latin for word in words):
        forms.append(glued(fold(cyrillic_apart(word.typed)) for word in words))
        forms.append(look_alike(glued(word.text for word in words)))
    return _forms(*forms)


def _is_initial(token: Token) -> bool:
    return token.type == "word" and len(token.text) == 1


def _is_as_typed(words: Sequence[Token], name: PlaceName) -> bool:
    """Return whether a short name is spelt as typed: folded letters make too many short names one."""
    typed = "".join(token.text for token in words)
    if len(typed) > _SHORT_NAME or any(token.is_latin for token in words):
        return True
    return len(name.words) > 1 or is_spelt_alike(typed, "".join(name.words))
