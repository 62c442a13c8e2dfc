"""House lists of a campaign as five offices might write them, each to its own workbook.

Written from the campaign alone, sharing nothing with the reader of lists: a street has its kind word, a
microdistrict a column of its own, and a range is used only where it holds no house of another precinct.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from openpyxl import Workbook

from geo_service.campaign.model import Campaign, House, Place

#: A row: precinct, district, microdistrict, street, houses.
Row = tuple[int, str, str, str, str]

RUSSIAN = {"street": "улица {}", "avenue": "проспект {}", "boulevard": "бульвар {}", "lane": "переулок {}",
           "highway": "шоссе {}", "square": "площадь {}", "microdistrict": "микрорайон {}",
           "complex": "ЖК {}", "settlement": "посёлок {}", "other": "{}"}  # fmt: skip
KAZAKH = {"street": "{} көшесі", "avenue": "{} даңғылы", "boulevard": "{} бульвары", "lane": "{} тұйығы",
          "highway": "{} тас жолы", "square": "{} алаңы", "microdistrict": "{} шағын ауданы",
          "complex": "{} тұрғын үй кешені", "settlement": "{} ауылы", "other": "{}"}  # fmt: skip


def number_of(house: House) -> int:
    return int(re.match(r"\d+", house.number)[0])


def groups(campaign: Campaign) -> Iterator[tuple[tuple[int, int, str], list[House]]]:
    """The houses of each precinct at each street in each district."""
    found = defaultdict(list)
    for house in campaign.houses:
        if house.precinct is not None:
            found[house.precinct, house.place, house.district].append(house)
    yield from sorted(found.items())


def in_words(campaign: Campaign, language: str) -> Callable[[Place], str]:
    words = KAZAKH if language == "kk" else RUSSIAN
    return lambda place: words[place.kind].format(place.names.best(language))


def rows(
    campaign: Campaign, language: str, houses_text: Callable[[list[House], list[House]], str]
) -> list[Row]:
    places = {place.id: place for place in campaign.places}
    districts = {district.code: district.names.best(language) for district in campaign.districts}
    of_place = defaultdict(list)
    for house in campaign.houses:
        of_place[house.place].append(house)
    called = in_words(campaign, language)
    listed = []
    for (precinct, place_id, district), houses in groups(campaign):
        place = places[place_id]
        within = "" if place.within is None else called(places[place.within])
        street = called(place)
        text = houses_text(houses, of_place[place_id])
        listed.append((precinct, districts.get(district, district), within, street, text))
    return listed


def singles(houses: list[House], _: list[House]) -> str:
    return ", ".join(house.number for house in sorted(houses, key=number_of))


def ranges(houses: list[House], others: list[House], *, side: int | None = None, words: str = "") -> str:
    """Houses as ranges that hold no house of anybody else; ``side`` is the rest by 2 of one side only."""
    own = {house.number for house in houses}
    numbers = defaultdict(list)
    for house in others:
        if side is None or number_of(house) % 2 == side:
            numbers[number_of(house)].append(house.number)
    parts = []
    runs = itertools.groupby(sorted(numbers), key=lambda n: set(numbers[n]) <= own)
    for is_own, run in runs:
        between = list(run)
        if is_own and len(between) > 2:
            parts.append(f"{between[0]}-{between[-1]}{words}")
        else:
            parts += [number for n in between for number in numbers[n] if number in own]
    return ", ".join(parts)


def sides(odd: str, even: str, whole: str) -> Callable[[list[House], list[House]], str]:
    def text(houses: list[House], others: list[House]) -> str:
        if len(houses) == len(others):
            return whole
        halves = []
        for rest, words in ((1, odd), (0, even)):
            own = [house for house in houses if number_of(house) % 2 == rest]
            halves += [ranges(own, others, side=rest, words=f" {words}")] if own else []
        return "; ".join(halves)

    return text


def write(path: Path, header: Iterable[str], listed: Iterable[Iterable[object]], *, title: str = "") -> Path:
    book = Workbook(write_only=not title)
    sheet = book.create_sheet("Тізім") if not title else book.active
    if title:
        sheet.append([title])
        sheet.merge_cells("A1:E1")
        sheet.append([])
    sheet.append(list(header))
    for row in listed:
        sheet.append(list(row))
    book.save(path)
    return path


def street_per_row(campaign: Campaign, path: Path) -> Path:
    header = ("№ участка", "Район", "Микрорайон", "Улица", "Дома")
    return write(path, header, rows(campaign, "ru", singles))


def house_per_row(campaign: Campaign, path: Path) -> Path:
    listed = (
        (f"{house} ", street, area, district, f"Участок № {precinct}")
        for precinct, district, area, street, houses in rows(campaign, "ru", singles)
        for house in houses.split(", ")
    )
    return write(path, ("Дом №", "Наименование улицы", "Мкр.", "Район города", "УИК"), listed)


def range_rows(campaign: Campaign, path: Path) -> Path:
    listed = [
        (precinct, district, f"{area}, {street}: {houses}" if area else f"{street}: {houses}")
        for precinct, district, area, street, houses in rows(campaign, "ru", ranges)
    ]
    return write(path, ("Участок", "Район", "Границы участка"), listed)


def odd_and_even(campaign: Campaign, path: Path) -> Path:
    listed = rows(campaign, "ru", sides("(нечётные)", "(чётные)", "все дома"))
    header = ("Номер участка", "Район", "Микрорайон", "Улица", "Номера домов")
    return write(path, header, listed, title="Список домов по избирательным участкам")


def kazakh_headers(campaign: Campaign, path: Path) -> Path:
    listed = rows(campaign, "kk", sides("тақ", "жұп", "барлық үйлер"))
    header = ("Учаске №", "Аудан", "Шағын аудан", "Көше", "Үйлер")
    return write(path, header, listed, title="Сайлау учаскелері бойынша үйлер тізімі")


LAYOUTS = {
    "street per row": street_per_row,
    "house per row": house_per_row,
    "ranges": range_rows,
    "odd and even": odd_and_even,
    "Kazakh headers": kazakh_headers,
}
