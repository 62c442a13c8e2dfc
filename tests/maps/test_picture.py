"""Pictures of the map: what must be on them, pixel by pixel where it matters."""

from __future__ import annotations

import dataclasses
import io
import struct
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PIL import Image

from geo_service.web.picture_content import picture_content
from maps.picture.drawing import draw_map, draw_picture
from maps.picture.encoding import png
from maps.picture.framing import frame_of
from maps.picture.index import PictureIndex
from maps.picture.marks import Pin
from maps.picture.model import PictureContent, PictureWords, View
from maps.picture.scene import Scene
from maps.picture.styles import STYLES, kept_colours

OFFICIAL = PictureWords("ru", "м", "км", "Данные: испытание")
SAMPLE = dataclasses.replace(OFFICIAL, mark="ПРИМЕР")
NUMBERS = (2, 3, 5, 7, 8, 9, 11, 12, 14, 15, 20, 31, 901, 902)
SCREEN = STYLES["screen"]
IN_9 = (76.9225, 43.2290)


@pytest.fixture(scope="module")
def index(small_campaign):
    return PictureIndex(picture_content(small_campaign))


def opened(body):
    return Image.open(io.BytesIO(body))


def place_of(index, view, position):
    x, y = frame_of(index, view).pixels(index.metres(position)).tolist()
    return round(x - 0.5), round(y - 0.5)


def vertices(index, view, number):
    """The corners of a border that are on the picture and not under the pin, in pixels."""
    scene = Scene(index, view)
    building = index.building(number)
    covered = (0.0, 0.0, 0.0, 0.0)
    if building is not None and scene.station is not None:
        covered = Pin(number, building.numbers, view).taken(scene.station)
    for area in index.precinct(number).areas:
        for x, y in scene.frame.pixels(area.outer).tolist():
            if not (covered[0] <= x <= covered[2] and covered[1] <= y <= covered[3]):
                yield round(x - 0.5), round(y - 0.5)


def test_same_view_gives_the_same_bytes(small_campaign, index):
    view = View(SAMPLE, precinct=9, point=IN_9)
    again = PictureIndex(picture_content(small_campaign))

    assert draw_picture(index, view) == draw_picture(again, view)


def test_file_holds_a_palette_and_neither_time_nor_text(index):
    body = draw_picture(index, View(SAMPLE, precinct=9))

    kinds, at = [], 8
    while at < len(body):
        (length,) = struct.unpack(">I", body[at : at + 4])
        kinds.append(body[at + 4 : at + 8].decode())
        at += length + 12
    assert set(kinds) == {"IHDR", "PLTE", "IDAT", "IEND"}


def test_chosen_border_has_its_colour_at_every_corner(index):
    view = View(OFFICIAL, precinct=9)
    picture = opened(draw_picture(index, view)).convert("RGB")

    corners = list(vertices(index, view, 9))

    assert len(corners) >= 4
    assert {picture.getpixel(corner) for corner in corners} == {SCREEN.border}


def test_chosen_border_is_4_wide_and_cased_in_white(small_campaign):
    streetless = dataclasses.replace(picture_content(small_campaign), streets=())
    index = PictureIndex(streetless)
    view = View(OFFICIAL, precinct=9, size=(1200, 800), scale=2.0)
    picture = np.asarray(draw_map(index, view))
    frame = frame_of(index, view)
    ring = frame.pixels(index.precinct(9).areas[0].outer)
    x, y = ((ring[2] + ring[3]) / 2).round().astype(int)

    column = [tuple(int(value) for value in picture[row, x]) for row in range(y - 20, y + 20)]

    red = [place for place, pixel in enumerate(column) if pixel == SCREEN.border]
    assert 7 <= len(red) <= 9
    assert red == list(range(red[0], red[-1] + 1))
    assert column[red[0] - 3] == column[red[-1] + 3] == (255, 255, 255)


def test_chosen_precinct_is_not_filled_and_its_neighbours_are(small_campaign):
    index = PictureIndex(dataclasses.replace(picture_content(small_campaign), streets=()))
    view = View(OFFICIAL, precinct=9)
    picture = opened(draw_picture(index, view)).convert("RGB")

    assert picture.getpixel(place_of(index, view, IN_9)) == SCREEN.land
    assert picture.getpixel(place_of(index, view, (76.9178, 43.2330))) in SCREEN.tints


def test_pin_stands_at_the_station(index):
    view = View(OFFICIAL, precinct=9)
    picture = opened(draw_picture(index, view)).convert("RGB")
    x, y = place_of(index, view, (76.9251, 43.2309))

    assert picture.getpixel((x, y - 5)) == SCREEN.pin
    assert picture.getpixel((x - 12, y - 18)) == SCREEN.pin


def test_pin_holds_all_numbers_of_the_building(index):
    alone = Pin(3, (3,), View(OFFICIAL)).box((100, 100))
    shared = Pin(3, (3, 12), View(OFFICIAL)).box((100, 100))

    assert shared[1] < alone[1]
    assert index.building(3).numbers == (3, 12)


def test_point_is_a_dot_with_a_ring(index):
    view = View(OFFICIAL, precinct=9, point=IN_9)
    picture = opened(draw_picture(index, view)).convert("RGB")
    x, y = place_of(index, view, IN_9)

    assert picture.getpixel((x, y)) == SCREEN.point
    assert picture.getpixel((x + 9, y)) == (255, 255, 255)


@pytest.mark.parametrize("look", ["screen", "print"])
@pytest.mark.parametrize("asked", [{"precinct": 9}, {"point": IN_9}, {}])
def test_mark_of_a_sample_is_in_every_part_of_the_picture(index, look, asked):
    official = np.asarray(draw_map(index, View(OFFICIAL, look=look, **asked)))
    sample = np.asarray(draw_map(index, View(SAMPLE, look=look, **asked)))

    differs = (official != sample).any(axis=2)

    parts = [differs[y : y + 160, x : x + 240] for y in (0, 160, 320) for x in (0, 240, 480)]
    assert [part.any() for part in parts] == [True] * 9


def test_official_picture_has_no_mark_on_its_ground(index):
    picture = np.asarray(draw_map(index, View(OFFICIAL)))

    corner = picture[:100, :60].reshape(-1, 3)

    assert {tuple(pixel) for pixel in corner.tolist()} == {SCREEN.ground}


def test_mark_of_a_sample_stands_in_the_pin(index):
    def pin_of(words):
        view = View(words, precinct=9)
        scene = Scene(index, view)
        box = Pin(9, (9,), view).box(scene.station)
        return np.asarray(draw_map(index, view).crop(tuple(round(edge) for edge in box)))

    marked = (pin_of(SAMPLE) == SCREEN.pin_mark).all(axis=2)
    unmarked = (pin_of(OFFICIAL) == SCREEN.pin_mark).all(axis=2)

    assert marked.any()
    assert not unmarked.any()


def test_number_of_a_precinct_without_a_station_is_written_into_it(index):
    view = View(SAMPLE, precinct=31)
    picture = np.asarray(draw_map(index, view))
    scene = Scene(index, view)
    x, y = scene.place_inside(scene.chosen.areas[0], 1)

    around = picture[round(y) - 30 : round(y) + 30, round(x) - 40 : round(x) + 40]

    assert scene.station is None
    assert (around == SCREEN.border).all(axis=2).any()


def test_print_is_grey(index):
    picture = np.asarray(
        opened(draw_picture(index, View(SAMPLE, precinct=9, point=IN_9, look="print"))).convert("RGB")
    )

    assert (picture[..., 0] == picture[..., 1]).all()
    assert (picture[..., 1] == picture[..., 2]).all()
    assert (picture == 0).all(axis=2).any()


@pytest.mark.parametrize("look", ["screen", "print"])
def test_colours_of_a_look_survive_the_palette(look):
    colours = kept_colours(look)
    strip = Image.new("RGB", (len(colours), 1))
    strip.putdata(colours)

    kept = opened(png(strip.resize((len(colours) * 50, 50), Image.Resampling.NEAREST), colours))

    pixels = kept.convert("RGB").resize((len(colours), 1), Image.Resampling.NEAREST)
    assert [pixels.getpixel((x, 0)) for x in range(len(colours))] == colours


def test_nothing_at_all_is_an_empty_picture():
    picture = draw_map(PictureIndex(PictureContent(())), View(OFFICIAL, precinct=1))

    assert picture.size == (720, 480)


def test_threads_draw_the_same_pictures(index):
    views = [View(SAMPLE, precinct=number, point=IN_9) for number in NUMBERS]
    alone = [draw_picture(index, view) for view in views]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda view: draw_picture(index, view), views * 3))

    assert together == alone * 3


def test_picture_without_a_source_has_no_line_about_it(index):
    without = np.asarray(draw_map(index, View(dataclasses.replace(OFFICIAL, source=""))))

    assert {tuple(pixel) for pixel in without[-10:, 360:].reshape(-1, 3).tolist()} == {SCREEN.ground}
