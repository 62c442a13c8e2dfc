"""Names as a layer of streets has them."""

from __future__ import annotations

import pytest

from geo_service.campaign.model import Names
from geo_service.sample_city.real_names import differ_by_one_letter, name_key, street_name


@pytest.mark.parametrize(
    ("text", "kind", "names", "within"),
    [
        ("улица Толе Би", "street", Names(ru="Толе Би"), None),
        ("Абай даңғылы", "avenue", Names(kk="Абай"), None),
        ("Рысқұлбеков көшесі", "street", Names(kk="Рысқұлбеков"), None),
        ("Бенберина улица", "street", Names(ru="Бенберина"), None),
        ("Кульджинский тракт", "highway", Names(ru="Кульджинский тракт"), None),
        ("Арычная (Самгау)", "street", Names(ru="Арычная"), Names(ru="Самгау")),
        ("7-я (Калкаман 2 м-н)", "street", Names(ru="7-я"), Names(ru="Калкаман-2")),
        ("Заречная (Таугуль 3-й)", "street", Names(ru="Заречная"), Names(ru="Таугуль-3")),
        ("Заречная (Алатау, Алма-Арасан)", "street", Names(ru="Заречная"), Names(ru="Алма-Арасан")),
        ("Грушевая (СТ Здоровье) (Медеуский)", "street", Names(ru="Грушевая"), Names(ru="СТ Здоровье")),
        ("Горная (Медеуский)", "street", Names(ru="Горная"), None),
        ("Абая (дублер)", "street", Names(ru="Абая"), None),
        ("Лётная (Аэродромная)", "street", Names(ru="Лётная"), None),
        ("Зердели микрорайон", "microdistrict", Names(ru="Зердели"), None),
        ("Жетысу 1-й микрорайон", "microdistrict", Names(ru="Жетысу-1"), None),
        ("Калкаман 2-й микрорайон улица", "microdistrict", Names(ru="Калкаман-2"), None),
        ("улица Астана Микрорайон", "microdistrict", Names(ru="Астана"), None),
        ("микрорайон Алтай 1", "microdistrict", Names(ru="Алтай-1"), None),
        ("13-й микрорайон", "microdistrict", Names(ru="13"), None),
        ("БАКАД", "street", Names(ru="БАКАД"), None),
        ("улица\u200e Мухамеджанова", "street", Names(ru="Мухамеджанова"), None),
        ("Тянь-\u00adШаньская", "street", Names(ru="Тянь-Шаньская"), None),
        ("ул.Уметбаева", "street", Names(ru="Уметбаева"), None),
        ("ул. Сейфуллина", "street", Names(ru="Сейфуллина"), None),
        ("Абрикосовая ул.", "street", Names(ru="Абрикосовая"), None),
        ("пр.Рыскулова", "avenue", Names(ru="Рыскулова"), None),
        ("пр-т Абая", "avenue", Names(ru="Абая"), None),
        ("пер.Лермонтова", "lane", Names(ru="Лермонтова"), None),
        ("Б-р Мусрепова", "boulevard", Names(ru="Мусрепова"), None),
        ("улица М. Зверева", "street", Names(ru="М. Зверева"), None),
        ("р.Казачка", "street", Names(ru="р.Казачка"), None),
        ("м-он Шугыла", "microdistrict", Names(ru="Шугыла"), None),
        ("ул. м-он Шугыла", "microdistrict", Names(ru="Шугыла"), None),
        ("мкр.Дарабоз", "microdistrict", Names(ru="Дарабоз"), None),
        ("Новая (мкр.Ожет)", "street", Names(ru="Новая"), Names(ru="Ожет")),
        ("улица СТ Алма", "street", Names(ru="СТ Алма"), None),
    ],
)
def test_street_names_are_split_into_kind_name_and_microdistrict(text, kind, names, within):
    result = street_name(text)

    assert (result.kind, result.names, result.within) == (kind, names, within)


@pytest.mark.parametrize(
    ("kk", "ru"),
    [
        ("Абай", "Абая"),
        ("Достық", "Достык"),
        ("Төле Би", "Толе би"),
        ("Бөгенбай батыр", "Богенбай Батыра"),
        ("Байтұрсынұлы", "Байтурсынова"),
        ("Момышұлы", "Момышулы"),
        ("Мәметова", "Маметовой"),
        ("Әл-Фараби", "аль-Фараби"),
        ("Гоголь", "Гоголя"),
    ],
)
def test_one_name_in_two_languages_has_one_key(kk, ru):
    assert name_key(Names(kk=kk)) == name_key(Names(ru=ru))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Жандосова", "Жандарбекова"),
        ("Майканова", "Майкановой"),
        ("Молдагалиева", "Молдагуловой"),
        ("Казыбек би", "Казыбекова"),
        ("Абая", "Малая Абая"),
        ("1-я линия", "2-я линия"),
        ("Садовая", "Садовского"),
        ("Алтын Орда", "Алтын"),
    ],
)
def test_names_of_different_streets_have_different_keys(one, other):
    assert name_key(Names(ru=one)) != name_key(Names(ru=other))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("сатба", "сатпа", True),
        ("мустафин", "мутафин", True),
        ("мутафин", "мустафин", True),
        ("карбиш", "кабриш", True),
        ("гогол", "гогол", True),
        ("гогол", "гог", False),
        ("жандос", "жандар", False),
        ("7 лини", "8 лини", False),
        ("7 лини", "17 лини", False),
    ],
)
def test_one_letter_may_differ_and_no_digit(one, other, expected):
    assert differ_by_one_letter(one, other) is expected
