"""The page of questions: what holds for whom, and when, from the campaign's data."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, request, url_for

from geo_service.campaign.model import Language, Rule
from geo_service.campaign.rules import REGISTRATIONS, Registration, rules_at
from geo_service.served.binding import bound_campaign
from geo_service.translations import day_text, text
from geo_service.voting_day.local_time import local_moment, moment_text
from geo_service.web.frame import LANGUAGE_PREFIX, page, page_language
from geo_service.web.moment import current_moment

questions_page = Blueprint("questions", __name__)

#: Those whom the search by address helps: they are registered at an address in the city.
_FOUND_BY_ADDRESS: frozenset[Registration] = frozenset({"here", "elsewhere_in_city", "temporary"})


@questions_page.get(LANGUAGE_PREFIX + "/questions")
def ask() -> Response:
    """Show the questions, first of all the answer for where the reader is registered, if the address says."""
    served = bound_campaign()
    info = served.info
    language = page_language()
    now = local_moment(info, current_moment())
    rules = rules_at(info.rules, now)
    registered = _registered()
    return page(
        "questions.html",
        served,
        choices=[
            Choice(_label(registration, language), _address(registration), registration == registered)
            for registration in REGISTRATIONS
        ],
        chosen=registered and _label(registered, language),
        answers=[rule_view(rule, language) for rule in rules if registered in rule.registrations],
        found_by_address=registered in _FOUND_BY_ADDRESS,
        questions=[rule_view(rule, language) for rule in rules],
        centre_number=info.call_centre and info.call_centre.number,
        as_of=text("questions.as_of", language, moment=moment_text(now, language)),
        data_date=text("questions.data_date", language, date=day_text(info.data_date, language)),
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the places where the reader may be registered."""

    label: str
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule in the reader's language.

    Parameters
    ----------
    id, question, link, source
        As in the campaign.
    paragraphs
        Of the answer, each cut where the call centre's number belongs.
    """

    id: str
    question: str
    paragraphs: tuple[tuple[str, ...], ...]
    link: str | None
    source: str


def rule_view(rule: Rule, language: Language) -> RuleView:
    """Return a rule in words.

    Parameters
    ----------
    rule
        Of the campaign.
    language
        Of the reader.
    """
    paragraphs = (part for part in (rule.answer.best(language) or "").split("\n\n") if part.strip())
    cut = tuple(tuple(paragraph.split("{call_centre}")) for paragraph in paragraphs)
    return RuleView(rule.id, rule.question.best(language) or "", cut, rule.link, rule.source)


def _address(registration: Registration) -> str:
    return url_for("questions.ask", registered=registration, _anchor="answer")


def _label(registration: Registration, language: Language) -> str:
    return text(f"questions.registered.{registration}", language)


def _registered() -> Registration | None:
    """Return where the reader says to be registered; what nobody offered is as if nothing was said."""
    said = request.args.get("registered")
    return next((registration for registration in REGISTRATIONS if registration == said), None)
