"""The residents' pages."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import orjson
from flask import Blueprint, Response, make_response, render_template, request

from geo_service.api.openapi import ENDPOINTS
from geo_service.api.queries import read_language, read_position
from geo_service.campaign.model import LANGUAGES, Language
from geo_service.errors import CoordinateError, QueryError
from geo_service.quality.report import QualityReport, quality_report
from geo_service.quality.view import report_view
from geo_service.query_point import check_not_swapped
from geo_service.resolution import Resolution
from geo_service.served.binding import bound_campaign, bound_campaign_or_none
from geo_service.served.extent import campaign_extent
from geo_service.served.holder import current_holder
from geo_service.served.map_files import MAP_URL
from geo_service.served.served_campaign import ServedCampaign
from geo_service.translations import day_text, text
from geo_service.web.answer_view import answer_view, browser_words, call_centre_line, page_title
from maps.assets import own_url

pages = Blueprint("pages", __name__)

_MOST_ROWS = 100  # of one kind on the page of the quality: the rest is for the command, which writes files
_LANGUAGE_LINKS = {"kk": "ҚАЗ", "ru": "РУС", "en": "ENG"}
_MESSAGES = {HTTPStatus.NOT_FOUND: "page.not_found", HTTPStatus.SERVICE_UNAVAILABLE: "page.unavailable"}


@pages.get("/")
def find() -> Response:
    """Show the map, and the answer if the address names a point."""
    served = bound_campaign()
    language = _language()
    asked = _asked(served)
    districts = served.finder.campaign.districts
    answer = answer_view(asked.resolution, districts, language) if asked.resolution else None
    body = render_template(
        "map.html",
        **_frame(language, served),
        **_map_parts(served, language),
        title=page_title(answer, served.info, language),
        answer=answer,
        content_hash=served.content_hash,
        resolution=asked.resolution and orjson.dumps(asked.resolution.to_dict(language)).decode(),
        is_bad_point=asked.is_bad,
        exchanged=asked.exchanged,
        words=orjson.dumps(browser_words(served.info, districts, language)).decode(),
        example=served.made(_example),
        data_date=day_text(served.info.data_date, language),
    )
    is_refused = asked.is_bad or asked.exchanged is not None
    response = make_response(body, HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@pages.get("/api/")
def api_overview() -> str:
    """Show what the API offers."""
    language = _language()
    return render_template("api.html", **_frame(language, bound_campaign_or_none()), endpoints=ENDPOINTS)


@pages.get("/quality")
def quality() -> str:
    """Show what the campaign's data lack."""
    served = bound_campaign()
    language = _language()
    return render_template(
        "quality.html",
        **_frame(language, served),
        view=report_view(served.made(_quality_report), served.finder.campaign, language),
        accepted_title=text("quality.accepted_sheet", language),
        has_map=False,
        most=_MOST_ROWS,
    )


def _quality_report(served: ServedCampaign) -> QualityReport:
    return quality_report(served.finder.file)


def error_page(status: HTTPStatus) -> Response:
    """Return a page that says what happened and where to go on."""
    language = _language()
    message = _MESSAGES.get(status, "page.failed")
    advice = text("page.unavailable_advice", language) if status >= HTTPStatus.INTERNAL_SERVER_ERROR else None
    body = render_template(
        "error.html",
        **_frame(language, bound_campaign_or_none()),
        message=text(message, language),
        advice=advice,
    )
    return make_response(body, status)


def _language() -> Language:
    """Return the language of the page; an unknown one is as good as none."""
    default = current_holder().settings.language
    try:
        return read_language(request.args, default)
    except QueryError:
        return default


@dataclass(frozen=True, slots=True)
class _Asked:
    """What came of the point in the page's address.

    ``exchanged`` is the point (lat, lon as text) that was probably meant where the axes look swapped.
    """

    resolution: Resolution | None = None
    is_bad: bool = False
    exchanged: tuple[str, str] | None = None


def _asked(served: ServedCampaign) -> _Asked:
    if "lat" not in request.args and "lon" not in request.args:
        return _Asked()
    try:
        lon, lat = read_position(request.args, None)
    except (QueryError, CoordinateError):
        return _Asked(is_bad=True)
    try:
        if served.finder.bounds is not None:
            check_not_swapped(lon, lat, served.finder.bounds)
    except CoordinateError:
        return _Asked(exchanged=(f"{lon:.7g}", f"{lat:.7g}"))
    return _Asked(served.finder.by_point(lon, lat))


def _frame(language: Language, served: ServedCampaign | None) -> dict[str, Any]:
    """Return what every page shows around its content."""
    info = served.info if served else None
    return {
        "language": language,
        "word": functools.partial(_word, language),
        "own_url": own_url(),
        "is_sample": bool(info and info.is_sample),
        "languages": [(code, _LANGUAGE_LINKS[code], _address_in(code)) for code in LANGUAGES],
        "campaign_name": info and info.names.best(language),
        "campaign_date": info and day_text(info.date, language),
        "call_number": info and info.call_centre and re.sub(r"[^+\d]", "", info.call_centre.number),
        "call_line": info and call_centre_line(info, language),
    }


def _word(language: Language, key: str, /, **values: Any) -> str:
    return text(key, language, **values)


def _address_in(language: Language) -> str:
    """Return the address of this page in another language; the point stays."""
    kept = {name: request.args[name] for name in ("lat", "lon") if name in request.args}
    return "?" + urlencode({**kept, "lang": language})


def _map_parts(served: ServedCampaign, language: Language) -> dict[str, Any]:
    rendered = served.maps.get(language)
    if rendered is None or served.map_directory is None:
        return {"map_html": None}
    base = f"{MAP_URL}{served.map_directory.name}/"
    return {
        "map_html": rendered.html,
        "map_styles": [*rendered.styles, base + rendered.style],
        "map_scripts": rendered.scripts,
        "map_module": base + rendered.script,
    }


def _example(served: ServedCampaign) -> tuple[str, str] | None:
    """Return latitude and longitude of the middle of the city; None if nothing is known of where it is."""
    extent = campaign_extent(served.finder.campaign)
    if extent is None:
        return None
    west, south, east, north = extent
    return f"{(south + north) / 2:.5f}", f"{(west + east) / 2:.5f}"
