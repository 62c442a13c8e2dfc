"""The rules of the vote in a recipe: ``[[campaign.rules]]``."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, model_validator

from geo_service.campaign.recipe_values import MomentText, NamesEntry, RecipeEntry, ShortName
from geo_service.campaign.rules import PLACEHOLDERS, Registration, Rule

_NEVER = "9999-12-31T23:59"


def _with_known_placeholders(names: NamesEntry) -> NamesEntry:
    for text in (names.kk, names.ru, names.en):
        # A bracket that is left over was meant for one, too.
        rest = re.sub("|".join(rf"\{{{name}\}}" for name in PLACEHOLDERS), "", text or "")
        if "{" in rest or "}" in rest:
            known = ", ".join(f"{{{name}}}" for name in sorted(PLACEHOLDERS))
            raise ValueError(f"curly brackets stand for a value, which is one of: {known}")
    return names


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError(f'"{text}" is no web address, e.g. "https://www.election.gov.kz"')
    return text


def _listed(value: Any) -> Any:
    """Return the rules of a campaign file without any, an empty table, as an empty list."""
    return [] if value == {} else value


def _one_at_a_time(rules: tuple[RuleEntry, ...]) -> tuple[RuleEntry, ...]:
    """Refuse rules of one id that hold at the same moment: a link to the id would lead to either."""
    for earlier, later in combinations(rules, 2):
        if earlier.id == later.id and _overlap(earlier, later):
            raise ValueError(
                f'two rules with the id "{later.id}" hold at the same time; give each its own id, or let one '
                "end when the other begins"
            )
    return rules


def _overlap(one: RuleEntry, other: RuleEntry) -> bool:
    begins = max(one.begins or "", other.begins or "")
    ends = min(one.ends or _NEVER, other.ends or _NEVER)
    return begins < ends


class RuleEntry(RecipeEntry):
    """One question and its answer; the fields are those of `geo_service.campaign.rules.Rule`."""

    id: ShortName
    question: NamesEntry
    answer: Annotated[NamesEntry, AfterValidator(_with_known_placeholders)]
    begins: MomentText | None = None
    ends: MomentText | None = None
    registrations: tuple[Registration, ...] = ()
    link: Annotated[str, AfterValidator(_web_address)] | None = None
    source: str = ""

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> RuleEntry:
        if self.begins is not None and self.ends is not None and self.begins >= self.ends:
            raise ValueError(f"begins ({self.begins}) must come before ends ({self.ends})")
        return self

    def to_rule(self) -> Rule:
        """Return the rule of the model."""
        values = self.model_dump(exclude={"question", "answer"})
        return Rule(**values, question=self.question.to_names(), answer=self.answer.to_names())


RuleEntries = Annotated[tuple[RuleEntry, ...], BeforeValidator(_listed), AfterValidator(_one_at_a_time)]
