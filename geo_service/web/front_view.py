"""The two halves of the first page: the same question in both official languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from geo_service.campaign.model import Language
from geo_service.served.served_campaign import ServedCampaign
from geo_service.translations import text
from geo_service.web.frame import about_vote
from geo_service.web.rehearsal import rehearsal_line

_NAMES: dict[Language, str] = {"kk": "Қазақша", "ru": "Русский", "en": "English"}


@dataclass(frozen=True, slots=True)
class FrontHalf:
    """The question in one language.

    Parameters
    ----------
    language, name
        Its code, and what it calls itself.
    address, asked_address
        Of the finder in this language, without a question and with the one that was asked.
    words
        The texts by the end of their key.
    about
        What the page says of the vote, see `geo_service.web.frame.about_vote`.
    """

    language: Language
    name: str
    address: str
    asked_address: str
    words: Mapping[str, str]
    about: Mapping[str, Any]


def front_halves(
    served: ServedCampaign,
    arguments: Mapping[str, Any],
    examples: Mapping[Language, str],
    languages: Sequence[Language],
) -> tuple[FrontHalf, ...]:
    """Return the question in several languages.

    Parameters
    ----------
    served
        The campaign.
    arguments
        What the address asks for.
    examples
        What may be typed, by language.
    languages
        Of the halves, in order.
    """
    return tuple(_half(served, arguments, examples.get(language, ""), language) for language in languages)


def _half(
    served: ServedCampaign, arguments: Mapping[str, Any], example: str, language: Language
) -> FrontHalf:
    words = {
        "title": text("page.title", language),
        "question": text("page.question", language),
        "address_question": text("page.address_question", language),
        "example": text("page.example_address", language, example=example) if example else "",
        "find": text("page.find_short", language),
        "suggestions": text("page.suggestions", language),
        "sample": text("page.sample", language),
        "mark": text("mark.sample", language),
        "go_on": text("page.go_on", language),
        "personal": text("note.personal_number", language) if "personal" in arguments else "",
        "rehearsal": rehearsal_line(served.info, language) or "",
    }
    return FrontHalf(
        language=language,
        name=_NAMES[language],
        address=url_for("finder.find", language=language),
        asked_address=url_for("finder.find", language=language, **arguments),
        words=words,
        about=about_vote(served.info, language),
    )
