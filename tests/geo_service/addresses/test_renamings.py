"""Old names: which there are, and which place of a campaign has them now."""

from __future__ import annotations

import re
from collections import Counter
from typing import get_args

import pytest
from shapely import LineString, Point

from geo_service.addresses.renamings import aliases_of, cities_with_renamings, read_renamings
from geo_service.campaign.model import Alias, AliasKind, Language, Names, Place, PlaceKind
from geo_service.errors import SourceError

DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
DISTRICTS = {"alatau", "almaly", "auezov", "bostandyk", "zhetysu", "medeu", "nauryzbay", "turksib"}


@pytest.fixture(scope="module")
def renamings():
    return read_renamings("almaty")


def line(length, lat=43.25):
    return LineString([(76.9, lat), (76.9 + length, lat)])


def place(number, kind, names, *, districts=("almaly",), within=None, length=0.01):
    geometry = Point(76.9, 43.25) if kind == "microdistrict" else line(length)
    return Place(number, kind, names, districts, within, geometry)


def owners(renamings, old_name, *places):
    return [alias.place for alias in aliases_of(places, renamings) if alias.name == old_name]


def test_almaty_is_the_city_whose_renamings_are_known():
    assert cities_with_renamings() == ("almaty",)


def test_unknown_city_is_refused_with_the_known_ones():
    with pytest.raises(SourceError, match="astana") as caught:
        read_renamings("astana")

    assert "almaty" in caught.value.remedy


def test_every_renaming_has_names_in_two_languages_known_words_and_a_source(renamings):
    for item in renamings:
        assert item.kind in get_args(PlaceKind)
        assert item.old_kind is None or item.old_kind in set(get_args(PlaceKind)) - {item.kind}
        assert item.alias_kind in get_args(AliasKind)
        assert item.language in get_args(Language)
        assert item.names.kk
        assert item.names.ru
        assert item.old_name
        assert set(item.districts) <= DISTRICTS
        assert item.source
        assert all(DATE.fullmatch(date) for date in (item.valid_from, item.valid_to) if date)


def test_no_renaming_is_there_twice(renamings):
    counts = Counter((item.old_name, item.names.ru, item.districts) for item in renamings)

    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize(
    ("old_name", "now"),
    [
        ("Комсомольская", {"Толе би"}),
        ("Фурманова", {"Назарбаева"}),
        ("Ленина", {"Достык", "Василия Бенберина"}),
        ("Дубок", {"Шабыт"}),
        ("Алатау", {"Нур Алатау", "Байтак"}),
        ("Арбат", {"Жибек жолы"}),
    ],
)
def test_old_name_is_known_with_its_new_ones(renamings, old_name, now):
    assert {item.names.ru for item in renamings if item.old_name == old_name} == now


@pytest.mark.parametrize(
    "old_name",
    ["Октябрьская", "Емелева", "Ташкентская", "Пастера", "Правды", "Гагарина", "Черкасской обороны",
     "Юбилейная", "50 лет Октября", "Докучаева", "Красноармейская", "Карагайлы-2"],
)  # fmt: skip
def test_draft_planned_partial_and_doubtful_renamings_stay_out(renamings, old_name):
    assert [item for item in renamings if item.old_name == old_name] == []


def test_alias_carries_dates_and_source(renamings):
    avenue = place(5, "avenue", Names("Назарбаев", "Назарбаева"))

    alias = next(alias for alias in aliases_of([avenue], renamings) if alias.name == "Фурманова")

    assert alias == Alias(5, "Фурманова", "ru", "old", None, "2017-11-30", "informburo.kz; wafarin.com")


def test_colloquial_name_is_no_old_one(renamings):
    avenue = place(1, "avenue", Names("Жібек жолы", "Жибек жолы"))

    kinds = {alias.name: alias.kind for alias in aliases_of([avenue], renamings)}

    assert kinds == {"Арбат": "colloquial", "Горького": "old", "Торговая": "old"}


@pytest.mark.parametrize(
    "names",
    [Names(kk="Төле би"), Names(ru="Толе Би"), Names(kk="Толе би"), Names("Төле би", "улица с опечаткой")],
)
def test_place_with_a_name_in_one_language_is_found(renamings, names):
    assert owners(renamings, "Комсомольская", place(7, "street", names)) == [7]


def test_old_name_of_the_avenue_goes_to_no_street_of_that_name(renamings):
    streets = [place(number, "street", Names("Достық", "Достык")) for number in range(1, 12)]
    avenue = place(12, "avenue", Names("Достық", "Достык"), length=0.001)

    assert owners(renamings, "Колпаковская", *streets, avenue) == [12]
    assert owners(renamings, "Колпаковская", *streets) == []
    assert owners(renamings, "Колпаковская", streets[0]) == []


def test_longest_of_several_has_the_old_name(renamings):
    short, long = (
        place(number, "street", Names("Гоголь", "Гоголя"), length=length)
        for number, length in ((1, 0.01), (2, 0.05))
    )

    assert owners(renamings, "Штабная", short, long) == [2]


def test_length_is_that_on_the_ground(renamings):
    """A degree of longitude is shorter than one of latitude."""
    east = Place(1, "street", Names(ru="Гоголя"), ("almaly",), None, line(0.012))
    north = Place(
        2, "street", Names(ru="Гоголя"), ("almaly",), None, LineString([(76.9, 43.2), (76.9, 43.21)])
    )

    assert owners(renamings, "Штабная", east, north) == [2]


def test_street_in_a_microdistrict_never_inherits_from_the_central_one(renamings):
    village = place(1, "microdistrict", Names("Шаңырақ-1", "Шанырак-1"))
    inside = place(2, "street", Names("Төле би", "Толе би"), within=1, length=0.2)
    central = place(3, "street", Names("Төле би", "Толе би"))

    assert owners(renamings, "Комсомольская", village, inside, central) == [3]
    assert owners(renamings, "Комсомольская", village, inside) == []


def test_renaming_of_a_district_stays_in_it(renamings):
    here = place(1, "street", Names("Бенберин", "Бенберина"), districts=("alatau",))
    elsewhere = place(2, "street", Names("Бенберин", "Бенберина"), districts=("medeu",), length=0.1)

    assert owners(renamings, "Ленина", here, elsewhere) == [1]


def test_kinds_that_sources_exchange_are_one_where_a_district_is_stated(renamings):
    avenue = place(1, "avenue", Names(ru="Бенберина"), districts=("alatau",))
    lane = place(2, "lane", Names(ru="Бенберина"), districts=("alatau",))
    street = place(3, "street", Names(ru="Бенберина"), districts=("alatau",), length=0.001)

    assert owners(renamings, "Ленина", avenue, lane) == [1]
    assert owners(renamings, "Ленина", avenue, lane, street) == [3]
    assert owners(renamings, "Ленина", lane) == []


def test_whole_name_goes_before_the_surname(renamings):
    surname = place(1, "street", Names(ru="Мамбетова"), districts=("alatau",), length=0.1)
    whole = place(2, "street", Names(ru="Азербайжана Мамбетова"), districts=("alatau",))

    assert owners(renamings, "Абая", surname, whole) == [2]
    assert owners(renamings, "Абая", surname) == [1]


def test_last_word_of_a_thing_is_no_surname(renamings):
    horde = place(1, "street", Names("Орда", "Орда"), districts=("alatau",))

    assert owners(renamings, "Высоковольтная", horde) == []


def test_stated_microdistrict_excludes_streets_of_others(renamings):
    kalkaman = place(1, "microdistrict", Names(ru="Калкаман 2"), districts=("nauryzbay",))
    other = place(2, "microdistrict", Names(ru="Шугыла"), districts=("nauryzbay",))
    of_other = place(3, "street", Names(ru="Ашимова"), districts=("nauryzbay",), within=2, length=0.1)
    own = place(4, "street", Names(ru="Ашимова"), districts=("nauryzbay",), within=1)

    assert owners(renamings, "Ауэзова", kalkaman, other, of_other, own) == [4]
    assert owners(renamings, "Ауэзова", kalkaman, other, of_other) == []


def test_microdistricts_are_told_apart_by_district_and_by_nothing_else(renamings):
    bostandyk = place(1, "microdistrict", Names("Нұр Алатау", "Нур-Алатау"), districts=("bostandyk",))
    twins = [place(number, "microdistrict", Names(ru="Шабыт")) for number in (2, 3)]

    assert owners(renamings, "Алатау", bostandyk) == [1]
    assert owners(renamings, "Дубок", *twins) == []
    assert owners(renamings, "Дубок", twins[0]) == [2]


def test_aliases_are_in_the_order_of_the_file_and_none_is_there_twice(renamings):
    places = [place(2, "street", Names(ru="Толе би")), place(1, "avenue", Names(ru="Абая"))]

    aliases = aliases_of(places, [*renamings, *renamings])

    assert [(alias.place, alias.name) for alias in aliases] == [
        (1, "Арычная"), (2, "Гимназическая"), (2, "Комсомольская"),
    ]  # fmt: skip


def test_live_name_does_not_hinder_the_old_one(renamings):
    avenue = place(1, "avenue", Names(ru="Достык"))
    live = place(2, "avenue", Names(ru="Ленина"))

    assert owners(renamings, "Ленина", avenue, live) == [1]
