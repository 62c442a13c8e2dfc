"""What a typed address is decided to mean, in a city of a few places that are easily confused.

1 проспект Абая: 10, 12, 14, 45         2 улица Абая, medeu: 12, 14, 77
3 улица Садовая, almaly: 5, 7           4 улица Садовая, medeu: 5, 9
5 проспект Абылай хана: 10              6 улица Толе би (old: Комсомольская): 12/1, 12А, 30/2
7 улица Гоголя (old: Садовая): 1, 3     8 микрорайон Самал-2: 33         9 переулок Достык: 8
"""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.addresses.search import AddressSearch
from geo_service.campaign.model import Alias, House, Names, Place

PLACES = (
    Place(1, "avenue", Names("Абай", "Абая", "Abay"), ("almaly", "bostandyk")),
    Place(2, "street", Names("Абай", "Абая", "Abay"), ("medeu",)),
    Place(3, "street", Names(None, "Садовая", None), ("almaly",)),
    Place(4, "street", Names(None, "Садовая", None), ("medeu",)),
    Place(5, "avenue", Names("Абылай хан", "Абылай хана", "Abylai Khan"), ("almaly",)),
    Place(6, "street", Names("Төле би", "Толе би", "Tole Bi"), ("almaly",)),
    Place(7, "street", Names("Гоголь", "Гоголя", "Gogol"), ("almaly",)),
    Place(8, "microdistrict", Names("Самал-2", "Самал-2", "Samal-2"), ("medeu",)),
    Place(9, "lane", Names("Достық", "Достык", "Dostyk"), ("medeu",)),
)
NUMBERS = {
    1: "10 12 14 45", 2: "12 14 77", 3: "5 7", 4: "5 9", 5: "10", 6: "12/1 12А 30/2", 7: "1 3", 8: "33",
    9: "8",
}  # fmt: skip
ALIASES = (Alias(6, "Комсомольская", "ru", "old"), Alias(7, "Садовая", "ru", "old"))


@pytest.fixture(scope="module")
def search(small_campaign):
    houses = tuple(
        House(place.id, number, place.districts[0])
        for place in PLACES
        for number in NUMBERS[place.id].split()
    )
    return AddressSearch(dataclasses.replace(small_campaign, places=PLACES, houses=houses, aliases=ALIASES))


def found(search, text, **options):
    """Place and house of an answer that is sure of itself."""
    address = search.find(text, **options)
    assert address.status == "found"
    return address.place.id, address.house.number


def choice(search, text, **options):
    """The places and houses that an answer leaves to choose from."""
    address = search.find(text, **options)
    assert address.status == "ambiguous"
    assert (address.place, address.house) == (None, None)
    return {(item.place.id, item.house and item.house.number) for item in address.candidates}


def test_house_of_the_only_place_of_a_name_is_found(search):
    assert found(search, "улица Толе би, 12/1") == (6, "12/1")
    assert search.find("улица Толе би, 12/1").remarks == ()


def test_avenue_and_street_of_one_name_are_a_choice_where_both_have_the_house(search):
    assert choice(search, "Абая 12") == {(1, "12"), (2, "12")}


def test_avenue_and_street_of_one_name_are_told_apart_by_the_kind_word(search):
    assert found(search, "проспект Абая, 12") == (1, "12")
    assert found(search, "улица Абая, 12") == (2, "12")
    assert found(search, "Абай даңғылы, 12") == (1, "12")
    assert found(search, "Абай көшесі, 12") == (2, "12")


def test_the_only_namesake_with_the_house_is_found_and_the_other_is_named(search):
    address = search.find("Абая 77")

    assert (address.status, address.place.id) == ("found", 2)
    assert "other_places" in address.remarks


def test_a_house_of_the_other_kind_is_offered_never_taken(search):
    assert (1, "45") in choice(search, "улица Абая, 45")


def test_a_street_that_is_really_an_avenue_is_found_with_a_remark(search):
    address = search.find("улица Абылай хана, 10")

    assert (address.status, address.place.id) == ("found", 5)
    assert "other_kind" in address.remarks


@pytest.mark.parametrize("text", ["площадь Толе би, 12/1", "мкр Гоголя, 3", "улица Достык, 8"])
def test_a_kind_that_nobody_confuses_with_that_of_the_place_is_asked_about(search, text):
    assert len(choice(search, text)) == 1


def test_one_name_in_two_districts_is_a_choice(search):
    assert {place for place, _ in choice(search, "Садовая 5")} >= {3, 4}


@pytest.mark.parametrize(
    "text", ["Алмалинский район, Садовая 5", "Садовая 5, Алмалы ауданы", "Садовая 5 almaly district"]
)
def test_a_district_tells_namesakes_apart(search, text):
    assert found(search, text) == (3, "5")


def test_a_chosen_district_tells_namesakes_apart(search):
    assert found(search, "Садовая 5", district="medeu") == (4, "5")


def test_a_district_against_the_only_place_is_asked_about(search):
    assert (7, "3") in choice(search, "Медеуский район, Гоголя 3")
    assert (7, "3") in choice(search, "Гоголя 3", district="medeu")


@pytest.mark.parametrize("number", ["12", "12Б", "12/2", "12/1А", "30", "30А"])
def test_a_number_is_never_taken_for_another_of_its_building(search, number):
    address = search.find(f"Толе би {number}")

    assert (address.status, address.place.id, address.house) == ("house_unknown", 6, None)
    offered = [item.house.number for item in address.candidates]
    assert set(offered) <= {"12/1", "12А", "30/2"}
    assert offered[0].startswith(number[:2])


@pytest.mark.parametrize("typed", ["30 корпус 2", "30к2", "30 к. 2", "30 корп 2"])
def test_a_part_of_a_building_is_its_fraction_where_the_data_say_so(search, typed):
    address = search.find(f"Толе би {typed}")

    assert (address.status, address.house.number) == ("found", "30/2")
    assert "house_form" in address.remarks


@pytest.mark.parametrize(
    "typed", ["12А", "12 а", "12a", "12-а", "12А, кв. 7777", "дом 12а подъезд 3", "12 А үй, 7777 пәтер"]
)
def test_forms_of_a_number_and_flats_beside_it_change_nothing(search, typed):
    assert found(search, f"Толе би {typed}") == (6, "12А")


def test_an_unknown_house_of_several_namesakes_leaves_the_places_to_choose(search):
    address = search.find("Садовая 100")

    assert (address.status, address.place) == ("house_unknown", None)
    assert {item.place.id for item in address.candidates} >= {3, 4}


def test_an_old_name_finds_the_place_of_today_and_says_so(search):
    address = search.find("Комсомольская 12/1")

    assert (address.status, address.place.id) == ("found", 6)
    assert "old_name" in address.remarks
    assert address.match.name.alias.name == "Комсомольская"


def test_a_live_name_outranks_an_old_one(search):
    assert found(search, "Садовая 7") == (3, "7")


def test_a_house_that_only_the_place_of_the_old_name_has_is_asked_about(search):
    assert (7, "3") in choice(search, "Садовая 3")


@pytest.mark.parametrize("text", ["Гоголя 3 угол Толе би", "Толе би угол Гоголя 3", "Гоголя 3, уг. Толе би"])
def test_of_a_corner_the_street_with_the_number_is_meant(search, text):
    assert found(search, text) == (7, "3")


def test_a_corner_without_number_is_a_choice_of_both_streets(search):
    assert choice(search, "угол Гоголя и Толе би") == {(6, None), (7, None)}


@pytest.mark.parametrize(
    "text", ["Астана, Гоголя 3", "Каскелен", "г. Шымкент ул. Гоголя 3", "Гоголя 3, Астана"]
)
def test_an_address_in_another_town_is_outside(search, text):
    assert search.find(text).status == "outside"


@pytest.mark.parametrize(
    "text", ["Алматы, Гоголя 3", "г. Алматы, ул. Гоголя, д. 3, кв. 7777", "050000 Алматы Гоголя 3"]
)
def test_the_own_city_changes_nothing(search, text):
    assert found(search, text) == (7, "3")


@pytest.mark.parametrize(
    ("text", "place"), [("улица Абая", 2), ("Толе би", 6), ("Самал-2", 8), ("Комсомольская", 6)]
)
def test_the_only_place_without_number_is_that_place(search, text, place):
    address = search.find(text)

    assert (address.status, address.place.id, address.house) == ("street_only", place, None)


def test_several_places_without_number_are_a_choice(search):
    assert choice(search, "Абая") == {(1, None), (2, None)}


@pytest.mark.parametrize(
    "text", ["", " ", ",,,", "45", "Неведомая 5", "\x00", "Алматы", "😀 12", "' OR 1=1 --"]
)
def test_what_names_no_place_is_not_found(search, text):
    address = search.find(text)

    assert (address.status, address.place) == ("not_found", None)


def test_the_rest_of_a_text_must_not_contradict_the_name(search):
    assert search.find("улица Неведомая, Гоголя 3").status != "found"


def test_a_house_at_a_chosen_place_is_found_by_its_number_alone(search):
    assert search.find("дом 12, кв 7777", place=PLACES[0]).house.number == "12"
    assert search.find("13", place=PLACES[0]).status == "house_unknown"
    assert search.find("", place=PLACES[0]).status == "street_only"


def test_candidates_are_scored_within_one_and_the_likeliest_comes_first(search):
    candidates = search.find("Абая 12").candidates
    totals = [search.score(candidate)["total"] for candidate in candidates]

    assert totals == sorted(totals, reverse=True)
    assert all(0 <= total <= 1 for total in totals)


def test_letter_and_part_in_one_word_are_not_dropped(search):
    assert search.find("проспект Абая, 12ак2").status != "found"


PIECES = st.sampled_from(
    [
        "улица", "проспект", "мкр", "көшесі", "Абая", "Садовая", "Гоголя", "Толе", "би", "Самал", "-", "2",
        "12", "/", "А", "корпус", "кв", "угол", ",", "Астана", "Медеуский", "р-н", "№", "f,fz", "улицагоголя",
    ]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join)))
def test_no_text_raises_and_every_answer_is_whole(search, text):
    address = search.find(text)

    assert (address.status == "found") == (address.house is not None)
    assert address.status != "ambiguous" or address.candidates
    assert address.house is None or address.house.place == address.place.id
