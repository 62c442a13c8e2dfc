"""Precincts and stations as KML 2.2 (OGC 07-147r2), a placemark at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from shapely import MultiPolygon, Polygon
from shapely.geometry.polygon import LinearRing

from geo_service.campaign.model import Campaign
from geo_service.downloads.records import Record, precinct_records, sample_mark

_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n'
_TAIL = b"</Document>\n</kml>\n"


def precincts_kml(campaign: Campaign) -> Iterator[bytes]:
    """Yield a document with a folder of precincts and a folder of stations, in parts."""
    info, mark = campaign.info, sample_mark(campaign.info)
    name = " · ".join(filter(None, (info.names.best("kk"), info.names.best("ru"), mark)))
    yield _HEAD + _element("name", name) + b"\n"
    yield from _folder("precincts", _precincts(campaign, mark))
    yield from _folder("stations", _stations(campaign, mark))
    yield _TAIL


def _folder(name: str, placemarks: Iterator[Element]) -> Iterator[bytes]:
    yield b"<Folder>\n" + _element("name", name) + b"\n"
    for placemark in placemarks:
        yield tostring(placemark, encoding="utf-8") + b"\n"
    yield b"</Folder>\n"


def _element(tag: str, content: str) -> bytes:
    element = Element(tag)
    element.text = _clean(content)
    return bytes(tostring(element, encoding="utf-8"))


def _precincts(campaign: Campaign, mark: str) -> Iterator[Element]:
    for precinct, record in precinct_records(campaign):
        placemark = _placemark(record, mark)
        if precinct.geometry is not None:
            placemark.append(_multi_polygon(precinct.geometry))
        yield placemark


def _stations(campaign: Campaign, mark: str) -> Iterator[Element]:
    for _, record in precinct_records(campaign):
        if record["station_lon"] is not None and record["station_lat"] is not None:
            placemark = _placemark(record, mark)
            point = SubElement(placemark, "Point")
            SubElement(point, "coordinates").text = _position(record["station_lon"], record["station_lat"])
            yield placemark


def _placemark(record: Record, mark: str) -> Element:
    """Return a placemark with its name and data; the schema wants them before the geometry."""
    placemark = Element("Placemark")
    number = f"№ {record['number']}"
    SubElement(placemark, "name").text = f"{number} ({mark})" if mark else number
    data = SubElement(placemark, "ExtendedData")
    for name, value in record.items():
        if value is not None and value != "":
            entry = SubElement(data, "Data", name=name)
            SubElement(entry, "value").text = _clean(_value(value))
    return placemark


def _value(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _clean(content: str) -> str:
    """Return a text without the control characters that no XML may hold."""
    return "".join(letter for letter in content if letter >= " " or letter in "\t\n")


def _multi_polygon(geometry: MultiPolygon) -> Element:
    whole = Element("MultiGeometry")
    for polygon in geometry.geoms:
        whole.append(_polygon(polygon))
    return whole


def _polygon(polygon: Polygon) -> Element:
    element = Element("Polygon")
    _ring(SubElement(element, "outerBoundaryIs"), polygon.exterior)
    for ring in polygon.interiors:
        _ring(SubElement(element, "innerBoundaryIs"), ring)
    return element


def _ring(boundary: Element, ring: LinearRing) -> None:
    line = SubElement(boundary, "LinearRing")
    SubElement(line, "coordinates").text = " ".join(_position(*position[:2]) for position in ring.coords)


def _position(lon: float, lat: float) -> str:
    return f"{lon:.7f},{lat:.7f}"
