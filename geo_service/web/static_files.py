"""The browser's files: our own, the libraries', and the rendered maps'; compressed, and cached for good.

Every URL holds a version or a hash of its content, so that a browser need never ask again.
"""

from __future__ import annotations

import functools
import mimetypes
import re
from collections.abc import Mapping
from pathlib import Path

from flask import Blueprint, Response, abort

from geo_service.served.encodings import SUFFIXES, accepted_encoding, compressed
from geo_service.served.holder import current_holder
from geo_service.served.map_files import MAP_DIRECTORY, MAP_URL
from geo_service.web.headers import HASH_HEADER
from maps.assets import OWN_URL, VENDOR_URL, own_files, own_version, vendor_files

_IMMUTABLE = "public, max-age=31536000, immutable"
_TYPES = {".js": "text/javascript", ".topojson": "application/json", ".json": "application/json"}
_INCOMPRESSIBLE = frozenset({".png"})

static_files = Blueprint("static_files", __name__)


@static_files.get(VENDOR_URL + "<path:name>")
def vendor_file(name: str) -> Response:
    """Serve a file of a library."""
    return _from_table(vendor_files(), name)


@static_files.get(OWN_URL + "<version>/<name>")
def own_file(version: str, name: str) -> Response:
    """Serve one of our own modules or style sheets; another version's URL is not found."""
    if version != own_version():
        abort(404)
    return _from_table(own_files(), name)


@static_files.get(MAP_URL + "<directory>/<name>")
def map_file(directory: str, name: str) -> Response:
    """Serve a file of a rendered map; maps of former campaigns stay served for pages still open."""
    if not MAP_DIRECTORY.fullmatch(directory) or not re.fullmatch(r"\w[\w.-]*", name):
        abort(404)
    path = current_holder().settings.store / "maps" / directory / name
    if path.suffix in SUFFIXES.values() or not path.is_file():
        abort(404)
    encoding = accepted_encoding()
    source = path.with_name(path.name + SUFFIXES[encoding]) if encoding else path
    response = _response(source.read_bytes(), path.suffix, encoding)
    # The beginning of the hash, as it stands in the address: the map may be that of a former campaign.
    response.headers[HASH_HEADER] = directory.partition("-")[0]
    return response


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
