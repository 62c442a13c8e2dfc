from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.addresses.typed_position import TypedPosition, is_short_link, typed_position

ALMATY = (76.7, 43.1, 77.2, 43.5)
DECIMAL = TypedPosition(76.9, 43.2)
SEXAGESIMAL = (76 + 53 / 60 + 23.1 / 3600, 43 + 14 / 60 + 20.2 / 3600)


@pytest.mark.parametrize(
    "text",
    [
        "43.2 76.9", "43.2,76.9", "43.2, 76.9", "43.2 , 76.9", "43.2;76.9", "43.2; 76.9", "43.2\t76.9",
        "43.2/76.9", "43.2\n76.9", "  43.2   76.9. ", "+43.2 +76.9", "４３.２ ７６.９",
        "43,2 76,9", "43,2, 76,9", "43,2; 76,9", "43,2,76,9",
        "(43.2, 76.9)", "[43.2, 76.9]", "{43.2 76.9}", "\u200e43.2, 76.9\u202c",
        "43.2° 76.9°", "43.2°, 76.9°", "43.2º 76.9º",
        "lat: 43.2, lon: 76.9", "lat=43.2 lon=76.9", "lon 76.9 lat 43.2", "lat 43.2 lng 76.9",
        "Latitude: 43.2 Longitude: 76.9", "широта 43.2 долгота 76.9", "долгота: 76,9; широта: 43,2",
        "ендік 43.2 бойлық 76.9", "ендік: 43,2 / бойлық: 76,9", "координаты: 43.2, 76.9", "GPS 43.2 76.9",
        "N 43.2 E 76.9", "N43.2 E76.9", "N43.2°, E76.9°", "E 76.9 N 43.2", "43.2N,76.9E", "43.2 n 76.9 e",
        "43.2° с.ш. 76.9° в.д.", "43.2° с. ш. 76.9° в. д.", "43.2 сш, 76.9 вд", "с.ш. 43.2 в.д. 76.9",
        "43.2 с.е. 76.9 ш.б.", "широта 43.2° с.ш., долгота 76.9° в.д.",
        "43,2 северной широты 76,9 восточной долготы", "43.2 солтүстік ендік, 76.9 шығыс бойлық",
        "geo:43.2,76.9", "geo:43.2,76.9?z=16", "geo:43.2,76.9;u=35",
    ],
)  # fmt: skip
def test_decimal_degrees_are_read(text):
    assert typed_position(text, ALMATY) == DECIMAL


@pytest.mark.parametrize(
    "text",
    [
        "43°14'20.2\"N 76°53'23.1\"E", "43°14′20.2″N, 76°53′23.1″E", "43°14’20.2”N 76°53’23.1”E",
        "43° 14' 20.2\" N, 76° 53' 23.1\" E", "43°14'20,2\" 76°53'23,1\"", "43°14´20.2´´N 76°53´23.1´´E",
        "N43°14'20.2\" E76°53'23.1\"", "N 43 14 20.2 E 76 53 23.1", "43 14 20.2 N 76 53 23.1 E",
        "43°14'20.2''N 76°53'23.1''E", "76°53'23.1\"E 43°14'20.2\"N", "43º14'20.2\"N 76º53'23.1\"E",
        "43°14′20.2″ с. ш. 76°53′23.1″ в. д.", "43°14'20.2\"с.ш., 76°53'23.1\"в.д.",
        "43°14.336667' 76°53.385'", "43°14.336667'N 76°53.385'E", "N 43°14.336667 E 76°53.385",
        "43 14.336667 N 76 53.385 E",
    ],
)  # fmt: skip
def test_degrees_with_minutes_are_read(text):
    position = typed_position(text, ALMATY)

    assert position is not None
    assert (position.lon, position.lat) == pytest.approx(SEXAGESIMAL, abs=1e-7)
    assert not position.exchanged


@pytest.mark.parametrize(
    "link",
    [
        "https://2gis.kz/almaty?m=76.9%2C43.2%2F16", "2gis.kz/almaty?m=76.9,43.2/16.5",
        "https://2gis.kz/almaty/geo/9430047375000000/76.9,43.2?m=76.1%2C43.1%2F16",
        "https://2gis.kz/almaty/geo/76.9%2C43.2", "https://2gis.ru/almaty/firm/70000001018073210/76.9%2C43.2",
        "https://2gis.kz/almaty/center/76.9,43.2/zoom/16",
        "http://2gis.kz/almaty?queryState=center%2F76.9%2C43.2%2Fzoom%2F16",
        "https://2gis.kz/almaty/directions/points/76.1%2C43.1%3B9429%7C76.9%2C43.2%3B9430?m=76.1%2C43.1%2F12",
        "https://2gis.kz/almaty/directions/points/%7C76.9%2C43.2%3B9430",
        "https://www.google.com/maps/@43.2,76.9,15z", "https://www.google.kz/maps/@43.2,76.9,15z?hl=ru",
        "https://www.google.com/maps/place/%D0%90/@43.1,76.1,17z/data=!4m6!1s0x38836e:0x3d44!8m2!3d43.2!4d76.9",
        "https://www.google.com/maps/place/43%C2%B012'00.0%22N+76%C2%B054'00.0%22E/@43.1,76.1,17z",
        "https://www.google.com/maps?q=43.2,76.9", "https://maps.google.com/?q=43.2,76.9",
        "https://maps.google.com/maps?q=loc:43.2,76.9&z=16",
        "https://maps.google.com/maps?q=%D0%94%D0%BE%D0%BC&ll=43.2,76.9",
        "https://maps.google.com/?ll=43.2,76.9",
        "https://www.google.com/maps/search/?api=1&query=43.2%2C76.9",
        "https://www.google.com/maps/search/43.2,+76.9",
        "https://maps.google.com/maps?saddr=43.1,76.1&daddr=43.2,76.9",
        "https://www.google.com/maps/dir//43.2,76.9/@43.1,76.1,12z",
        "https://yandex.kz/maps/162/almaty/?ll=76.9%2C43.2&z=16",
        "https://yandex.ru/maps/?pt=76.9,43.2&z=18&l=map",
        "https://yandex.kz/maps/?ll=76.1%2C43.1&whatshere%5Bpoint%5D=76.9%2C43.2&whatshere%5Bzoom%5D=16",
        "https://yandex.kz/maps/?text=43.2%2C76.9",
        "https://yandex.kz/maps/?ll=76.9%2C43.2&text=%D0%90%D0%B1%D0%B0%D1%8F",
        "https://yandex.kz/maps/?rtext=43.1%2C76.1~43.2%2C76.9&rtt=mt",
        "https://maps.yandex.ru/?ll=76.9,43.2",
        "https://www.openstreetmap.org/#map=16/43.2/76.9",
        "https://www.openstreetmap.org/node/1#map=16/43.2/76.9&layers=N",
        "https://www.openstreetmap.org/?mlat=43.2&mlon=76.9#map=16/43.1/76.1",
        "https://osm.org/search?query=43.2%2C76.9#map=5/43.1/76.1",
        "https://maps.apple.com/?ll=43.2,76.9&q=Dom", "https://maps.apple.com/?q=43.2,76.9",
        "Дом 2gis https://2gis.kz/almaty/geo/1/76.9,43.2 вот", "(https://2gis.kz/almaty/geo/1/76.9,43.2)",
        "https://maps.app.goo.gl/abc https://www.google.com/maps/@43.2,76.9,15z",
        "HTTPS://WWW.GOOGLE.COM/maps/@43.2,76.9,15z",
    ],
)  # fmt: skip
def test_a_link_to_a_map_holds_its_position(link):
    assert typed_position(link, ALMATY) == DECIMAL


def test_latitude_is_first_unless_only_the_other_order_makes_sense():
    exchanged = TypedPosition(76.9, 43.2, exchanged=True)

    assert typed_position("76.9 43.2", ALMATY) == exchanged
    assert typed_position("lat 76.9 lon 43.2", ALMATY) == exchanged
    assert typed_position("76.9 43.2") == TypedPosition(43.2, 76.9)
    assert typed_position("176.9 43.2") == TypedPosition(176.9, 43.2, exchanged=True)
    assert typed_position("55.7 37.6", ALMATY) == TypedPosition(37.6, 55.7)


def test_southern_and_western_positions_are_negative():
    assert typed_position("33.9 S 18.4 W") == TypedPosition(-18.4, -33.9)
    assert typed_position("-33.9, -18.4") == TypedPosition(-18.4, -33.9)
    assert typed_position("33.9° ю.ш. 18.4° з.д.") == TypedPosition(-18.4, -33.9)
    assert typed_position("-33°30' -18°30'") == TypedPosition(-18.5, -33.5)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "43 76", "43,76", "43.2", "12,5", "Абая 10.5", "Абая 10.5 12.5", "43.2 76.9 Абая",
        "43.2 76.9 10.1",
        "43.2.1 76.9", "43.2 - 76.9", "43.2-76.9", "12/1", "12,5 7", "43 14 20 76 53 23", "lat 43 lon 77",
        "95.0 185.0", "91.5 95.5", "2043.2 76.9", "43°61' 76°10'", "43°14' 76.9", "N 43.2 N 76.9",
        "43.2N 76.9",
        "lat 43.2 lat 76.9", "nan nan", "inf inf", "1e1 2e1", "43.2\x0076.9", "8.701.234.56.78", "15.03.2026",
        "geo:", "geo:x,y", "https://", "https://[", "https://2gis.kz/almaty",
        "https://2gis.kz/almaty/firm/70000001018073210",
        "https://www.google.com/search?q=43.2,76.9", "https://example.com/?q=43.2,76.9",
        "https://notgoogle.com/maps/@43.2,76.9",
        "https://www.google.com/maps/@143.2,276.9,15z", "https://maps.app.goo.gl/abc",
        "https://yandex.kz/maps/-/CDabc",
        "43.2 76.9" + " 0" * 200,
    ],
)  # fmt: skip
def test_anything_else_is_no_position(text):
    assert typed_position(text, ALMATY) is None


@pytest.mark.parametrize(
    ("text", "is_short"),
    [
        ("https://goo.gl/maps/abc", True),
        ("Мой дом: https://maps.app.goo.gl/abc?g_st=iw", True),
        ("https://go.2gis.com/x1y2z", True),
        ("https://yandex.kz/maps/-/CDabcdef", True),
        ("https://yandex.ru/maps/162/almaty/-/CDabcdef", True),
        ("https://osm.org/go/abc", True),
        ("https://maps.apple/p/abc", True),
        ("https://2gis.kz/almaty/geo/76.9,43.2", False),
        ("https://www.google.com/maps/@43.2,76.9,15z", False),
        ("https://example.com/go.2gis.com", False),
        ("go.2gis.com", False),
        ("Абая 10", False),
    ],
)
def test_short_links_are_recognised(text, is_short):
    assert is_short_link(text) is is_short


@pytest.mark.parametrize("unit", ["1", "1 ", "1.1 ", "°", "1°", "1°1'", " ", "N", "a.", "a-", "http://",
"2gis.kz/",
                                  "google.com/maps/dir/1,1/", "с. ш. ", "(", "lat:"])  # fmt: skip
@pytest.mark.parametrize("length", [190, 1_990, 10_000, 1_000_000])
def test_hostile_texts_take_no_time(unit, length):
    text = (unit * length)[:length]

    started = time.process_time()
    typed_position(text, ALMATY)
    is_short_link(text)

    assert time.process_time() - started < 0.25


@given(st.text())
def test_no_text_raises(text):
    assert is_short_link(text) in (True, False)
    position = typed_position(text, ALMATY)
    assert position is None or (abs(position.lon) <= 180 and abs(position.lat) <= 90)


@given(st.text(alphabet="0123456789.,:;'\"°′″NESWсшвд lat-+()/"))
def test_no_text_of_signs_raises(text):
    position = typed_position(text, ALMATY)
    assert position is None or (abs(position.lon) <= 180 and abs(position.lat) <= 90)


@given(
    st.sampled_from(["https://2gis.kz/", "https://google.com/maps/", "yandex.kz/maps/?", "osm.org/#"]),
    st.text(),
)
def test_no_link_raises(start, rest):
    assert is_short_link(start + rest) in (True, False)
    typed_position(start + rest, ALMATY)


@given(st.floats(43.1001, 43.4999), st.floats(76.7001, 77.1999))
def test_every_position_in_the_city_is_read_in_either_order(lat, lon):
    expected = pytest.approx((lon, lat), abs=1e-6)
    for text in (
        f"{lat:.7f} {lon:.7f}",
        f"{lon:.7f}, {lat:.7f}",
        f"{lat:.7f}°N {lon:.7f}°E".replace(".", ","),
    ):
        position = typed_position(text, ALMATY)
        assert position is not None
        assert (position.lon, position.lat) == expected
