from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.addresses.letters import cyrillic, fold, is_spelt_alike, plain, skeleton, stem

CYRILLIC_WORD = st.text("абвгджзиклмнопрстуфхцчшщыэюяәғқңөұүһі", min_size=1)
LATIN_WORD = st.text("abcefghijklmnopqrstuvwxyzäöüışşğñáóúýń", min_size=1)
WORD = st.one_of(CYRILLIC_WORD, LATIN_WORD, st.integers(0, 9999).map(str))
WORDS = st.lists(WORD.filter(lambda word: "ддж" not in cyrillic(word))).map(" ".join)


@pytest.mark.parametrize(
    "spellings",
    [
        "Әуезов, ауезов, АУЭЗОВ, Auezov, Äuezov, Áýezov, A'y'ezov, Ауезов",
        "Шәріпов, Шарипов, Sharipov, Şäripov, S'aripov, Šaripov",
        "Желтоқсан, Желтоксан, Zheltoksan, Jeltoqsan, Джелтоксан, желтокссан",
        "Жүргенов, Жургенов, Zhurgenov, Jürgenov, Júrgenov, Ju'rgenov",
        "Төле би, Толе би, Толе-би, ТОЛЕ  БИ, Tole Bi, Töle bi, To'le bi, Toʻle bi",
        "Нұрмақов, Нурмаков, Nurmakov, Nurmaqov, Nūrmaqov",
        "Цветочная, Cvetochnaya, Tsvetochnaya",
        "Ёлочная, Елочная, Yolochnaya, Elochnaya",
        "Щорса, Shchorsa, Шорса",
        "Алғабас, Алгабас, Algabas, Alǵabas, Alğabas, Algʻabas",
        "Ульяны, Улъяны, Уляны",
    ],
)
def test_spellings_of_one_name_have_one_skeleton(spellings):
    assert len({skeleton(spelling) for spelling in spellings.split(", ")}) == 1


@pytest.mark.parametrize(
    ("name", "other"),
    [("Абай", "Абыл"), ("Самал", "Самар"), ("Сатпаев", "Сатыбаев"), ("Толе би", "Казыбек би"), ("11", "1")],
)
def test_different_names_keep_different_skeletons(name, other):
    assert skeleton(name) != skeleton(other)


def test_latin_letters_inside_a_cyrillic_word_are_meant_by_their_shape():
    assert skeleton("Пaнфилoв") == skeleton("Панфилов")
    assert skeleton("cатпаев") == skeleton("сатпаев")


def test_numbers_keep_their_repeated_digits():
    assert skeleton("1100 қатарлы") == "1100 катарли"


def test_signs_between_words_count_as_one_space():
    assert skeleton("  Толе---би,  «45»") == "толе би 45"


def test_plain_text_has_digits_of_ascii_and_nothing_invisible():
    assert plain("А\u200bба\u00adя １２ ٣") == "абая 12 3"


def test_plain_text_has_one_kind_of_apostrophe():
    assert {plain(f"To{sign}le") for sign in "'`‘’ʻʼ"} == {"to'le"}


@pytest.mark.parametrize(
    "forms",
    [
        "абай абая абаю",
        "садовая садовой садовую",
        "сатпаев сатпаева сатпаеву",
        "московская московской московский",
        "гоголь гоголя",
    ],
)
def test_endings_of_russian_cases_leave_one_stem(forms):
    assert len({stem(word) for word in forms.split()}) == 1


@pytest.mark.parametrize("word", ["би", "ата", "мира", "жолы"])
def test_short_words_keep_enough_to_be_told_apart(word):
    assert len(stem(word)) >= min(len(word), 2)


def test_words_are_spelt_alike_if_only_kazakh_letters_were_exchanged():
    assert is_spelt_alike("төле", "толе")
    assert is_spelt_alike("қазыбек", "казыбек")
    assert not is_spelt_alike("абая", "абаа")


def test_words_without_latin_letters_are_kept():
    assert cyrillic("қонаев") == "қонаев"


@given(st.one_of(st.text(), WORDS))
def test_no_text_raises_and_a_skeleton_is_lower_case_words(text):
    form = skeleton(text)

    assert form == form.lower()
    assert all(part.isalnum() for part in form.split())


@given(WORDS)
def test_skeleton_is_idempotent(text):
    once = skeleton(text)

    assert skeleton(once) == once


@pytest.mark.parametrize("text", ["а ъ", "абая ь 10", "ддж"])
def test_skeleton_is_idempotent_on_what_is_hardly_a_word(text):
    once = skeleton(text)

    assert skeleton(once) == once == " ".join(once.split())


@given(CYRILLIC_WORD)
def test_case_and_repeated_letters_make_no_difference(word):
    doubled = "".join(letter * 2 for letter in word)

    assert skeleton(word.upper()) == skeleton(word)
    assert fold(doubled) == fold(doubled + doubled[-1])


@given(st.text())
def test_plain_is_idempotent(text):
    assert plain(plain(text)) == plain(text)
