"""The endpoints of the API."""

from __future__ import annotations

import hashlib

from flask import Blueprint, Response, request

from geo_service.api.openapi import openapi_document
from geo_service.api.queries import read_bbox, read_flag, read_language, read_position
from geo_service.api.responses import GEOJSON, JSON, json_response
from geo_service.errors import NoCampaignError, PrecinctNotFoundError
from geo_service.web.holder import current_holder
from geo_service.web.static_files import accepted_encoding, compressed, rendered_file

api = Blueprint("api", __name__, url_prefix="/api/v1")

_COMPRESS_FROM = 2048  # bytes; below, a packet is not worth the work


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


@api.get("/precincts/<number>")
def precinct(number: str) -> Response:
    """Answer with one precinct."""
    if not number.isdecimal() or not number.isascii():
        raise PrecinctNotFoundError(
            f"{number[:20]!r} is no precinct number.",
            "Ask with digits, as in /api/v1/precincts/123.",
            field="number",
        )
    # More digits than any number has; Python refuses to read far longer ones.
    feature = current_holder().served.documents.precinct(int(number[:18]))
    return _validated(json_response(feature, mimetype=GEOJSON))


@api.get("/precincts")
def precincts() -> Response:
    """Answer with precincts, all or those in a box."""
    bbox = read_bbox(request.args)
    with_geometry = read_flag(request.args, "geometry", default=True)
    collection = current_holder().served.documents.precincts(bbox=bbox, with_geometry=with_geometry)
    return _validated(json_response(collection, mimetype=GEOJSON))


@api.get("/precincts.topojson")
def precincts_topojson() -> Response:
    """Answer with all precincts as TopoJSON, made when the map was rendered."""
    served = current_holder().served
    if served.map_directory is None:
        raise NoCampaignError(
            "The map's files are not rendered.",
            "Ask for /api/v1/precincts, or tell the operator of the service.",
        )
    response = rendered_file(served.map_directory / "precincts.topojson")
    # This address outlives the campaign, unlike that of the map's own file.
    return _validated(response)


@api.get("/stations")
def stations() -> Response:
    """Answer with the stations."""
    return _validated(Response(current_holder().served.documents.stations, mimetype=GEOJSON))


@api.get("/districts")
def districts() -> Response:
    """Answer with the districts."""
    return _validated(Response(current_holder().served.documents.districts, mimetype=GEOJSON))


@api.get("/campaign")
def campaign() -> Response:
    """Answer with the campaign's facts."""
    return _validated(Response(current_holder().served.documents.campaign, mimetype=JSON))


@api.get("/openapi.json")
def openapi() -> Response:
    """Answer with the description of the API."""
    return _validated(Response(openapi_document(), mimetype=JSON))


def _validated(response: Response) -> Response:
    """Give a response an entity tag, answer 304 to a client that has it, and compress what is large."""
    body = response.get_data()
    encoding = response.headers.get("Content-Encoding") or accepted_encoding() or "identity"
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = "Accept-Encoding"
    response.set_etag(f"{hashlib.sha256(body).hexdigest()[:20]}-{encoding}")
    response.make_conditional(request)
    is_plain = "Content-Encoding" not in response.headers and encoding != "identity"
    if is_plain and response.status_code == 200 and len(body) >= _COMPRESS_FROM:  # noqa: PLR2004 - 200 OK
        response.set_data(compressed(body, encoding))
        response.headers["Content-Encoding"] = encoding
    return response
