"""The finder: one box, the answer in words, and the map."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast

from flask import Blueprint, Response, redirect, request, url_for

from geo_service.served.binding import bound_campaign
from geo_service.served.served_campaign import ServedCampaign
from geo_service.translations import text
from geo_service.web.answer_view import AnswerView, answer_view
from geo_service.web.asked import PERSONAL, Asked, names_personal_number, read_asked
from geo_service.web.example import example_address, example_point
from geo_service.web.frame import LANGUAGE_PREFIX, map_parts, page, page_language
from geo_service.web.moment import current_moment
from geo_service.web.preview import preview_of

finder_page = Blueprint("finder", __name__)


@finder_page.before_request
def keep_personal_numbers_out() -> Response | None:
    """Lead away from an address that holds a personal number: to one that says only that it did."""
    if not names_personal_number(request.args):
        return None
    address = url_for(request.endpoint or "finder.find", **PERSONAL)
    return cast("Response", redirect(address, HTTPStatus.SEE_OTHER))


@finder_page.get(LANGUAGE_PREFIX + "/")
def find() -> Response:
    """Show the box and the map, and the answer if the address holds a question."""
    served, language = bound_campaign(), page_language()
    asked = read_asked(served, request.args, language)
    answer = None if asked is None else answer_view(asked, served, current_moment(), language)
    return _private(
        page(
            "finder.html",
            served,
            status=_status(asked),
            **map_parts(served),
            **_parts(served, asked, answer),
            title=answer.title if answer else text("page.title", language),
            example=served.made(example_address).get(language),
            preview=preview_of(asked, answer, served, language),
        ),
        asked,
    )


@finder_page.get(LANGUAGE_PREFIX + "/answer")
def answer() -> Response:
    """Send the answer alone, for the browser to put into a page that is open."""
    served, language = bound_campaign(), page_language()
    asked = read_asked(served, request.args, language)
    view = None if asked is None else answer_view(asked, served, current_moment(), language)
    return _private(page("answer.html", served, status=_status(asked), **_parts(served, asked, view)), asked)


def _parts(served: ServedCampaign, asked: Asked | None, view: AnswerView | None) -> dict[str, Any]:
    """Return what the template of the answer needs, alone and inside the page."""
    return {
        "answer": view,
        "typed": asked.text if asked else "",
        "place": asked.arguments.get("place") if asked else None,
        "address": view.address if view else url_for("finder.find"),
        "content_hash": served.content_hash,
        "example_point": served.made(example_point),
    }


def _status(asked: Asked | None) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if asked and asked.is_refused else HTTPStatus.OK


def _private(response: Response, asked: Asked | None) -> Response:
    """Return a response that neither caches nor search engines keep if somebody's address is in it."""
    if asked is not None:
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
    return response
