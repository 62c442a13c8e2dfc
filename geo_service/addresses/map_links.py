"""Positions in links to maps that people paste: 2GIS, Google, Yandex, OpenStreetMap, Apple.

Each service writes a position in several places of a link; the object that was chosen outranks the middle
of the picture. No link is opened, so a short one, which holds no position, can only be recognised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote_plus, urlsplit

#: Longitude and latitude in degrees, or a text of the link that may hold a position as people type it.
LinkPosition = tuple[float, float] | str

_LONGEST_TEXT = 2_000  # a link to a place with a Cyrillic name has some 900 characters
_LINK = re.compile(
    r"(?<![\w.@-])(?:https?://)?(?:[a-z0-9-]{1,30}\.){1,4}[a-z]{2,10}(?::\d{1,5})?[/?#][^\s<>«»]*",
    re.IGNORECASE | re.ASCII,
)

_NUMBER = r"-?\d{1,3}(?:\.\d{1,20})?"
_LON_LAT = rf"(?P<lon>{_NUMBER}),\s?(?P<lat>{_NUMBER})(?![\d.])"
_LAT_LON = rf"(?P<lat>{_NUMBER}),\s?(?P<lon>{_NUMBER})(?![\d.])"
# The last point of a route is where it leads.
_LAST = r"[^?&#]{0,400}[|~;/=]"


def _parameter(names: str, value: str) -> str:
    return rf"[?&#;](?:{names})={value}"


@dataclass(frozen=True, slots=True)
class _MapService:
    """Where a service writes positions, the most exact first, and which of its links are short."""

    hosts: re.Pattern[str]
    path: str
    forms: tuple[re.Pattern[str], ...]
    short: re.Pattern[str]


def _service(hosts: str, forms: tuple[str, ...], *, short: str, path: str = "") -> _MapService:
    return _MapService(
        re.compile(rf"(?:.+\.)?(?:{hosts})"), path, tuple(map(re.compile, forms)), re.compile(short)
    )


_TEXT = r"(?P<text>[^/?&#]{1,100})"
_SERVICES = (
    _service(
        r"2gis\.[a-z.]{2,6}",
        (
            rf"/(?:geo|firm|entrance)/(?:\d{{1,20}}/)?{_LON_LAT}",
            rf"/directions/points/{_LAST}{_LON_LAT}",
            rf"/directions/points/{_LON_LAT}",
            _parameter("m", _LON_LAT),
            rf"[/=]center/{_LON_LAT}",
        ),
        short=r"go\.2gis\.[a-z.]+/",
    ),
    _service(
        r"google\.[a-z.]{2,6}|goo\.gl|app\.goo\.gl",
        (
            rf"!3d(?P<lat>{_NUMBER})!4d(?P<lon>{_NUMBER})",
            _parameter("q|query|destination|daddr", rf"(?:loc:)?{_TEXT}"),
            rf"/maps/(?:place|search)/{_TEXT}",
            rf"/maps/dir/{_LAST}{_LAT_LON}",
            _parameter("ll|center|viewpoint", _LAT_LON),
            rf"/@{_LAT_LON}",
        ),
        short=r"(?:maps\.app\.)?goo\.gl/",
        path="maps",
    ),
    _service(
        r"yandex\.[a-z.]{2,6}|ya\.ru",
        (
            _parameter(r"whatshere\[point\]|poi\[point\]", _LON_LAT),
            _parameter("pt", _LON_LAT),
            _parameter("rtext", rf"{_LAST}{_LAT_LON}"),
            _parameter("text", _TEXT),
            _parameter("ll", _LON_LAT),
        ),
        short=r"[^/]*/maps/(?:[^?#]{1,40}/)?-/",
        path="maps",
    ),
    _service(
        r"openstreetmap\.org|osm\.org",
        (
            rf"[?&]mlat=(?P<lat>{_NUMBER})&mlon=(?P<lon>{_NUMBER})",
            rf"[?&]mlon=(?P<lon>{_NUMBER})&mlat=(?P<lat>{_NUMBER})",
            rf"[?&]lat=(?P<lat>{_NUMBER})&lon=(?P<lon>{_NUMBER})",
            _parameter("route", rf"{_LAST}{_LAT_LON}"),
            _parameter("query", _TEXT),
            rf"#(?:[^#]{{0,40}}&)?map=\d{{1,2}}(?:\.\d{{1,6}})?/(?P<lat>{_NUMBER})/(?P<lon>{_NUMBER})",
        ),
        short=r"(?:www\.)?(?:osm|openstreetmap)\.org/go/",
    ),
    _service(
        r"maps\.apple\.com|maps\.apple",
        (
            _parameter("coordinate|ll|daddr", _LAT_LON),
            _parameter("q", _TEXT),
            _parameter("sll|center", _LAT_LON),
        ),
        short=r"maps\.apple(?:\.com)?/p/",
    ),
)


@dataclass(frozen=True, slots=True)
class MapLink:
    """A link to one of the map services: its host with the path, and the whole with its escapes resolved."""

    address: str
    decoded: str
    service: _MapService


def map_links(text: str) -> list[MapLink]:
    """Return the links to known maps in a text, in order; none in one of more than 2,000 characters."""
    return [link for _, link in _found(text)]


def without_map_links(text: str) -> str:
    """Return a text without its links to known maps."""
    for link, _ in _found(text):
        text = text.replace(link, " ")
    return text


def is_short_link(text: str) -> bool:
    """Tell whether a text has a shortened link to a map, whose position only its service knows."""
    return any(link.service.short.match(link.address) for link in map_links(text))


def link_positions(link: MapLink) -> Iterator[LinkPosition]:
    """Yield what a link says of its position, the most exact first.

    Yields
    ------
    tuple of float or str
        Longitude and latitude, degrees; or a text that may hold a position.
    """
    for form in link.service.forms:
        found = form.search(link.decoded)
        if found is not None:
            parts = found.groupdict()
            yield parts["text"] if "text" in parts else (float(parts["lon"]), float(parts["lat"]))


def _found(text: str) -> Iterator[tuple[str, MapLink]]:
    if len(text) > _LONGEST_TEXT or "." not in text:
        return
    for match in _LINK.finditer(text):
        link = _read(match.group())
        if link is not None:
            yield match.group(), link


def _read(written: str) -> MapLink | None:
    has_scheme = "://" in written[: len("https://")]
    try:
        parts = urlsplit(written if has_scheme else f"https://{written}")
    except ValueError:  # brackets that hold no IPv6 address
        return None
    host = parts.netloc.partition(":")[0].lower()
    service = next((service for service in _SERVICES if service.hosts.fullmatch(host)), None)
    if service is None or not _is_of_maps(service, host, parts):
        return None
    return MapLink(host + parts.path, unquote_plus(written), service)


def _is_of_maps(service: _MapService, host: str, parts: SplitResult) -> bool:
    """Tell whether a link of a host with many services is one of its maps."""
    is_short = service.short.match(host + parts.path) is not None
    return is_short or service.path in host or service.path in parts.path.split("/")
