"""House numbers: one canonical form for the many ways to write one, and what is near a number.

The canonical form has upper-case Cyrillic letters, no spaces, ``/`` before a fraction and ``К`` before a
building's part: ``12``, ``12А``, ``12/1``, ``12А/1``, ``12К2``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from geo_service.addresses.letters import plain

# The shapes of Latin capitals that stand on house plates; small ones are typed for the same.
_LETTERS = dict(zip("abcehkmoptxygdvzilnrfsuj", "авсенкмортхугдвзилнрфсуж", strict=True))
# A Latin letter that may be meant by its sound as well as by its shape.
_BY_SOUND = {"b": "б", "h": "х", "c": "ц", "p": "п", "y": "у"}

_PARTS = re.compile(
    r"(?P<number>\d{1,5})\s*-?\s*(?P<letter>[^\W\d_])?"
    r"(?:\s*[/\\|]\s*(?P<fraction>\d{1,4})?\s*(?P<fraction_letter>[^\W\d_])?)?"
    r"(?:\s*(?:к|k|корп\.?|корпус|блок)\s*(?P<block>\d{1,3}))?"
)
_BASE = re.compile(r"\d+")


def canonical(number: str) -> str:
    """Return a house number of a campaign in its canonical form; what is no number is only tidied.

    Parameters
    ----------
    number
        As the source writes it: ``12``, ``39-А``, ``6 Б``, ``24/``, ``12 корпус 2``.
    """
    if number.isdecimal() and number.isascii():
        return number.lstrip("0") or "0"
    text = plain(number).strip()
    match = _PARTS.fullmatch(text)
    if match is None:
        return re.sub(r"\s+", "", text).upper()
    return compose(
        match["number"],
        match["letter"] or "",
        match["fraction"] or "",
        match["fraction_letter"] or "",
        match["block"] or "",
    )


def compose(
    number: str, letter: str = "", fraction: str = "", fraction_letter: str = "", block: str = ""
) -> str:
    """Return the canonical form of a number from its parts, letters in any script."""
    text = number.lstrip("0") or "0"
    text += _house_letter(letter)
    if fraction or fraction_letter:
        text += f"/{fraction}{_house_letter(fraction_letter)}"
    return f"{text}К{block}" if block else text


def _house_letter(letter: str) -> str:
    return _LETTERS.get(letter, letter).upper()


def by_sound(letter: str) -> str:
    """Return the letter, upper case, that a Latin one stands for by its sound; empty if by its shape only."""
    return _BY_SOUND.get(letter, "").upper()


def base(number: str) -> int:
    """Return the number without letter and fraction; -1 if it has no digits."""
    match = _BASE.match(number)
    return int(match.group()) if match else -1


def same_base(number: str, others: Iterable[str]) -> list[str]:
    """Return the house numbers that differ from one in letter, fraction or part only, in their order."""
    own = base(number)
    return sorted((other for other in others if base(other) == own), key=order)


def nearest(number: str, others: Iterable[str], count: int) -> list[str]:
    """Return the house numbers nearest to one, those with its own base number first."""
    own = base(number)
    # An even number stands among even ones: the other side of the street comes after its own.
    ranked = sorted(
        others, key=lambda other: (abs(base(other) - own) + (base(other) - own) % 2, order(other))
    )
    return ranked[:count]


def order(number: str) -> tuple[int, str]:
    """Return the key that sorts house numbers as people do: 2, 10, 10А, 10/1."""
    return base(number), number
