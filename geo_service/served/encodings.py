"""Content encodings: which one a client takes, and bodies in it."""

from __future__ import annotations

import gzip
from collections.abc import Mapping

import brotli
from flask import request

#: Suffixes of the compressed variants of a file by content encoding, the best first.
SUFFIXES: Mapping[str, str] = {"br": ".br", "gzip": ".gz"}


def accepted_encoding() -> str | None:
    """Return the best content encoding that the client of this request takes, or None for plain."""
    accepted = request.accept_encodings
    return next((encoding for encoding in SUFFIXES if accepted.quality(encoding) > 0), None)


def compressed(data: bytes, encoding: str) -> bytes:
    """Return data in a content encoding, at a level that a request can wait for."""
    return brotli.compress(data, quality=5) if encoding == "br" else gzip.compress(data, 6, mtime=0)
