"""From a typed text to tokens: words with their meaning, numbers as houses write them, commas.

Nothing here knows a campaign: whether ``Самал-2`` is a name is decided by the names that there are.
"""

from __future__ import annotations

import dataclasses
import re

from geo_service.addresses.letters import plain
from geo_service.addresses.token_reader import TokenReader
from geo_service.addresses.typed_token import Token
from geo_service.addresses.vocabulary import PAIRS, Meaning, without_short_forms

__all__ = ["LONGEST", "Token", "read_tokens"]

#: Characters of a text that are read; an address is far shorter, and time must not grow with nonsense.
LONGEST = 250
_MOST_TOKENS = 24
_POSTCODE = re.compile(r"(?<!\w)(?:0\d{5}|[a-zа-я]\d{2}[a-zа-я]\d[a-zа-я]\d)(?!\w)")


def read_tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text; flats, entrances, floors and postcodes are left out with their numbers."""
    prepared = _POSTCODE.sub(" ", without_short_forms(plain(text[:LONGEST])[:LONGEST].replace("#", " no ")))
    return tuple(_without_flats(_with_pairs(TokenReader(prepared).tokens())))[:_MOST_TOKENS]


def _with_pairs(tokens: list[Token]) -> list[Token]:
    """Return tokens with two words that are one kind word, such as shagyn audan, as one."""
    result: list[Token] = []
    for token in tokens:
        before = result[-1].key if result else ""
        kind = next((k for (a, b), k in PAIRS.items() if a == before and token.key.startswith(b)), None)
        if kind is None:
            result.append(token)
        else:
            result[-1] = dataclasses.replace(token, meaning=Meaning("kind", kind, "after"))
    return result


def _without_flats(tokens: list[Token]) -> list[Token]:
    """Leave out flats and the like with their numbers, which may stand on either side of the word."""
    kept: list[Token] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        following = tokens[position + 1 : position + 3]
        if token.role == "flat":
            if following and following[0].role == "sign" and len(following) > 1:
                following, position = following[1:], position + 1  # кв. № 5
            if following and following[0].type == "number":
                position += 1
            elif _stands_after_its_number(kept):
                kept.pop()  # 5 пәтер
            position += 1
            continue
        kept.append(token)
        position += 1
    return kept


def _stands_after_its_number(kept: list[Token]) -> bool:
    """Return whether the last number belongs to a flat: there is another number, the house, before it."""
    if not kept or kept[-1].type != "number":
        return False
    # The 2 of Самал-2 is no house.
    return any(token.type == "number" and not token.joined for token in kept[:-1])
