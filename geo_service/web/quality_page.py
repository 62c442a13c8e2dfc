"""The page that shows what the campaign's data lack."""

from __future__ import annotations

from flask import Blueprint, Response

from geo_service.quality.view import report_view
from geo_service.served.binding import bound_campaign
from geo_service.served.quality import campaign_quality
from geo_service.translations import text
from geo_service.web.frame import LANGUAGE_PREFIX, page, page_language

quality_page = Blueprint("quality_page", __name__)

_MOST_ROWS = 100  # of one kind: the rest is for the command, which writes files


@quality_page.get(LANGUAGE_PREFIX + "/quality")
def quality() -> Response:
    """Show what the campaign's data lack."""
    served, language = bound_campaign(), page_language()
    return page(
        "quality.html",
        served,
        view=report_view(served.made(campaign_quality), served.finder.campaign, language),
        accepted_title=text("quality.accepted_sheet", language),
        has_map=False,
        most=_MOST_ROWS,
    )
