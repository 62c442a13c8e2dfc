"""The address without a language."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from geo_service.translations import text
from geo_service.web.app import create_app
from tests.geo_service.html_page import HtmlPage


@pytest.fixture
def client(app):
    """A reader who has been nowhere yet."""
    return app.test_client()


def test_first_visit_asks_in_both_official_languages_on_one_page(client):
    response = client.get("/")

    page = HtmlPage(response.text)
    said = page.text()
    assert response.status_code == 200
    for language in ("kk", "ru"):
        assert text("page.question", language) in said
        assert text("page.sample", language) in said
        assert page.attributes(f"q-{language}")["name"] == "q"
    forms = [values["action"] for tag, values in page.tags if tag == "form"]
    assert forms == ["/kk/", "/ru/"]


@pytest.mark.parametrize("wanted", ["kk", "ru", "en-GB,en;q=0.9", "ru-RU,ru;q=0.9,kk;q=0.1"])
def test_language_of_the_browser_alone_does_not_decide(client, wanted):
    assert client.get("/", headers={"Accept-Language": wanted}).status_code == 200


def test_first_page_remembers_nothing(client):
    assert "Set-Cookie" not in client.get("/").headers


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_language_that_was_read_is_remembered(client, language):
    client.get(f"/{language}/")

    response = client.get("/")

    assert response.status_code == 302
    assert response.headers["Location"] == f"/{language}/"


def test_question_is_kept_for_the_remembered_language(client):
    client.get("/kk/")

    address = client.get("/", query_string={"q": "Абай 45", "place": "1"}).headers["Location"]

    assert HtmlPage(client.get(address).text).selection["precinct"] == 12
    assert address.startswith("/kk/?q=")


def test_question_is_kept_at_the_first_visit(client):
    page = HtmlPage(client.get("/?lat=43.2290&lon=76.9225").text)

    links = {values["data-language"]: values["href"] for _, values in page.tags if "data-language" in values}
    assert links == {code: f"/{code}/?lat=43.2290&lon=76.9225" for code in ("kk", "ru", "en")}
    assert HtmlPage(client.get("/?q=Abay+45").text).attributes("q-kk")["value"] == "Abay 45"


def test_arguments_that_ask_nothing_are_dropped(client):
    client.get("/ru/")

    assert client.get("/?_external=1&language=xx&fbclid=1").headers["Location"] == "/ru/"


def test_response_is_kept_for_no_other_reader(client):
    headers = client.get("/").headers

    assert "private" in headers["Cache-Control"]
    assert "Cookie" in headers["Vary"]


def test_half_of_each_language_says_so(client):
    halves = [values["lang"] for tag, values in HtmlPage(client.get("/").text).tags if tag == "section"]

    assert halves == ["kk", "ru"]


def test_rehearsal_is_said_in_both_languages(service_settings):
    settings = dataclasses.replace(
        service_settings, rehearse_at=dt.datetime(2026, 3, 15, 1, 30, tzinfo=dt.UTC)
    )

    said = create_app(settings).test_client().get("/").text

    for language in ("kk", "ru"):
        assert text("page.rehearsal", language, moment="{moment}").split("{moment}")[0].strip() in said
