"""The address without a language: both official languages at the first visit, later the reader's own."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast

from flask import Blueprint, Response, redirect, request, url_for

from geo_service.campaign.model import LANGUAGES, Language
from geo_service.served.binding import bound_campaign
from geo_service.web.asked import ARGUMENTS, PERSONAL, names_personal_number
from geo_service.web.example import example_address
from geo_service.web.frame import LANGUAGE_COOKIE, page
from geo_service.web.front_view import front_halves

front_page = Blueprint("front", __name__)

_OFFICIAL: tuple[Language, ...] = ("kk", "ru")


@front_page.get("/")
def front() -> Response:
    """Ask in both languages, or lead to the finder in the reader's; a question in the address is kept."""
    if names_personal_number(request.args):
        return cast("Response", redirect(url_for("front.front", **PERSONAL), HTTPStatus.SEE_OTHER))
    arguments: dict[str, Any] = {name: request.args[name] for name in ARGUMENTS if name in request.args}
    remembered = request.cookies.get(LANGUAGE_COOKIE)
    if remembered in LANGUAGES:
        return _unstored(cast("Response", redirect(url_for("finder.find", language=remembered, **arguments))))
    served = bound_campaign()
    return _unstored(
        page(
            "front.html",
            served,
            halves=front_halves(served, arguments, served.made(example_address), _OFFICIAL),
            typed=arguments.get("q", ""),
            other_address=url_for("finder.find", language="en", **arguments),
        )
    )


def _unstored(response: Response) -> Response:
    """Return a response that is asked for again: what comes depends on the reader's cookie."""
    response.headers["Cache-Control"] = "private, no-store" if request.args else "private, no-cache"
    response.headers["Vary"] = "Cookie, Accept-Encoding"
    return response
