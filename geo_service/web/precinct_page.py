"""The page of a precinct at its permanent address, and its poster for the door of a house."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, url_for

from geo_service.campaign.model import Precinct
from geo_service.served.binding import bound_campaign
from geo_service.translations import text
from geo_service.web.addresses import absolute_url
from geo_service.web.frame import LANGUAGE_PREFIX, map_parts, page, page_language
from geo_service.web.moment import current_moment
from geo_service.web.pictures import picture_url
from geo_service.web.poster_view import poster_view
from geo_service.web.precinct_view import heading_of_precinct, is_drawn, precinct_page_view
from geo_service.web.preview import SCREEN_SIZE, Picture

#: The rule of Flask for the address of a precinct; what hangs on it begins with it.
PRECINCT_RULE = LANGUAGE_PREFIX + "/precinct/<int(max=99999):number>"

precinct_page = Blueprint("precinct", __name__)


@precinct_page.get(PRECINCT_RULE)
def show(number: int) -> Response:
    """Show a precinct: where and when it votes, its border, its houses, its neighbours."""
    served, language = bound_campaign(), page_language()
    found = served.finder.campaign.precincts_by_number.get(number)
    if found is None:
        return _unknown(number)
    view = precinct_page_view(found, served, current_moment(), language)
    return page(
        "precinct.html",
        served,
        **map_parts(served),
        title=f"{view.heading}: {text('page.title', language)}",
        view=view,
        map_selection=view.selection,
        map_picture=_picture(found, view.heading),
        qr_url=url_for("pictures.qr_code", number=number),
        qr_alt=text("picture.qr", language, number=view.heading),
    )


@precinct_page.get(PRECINCT_RULE + "/poster")
def poster(number: int) -> Response:
    """Show an A4 sheet for the door of a house, in Kazakh and Russian."""
    served, language = bound_campaign(), page_language()
    found = served.finder.campaign.precincts_by_number.get(number)
    if found is None:
        return _unknown(number)
    return page(
        "poster.html",
        served,
        title=f"{heading_of_precinct(number, served, language)}: {text('poster.title', language)}",
        back=url_for("precinct.show", number=number),
        poster=poster_view(found, served),
        map_url=_map_url(found),
        qr_url=url_for("pictures.qr_code", number=number, language="kk"),
        public_address=absolute_url("/").removeprefix("https://").removeprefix("http://").rstrip("/"),
    )


def _picture(precinct: Precinct, heading: str) -> Picture | None:
    if not is_drawn(precinct):
        return None
    language = page_language()
    return Picture(
        picture_url(language, precinct=precinct.number, size=SCREEN_SIZE),
        *SCREEN_SIZE,
        alt=text("answer.picture", language, precinct=heading),
    )


def _map_url(precinct: Precinct) -> str | None:
    return picture_url("kk", precinct=precinct.number, style="print") if is_drawn(precinct) else None


def _unknown(number: int) -> Response:
    """Say that there is no such precinct, and where to go on: numbers change from vote to vote."""
    language = page_language()
    return page(
        "precinct_unknown.html",
        bound_campaign(),
        status=HTTPStatus.NOT_FOUND,
        message=text("precinct.unknown", language, number=number),
    )
