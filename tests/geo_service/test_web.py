"""The pages' frame, their files and headers, without a browser."""

from __future__ import annotations

import dataclasses
import gzip
import html
import os
import re
import subprocess
import sys
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
from geo_service.served.map_files import ensure_rendered, map_directory, rendering_versions
from geo_service.settings import Settings, load_settings
from geo_service.translations import text
from geo_service.web.app import create_app
from geo_service.web.headers import content_security_policy
from maps.assets import vendor_files
from tests.geo_service.html_page import HtmlPage

IN_9 = "lat=43.2290&lon=76.9225"


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_serving_loads_neither_pandas_nor_geopandas_nor_folium(service_settings: Settings, app: Flask):
    program = (
        "import sys; from geo_service.web.app import create_app\n"
        "client = create_app().test_client()\n"
        f"assert client.get('/ru/?{IN_9}').status_code == 200\n"
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


def test_page_has_no_inline_script_and_no_inline_style(client):
    page = HtmlPage(client.get(f"/ru/?{IN_9}").text)

    assert all(values.get("src") for tag, values in page.tags if tag == "script")
    assert not any(tag == "style" for tag, _ in page.tags)
    assert not re.search(r"<[^>]* style=", page.source)
    assert not any(name.startswith("on") for _, values in page.tags for name in values)


def test_page_may_be_zoomed(client):
    viewports = re.findall(r'<meta name="viewport" content="([^"]*)"', client.get("/ru/").text)

    assert viewports == ["width=device-width, initial-scale=1"]


def test_every_file_of_the_page_comes_from_here_and_is_cached_for_good(client):
    files = HtmlPage(client.get("/ru/").text).files()

    assert len(files) > 5
    for address in files:
        response = client.get(address)
        assert address.startswith("/")
        assert response.status_code == 200, address
        assert "immutable" in response.headers["Cache-Control"]


@pytest.mark.parametrize(("encoding", "decompress"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_files_are_served_compressed(client, encoding, decompress):
    for address in HtmlPage(client.get("/ru/").text).files():
        plain = client.get(address)
        response = client.get(address, headers={"Accept-Encoding": encoding})

        assert response.headers["Content-Encoding"] == encoding, address
        assert response.headers["Vary"] == "Accept-Encoding"
        assert response.mimetype == plain.mimetype
        assert decompress(response.data) == plain.data


def test_modules_are_served_as_javascript(client):
    modules = [a for a in HtmlPage(client.get("/ru/").text).files() if a.endswith(".js")]

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
    policy = client.get("/ru/").headers["Content-Security-Policy"]

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

    page = create_app(settings).test_client().get("/en/")

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
    response = client.get("/ru/")

    assert response.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.text


def test_real_campaign_may_be_indexed_and_carries_no_mark(small_campaign: Campaign, tmp_path: Path):
    real = dataclasses.replace(small_campaign, info=dataclasses.replace(small_campaign.info, is_sample=False))
    path = tmp_path / "real.gpkg"
    write_campaign(path, real)

    response = create_app(Settings(store=tmp_path, campaign=path)).test_client().get("/ru/")

    assert "X-Robots-Tag" not in response.headers
    assert "noindex" not in response.text
    assert text("mark.sample", "ru") not in response.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_overview_of_the_api_is_in_the_language_of_the_page(client, language):
    source = html.unescape(client.get(f"/{language}/api").text)

    for endpoint in ENDPOINTS:
        assert endpoint.summary(language) in source
        assert all(parameter.meaning(language) in source for parameter in endpoint.parameters)


def test_without_a_campaign_the_page_says_that_it_is_unavailable(tmp_path: Path):
    client = create_app(Settings(store=tmp_path, campaign=tmp_path / "missing.gpkg")).test_client()

    response = client.get("/ru/")

    assert response.status_code == 503
    assert text("page.unavailable", "ru") in response.text


def test_page_answers_without_a_map_if_it_cannot_be_rendered(small_campaign_path: Path, tmp_path: Path):
    blocked = tmp_path / "store"
    blocked.write_text("a file where the store should be")
    client = create_app(Settings(store=blocked, campaign=small_campaign_path)).test_client()

    page = client.get(f"/en/?{IN_9}")

    assert page.status_code == 200
    assert text("page.no_map", "en") in page.text
    assert "No. 9" in HtmlPage(page.text).text("answer-title")
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
    page = client.get("/en/api")

    assert page.status_code == 200
    assert "/api/v1/locate" in page.text
