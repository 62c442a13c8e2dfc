"""Which name a typed address means: misspelt names, main words, microdistricts with numbers, languages.

1 улица Жубана Молдагалиева: 5, 6       2 улица Туманбая Молдагалиева: 5     3 проспект Абылай хана: 10
4 улица Толе би: 12/1                   5 улица Мира: 4                      6 улица Панфилова: 20
7 улица Панфиловка: 21                  8 микрорайон Самал-2: 33
9 улица Биржан сал, inside 8: 3        10 улица Биржан сал, elsewhere in medeu: 3
"""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.addresses.search import AddressSearch
from geo_service.campaign.model import House, Names, Place

PLACES = (
    Place(1, "street", Names("Жұбан Молдағалиев", "Жубана Молдагалиева", None), ("almaly",)),
    Place(2, "street", Names("Тұманбай Молдағалиев", "Туманбая Молдагалиева", None), ("medeu",)),
    Place(3, "avenue", Names("Абылай хан", "Абылай хана", "Abylai Khan"), ("almaly",)),
    Place(4, "street", Names("Төле би", "Толе би", "Tole Bi"), ("almaly",)),
    Place(5, "street", Names(None, "Мира", None), ("medeu",)),
    Place(6, "street", Names("Панфилов", "Панфилова", "Panfilov"), ("almaly",)),
    Place(7, "street", Names(None, "Панфиловка", None), ("medeu",)),
    Place(8, "microdistrict", Names("Самал-2", "Самал-2", "Samal-2"), ("medeu",)),
    Place(9, "street", Names("Біржан сал", "Биржан сал", None), ("medeu",), 8),
    Place(10, "street", Names("Біржан сал", "Биржан сал", None), ("medeu",)),
)
NUMBERS = {1: "5 6", 2: "5", 3: "10", 4: "12/1", 5: "4", 6: "20", 7: "21", 8: "33", 9: "3", 10: "3"}


@pytest.fixture(scope="module")
def search(small_campaign):
    houses = tuple(
        House(place.id, number, place.districts[0])
        for place in PLACES
        for number in NUMBERS[place.id].split()
    )
    return AddressSearch(dataclasses.replace(small_campaign, places=PLACES, houses=houses, aliases=()))


def found(search, text):
    """Place and house of an answer that is sure of itself."""
    address = search.find(text)
    assert address.status == "found"
    return address.place.id, address.house.number


def choice(search, text):
    """The places and houses that an answer leaves to choose from."""
    address = search.find(text)
    assert (address.status, address.place, address.house) == ("ambiguous", None, None)
    return {(item.place.id, item.house and item.house.number) for item in address.candidates}


@pytest.mark.parametrize(
    "typed",
    [
        "Абыдай хана 10",
        "Абылай ханва 10",
        "Абыай хана 10",
        "Абылйа хана 10",
        "Abylai Khsn 10",
        "пр. Абылай хна, 10",
    ],
)
def test_a_typing_error_in_a_unique_name_is_corrected_and_said(search, typed):
    address = search.find(typed)

    assert (address.status, address.place.id, address.house.number) == ("found", 3, "10")
    assert "corrected" in address.remarks


def test_two_names_equally_close_are_a_choice(small_campaign):
    places = (Place(1, "street", Names(None, "Панфилова")), Place(2, "street", Names(None, "Памфилова")))
    houses = (House(1, "20", "almaly"), House(2, "20", "almaly"))
    search = AddressSearch(dataclasses.replace(small_campaign, places=places, houses=houses, aliases=()))

    assert found(search, "Панфилова 20") == (1, "20")
    assert choice(search, "Парфилова 20") == {(1, "20"), (2, "20")}


def test_an_exact_name_outranks_a_close_one(search):
    assert found(search, "Панфилова 20") == (6, "20")
    assert found(search, "Панфиловка 21") == (7, "21")
    assert search.find("Панфилова 21").status != "found"


@pytest.mark.parametrize("typed", ["Мирв 4", "Мара 4", "улица Мирв 4"])
def test_a_name_of_four_letters_is_never_corrected_without_asking(search, typed):
    assert (5, "4") in choice(search, typed)


@pytest.mark.parametrize(("typed", "place"), [("Абылай 10", 3), ("Жубана 6", 1), ("Туманбая 5", 2)])
def test_the_main_word_of_one_place_alone_finds_it(search, typed, place):
    assert search.find(typed).place.id == place
    assert search.find(typed).status == "found"


@pytest.mark.parametrize("typed", ["Молдагалиева 5", "Молдагалиев 5", "ул. Молдагалиева, 5"])
def test_a_surname_that_several_places_bear_is_a_choice(search, typed):
    assert choice(search, typed) == {(1, "5"), (2, "5")}


def test_the_whole_name_tells_bearers_of_a_surname_apart(search):
    assert found(search, "Жубана Молдагалиева 5") == (1, "5")
    assert found(search, "улица Туманбая Молдагалиева, 5") == (2, "5")
    assert found(search, "Молдагалиева Жубана 6") == (1, "6")


@pytest.mark.parametrize(
    "text", ["Самал-2, 33", "самал 2 33", "2 самал д.33 кв 5", "мкр Самал-2, 33", "Samal-2 33"]
)
def test_the_number_of_a_microdistrict_is_not_the_house(search, text):
    assert found(search, text) == (8, "33")


def test_the_number_of_a_microdistrict_is_never_corrected(search):
    assert search.find("Самал-3, 33").status != "found"


@pytest.mark.parametrize(
    "text",
    [
        "Достык көшесі, 12",
        "Dostyk street, 12",
        "улица Достык, 12",
        "Достык 12",
    ],
)
def test_a_house_number_is_not_the_microdistrict_of_that_number(small_campaign, text):
    places = (
        Place(1, "microdistrict", Names("12", "12", "12"), ("medeu",)),
        Place(2, "street", Names("Достық", "Достык", "Dostyk"), ("medeu",), 1),
        Place(3, "street", Names("Достық", "Достык", "Dostyk"), ("almaly",)),
    )
    houses = (House(1, "5", "medeu"), House(2, "5", "medeu"), House(3, "12", "almaly"))
    search = AddressSearch(dataclasses.replace(small_campaign, places=places, houses=houses, aliases=()))

    assert found(search, text) == (3, "12")


def test_a_street_inside_the_named_microdistrict_is_meant(search):
    assert choice(search, "Биржан сал 3") == {(9, "3"), (10, "3")}
    assert found(search, "мкр Самал-2, ул. Биржан сал 3") == (9, "3")


@pytest.mark.parametrize(
    "text", ["Tole Bi 12/1", "Төле би көшесі, 12/1-үй", "12/1 Tole Bi", "толеби 12/1", "njkt ,b 12/1"]
)
def test_languages_layouts_and_orders_lead_to_one_house(search, text):
    assert found(search, text) == (4, "12/1")


@given(st.sampled_from([place for place in PLACES if place.id in {1, 3, 6}]), st.data())
def test_one_random_error_never_leads_to_another_place(search, place, data):
    name = place.names.ru
    at = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from("абвгдеиклмнорстуя"))
    house = NUMBERS[place.id].split()[0]

    address = search.find(f"{name[:at]}{letter}{name[at + 1 :]} {house}")

    assert address.status != "found" or address.place is place
