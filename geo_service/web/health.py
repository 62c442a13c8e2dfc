"""Is the process alive, and can it answer? For those who watch over it."""

from __future__ import annotations

from flask import Blueprint, Response

from geo_service.api.responses import json_response
from geo_service.served.binding import bound_campaign
from geo_service.served.holder import current_holder

health = Blueprint("health", __name__)


@health.get("/healthz")
def healthz() -> Response:
    """Answer as long as the process lives."""
    return json_response({"status": "alive"})


@health.get("/readyz")
def readyz() -> Response:
    """Answer with the campaign once a verified one is loaded; before, a problem with status 503.

    ``failure`` says why a newer campaign is not taken; the one that is served goes on answering.
    """
    served, failure = bound_campaign(), current_holder().failure
    response = json_response(
        {
            "status": "ready",
            "campaign": served.info.id,
            "hash": served.content_hash,
            "failure": failure and {"detail": failure.problem, "remedy": failure.remedy},
        }
    )
    response.headers["Cache-Control"] = "no-store"
    return response
