from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.addresses.personal_number import holds_personal_number


@pytest.mark.parametrize(
    "text",
    [
        "990101000000",
        "  990101000000\n",
        "ИИН:990101000000",
        "ЖСН990101000000",
        "990101 000000",
        "990101-000000",
        "990101 - 000000",
        "990101–000000",
        "990101\u00a0000\u202f000",
        "9901 0100 0000",
        "9 9 0 1 0 1 0 0 0 0 0 0",
        "９９０１０１００００００",
        "٩٩٠١٠١٠٠٠٠٠٠",
        "990101\u200b000000",
        "99\u00ad0101\u2060000000",
        "9\ufe0f\u20e390101000000",
        "Абая 10, 990101000000",
        "Абая 10 990101000000",
        "990101000000 45",
        "990101-000000-45",
        "Төле би 45 ЖСН 990101 000000 пәтер 3",
        "990101000000 43.2389 76.8897",
        "990101000000 https://2gis.kz/almaty/geo/76.94,43.23",
        "x" * 9_000 + "990101000000",
    ],
)
def test_twelve_digits_are_recognised_however_they_are_written(text):
    assert holds_personal_number(text)


def test_a_longer_run_is_refused_too():
    assert holds_personal_number("9901010000001")
    assert holds_personal_number("4400 0000 0000 0000")


def test_groups_that_add_up_to_twelve_are_rather_refused():
    assert holds_personal_number("12 34 45 050059")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Абая 10",
        "+7 701 234 56 78",
        "87012345678",
        "8 (727) 123-45-67",
        "87012345678, 87012345679",
        "мкр 8 дом 23 кв 45 050059",
        "8 23 45 050059",
        "43.2389 76.8897",
        "43.23894912345678, 76.88970912345678",
        "43.238949123456 76.889709123456",
        "43°14'20.2\"N 76°53'23.1\"E",
        "https://2gis.kz/almaty/geo/9430047375000000/76.94%2C43.23?m=76.94%2C43.23%2F16",
        "https://2gis.kz/almaty/firm/70000001018073210",
        "Дом https://www.google.com/maps/place/x/@43.2389491,76.8897091,17z/data=!3d43.2389491!4d76.8897091",
    ],
)
def test_telephones_postcodes_positions_and_map_links_are_none(text):
    assert not holds_personal_number(text)


@given(st.text())
def test_no_text_raises(text):
    assert holds_personal_number(text) in (True, False)


@given(st.text(), st.text(), st.from_regex(r"[0-9]{6}[ -]?[0-9]{6}", fullmatch=True))
def test_a_number_is_recognised_in_any_text(before, after, number):
    # A text beside it that makes it a link to a map, or a fraction, would be another thing.
    assert holds_personal_number(f"{before}, {number}, {after}")
