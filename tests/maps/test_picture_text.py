"""The type of pictures, and the marks whose words depend on numbers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from maps.picture.fonts import FONTS, font, largest_fitting, wrapped
from maps.picture.labels import Room, Type, draw_along, draw_lines
from maps.picture.marks import others_text, round_length, scale_text
from maps.picture.model import PictureWords
from maps.picture.projection import Projection

REPO = Path(__file__).resolve().parents[2]
KAZAKH = "әғқңөұүһіӘҒҚҢӨҰҮҺІ"
OTHERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ0123456789№–—«»…’+,.:/()"
WORDS = PictureWords("kk", "м", "км")


@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_typeface_has_every_letter(weight):
    face = font(weight, 40)
    missing = bytes(face.getmask("\U000f0000"))

    shapes = {letter: bytes(face.getmask(letter)) for letter in KAZAKH + OTHERS}

    assert [letter for letter, shape in shapes.items() if shape == missing or not any(shape)] == []
    # Spaces that dates are written with are blank, and no sign of a missing letter.
    assert not any(face.getmask("\u202f\u00a0"))


def test_typeface_comes_with_its_licence():
    assert "Bitstream" in (FONTS / "LICENSE").read_text("utf-8")


def test_text_is_wrapped_between_words_and_a_number_stays_with_its_sign():
    face = font("regular", 20)

    lines = wrapped("Начальная школа № 152", face, face.getlength("Начальная школа №"), 3)

    assert lines == ["Начальная школа", "№\u00a0152"]


@given(st.text("абвқң 0123456789", max_size=80), st.integers(60, 400), st.integers(1, 4))
def test_wrapped_text_fits(text, width, most):
    face = font("regular", 20)

    lines = wrapped(text, face, width, most)

    assert len(lines) <= most
    assert all(face.getlength(line) <= width for line in lines)


def test_long_text_is_set_smaller_until_it_fits():
    text = "Демонстрационные данные, не официальные. Не определяйте по этой странице свой участок."

    lines, face = largest_fitting(text, "regular", (20, 18, 16, 14, 12), 280, 3)

    assert " ".join(lines) == text
    assert 12 <= face.size < 20
    assert largest_fitting("Да", "regular", (20, 18), 360, 3)[1].size == 20


def test_text_that_is_cut_off_says_so():
    face = font("regular", 20)

    assert wrapped("Политехнический колледж имени", face, 120, 1)[0].endswith("…")


@pytest.mark.parametrize(
    ("most", "length"),
    [(0.3, 1), (1, 1), (4.9, 2), (5, 5), (99, 50), (100, 100), (740, 500), (12_000, 10_000)],
)
def test_scale_is_a_round_length(most, length):
    assert round_length(most) == length


@pytest.mark.parametrize(
    ("metres", "shown"), [(50, "50 м"), (500, "500 м"), (1000, "1 км"), (20_000, "20 км")]
)
def test_scale_is_said_in_the_words_of_the_language(metres, shown):
    assert scale_text(metres, WORDS) == shown


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [((3, 12), "+ 12"), ((1, 2, 3, 4), "+ 1, 2, 4"), (tuple(range(1, 9)), "+ 1, 2, 4, 5…")],
)
def test_pin_names_the_other_numbers(numbers, shown):
    assert others_text(numbers, 3 if 3 in numbers else numbers[0]) == shown


def test_names_never_lie_on_one_another():
    image = Image.new("RGB", (300, 200), "white")
    room = Room(image.size)
    kind = Type(font("bold", 20), (0, 0, 0), 2)

    assert draw_lines(image, room, [("123", kind)], (150, 100))
    assert not draw_lines(image, room, [("124", kind)], (155, 105))
    assert draw_lines(image, room, [("124", kind)], (150, 160))


def test_name_that_would_be_cut_off_is_left_out():
    image = Image.new("RGB", (300, 200), "white")

    assert not draw_lines(image, Room(image.size), [("123", Type(font("bold", 20), (0, 0, 0), 2))], (5, 100))


def test_name_follows_a_straight_line_and_shuns_a_bent_one():
    kind = Type(font("regular", 16), (0, 0, 0), 2)
    straight = np.array([[20.0, 180.0], [280.0, 40.0]])
    zigzag = np.array([[20.0 + 20 * step, 60.0 + 60 * (step % 2)] for step in range(14)])

    def written(line):
        image = Image.new("RGB", (300, 200), "#cccccc")
        return draw_along(image, Room(image.size), "Абай даңғылы", kind, line, strip=8), image

    assert written(straight)[0]
    assert not written(zigzag)[0]
    assert np.asarray(written(straight)[1])[100:120, 140:160].min() < 100


def test_line_that_is_taken_keeps_names_away():
    room = Room((300, 200))

    room.take_line(np.array([[0.0, 100.0], [300.0, 100.0]]), 6)

    assert not room.is_free((140, 90, 160, 110))
    assert room.is_free((140, 120, 160, 140))


def test_projection_is_web_mercator_in_metres_of_the_citys_latitude():
    projection = Projection(43.25)

    east, north = (projection.project([(76.90, 43.25), (76.91, 43.26)])[1]
                   - projection.project([(76.90, 43.25), (76.91, 43.26)])[0]).tolist()  # fmt: skip

    assert east == pytest.approx(6_378_137 * np.cos(np.radians(43.25)) * np.radians(0.01), rel=1e-9)
    assert north == pytest.approx(1112, rel=0.005)


def test_drawing_loads_no_heavy_library():
    program = "import sys, maps.picture.card; print(*sorted({name.split('.')[0] for name in sys.modules}))"

    run = subprocess.run(
        [sys.executable, "-c", program], cwd=REPO, capture_output=True, text=True, check=True
    )

    loaded = set(run.stdout.split())
    assert {"PIL", "numpy", "shapely", "maps"} <= loaded
    assert loaded & {"pandas", "geopandas", "pyogrio", "folium", "flask", "topojson", "geo_service"} == set()
