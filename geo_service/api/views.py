"""The endpoints of the API."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from geo_service.addresses.suggest import Suggestion
from geo_service.api.documents import CampaignDocuments
from geo_service.api.openapi import openapi_answer
from geo_service.api.queries import (
    read_bbox,
    read_district,
    read_flag,
    read_language,
    read_language_if_any,
    read_limit,
    read_place,
    read_position,
    read_query,
    read_text,
)
from geo_service.api.responses import GEOJSON, json_response, prepared
from geo_service.errors import PrecinctNotFoundError
from geo_service.served.holder import current_holder

api = Blueprint("api", __name__, url_prefix="/api/v1")

_MOST_DIGITS = 18  # more than any number has; Python refuses to read far longer ones


@api.get("/locate")
def locate() -> Response:
    """Answer with the precinct of a point."""
    holder = current_holder()
    finder = holder.served.finder
    language = read_language(request.args, holder.settings.language)
    lon, lat = read_position(request.args, finder.bounds)
    response = json_response(finder.by_point(lon, lat).to_dict(language))
    # Where somebody asked about stays out of shared caches.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@api.get("/find")
def find() -> Response:
    """Answer what somebody typed into the one box."""
    holder = current_holder()
    arguments = request.args
    resolution = holder.served.finder.by_address(
        read_query(arguments),
        read_district(arguments),
        read_language(arguments, holder.settings.language),
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
    finder = current_holder().served.finder
    is_begun = place is not None or bool(prefix.strip())
    found = finder.suggest(prefix, language, place=place, limit=limit) if is_begun else ()
    return _unstored({"suggestions": [_suggestion(one) for one in found]})


@api.get("/precincts/<number>")
def precinct(number: str) -> Response:
    """Answer with one precinct."""
    is_number = number.isdecimal() and number.isascii() and len(number) <= _MOST_DIGITS
    known = current_holder().served.finder.campaign.precincts_by_number
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
    bbox = read_bbox(request.args, current_holder().served.finder.bounds)
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
    return current_holder().served.made(CampaignDocuments)
