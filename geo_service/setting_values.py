"""From a text or a TOML value to the value of a setting.

Each function returns the value, or raises ValueError with words that complete "Give ...".
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from geo_service.campaign.model import LANGUAGES, Language

# What may stand as a host: it becomes part of a response header, where spaces and semicolons have a meaning.
_TILE_HOST = re.compile(r"(\{s\}\.)?[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?")


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


def read_tile_url(value: Any) -> str:
    """Return the template of a tile address, or an empty text.

    The host is a plain name or number, with a port or without; ``{s}.`` may stand before it for Leaflet's
    subdomains.
    """
    url = read_text(value)
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    placeholders = all(f"{{{axis}}}" in url for axis in "xyz")
    has_host = _TILE_HOST.fullmatch(parts.netloc) is not None
    if parts.scheme not in {"http", "https"} or not has_host or not placeholders:
        raise ValueError(
            "an http or https address of a plain host with {z}, {x} and {y}, without a user's name, or an "
            "empty text"
        )
    return url
