"""What a typed text says of the city and the district beside the address itself."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from geo_service.addresses.fact_files import fact_rows
from geo_service.addresses.letters import skeleton
from geo_service.addresses.tokens import Token, read_tokens
from geo_service.campaign.model import District, Names

_SHORTEST = 3  # letters of a district's shortened name


@dataclass(frozen=True, slots=True)
class Hints:
    """Tokens of a text that name a district, the city or another town.

    Parameters
    ----------
    district
        Code of the district that is named; None if none is.
    district_tokens, city_tokens
        Positions of the tokens that say so.
    is_sure
        Whether a word for a district stands beside its name, which then names nothing else.
    towns
        Positions of tokens that name another town, by the first of them; sure if a word such as ``город``
        stands beside them.
    """

    district: str | None = None
    district_tokens: frozenset[int] = frozenset()
    city_tokens: frozenset[int] = frozenset()
    towns: Mapping[int, Town] = field(default_factory=dict)
    is_sure: bool = False

    @property
    def explained(self) -> frozenset[int]:
        """Positions of all tokens that are hints."""
        return self.district_tokens | self.city_tokens


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
        for district in districts:
            for name in _all(district.names):
                words = _words(name)
                if words:
                    self._districts.setdefault(words, district.code)
        own = self._city | set(self._districts)
        self._towns = {words for words in other_towns() if words not in own}

    def read(self, tokens: Sequence[Token]) -> Hints:
        """Return the hints of a text's tokens."""
        district, district_tokens = self._district(tokens)
        if district is None:
            district, district_tokens = self._shortened_district(tokens)
        city = frozenset(
            position
            for start, end in _matches(tokens, self._city)
            for position in range(start, end)
            if position not in district_tokens
        )
        city |= {position for position, token in enumerate(tokens) if token.role == "city"}
        is_sure = any(tokens[position].role == "district" for position in district_tokens)
        return Hints(district, district_tokens, city, self._other_towns(tokens), is_sure)

    def _district(self, tokens: Sequence[Token]) -> tuple[str | None, frozenset[int]]:
        """Return the code of the district that is named, and the tokens that name it."""
        weak: tuple[str | None, frozenset[int]] = (None, frozenset())
        for start, end in _matches(tokens, self._districts):
            words = tuple(token.key for token in tokens[start:end])
            around = [position for position in (start - 1, end) if 0 <= position < len(tokens)]
            beside = [position for position in around if tokens[position].role == "district"]
            if beside:
                return self._districts[words], frozenset({*range(start, end), *beside})
            if weak[0] is None:
                weak = self._districts[words], frozenset(range(start, end))
        return weak

    def _shortened_district(self, tokens: Sequence[Token]) -> tuple[str | None, frozenset[int]]:
        """Return the district of ``Ауэз. р-н``: the beginning of its name beside the word district."""
        for position, token in enumerate(tokens[:-1]):
            if (
                token.type == "word"
                and tokens[position + 1].role == "district"
                and len(token.key) >= _SHORTEST
            ):
                codes = {code for words, code in self._districts.items() if words[0].startswith(token.key)}
                if len(codes) == 1:
                    return codes.pop(), frozenset({position, position + 1})
        return None, frozenset()

    def _other_towns(self, tokens: Sequence[Token]) -> dict[int, Town]:
        towns = {}
        for start, end in _matches(tokens, self._towns):
            if _has_kind(tokens, start, end):
                continue  # мкр Астана is no town
            beside = {start - 1, end} & {i for i, token in enumerate(tokens) if token.role == "city"}
            towns[start] = Town(frozenset({*range(start, end), *beside}), bool(beside))
        for position, token in enumerate(tokens):
            if token.role == "region":
                towns[position] = Town(frozenset({position}), is_sure=True)
        return towns


@functools.cache
def other_towns() -> frozenset[tuple[str, ...]]:
    """Return the names of towns that people may mean instead of the campaign's city, as folded words."""
    rows = fact_rows("other_towns.csv")
    return frozenset(
        words for row in rows for name in row.values() if (words := tuple(skeleton(name).split()))
    )


@functools.cache
def _also_called() -> tuple[tuple[str, str], ...]:
    """Return cities with the other names that people still give them."""
    return tuple((row["city"], row["also"]) for row in fact_rows("city_names.csv"))


def _all(names: Names) -> list[str]:
    return [name for name in (names.kk, names.ru, names.en) if name]


def _words(name: str) -> tuple[str, ...]:
    return tuple(
        token.key
        for token in read_tokens(name)
        if token.type == "word" and token.role not in {"district", "city"}
    )


def _has_kind(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Return whether a kind word belongs to a run: one before it, or one after it that follows names."""
    before = tokens[start - 1].meaning if start else None
    after = tokens[end].meaning if end < len(tokens) else None
    return (before is not None and before.role == "kind") or (after is not None and after.side == "after")


def _matches(tokens: Sequence[Token], phrases: Iterable[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Yield start and end of every run of words that is one of the phrases."""
    known = phrases if isinstance(phrases, (set, frozenset, dict)) else set(phrases)
    longest = max(map(len, known), default=0)
    keys = [token.key if token.type == "word" else "" for token in tokens]
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + longest, len(tokens)) + 1):
            if tuple(keys[start:end]) in known:
                yield start, end
