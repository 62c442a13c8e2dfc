"""The words in names of polling stations' buildings: schools, colleges, hospitals, houses of culture.

A word is reduced to a *term*: words for one thing in Kazakh, Russian and English to one term in capitals
(``школа``, ``мектебі``, ``school`` are ``SCHOOL``), any other word to its folded stem. Words of legal
forms, of naming and of joining have no term: they say nothing about which building is meant.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from geo_service.addresses.letters import cyrillic, plain, skeleton, stem

#: What an institution is; with a number, one of these is enough to name a building.
KINDS = {
    "SCHOOL": "школа школы школе школу школой шк сш сош оош мектеп мектебі мектебін мектебінде school",
    "GYMNASIUM": "гимназия гимназии гимназию гимназией гимназиясы gymnasium gimnaziya gimnasia gimnazia",
    "LYCEUM": "лицей лицея лицее лицею лицейі лицейінде lyceum licey litsey",
    "COLLEGE": "колледж колледжа колледже колледжі колледжінде college",
    "BOARDING": "интернат интерната интернаты интернате boarding",
    "KINDERGARTEN": "сад садик садика балабақша балабақшасы kindergarten",
    "HOSPITAL": "больница больницы больнице аурухана ауруханасы госпиталь госпиталі hospital",
    "MATERNITY": "роддом роддома родильный перзентхана перзентханасы maternity",
    "POLYCLINIC": "поликлиника поликлиники поликлинике емхана емханасы polyclinic",
    "CLINIC": "клиника клиники клинике клиникасы clinic",
    "DISPENSARY": "диспансер диспансера диспансері dispensary",
    "LIBRARY": "библиотека библиотеки библиотеке кітапхана кітапханасы library",
    "UNIVERSITY": "университет университета университете университеті university",
    "INSTITUTE": "институт института институте институты institute",
    "ACADEMY": "академия академии академиясы academy",
    "SANATORIUM": "санаторий санатория санаторие шипажай шипажайы sanatorium",
    "THEATRE": "театр театра театре театры theatre theater",
    "PALACE": "дворец дворца дворце сарай сарайы palace",
    "CULTURE": "дк культуры культура культурный мәдениет мәдени culture cultural",
    "DORMITORY": "общежитие общежития общежитии жатақхана жатақханасы dormitory",
}

#: What may stand in many names and in an address too (``дом 5``); alone it names nothing.
_COMMON = {
    "HOUSE": "дом дома доме үй үйі house home",
    "CENTRE": "центр центра центре орталық орталығы centre center",
    "COMPLEX": "комплекс комплекса кешен кешені complex",
    "UNIT": "часть части бөлім бөлімі unit",
    "CHILD": "детская детский детской детско детского детей балалар балаларға children child",
    "YOUTH": "юношеская юношеской жасөспірімдер youth",
    "SPORT": "спортивная спортивный спортивной спорт sports",
    "MUSIC": "музыкальная музыкальный музыкальной музыка музыкалық music",
    "ART": "искусств искусства өнер өнері art",
    "MILITARY": "войсковая воинская воинской военный әскери military",
    "CLINICAL": "клиническая клинической клиникалық clinical",
    "SPECIALISED": "специализированная специализированный специализированной мамандандырылған specialised"
    " specialized",
    "PRIMARY": "начальная начальной бастауыш primary elementary",
    "BASIC": "основная основной негізгі basic",
}

#: What people leave out of a name without meaning another building.
DROPPED = {
    "GENERAL": "средняя средней общеобразовательная общеобразовательной орта жалпы білім беретін"
    " беру secondary general education comprehensive",
    "CITY": "городская городской городского қалалық city",
}

#: Every term that is no stem of a word.
TERMS = frozenset({*KINDS, *_COMMON, *DROPPED})

_SILENT = """
    коммунальное государственное государственная учреждение предприятие казенное республиканское
    республиканская товарищество с ограниченной ответственностью акционерное общество филиал
    на праве хозяйственного ведения
    кгу гу гкп гккп кгкп кгп ргу ргп ргкп пхв тоо ао рк республики казахстан
    коммуналдық мемлекеттік мекемесі мекеме кәсіпорны қазыналық кмм мкк мккк қр республикасы қазақстан
    города город г қаласы қ алматы алматинский алматинская алматинского almaty
    и в для the of for and және мен арналған
    no n nr номер нөмір нөмірі number
"""
_NAMED_AFTER = frozenset(map(skeleton, ("имени", "им")))
_NAMED_AFTER_BEFORE = skeleton("атындағы")

_ABBREVIATIONS = {
    "дюсш": ("CHILD", "YOUTH", "SPORT", "SCHOOL"),
    "бжсм": ("CHILD", "YOUTH", "SPORT", "SCHOOL"),
    "дмш": ("CHILD", "MUSIC", "SCHOOL"),
    "дши": ("CHILD", "ART", "SCHOOL"),
    "гкб": ("CLINICAL", "HOSPITAL"),
    "дгкб": ("CHILD", "CLINICAL", "HOSPITAL"),
}
_MILITARY_UNIT = re.compile(r"\bв\s?/\s?ч\b")
# 144-я школа, 144-ші мектеп; a letter without the hyphen is part of the number.
_ORDINAL = re.compile(r"(?<=\d)-(?:й|я|ый|ая|ші|шы|інші|ыншы|нші|ншы|th)\b")
_POSSESSIVE = re.compile(r"'s?(?!\w)")
# A letter that touches the number is part of it: 144а is not 144.
_WORD = re.compile(r"\d+(?:[^\W\d_](?![^\W\d_]))?|[^\W\d_]+(?:'[^\W\d_]+)*")


@functools.cache
def terms_of_words() -> dict[str, tuple[str, ...]]:
    """Return the terms of every word that has others than its stem, by its skeleton; none for silent ones."""
    terms: dict[str, tuple[str, ...]] = {skeleton(word): () for word in _SILENT.split()}
    for table in (KINDS, _COMMON, DROPPED):
        terms.update({skeleton(word): (term,) for term, words in table.items() for word in words.split()})
    terms.update({skeleton(word): names for word, names in _ABBREVIATIONS.items()})
    return terms


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word of a name: its skeleton, its terms, and whether only the honoured person's name holds it."""

    form: str
    terms: tuple[str, ...]
    is_number: bool = False
    is_of_person: bool = False


def name_words(text: str) -> list[NameWord]:
    """Return the words and numbers of a text; its silent words have no terms."""
    prepared = _MILITARY_UNIT.sub("войсковая часть", plain(text))
    words = [_name_word(word) for word in _WORD.findall(_POSSESSIVE.sub("", _ORDINAL.sub("", prepared)))]
    forms = [word.form for word in words]
    if _NAMED_AFTER_BEFORE in forms:
        end = forms.index(_NAMED_AFTER_BEFORE)
        return [*_of_person(words[: end + 1]), *words[end + 1 :]]
    start = next((place for place, form in enumerate(forms) if form in _NAMED_AFTER), len(words))
    return [*words[:start], *_of_person(words[start:])]


def _name_word(word: str) -> NameWord:
    if word[0].isdecimal():
        return NameWord(word, (word.lstrip("0") or "0",), is_number=True)
    form = skeleton(word).replace(" ", "")
    if form in _NAMED_AFTER or form == _NAMED_AFTER_BEFORE:
        return NameWord(form, ())
    return NameWord(form, terms_of_words().get(form, (stem(cyrillic(word)),)))


def _of_person(words: list[NameWord]) -> list[NameWord]:
    """Mark the words of an honoured person's name, which people leave out; a kind of institution is none."""
    return [
        word
        if word.is_number or not TERMS.isdisjoint(word.terms)
        else NameWord(word.form, word.terms, is_of_person=True)
        for word in words
    ]
