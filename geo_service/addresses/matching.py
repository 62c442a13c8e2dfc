"""Which names a typed text may hold, and what the rest of the text then says: kind, house, microdistrict.

Every run of tokens is looked up as a name, so the order of street, kind word and house does not matter, and
the number in ``Самал-2`` is the microdistrict's because there is such a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from geo_service.addresses.hints import Hints
from geo_service.addresses.house_book import TypedHouse
from geo_service.addresses.kind_words import KindWords
from geo_service.addresses.letters import is_spelt_alike
from geo_service.addresses.matches import AREAS, Accord, Match, kind_accord
from geo_service.addresses.place_names import Agreement, PlaceName, PlaceNames, glued
from geo_service.addresses.tokens import Token
from geo_service.addresses.typos import TypoIndex
from geo_service.campaign.model import PlaceKind

_LONGEST_RUN = 5
_SURNAMES = ("ов", "ев", "ин", "ск", "ко", "ук", "юк", "енк", "ули", "ул")
_ADJECTIVES = ("ая", "яя", "ый", "ий", "ой", "ые", "ие", "ое", "ую")
_SHORTEST_TYPO_WORD = 3
_SHORTEST_TYPO_PART = 5
_MOST_TYPO_HITS = 40
_SHORT_NAME = 4


@dataclass(frozen=True, slots=True)
class _Hit:
    name: PlaceName
    agreement: Agreement
    distance: int
    letters: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Said:
    """What a text says beside a name."""

    kind: PlaceKind | None
    house: TypedHouse | None
    unexplained: tuple[int, ...]
    left_numbers: int
    joined_number: bool
    contradicted: bool


class TextReading:
    """One text, read against the names of a campaign.

    Parameters
    ----------
    tokens
        Of the text.
    hints
        What it says of city and district.
    names
        Of the campaign.
    """

    def __init__(self, tokens: Sequence[Token], hints: Hints, names: PlaceNames) -> None:
        self.tokens = tokens
        self.hints = hints
        self._kinds = KindWords(tokens)
        self._names = names
        self._corner = next((i for i, token in enumerate(tokens) if token.role == "corner"), None)
        self._exact = list(self._exact_hits())
        self._areas = self._area_spans()
        self._said: dict[tuple[int, int, frozenset[int]], _Said] = {}

    def exact_matches(self) -> list[Match]:
        """Return the matches without typing errors."""
        return [self._match(hit) for hit in self._exact]

    def typo_matches(self, typos: TypoIndex[tuple[PlaceName, Agreement]]) -> list[Match]:
        """Return the matches with typing errors."""
        hits: dict[int, _Hit] = {}
        for start, end in self._runs():
            words, numbers = self._parts(start, end)
            if not any(len(word.key) >= _SHORTEST_TYPO_WORD and not word.meaning for word in words):
                continue
            for form in {glued(w.key for w in words), glued(w.stem for w in words)}:
                for near in typos.near(form, numbers):
                    name, agreement = near.item
                    if agreement == "part" and len(form) < _SHORTEST_TYPO_PART:
                        continue
                    old = hits.get(id(name))
                    rank = (near.distance + (agreement == "part"), start - end)
                    if old is None or rank < (old.distance, old.start - old.end):
                        hits[id(name)] = _Hit(name, "typo", rank[0], len(form), start, end)
        nearest = sorted(hits.values(), key=lambda hit: (hit.distance, hit.start - hit.end))
        return [self._match(hit) for hit in nearest[:_MOST_TYPO_HITS]]

    @property
    def is_crossing(self) -> bool:
        """Whether the text names a corner of streets."""
        return self._corner is not None

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Yield start and end of the runs of words and numbers that may be a name."""
        for start, first in enumerate(self.tokens):
            if first.type == "comma" or first.role == "corner" or _is_initial(first):
                continue
            for end in range(start + 1, min(start + _LONGEST_RUN, len(self.tokens)) + 1):
                last = self.tokens[end - 1]
                if last.type == "comma" or last.role == "corner":
                    break
                yield start, end

    def _parts(self, start: int, end: int) -> tuple[list[Token], tuple[str, ...]]:
        run = self.tokens[start:end]
        words = [token for token in run if token.type == "word"]
        return words, tuple(token.text for token in run if token.type == "number")

    def _exact_hits(self) -> Iterator[_Hit]:
        names = self._names
        for start, end in self._runs():
            words, numbers = self._parts(start, end)
            if not words and not self._is_numbered_microdistrict(start, end):
                continue
            keys, stems = [token.key for token in words], [token.stem for token in words]
            seen: set[int] = set()
            tables: tuple[
                tuple[Agreement, dict[tuple[str, tuple[str, ...]], list[PlaceName]], list[str]], ...
            ] = (
                ("exact", names.exact, keys),
                ("ending", names.endings, stems),
            )
            if len(words) == 1:
                tables = (*tables, ("part", names.parts, stems))
            for agreement, table, forms in tables:
                for form in {glued(forms), glued(sorted(forms))}:
                    for name in table.get((form, numbers), ()):
                        if id(name) not in seen and _is_as_typed(words, name):
                            seen.add(id(name))
                            yield _Hit(name, agreement, 0, 0, start, end)

    def _is_numbered_microdistrict(self, start: int, end: int) -> bool:
        """Return whether a number may be a microdistrict: beside its kind word, or the first of ``8-23``."""
        if end - start != 1:
            return False
        if self._kinds.of_name(start, end) == "microdistrict":
            return True
        rest = self.tokens[end:]
        return len(self.tokens) == 2 and start == 0 and rest[0].type == "number" and rest[0].joined  # noqa: PLR2004

    def _area_spans(self) -> list[tuple[int, int, frozenset[int]]]:
        """Return runs of tokens that name a microdistrict, with the ids of the places that may be meant."""
        spans: dict[tuple[int, int], set[int]] = {}
        for hit in self._exact:
            if hit.name.place.kind in AREAS and hit.agreement != "part":
                spans.setdefault((hit.start, hit.end), set()).add(hit.name.place.id)
        return [(start, end, frozenset(places)) for (start, end), places in spans.items()]

    def _match(self, hit: _Hit) -> Match:
        place = hit.name.place
        area, area_tokens = self._area_accord(hit)
        said = self._said_of(hit.start, hit.end, area_tokens)
        has_given_name = said.unexplained == (hit.start - 1,) and self._is_given_name(hit)
        return Match(
            hit.name,
            hit.agreement,
            hit.distance,
            hit.letters,
            hit.start,
            hit.end,
            kind=kind_accord(said.kind, place.kind, is_old=hit.name.is_old),
            district=self._district_accord(hit),
            area=area,
            house=said.house,
            unexplained=0 if has_given_name else len(said.unexplained),
            has_given_name=has_given_name,
            left_numbers=said.left_numbers,
            joined_number=said.joined_number,
            named_district=self.hints.district,
            contradicted=said.contradicted and not has_given_name,
        )

    def _said_of(self, start: int, end: int, area_tokens: frozenset[int]) -> _Said:
        """Return what the text says beside a run of tokens, if the run is the name; namesakes share it."""
        key = (start, end, area_tokens)
        if key not in self._said:
            self._said[key] = self._read_beside(start, end, area_tokens)
        return self._said[key]

    def _read_beside(self, start: int, end: int, area_tokens: frozenset[int]) -> _Said:
        beside = [p for p in range(len(self.tokens)) if not start <= p < end and p not in area_tokens]
        numbers = [p for p in beside if self.tokens[p].type == "number"]
        unexplained = tuple(p for p in beside if self._is_unexplained(p))
        return _Said(
            self._kinds.of_name(start, end),
            self._house(start, end, numbers),
            unexplained,
            left_numbers=max(0, len(numbers) - 1),
            joined_number=any(token.joined for token in self.tokens[start + 1 : end]),
            contradicted=self._is_contradicted(unexplained, start, end),
        )

    def _is_unexplained(self, position: int) -> bool:
        token = self.tokens[position]
        if token.type != "word" or token.meaning is not None or len(token.text) <= 1:
            return False
        if position in self.hints.explained:
            return False
        return self._corner is None or not any(hit.start <= position < hit.end for hit in self._exact)

    def _is_given_name(self, hit: _Hit) -> bool:
        """Return whether the word before a name may be a given name: Турара, not Новая of Новая Садовая."""
        word = self.tokens[hit.start - 1]
        is_name = any(hit.start - 1 in range(other.start, other.end) for other in self._exact)
        return (
            len(hit.name.words) == 1
            and hit.name.stems[0].endswith(_SURNAMES)
            and not word.text.endswith(_ADJECTIVES)
            and not is_name
        )

    def _is_contradicted(self, unexplained: Iterable[int], start: int, end: int) -> bool:
        """Return whether a word that is left over has a kind word of its own."""
        words = [self._kinds.of_word(position) for position in unexplained]
        return any(word is not None and not start - 1 <= word <= end for word in words)

    def _district_accord(self, hit: _Hit) -> Accord:
        named = self.hints.district
        if named is None or self.hints.district_tokens & set(range(hit.start, hit.end)):
            return "unsaid"
        districts = hit.name.place.districts
        if not districts:
            return "unsaid"
        return "agrees" if named in districts else "conflicts"

    def _area_accord(self, hit: _Hit) -> tuple[Accord, frozenset[int]]:
        """Return whether the place lies in the microdistrict that the text names, and its tokens."""
        named: list[tuple[int, int, frozenset[int]]] = [
            span for span in self._areas if span[1] <= hit.start or span[0] >= hit.end
        ]
        place = hit.name.place
        if not named or place.kind in AREAS:
            return "unsaid", frozenset()
        # Самал-2 is named, not Самал as well: the longest run is meant.
        start, end, places = max(named, key=lambda span: (self._is_named_area(span), span[1] - span[0]))
        if not self._is_named_area((start, end, places)) and place.within not in places:
            return "unsaid", frozenset()
        tokens = frozenset(range(start, end))
        return ("agrees" if place.within in places else "near"), tokens

    def _is_named_area(self, span: tuple[int, int, frozenset[int]]) -> bool:
        kind = self._kinds.of_name(span[0], span[1])
        return kind in AREAS or (kind is None and span[0] == 0)

    def _house(self, start: int, end: int, numbers: Sequence[int]) -> TypedHouse | None:
        """Return the house number: one marked as such, else the first after the name, else one before."""
        own = [position for position in numbers if not self._is_across_corner(position, start)]
        marked = [position for position in own if self._is_marked_house(position)]
        after = [position for position in own if position >= end]
        before = [
            position for position in own if position < start and self._may_precede(position, start, end)
        ]
        chosen = next(iter([*marked, *after, *reversed(before)]), None)
        if chosen is None:
            return None
        token = self.tokens[chosen]
        following = self.tokens[chosen + 1] if chosen + 1 < len(self.tokens) else None
        is_range = following is not None and following.type == "number" and following.joined
        return TypedHouse(token.text, token.other, following.text if is_range and following else "")

    def _is_across_corner(self, position: int, start: int) -> bool:
        return self._corner is not None and (position > self._corner) != (start > self._corner)

    def _is_marked_house(self, position: int) -> bool:
        before = self.tokens[position - 1].role if position else ""
        after = self.tokens[position + 1].role if position + 1 < len(self.tokens) else ""
        beyond = self.tokens[position + 2].type if position + 2 < len(self.tokens) else ""
        return before == "house" or (after == "house" and beyond != "number")

    def _may_precede(self, position: int, start: int, end: int) -> bool:
        """Return whether a number before a name may be its house: 45 Tole Bi, not the 2 of Самал-2, Абая."""
        token = self.tokens[position]
        if token.joined or all(t.type == "number" for t in self.tokens[start:end]):
            return False
        beside = [self._kinds.at(position - 1), self._kinds.at(position + 1)]
        return not any(word is not None and word[0] in AREAS for word in beside)


def _is_initial(token: Token) -> bool:
    return token.type == "word" and len(token.text) == 1


def _is_as_typed(words: Sequence[Token], name: PlaceName) -> bool:
    """Return whether a short name is spelt as typed: folded letters make too many short names one."""
    typed = "".join(token.text for token in words)
    if len(typed) > _SHORT_NAME or any(token.is_latin for token in words):
        return True
    return len(name.words) > 1 or is_spelt_alike(typed, "".join(name.words))
