"""What the words of sources mean: districts, kinds and states of precincts, and codes made of names."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence

from geo_service.addresses.letters import skeleton
from geo_service.sample_city.facts import fact_rows

#: Words of sources for the choices of our columns, as beginnings.
MEANINGS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "kind": {
        "territorial": (
            "территориальн",
            "обычн",
            "общ",
            "аумақтық",
            "жалпы",
            "territorial",
            "по месту жительства",
        ),
        "special": (
            "специальн",
            "закрыт",
            "особ",
            "времен",
            "арнайы",
            "жабық",
            "special",
            "больниц",
            "воинск",
            "сизо",
        ),
    },
    "status": {
        "open": ("открыт", "действу", "работа", "ашық", "open", "active"),
        "closed": ("закрыт", "не образован", "упразднен", "жабық", "closed", "ликвидирован"),
    },
}
_KIND_WORDS = frozenset(
    skeleton(word)
    for word in ("район", "р", "н", "рн", "ауданы", "аудан", "district", "города", "г", "алматы")
)
_CODE = re.compile(r"[a-z0-9_-]+")
_SHARED_LETTERS = 4
_CYRILLIC = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщыіэюя"
_LATIN = "a a b v g g d e e zh z i y k k l m n n o o p r s t u u u f kh h ts ch sh shch y i e yu ya"
_IN_LATIN = {**dict(zip(_CYRILLIC, _LATIN.split(), strict=True)), "ъ": "", "ь": ""}


def is_code(text: str) -> bool:
    """Return whether a text can be the code of a district."""
    return _CODE.fullmatch(text) is not None


def meaning_of(word: str, column: str) -> str | None:
    """Return which choice of a column of ours a word of a source stands for; None if that is not known."""
    folded = word.casefold()
    choices = MEANINGS[column]
    if folded in choices:
        return folded
    return next((choice for choice, words in choices.items() if folded.startswith(words)), None)


def district_codes(names: Sequence[str]) -> dict[str, str]:
    """Return a code for each name of a district: a known one, or one made of its letters.

    Parameters
    ----------
    names
        Different names of one city's districts.
    """
    known = known_districts()
    codes: dict[str, str] = {}
    for name in names:
        code = match_district(name, known) or _made_code(name)
        codes[name] = code if code not in codes.values() else f"{code}-{len(codes) + 1}"
    return codes


def known_districts() -> dict[str, list[str]]:
    """Return the names, in all languages, of the districts that the project knows, by code."""
    return {
        row["code"]: [row["name_kk"], row["name_ru"], row["name_en"]] for row in fact_rows("district_names")
    }


def match_district(word: str, districts: Mapping[str, Iterable[str]]) -> str | None:
    """Return the code of the district that a word names, shortened or inflected as it may be.

    Parameters
    ----------
    word
        As a source writes it: ``Алатауский р-н``.
    districts
        Names by code.

    Returns
    -------
    str or None
        None if none or several fit.
    """
    if word.casefold() in districts:
        return word.casefold()
    stem = _stem(word)
    shared = {
        code: max((_shared(stem, _stem(name)) for name in (code, *names)), default=0)
        for code, names in districts.items()
    }
    most = max(shared.values(), default=0)
    best = [code for code, length in shared.items() if length == most]
    return best[0] if most >= _SHARED_LETTERS and len(best) == 1 else None


def _shared(first: str, second: str) -> int:
    """Return how many letters two stems share from their beginning; 0 if both go on differently for long."""
    length = sum(
        1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False))
    )
    return length if length >= min(len(first), len(second)) - 1 else 0


@functools.cache
def _stem(text: str) -> str:
    words = [word for word in skeleton(text.replace("-", " ")).split() if word not in _KIND_WORDS]
    return "".join(words)


def _made_code(name: str) -> str:
    stem = " ".join(
        word for word in re.findall(r"[^\W_]+", name.casefold()) if skeleton(word) not in _KIND_WORDS
    )
    latin = "".join(_IN_LATIN.get(sign, sign) for sign in stem)
    return re.sub(r"[^a-z0-9]+", "-", latin).strip("-") or "district"
