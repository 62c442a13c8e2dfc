"""Pictures and QR codes over HTTP."""

from __future__ import annotations

import dataclasses
import io
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image

from geo_service.campaign.file import write_campaign
from geo_service.finder import Finder
from geo_service.settings import Settings
from geo_service.translations import text
from geo_service.web import picture_store
from geo_service.web.app import create_app
from geo_service.web.picture_card import picture_card
from geo_service.web.picture_sizes import PICTURE_SIZES, nearest_size
from geo_service.web.picture_store import CampaignPictures, PictureRequest
from geo_service.web.pictures import picture_url

POINT = "lat=43.2290&lon=76.9225"
LONG_NUMBER = "950101300123"


@pytest.fixture(scope="module")
def client(app):
    return app.test_client()


@pytest.fixture
def app_of(small_campaign, tmp_path):
    """Make an application on the small campaign with some parts replaced."""

    def make(info=None, **settings):
        path = tmp_path / "campaign.gpkg"
        write_campaign(path, dataclasses.replace(small_campaign, info=info or small_campaign.info))
        return create_app(Settings(store=tmp_path, campaign=path, **settings))

    return make


def url_of(app, language, **asked):
    with app.test_request_context("/"):
        app.preprocess_request()
        return picture_url(language, **asked)


def opened(response):
    return Image.open(io.BytesIO(response.data))


@pytest.mark.parametrize(
    ("query", "size"),
    [
        ("", (720, 480)),
        ("precinct=9", (720, 480)),
        (f"precinct=9&{POINT}", (720, 480)),
        (POINT, (720, 480)),
        ("lat=43.23&lon=76.80", (720, 480)),
        ("precinct=9&width=1440&height=960", (1440, 960)),
        ("precinct=9&width=300", (360, 240)),
        ("precinct=9&width=1&height=1", (360, 240)),
        ("precinct=9&width=99999&height=99999", (1440, 960)),
        ("precinct=9&style=print", (1440, 960)),
        ("precinct=9&style=social", (1200, 630)),
        ("precinct=9&style=social&width=360", (1200, 630)),
        ("style=social", (1200, 630)),
        ("precinct=31", (720, 480)),
        ("precinct=901", (720, 480)),
    ],
)
def test_picture_is_a_png_of_the_size(client, query, size):
    response = client.get(f"/ru/map.png?{query}")

    assert (response.status_code, response.mimetype) == (200, "image/png")
    assert opened(response).size == size


def test_any_size_that_is_asked_for_is_one_of_a_few():
    sizes = {nearest_size(width, height) for width in range(200, 1601, 50) for height in range(200, 1601, 50)}

    assert sizes == set(PICTURE_SIZES)


@pytest.mark.parametrize("query", ["precinct=9", "style=social", "precinct=9&style=social", ""])
def test_words_are_those_of_the_language(client, query):
    bodies = {client.get(f"/{language}/map.png?{query}").data for language in ("kk", "ru", "en")}

    assert len(bodies) == 3


@pytest.mark.parametrize("query", ["precinct=999", "precinct=0", "precinct=999&style=social"])
def test_unknown_precinct_is_not_found(client, query):
    assert client.get(f"/ru/map.png?{query}").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "precinct=a",
        "precinct=-9",
        "precinct=9.5",
        "precinct=٩",
        f"precinct={LONG_NUMBER}",
        "precinct=9&width=wide",
        "precinct=9&height=-480",
        "precinct=9&style=dark",
        "lat=43.2",
        "lat=a&lon=76.9",
        "lat=943.2&lon=76.9",
        "lat=76.9225&lon=43.2290",
        "precinct=9&lat=nan&lon=nan",
    ],
)
def test_what_is_no_number_is_refused(client, query):
    response = client.get(f"/ru/map.png?{query}")

    assert response.status_code == 422
    assert LONG_NUMBER not in response.text


def test_address_with_the_campaigns_hash_is_kept_for_good(app, client):
    url = url_of(app, "kk", precinct=9)

    response = client.get(url)

    version = parse_qs(urlsplit(url).query)["v"][0]
    assert response.headers["X-Campaign-Hash"].startswith(version.partition("-")[0])
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("query", ["precinct=9", "precinct=9&v=", "precinct=9&v=0123456789ab-01234567"])
def test_address_without_the_current_hash_is_asked_again(client, query):
    response = client.get(f"/ru/map.png?{query}")

    assert response.headers["Cache-Control"] == "no-cache"


def test_picture_with_a_point_is_kept_by_no_shared_cache(app, client):
    url = url_of(app, "ru", precinct=9, point=(76.92251234, 43.229))

    assert "lat=43.22900&lon=76.92251" in url
    assert client.get(url).headers["Cache-Control"] == "private, no-cache"


def test_known_picture_is_not_sent_again(client):
    first = client.get("/ru/map.png?precinct=9")

    second = client.get("/ru/map.png?precinct=9", headers={"If-None-Match": first.headers["ETag"]})

    assert (second.status_code, second.data) == (304, b"")


def test_sample_is_not_indexed_and_its_file_name_says_so(client):
    response = client.get("/ru/map.png?precinct=9")

    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Content-Disposition"] == 'inline; filename="precinct-9-SAMPLE.png"'


def test_official_picture_is_another_one_without_the_mark(small_campaign, app_of, client):
    official = app_of(dataclasses.replace(small_campaign.info, is_sample=False)).test_client()

    response = official.get("/ru/map.png?precinct=9")

    assert response.data != client.get("/ru/map.png?precinct=9").data
    assert "X-Robots-Tag" not in response.headers
    assert response.headers["Content-Disposition"] == 'inline; filename="precinct-9.png"'


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        ({}, {}),
        ({"precinct": 9}, {"precinct": "9"}),
        ({"precinct": 9, "style": "social"}, {"precinct": "9", "style": "social"}),
        ({"precinct": 9, "style": "print"}, {"precinct": "9", "style": "print"}),
        ({"size": (1440, 960)}, {"width": "1440", "height": "960"}),
        ({"size": (720, 480)}, {}),
    ],
)
def test_address_of_a_picture_says_no_more_than_it_must(app, client, asked, query):
    url = url_of(app, "en", **asked)

    parts = urlsplit(url)
    found = {name: values[0] for name, values in parse_qs(parts.query).items() if name != "v"}
    assert (parts.path, found) == ("/en/map.png", query)
    assert client.get(url).status_code == 200


def served_by(app):
    return app.extensions["geo-service-campaign"].served


def test_picture_is_drawn_once(app):
    pictures = served_by(app).made(CampaignPictures)
    asked = PictureRequest("ru", "screen", (720, 480), 8)

    assert pictures.picture(asked) is pictures.picture(asked)


def test_pictures_that_nobody_asks_for_any_more_make_room(app, monkeypatch):
    monkeypatch.setattr(picture_store, "_KEPT_BYTES", 60_000)
    pictures = CampaignPictures(served_by(app))
    first = PictureRequest("ru", "screen", (360, 240), 2)

    kept = pictures.picture(first)
    for number in (3, 5, 7, 8, 9, 11, 12, 14):
        pictures.picture(dataclasses.replace(first, precinct=number))

    again = pictures.picture(first)
    assert again is not kept
    assert again == kept
    assert pictures._kept_bytes <= 60_000
    assert pictures._kept_bytes == sum(len(picture.body) for picture in pictures._kept.values())


def test_queue_for_pictures_has_an_end(client):
    with ExitStack() as drawing:
        while picture_store._ASKED.acquire(blocking=False):
            drawing.callback(picture_store._ASKED.release)

        busy = client.get("/ru/map.png?precinct=9&lat=43.22911&lon=76.92211")

    assert busy.status_code == 503
    assert client.get("/ru/map.png?precinct=9&lat=43.22911&lon=76.92211").status_code == 200


def test_threads_get_the_same_picture(app):
    pictures = CampaignPictures(served_by(app))
    asked = [PictureRequest("kk", "screen", (360, 240), number) for number in (2, 3, 5, 7)]
    alone = [pictures.picture(one) for one in asked]

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(pictures.picture, asked * 5))

    assert together == alone * 5


def test_preview_tells_the_station_the_day_and_the_hours(small_campaign_path):
    card = picture_card(Finder.open(small_campaign_path), 2, "ru")

    assert (card.lead, card.number) == ("Участок", "№ 2")
    assert card.heading == "Политехнический колледж"
    assert card.lines == ("улица Толе би, 12/1", "15 марта 2026\u202fг., 07:00–20:00")
    assert "не официальные" in card.foot


def test_preview_of_a_closed_precinct_sends_nobody_there(small_campaign, tmp_path):
    closed = tuple(
        dataclasses.replace(one, status="closed") if one.number == 2 else one
        for one in small_campaign.precincts
    )
    write_campaign(tmp_path / "closed.gpkg", dataclasses.replace(small_campaign, precincts=closed))

    card = picture_card(Finder.open(tmp_path / "closed.gpkg"), 2, "ru")

    assert card.heading == text("precinct.closed", "ru")
    assert card.lines == ("15 марта 2026\u202fг.",)


def test_preview_of_the_service_asks_the_question(small_campaign_path):
    card = picture_card(Finder.open(small_campaign_path), None, "kk")

    assert (card.lead, card.number) == ("", "")
    assert card.heading == "Қай учаскеде дауыс бересіз?"
    assert card.top == "Сынақ дауыс беру"


def test_official_preview_says_whose_the_data_are_and_of_which_day(small_campaign, app_of):
    app = app_of(dataclasses.replace(small_campaign.info, is_sample=False))

    card = picture_card(served_by(app).finder, 2, "ru")

    assert card.foot == "Данные: invented for tests, 1 февраля 2026\u202fг."
