"""The words of addresses that are no names: kinds of places, houses, flats, corners, cities.

They are in ``facts/vocabulary.toml``, in three languages, and are compared by their `skeleton`.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Literal, cast

from geo_service.addresses.letters import skeleton
from geo_service.campaign.model import PlaceKind

#: What a word is there for. A ``flat`` word takes its number along; ``filler`` says nothing.
Role = Literal["kind", "house", "block", "flat", "corner", "city", "district", "institution", "filler"]
#: Where a kind word stands: before the name (``улица Абая``), after it (``Абай көшесі``), or either.
Side = Literal["before", "after", "either"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word means; ``kind`` and ``side`` only of kind words."""

    role: Role
    kind: PlaceKind | None = None
    side: Side = "either"


_SHORTEST_GLUED = 2  # letters of a kind word that is glued to a name
_ENDINGS = r"(?=$|[\s\d.,]|(?:ы|ында|ының|ындағы)(?![^\W_]))"


def without_short_forms(text: str) -> str:
    """Return a `plain` text with abbreviations (``пр-т``) and pairs (``шағын аудан``) as one word."""
    shortened, spaced = _table("shortened"), _table("spaced")
    whole = _short_forms().sub(lambda match: f" {shortened[match.group().rstrip('.')]} ", text)
    return _spaced_forms().sub(lambda match: spaced[re.sub(r"\.?\s+", " ", match.group())], whole)


@functools.cache
def meanings() -> Mapping[str, Meaning]:
    """Return what words mean by their skeleton."""
    table: dict[str, Meaning] = {}
    for role, words in _table("roles").items():
        for word in words.split():
            table.setdefault(_key(word), Meaning(cast("Role", role)))
    for row in _facts()["kinds"]:
        for word in row["words"].split():
            table[_key(word)] = Meaning("kind", row["kind"], row["side"])
    return table


@functools.cache
def needs_number() -> frozenset[str]:
    """Return the skeletons of words that have their meaning only before a number."""
    return frozenset(map(_key, _table("before_a_number")["words"].split()))


@functools.cache
def glued_kind_words() -> tuple[str, ...]:
    """Return the skeletons of kind words that people glue to names, the longest first."""
    words = {_key(word) for row in _facts()["kinds"] for word in row["words"].split()}
    return tuple(
        sorted((word for word in words if len(word) >= _SHORTEST_GLUED), key=lambda word: (-len(word), word))
    )


@functools.cache
def _facts() -> dict[str, Any]:
    source = resources.files(__name__.rpartition(".")[0]).joinpath("facts", "vocabulary.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _table(name: str) -> dict[str, str]:
    table: dict[str, str] = _facts()[name]
    return table


@functools.cache
def _short_forms() -> re.Pattern[str]:
    forms = sorted(map(re.escape, _table("shortened")), key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(forms)})(?![^\W\d_])\.?")


@functools.cache
def _spaced_forms() -> re.Pattern[str]:
    forms = [re.escape(words).replace(r"\ ", r"\.?\s{1,2}") for words in _table("spaced")]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(sorted(forms, key=len, reverse=True))}){_ENDINGS}")


def _key(word: str) -> str:
    return skeleton(word).replace(" ", "")
