"""The pages and their files, without a browser."""

from __future__ import annotations

import dataclasses
import gzip
import html
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from importlib import metadata
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from geo_service.api.openapi import ENDPOINTS
from geo_service.campaign.file import open_campaign, write_campaign
from geo_service.campaign.model import LANGUAGES, Campaign
from geo_service.errors import StoreError
from geo_service.finder import Finder
from geo_service.served.map_files import ensure_rendered, map_directory, rendering_versions
from geo_service.settings import Settings, load_settings
from geo_service.translations import text
from geo_service.web.app import create_app
from geo_service.web.headers import content_security_policy
from maps.assets import vendor_files

IN_9 = "lat=43.2290&lon=76.9225"
IN_2 = (76.9380, 43.2215)


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


class Page(HTMLParser):
    """The tags of a page, and the text of its answer."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.answer = ""
        self._depth = 0
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append((tag, values))
        if values.get("id") == "answer" or (self._depth and tag == "section"):
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "section" and self._depth:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.answer += data

    def files(self) -> list[str]:
        return [
            values.get("src") or values["href"] or ""
            for tag, values in self.tags
            if (tag in {"script", "img"} and values.get("src")) or tag == "link"
        ]


def client_page(campaign: Campaign, directory: Path, query: str) -> str:
    path = directory / "campaign.gpkg"
    write_campaign(path, campaign)
    app = create_app(Settings(store=directory, campaign=path))
    return app.test_client().get(f"/?{query}&lang=en").text


def without_polygons(campaign: Campaign, **layers: tuple) -> Campaign:
    """The campaign with precincts that are only listed, no districts, and other layers as they are given."""
    listed = tuple(dataclasses.replace(precinct, geometry=None) for precinct in campaign.precincts)
    return dataclasses.replace(campaign, precincts=listed, districts=(), **layers)


def test_serving_loads_neither_pandas_nor_geopandas_nor_folium(service_settings: Settings, app: Flask):
    program = (
        "import sys; from geo_service.web.app import create_app\n"
        "client = create_app().test_client()\n"
        f"assert client.get('/?{IN_9}').status_code == 200\n"
        f"assert client.get('/api/v1/locate?{IN_9}').status_code == 200\n"
        "heavy = {'pandas', 'geopandas', 'pyogrio', 'folium', 'branca', 'topojson', 'pydantic'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )

    run = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **service_settings.as_environment()},
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_asks_its_question_in_the_language_that_was_chosen(client, language):
    page = client.get(f"/?lang={language}").text

    assert f'<html lang="{language}">' in page
    assert f"<h1>{text('page.question', language)}</h1>" in page
    assert text("page.sample", language) in page


def test_page_without_a_language_takes_that_of_the_settings(service_settings: Settings):
    kazakh = create_app(dataclasses.replace(service_settings, language="kk")).test_client()

    assert '<html lang="kk">' in kazakh.get("/").text
    assert '<html lang="kk">' in kazakh.get("/?lang=xx").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_answer_is_in_the_page_of_a_point_without_any_script(client, language):
    answer = Page(client.get(f"/?{IN_9}&lang={language}").text).answer

    assert text("page.number", language, number=9) in answer
    assert text("mark.sample", language) in answer
    assert "144" in answer
    assert "07:00–20:00" in answer


def test_answer_of_an_outside_point_gives_the_call_centre(client, small_campaign: Campaign):
    answer = Page(client.get("/?lat=43.9&lon=77.5&lang=ru").text).answer

    assert text("page.outside", "ru") in answer
    assert small_campaign.info.call_centre.number in answer


@pytest.mark.parametrize(
    "query", ["lat=x&lon=76.9", "lat=43.2", "lon=76.9", "lat=91&lon=0", "lat=nan&lon=76.9"]
)
def test_a_point_that_is_none_is_refused_in_words(client, query):
    response = client.get(f"/?{query}&lang=en")

    assert response.status_code == 422
    assert text("page.bad_point", "en") in Page(response.text).answer


@pytest.mark.parametrize("language", LANGUAGES)
def test_swapped_axes_are_noticed_and_the_exchanged_point_is_one_click_away(client, language):
    response = client.get(f"/?lat=76.9225&lon=43.229&lang={language}")

    page = Page(response.text)
    links = [values["href"] for tag, values in page.tags if tag == "a" and "lat=" in (values["href"] or "")]
    exchanged = f"/?lat=43.229&lon=76.9225&lang={language}"
    assert response.status_code == 422
    assert text("page.swapped", language) in page.answer
    assert exchanged in links
    assert text("page.number", language, number=9) in Page(client.get(exchanged).text).answer


def test_example_of_a_point_lies_in_the_city_of_the_campaign(small_campaign: Campaign, tmp_path: Path):
    elsewhere = without_polygons(small_campaign, stations=(), houses=(), places=())
    path = tmp_path / "nowhere.gpkg"
    write_campaign(path, elsewhere)
    nowhere = (
        create_app(Settings(store=tmp_path, campaign=path)).test_client().get("/?lat=x&lon=1&lang=en").text
    )

    assert re.search(
        r"For example: 43\.2\d+ and 76\.9\d+\.", client_page(small_campaign, tmp_path, "lat=x&lon=1")
    )
    assert "For example" not in nowhere


def test_links_to_the_other_languages_keep_the_point(client):
    page = Page(client.get(f"/?{IN_9}&lang=ru").text)

    links = {values["data-language"]: values["href"] for _, values in page.tags if "data-language" in values}
    assert links["kk"] == f"?{IN_9}&lang=kk"


def test_page_has_no_inline_script_and_no_inline_style(client):
    page = Page(client.get(f"/?{IN_9}").text)

    assert all(values.get("src") for tag, values in page.tags if tag == "script")
    assert not any(tag == "style" or "style" in values for tag, values in page.tags)
    assert not any(name.startswith("on") for _, values in page.tags for name in values)


def test_page_may_be_zoomed(client):
    viewports = re.findall(r'<meta name="viewport" content="([^"]*)"', client.get("/").text)

    assert viewports == ["width=device-width, initial-scale=1"]


def test_page_escapes_what_the_campaign_says(small_campaign: Campaign, tmp_path: Path):
    station = small_campaign.stations_by_precinct[9]
    evil = dataclasses.replace(
        station, names=dataclasses.replace(station.names, ru="<script>alert(1)</script>")
    )
    stations = tuple(evil if each.precinct == 9 else each for each in small_campaign.stations)
    path = tmp_path / "evil.gpkg"
    write_campaign(path, dataclasses.replace(small_campaign, stations=stations))

    page = create_app(Settings(store=tmp_path, campaign=path)).test_client().get(f"/?{IN_9}&lang=ru").text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_every_file_of_the_page_comes_from_here_and_is_cached_for_good(client):
    files = Page(client.get("/").text).files()

    assert len(files) > 5
    for address in files:
        response = client.get(address)
        assert address.startswith("/")
        assert response.status_code == 200, address
        assert "immutable" in response.headers["Cache-Control"]


@pytest.mark.parametrize(("encoding", "decompress"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_files_are_served_compressed(client, encoding, decompress):
    for address in Page(client.get("/").text).files():
        plain = client.get(address)
        response = client.get(address, headers={"Accept-Encoding": encoding})

        assert response.headers["Content-Encoding"] == encoding, address
        assert response.headers["Vary"] == "Accept-Encoding"
        assert response.mimetype == plain.mimetype
        assert decompress(response.data) == plain.data


def test_modules_are_served_as_javascript(client):
    modules = [a for a in Page(client.get("/").text).files() if a.endswith(".js")]

    assert {client.get(address).mimetype for address in modules} == {"text/javascript"}


@pytest.mark.parametrize(
    "address",
    [
        "/static/vendor/leaflet-1.9.3/../__init__.py",
        "/static/own/000000000000/page.css",
        "/map/../../campaign.gpkg",
        "/map/000000000000-00000000/manifest.json",
        "/map/%2e%2e/current.json",
        "/nothing",
    ],
)
def test_what_is_not_there_is_a_page_with_a_way_on(client, address):
    response = client.get(address)

    assert response.status_code == 404
    assert text("page.home", "ru") in response.text


def test_policy_allows_our_own_host_only(client):
    policy = client.get("/").headers["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "img-src 'self' data:;" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_policy_allows_pictures_from_the_host_of_online_tiles():
    policy = content_security_policy("https://{s}.tiles.example/{z}/{x}/{y}.png")

    assert "img-src 'self' data: https://*.tiles.example;" in policy


@pytest.mark.parametrize("content", [b"", b'{"languages": {"ru": {"html"'])
def test_damaged_map_is_rendered_again(small_campaign_path: Path, tmp_path: Path, content):
    settings = Settings(store=tmp_path, campaign=small_campaign_path)
    directory = map_directory(settings, open_campaign(small_campaign_path).content_hash)
    directory.mkdir(parents=True)
    (directory / "manifest.json").write_bytes(content)

    page = create_app(settings).test_client().get("/?lang=en")

    assert page.status_code == 200
    assert text("page.no_map", "en") not in page.text


@pytest.mark.parametrize("package", ["folium", "branca", "topojson"])
def test_another_version_of_what_renders_a_map_is_another_map(service_settings, monkeypatch, package):
    before = map_directory(service_settings, "0" * 64)
    version = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "0" if name == package else version(name))

    assert map_directory(service_settings, "0" * 64) != before


def test_directory_of_a_map_depends_on_the_versions_of_the_browser_libraries():
    versions = rendering_versions()

    assert all(path in versions["browser"].split() for path in vendor_files())
    assert re.search(r"leaflet-\d.*markercluster-\d", versions["browser"])


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("https://tiles.example:8443/{z}/{x}/{y}.png", "https://tiles.example:8443"),
        ("http://127.0.0.1:9000/{z}/{x}/{y}.png", "http://127.0.0.1:9000"),
        ("https://{s}.tile.example/{z}/{x}/{y}.png", "https://*.tile.example"),
    ],
)
def test_host_of_tiles_that_the_settings_take_is_in_the_policy(address, source):
    settings = load_settings(environment={"GEO_SERVICE_TILE_URL": address})

    assert f"img-src 'self' data: {source};" in content_security_policy(settings.tile_url)


def test_sample_campaign_stays_out_of_search_engines(client):
    response = client.get("/")

    assert response.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.text


def test_real_campaign_may_be_indexed_and_carries_no_mark(small_campaign: Campaign, tmp_path: Path):
    real = dataclasses.replace(small_campaign, info=dataclasses.replace(small_campaign.info, is_sample=False))
    path = tmp_path / "real.gpkg"
    write_campaign(path, real)

    response = create_app(Settings(store=tmp_path, campaign=path)).test_client().get(f"/?{IN_9}&lang=ru")

    assert "X-Robots-Tag" not in response.headers
    assert "noindex" not in response.text
    assert text("mark.sample", "ru") not in response.text


def test_answer_by_a_derived_border_is_worded_as_probable(small_campaign: Campaign, tmp_path: Path):
    derived = tuple(dataclasses.replace(p, authority="derived") for p in small_campaign.precincts)
    path = tmp_path / "derived.gpkg"
    write_campaign(path, dataclasses.replace(small_campaign, precincts=derived))

    page = create_app(Settings(store=tmp_path, campaign=path)).test_client().get(f"/?{IN_9}&lang=ru").text

    answer = " ".join(Page(page).answer.split())
    assert answer.startswith("Вероятно, участок № 9")
    assert notes_of(path, "derived_border", "ru")[0] in answer


def notes_of(path: Path, code: str, language: str) -> list[str]:
    """The texts of the notes with a code, of the answer at `IN_9`."""
    notes = Finder.open(path).by_point(76.9225, 43.2290).notes
    return [note.text(language) for note in notes if note.code == code]


@pytest.mark.parametrize("doubt", ["derived", "no station", "near a border"])
def test_answer_that_is_in_doubt_has_the_call_centre_beside_it(
    small_campaign: Campaign, tmp_path: Path, doubt
):
    campaign, query = small_campaign, IN_9
    if doubt == "derived":
        derived = tuple(dataclasses.replace(p, authority="derived") for p in small_campaign.precincts)
        campaign = dataclasses.replace(small_campaign, precincts=derived)
    elif doubt == "no station":
        stations = tuple(station for station in small_campaign.stations if station.precinct != 9)
        campaign = dataclasses.replace(small_campaign, stations=stations)
    else:
        query = "lat=43.2290&lon=76.91725"

    answer = Page(client_page(campaign, tmp_path, query)).answer

    assert "No. " in answer
    assert small_campaign.info.call_centre.number in answer


def test_answer_without_doubt_is_left_alone(client, small_campaign: Campaign):
    assert small_campaign.info.call_centre.number not in Page(client.get(f"/?{IN_9}").text).answer


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_unknown_of_a_station_is_said_in_one_phrase_after_what_is_known(client, language):
    answer = Page(client.get(f"/?lat={IN_2[1]}&lon={IN_2[0]}&lang={language}").text).answer

    missing = text("page.facts_missing", language, facts=text("page.fact.sign_language.unknown", language))
    assert answer.index(text("page.fact.parking.yes", language)) < answer.index(missing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_without_scripts_asks_for_coordinates_in_words(client, language):
    source = client.get(f"/?lang={language}").text
    form = re.search(r"<noscript>\s*<form.*?</noscript>", source, re.DOTALL)[0]

    names = {values.get("name") for tag, values in Page(form).tags if tag == "input"}
    assert names == {"lat", "lon", "lang"}
    assert all(text(key, language) in form for key in ("page.lat", "page.lon", "page.find", "page.no_script"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_overview_of_the_api_is_in_the_language_of_the_page(client, language):
    source = html.unescape(client.get(f"/api/?lang={language}").text)

    for endpoint in ENDPOINTS:
        assert endpoint.summary(language) in source
        assert all(parameter.meaning(language) in source for parameter in endpoint.parameters)


def test_without_a_campaign_the_page_says_that_it_is_unavailable(tmp_path: Path):
    client = create_app(Settings(store=tmp_path, campaign=tmp_path / "missing.gpkg")).test_client()

    response = client.get("/?lang=ru")

    assert response.status_code == 503
    assert text("page.unavailable", "ru") in response.text


def test_page_answers_without_a_map_if_it_cannot_be_rendered(small_campaign_path: Path, tmp_path: Path):
    blocked = tmp_path / "store"
    blocked.write_text("a file where the store should be")
    client = create_app(Settings(store=blocked, campaign=small_campaign_path)).test_client()

    page = client.get(f"/?{IN_9}&lang=en")

    assert page.status_code == 200
    assert text("page.no_map", "en") in page.text
    assert "No. 9" in Page(page.text).answer
    assert client.get("/api/v1/precincts.topojson").status_code == 503


def test_rendering_that_fails_says_why(small_campaign_path: Path, tmp_path: Path):
    blocked = tmp_path / "store"
    blocked.write_text("a file where the store should be")

    with pytest.raises(StoreError, match="could not be rendered"):
        ensure_rendered(Settings(store=blocked), small_campaign_path, "0" * 64)


def test_rendered_map_is_used_again(
    app: Flask, service_settings: Settings, small_campaign_path: Path, client
):
    content_hash = client.get("/readyz").get_json()["hash"]
    directory = map_directory(service_settings, content_hash)
    before = {path: path.stat().st_mtime_ns for path in directory.iterdir()}

    assert ensure_rendered(service_settings, small_campaign_path, content_hash) == directory
    assert {path: path.stat().st_mtime_ns for path in directory.iterdir()} == before


def test_another_background_is_another_map(service_settings: Settings):
    with_tiles = dataclasses.replace(service_settings, tile_url="https://tiles.example/{z}/{x}/{y}.png")

    assert map_directory(with_tiles, "0" * 64) != map_directory(service_settings, "0" * 64)


def test_overview_of_the_api_lists_the_endpoints(client):
    page = client.get("/api/?lang=en")

    assert page.status_code == 200
    assert "/api/v1/locate" in page.text
