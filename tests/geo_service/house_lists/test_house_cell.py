"""The language of cells of houses: what they say, and what is refused to be guessed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_service.addresses.house_numbers import base, canonical
from geo_service.house_lists.house_cell import read_house_cell
from geo_service.house_lists.house_terms import Run, Single, Whole, catch

STREET = [*map(str, range(1, 51)), "12А", "12/1", "14Б", "20/2", "49А", "26К2"]


def meant(text, street=STREET):
    """The houses of a street that a cell means, in the street's order; None if it is not understood."""
    cell = read_house_cell(text)
    houses = catch(cell, dict.fromkeys(street)).houses
    return None if cell.unclear else [number for number in street if number in houses]


@pytest.mark.parametrize(
    ("text", "houses"),
    [
        ("12", "12"),
        ("№ 12", "12"),
        ("д. 12, 14", "12 14"),
        ("12а", "12А"),
        ("12 «А»", "12А"),
        ("12-а", "12А"),
        ("12 а, 14 б", "12А 14Б"),
        ("12/1", "12/1"),
        ("26 корпус 2", "26К2"),
        ("26к2", "26К2"),
        ("20 корп. 2", "20/2"),
        ("строение 12/1", "12/1"),
        ("1, 3; 5\n7", "1 3 5 7"),
        ("1 и 3", "1 3"),
        ("1 және 3", "1 3"),
        ("12-16", "12 13 14 15 16 12А 12/1 14Б"),
        ("12 – 16", "12 13 14 15 16 12А 12/1 14Б"),
        ("12...16", "12 13 14 15 16 12А 12/1 14Б"),
        ("12-16 (чётные)", "12 14 16 12А 12/1 14Б"),
        ("12–16 нечет.", "13 15"),
        ("нечётные 1-7", "1 3 5 7"),
        ("нечётные: 1-5, 9; чётные: 2-4", "1 2 3 4 5 9"),
        ("1-5 тақ, 2-4 жұп", "1 2 3 4 5"),
        ("1-7 odd", "1 3 5 7"),
        ("от 47 до 49", "47 48 49 49А"),
        ("с 47 по 48", "47 48"),
        ("48 – до конца", "48 49 50 49А"),
        ("48 и далее", "48 49 50 49А"),
        ("до 3", "1 2 3"),
        ("47-ден 49-ға дейін", "47 48 49 49А"),
        ("48-ден бастап", "48 49 50 49А"),
        ("№ 1-3 үйлер", "1 2 3"),
        ("12А-13", "13 12А"),
        ("12-12/1, 13", None),
        ("чётная сторона", " ".join(n for n in STREET if base(n) % 2 == 0)),
        ("чётная сторона, 1, 3", " ".join(n for n in STREET if base(n) % 2 == 0 or n in {"1", "3"})),
        ("все дома", " ".join(STREET)),
        ("полностью", " ".join(STREET)),
        ("барлық үйлер", " ".join(STREET)),
        ("вся улица", " ".join(STREET)),
        ("1-6, кроме 2, 4", "1 3 5 6"),
        ("1-6 (кроме 2 и 4), 9", "1 3 5 6 9"),
        ("1-6 за исключением 2", "1 3 4 5 6"),
        ("1-6, 2, 4-үйден басқа", "1 3 5 6"),
        ("1-6; 2-үйден басқа", "1 3 4 5 6"),
        ("2-6, 3-9", "2 3 4 5 6 7 9"),
        ("дома №1-5 (нечетная сторона), дома №2-4 (четная сторона)", "1 2 3 4 5"),
    ],
)
def test_cell_means_these_houses(text, houses):
    assert (meant(text) or []) == sorted((houses or "").split(), key=STREET.index)


@pytest.mark.parametrize(
    "text",
    [
        "2-4-6",  # a list or a range?
        "1/1-2",  # two houses or a range?
        "39/5-69",
        "5-5",
        "12²",  # 122 or 12/2?
        "1-15 н",
        "1 напротив школы",
        "кроме 14",
        "14, кроме 14",
        "1-5, кроме 44",
        "нечётные: 1, 4",
        "1-15 чётные нечётные",
        "от",
        "до конца",
        "ул.",
        "",
        "#REF!",
        "10 +",
        "от улицы Абая по улице Сатпаева",
    ],
)
def test_what_may_mean_two_things_is_not_understood(text):
    assert read_house_cell(text).unclear


def test_number_that_does_not_ascend_is_one_house():
    assert read_house_cell("12-1").clauses[0].terms == (Single("12-1"),)


def test_range_passes_over_letters_and_fractions_but_does_not_name_them():
    caught = catch(read_house_cell("12-14"), STREET).houses

    assert caught["12"] == caught["13"] == "range"
    assert caught["12А"] == caught["12/1"] == "between"


def test_what_holds_no_house_and_what_is_missing_is_told():
    caught = catch(read_house_cell("1, 77, 60-70, 80 и далее"), STREET)

    assert caught.missing == ("77",)
    assert caught.empty == (Run("60", "70"), Run("80", None))
    assert catch(read_house_cell("все"), []).empty == (Whole(),)


numbers = st.integers(1, 300)
houses = st.builds(
    lambda number, letter, fraction: canonical(f"{number}{letter}{fraction}"),
    numbers,
    st.sampled_from(["", "", "", "А", "Б", "В"]),
    st.sampled_from(["", "", "", "/1", "/2"]),
)


@given(st.lists(houses, min_size=1, max_size=40, unique=True), st.data())
def test_houses_written_as_text_are_read_back(street, data):
    """Any part of a street, written house by house or as ranges that hold nobody else's, comes back."""
    own = set(data.draw(st.lists(st.sampled_from(street), min_size=1, unique=True)))
    parts, run = [], []
    for number in [*sorted({base(house) for house in street}), None]:
        group = [house for house in street if base(house) == number]
        if number is not None and set(group) <= own:
            run.append((number, group))
            continue
        if len(run) > 2:
            dash = data.draw(st.sampled_from(["-", "–", " - ", " по "]))
            parts.append(f"{run[0][0]}{dash}{run[-1][0]}")
        else:
            parts += [house for _, own_group in run for house in own_group]
        run = []
        parts += [house for house in group if house in own]
    separator = data.draw(st.sampled_from([", ", "; ", ",", "\n"]))
    style = data.draw(
        st.sampled_from([str, str.lower, lambda text: f"№ {text}", lambda text: f"дома {text}"])
    )

    read = read_house_cell(style(separator.join(parts)))

    assert read.unclear == ()
    ranges = [term for clause in read.clauses for term in clause.terms if isinstance(term, Run)]
    if all(run.side is None for run in ranges):
        assert set(catch(read, street).houses) == own
    assert set(catch(read, street).houses) <= own


@given(st.sampled_from(["odd", "even"]), numbers, st.integers(1, 60))
def test_sides_are_read_back_in_three_languages(side, first, length):
    street = [str(number) for number in range(1, 400)]
    last = first + length
    expected = {str(n) for n in range(first, last + 1) if n % 2 == (side == "odd")}
    words = {
        "odd": ["(нечётные)", "тақ", "odd", "нечетная сторона"],
        "even": ["(чет)", "жұп", "even", "четн."],
    }

    for word in words[side]:
        assert set(meant(f"{first}–{last} {word}", street)) == expected


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_no_text_raises_and_none_is_left_without_meaning(text):
    cell = read_house_cell(text)

    assert cell.unclear or any(clause.terms for clause in cell.clauses)


@settings(max_examples=300)
@given(st.text(alphabet="0123456789-–,;() абкнчетодсвюкромежұптқү/.№\n", max_size=40))
def test_no_text_of_the_languages_own_signs_raises(text):
    cell = read_house_cell(text)

    assert cell.unclear or any(clause.terms for clause in cell.clauses)
