"""The words of cells of houses, in Russian, Kazakh and English, and the tokens that cells consist of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from geo_service.addresses.house_numbers import compose
from geo_service.addresses.letters import plain

TokenType = Literal[
    "number", "dash", "comma", "break", "colon", "open", "close",
    "odd", "even", "all", "from", "to", "end", "except", "except_before", "after_number", "and", "filler",
    "unknown",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a cell.

    Parameters
    ----------
    type
        What it is.
    text
        Canonical of a number, else as it is written.
    """

    type: TokenType
    text: str


_WORDS: Mapping[str, str] = {
    "odd": "нечет нечетн нечетная нечетной нечетную нечетные нечетных нечетный неч тақ тақты odd",
    "even": "чет четн четная четной четную четные четных четный жұп жұпты even",
    "all": "все всех весь вся всю всей полностью целиком барлық барлығы бәрі түгел толық толығымен all whole "
    "entire",
    "from": "с от from",
    "to": "по до to дейін",
    "end": "конца конец далее выше соңына соңы end бастап",
    "except": "кроме исключая исключением искл except excluding",
    "except_before": "басқа басқасы басқалары қоспағанда",
    "after_number": "ден дан тен тан нен нан ке ге қа ға не на",
    "and": "и және мен and",
    "filler": "дом дома домов домам домами домах д үй үйі үйлер үйлері үйден үйлерден үйге үйлерге house "
    "houses no nono n ном номер номера номеров нөмір нөмірі нөмірлер нөмірлі number numbers строение стр "
    "здание зд сторона стороны сторону стороне стор жақ жағы жағындағы беті side также за the of аралығы "
    "аралығында улица улицы улице улицу ул көше көшесі көшенің street микрорайон микрорайона мкр "
    "ықшамауданы шағынауданы",
}
_TYPES: Mapping[str, TokenType] = {
    plain(word): kind  # type: ignore[misc]
    for kind, words in _WORDS.items()
    for word in words.split()
}
# Letters that are words of their own, or short for odd (н) and even (ч): after a space they are no house's.
_LONE = "исдкнчоуа"
_NUMBER = re.compile(
    r"(?P<number>\d{1,5})(?!\d)"
    r"""(?:\s?-?\s?["«'“”„]\s?(?P<quoted>[^\W\d_])\s?["»'“”]"""
    r"|-?(?P<letter>[^\W\d_])(?![^\W_])"
    rf"|\s(?P<spaced>(?![{_LONE}])[^\W\d_])(?=\s*(?:[,;)/]|$))"
    r"|\s(?P<last>а)(?=\s*(?:[,;)/]|$)))?"
    r"(?:\s?[/\\]\s?(?:(?P<fraction>\d{1,4})(?P<after>[^\W\d_](?![^\W_]))?|(?P<bare>[^\W\d_])(?![^\W_])))?"
    r"(?:\s*-?\s*(?:к|k|корп|корпус|блок|строение|стр)\b\.?\s*(?:no)?\s*(?P<block>\d{1,3})(?!\d)"
    r"|[кk](?P<glued>\d{1,3})(?!\d))?"
)
_OTHER = re.compile(r"[-‐‑‒–—−÷]+|\.{2,}|[,;:()\n]|[^\W\d_]+\.?|\S")
_SIGNS: Mapping[str, TokenType] = {
    ",": "comma", ";": "break", "\n": "break", ":": "colon", "(": "open", ")": "close",
}  # fmt: skip
_DASHES = "-‐‑‒–—−÷."


def read_tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a cell.

    Parameters
    ----------
    text
        As it is written. Raised digits, which would become part of the number, are not understood.
    """
    raised = [character for character in text if unicodedata.decomposition(character)[:3] in {"<su", "<fr"}]
    if raised:
        yield Token("unknown", "".join(raised))
        return
    prepared, at = plain(text), 0
    while at < len(prepared):
        if prepared[at].isspace() and prepared[at] != "\n":
            at += 1
            continue
        number = _NUMBER.match(prepared, at)
        if number is not None:
            yield Token("number", _canonical(number))
            at = number.end()
            continue
        other = _OTHER.match(prepared, at)
        if other is None:
            yield Token("unknown", prepared[at])
            at += 1
            continue
        yield _other(other.group())
        at = other.end()


def _other(text: str) -> Token:
    if text in _SIGNS:
        return Token(_SIGNS[text], text)
    if text[0] in _DASHES and (text[0] != "." or len(text) > 1):
        return Token("dash", text)
    if text in {".", "&"}:
        return Token("and" if text != "." else "filler", text)
    return Token(_TYPES.get(text.rstrip("."), "unknown"), text)


def _canonical(match: re.Match[str]) -> str:
    letter = match["quoted"] or match["letter"] or match["spaced"] or match["last"] or ""
    return compose(
        match["number"],
        letter,
        match["fraction"] or "",
        match["after"] or match["bare"] or "",
        match["block"] or match["glued"] or "",
    )
