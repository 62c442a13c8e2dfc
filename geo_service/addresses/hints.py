"""What a typed text says of the city and the district beside the address itself."""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources

from geo_service.addresses.letters import skeleton
from geo_service.addresses.tokens import Token, read_tokens
from geo_service.campaign.model import District, Names

_ADJECTIVE_ENDINGS = ("ски", "ки")


@dataclass(frozen=True, slots=True)
class Hints:
    """Tokens of a text that name a district, the city or another town.

    Parameters
    ----------
    district
        Code of the district that is named; None if none is.
    district_tokens, city_tokens
        Positions of the tokens that say so.
    towns
        Positions of tokens that name another town, by the first of them; sure if a word such as ``город``
        stands beside them.
    """

    district: str | None = None
    district_tokens: frozenset[int] = frozenset()
    city_tokens: frozenset[int] = frozenset()
    towns: Mapping[int, Town] = field(default_factory=dict)

    @property
    def explained(self) -> frozenset[int]:
        """Positions of all tokens that are hints."""
        return self.district_tokens.union(self.city_tokens, *(town.tokens for town in self.towns.values()))


@dataclass(frozen=True, slots=True)
class Town:
    """Another town that a text names: the positions of its tokens, and whether a word says that it is one."""

    tokens: frozenset[int]
    is_sure: bool


class HintReader:
    """Finds hints in texts.

    Parameters
    ----------
    city
        The names of the campaign's city.
    districts
        Of the campaign.
    """

    def __init__(self, city: Names, districts: Iterable[District]) -> None:
        names = [*_all(city), *(also for name, also in _also_called() if name in _all(city))]
        self._city = {words for name in names if (words := _words(name))}
        self._districts: dict[tuple[str, ...], str] = {}
        self._adjectives: set[tuple[str, ...]] = set()
        for district in districts:
            for name in _all(district.names):
                words = _words(name)
                if words:
                    self._districts.setdefault(words, district.code)
                if words and name == district.names.ru and words[-1].endswith(_ADJECTIVE_ENDINGS):
                    self._adjectives.add(words)
        own = self._city | set(self._districts)
        self._towns = {words for words in other_towns() if words not in own}

    def read(self, tokens: Sequence[Token]) -> Hints:
        """Return the hints of a text's tokens."""
        district, district_tokens = self._district(tokens)
        city = frozenset(
            position
            for start, end in _matches(tokens, self._city)
            for position in range(start, end)
            if position not in district_tokens
        )
        city |= {position for position, token in enumerate(tokens) if token.role == "city"}
        return Hints(district, district_tokens, city, self._other_towns(tokens, city))

    def _district(self, tokens: Sequence[Token]) -> tuple[str | None, frozenset[int]]:
        """Return the code of the district that is named, and the tokens that name it."""
        weak: tuple[str | None, frozenset[int]] = (None, frozenset())
        for start, end in _matches(tokens, self._districts):
            words = tuple(token.key for token in tokens[start:end])
            around = [position for position in (start - 1, end) if 0 <= position < len(tokens)]
            beside = [position for position in around if tokens[position].role == "district"]
            if beside:
                return self._districts[words], frozenset({*range(start, end), *beside})
            if words in self._adjectives and weak[0] is None:
                weak = self._districts[words], frozenset(range(start, end))
        return weak

    def _other_towns(self, tokens: Sequence[Token], city: frozenset[int]) -> dict[int, Town]:
        towns = {}
        for start, end in _matches(tokens, self._towns):
            if any(tokens[i].role == "kind" for i in (start - 1, end) if 0 <= i < len(tokens)):
                continue  # мкр Астана is no town
            beside = {start - 1, end} & {i for i, token in enumerate(tokens) if token.role == "city"}
            towns[start] = Town(frozenset({*range(start, end), *beside}), bool(beside))
        for position, token in enumerate(tokens[:-1]):
            following = tokens[position + 1]
            named = token.role == "city" and following.type == "word" and not following.meaning
            if named and position + 1 not in city and position + 1 not in towns:
                towns[position + 1] = Town(frozenset({position, position + 1}), is_sure=len(token.text) > 1)
        return towns


@functools.cache
def other_towns() -> frozenset[tuple[str, ...]]:
    """Return the names of towns that people may mean instead of the campaign's city, as folded words."""
    rows = _fact_rows("other_towns")
    return frozenset(words for row in rows for name in row if (words := tuple(skeleton(name).split())))


@functools.cache
def _also_called() -> tuple[tuple[str, str], ...]:
    """Return cities with the other names that people still give them."""
    return tuple((city, also) for city, also in _fact_rows("city_names"))


def _fact_rows(name: str) -> list[list[str]]:
    source = resources.files(__name__.rpartition(".")[0]).joinpath("facts", f"{name}.csv")
    return list(csv.reader(source.read_text(encoding="utf-8").splitlines()[1:]))


def _all(names: Names) -> list[str]:
    return [name for name in (names.kk, names.ru, names.en) if name]


def _words(name: str) -> tuple[str, ...]:
    return tuple(
        token.key
        for token in read_tokens(name)
        if token.type == "word" and token.role not in {"district", "city"}
    )


def _matches(tokens: Sequence[Token], phrases: Iterable[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Yield start and end of every run of words that is one of the phrases."""
    known = phrases if isinstance(phrases, (set, frozenset, dict)) else set(phrases)
    longest = max(map(len, known), default=0)
    keys = [token.key if token.type == "word" else "" for token in tokens]
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + longest, len(tokens)) + 1):
            if tuple(keys[start:end]) in known:
                yield start, end
