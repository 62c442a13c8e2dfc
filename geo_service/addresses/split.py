"""Split a written address into its parts by words and commas alone, without knowing the places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo_service.addresses.kinds import AREAS
from geo_service.addresses.tokens import Token, read_tokens
from geo_service.campaign.model import PlaceKind


@dataclass(frozen=True, slots=True)
class AddressParts:
    """The parts of an address.

    Parameters
    ----------
    kind
        Kind of the place that carries the house, None if no word says it.
    name
        Its name in lower case and Cyrillic letters, words separated by spaces, numbers joined by hyphens.
    house
        The house number in canonical form; empty if there is none.
    microdistrict
        The microdistrict that is named before a street, written as ``name``; empty if there is none.
    """

    kind: PlaceKind | None
    name: str
    house: str = ""
    microdistrict: str = ""


def split_address(text: str) -> AddressParts | None:
    """Return the parts of an address as officials write it: kinds, names and commas in their places.

    Parameters
    ----------
    text
        ``город Алматы, микрорайон Самгау, улица Кокорай, 66``; a city before it is left out.

    Returns
    -------
    AddressParts or None
        None if no name is left.
    """
    tokens = _without_city(read_tokens(text))
    named = [part for part in _named_parts(tokens) if part.name]
    if not named:
        return None
    last = named[-1]
    area = next((part for part in named[:-1] if part.kind in AREAS), None)
    return AddressParts(last.kind, last.name, last.house, area.name if area else "")


def _without_city(tokens: Sequence[Token]) -> list[Token]:
    """Leave out the word for a city with the name beside it."""
    kept: list[Token] = []
    after_city = False
    for token in tokens:
        if token.role == "city":
            after_city = True
        elif not (after_city and token.type == "word"):
            after_city = False
            kept.append(token)
    return kept


def _named_parts(tokens: Sequence[Token]) -> list[AddressParts]:
    """Return a part for each kind word; a single one without kind if there is none."""
    positions = [i for i, token in enumerate(tokens) if token.meaning is not None and token.meaning.kind]
    if not positions:
        return [_part(None, tokens, tokens)]
    parts = []
    begin = 0
    for index, position in enumerate(positions):
        meaning = tokens[position].meaning
        end = positions[index + 1] if index + 1 < len(positions) else len(tokens)
        before, after = tokens[begin:position], tokens[position + 1 : end]
        is_suffix = meaning is not None and (meaning.side == "after" or not _begins_with_name(after))
        run = before if is_suffix and _words(before) else after
        parts.append(_part(meaning.kind if meaning else None, run, after))
        begin = position + 1
    return parts


def _part(kind: PlaceKind | None, run: Sequence[Token], after: Sequence[Token]) -> AddressParts:
    """Return name and house of the tokens that belong to one kind word."""
    first, _, rest = _at_comma(run)
    numbers = [token for token in first if token.type == "number"]
    outside = [token for token in (rest if run is after else after) if token.type == "number"]
    house = outside[0] if outside else None
    name = list(first)
    if house is None and numbers and (_words(first) or len(numbers) > 1) and not numbers[-1].joined:
        house = numbers[-1]
        name.remove(house)
    words = [token for token in name if token.type == "number" or _may_be_name(token)]
    return AddressParts(kind, _written(words), house.text if house else "")


def _at_comma(tokens: Sequence[Token]) -> tuple[Sequence[Token], bool, Sequence[Token]]:
    """Return what stands before and after the first comma that does not begin the text."""
    tokens = list(tokens)
    while tokens and tokens[0].type == "comma":
        tokens.pop(0)
    for position, token in enumerate(tokens):
        if token.type == "comma":
            return tokens[:position], True, tokens[position + 1 :]
    return tokens, False, []


def _begins_with_name(tokens: Sequence[Token]) -> bool:
    return bool(tokens) and tokens[0].type != "comma"


def _words(tokens: Sequence[Token]) -> bool:
    return any(token.type == "word" and _may_be_name(token) for token in tokens)


def _may_be_name(token: Token) -> bool:
    """Return whether a word may be a name's: also one such as Мектеп, a school and a street."""
    return token.role in {"", "institution", "filler"}


def _written(tokens: Sequence[Token]) -> str:
    text = ""
    for token in tokens:
        text += ("-" if token.type == "number" and text else " " if text else "") + token.text
    return text
