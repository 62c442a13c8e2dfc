from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.addresses.typos import TypoIndex, allowed_errors

NAMES = [
    "абаи", "толеби", "сатпаев", "жандосов", "розибакиев", "тимирязев", "гоголь", "панфилов", "желтоксан",
    "молдагалиев", "садова", "биржансал", "кабанбаибатир", "северноеколсо", "аксаи", "самал", "орбита",
]  # fmt: skip
ALPHABET = "абвгдежзиклмнопрстуфхчш"


@pytest.fixture(scope="module")
def index():
    return TypoIndex([(name, (), name) for name in NAMES])


@st.composite
def one_edit(draw):
    """A name, and the name with one letter lost, added, changed or exchanged with the next."""
    name = draw(st.sampled_from([name for name in NAMES if len(name) >= 5]))
    at = draw(st.integers(0, len(name) - 1))
    letter = draw(st.sampled_from(ALPHABET))
    edited = draw(
        st.sampled_from(
            [
                name[:at] + name[at + 1 :],
                name[:at] + letter + name[at:],
                name[:at] + letter + name[at + 1 :],
                name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
            ]
        )
    )
    return name, edited


@given(one_edit())
def test_a_name_is_found_in_spite_of_one_error(index, pair):
    name, edited = pair

    nearest = index.near(edited)

    assert nearest[0].distance <= 1
    assert (name, min(1, name != edited)) in [(near.item, near.distance) for near in nearest]


def test_two_errors_are_found_in_a_longer_name(index):
    assert [(near.item, near.distance) for near in index.near("молдогалев")] == [("молдагалиев", 2)]


def test_a_transposition_is_one_error(index):
    assert index.near("жандосво")[0].distance == 1


def test_the_nearest_name_comes_first():
    index = TypoIndex([("панфилова", (), "far"), ("панфиловм", (), "near")])

    assert [near.item for near in index.near("панфиловмм")] == ["near", "far"]


def test_one_word_may_stand_for_several_things():
    index = TypoIndex([("садова", (), 1), ("садова", (), 2)])

    assert {near.item for near in index.near("садовы")} == {1, 2}


def test_numbers_are_never_corrected():
    index = TypoIndex([("самал", ("1",), "Самал-1"), ("самал", ("2",), "Самал-2"), ("самал", (), "Самал")])

    assert [near.item for near in index.near("сомал", ("2",))] == ["Самал-2"]
    assert [near.item for near in index.near("сомал")] == ["Самал"]
    assert index.near("сомал", ("3",)) == []


@pytest.mark.parametrize("word", ["", "я", "ав"])
def test_words_too_short_to_be_wrong_are_not_corrected(index, word):
    assert allowed_errors(len(word)) == 0
    assert index.near(word) == []


def test_longer_words_may_hold_more_errors():
    allowed = [allowed_errors(letters) for letters in range(30)]

    assert allowed == sorted(allowed)
    assert all(errors < letters for letters, errors in enumerate(allowed) if errors)


def test_an_index_without_names_finds_nothing():
    assert TypoIndex([]).near("абая") == []


def test_every_name_near_enough_is_found_among_many():
    chance = random.Random(7)
    words = {"".join(chance.choices(ALPHABET, k=chance.randint(5, 12))) for _ in range(3000)}
    index = TypoIndex([(word, (), word) for word in words])

    missed = []
    for word in sorted(words)[::10]:
        at = chance.randrange(len(word))
        near = index.near(word[:at] + chance.choice(ALPHABET) + word[at + 1 :])
        missed += [word] if word not in {found.item for found in near} else []

    assert missed == []


@given(st.text())
def test_no_text_raises(index, text):
    assert all(near.distance <= allowed_errors(len(text)) for near in index.near(text))
