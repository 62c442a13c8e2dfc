"""The endpoints of the API."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from geo_service.addresses.suggest import Suggestion
from geo_service.api.archive_list import campaign_list, change_list
from geo_service.api.documents import CampaignDocuments
from geo_service.api.openapi import openapi_answer
from geo_service.api.queries import (
    read_bbox,
    read_campaign,
    read_district,
    read_flag,
    read_language,
    read_language_if_any,
    read_limit,
    read_place,
    read_position,
    read_query,
    read_since,
    read_text,
)
from geo_service.api.responses import GEOJSON, json_response, prepared
from geo_service.errors import PrecinctNotFoundError
from geo_service.served.binding import bind, bound_campaign, bound_campaign_or_none
from geo_service.served.holder import current_holder

api = Blueprint("api", __name__, url_prefix="/api/v1")

_MOST_DIGITS = 18  # more than any number has; Python refuses to read far longer ones


@api.before_request
def bind_asked_campaign() -> None:
    """Let a request that names a campaign answer from that one."""
    name = read_campaign(request.args)
    if name is not None:
        bind(current_holder().archive.campaign(name, bound_campaign_or_none()))


@api.get("/locate")
def locate() -> Response:
    """Answer with the precinct of a point."""
    finder = bound_campaign().finder
    language = read_language(request.args, current_holder().settings.language)
    lon, lat = read_position(request.args, finder.bounds)
    response = json_response(finder.by_point(lon, lat).to_dict(language))
    # Where somebody asked about stays out of shared caches.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@api.get("/find")
def find() -> Response:
    """Answer what somebody typed into the one box."""
    arguments = request.args
    resolution = bound_campaign().finder.by_address(
        read_query(arguments),
        read_district(arguments),
        read_language(arguments, current_holder().settings.language),
        place=read_place(arguments),
        explain=read_flag(arguments, "explain", default=False),
    )
    return _unstored(resolution.to_dict())


@api.get("/suggest")
def suggest() -> Response:
    """Answer with ways to go on while somebody types."""
    arguments = request.args
    prefix, place, limit = read_text(arguments), read_place(arguments), read_limit(arguments)
    # Without a language that of the input is taken, so there is no default of the service.
    language = read_language_if_any(arguments)
    finder = bound_campaign().finder
    is_begun = place is not None or bool(prefix.strip())
    found = finder.suggest(prefix, language, place=place, limit=limit) if is_begun else ()
    return _unstored({"suggestions": [_suggestion(one) for one in found]})


@api.get("/precincts/<number>")
def precinct(number: str) -> Response:
    """Answer with one precinct."""
    is_number = number.isdecimal() and number.isascii() and len(number) <= _MOST_DIGITS
    known = bound_campaign().finder.campaign.precincts_by_number
    if not is_number or int(number) not in known:
        # The number is not repeated: it may be somebody's.
        raise PrecinctNotFoundError(
            "There is no precinct of this number.",
            "Ask with a number of /api/v1/precincts, as in /api/v1/precincts/123; numbers change from vote "
            "to vote.",
            field="number",
        )
    return prepared(_documents().precinct(int(number)), mimetype=GEOJSON).response()


@api.get("/precincts")
def precincts() -> Response:
    """Answer with precincts, all or those in a box."""
    bbox = read_bbox(request.args, bound_campaign().finder.bounds)
    with_geometry = read_flag(request.args, "geometry", default=True)
    documents = _documents()
    if bbox is not None:
        collection = documents.precincts_within(bbox, with_geometry=with_geometry)
        return prepared(collection, mimetype=GEOJSON).response()
    return (documents.precincts if with_geometry else documents.precincts_without_geometry).response()


@api.get("/precincts.topojson")
def precincts_topojson() -> Response:
    """Answer with all precincts as TopoJSON, made when the map was rendered."""
    return _documents().topology.response()


@api.get("/stations")
def stations() -> Response:
    """Answer with the stations."""
    return _documents().stations.response()


@api.get("/districts")
def districts() -> Response:
    """Answer with the districts."""
    return _documents().districts.response()


@api.get("/campaign")
def campaign() -> Response:
    """Answer with the campaign's facts."""
    return _documents().campaign.response()


@api.get("/campaigns")
def campaigns() -> Response:
    """Answer with the campaigns that may be asked, the current one first."""
    served = current_holder().served
    bind(served)
    return prepared({"campaigns": campaign_list(served, current_holder().archive.published())}).response()


@api.get("/changes")
def changes() -> Response:
    """Answer with what was amended since a day."""
    finder = bound_campaign().finder
    language = read_language(request.args, current_holder().settings.language)
    since = read_since(request.args, finder.campaign.info.time_zone)
    return prepared(change_list(finder, since, language)).response()


@api.get("/openapi.json")
def openapi() -> Response:
    """Answer with the description of the API."""
    return openapi_answer().response()


def _suggestion(suggestion: Suggestion) -> dict[str, Any]:
    place = suggestion.place
    return {
        "text": suggestion.text,
        "label": suggestion.label,
        "place": place.id,
        "kind": place.kind,
        "house": suggestion.house,
    }


def _unstored(value: Any) -> Response:
    """Return a response that no cache keeps: what somebody typed is in its address."""
    response = json_response(value)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _documents() -> CampaignDocuments:
    return bound_campaign().made(CampaignDocuments)
