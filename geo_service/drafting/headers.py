"""Which of our columns a source's column seems to be, by its name, in Russian, Kazakh or English."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping

from geo_service.addresses.letters import skeleton

#: Names that sources give to what our columns hold. Order of words, capitals and script do not matter; of two
#: columns the one whose name comes first here is taken: beside an address, where a station lies is its name.
PHRASES: Mapping[str, tuple[str, ...]] = {
    "number": (
        "участок", "номер участка", "участок номер", "избирательный участок", "номер избирательного участка",
        "уик", "номер уик", "уч", "номер", "учаске", "учаске нөмірі", "учаскенің нөмірі", "сайлау учаскесі",
        "сайлау учаскесінің нөмірі", "нөмірі", "precinct", "precinct number", "number", "num", "nom", "no",
        "polling district", "uik", "id участка", "код участка",
    ),
    "code": ("код", "код района", "code", "district code", "kod", "аудан коды"),
    "name": (
        "название", "наименование", "имя", "атауы", "аты", "name", "title", "название района",
        "наименование района", "учреждение", "наименование учреждения", "помещение", "место голосования",
        "наименование объекта", "центр", "организация", "мекеме", "мекеменің атауы", "орны",
        "дауыс беру орны", "institution", "station", "building name", "polling station", "venue", "школа",
        "nazvanie", "naimenovanie", "атау", "аудан атауы", "наименование организации", "название организации",
        "название учреждения", "наименование помещения", "объект", "место для голосования",
        "помещение для голосования", "ұйым", "ұйым атауы", "ұйымның атауы", "мекеме атауы", "нысан атауы",
        "орналасқан жері", "местонахождение", "место нахождения", "место расположения",
    ),
    "address": (
        "адрес", "адрес участка", "адрес учреждения", "адрес помещения", "адрес места голосования",
        "мекенжай", "мекенжайы", "мекен жайы", "учаскенің мекенжайы", "address", "adres", "addr",
        "station address", "местонахождение", "место нахождения", "место расположения", "местоположение",
        "орналасқан жері",
    ),
    "district": (
        "район", "район города", "административный район", "аудан", "ауданы", "қала ауданы", "district",
        "rayon", "raion", "р н", "рн", "city district",
    ),
    "kind": ("тип", "вид", "тип участка", "вид участка", "түрі", "учаске түрі", "kind", "type", "категория"),
    "status": ("статус", "состояние", "мәртебесі", "status"),
    "voters": (
        "избиратели", "избирателей", "количество избирателей", "число избирателей", "кол во избирателей",
        "сайлаушылар", "сайлаушылар саны", "voters", "number of voters", "численность",
    ),
    "opens": (
        "открытие", "открывается", "начало", "начало голосования", "ашылуы", "басталуы", "opens", "open",
    ),
    "closes": (
        "закрытие", "закрывается", "окончание", "конец голосования", "жабылуы", "аяқталуы", "closes", "close",
    ),
    "phone": ("телефон", "телефоны", "тел", "контакты", "контактный телефон", "phone", "telephone", "tel"),
    "lon": ("долгота", "бойлық", "lon", "lng", "long", "longitude", "x", "коорд x", "координата x"),
    "lat": ("широта", "ендік", "lat", "latitude", "y", "коорд y", "координата y"),
}  # fmt: skip
_SIGNS = ("номер", "№", "no", "n", "нөмірі")
_LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "kk": ("kk", "kz", "kaz", "каз", "қаз", "қазақша", "казахский", "казахском", "қазақ", "госяз", "мемл"),
    "ru": ("ru", "rus", "рус", "русский", "русском", "орыс", "орысша"),
    "en": ("en", "eng", "англ", "английский", "english", "ағылшын"),
}
_SHORTEST_BEGINNING = 3
_CAMEL = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])")  # nameRu
_EXACT, _BEGINNING = 2, 1


def header_language(header: str) -> str | None:
    """Return the language that a column's name states: kk, ru, en, or None."""
    words = _words(header)
    return next((code for code, names in _language_words().items() if words & names), None)


def header_strength(header: str, meaning: str) -> int:
    """Return how surely a column's name has a meaning: 2 its words, 1 beginnings of them, 0 not at all.

    Parameters
    ----------
    header
        The name, as the source writes it.
    meaning
        A key of `PHRASES`.
    """
    bare = _bare(header)
    phrases = _phrases()[meaning]
    if bare in phrases or (bare - _sign_words() or bare) in phrases:
        return _EXACT
    return _BEGINNING if any(_begins(bare, phrase) for phrase in phrases) else 0


def best_headers(headers: Iterable[str], meaning: str) -> list[str]:
    """Return the column names that mean something the most surely, the usual first; none if no name does."""
    strengths = {header: header_strength(header, meaning) for header in headers}
    most = max(strengths.values(), default=0)
    best = [header for header, strength in strengths.items() if strength == most and most]
    return sorted(best, key=lambda header: _position(header, meaning))


def _position(header: str, meaning: str) -> int:
    """Return where a column's name stands among those with its meaning; after them if it is none whole."""
    phrases = _phrases()[meaning]
    bare = _bare(header)
    return next((place for place, phrase in enumerate(phrases) if phrase == bare), len(phrases))


def _begins(words: frozenset[str], phrase: frozenset[str]) -> bool:
    """Return whether words are those of a phrase cut short, as formats cut names of columns."""
    if len(words) != len(phrase) or max(map(len, words)) < _SHORTEST_BEGINNING:
        return False
    left = set(phrase)
    for word in sorted(words, key=len, reverse=True):
        whole = next((other for other in left if other.startswith(word)), None)
        if whole is None or (len(word) < _SHORTEST_BEGINNING and whole != word):
            return False
        left.remove(whole)
    return True


def _bare(header: str) -> frozenset[str]:
    """Return the words of a column's name but those that state a language."""
    words = _words(header)
    return words - frozenset().union(*_language_words().values()) or words


def _words(header: str) -> frozenset[str]:
    apart = _CAMEL.sub(" ", header.replace("_", " ").replace("№", " номер "))
    return frozenset(skeleton(apart).split())


@functools.cache
def _phrases() -> dict[str, tuple[frozenset[str], ...]]:
    return {meaning: tuple(map(_words, phrases)) for meaning, phrases in PHRASES.items()}


@functools.cache
def _sign_words() -> frozenset[str]:
    return frozenset().union(*map(_words, _SIGNS))


@functools.cache
def _language_words() -> dict[str, frozenset[str]]:
    return {code: frozenset().union(*map(_words, names)) for code, names in _LANGUAGES.items()}
