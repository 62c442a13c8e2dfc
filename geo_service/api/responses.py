"""JSON responses: put together for one request, or prepared once for all."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson
from flask import Response, request

from geo_service.served.encodings import accepted_encoding, compressed

JSON = "application/json"
GEOJSON = "application/geo+json"

_COMPRESS_FROM = 2048  # bytes; below, a packet is not worth the work


class PreparedAnswer:
    """A body that answers many requests: its entity tag and its compressed forms are made once.

    Parameters
    ----------
    body
        Plain.
    mimetype
        Of the body.
    variants
        Compressed forms that are there already, by content encoding.
    """

    def __init__(self, body: bytes, mimetype: str, *, variants: Mapping[str, bytes] | None = None) -> None:
        self.mimetype = mimetype
        self.tag = hashlib.sha256(body).hexdigest()[:20]
        self._forms = {"identity": body, **(variants or {})}
        self._is_large = len(body) >= _COMPRESS_FROM

    def response(self) -> Response:
        """Return the response to this request: 304 to a client that has the body, and else the body."""
        encoding = (accepted_encoding() if self._is_large else None) or "identity"
        response = Response(self.form(encoding), mimetype=self.mimetype)
        if encoding != "identity":
            response.headers["Content-Encoding"] = encoding
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Vary"] = "Accept-Encoding"
        response.set_etag(f"{self.tag}-{encoding}")
        response.make_conditional(request)
        return response

    def form(self, encoding: str) -> bytes:
        """Return the body in a content encoding; it is compressed at the first request that takes it."""
        if encoding not in self._forms:
            # Two threads may both compress it; the results are the same.
            self._forms[encoding] = compressed(self._forms["identity"], encoding)
        return self._forms[encoding]


def json_response(value: Any, *, mimetype: str = JSON) -> Response:
    """Return a response with a value as JSON; `orjson.Fragment` parts are taken as they are."""
    return Response(orjson.dumps(value), mimetype=mimetype)


def prepared(value: Any, *, mimetype: str = JSON) -> PreparedAnswer:
    """Return a value as a JSON body that can be sent; `orjson.Fragment` parts are taken as they are."""
    return PreparedAnswer(orjson.dumps(value), mimetype)
