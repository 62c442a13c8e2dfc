"""The rules of a vote, as questions and answers that may depend on where one is registered, and when."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from geo_service.campaign.names import Names

#: Where somebody is registered, seen from the city: at an address in it and living there, at another address
#: in it, in another city, temporarily in it, or nowhere.
Registration = Literal["here", "elsewhere_in_city", "another_city", "temporary", "nowhere"]

#: What answers may leave to the page, in curly brackets.
PLACEHOLDERS = frozenset({"call_centre"})

REGISTRATIONS: tuple[Registration, ...] = get_args(Registration)


@dataclass(frozen=True, slots=True)
class Rule:
    """One question and its answer.

    Parameters
    ----------
    id
        Short name, of one rule at any moment: pages link to it.
    question, answer
        What people ask, and what holds. In an answer ``{call_centre}`` stands for the call centre's number,
        and an empty line begins a paragraph.
    begins, ends
        Local moments, ``2026-03-14T18:00``, between which it holds: from the first on, until before the
        second. None means always.
    registrations
        Whose question it answers before others, if they are asked where they are registered.
    link
        Web address where to read or do more.
    source
        Where it was read.
    """

    id: str
    question: Names
    answer: Names
    begins: str | None = None
    ends: str | None = None
    registrations: tuple[Registration, ...] = ()
    link: str | None = None
    source: str = ""

    def holds_at(self, local: dt.datetime) -> bool:
        """Return whether the rule holds at a moment of the campaign's time zone."""
        minute = f"{local:%Y-%m-%dT%H:%M}"
        return (self.begins is None or self.begins <= minute) and (self.ends is None or minute < self.ends)


def rules_at(rules: Iterable[Rule], local: dt.datetime) -> tuple[Rule, ...]:
    """Return the rules that hold at a moment of the campaign's time zone, in their order."""
    return tuple(rule for rule in rules if rule.holds_at(local))


def rules_from(values: Sequence[Mapping[str, Any]] | Mapping[str, Any]) -> tuple[Rule, ...]:
    """Return the rules that stand in a campaign file.

    Parameters
    ----------
    values
        A list of rules as `rules_to` makes it.

    Raises
    ------
    TypeError, KeyError
        If it is none: files of earlier programs may hold texts by key.
    """
    if not values:
        return ()
    if isinstance(values, Mapping):
        raise TypeError("its rules are texts by key, as earlier programs wrote them")
    return tuple(
        Rule(
            **{
                **value,
                "question": Names(**value["question"]),
                "answer": Names(**value["answer"]),
                "registrations": tuple(value.get("registrations", ())),
            }
        )
        for value in values
    )


def rules_to(rules: Sequence[Rule]) -> list[dict[str, Any]] | dict[str, Any]:
    """Return the rules as a campaign file keeps them; none are an empty object, as they always were."""
    return [dataclasses.asdict(rule) for rule in rules] or {}
