"""A map of points that want a look, whose every asset stands in the page itself.

Unlike `maps.folium_map` its page is one file, which people open from a disk and send by mail: so there is no
host to fetch from, and scripts and styles are handed out as text.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import folium
import shapely
from branca.element import MacroElement
from folium.template import Template
from shapely.geometry.base import BaseGeometry

from maps.assets import VENDOR_SCRIPTS, VENDOR_STYLES, own_files, vendor_files
from maps.folium_map import OfflineMap, render_canvas
from maps.inline import script_text

_SIMPLIFY_DEG = 0.00005  # about 5 m
_GRID_DEG = 1e-5
_MIN_ZOOM, _MAX_ZOOM = 9, 19
_STYLES = ("leaflet_css", "markerclustercss")
_SCRIPTS = ("leaflet", "markerclusterjs")


@dataclass(frozen=True, slots=True)
class MapFinding:
    """A point that wants a look; ``severity`` is error, warning or information."""

    number: int
    lon: float
    lat: float
    severity: str
    text: str


@dataclass(frozen=True, slots=True)
class InlineMap:
    """A map to be put into a page: its element, its style sheet, and its scripts in their order."""

    html: str
    style: str
    scripts: tuple[str, ...]


class _Findings(MacroElement):  # type: ignore[misc]  # Folium has no types
    """The call of ``findings.js`` that fills the map."""

    _template = Template(
        "{% macro script(this, kwargs) %}\n"
        "findings.show({{ this._parent.get_name() }}, {{ this.options|tojson }});\n"
        "{% endmacro %}"
    )

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__()
        self._name = "Findings"
        self.options = options


def findings_map(
    outlines: Sequence[BaseGeometry],
    findings: Sequence[MapFinding],
    *,
    tile_url: str = "",
    tile_attribution: str = "",
) -> InlineMap:
    """Render a map of findings.

    Parameters
    ----------
    outlines
        Polygons that are drawn below, degrees, longitude first.
    findings
        The points.
    tile_url, tile_attribution
        Online background; empty for none: then the page asks no host for anything.

    Returns
    -------
    InlineMap
        Equal for equal arguments.
    """
    canvas = OfflineMap(location=(0.0, 0.0), tiles=None, zoom_start=_MIN_ZOOM, prefer_canvas=True)
    canvas.options |= {"max_zoom": _MAX_ZOOM, "fade_animation": False}
    if tile_url:
        folium.TileLayer(tile_url, attr=tile_attribution or " ", max_zoom=_MAX_ZOOM, control=False).add_to(
            canvas
        )
    options = {
        "outlines": _outlines(outlines),
        "findings": [dataclasses.asdict(finding) for finding in findings],
        "bounds": _bounds(outlines, findings),
    }
    _Findings(options).add_to(canvas)
    parts = render_canvas(canvas)
    vendor = vendor_files()
    return InlineMap(
        html=parts.html,
        style="\n".join(
            [
                *(_style(VENDOR_STYLES[name]) for name in _STYLES),
                *(own_files()[name].read_text("utf-8") for name in ("page.css", "map.css", "quality.css")),
                parts.style,
            ]
        ),
        scripts=(
            *(script_text(vendor[VENDOR_SCRIPTS[name]]) for name in _SCRIPTS),
            script_text(own_files()["findings.js"]),
            parts.script,
        ),
    )


def _style(url: str) -> str:
    """Return a library's style sheet without its pictures, which would be files of their own."""
    return re.sub(r"url\([^)]*\)", "none", vendor_files()[url].read_text("utf-8"))


def _outlines(polygons: Sequence[BaseGeometry]) -> dict[str, Any]:
    """Return the borders of polygons as GeoJSON, shared ones once."""
    lines = shapely.union_all([polygon.boundary for polygon in polygons], grid_size=_GRID_DEG)
    parts = shapely.get_parts(shapely.simplify(shapely.line_merge(lines), _SIMPLIFY_DEG))
    return {
        "type": "MultiLineString",
        "coordinates": [
            [[round(x, 5), round(y, 5)] for x, y in part.coords]
            for part in parts
            if part.geom_type == "LineString"
        ],
    }


def _bounds(outlines: Sequence[BaseGeometry], findings: Sequence[MapFinding]) -> list[list[float]] | None:
    """Return south-west and north-east of all that is shown, or of the outlines if there are any."""
    shown = list(outlines) or [shapely.Point(finding.lon, finding.lat) for finding in findings]
    if not shown:
        return None
    west, south, east, north = (float(bound) for bound in shapely.total_bounds(shown))
    return [[south, west], [north, east]]
