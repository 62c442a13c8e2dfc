"""Split a text that names streets and houses together: ``ул. Абая: 1, 3, 5; ул. Сатпаева: все``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo_service.addresses.kinds import AREAS
from geo_service.addresses.tokens import read_tokens
from geo_service.house_lists.house_cell import read_house_cell
from geo_service.house_lists.listed_cells import Part

_PIECES = re.compile(r"[;\n]")
_HEADING = re.compile(
    r"^\s*(?:в\s+)?(?:границ|шекара)[^\W\d_]*(?:\s+участка|\s+учаске)?\s*:\s*", re.IGNORECASE
)
_ON = re.compile(r"\s+по\s*$", re.IGNORECASE)
_WORD_BEGINS = re.compile(r"(?<!\w)(?=[^\W\d_])")
_BEFORE_HOUSES = re.compile(r"\s*(?::|\s[-–—])\s*")
_HOUSE_BEGINS = re.compile(r"(?<![\w-])(?=(?:№|д\.|дом|дома|үй)?\s*\d)|(?<!\w)(?=[^\W\d_])", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]{2}")


def split_address_cell(text: str) -> Sequence[Part] | None:
    """Return the streets of a text, each with its houses; None if it cannot be split beyond doubt.

    Parameters
    ----------
    text
        Streets are separated by semicolons, lines, or by commas before a word for a street. Houses follow
        their street, after a colon, a dash or a space. A microdistrict without houses before a street is
        where the street lies. Houses may come first: ``дома № 1-9 улицы Абая``.
    """
    parts: list[Part] = []
    for piece in _PIECES.split(_HEADING.sub("", text)):
        if not piece.strip(" ,."):
            continue
        found = _streets(piece.strip(" ,."))
        if found is None or (not found[0][1] and not parts):
            return None
        if not found[0][1]:  # houses alone go on with the street before
            area, street, houses = parts[-1]
            parts[-1] = (area, street, f"{houses}; {found[0][2]}")
            found = found[1:]
        parts += found
    return parts or None


def _streets(piece: str) -> list[Part] | None:
    """Return the streets of a piece between semicolons; the first may have no name."""
    houses_first = _houses_and_name(piece)
    if houses_first is not None:
        return [houses_first]
    found: list[Part] = []
    area = ""
    for chunk in _at_streets(piece):
        street, houses = _name_and_houses(chunk)
        if street and not houses:
            if area or not _is_area(street):
                return None
            area = street
            continue
        if houses is None:
            return None
        found.append((area, street, houses))
        area = ""
    return None if area or not found else found


def _at_streets(piece: str) -> list[str]:
    """Cut a piece at the commas after which another street begins."""
    chunks: list[str] = []
    for part in piece.split(","):
        if chunks and not _begins_street(part):
            chunks[-1] = f"{chunks[-1]},{part}"
        else:
            chunks.append(part)
    return [chunk.strip() for chunk in chunks]


def _begins_street(text: str) -> bool:
    """Return whether a text names a street: it has a word that belongs to no language of houses."""
    return bool(_LETTER.search(text)) and bool(read_house_cell(text).unclear) and _has_kind(text)


def _has_kind(text: str) -> bool:
    return any(token.role == "kind" for token in read_tokens(text))


def _begins_with_kind(text: str) -> bool:
    tokens = read_tokens(text)
    return bool(tokens) and tokens[0].role == "kind"


def _is_area(text: str) -> bool:
    kinds = [token.meaning.kind for token in read_tokens(text) if token.meaning and token.meaning.kind]
    return bool(kinds) and kinds[-1] in AREAS


def _name_and_houses(chunk: str) -> tuple[str, str | None]:
    """Return a street's name and its houses; the houses are None if none can be told.

    The houses are the longest end of the text that reads as houses, with a name before it: ``8 Марта 12``.
    """
    if not read_house_cell(chunk).unclear and not _has_kind(chunk):
        return "", chunk
    divided = _BEFORE_HOUSES.split(chunk, maxsplit=1)
    if len(divided) == 2 and _LETTER.search(divided[0]) and not read_house_cell(divided[1]).unclear:  # noqa: PLR2004
        return divided[0].strip(" ,"), divided[1]
    for match in _HOUSE_BEGINS.finditer(chunk):
        name, houses = chunk[: match.start()].strip(" ,"), chunk[match.start() :]
        if not name or not _has_own_name(name) or _begins_with_kind(houses):
            continue
        if read_house_cell(houses).unclear:
            continue
        return name, houses.strip()
    return chunk.strip(" ,"), "" if not any(map(str.isdigit, chunk)) or _is_area(chunk) else None


def _houses_and_name(piece: str) -> Part | None:
    """Return the street of a piece that is houses and then one street: ``дома 1, 3-9 по улице Абая``."""
    for match in _WORD_BEGINS.finditer(piece):
        houses, name = _ON.sub("", piece[: match.start()]).strip(" ,"), piece[match.start() :]
        if not any(map(str.isdigit, houses)) or any(map(str.isdigit, name)):
            continue
        if _begins_with_street(name) and _has_own_name(name) and "," not in name:
            is_clear = not read_house_cell(houses).unclear and not _has_kind(houses)
            return ("", name, houses) if is_clear else None
    return None


def _begins_with_street(text: str) -> bool:
    """Return whether a text begins with the kind of a street, not of a microdistrict: ``8 мкр``."""
    first = next(iter(read_tokens(text)), None)
    return first is not None and first.meaning is not None and first.meaning.kind not in (None, *AREAS)


def _has_own_name(text: str) -> bool:
    """Return whether a text has a name beside words for kinds of streets."""
    tokens = read_tokens(text)
    is_numbered = any(token.type == "number" for token in tokens) and _is_area(text)
    return is_numbered or any(
        token.type == "word" and token.role == "" and len(token.text) > 1 for token in tokens
    )
