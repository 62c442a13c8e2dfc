"""The words of addresses that are no names: kinds of places, houses, flats, corners, cities; in three languages.

Words are compared by their `skeleton`, so one entry serves Kazakh, Russian and Latin letters alike.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from geo_service.addresses.letters import skeleton
from geo_service.campaign.model import PlaceKind

#: What a word is there for. A ``flat`` word takes its number along; ``filler`` says nothing.
Role = Literal["kind", "house", "block", "flat", "corner", "city", "district", "institution", "filler"]
#: Where a kind word stands: before the name (``улица Абая``), after it (``Абай көшесі``), or either.
Side = Literal["before", "after", "either"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word means; ``kind`` and ``side`` only of kind words."""

    role: Role
    kind: PlaceKind | None = None
    side: Side = "either"


# Abbreviations with signs inside, in plain letters, and the word that stands for each.
_SHORTENED = {
    "пр-т": "проспект", "пр-кт": "проспект", "просп-т": "проспект", "прос-т": "проспект", "пр-та": "проспект",
    "пр-д": "проезд", "б-р": "бульвар", "бул-р": "бульвар", "пер-к": "переулок", "п-к": "переулок",
    "к-сі": "көшесі", "к-ci": "көшесі", "к-си": "көшесі", "к-сы": "көшесі", "көш-сі": "көшесі",
    "д-лы": "даңғылы", "даң-лы": "даңғылы",
    "м-н": "микрорайон", "м-он": "микрорайон", "мк-н": "микрорайон", "мик-н": "микрорайон", "м/н": "микрорайон",
    "мкр-н": "микрорайон", "мик-он": "микрорайон", "м-р-н": "микрорайон", "м/р": "микрорайон",
    "м/район": "микрорайон", "мкр/н": "микрорайон", "мн-н": "микрорайон",
    "ш/а": "шағынаудан", "ш.а": "шағынаудан", "ш-а": "шағынаудан", "ы/а": "ықшамаудан", "ы.а": "ықшамаудан",
    "ы-а": "ықшамаудан", "ш/ауданы": "шағынаудан", "sh/a": "шағынаудан",
    "р-н": "район", "р-он": "район", "р-на": "район", "р-не": "район", "т.ү.к": "тұрғынүйкешені",
    "ж/к": "жк", "ж.к": "жк", "ж/м": "жк", "т/к": "жк", "с/т": "садовоетоварищество", "кв-ра": "кв",
    "п/и": "индекс",
}  # fmt: skip
_SPACED = {
    "шағын аудан": "шағынаудан", "шагын аудан": "шағынаудан", "шағын ауд": "шағынаудан", "ықшам аудан": "ықшамаудан",
    "ы а": "ықшамаудан", "ш а": "шағынаудан", "shagyn audan": "шағынаудан", "shaǵyn aýdan": "шағынаудан",
    "şağyn audan": "шағынаудан", "şağın audan": "шағынаудан", "yqsham audan": "ықшамаудан",
    "тас жолы": "тасжолы", "тұйық көше": "тұйықкөше", "жилой комплекс": "жк", "жилого комплекса": "жк",
    "жилой массив": "жк", "тұрғын үй кешені": "жк", "тургын уй кешени": "жк", "residential complex": "жк",
    "housing complex": "жк", "dead end": "тупик", "садовое товарищество": "садовоетоварищество",
    "мик рн": "микрорайон", "мик район": "микрорайон", "микро район": "микрорайон",
}  # fmt: skip

_KIND_WORDS: tuple[tuple[PlaceKind, Side, str], ...] = (
    ("street", "either", "улица ул улицы улице улицу улиц улицей вулица ulitsa ulica ulitza ul"),
    ("street", "after", "көшесі көше көшесінде көшесінің көшесінен көшесіндегі көшес көш кш"),
    ("street", "after", "street str st"),
    ("avenue", "either", "проспект просп пр проспекте проспекта проспекту пркт прт prospekt prospect"),
    ("avenue", "after", "даңғылы даңғыл даңғылында даңғылының даңғ даң даңғылындағы avenue ave av aven"),
    ("boulevard", "either", "бульвар бул бульваре бульвара бульв бр blvd boulevard boulvard"),
    ("boulevard", "after", "бульвары гүлзар гүлзары бульварында"),
    ("lane", "either", "переулок пер переулке переулка тупик туп тупике проезд проезде pereulok per tupik"),
    ("lane", "after", "тұйығы тұйық тұйықкөше тұйықкөшесі тұйығында өткелі lane ln passage"),
    ("highway", "either", "шоссе трасса тракт тракте тракта шос ш shosse highway hwy trakt"),
    ("highway", "after", "тасжолы тасжол тасжолында road rd"),
    ("square", "either", "площадь пл площади square sq"),
    ("square", "after", "алаңы алаң алаңында"),
    ("microdistrict", "either", "микрорайон мкр мкрн мкрорайон микр микрн микрорайоне микрорайона мн мкрр мкрр-н"),
    ("microdistrict", "either", "микрорайоны мкрайон мкр-он mikrorajon mikroraion mikrorayon mikroraıon mkr mcr mkrn"),
    ("microdistrict", "either", "microdistrict micro microraion microrayon md micr"),
    ("microdistrict", "after", "ықшамауданы ықшамаудан шағынауданы шағынаудан шағынауд ықшамауд ықшамауданында"),
    ("microdistrict", "after", "шағынауданында шағынауданының ықшамауданындағы шағынауданындағы ықш"),
    ("complex", "either", "жк тұрғынүйкешені түк жм комплекс zhk"),
    ("complex", "after", "кешені residence complex"),
    ("settlement", "either", "поселок посёлок пос село ауыл кент posyolok"),
    ("settlement", "after", "ауылы кенті кентi"),
)  # fmt: skip
_OTHER_WORDS: dict[Role, str] = {
    "house": "дом дома доме д дм үй үйі үйінде уй номер ном нөмірі нөмір н no num number house home hse bld bldg building "
    "здание зд строение стр ғимарат dom ui üi",
    "block": "корпус корп к кор корпусы блок бл block korpus korp bl k секция",
    "flat": "квартира кв квартиры кварт квартире пәтер пәтері пәт пəтер pater kv apt apartment flat ap unit suite "
    "подъезд под подьезд подъезде пд п кіреберіс кіре entrance podezd этаж эт қабат floor fl etazh офис оф office "
    "комната ком бөлме room домофон индекс postcode zip кабинет каб бокс",
    "corner": "угол уг углу пересечение пересечении перекресток перекрёсток перес бұрышы бұрыш қиылысы қиылысында "
    "corner угла",
    "city": "город г гор города қаласы қала қ city town gorod",
    "district": "район района районе райoн ауданы ауданында ауд district dist distr rayon raion audany",
    "institution": "школа школе школы мектеп мектебі гимназия гимназиясы лицей лицейі колледж колледжі садик детсад "
    "балабақша больница аурухана ауруханасы поликлиника емхана емханасы университет университеті институт институты "
    "school gymnasium lyceum college hospital clinic university",
    "filler": "имени им атындағы атындагы атын атынд академика академик ак маршала генерала героя профессора "
    "композитора народного улица-проспект адрес адресу мекенжай мекенжайы мекенжайым на по в во у возле рядом около "
    "и жəне және with the and at in of near my address где куда голосовать голосую голосования живу прописан прописана "
    "зарегистрирован зарегистрирована прописка мой моя мне я нахожусь находится ищу найти найдите пожалуйста здравствуйте "
    "добрый день сәлеметсіз бе сәлем қайда дауыс беремін беру тұрамын тіркелген участок учаске мой учаскем учаскесі "
    "казахстан қазақстан республика рк қр kazakhstan qazaqstan kz республикасы номера бывшая бывш быв бывший ранее "
    "бұрынғы старая старое название новая-название ex former примерно дробь мой",
}  # fmt: skip
# Words that are also good names, or parts of them: they are what they say only where a number follows.
_BEFORE_A_NUMBER_ONLY = frozenset(
    {"п", "к", "под", "пд", "бокс", "ком", "ap", "стр", "кор", "секция", "k", "каб"}
)
_SHORT_FORMS = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(sorted(map(re.escape, _SHORTENED), key=len, reverse=True))
    + r")(?![^\W\d_])\.?"
)
_SPACED_FORMS = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(
        re.escape(words).replace(r"\ ", r"\.?\s{1,2}") for words in sorted(_SPACED, key=len, reverse=True)
    )
    + r")(?=$|[\s\d.,]|(?:ы|ында|ының|ындағы)(?![^\W_]))"
)


def without_short_forms(text: str) -> str:
    """Return a `plain` text with abbreviations such as ``пр-т`` and words such as ``шағын аудан`` as one word."""
    whole = _SHORT_FORMS.sub(lambda match: f" {_SHORTENED[match.group().rstrip('.')]} ", text)
    return _SPACED_FORMS.sub(lambda match: _SPACED[re.sub(r"\.?\s+", " ", match.group())], whole)


@functools.cache
def meanings() -> Mapping[str, Meaning]:
    """Return what words mean by their skeleton."""
    table: dict[str, Meaning] = {}
    for role, words in _OTHER_WORDS.items():
        for word in words.split():
            table.setdefault(_key(word), Meaning(role))
    for kind, side, words in _KIND_WORDS:
        for word in words.split():
            table[_key(word)] = Meaning("kind", kind, side)
    return table


@functools.cache
def needs_number() -> frozenset[str]:
    """Return the skeletons of words that have their meaning only before a number."""
    return frozenset(map(_key, _BEFORE_A_NUMBER_ONLY))


@functools.cache
def glued_kind_words() -> tuple[str, ...]:
    """Return the skeletons of kind words that people glue to names, the longest first."""
    words = {_key(word) for _, _, words in _KIND_WORDS for word in words.split()}
    return tuple(
        sorted((word for word in words if len(word) >= _SHORTEST_GLUED), key=lambda word: (-len(word), word))
    )


_SHORTEST_GLUED = 2


def _key(word: str) -> str:
    return skeleton(word).replace(" ", "")


def keys(words: Iterable[str]) -> frozenset[str]:
    """Return the skeletons of words."""
    return frozenset(map(_key, words))
