"""JSON responses."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response

JSON = "application/json"
GEOJSON = "application/geo+json"


def json_response(value: Any, *, mimetype: str = JSON) -> Response:
    """Return a response with a value as JSON; `orjson.Fragment` parts are taken as they are."""
    return Response(orjson.dumps(value), mimetype=mimetype)
