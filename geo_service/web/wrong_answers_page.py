"""The page on which a reader reports a wrong answer: choices only, no person, and no cookie."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, cast, get_args

from flask import Blueprint, Response, redirect, request, url_for

from geo_service.errors import StoreError
from geo_service.served.binding import bound_campaign
from geo_service.served.holder import current_holder
from geo_service.translations import text
from geo_service.web.frame import LANGUAGE_PREFIX, page, page_language
from geo_service.web.moment import current_moment
from geo_service.web.same_origin import is_from_own_page
from geo_service.wrong_answers.book import ReportBook
from geo_service.wrong_answers.model import ErrorKind, Subject
from geo_service.wrong_answers.subject import known_precinct, subject_of

wrong_answers_page = Blueprint("wrong_answers", __name__)

_KINDS: tuple[ErrorKind, ...] = get_args(ErrorKind)
_LONGEST_FORM = 8 * 1024  # bytes; an honest one has a tenth of that
_LONGEST_NUMBER = 6
_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Filled:
    """What a reader filled in, as far as it can be used.

    ``faults`` names the fields that cannot: ``subject``, ``kind``, ``right_precinct``.
    """

    kind: ErrorKind | None = None
    right_precinct: int | None = None
    right_text: str = ""
    faults: tuple[str, ...] = ()


@wrong_answers_page.get(LANGUAGE_PREFIX + "/report")
def report() -> Response:
    """Show the form about the answer that the address tells of."""
    if not current_holder().settings.reports_per_hour:
        return _by_telephone(HTTPStatus.OK)
    return _form(_subject(request.args), _Filled())


@wrong_answers_page.post(LANGUAGE_PREFIX + "/report")
def take_report() -> Response:
    """Take a report in, and lead to the thanks."""
    request.max_content_length = _LONGEST_FORM
    language, settings = page_language(), current_holder().settings
    if not is_from_own_page():
        return _refused(text("report.foreign_page", language), HTTPStatus.FORBIDDEN)
    if not settings.reports_per_hour:
        return _by_telephone(HTTPStatus.SERVICE_UNAVAILABLE)
    subject = _subject(request.form)
    filled = _filled(request.form, subject)
    if filled.faults or filled.kind is None:
        return _form(subject, filled, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        outcome = ReportBook(settings.store).record(
            subject,
            filled.kind,
            at=current_moment(),
            most_an_hour=settings.reports_per_hour,
            right_precinct=filled.right_precinct,
        )
    except StoreError:
        _LOGGER.exception("A report was lost")
        return _refused(text("report.not_stored", language), HTTPStatus.SERVICE_UNAVAILABLE)
    if outcome == "full":
        return _refused(text("report.too_many", language), HTTPStatus.SERVICE_UNAVAILABLE)
    return cast("Response", redirect(url_for("wrong_answers.thanks"), HTTPStatus.SEE_OTHER))


@wrong_answers_page.get(LANGUAGE_PREFIX + "/report/thanks")
def thanks() -> Response:
    """Say that a report was taken in, and how to hear more."""
    return page("report_thanks.html", bound_campaign())


def _subject(asked: Mapping[str, str]) -> Subject:
    return subject_of(bound_campaign().finder, asked)


def _filled(form: Mapping[str, str], subject: Subject) -> _Filled:
    kind = next((kind for kind in _KINDS if kind == form.get("kind")), None)
    written = form.get("right_precinct", "").strip()
    right = known_precinct(bound_campaign().finder, written)
    faults = {
        "subject": subject.is_empty,
        "kind": kind is None,
        "right_precinct": bool(written) and right is None,
    }
    return _Filled(
        kind,
        # Who repeats the number that was answered says nothing about another one.
        None if right == subject.precinct else right,
        # Nothing is shown again that may be a personal number.
        written if written.isdigit() and len(written) <= _LONGEST_NUMBER else "",
        tuple(field for field, is_wrong in faults.items() if is_wrong),
    )


def _form(subject: Subject, filled: _Filled, status: HTTPStatus = HTTPStatus.OK) -> Response:
    language = page_language()
    return page(
        "report_form.html",
        bound_campaign(),
        status=status,
        precinct=subject.precinct_text(language),
        address=subject.address(language),
        point=None if subject.lon is None else f"{subject.lat:.4f}, {subject.lon:.4f}",
        kept=_kept(subject),
        asks_precinct=subject.is_empty,
        asks_house=subject.place is not None and subject.house is None,
        kinds=_KINDS,
        chosen=filled.kind,
        right_text=filled.right_text,
        faults=filled.faults,
    )


def _kept(subject: Subject) -> dict[str, Any]:
    """Return what the form sends with the choices."""
    values = {
        "precinct": subject.precinct,
        "place": subject.place,
        "house": subject.house,
        "lon": subject.lon,
        "lat": subject.lat,
    }
    return {name: value for name, value in values.items() if value is not None}


def _by_telephone(status: HTTPStatus) -> Response:
    language = page_language()
    return page(
        "report_refused.html",
        bound_campaign(),
        status=status,
        heading=text("report.title", language),
        reason=text("report.by_telephone", language),
        onward=url_for("finder.find"),
        onward_text=text("page.home", language),
    )


def _refused(reason: str, status: HTTPStatus) -> Response:
    language = page_language()
    return page(
        "report_refused.html",
        bound_campaign(),
        status=status,
        heading=text("report.refused", language),
        reason=reason,
        onward=url_for("wrong_answers.report"),
        onward_text=text("report.again", language),
    )
