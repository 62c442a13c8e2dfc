"""The style sheets of a map in one: on a slow network each file more is a wait more."""

from __future__ import annotations

import posixpath
import re

from maps.assets import VENDOR_URL, own_files, vendor_files
from maps.colours import HUES
from maps.model import MapParts

_URL = re.compile(r"url\((?!data:|#)[\"']?([^)\"']+)[\"']?\)")

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def one_style_sheet(parts: MapParts) -> str:
    """Return the libraries' style sheets that a map needs, Folium's, our own and the legend's colours."""
    libraries = [_library(url.removeprefix(VENDOR_URL)) for url in parts.styles]
    own = own_files()["map.css"].read_text(encoding="utf-8")
    return "\n".join([*libraries, parts.style, own, _legend_colours()])


def _library(name: str) -> str:
    """Return a library's style sheet with the addresses of its pictures made independent of its own."""
    directory = VENDOR_URL + posixpath.dirname(name)
    text = _COMMENT.sub("", vendor_files()[name].read_text(encoding="utf-8"))
    return _URL.sub(lambda match: f"url({directory}/{match[1]})", text)


def _legend_colours() -> str:
    """Return rules for the swatches of districts: a policy without inline styles lets no page give them."""
    light = [f".hue-{n} {{ --fill: {hue.fill}; --edge: {hue.line}; }}" for n, hue in enumerate(HUES)]
    dark = [f".hue-{n} {{ --fill: {hue.dark}; --edge: {hue.dark}; }}" for n, hue in enumerate(HUES)]
    return "\n".join([*light, "@media (prefers-color-scheme: dark) {", *dark, "}", ""])
