"""Coordinates and pasted map links, as people type them into the search box.

geopy's ``Point`` reads ``43,25 76,95`` as 76° and -103°, and it and lat-lon-parser know no Russian or Kazakh
hemisphere words and no links, so the reading is our own. Links are read in `geo_service.addresses.map_links`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo_service.addresses.letters import plain
from geo_service.addresses.map_links import is_short_link, link_positions, map_links

__all__ = ["TypedPosition", "is_short_link", "typed_position"]

_LONGEST_TEXT = 200
_LARGEST_LATITUDE, _LARGEST_LONGITUDE = 90.0, 180.0
_SIXTIETHS = 60.0

# A = latitude, O = longitude, then the hemispheres; an empty mark is a word that says nothing.
_MARKS = {
    "A": ("latitude", "lat", "широта", "широты", "шир", "ендік", "ендик", "endik"),
    "O": ("longitude", "long", "lon", "lng", "долгота", "долготы", "долг", "бойлық", "бойлык", "бойлығы",
          "boylyq", "boilyq", "boilyk"),
    "N": ("n", "north", "с", "сш", "се", "северная", "северной", "солтүстік", "солтустик"),
    "S": ("s", "south", "ю", "юш", "южная", "южной", "оңтүстік"),
    "E": ("e", "east", "в", "вд", "шб", "восточная", "восточной", "шығыс", "шыгыс"),
    "W": ("w", "west", "з", "зд", "западная", "западной", "батыс"),
    "": ("координаты", "координата", "координаттар", "coordinates", "coords", "gps"),
}  # fmt: skip
_MARK_OF_WORD = {word: mark for mark, words in _MARKS.items() for word in words}

_SIGNS = str.maketrans({"º": "°", "˚": "°", "∘": "°", "⁰": "°", "´": "'", "″": '"', "”": '"', "“": '"',
                        "„": '"', "‟": '"', "ʺ": '"', "−": "-"})  # fmt: skip
_TOKEN = re.compile(
    r"(?P<number>(?<![\d.])[-+]?\d{1,20}(?:[.,]\d{1,20})?)"
    r"|(?P<word>[^\W\d_]{1,20}(?:\.[^\W\d_]{1,20})*\.?)"
    r"|(?P<sign>[°'\":=,;/|])"
    r"|(?P<space>[\s()\[\]{}]+)"
    r"|(?P<other>.)"
)
_SHAPE_OF_SIGN = {"°": "°", "'": "'", '"': '"', ":": ":", "=": ":", ",": ",", ";": ",", "/": ",", "|": ","}

_SPACED_ABBREVIATION = re.compile(r"\b([сюзв])\.\s([шд])\b")
_GEO_ADDRESS = re.compile(r"geo:([^;?]*)", re.IGNORECASE)

# What a text may look like, by its shape: "d" is a number with decimals, "i" one without. Marks stand
# before both numbers, after both, or around them; either all or none are given.
_BODIES = {1: r"[di]°?", 2: r"i°?[di]'?", 3: r"i°?i'?[di]\"?"}
_ORDERS = (
    r"(?P<mark1>{mark}):?(?P<body1>{body}),?(?P<mark2>{mark}):?(?P<body2>{body})",
    r"(?P<body1>{body})(?P<mark1>{mark}),?(?P<body2>{body})(?P<mark2>{mark})",
    r"[AO]:?(?P<body1>{body})(?P<mark1>[NSEW]),?[AO]:?(?P<body2>{body})(?P<mark2>[NSEW])",
)
_SHAPES = {
    count: tuple(re.compile(order.format(mark="[AO]?[NSEW]?[AO]?", body=body)) for order in _ORDERS)
    for count, body in _BODIES.items()
}


@dataclass(frozen=True, slots=True)
class TypedPosition:
    """A position that somebody typed.

    Parameters
    ----------
    lon, lat
        Degrees, WGS 84.
    exchanged
        True if the text had the axes the other way round than it should, which only the range of a latitude
        or the bounds of the city show.
    """

    lon: float
    lat: float
    exchanged: bool = False


def typed_position(
    text: str, bounds: tuple[float, float, float, float] | None = None
) -> TypedPosition | None:
    """Return the position that a text is, or None if it is anything else.

    A text with other words or numbers, integers without signs, and a place beyond the earth are no position.
    Latitude is first, as people write it, unless the text or a link says otherwise.

    Parameters
    ----------
    text
        Decimal degrees, degrees with minutes and seconds, a ``geo:`` address, or a text with a link to a
        map of 2GIS, Google, Yandex, OpenStreetMap or Apple. Links are followed nowhere; see
        `is_short_link`.
    bounds
        West, south, east, north of the city, degrees.
    """
    links = map_links(text)
    if not links:
        return _coordinates(text, bounds)
    said = (found for link in links for found in link_positions(link))
    read = (
        _coordinates(found, bounds) if isinstance(found, str) else _oriented(*found, bounds) for found in said
    )
    return next((position for position in read if position), None)


def _coordinates(text: str, bounds: tuple[float, float, float, float] | None) -> TypedPosition | None:
    text = text.strip().rstrip(".,;")
    if len(text) > _LONGEST_TEXT:
        return None
    geo_address = _GEO_ADDRESS.match(text)
    # Compatibility forms would make a letter of the degree sign and a space of the acute: signs come first.
    signs = plain((geo_address[1] if geo_address else text).translate(_SIGNS)).replace("''", '"')
    shape, numbers = _shape(_SPACED_ABBREVIATION.sub(r"\1\2", signs))
    values = _values(shape, numbers)
    return _oriented(*values, bounds) if values else None


def _shape(text: str) -> tuple[str, list[str]]:
    """Return a text as one letter a number or word, and its numbers; an empty shape if it is no position."""
    shape, numbers = [], []
    for token in _TOKEN.finditer(text):
        kind, value = token.lastgroup, token.group()
        if kind == "number":
            value = value.replace(",", ".")
            numbers.append(value)
            shape.append("d" if "." in value else "i")
        elif kind == "word":
            mark = _MARK_OF_WORD.get(value.replace(".", ""))
            if mark is None:
                return "", numbers
            shape.append(mark)
        elif kind == "sign":
            shape.append(_SHAPE_OF_SIGN[value])
        elif kind == "other":
            return "", numbers
    return "".join(shape).lstrip(":"), numbers


def _values(shape: str, numbers: list[str]) -> tuple[float, float] | None:
    """Return the longitude and the latitude as they are written, else None."""
    count = len(numbers) // 2
    if len(numbers) % 2 or count not in _SHAPES:
        return None
    for order in _SHAPES[count]:
        match = order.fullmatch(shape)
        if match is None or not _is_plainly_a_position(match, count):
            continue
        first, second = _degrees(numbers[:count], match["mark1"]), _degrees(numbers[count:], match["mark2"])
        axes = _axis(match["mark1"]) + _axis(match["mark2"])
        if first is not None and second is not None and axes in ("", "AO", "OA"):
            return (first, second) if axes == "OA" else (second, first)
    return None


def _is_plainly_a_position(match: re.Match[str], count: int) -> bool:
    """Two integers may be anything; so may more numbers without any sign."""
    bodies = match["body1"], match["body2"]
    if count == 1:
        return all("d" in body or "°" in body for body in bodies)
    return all("°" in body for body in bodies) or bool(match["mark1"] and match["mark2"])


def _axis(mark: str) -> str:
    """Return A for a latitude, O for a longitude, both for a contradiction, nothing without a mark."""
    return ("A" if set(mark) & set("ANS") else "") + ("O" if set(mark) & set("OEW") else "")


def _degrees(parts: list[str], mark: str) -> float | None:
    if any(part[0] in "+-" or float(part) >= _SIXTIETHS for part in parts[1:]):
        return None
    size = sum(abs(float(part)) / _SIXTIETHS**power for power, part in enumerate(parts))
    is_negative = parts[0].startswith("-") != bool(set(mark) & set("SW"))
    return -size if is_negative else size


def _oriented(
    lon: float, lat: float, bounds: tuple[float, float, float, float] | None
) -> TypedPosition | None:
    """Return a position with its axes exchanged if only that is on the earth, or only that in the bounds."""
    as_written, turned = _is_on_earth(lon, lat), _is_on_earth(lat, lon)
    if not turned:
        return TypedPosition(lon, lat) if as_written else None
    if not as_written:
        return TypedPosition(lat, lon, exchanged=True)
    if bounds and _is_within(lat, lon, bounds) and not _is_within(lon, lat, bounds):
        return TypedPosition(lat, lon, exchanged=True)
    return TypedPosition(lon, lat)


def _is_on_earth(lon: float, lat: float) -> bool:
    return abs(lon) <= _LARGEST_LONGITUDE and abs(lat) <= _LARGEST_LATITUDE


def _is_within(lon: float, lat: float, bounds: tuple[float, float, float, float]) -> bool:
    west, south, east, north = bounds
    return west <= lon <= east and south <= lat <= north
