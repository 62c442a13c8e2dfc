"""The finder in frames of other sites: who may show it, what it sends, and the code to copy."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest

from geo_service.campaign.model import LANGUAGES
from geo_service.errors import SettingError
from geo_service.settings import Settings, load_settings
from geo_service.translations import text
from geo_service.web.app import create_app

NEWS = "https://news.example https://*.example.kz"


class Tags(HTMLParser):
    """The tags of a text, in their order."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, name):
        return [values for tag, values in self.tags if tag == name]


@pytest.fixture(scope="module")
def client_with(small_campaign_path, tmp_path_factory):
    store = tmp_path_factory.mktemp("embed")

    def make(**values):
        return create_app(Settings(store=store, campaign=small_campaign_path, **values)).test_client()

    return make


@pytest.fixture(scope="module")
def client(client_with):
    return client_with()


@pytest.fixture(autouse=True)
def _nobodys_home(tmp_path, monkeypatch):
    """Keep the configuration of whoever runs the tests out of them."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "no-config"))


def ancestors(response):
    return re.search(r"frame-ancestors ([^;]*)", response.headers["Content-Security-Policy"])[1]


@pytest.mark.parametrize(
    ("setting", "policy"), [("", "'self'"), (NEWS, f"'self' {NEWS}"), ("*", "'self' *")]
)  # fmt: skip
def test_sites_of_the_setting_and_our_own_may_frame_the_embedded_finder(client_with, setting, policy):
    assert ancestors(client_with(frame_ancestors=setting).get("/kk/embed")) == policy


@pytest.mark.parametrize(
    "path",
    ["/", "/ru/", "/ru/answer?q=1", "/ru/embed-code", "/embed.js", "/ru/report", "/ru/quality", "/ru/api",
     "/ru/nothing", "/ru/embed/more", "/healthz", "/api/v1/campaign"],
)  # fmt: skip
def test_no_other_page_may_stand_in_a_frame(client_with, path):
    response = client_with(frame_ancestors="*").get(path)

    assert ancestors(response) == "'none'"


def test_no_header_contradicts_the_policy(client):
    assert "X-Frame-Options" not in client.get("/ru/embed").headers


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        ("*", "*"),
        ("https://news.example", "https://news.example"),
        ("https://News.example/, https://*.example.kz", NEWS),
        (["https://news.example", "https://*.example.kz"], NEWS),
        ("'self' https://news.example https://news.example", "https://news.example"),
        ("https://news.example *", "*"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
    ],
)
def test_setting_is_read_as_people_write_it(given, kept):
    settings = load_settings({"frame_ancestors": given}, environment={})

    assert settings.frame_ancestors == kept


@pytest.mark.parametrize(
    "given",
    ["news.example", "https://", "https://news.example/path", "'none'", "https:", "data:", "https://a.kz;",
     "https://a.kz\nX-Evil: 1;script-src", "https://*", "https://a.*.kz", "ftp://a.kz", [7], "https://а.kz"],
)  # fmt: skip
def test_setting_that_names_no_site_is_refused_with_an_example(given):
    with pytest.raises(SettingError) as caught:
        load_settings({"frame_ancestors": given}, environment={})

    assert "frame_ancestors" in str(caught.value)
    assert "https://news.example" in str(caught.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_frame_has_box_marks_and_ways_out(client, language):
    response = client.get(f"/{language}/embed?precinct=9")
    page = Tags(response.text)

    assert response.status_code == 200
    assert text("mark.sample", language) in response.text
    assert text("page.sample", language) in response.text
    assert text("embed.open", language) in response.text
    assert [base["target"] for base in page.all("base")] == ["_blank"]
    (form,) = [one for one in page.all("form") if one.get("role") == "search"]
    assert (form["action"], form["target"]) == (f"/{language}/embed", "_self")
    assert re.search(r'data-slot="number">[^<]*9<', response.text)


def test_frame_is_never_indexed(client):
    assert '<meta name="robots" content="noindex">' in client.get("/ru/embed").text


def test_frame_answers_what_is_typed_and_keeps_it_from_caches(client):
    response = client.get("/ru/embed?q=Абая+45")

    assert 'data-answer="found"' in response.text
    assert response.headers["Cache-Control"] == "private, no-store"


def test_what_is_typed_goes_before_the_precinct(client):
    assert re.search(r'data-slot="number">[^<]*12<', client.get("/ru/embed?precinct=9&q=Абая+45").text)


@pytest.mark.parametrize("precinct", ["", "x", "-9", "9" * 12, "9; drop", "٩"])
def test_what_is_no_precinct_shows_the_box_alone(client, precinct):
    response = client.get("/ru/embed", query_string={"precinct": precinct})

    assert response.status_code in {200, 303}
    assert "data-answer" not in response.text


@pytest.mark.parametrize("name", ["q", "precinct", "anything"])
def test_personal_number_does_not_stay_in_the_address(client, name):
    response = client.get("/kk/embed", query_string={name: "990101300123"})

    assert (response.status_code, response.headers["Location"]) == (303, "/kk/embed?personal=1")
    assert "990101300123" not in client.get(response.headers["Location"]).text


@pytest.mark.parametrize("path", ["/en/embed", "/en/embed?precinct=9", "/embed.js"])
def test_frame_sets_no_cookie(client, path):
    assert "Set-Cookie" not in client.get(path).headers


def test_links_that_stay_in_the_frame_lead_to_the_frame_again(client):
    page = Tags(client.get("/ru/embed?precinct=9").text)

    staying = [
        values.get("href") or values["action"] for _, values in page.tags if values.get("target") == "_self"
    ]
    assert len(staying) == 4
    assert all(re.match(r"/(kk|ru|en)/embed\b", address) for address in staying)


def test_frame_without_a_campaign_says_so_inside_the_frame(tmp_path):
    client = create_app(Settings(store=tmp_path, frame_ancestors="*")).test_client()

    response = client.get("/en/embed")

    assert (response.status_code, ancestors(response)) == (503, "'self' *")
    assert text("embed.unavailable", "en") in response.text
    assert "Set-Cookie" not in response.headers


def test_script_may_be_used_by_every_site_and_titles_the_frame(client):
    response = client.get("/embed.js")

    assert response.mimetype == "text/javascript"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "__TITLES__" not in response.text
    for language in LANGUAGES:
        assert f'"{language}": "{text("page.title", language)}"' in response.text


def test_script_is_compressed_for_whoever_takes_it(client):
    response = client.get("/embed.js", headers={"Accept-Encoding": "gzip"})

    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Vary"] == "Accept-Encoding"


def test_script_declares_nothing_that_the_page_around_would_see(client):
    lines = client.get("/embed.js").text.splitlines()

    code = [line for line in lines if line and not line.startswith("//")]
    assert (code[0], code[-1]) == ("(() => {", "})();")
    assert all(line.startswith(" ") for line in code[1:-1])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("precinct", [None, "9"])
def test_code_to_copy_is_sound_and_leads_to_pages_that_exist(client_with, language, precinct):
    client = client_with(public_url="https://precincts.example.kz")
    page = client.get("/en/embed-code", query_string={"shown": language, "precinct": precinct or ""}).text
    script, plain = (
        html.unescape(code) for code in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)
    )

    first_line, rest = script.split("\n")
    (tag,) = Tags(first_line).all("script")
    assert tag["src"] == "https://precincts.example.kz/embed.js"
    assert (tag["data-language"], tag.get("data-precinct")) == (language, precinct)
    assert "async" in tag
    assert (rest.startswith("<noscript>"), rest.endswith("</noscript>")) == (True, True)
    for code in (rest, plain):
        (frame,) = Tags(code).all("iframe")
        assert frame["title"] == text("page.title", language)
        address = frame["src"].removeprefix("https://precincts.example.kz")
        assert address == f"/{language}/embed" + (f"?precinct={precinct}" if precinct else "")
        assert client.get(address).status_code == 200


def test_code_page_shows_the_real_thing(client):
    page = Tags(client.get("/ru/embed-code?precinct=9&shown=kk").text)

    (script,) = [one for one in page.all("script") if one.get("src") == "/embed.js"]
    assert (script["data-language"], script["data-precinct"]) == ("kk", "9")


@pytest.mark.parametrize(
    ("setting", "says"), [("", "embed.no_site"), (NEWS, "embed.some_sites"), ("*", "embed.every_site")]
)
def test_code_page_says_who_may_embed(client_with, setting, says):
    page = html.unescape(client_with(frame_ancestors=setting).get("/ru/embed-code").text)

    assert text(says, "ru") in page
    assert all(f"<li>{site}</li>" in page for site in setting.split() if site != "*")


@pytest.mark.parametrize("precinct", ["777", "x", "990101300123"])
def test_code_for_a_precinct_that_is_not_there_is_not_given(client, precinct):
    response = client.get("/ru/embed-code", query_string={"precinct": precinct})

    assert response.status_code == 422
    assert text("embed.no_precinct", "ru") in response.text
    assert "data-precinct" not in response.text


def test_frame_keeps_its_banners_inside_a_landmark(client):
    before_main = client.get("/ru/embed").text.split("<main")[0]

    assert (
        before_main.index("<header>") < before_main.index('class="sample"') < before_main.index("</header>")
    )


def test_frame_without_a_language_takes_the_readers_and_keeps_what_is_asked(app):
    client = app.test_client()

    first = client.get("/embed?precinct=9")
    client.set_cookie("language", "kk")
    later = client.get("/embed?precinct=9")
    personal = client.get("/embed?q=950101199994")

    assert first.headers["Location"] == "/ru/embed?precinct=9"
    assert later.headers["Location"] == "/kk/embed?precinct=9"
    assert personal.headers["Location"] == "/kk/embed?personal=1"
    assert "frame-ancestors 'self'" in first.headers["Content-Security-Policy"]


def test_address_without_a_language_keeps_nothing_but_the_question(app):
    query = {"precinct": "9", "language": "xx", "endpoint": "x", "_external": "1", "_scheme": "javascript"}

    response = app.test_client().get("/embed", query_string=query)

    assert (response.status_code, response.headers["Location"]) == (302, "/ru/embed?precinct=9")
