"""The Folium map, with every asset from our own host and the same output for the same input.

Folium's classes keep their assets in class lists that point to other hosts, and give every element a random
name. The subclasses here have lists of their own and `render_parts` renames the elements, so that the output
can be cached, compared and served under a strict content security policy.
"""

from __future__ import annotations

import dataclasses
import json
import re
from html.parser import HTMLParser
from typing import Any

import folium
from branca.element import Element, MacroElement
from folium.map import Layer, LayerControl
from folium.plugins import MarkerCluster
from folium.template import Template

from maps.assets import VENDOR_SCRIPTS, VENDOR_STYLES, VENDOR_URL, modules_of
from maps.colours import hues_by_district
from maps.model import MapContent, MapOptions, MapParts, MapWords

#: Names of the data files; those with names in them there are in each language.
TOPOLOGY, STATIONS, BACKGROUND = "precincts.topojson", "stations.{}.json", "background.{}.json"
STREET_NAMES_FROM_ZOOM = 14
_STATIONS_APART_FROM_ZOOM = 15
_MIN_ZOOM, _MIN_ZOOM_WORLD, _MAX_ZOOM = 9, 1, 18
_WORLD = (-180.0, -60.0, 180.0, 75.0)  # shown while a campaign has no place at all


def _links(files: dict[str, str], *names: str) -> list[tuple[str, str]]:
    return [(name, VENDOR_URL + files[name]) for name in names]


class OfflineMap(folium.Map):  # type: ignore[misc]  # Folium has no types
    """A Folium map without jQuery, Bootstrap and icon fonts; Leaflet comes from our own host."""

    default_js = _links(VENDOR_SCRIPTS, "leaflet")
    default_css = _links(VENDOR_STYLES, "leaflet_css")


class StationCluster(MarkerCluster):  # type: ignore[misc]  # Folium has no types
    """Stations, clustered; their data are fetched by the browser."""

    default_js = _links(VENDOR_SCRIPTS, "markerclusterjs")
    default_css = _links(VENDOR_STYLES, "markerclustercss")


class FetchedLayer(Layer):  # type: ignore[misc]  # Folium has no types
    """A layer that a function of the browser module ``layers.js`` makes, and fills with fetched data.

    Parameters
    ----------
    function
        Name of the function.
    options
        What it is called with; JSON values.
    name
        In the layer control.
    overlay
        Whether it lies over the background, or is one to choose.
    """

    _template = Template(
        "{% macro script(this, kwargs) %}\n"
        "var {{ this.get_name() }} = layers.{{ this.function }}({{ this.options|tojson }});\n"
        "{% endmacro %}"
    )

    def __init__(self, function: str, options: dict[str, Any], *, name: str, overlay: bool = True) -> None:
        super().__init__(name=name, overlay=overlay)
        self._name = function
        self.function = function
        self.options = options


class ModuleCall(MacroElement):  # type: ignore[misc]  # Folium has no types
    """A call of a function of ``layers.js`` with the parent element and options."""

    _template = Template(
        "{% macro script(this, kwargs) %}\n"
        "layers.{{ this.function }}({{ this._parent.get_name() }}, {{ this.options|tojson }});\n"
        "{% endmacro %}"
    )

    def __init__(self, function: str, options: dict[str, Any]) -> None:
        super().__init__()
        self._name = function
        self.function = function
        self.options = options


def render_parts(
    content: MapContent, words: MapWords, options: MapOptions, *, language: str, data_base: str
) -> MapParts:
    """Render the map of a campaign.

    Parameters
    ----------
    content
        What it shows; only its extent and districts are used, the rest is fetched.
    words
        In the reader's language.
    options
        How it is set up.
    language
        Of the reader.
    data_base
        URL of the directory of the data files, ending in a slash.

    Returns
    -------
    MapParts
        Equal for equal arguments.
    """
    canvas = _canvas(content, words, options, language, data_base)
    parts = render_canvas(canvas)
    names = {child.layer_name: child.get_name() for child in _children(canvas) if isinstance(child, Layer)}
    roles = {"precincts": words.precincts, "stations": words.stations, "background": words.background}
    layers = ", ".join(f"{role}: {names[name]}" for role, name in roles.items())
    online = f", online: {names[words.online]}" if options.tile_url else ""
    card = json.dumps(_card_words(words), ensure_ascii=False).replace("<", "\\u003c")
    script = "\n".join(
        [
            f'import * as layers from "{options.script_base}layers.js";',
            f'import {{ start }} from "{options.script_base}start.js";',
            parts.script,
            f"start({{ map: {canvas.get_name()}, {layers}{online}, words: {card} }});",
            f"export {{ {canvas.get_name()} as map }};",
        ]
    )
    return dataclasses.replace(
        parts,
        script=_tidy(script),
        modules=tuple(options.script_base + name for name in modules_of("layers.js", "start.js")),
        data=tuple(data_base + name.format(language) for name in (TOPOLOGY, STATIONS, BACKGROUND)),
    )


def render_canvas(canvas: OfflineMap) -> MapParts:
    """Render a map with all that was added to it; equal for equal maps."""
    name_in_order(canvas)
    figure = canvas.get_root()
    figure.render()
    header = _HeaderParts()
    header.feed(figure.header.render())
    # Undeclared names may not be assigned to in a module.
    switches = (re.sub(r"\b(L_[A-Z_0-9]+) =", r"window.\1 =", text) for text in header.scripts)
    return MapParts(
        html=str(figure.html.render()).strip(),
        script=_tidy("\n".join([*switches, str(figure.script.render())])),
        style=_tidy("\n".join(header.styles)),
        scripts=tuple(header.script_urls),
        styles=tuple(header.style_urls),
    )


def _canvas(
    content: MapContent, words: MapWords, options: MapOptions, language: str, data_base: str
) -> OfflineMap:
    west, south, east, north = content.extent or _WORLD
    canvas = OfflineMap(
        location=((south + north) / 2, (west + east) / 2),
        tiles=None,
        zoom_start=11,
        prefer_canvas=True,
        zoom_control=False,
        # Online tiles are sharp at whole zoom levels only; our own lines are sharp at any.
        zoom_snap=1 if options.tile_url else 0.5,
    )
    # The constructor takes the limits for its tiles only, and our map may have none.
    canvas.options |= {"min_zoom": _MIN_ZOOM if content.extent else _MIN_ZOOM_WORLD, "max_zoom": _MAX_ZOOM}
    hues = hues_by_district(content.districts)
    topology = data_base + TOPOLOGY
    background = {"url": data_base + BACKGROUND.format(language), "namesFromZoom": STREET_NAMES_FROM_ZOOM}
    FetchedLayer("backgroundLayer", background, name=words.background, overlay=False).add_to(canvas)
    if options.tile_url:
        attribution = options.tile_attribution or " "
        folium.TileLayer(
            options.tile_url, attr=attribution, name=words.online, max_zoom=_MAX_ZOOM, show=False
        ).add_to(canvas)
    names = {area.code: area.names.get(language, area.code) for area in content.areas}
    precincts = {"url": topology, "hues": hues, "districts": names}
    FetchedLayer("precinctLayer", precincts, name=words.precincts).add_to(canvas)
    FetchedLayer("specialLayer", {"url": topology}, name=words.special).add_to(canvas)
    stations = StationCluster(
        name=words.stations,
        icon_create_function=f"layers.clusterIcons({json.dumps(words.cluster)})",
        disable_clustering_at_zoom=_STATIONS_APART_FROM_ZOOM,
        max_cluster_radius=90,
        show_coverage_on_hover=False,
    )
    stations.add_to(canvas)
    loaded = {"url": data_base + STATIONS.format(language), "mark": words.mark, "words": _card_words(words)}
    ModuleCall("loadStations", loaded).add_to(stations)
    LayerControl(position="topright").add_to(canvas)
    setup = {
        "bounds": [[south, west], [north, east]],
        "words": {
            "layers": words.layers,
            "zoomIn": words.zoom_in,
            "zoomOut": words.zoom_out,
            "metres": words.metres,
            "kilometres": words.kilometres,
            "source": words.source,
        },
        "mark": words.mark,
        "source": options.source.get(language, ""),
    }
    ModuleCall("setUp", setup).add_to(canvas)
    return canvas


def _card_words(words: MapWords) -> dict[str, str]:
    return {"number": words.number, "hours": words.hours, "details": words.details}


def name_in_order(root: Element) -> None:
    """Replace Folium's random element ids by running numbers."""
    waiting, number = [root], 0
    while waiting:
        element = waiting.pop(0)
        element._id = str(number)  # noqa: SLF001 - Folium has no public way to name an element
        number += 1
        waiting.extend(_children(element))


def _children(element: Element) -> list[Element]:
    return list(element._children.values())  # noqa: SLF001 - nor to walk its tree


def _tidy(text: str) -> str:
    """Return text without blank lines and trailing spaces."""
    return "\n".join(line.rstrip() for line in text.splitlines() if line.strip()) + "\n"


class _HeaderParts(HTMLParser):
    """Splits Folium's header into texts and links; its viewport, which forbids zooming, is lost."""

    def __init__(self) -> None:
        super().__init__()
        self.styles: list[str] = []
        self.scripts: list[str] = []
        self.style_urls: list[str] = []
        self.script_urls: list[str] = []
        self._inside: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "style":
            self._inside = self.styles
        elif tag == "script" and values.get("src"):
            self.script_urls.append(values["src"] or "")
        elif tag == "script":
            self._inside = self.scripts
        elif tag == "link":
            self.style_urls.append(values.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"style", "script"}:
            self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside is not None:
            self._inside.append(data)
