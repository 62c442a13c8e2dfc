"""Suggestions from the sample city."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st


@pytest.fixture(scope="module")
def city(sample_finder):
    return sample_finder.one_box.suggestions


def texts(found):
    return [suggestion.text for suggestion in found]


@pytest.mark.parametrize(
    ("prefix", "first"),
    [("ә", "Әл-Фараби даңғылы"), ("Өт", "Өте"), ("Шаң", "Шаңырақ"), ("Қазы", "Қазы"),
     ("тө", "Төле би көшесі"), ("ү", "Ү"), ("ұлж", "Ұлжан")],
)  # fmt: skip
def test_kazakh_letters_bring_names_written_so_first_and_all_in_kazakh(city, prefix, first):
    found = texts(city.of(prefix))

    assert found[0].startswith(first)
    assert all(re.search("көшесі|даңғылы|ауданы|бульвары|жол|тұйы", text) for text in found)
    is_written_so = [bool(re.search(rf"\b{prefix}", text, re.IGNORECASE)) for text in found]
    assert is_written_so == sorted(is_written_so, reverse=True)


@pytest.mark.parametrize("prefix", ["а", "аб", "сат", "ш", "тау", "с", "абая 1", "улица А", "К.Сат"])
def test_russian_input_is_answered_in_russian_only(city, prefix):
    found = texts(city.of(prefix))

    assert found
    assert not any(re.search("көшесі|даңғылы|шағын|street|avenue", text) for text in found)


@pytest.mark.parametrize("prefix", ["s", "sh", "z", "Tch", "tole", "zhib", "abay ave", "al-f", "samal 2"])
def test_latin_input_is_answered_in_english_only(city, prefix):
    found = texts(city.of(prefix))

    assert found
    assert not any(re.search("[а-яәі]{3}", text) for text in found)


@pytest.mark.parametrize(
    ("prefix", "text"),
    [("Абай даңғ", "Абай даңғылы"), ("Абай дангылы", "Абай даңғылы"), ("Абай д", "Абай даңғылы"),
     ("Розыбакиев к", "Розыбакиев көшесі"), ("Розыбакиев көш", "Розыбакиев көшесі"),
     ("Толе би к", "Төле би көшесі"), ("8-ы", "8-шағын аудан"), ("Медеу ауданы, Дост", "Достық даңғылы")],
)  # fmt: skip
def test_a_kazakh_kind_word_makes_the_answer_kazakh_also_half_typed(city, prefix, text):
    assert texts(city.of(prefix))[0] == text


def test_a_house_is_no_half_typed_avenue(city):
    assert texts(city.of("Абая д"))[0] == "проспект Абая"


@pytest.mark.parametrize(
    ("prefix", "kind"),
    [("пр. абая", "avenue"), ("проспект а", "avenue"), ("улица А", "street"), ("Абай даңғылы", "avenue"),
     ("Абай көш", "street"), ("абая улица", "street"), ("Abay ave", "avenue"), ("пер. пр", "lane"),
     ("мкр а", "microdistrict"), ("8 мкр", "microdistrict"), ("бульвар", "boulevard"), ("ул.", "street"),
     ("улица", "street"), ("проспе", "avenue"), ("микрора", "microdistrict"), ("даңғ", "avenue"),
     ("Абай даңғылы 2", "avenue"), ("ул. Абая 1", "street"), ("ул. Самал 2", "street")],
)  # fmt: skip
def test_a_kind_word_leaves_only_places_of_its_kind(city, prefix, kind):
    assert {one.place.kind for one in city.of(prefix)} == {kind}


def test_a_kind_that_no_such_name_has_brings_the_nearest_kind(city):
    assert texts(city.of("ул. Назарбаев"))[0] == "проспект Назарбаева"


@pytest.mark.parametrize(
    ("prefix", "text"),
    [("ул", "улица Ульбинская"), ("пр", "улица Прудовая"), ("дом", "улица Домалак ана")],
)
def test_the_beginning_of_a_name_may_be_a_kind_word(city, prefix, text):
    assert text in texts(city.of(prefix))


@pytest.mark.parametrize(
    ("prefix", "text"),
    [("г. Алматы, ул. Роз", "улица Розыбакиева"), ("Алматы Сат", "улица Сатпаева"),
     ("050000, Алматы, Роз", "улица Розыбакиева"), ("имени Сат", "улица Сатпаева"),
     ("Жетісу ауданы Абай", "Абай көшесі"), ("Алматы", "Трасса Алматы – Усть-Каменогорск")],
)  # fmt: skip
def test_city_district_and_fillers_are_no_part_of_the_name(city, prefix, text):
    assert texts(city.of(prefix))[0] == text


@pytest.mark.parametrize(
    ("prefix", "district"),
    [("Медеу ауданы, Дос", "medeu"), ("Медеуский Дост", "medeu"), ("Абая Медеуский район", "medeu"),
     ("Жетісу ауданы Абай", "zhetysu"), ("Ауэз. р-н, мамы", "auezov")],
)  # fmt: skip
def test_places_of_the_named_district_are_meant(city, prefix, district):
    found = city.of(prefix)

    assert found
    assert all(district in one.place.districts for one in found)


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [("Ақсай 3", ["Ақсай-3 шағын ауданы", "Ақсай-3а шағын ауданы"]), ("8", ["микрорайон 8"]),
     ("8 м", ["микрорайон 8"]), ("№8", ["микрорайон 8"]), ("10а", ["микрорайон 10а"]),
     ("самал-2", ["микрорайон Самал-2"])],
)  # fmt: skip
def test_numbered_microdistricts_are_suggested_by_their_numbers(city, prefix, expected):
    assert texts(city.of(prefix))[: len(expected)] == expected


@pytest.mark.parametrize("prefix", ["8 мкр 2", "мкр 8, 2", "8-ықшамаудан 2", "мкр. 8 дом 2"])
def test_houses_of_a_numbered_microdistrict_begin_as_typed(city, prefix):
    found = city.of(prefix)

    assert {one.place.names.ru for one in found} == {"8"}
    assert all(one.house is not None and one.house.startswith("2") for one in found)


@pytest.mark.parametrize(
    ("prefix", "text"),
    [("толеби", "улица Толе би"), ("Ж.Молд", "улица Жубана Молдагалиева"),
     ("Молд", "улица Туманбая Молдагалиева"), ("Молдагалиева Ж", "улица Жубана Молдагалиева"),
     ("хана аб", "проспект Абылай хана"), ("улрозыб", "улица Розыбакиева"), ("4aik", "Tchaikovsky street"),
     ("Абылай 1", "проспект Абылай хана, 1"), ("Розыбкиева", "улица Розыбакиева"),
     ("туле би", "улица Толе би"), ("Розыбк", "улица Розыбакиева"), ("кахыбек", "улица Казыбек би"),
     ("17 лин", "улица Розыбакиева"), ("фурман", "проспект Назарбаева"),
     ("улица фурман", "проспект Назарбаева"), ("Розыбкиева 12", "улица Розыбакиева, 12"),
     ("Абая угол Манас", "улица Манаса")],
)  # fmt: skip
def test_a_place_is_suggested_however_it_is_begun(city, prefix, text):
    assert texts(city.of(prefix))[0] == text


def test_a_place_of_another_town_is_not_suggested(city):
    assert city.of("Шымкент ул. Абая") == ()


def test_a_live_name_comes_before_an_old_one(city, sample_finder):
    old = {alias.place for alias in sample_finder.campaign.aliases if alias.name == "Мира"}

    found = [one.place.id in old for one in city.of("мира", limit=20)]

    assert True in found
    assert found == sorted(found)


@given(data=st.data())
def test_a_whole_name_with_its_kind_suggests_its_place_or_a_namesake_in_one_language(
    city, sample_finder, data
):
    place = data.draw(st.sampled_from(sample_finder.campaign.places))
    language = data.draw(st.sampled_from(("kk", "ru", "en")))
    typed = sample_finder.one_box.labels.address(place, None, language)

    found = city.of(typed, language=language)

    assert typed in texts(found)


def test_every_suggestion_has_another_label(city):
    for prefix in ("а", "абая", "абая 1", "толе би", "самал 2", "шығыс 1", "мира 1", "ш", "улица С"):
        labels = [one.label for one in city.of(prefix, limit=20)]
        assert len(labels) == len(set(labels)), prefix
