"""The sample city knows the old names of Almaty's places."""

from __future__ import annotations

import pytest

from geo_service.addresses.renamings import read_renamings

#: New names that the sample city has no certain place for.
NOT_IN_THE_SAMPLE = {
    "Шафика Чокина", "Ербола Спатаева", "Ербола Сапытаева", "Розы Баглановой", "Хан Шатыр", "Ботакоз",
    "Акмаржан", "Гажайып", "Томирис", "Байтак", "Архат", "Музтау", "Нуршашкан",
}  # fmt: skip


@pytest.fixture(scope="module")
def campaign(sample_city):
    return sample_city.campaign


@pytest.fixture(scope="module")
def places(campaign):
    return {place.id: place for place in campaign.places}


def test_every_renaming_but_those_of_places_it_lacks_is_an_alias(campaign):
    expected = {
        (item.old_name, item.alias_kind)
        for item in read_renamings("almaty")
        if item.names.ru not in NOT_IN_THE_SAMPLE
    }

    assert {(alias.name, alias.kind) for alias in campaign.aliases} == expected
    assert len(campaign.aliases) == 56


@pytest.mark.parametrize(
    ("old_name", "kind", "name"),
    [
        ("Комсомольская", "street", "Толе би"),
        ("Красногвардейский тракт", "avenue", "Суюнбая"),
        ("Колпаковская", "avenue", "Достык"),
        ("Космонавтов", "street", "Байтурсынова"),
        ("Абая", "street", "Мамбетова"),
        ("Дубок", "microdistrict", "Шабыт"),
        ("Алатау", "microdistrict", "Нур Алатау"),
        ("Дорожник", "microdistrict", "Кокмайса"),
    ],
)
def test_old_name_belongs_to_one_place(campaign, places, old_name, kind, name):
    own = [places[alias.place] for alias in campaign.aliases if alias.name == old_name]

    assert [(place.kind, place.names.ru) for place in own] == [(kind, name)]


def test_old_name_of_two_places_is_kept_for_both(campaign, places):
    own = [places[alias.place].names.ru for alias in campaign.aliases if alias.name == "Ленина"]

    assert sorted(own) == ["Бенберина", "Достык"]


def test_central_street_has_its_old_names_and_its_namesakes_none(campaign, places):
    named = {number for number, place in places.items() if place.names.ru == "Толе би"}
    owners = {alias.place for alias in campaign.aliases} & named

    assert len(named) > 1
    assert [places[number].within for number in owners] == [None]
    assert {district for number in owners for district in places[number].districts} >= {"almaly", "auezov"}


def test_aliases_are_in_the_order_of_the_file(campaign):
    keys = [(alias.place, alias.name, alias.language, alias.kind) for alias in campaign.aliases]

    assert keys == sorted(set(keys))
