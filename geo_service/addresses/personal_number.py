"""Recognising a personal number (IIN, 12 digits) that somebody typed into the search box by mistake.

The search needs none; a text that holds one is refused, neither searched nor logged nor echoed.
"""

from __future__ import annotations

import re
import unicodedata

from geo_service.addresses.letters import plain
from geo_service.addresses.map_links import without_map_links
from geo_service.addresses.typed_position import typed_position

_LENGTH = 12
_DIGIT = re.compile(r"\d")
# Groups with a space, a hyphen, or a hyphen between spaces in between.
_RUN = re.compile(r"\d+(?:[\s\-]{1,3}\d+)*")
_GROUP = re.compile(r"\d+")
# A telephone number of the country, whose digits and a house's would be twelve.
_TELEPHONE = re.compile(r"(?<!\d)(?:\+?7|8)[\s(-]*7\d\d[\s)-]*\d{3}[\s-]*\d\d[\s-]*\d\d(?!\d)")
_DASHES = re.compile("[\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d_]")


def holds_personal_number(text: str) -> bool:
    """Tell whether a text holds 12 digits that may be a personal number.

    They may stand in groups with spaces or hyphens between them, in digits of any script, with invisible
    characters among them, beside words or other numbers. More than 12 digits in a row count too: they may be
    a personal number with a slip of the finger. Coordinates, telephone numbers and links to maps hold none.

    Notes
    -----
    When in doubt the answer is True: a refused address costs a second attempt, a personal number that
    reaches a log cannot be taken back.
    """
    # Counting digits is quick, and nearly every text has fewer than 12.
    if len(_DIGIT.findall(text)) < _LENGTH:
        return False
    without_links = without_map_links(text)
    if typed_position(without_links) is not None:
        return False
    digits = _TELEPHONE.sub(" , ", _without_marks(_DASHES.sub("-", plain(without_links))))
    return any(_adds_up([len(group) for group in _GROUP.findall(run)]) for run in _RUN.findall(digits))


def _without_marks(text: str) -> str:
    """Return a text without what is invisible or sits on the character before, such as a keycap."""
    return "".join(
        character
        for character in text
        if character.isspace() or unicodedata.category(character) not in {"Mn", "Me", "Cc", "Cf", "Co", "Cn"}
    )


def _adds_up(lengths: list[int]) -> bool:
    """Tell whether a group is as long as a personal number, or groups side by side are together."""
    first, total = 0, 0
    for length in lengths:
        if length >= _LENGTH:
            return True
        total += length
        while total > _LENGTH:
            total -= lengths[first]
            first += 1
        if total == _LENGTH:
            return True
    return False
