"""The page that shows what the API offers."""

from __future__ import annotations

from flask import Blueprint, Response

from geo_service.api.openapi import ENDPOINTS
from geo_service.web.frame import LANGUAGE_PREFIX, current_page

api_page = Blueprint("api_page", __name__)


@api_page.get(LANGUAGE_PREFIX + "/api")
def overview() -> Response:
    """Show what the API offers."""
    return current_page("api.html", endpoints=ENDPOINTS)
