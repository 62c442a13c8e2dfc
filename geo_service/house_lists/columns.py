"""Which column of a list is which: headers are recognised in Russian, Kazakh and English."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

from geo_service.addresses.letters import skeleton

#: Our columns of a house list, with words of the headers that mean them. A header means a column if all words
#: of one of its phrases stand in it; of several columns, the one with the longest phrase.
HEADERS: Mapping[str, tuple[str, ...]] = {
    "precinct": (
        "участок", "участка", "участки", "избирательный участок", "избирательного участка",
        "избирательные участки", "участок референдума", "участка референдума", "уик", "номер уик", "иу",
        "учаске", "учаскенің нөмірі", "учаске нөмірі", "учаскесі", "сайлау учаскесі",
        "дауыс беру учаскесі", "precinct", "precinct number", "polling district",
    ),
    "district": (
        "район", "района", "район города", "административный район", "аудан", "ауданы", "қала ауданы",
        "district",
    ),
    "area": (
        "микрорайон", "мкр", "мкрн", "жилой массив", "шағын аудан", "шағынаудан", "шағын ауданы",
        "ықшам аудан", "ықшамаудан", "ықшамауданы", "microdistrict", "neighbourhood",
    ),
    "street": (
        "улица", "улицы", "улиц", "наименование улицы", "наименование улиц",
        "наименование улицы проспекта", "микрорайон улица", "название улицы", "улица микрорайон",
        "улица мкр", "улица проспект", "көше", "көшенің атауы", "көше атауы", "көшесі",
        "көше шағын аудан", "street", "street name",
    ),
    "houses": (
        "дом", "дома", "домов", "номер дома", "номера домов", "перечень домов", "здание", "үй", "үйлер",
        "үйдің нөмірі", "үй нөмірі", "үйлердің нөмірі", "үйлердің нөмірлері", "үй нөмірлері", "house",
        "houses", "house number", "building", "buildings",
    ),
    "block": (
        "корпус", "блок", "литер", "литера", "block",
    ),
    "side": (
        "сторона", "сторона улицы", "четность", "четная нечетная", "жағы", "көше жағы", "тақ жұп", "side",
        "parity",
    ),
    "first": (
        "с дома", "дом с", "дома с", "от дома", "дома от", "үйден", "from house", "house from",
    ),
    "last": (
        "по дом", "дом по", "дома по", "до дома", "дома до", "үйге дейін", "to house", "house to",
    ),
    "address": (
        "адрес", "адреса", "адрес дома", "адреса домов", "границы", "границы участка", "граница участка",
        "границы избирательного участка", "мекенжай", "мекенжайы", "мекен жай", "мекен жайы",
        "үйдің мекенжайы", "шекаралары", "учаскенің шекаралары", "address", "house address", "boundaries",
    ),
    "code": (
        "рка", "код рка", "код адреса", "адресный код", "регистрационный код адреса", "мтк",
        "мекенжай коды", "мекенжайдың тіркеу коды", "address code",
    ),
    "voters": (
        "избирателей", "количество избирателей", "число избирателей", "кол во избирателей", "сайлаушылар",
        "сайлаушылар саны", "voters", "number of voters",
    ),
    "lon": (
        "долгота", "бойлық", "longitude", "lon", "lng",
    ),
    "lat": (
        "широта", "ендік", "latitude", "lat",
    ),
    "station_name": (
        "учреждение", "наименование учреждения", "центр", "центр участка", "помещение",
        "наименование объекта", "место голосования", "помещение для голосования", "мекеме",
        "мекеменің атауы", "орталығы", "учаске орталығы", "дауыс беру орны", "station", "polling station",
        "polling place", "venue",
    ),
    "station_address": (
        "адрес участка", "адрес учреждения", "адрес центра", "адрес помещения",
        "адрес избирательного участка", "местонахождение", "место нахождения", "место нахождения участка",
        "адрес места голосования", "учаскенің мекенжайы", "учаске мекенжайы", "мекеменің мекенжайы",
        "орналасқан жері", "орналасқан орны", "station address", "address of station",
        "polling station address",
    ),
    "station_phone": (
        "телефон", "телефоны", "телефон участка", "тел", "phone", "telephone",
    ),
    "station_opens": (
        "открывается", "начало", "начало голосования", "ашылуы", "басталуы", "opens",
    ),
    "station_closes": (
        "закрывается", "окончание", "окончание голосования", "жабылуы", "аяқталуы", "closes",
    ),
    "station_hours": (
        "часы", "часы работы", "время работы", "время голосования", "режим работы", "жұмыс уақыты",
        "дауыс беру уақыты", "hours", "opening hours",
    ),
}  # fmt: skip

_SIGNS = frozenset({"номер", "но", "н", "no", "нон"})
_WORD = re.compile(r"[^\W_]+")


def column_of(header: str) -> str | None:
    """Return the column of ours that a header means; None if it is not known.

    Parameters
    ----------
    header
        As it is written: ``№ участка``, ``учаске №``, ``Көшенің атауы``. Its words may stand in any order,
        ``№`` and ``номер`` count for nothing, and a word more leaves it unknown.
    """
    words = _words(header)
    return _columns().get(words) if words else None


def guess_columns(headers: Sequence[str]) -> dict[str, str]:
    """Return the headers that are recognised, by our column; of two that mean one column, neither.

    Parameters
    ----------
    headers
        Of the list.
    """
    found: dict[str, list[str]] = {}
    for header in headers:
        column = column_of(header) or column_of(header.rpartition(" / ")[2])
        if column is not None:
            found.setdefault(column, []).append(header)
    return {column: names[0] for column, names in found.items() if len(names) == 1}


def _words(text: str) -> frozenset[str]:
    words = frozenset(skeleton(text.replace("№", " ")).split())
    return words - _SIGNS or words


@functools.cache
def _columns() -> dict[frozenset[str], str]:
    table: dict[frozenset[str], str] = {}
    for column, phrases in HEADERS.items():
        for phrase in phrases:
            words = _words(phrase)
            known = table.setdefault(words, column)
            if known != column:
                raise ValueError(f'the header "{phrase}" means both {known} and {column}')
    return table
