"""The page of the data, and the downloads.

Every download has two addresses: one that always leads to the current campaign, and, where that leads, one
with the beginning of the campaign's hash, whose content never changes.
"""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, abort, redirect, request, send_file, url_for

from geo_service.downloads.catalogue import CAMPAIGN_FILE, CAMPAIGN_TYPE, DOWNLOADS, saved_name
from geo_service.served.binding import bound_campaign
from geo_service.served.downloads import CampaignDownloads, PackedFile
from geo_service.served.served_campaign import ServedCampaign
from geo_service.translations import text
from geo_service.web.data_view import data_view
from geo_service.web.frame import LANGUAGE_PREFIX, page, page_language

data_page = Blueprint("data", __name__)

_HASH_LETTERS = 12
_IMMUTABLE = "public, max-age=31536000, immutable"


@data_page.get(LANGUAGE_PREFIX + "/data")
def show() -> Response:
    """Show what can be downloaded, and what the data are."""
    served, language = bound_campaign(), page_language()
    return page(
        "data.html",
        served,
        title=f"{text('data.title', language)}: {text('page.title', language)}",
        view=data_view(served, language),
    )


@data_page.get("/data/<name>")
def current(name: str) -> Response:
    """Lead to a download of the current campaign."""
    served = bound_campaign()
    if name != CAMPAIGN_FILE and name not in DOWNLOADS:
        abort(404)
    address = url_for("data.download", version=_version(served), name=saved_name(served.info, name))
    response = cast("Response", redirect(address))
    response.headers["Cache-Control"] = "no-cache"
    return response


@data_page.get("/data/<version>/<name>")
def download(version: str, name: str) -> Response:
    """Send a download of the campaign whose hash begins so; a former one's address is not found."""
    served = bound_campaign()
    names = {saved_name(served.info, one): one for one in (CAMPAIGN_FILE, *DOWNLOADS)}
    if version != _version(served) or name not in names:
        abort(404)
    kept = names[name]
    response = _campaign_file(served, name) if kept == CAMPAIGN_FILE else _made(served, kept)
    response.headers["Cache-Control"] = _IMMUTABLE
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _version(served: ServedCampaign) -> str:
    return served.content_hash[:_HASH_LETTERS]


def _campaign_file(served: ServedCampaign, name: str) -> Response:
    """Send the campaign file as it is: who has it can verify it by its hash."""
    return send_file(
        served.finder.file.path.resolve(),
        mimetype=CAMPAIGN_TYPE,
        download_name=name,
        etag=served.content_hash[:20],
    )


def _made(served: ServedCampaign, name: str) -> Response:
    file = served.made(CampaignDownloads).file(name)
    is_packed = request.accept_encodings.quality("gzip") > 0
    response = _packed(file) if is_packed else _unpacked(file)
    response.headers["Content-Type"] = DOWNLOADS[name].mimetype
    response.headers["Vary"] = "Accept-Encoding"
    form = "gzip" if is_packed else "identity"
    response.set_etag(f"{_version(served)}-{name}-{form}")
    response.make_conditional(request)
    return response


def _packed(file: PackedFile) -> Response:
    response = Response(file.packed)
    response.headers["Content-Encoding"] = "gzip"
    return response


def _unpacked(file: PackedFile) -> Response:
    response = Response(file.unpacked())
    response.content_length = file.size
    return response
