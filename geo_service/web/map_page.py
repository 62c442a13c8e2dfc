"""The map's own page: all precincts and stations; and the list of precincts that says the same in words."""

from __future__ import annotations

from http import HTTPStatus

import orjson
from flask import Blueprint, Response, request

from geo_service.served.binding import bound_campaign
from geo_service.served.served_campaign import ServedCampaign
from geo_service.translations import text
from geo_service.web.example import example_address
from geo_service.web.frame import LANGUAGE_PREFIX, map_parts, page, page_language
from geo_service.web.map_view import legend, listed_districts, precinct_card, selection
from geo_service.web.pictures import picture_url
from geo_service.web.preview import SCREEN_SIZE, Picture

map_page = Blueprint("map", __name__)

_DIGITS = 5  # of a number; more are none


@map_page.get(LANGUAGE_PREFIX + "/map")
def show() -> Response:
    """Show all precincts and stations, and the card of the one that the address names."""
    served, language = bound_campaign(), page_language()
    campaign = served.finder.campaign
    asked = request.args.get("precinct")
    number = _number(asked, served)
    card = None if number is None else precinct_card(number, campaign, language)
    is_open = number is not None and campaign.precincts_by_number[number].status == "open"
    # Of a closed precinct the map knows nothing; what it showed would take the place of the card.
    shown = number if is_open else None
    is_unknown = asked is not None and number is None
    return page(
        "map_page.html",
        served,
        status=HTTPStatus.NOT_FOUND if is_unknown else HTTPStatus.OK,
        **map_parts(served),
        title=f"{card.heading}: {text('map.title', language)}" if card else text("map.title", language),
        card=card,
        is_unknown=is_unknown,
        legend=legend(campaign, language),
        content_hash=served.content_hash,
        example=served.made(example_address).get(language),
        map_selection=None if shown is None else orjson.dumps(selection(shown, campaign, language)).decode(),
        map_picture=_picture(shown, card.heading if card and is_open else None),
    )


@map_page.get(LANGUAGE_PREFIX + "/precincts")
def list_precincts() -> Response:
    """List all precincts by district: the map in words."""
    served, language = bound_campaign(), page_language()
    return page(
        "precincts.html",
        served,
        title=text("map.list", language),
        districts=listed_districts(served.finder.campaign, language),
    )


def _number(asked: str | None, served: ServedCampaign) -> int | None:
    """Return the number in the address if the campaign has such a precinct."""
    if asked is None or not asked.isdecimal() or len(asked) > _DIGITS:
        return None
    return int(asked) if int(asked) in served.finder.campaign.precincts_by_number else None


def _picture(number: int | None, heading: str | None) -> Picture:
    language = page_language()
    alt = "answer.picture_of_city" if heading is None else "answer.picture"
    return Picture(
        picture_url(language, precinct=number, size=SCREEN_SIZE),
        *SCREEN_SIZE,
        alt=text(alt, language, **({} if heading is None else {"precinct": heading})),
    )
