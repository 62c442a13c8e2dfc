"""What every page has around its content: language, words, banner, links; and how a page is sent.

The language is the first part of a page's address (``/kk/…``). The last one that was read is kept in a
cookie, for ``/`` and for addresses that have none.
"""

from __future__ import annotations

import functools
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import urlencode

from flask import Flask, Response, current_app, g, make_response, render_template, request

from geo_service.campaign.model import LANGUAGES, CampaignInfo, Language
from geo_service.served.binding import bound_campaign_or_none
from geo_service.served.encodings import accepted_encoding, compressed
from geo_service.served.holder import current_holder
from geo_service.served.map_files import MAP_URL
from geo_service.served.served_campaign import ServedCampaign
from geo_service.translations import day_text, text
from geo_service.voting_day.call_centre import call_centre_at, call_centre_line
from geo_service.voting_day.phase import phase_at, phase_line
from geo_service.web.asked import names_personal_number
from geo_service.web.moment import current_moment
from geo_service.web.rehearsal import rehearsal_line
from maps.assets import own_url

#: Begins the address of every page: the rule of Flask that a blueprint of pages takes as its prefix.
LANGUAGE_PREFIX = "/<any(kk, ru, en):language>"
LANGUAGE_COOKIE = "language"

_LANGUAGE_LINKS: dict[Language, str] = {"kk": "ҚАЗ", "ru": "РУС", "en": "ENG"}
_COOKIE_SECONDS = 31_536_000  # a year
_COMPRESS_FROM = 1024  # bytes; below, a packet is not worth the work


def install(app: Flask) -> None:
    """Make an application take the language from addresses and put it into those that it makes."""
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)


def page_language() -> Language:
    """Return the language of this request: of its address, else the reader's last one, else the service's."""
    # Of an address that is not found, the beginning still says which language is read.
    beginning = request.path.split("/", 2)[1]
    for said in (g.get("language"), beginning, request.cookies.get(LANGUAGE_COOKIE)):
        if said in LANGUAGES:
            return cast("Language", said)
    return current_holder().settings.language


def page(
    template: str,
    served: ServedCampaign | None,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    remembers_language: bool = True,
    **values: Any,
) -> Response:
    """Return a page, compressed, in the language of the request.

    Parameters
    ----------
    template
        Name of the template; a whole page, or a part of one for a script.
    served
        The campaign that it tells of; None if there is none.
    status
        Of the response.
    remembers_language
        Whether the language becomes that of the reader: not where another site chose it.
    **values
        For the template, beside those of the frame.
    """
    body = render_template(template, **frame(served), **values)
    response = make_response(body, status)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept-Encoding, Cookie"
    is_new = "language" in g and request.cookies.get(LANGUAGE_COOKIE) != g.language
    if remembers_language and is_new:
        response.set_cookie(LANGUAGE_COOKIE, g.language, max_age=_COOKIE_SECONDS, samesite="Lax")
    return _compressed(response)


def frame(served: ServedCampaign | None) -> dict[str, Any]:
    """Return what the templates of all pages use."""
    language = page_language()
    info = served.info if served else None
    return {
        "language": language,
        "word": functools.partial(_word, language),
        "own_url": own_url(),
        "is_sample": bool(info and info.is_sample),
        "rehearsal": rehearsal_line(info, language),
        "languages": [(code, _LANGUAGE_LINKS[code], _address_in(code)) for code in LANGUAGES],
        **about_vote(info, language),
    }


def about_vote(info: CampaignInfo | None, language: Language) -> dict[str, Any]:
    """Return what every page says of the vote at the moment, in a language; nothing of none.

    Parameters
    ----------
    info
        The vote; None if there is none.
    language
        Of the texts.
    """
    if info is None:
        return {}
    moment = current_moment()
    about = {
        "campaign_name": info.names.best(language),
        "campaign_date": day_text(info.date, language),
        "phase": phase_at(info, moment).name,
        "phase_line": phase_line(info, moment, language),
    }
    centre = call_centre_at(info, moment)
    if centre is None:
        return about
    hours = {"number": centre.number, "opens": centre.opens, "closes": centre.closes}
    return {
        **about,
        "call_number": centre.tel.removeprefix("tel:"),
        "call_line": text("page.call_centre", language, **hours),
        "call_state": call_centre_line(centre, language),
    }


def map_parts(served: ServedCampaign) -> dict[str, Any]:
    """Return what the templates of a page with the map use; ``map_html`` is None if there is no map."""
    rendered = served.maps.get(page_language())
    if rendered is None or served.map_directory is None:
        return {"map_html": None}
    base = f"{MAP_URL}{served.map_directory.name}/"
    return {
        "map_html": rendered.html,
        "map_styles": [*rendered.styles, base + rendered.style],
        "map_scripts": rendered.scripts,
        "map_modules": rendered.modules,
        "map_data": rendered.data,
        "map_module": base + rendered.script,
    }


def current_page(template: str, **values: Any) -> Response:
    """Return a page of the campaign of this request, or of none; see `page`."""
    return page(template, bound_campaign_or_none(), **values)


def _word(language: Language, key: str, /, **values: Any) -> str:
    return text(key, language, **values)


def _address_in(language: Language) -> str:
    """Return the address of this page in another language; what was asked stays."""
    endpoint, arguments = request.endpoint, dict(request.view_args or {})
    query = urlencode([(name, value) for name, value in request.args.items(multi=True) if name != "lang"])
    if names_personal_number(request.args):
        query = ""
    if endpoint is None or not current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        return f"/{language}/"
    path = current_app.url_for(endpoint, **{**arguments, "language": language})
    return f"{path}?{query}" if query else path


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "language" in values:
        g.language = values.pop("language")


def _give_language(endpoint: str, values: dict[str, Any]) -> None:
    if "language" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        values["language"] = page_language()


def _compressed(response: Response) -> Response:
    data = response.get_data()
    encoding = accepted_encoding() if len(data) >= _COMPRESS_FROM else None
    if encoding is not None:
        response.set_data(compressed(data, encoding))
        response.headers["Content-Encoding"] = encoding
    return response
