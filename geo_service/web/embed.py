"""The finder for frames on other sites, the script that puts it there, and the page with the code to copy.

Nothing in the frame sets a cookie, and no link in it leads the frame to a page that may not stand in one.
"""

from __future__ import annotations

import functools
import json
from http import HTTPStatus
from pathlib import Path
from typing import cast

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.datastructures import MultiDict

from geo_service.campaign.model import LANGUAGES, Language
from geo_service.served.binding import bound_campaign, bound_campaign_or_none
from geo_service.served.encodings import accepted_encoding, compressed
from geo_service.served.holder import current_holder
from geo_service.served.served_campaign import ServedCampaign
from geo_service.translations import text
from geo_service.web.answer_view import answer_view
from geo_service.web.asked import ARGUMENTS, PERSONAL, names_personal_number, read_asked
from geo_service.web.embed_code import embed_code
from geo_service.web.example import example_address, example_point
from geo_service.web.frame import LANGUAGE_PREFIX, map_parts, page, page_language
from geo_service.web.moment import current_moment
from geo_service.web.preview import preview_of
from geo_service.wrong_answers.subject import known_precinct
from maps.assets import own_files

embed = Blueprint("embed", __name__)

_SCRIPT = "embed_script.js"
_HOUR = "public, max-age=3600"  # its address never changes; what it does may
_MOST_DIGITS = 6
_KEPT = (*ARGUMENTS, "precinct")


@embed.get(LANGUAGE_PREFIX + "/embed")
def finder() -> Response:
    """Show the box, the answer and the map in a frame."""
    if names_personal_number(request.args):
        address = url_for("embed.finder", **PERSONAL)
        return cast("Response", redirect(address, HTTPStatus.SEE_OTHER))
    served = bound_campaign_or_none()
    if served is None:
        # The usual page of an error may not stand in a frame.
        status = HTTPStatus.SERVICE_UNAVAILABLE
        return page("embed_unavailable.html", None, status=status, remembers_language=False)
    return _finder(served, page_language())


@embed.get("/embed")
def finder_in_any_language() -> Response:
    """Lead a frame that names no language to the one that the reader had before, or the service's."""
    # What else stands in the address could say something to `url_for` itself.
    kept = {name: request.args[name] for name in _KEPT if name in request.args}
    arguments = PERSONAL if names_personal_number(request.args) else kept
    response = cast("Response", redirect(url_for("embed.finder", **arguments)))
    response.headers["Vary"] = "Cookie"
    return response


@embed.get("/embed.js")
def script() -> Response:
    """Send the script that other sites put where the frame shall stand."""
    body, encoding = _script(), accepted_encoding()
    response = Response(compressed(body, encoding) if encoding else body, mimetype="text/javascript")
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = _HOUR
    # For sites that are isolated from others (COEP), and for `crossorigin` on the script's tag.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@embed.get(LANGUAGE_PREFIX + "/embed-code")
def code() -> Response:
    """Show the code to copy, what it shows, and on what terms."""
    served, language = bound_campaign(), page_language()
    shown = next((one for one in LANGUAGES if one == request.args.get("shown")), language)
    written = request.args.get("precinct", "").strip()
    precinct = known_precinct(served.finder, written)
    is_unknown = bool(written) and precinct is None
    return page(
        "embed_code.html",
        served,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if is_unknown else HTTPStatus.OK,
        snippets=embed_code(shown, precinct),
        shown=shown,
        precinct=precinct,
        is_unknown=is_unknown,
        sites=current_holder().settings.frame_ancestors.split(),
    )


def _finder(served: ServedCampaign, language: Language) -> Response:
    asked = read_asked(served, _question(language), language)
    answer = None if asked is None else answer_view(asked, served, current_moment(), language)
    is_refused = asked is not None and asked.is_refused
    response = page(
        "embed.html",
        served,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK,
        remembers_language=False,
        **map_parts(served),
        answer=answer,
        title=answer.title if answer else text("page.title", language),
        typed=request.args.get("q", "") and (asked.text if asked else ""),
        place=asked.arguments.get("place") if asked else None,
        address=answer.address if answer else url_for("finder.find"),
        content_hash=served.content_hash,
        example=served.made(example_address).get(language),
        example_point=served.made(example_point),
        preview=preview_of(asked, answer, served, language),
    )
    if asked is not None:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _question(language: Language) -> MultiDict[str, str]:
    """Return the question; a precinct's number is one, where nothing else is asked."""
    number = request.args.get("precinct", "")
    is_number = number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS
    if not is_number or any(name in request.args for name in ("q", "lat", "lon", "personal")):
        return request.args
    return MultiDict({"q": text("number.precinct", language, number=int(number))})


@functools.cache
def _script() -> bytes:
    """Return the script with the frame's titles in it."""
    titles = {language: text("page.title", language) for language in LANGUAGES}
    source = Path(own_files()[_SCRIPT]).read_text(encoding="utf-8")
    return source.replace("__TITLES__", json.dumps(titles, ensure_ascii=False)).encode()
