"""The words of addresses that are no names: kinds of places, houses, flats, corners, cities.

They are in ``facts/vocabulary.toml``, in three languages, and are compared by their `skeleton`.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from geo_service.addresses.fact_files import fact_text
from geo_service.addresses.letters import cyrillic, plain, skeleton
from geo_service.campaign.model import PlaceKind

#: What a word is there for. A ``flat`` word takes its number along; ``filler`` says nothing.
Role = Literal[
    "kind", "house", "block", "flat", "corner", "city", "district", "institution", "sign", "filler", "region"
]
#: Where a kind word stands: before the name (``улица Абая``), after it (``Абай көшесі``), or either.
Side = Literal["before", "after", "either"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word means; ``kind`` and ``side`` only of kind words."""

    role: Role
    kind: PlaceKind | None = None
    side: Side = "either"


_SHORTEST_IN_CASE = 4  # letters of a word with a case ending
_SHORTEST_BEFORE_CASE = 2
_ENDINGS = r"(?=$|[\s\d.,;:]|(?:ы|ында|ының|ындағы)(?![^\W_]))"


#: The kind that two words beside each other say, by their skeletons; the second may go on: шағын ауданы.
PAIRS: Mapping[tuple[str, str], PlaceKind] = {
    ("шагин", "аудан"): "microdistrict",
    ("икшам", "аудан"): "microdistrict",
    ("молтек", "аудан"): "microdistrict",
    ("тас", "жол"): "highway",
}


def without_short_forms(text: str) -> str:
    """Return a `plain` text with abbreviations (``пр-т``) and pairs (``шағын аудан``) as one word."""
    shortened, spaced = _table("shortened"), _table("spaced")
    whole = _short_forms().sub(lambda match: f" {shortened[match.group().rstrip('.')]} ", text)
    return _spaced_forms().sub(lambda match: spaced[re.sub(r"\.?\s+", " ", match.group())], whole)


@functools.cache
def meanings() -> Mapping[str, Meaning]:
    """Return what words mean by their skeleton.

    Raises
    ------
    ValueError
        If the facts give a word two meanings, of which only one could ever be read.
    """
    table: dict[str, Meaning] = {}
    for word, meaning in _listed_meanings():
        if table.setdefault(_key(word), meaning) != meaning:
            raise ValueError(f"vocabulary.toml gives {word} two meanings: {table[_key(word)]} and {meaning}")
    return table


def _listed_meanings() -> Iterator[tuple[str, Meaning]]:
    for role, words in _table("roles").items():
        yield from ((word, Meaning(cast("Role", role))) for word in words.split())
    for row in _facts()["kinds"]:
        yield from ((word, Meaning("kind", row["kind"], row["side"])) for word in row["words"].split())


def meaning_of(key: str) -> Meaning | None:
    """Return what a folded word means, also in a Kazakh case (``үйде``); None if nothing."""
    meaning = meanings().get(key)
    if meaning is not None or len(key) < _SHORTEST_IN_CASE:
        return meaning
    return next((meanings().get(word) for word in without_case(key) if word in _kazakh_words()), None)


def without_case(key: str, *, is_name: bool = False) -> Iterator[str]:
    """Yield what a folded Kazakh word may be without the ending of its case, the longest ending first."""
    for ending in _case_endings("name_endings" if is_name else "endings"):
        if key.endswith(ending) and len(key) - len(ending) >= _SHORTEST_BEFORE_CASE:
            yield key[: -len(ending)]


@functools.cache
def _kazakh_words() -> frozenset[str]:
    return frozenset(map(_key, _table("kazakh_cases")["words"].split()))


@functools.cache
def _case_endings(which: str) -> tuple[str, ...]:
    endings = {_key(ending) for ending in _table("kazakh_cases")[which].split()}
    return tuple(sorted(endings, key=lambda ending: (-len(ending), ending)))


@functools.cache
def needs_number() -> frozenset[str]:
    """Return the skeletons of words that have their meaning only before a number."""
    return frozenset(map(_key, _table("before_a_number")["words"].split()))


@functools.cache
def glued_kind_words(side: Literal["before", "after"]) -> tuple[str, ...]:
    """Return kind words that people glue to names, before or after, in `plain` Cyrillic letters."""
    words = {cyrillic(plain(word)) for word in _table("glued")[side].split()}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@functools.cache
def _facts() -> dict[str, Any]:
    return tomllib.loads(fact_text("vocabulary.toml"))


def _table(name: str) -> dict[str, str]:
    table: dict[str, str] = _facts()[name]
    return table


@functools.cache
def _short_forms() -> re.Pattern[str]:
    forms = sorted(map(re.escape, _table("shortened")), key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(forms)})(?![^\W\d_])\.?")


@functools.cache
def _spaced_forms() -> re.Pattern[str]:
    forms = [re.escape(words).replace(r"\ ", r"\.?\s+") for words in _table("spaced")]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(sorted(forms, key=len, reverse=True))}){_ENDINGS}")


def _key(word: str) -> str:
    return skeleton(word).replace(" ", "")
