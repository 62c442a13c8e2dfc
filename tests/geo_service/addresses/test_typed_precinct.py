from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.addresses.typed_precinct import typed_precinct


@pytest.mark.parametrize(
    "text",
    [
        "123", " 123 ", "123.", "1２3", "١٢٣", "0123",
        "№123", "№ 123", "N 123", "#123", "No. 123", "nº123", "№-123", "номер 123", "123 №",
        "участок 123", "Участок № 123", "УЧАСТОК-123", "участок123", "уч. 123", "уч-к 123", "участка 123",
        "избирательный участок №123", "участок голосования 123", "участок для голосования № 123",
        "участок референдума № 123", "УИК 123", "УИК №123", "123 участок", "123-й участок", "№ 123 участок",
        "123 учаске", "№ 123 учаске", "123-учаске", "123-ші учаске", "учаске 123", "учаскесі 123",
        "сайлау учаскесі 123", "дауыс беру учаскесі № 123", "№ 123 дауыс беру учаскесі", "№123 учаскесі",
        "референдум учаскесі № 123",
        "precinct 123", "Precinct No. 123", "precinct no 123", "polling station 123",
        "Polling Station No. 123",
        "uchastok 123", "ushaske 123", "uchaske 123", "ushaskesi 123", "saılaý ýchaskesi 123",
        "yчacтoк 123", "участок «123»", "(123)",
    ],
)  # fmt: skip
def test_a_number_alone_or_with_words_for_a_precinct_is_one(text):
    assert typed_precinct(text) == 123


@pytest.mark.parametrize(
    "text",
    [
        "", "№", "участок", "0", "123456", "000123",
        "5 мкр", "мкр 5", "123а", "123 а", "12/1", "12-1", "12.5", "1 2", "12к2", "+7", "-й", "123-й",
        "участок 12а", "участок 12/1", "участок 5 дом 3", "дом 5", "№5 үй", "школа 144", "№ 144 мектеп",
        "Абая 10", "дауыс беру 123", "сайлау 5", "мой 5", "участок Абая 5", "участок 123 " + " " * 100,
        "123\x00", "123_участок", "123 😀",
    ],
)  # fmt: skip
def test_anything_else_is_none(text):
    assert typed_precinct(text) is None


@given(st.text())
def test_no_text_raises(text):
    number = typed_precinct(text)

    assert number is None or 0 < number < 100_000


@given(st.integers(1, 99_999), st.sampled_from(["{}", "№ {}", "участок {}", "{} учаске", "precinct no. {}"]))
def test_every_number_is_read(number, form):
    assert typed_precinct(form.format(number)) == number
