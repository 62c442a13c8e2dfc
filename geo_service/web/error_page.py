"""The page of a request that cannot be answered: what happened, and where to go on."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response

from geo_service.served.binding import bound_campaign_or_none
from geo_service.translations import text
from geo_service.web.frame import page, page_language

_MESSAGES = {HTTPStatus.NOT_FOUND: "page.not_found", HTTPStatus.SERVICE_UNAVAILABLE: "page.unavailable"}


def error_page(status: HTTPStatus) -> Response:
    """Return the page of an HTTP status."""
    language = page_language()
    is_ours = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return page(
        "error.html",
        bound_campaign_or_none(),
        status=status,
        message=text(_MESSAGES.get(status, "page.failed"), language),
        advice=text("page.unavailable_advice", language) if is_ours else None,
    )
