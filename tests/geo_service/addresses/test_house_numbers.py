from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.addresses.house_numbers import base, by_sound, canonical, compose, nearest, order, same_base
from geo_service.addresses.tokens import read_tokens

NUMBER = st.from_regex(r"\A[1-9][0-9]{0,3}([АБВГДЕЖ]?(/[1-9][0-9]?[АБ]?)?|К[1-9])\Z")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12", "12"), (" 12 ", "12"), ("12а", "12А"), ("12 А", "12А"), ("12-А", "12А"), ("39-а", "39А"),
        ("12A", "12А"), ("12a", "12А"), ("12/1", "12/1"), ("12 / 1", "12/1"), ("12\\1", "12/1"),
        ("12а/1б", "12А/1Б"), ("24/", "24"), ("12/а", "12/А"),
        ("12 корпус 2", "12К2"), ("12 корп. 2", "12К2"), ("12к2", "12К2"),
        ("12k2", "12К2"), ("12/1к3", "12/1К3"), ("１２", "12"), ("٣", "3"), ("12 блок 4", "12К4"),
    ],
)  # fmt: skip
def test_ways_to_write_a_number_have_one_canonical_form(written, number):
    assert canonical(written) == number


@pytest.mark.parametrize(("written", "number"), [("б/н", "Б/Н"), (" уч. 7 ", "УЧ.7"), ("", "")])
def test_what_is_no_number_is_only_tidied(written, number):
    assert canonical(written) == number


@given(NUMBER)
def test_canonical_is_idempotent(number):
    assert canonical(number) == number


@given(NUMBER, st.sampled_from([str.lower, str.upper]), st.sampled_from(["", " "]))
def test_a_typed_number_and_that_of_the_campaign_meet(number, case, gap):
    typed = case(number).replace("/", f"{gap}/{gap}")

    tokens = read_tokens(f"Абая {typed}")

    assert canonical(typed) == number
    assert [token.text for token in tokens if token.type == "number"] == [number]


def test_letter_and_part_in_one_word_are_one_number():
    assert [token.text for token in read_tokens("12ак2")] == [canonical("12ак2")] == ["12АК2"]


def test_leading_zeros_of_a_campaigns_number_are_dropped_as_those_of_a_typed_one():
    assert canonical("012") == compose("012") == "12"


@given(st.text())
def test_no_text_raises(text):
    number = canonical(text)

    assert order(number) == (base(number), number)


def test_parts_make_a_number():
    assert compose("012", "a", "3", "b", "2") == "12А/3ВК2"


@pytest.mark.parametrize(("letter", "meant"), [("b", "Б"), ("h", "Х"), ("c", "Ц"), ("a", ""), ("б", "")])
def test_a_latin_letter_may_stand_for_its_sound(letter, meant):
    assert by_sound(letter) == meant


def test_base_is_the_number_without_letter_and_fraction():
    assert [base(number) for number in ("12", "12А", "12/1", "12А/1К2", "Б/Н")] == [12, 12, 12, 12, -1]


def test_numbers_of_one_base_are_in_the_order_that_people_count():
    assert same_base("12", ["12/1", "2", "12А", "120", "12"]) == ["12", "12/1", "12А"]


def test_numbers_are_sorted_by_value_before_letters():
    assert sorted(["10А", "2", "10", "10/1", "1"], key=order) == ["1", "2", "10", "10/1", "10А"]


def test_nearest_numbers_come_first_and_no_more_than_asked():
    assert nearest("12", ["2", "40", "14", "100", "10"], 2) == ["10", "14"]


def test_the_own_side_of_the_street_comes_before_the_other():
    assert nearest("12", ["11", "13", "10", "14"], 4)[-2:] != ["10", "14"]
    assert nearest("12", ["13", "12А"], 1) == ["12А"]
