from __future__ import annotations

import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.addresses.station_names import StationNames
from geo_service.campaign.model import Names, Station

NAMES = {
    1: Names("№ 144 мектеп-гимназия", "Школа-гимназия № 144", "School-Gymnasium No. 144"),
    3: Names("№ 18 лицей", "Лицей № 18", "Lyceum No. 18"),
    4: Names("№ 18 мамандандырылған лицей", "Специализированный лицей № 18", "Specialised Lyceum No. 18"),
    5: Names("№ 6 балалар-жасөспірімдер спорт мектебі", "Детско-юношеская спортивная школа № 6",
             "Children's and Youth Sports School No. 6"),
    6: Names(None, "Коммунальное государственное учреждение «Общеобразовательная школа №14»"),
    7: Names("«Алатау» мәдениет үйі", "Дом культуры «Алатау»", "Alatau House of Culture"),
    8: Names("Достық үйі", "Дом дружбы", "House of Friendship"),
    9: Names("Алматы туризм және қонақжайлылық колледжі", "Алматинский колледж туризма и гостеприимства",
             "Almaty College of Tourism and Hospitality"),
    10: Names(None, "КГУ «Школа-гимназия № 139 имени Ахмета Байтурсынова»"),
    11: Names("№ 3 перзентхана", "Родильный дом № 3", "Maternity Hospital No. 3"),
    12: Names("№ 5 әскери бөлім", "Войсковая часть № 5", "Military Unit No. 5"),
    13: Names("№ 22 бастауыш мектеп", "Начальная школа № 22", "Primary School No. 22"),
    14: Names("Оқушылар сарайы", "Дворец школьников", "Schoolchildren's Palace"),
    15: Names("№ 139 балалар музыка мектебі", "Детская музыкальная школа № 139",
             "Children's Music School No. 139"),
}  # fmt: skip


def _station(precinct: int, names: Names, building: int | None = None) -> Station:
    return Station(precinct, f"b{building or precinct}", names, Names())


@pytest.fixture(scope="module")
def names() -> StationNames:
    """The stations above; 2 votes in the building of 1."""
    return StationNames([*(_station(number, of) for number, of in NAMES.items()), _station(2, NAMES[1], 1)])


@pytest.mark.parametrize(
    "text",
    [
        "144 мектеп", "мектеп 144", "№144 мектеп", "144-мектеп", "144-ші мектеп", "№ 144 мектеп-гимназия",
        "№ 144 мектебі", "школа 144", "школа №144", "144 школа", "144-я школа", "СОШ 144", "сш №144",
        "Школа-гимназия № 144",
        "гимназия 144", "144 гимназиясы", "школа гимназия 144", "КГУ «Школа-гимназия № 144»", "школа144",
        "ШКОЛА 144",
        "в школе 144", "school 144", "144 school", "School No. 144", "shkola 144", "mektep 144",
        "gimnaziya 144",
        "гимнaзия 144", "гимназя 144", "гимназии 144",
    ],
)  # fmt: skip
def test_a_school_is_found_by_its_number_in_any_order_and_language(names, text):
    assert names.matching(text) == ((1, 2),)


@pytest.mark.parametrize(
    ("text", "precinct"),
    [
        ("Общеобразовательная школа № 14", 6),
        ("14 мектеп", 6),
        ("school 14", 6),
        ("средняя школа 14", 6),
        ("ДЮСШ 6", 5),
        ("спортивная школа 6", 5),
        ("Children's and Youth Sports School No. 6", 5),
        ("роддом 3", 11),
        ("родильный дом 3", 11),
        ("в/ч 5", 12),
        ("воинская часть № 5", 12),
        ("начальная школа 22", 13),
        ("139 школа имени Байтурсынова", 10),
        ("гимназия Байтурсынова", 10),
        ("ДМШ 139", 15),
    ],
)
def test_institutions_are_found_by_what_people_call_them(names, text, precinct):
    assert names.matching(text) == ((precinct,),)


@pytest.mark.parametrize(
    ("text", "precinct"),
    [
        ("Дом культуры Алатау", 7),
        ("ДК «Алатау»", 7),
        ("алатау мәдениет үйі", 7),
        ("Alatau house of culture", 7),
        ("дом культура Алатау", 7),
        ("Дом дружбы", 8),
        ("достык уйи", 8),
        ("колледж туризма", 9),
        ("колледж гостеприимства и туризма", 9),
        ("колледж гостиприимства", 9),
        ("туризм колледжі", 9),
        ("дворец школьников", 14),
        ("дворец школников", 14),
        ("оқушылар сарайы", 14),
    ],
)
def test_a_name_without_number_is_found_by_its_own_words(names, text, precinct):
    assert names.matching(text) == ((precinct,),)


def test_a_building_named_in_full_outranks_longer_names(names):
    assert names.matching("лицей 18") == ((3,),)
    assert names.matching("специализированный лицей 18") == ((4,),)


def test_several_buildings_come_in_order_of_closeness(names):
    """Both are schools with the number 139; the one has less that was not said."""
    assert names.matching("школа 139") == ((10,), (15,))


def test_a_lyceum_is_found_as_a_school_where_no_school_has_the_number(names):
    assert names.matching("школа 18") == ((3,), (4,))
    assert names.matching("средняя школа 18") == ((3,), (4,))
    assert names.matching("гимназия 18") == ()
    assert names.matching("средняя школа 22") == ()


@pytest.mark.parametrize(
    "text",
    [
        "", "144", "№ 144", "школа", "гимназия", "колледж", "дом", "дом 3", "дом 5", "үй 5", "центр",
        "часть 5",
        "Школьная 5", "Школьная 144", "мкр Школьный 3", "Абая 10", "Алатау", "Алатау 14", "мкр Алатау 14",
        "Достык 14",
        "Дружбы дом 3", "Абая 144 школа", "школа 144 Абая", "школа 144а", "школа 144/1", "школа 145",
        "школа 14 144",
        "школа 41", "больница 144", "колледж 18", "КГУ", "КГУ 144", "город Алматы", "имени",
        "Музыкальная 139",
        "Спортивная 6", "Госпитальная 7", "Начальная 22", "участок 5", "школа " * 100,
    ],
)  # fmt: skip
def test_anything_else_is_no_station(names, text):
    assert names.matching(text) == ()


def test_at_most_ten_buildings_are_given():
    same = Names(None, "Школа № 7")

    groups = StationNames([_station(number, same) for number in range(1, 16)]).matching("школа 7")

    assert groups == tuple((number,) for number in range(1, 11))


def test_no_station_has_no_names():
    assert StationNames([]).matching("школа 7") == ()
    assert StationNames([_station(1, Names())]).matching("школа 7") == ()


def test_every_station_of_the_sample_city_is_found_by_its_name_in_each_language(sample_city):
    stations = sample_city.campaign.stations
    names = StationNames(stations)

    for station in stations:
        for name in station.names.as_dict().values():
            (group,) = names.matching(name)
            assert station.precinct in group


def test_no_address_of_the_sample_city_is_a_station(sample_city):
    """Except those on a street whose Kazakh name is the word for a school or a library: the search asks."""
    campaign = sample_city.campaign
    names = StationNames(campaign.stations)
    places = {place.id: place.names for place in campaign.places}

    taken = {
        name
        for house in campaign.houses[::9]
        for name in places[house.place].as_dict().values()
        if name and (names.matching(f"{name} {house.number}") or names.matching(f"{name} дом {house.number}"))
    }

    assert taken <= {"Мектеп", "Кітапхана"}


def test_no_real_street_is_a_station(sample_city, almaty_data):
    streets = json.loads((almaty_data / "streets.geojson").read_bytes())["features"]
    kinds = {"улица", "көшесі", "проспект", "даңғылы", "переулок", "бульвар", "микрорайон", "ықшамауданы"}
    bare = {
        " ".join(word for word in street["properties"]["name"].split() if word not in kinds)
        for street in streets
    }
    names = StationNames(sample_city.campaign.stations)

    numbers = (1, 2, 3, 5, 6, 7, 12, 17, 18, 19, 22, 24)
    taken = {name for name in bare for number in numbers if names.matching(f"{name} {number}")}

    assert taken <= {"Мектеп", "Кітапхана"}


@pytest.mark.parametrize(
    ("text", "precincts"),
    [
        ("школа 144", {60, 71}),
        ("144 мектеп", {60, 71}),
        ("школа 18", {58, 62}),
        ("гимназия жаңа ғасыр", {129, 134}),
        ("университет Нархоз", {141, 142}),
        ("музыкальный колледж", {64, 65}),
        ("колледж моды", {109}),
        ("в/ч 7552", {10}),
        ("театр Алатау", {545}),
    ],
)
def test_real_institutions_are_found(almaty_data, text, precincts):
    with (almaty_data / "stations_2021.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    stations = [
        Station(int(row["precinct_number"]), row["address"], Names(None, row["institution"]), Names())
        for row in rows
    ]

    assert {number for group in StationNames(stations).matching(text) for number in group} == precincts


@given(st.text())
def test_no_text_raises(text):
    names = StationNames([_station(number, of) for number, of in NAMES.items()])

    assert isinstance(names.matching(text), tuple)


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_name_raises(name, text):
    names = StationNames([_station(1, Names(name, name, name)), _station(2, NAMES[1])])

    assert isinstance(names.matching(text), tuple)
    assert isinstance(names.matching(name), tuple)
