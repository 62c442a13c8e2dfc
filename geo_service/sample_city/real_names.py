"""Names as a layer of streets has them: kind words, microdistricts in brackets, and which names are one."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

from geo_service.addresses.letters import cyrillic, fold, plain, stem
from geo_service.campaign.model import Names, PlaceKind
from geo_service.sample_city.facts import fact_rows

_KIND_WORDS: dict[str, PlaceKind] = {
    "улица": "street", "көшесі": "street",
    "проспект": "avenue", "даңғылы": "avenue",
    "бульвар": "boulevard", "бульвары": "boulevard",
    "переулок": "lane", "тупик": "lane", "тұйығы": "lane",
    "площадь": "square", "алаңы": "square",
    "микрорайон": "microdistrict",
}  # fmt: skip
# Written with a dot or without; after the dot the name may follow without a space.
_SHORT_KIND_WORDS: dict[str, PlaceKind] = {
    "ул": "street", "көш": "street", "str": "street",
    "пр": "avenue", "пр-т": "avenue", "пр-кт": "avenue", "просп": "avenue", "даң": "avenue",
    "б-р": "boulevard", "бул": "boulevard",
    "пер": "lane", "туп": "lane",
    "пл": "square",
    "м-н": "microdistrict", "м-он": "microdistrict", "мкр": "microdistrict", "мкр-н": "microdistrict",
    "мкрн": "microdistrict",
}  # fmt: skip
_HIGHWAY_WORDS = ("тракт", "шоссе", "трасса", "дорога")
_KAZAKH_LETTERS = re.compile("[әғқңөұүһі]", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\(([^)]*)\)\s*")
_GLUED_KIND_WORD = re.compile(rf"^\s*(?:{'|'.join(_SHORT_KIND_WORDS)})\.(?=\w)", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=\d)-й\b")
_LAST_NUMBER = re.compile(r"(?<=\w)\s+(?=\d+\w?$)")
# What else stands in brackets: a carriageway beside the street, and a street's other name, which is feminine
# where a microdistrict's would be masculine.
_NO_MICRODISTRICT = re.compile(r"дублер|.*[нк]ая", re.IGNORECASE)

_WORDS = re.compile(r"[^\W_]+")
# A woman's surname: Kazakh keeps Маметова as it is, Russian has it in the genitive, Маметовой.
_OF_A_WOMAN = {"kk": re.compile(r"(?<=\w[ое]в)а$"), "ru": re.compile(r"(?<=\w[ое]в)ой$")}
_SURNAME_ENDING = re.compile(r"(?<=\w{4})(?:ул|ов|ев)$")


@dataclass(frozen=True, slots=True)
class StreetName:
    """A street's name, split: its kind, the bare name in the language of the layer, its microdistrict."""

    kind: PlaceKind
    names: Names
    within: Names | None


def street_name(text: str) -> StreetName:
    """Split a street's name as the layer has it into kind, bare name and the microdistrict in brackets.

    Invisible format characters (a left-to-right mark) are dropped.
    """
    text = "".join(character for character in text if unicodedata.category(character) != "Cf")
    within = next(filter(None, map(_microdistrict_in_brackets, _BRACKETS.findall(text))), None)
    words = _split_words(_BRACKETS.sub(" ", text))
    is_kazakh = bool(_KAZAKH_LETTERS.search(text))
    kind = _take_kind(words) or "street"
    # A way through a microdistrict that has no name of its own: "улица Астана Микрорайон".
    if len(words) > 1 and "microdistrict" in map(_kind_of_word, (words[0], words[-1])):
        kind = _take_kind(words) or kind
    if any(word.lower() in _HIGHWAY_WORDS for word in words):
        kind = "highway"
    name = " ".join(words)
    if kind == "microdistrict":
        name = _microdistrict_name(name)
    return StreetName(kind, _named(name, is_kazakh=is_kazakh), within)


def name_key(names: Names) -> str:
    """Return what is the same in the names of one street, whatever their language and case.

    Two names have one key if their words have the same stems: ``Абай`` and ``Абая``, ``Бөгенбай батыр`` and
    ``Богенбай батыра``. A surname in Kazakh -ұлы is the Russian one in -ов or -ев: signs exchange one for the
    other (``Байтұрсынұлы``, ``Байтурсынова``). A woman's name is never a man's: ``Мәметова`` is ``Маметовой``
    and not ``Маметова``.
    """
    of_a_woman = _OF_A_WOMAN["kk" if names.kk else "ru"]
    return " ".join(_word_key(word, of_a_woman) for word in _WORDS.findall(plain(names.best("kk") or "")))


def differ_by_one_letter(key: str, other: str) -> bool:
    """Say whether at most one letter is left out, put in, exchanged, or swapped with its neighbour.

    Digits are never such a letter: the 1st lane is not the 2nd.
    """
    if re.findall(r"\d+", key) != re.findall(r"\d+", other) or abs(len(key) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(key), len(other)) and key[start] == other[start]:
        start += 1
    rest, other_rest = key[start:], other[start:]
    is_swapped = rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:]
    return is_swapped or rest[1:] == other_rest[1:] or rest == other_rest[1:] or rest[1:] == other_rest


def _word_key(word: str, of_a_woman: re.Pattern[str]) -> str:
    letters = cyrillic(word)
    if of_a_woman.search(letters):
        return fold(of_a_woman.sub("", letters)) + "а"
    return _SURNAME_ENDING.sub("+", stem(letters))


def _split_words(text: str) -> list[str]:
    return _GLUED_KIND_WORD.sub(r"\g<0> ", text).split()


def _take_kind(words: list[str]) -> PlaceKind | None:
    """Take the kind word away from the beginning or the end of a name."""
    for end in (0, -1):
        kind = _kind_of_word(words[end]) if len(words) > 1 else None
        if kind is not None:
            words.pop(end)
            return kind
    return None


def _kind_of_word(word: str) -> PlaceKind | None:
    word = word.lower()
    return _KIND_WORDS.get(word) or _SHORT_KIND_WORDS.get(word.removesuffix("."))


def _microdistrict_in_brackets(text: str) -> Names | None:
    own = " ".join(word for word in _split_words(text) if _kind_of_word(word) != "microdistrict")
    # "Алатау, Алма-Арасан" is a settlement and the microdistrict that it belongs to.
    name = _microdistrict_name(own.rpartition(",")[2].strip())
    if not name or name in _district_adjectives() or _NO_MICRODISTRICT.fullmatch(name):
        return None
    return _named(name)


def _microdistrict_name(text: str) -> str:
    """Return a microdistrict's name with its number as the city has it: ``Жетысу-1`` for ``Жетысу 1-й``."""
    return _LAST_NUMBER.sub("-", _ORDINAL.sub("", text))


@functools.cache
def _district_adjectives() -> frozenset[str]:
    """Return the names of districts without the word for district: ``Медеуский``."""
    return frozenset(row["name_ru"].removesuffix(" район") for row in fact_rows("district_names"))


def _named(text: str, *, is_kazakh: bool = False) -> Names:
    return Names(kk=text) if is_kazakh or _KAZAKH_LETTERS.search(text) else Names(ru=text)
