"""A report that is one file: a list of remarks and a Folium map of them, for a browser without a server.

Everything is in the file: styles, scripts, data and Leaflet. Nothing is asked of any host but, if one is
configured, the server of background tiles; a content security policy in the file holds the browser to it.

Loads Folium, and with it pandas: serving processes must not import this module.
"""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import folium
import jinja2
import shapely
from folium.map import Layer, LayerControl
from folium.template import Template
from markupsafe import Markup
from shapely.geometry.base import BaseGeometry

from maps.assets import STATIC, VENDOR_SCRIPTS, VENDOR_STYLES, vendor_files
from maps.folium_map import ModuleCall, OfflineMap, render_canvas
from maps.inline import content_policy, script_text
from maps.model import MapStreet

_DECIMALS = 6  # of a degree in the file: 0.1 m
_STREET_DECIMALS = 5
_SIMPLIFY_DEG = 0.00003  # of what is only the background, about 3 m
_IN_BALLOON = 8  # details; the list has all
_URL = re.compile(r"url\((?!data:|#)[\"']?([^)\"']+)[\"']?\)")


@dataclass(frozen=True, slots=True)
class Remark:
    """An entry of the list, and what of it is on the map.

    Parameters
    ----------
    sort
        One of the report's sorts: decides colour and line.
    words
        What it says.
    details
        What belongs to it, one line each.
    shape
        Where it is, degrees, longitude first; None if it has no place.
    """

    sort: str
    words: str
    details: tuple[str, ...] = ()
    shape: BaseGeometry | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """Remarks under one heading; a layer of the map. ``more`` says what was left out of the list."""

    title: str
    summary: str
    remarks: tuple[Remark, ...]
    more: str = ""


@dataclass(frozen=True, slots=True)
class Background:
    """What the remarks lie on.

    Parameters
    ----------
    borders
        Lines, degrees.
    numbers
        Numbers of precincts as they are shown, each with its position: number, longitude, latitude.
    streets
        Streets, the widest first.
    tile_url, tile_attribution
        Address pattern of online tiles instead; empty for none.
    """

    borders: BaseGeometry | None = None
    numbers: Sequence[tuple[str, float, float]] = ()
    streets: Sequence[MapStreet] = ()
    tile_url: str = ""
    tile_attribution: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report.

    Parameters
    ----------
    language
        Of its texts.
    title
        Its heading.
    facts
        Lines below the heading.
    chapters
        The remarks.
    sorts, signs
        Words and a sign for each sort of remarks, in the order of the legend.
    words
        ``map``, ``show``, ``layers``, ``zoom_in``, ``zoom_out``, ``borders``, ``streets``, ``nothing``.
    mark
        Stands all over the report if its numbers are only a sample's.
    """

    language: str
    title: str
    facts: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    sorts: Mapping[str, str]
    signs: Mapping[str, str]
    words: Mapping[str, str]
    background: Background
    mark: str | None = None


class InlineLayer(Layer):  # type: ignore[misc]  # Folium has no types
    """A layer that a function of ``report.js`` makes of data that stand in the page."""

    _template = Template(
        "{% macro script(this, kwargs) %}\n"
        "var {{ this.get_name() }} = layers.{{ this.function }}({{ this.data|tojson }});\n"
        "{% endmacro %}"
    )

    def __init__(self, function: str, data: Any, *, name: str) -> None:
        super().__init__(name=name, overlay=True)
        self._name = function
        self.function = function
        self.data = data


def render_report(report: Report) -> str:
    """Return a report as an HTML document that needs no other file; equal for equal arguments."""
    rows, layers = _numbered(report.chapters)
    parts = render_canvas(_canvas(report, layers))
    scripts = [
        script_text(vendor_files()[VENDOR_SCRIPTS["leaflet"]]),
        script_text(STATIC / "report" / "report.js"),
        f"(() => {{\nconst layers = window.report;\n{parts.script}\n}})();",
    ]
    styles = [
        _style_with_images(vendor_files()[VENDOR_STYLES["leaflet_css"]]),
        (STATIC / "report" / "report.css").read_text("utf-8"),
        parts.style,
    ]
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("templates", ""), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )  # fmt: skip
    return environment.get_template("report.html").render(
        report=report,
        rows=rows,
        map_html=Markup(parts.html),  # noqa: S704 - Folium's element, made of names of our own
        # Files of our own, and calls whose values Folium's filter has made safe between script tags.
        scripts=[Markup(script) for script in scripts],  # noqa: S704
        styles=[Markup(style) for style in styles],  # noqa: S704
        policy=content_policy(scripts, report.background.tile_url),
    )


def _canvas(report: Report, layers: Sequence[tuple[str, list[dict[str, Any]]]]) -> OfflineMap:
    background = report.background
    canvas = OfflineMap(tiles=None, prefer_canvas=True, zoom_control=False)
    canvas.options |= {"zoom_snap": 1 if background.tile_url else 0.5}
    if background.tile_url:
        folium.TileLayer(background.tile_url, attr=background.tile_attribution or " ", control=False).add_to(
            canvas
        )
    elif background.streets:
        InlineLayer("streets", _streets(background.streets), name=report.words["streets"]).add_to(canvas)
    if background.borders is not None:
        borders = {"lines": _lines(background.borders, _DECIMALS), "numbers": _labels(background.numbers)}
        InlineLayer("borders", borders, name=report.words["borders"]).add_to(canvas)
    for title, marks in layers:
        InlineLayer("marks", marks, name=title).add_to(canvas)
    LayerControl(position="topright").add_to(canvas)
    words = {name: report.words[name] for name in ("layers", "zoom_in", "zoom_out")}
    ModuleCall("start", {"words": words, "bounds": _bounds(report)}).add_to(canvas)
    return canvas


def _numbered(
    chapters: Sequence[Chapter],
) -> tuple[list[list[tuple[Remark, int | None]]], list[tuple[str, list[dict[str, Any]]]]]:
    """Return the remarks with the numbers of those that are on the map, and the layers of the map."""
    rows: list[list[tuple[Remark, int | None]]] = []
    layers = []
    number = 0
    for chapter in chapters:
        numbered: list[tuple[Remark, int | None]] = []
        marks = []
        for remark in chapter.remarks:
            shape = remark.shape
            if shape is None or shape.is_empty:
                numbered.append((remark, None))
                continue
            numbered.append((remark, number))
            marks.append(_mark(remark, shape, number))
            number += 1
        rows.append(numbered)
        if marks:
            layers.append((chapter.title, marks))
    return rows, layers


def _mark(remark: Remark, shape: BaseGeometry, number: int) -> dict[str, Any]:
    rounded = shapely.transform(shape, lambda positions: positions.round(_DECIMALS))
    return {
        "id": number,
        "sort": remark.sort,
        "words": remark.words,
        "details": remark.details[:_IN_BALLOON],
        "shape": shapely.geometry.mapping(rounded),
    }


def _bounds(report: Report) -> list[list[float]] | None:
    """Return south-west and north-east, latitude first, of all remarks, else of the background."""
    shapes = [remark.shape for chapter in report.chapters for remark in chapter.remarks if remark.shape]
    borders = report.background.borders
    if not shapes and borders is not None:
        shapes = [borders]
    if not shapes:
        return None
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    return [[south, west], [north, east]]


def _lines(geometry: BaseGeometry, decimals: int) -> list[list[list[float]]]:
    """Return lines as lists of latitude and longitude, as Leaflet takes them."""
    simple = shapely.simplify(geometry, _SIMPLIFY_DEG)
    lines = [part for part in shapely.get_parts(simple) if part.geom_type in {"LineString", "LinearRing"}]
    return [[[round(lat, decimals), round(lon, decimals)] for lon, lat in line.coords] for line in lines]


def _labels(numbers: Sequence[tuple[str, float, float]]) -> list[list[str | float]]:
    return [[number, round(lat, _DECIMALS), round(lon, _DECIMALS)] for number, lon, lat in numbers]


def _streets(streets: Sequence[MapStreet]) -> list[dict[str, Any]]:
    return [
        {"main": street.is_main, "lines": _lines(street.geometry, _STREET_DECIMALS)} for street in streets
    ]


def _style_with_images(path: Path) -> str:
    """Return a style sheet with its images in it."""

    def inline(match: re.Match[str]) -> str:
        image = path.parent / match[1]
        kind = mimetypes.guess_type(image.name)[0] or "application/octet-stream"
        data = base64.b64encode(image.read_bytes()).decode()
        return f"url(data:{kind};base64,{data})"

    known = {file for file in vendor_files().values() if file.suffix == ".png"}
    text = path.read_text("utf-8")
    return _URL.sub(lambda match: inline(match) if path.parent / match[1] in known else "none", text)
