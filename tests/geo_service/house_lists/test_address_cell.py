"""Streets and houses in one cell: what can be told apart beyond doubt, and what is left to the clerk."""

from __future__ import annotations

import pytest

from geo_service.house_lists.address_cell import split_address_cell


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ул. Абая: 1, 3; ул. Сатпаева: все", [("", "ул. Абая", "1, 3"), ("", "ул. Сатпаева", "все")]),
        ("дома № 11-34 улицы Абая", [("", "улицы Абая", "дома № 11-34")]),
        (
            "№ 4 по улице Сатпаева; дома 1, 3, 5-15 по проспекту Достык",
            [("", "улице Сатпаева", "№ 4"), ("", "проспекту Достык", "дома 1, 3, 5-15")],
        ),
        ("Границы участка: ул. Абая: 1-5", [("", "ул. Абая", "1-5")]),
        ("Шекарасы: Абай көшесі: 1-9 тақ", [("", "Абай көшесі", "1-9 тақ")]),
        ("8 Марта 12", [("", "8 Марта", "12")]),
        ("8 микрорайон 12", [("", "8 микрорайон", "12")]),
    ],
)
def test_streets_are_told_apart_with_their_houses(text, parts):
    assert split_address_cell(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "ул. Абая 5, 7 ул. Сатпаева",
        "дома 1-5 по улице Абая, дома 7-9 по улице Сатпаева",
        "8 мкр. улица Абая",
        "12 улица Абая, Сатпаева",
        "от ул. Абая до ул. Сатпаева",
    ],
)
def test_what_may_be_read_in_two_ways_is_not_split(text):
    assert split_address_cell(text) is None
