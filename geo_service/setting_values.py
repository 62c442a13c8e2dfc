"""From a text or a TOML value to the value of a setting.

Each function returns the value, or raises ValueError with words that complete "Give ...".
"""

from __future__ import annotations

import datetime as dt
import math
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from geo_service.campaign.model import LANGUAGES, Language

# What may stand as a host: it becomes part of a response header, where spaces and semicolons have a meaning.
_HOST = r"[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?"
_TILE_HOST = re.compile(r"(\{s\}\.)?" + _HOST)
_SITE = re.compile(r"https?://(\*\.)?" + _HOST)
_ORIGIN_HOST = re.compile(_HOST + r"|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?")


def read_path(value: Any) -> Path:
    """Return an absolute path; ``~`` is the user's home."""
    if not isinstance(value, str | os.PathLike) or not str(value):
        raise ValueError("the path of a file or directory")
    return Path(value).expanduser().absolute()


def read_text(value: Any) -> str:
    """Return a text without the space around it."""
    if not isinstance(value, str):
        raise ValueError("a text")  # noqa: TRY004 - one exception for "cannot be read"
    return value.strip()


def read_language(value: Any) -> Language:
    """Return the code of a language of the catalogues."""
    for language in LANGUAGES:
        if value == language:
            return language
    raise ValueError("kk, ru or en")


def read_metres(value: Any) -> float:
    """Return a distance of 0 or more."""
    try:
        metres = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        metres = math.nan
    if not (math.isfinite(metres) and metres >= 0):
        raise ValueError("a number of metres, 0 or more")
    return metres


def read_seconds(value: Any) -> float:
    """Return a span of time of 0 or more."""
    try:
        return read_metres(value)
    except ValueError:
        raise ValueError("a number of seconds, 0 or more") from None


def read_moment(value: Any) -> dt.datetime:
    """Return a moment, with an offset from UTC or without."""
    if isinstance(value, dt.datetime):
        return value
    # A day alone would silently be its midnight.
    written = value.strip() if isinstance(value, str) and re.search(r"\d[T ]\d", value) else ""
    try:
        return dt.datetime.fromisoformat(written)
    except ValueError:
        raise ValueError("a day and a time of day such as 2026-03-15T06:30") from None


def read_whole_number(low: int, high: int) -> Callable[[Any], int]:
    """Return a reader of whole numbers between two limits, both included."""

    def read(value: Any) -> int:
        digits = value.strip() if isinstance(value, str) else str(value)
        if isinstance(value, bool) or not (digits.isascii() and digits.isdigit()):
            raise ValueError(f"a whole number from {low} to {high}")
        if not low <= int(digits) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(digits)

    return read


def read_boolean(value: Any) -> bool:
    """Return true or false."""
    words = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    if isinstance(value, bool):
        return value
    if not isinstance(value, str) or value.strip().lower() not in words:
        raise ValueError("true or false")
    return words[value.strip().lower()]


def read_host(value: Any) -> str:
    """Return an address to listen on."""
    host = read_text(value)
    if not host or any(character.isspace() or character == "/" for character in host):
        raise ValueError("an address such as 127.0.0.1")
    return host


def read_origin(value: Any) -> str:
    """Return scheme and host of a web address, without a slash at the end, or an empty text."""
    url = read_text(value)
    parts = _parts(url)
    has_host = _ORIGIN_HOST.fullmatch(parts.netloc) is not None
    is_origin = has_host and parts.path in {"", "/"} and not parts.query and not parts.fragment
    if url and (parts.scheme not in {"http", "https"} or not is_origin):
        raise ValueError(
            "an http or https address of a host without a path, as in https://precincts.example.kz, or an "
            "empty text"
        )
    return f"{parts.scheme}://{parts.netloc}" if url else ""


def read_frame_ancestors(value: Any) -> str:
    """Return the sites that may show the embedded finder, as a content security policy names them.

    A text of addresses separated by spaces or commas, or a list of them. ``*.`` before a host means every
    host below it, ``*`` alone every site.
    """
    given = value if isinstance(value, list) else read_text(value).replace(",", " ").split()
    sites = [site.rstrip("/").lower() if isinstance(site, str) else "" for site in given]
    # The service's own pages always may: what is said of them changes nothing.
    sites = [site for site in sites if site != "'self'"]
    if not all(site == "*" or _SITE.fullmatch(site) for site in sites):
        raise ValueError(
            "sites with http:// or https:// and without path, as in https://news.example "
            "https://*.example.kz, * for every site, or an empty text for none"
        )
    return "*" if "*" in sites else " ".join(dict.fromkeys(sites))


def read_tile_url(value: Any) -> str:
    """Return the template of a tile address, or an empty text.

    The host is a plain name or number, with a port or without; ``{s}.`` may stand before it for Leaflet's
    subdomains.
    """
    url = read_text(value)
    if not url:
        return ""
    parts = _parts(url)
    placeholders = all(f"{{{axis}}}" in url for axis in "xyz")
    has_host = _TILE_HOST.fullmatch(parts.netloc) is not None
    if parts.scheme not in {"http", "https"} or not has_host or not placeholders:
        raise ValueError(
            "an http or https address of a plain host with {z}, {x} and {y}, without a user's name, or an "
            "empty text"
        )
    return url


def _parts(url: str) -> SplitResult:
    """Return the parts of an address; none of a text that is no address."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")
