"""The browser's files: our own, the libraries', and the rendered maps'; compressed, and cached for good.

Every URL holds a version or a hash of its content, so that a browser need never ask again.
"""

from __future__ import annotations

import functools
import gzip
import mimetypes
import re
from collections.abc import Mapping
from pathlib import Path

import brotli
from flask import Blueprint, Response, abort, request

from geo_service.web.holder import current_holder
from geo_service.web.map_files import MAP_URL
from maps.assets import own_files, own_version, vendor_files

VENDOR_URL = "/static/vendor/"
_IMMUTABLE = "public, max-age=31536000, immutable"
_SUFFIXES = {"br": ".br", "gzip": ".gz"}
_TYPES = {".js": "text/javascript", ".topojson": "application/json", ".json": "application/json"}
_INCOMPRESSIBLE = frozenset({".png"})

static_files = Blueprint("static_files", __name__)


def own_url() -> str:
    """Return the URL of the directory of the project's own modules and style sheets."""
    return f"/static/own/{own_version()}/"


@static_files.get("/static/vendor/<path:name>")
def vendor_file(name: str) -> Response:
    """Serve a file of a library."""
    return _from_table(vendor_files(), name)


@static_files.get("/static/own/<version>/<name>")
def own_file(version: str, name: str) -> Response:
    """Serve one of our own modules or style sheets; another version's URL is not found."""
    if version != own_version():
        abort(404)
    return _from_table(own_files(), name)


@static_files.get(MAP_URL + "<directory>/<name>")
def map_file(directory: str, name: str) -> Response:
    """Serve a file of a rendered map; maps of former campaigns stay served for pages still open."""
    if not re.fullmatch(r"[0-9a-f]{12}-[0-9a-f]{8}", directory) or not re.fullmatch(r"\w[\w.-]*", name):
        abort(404)
    path = current_holder().settings.store / "maps" / directory / name
    if path.suffix in _SUFFIXES.values() or not path.is_file():
        abort(404)
    return rendered_file(path)


def rendered_file(path: Path) -> Response:
    """Return a response with a file that has its compressed variants beside it."""
    encoding = accepted_encoding()
    source = path.with_name(path.name + _SUFFIXES[encoding]) if encoding else path
    return _response(source.read_bytes(), path.suffix, encoding)


def accepted_encoding() -> str | None:
    """Return the best content encoding that the client of this request takes, or None for plain."""
    accepted = request.accept_encodings
    return next((encoding for encoding in _SUFFIXES if accepted.quality(encoding) > 0), None)


def compressed(data: bytes, encoding: str) -> bytes:
    """Return data in a content encoding, at a level that a request can wait for."""
    return brotli.compress(data, quality=5) if encoding == "br" else gzip.compress(data, 6, mtime=0)


def _from_table(files: Mapping[str, Path], name: str) -> Response:
    path = files.get(name)
    if path is None:
        abort(404)
    encoding = None if path.suffix in _INCOMPRESSIBLE else accepted_encoding()
    return _response(_file_content(path, encoding), path.suffix, encoding)


@functools.cache
def _file_content(path: Path, encoding: str | None) -> bytes:
    data = path.read_bytes()
    return compressed(data, encoding) if encoding else data


def _response(body: bytes, suffix: str, encoding: str | None) -> Response:
    mimetype = _TYPES.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")
    response = Response(body, mimetype=mimetype)
    response.headers["Cache-Control"] = _IMMUTABLE
    response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response
