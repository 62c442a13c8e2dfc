"""Whatever stands in an address of the finder: nothing fails, breaks out, or gives a number away."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_service.addresses.personal_number import holds_personal_number
from geo_service.translations import text
from tests.geo_service.html_page import HtmlPage

PERSONAL_NUMBER = "850412300123"


@pytest.fixture(scope="module")
def client(app):
    # Of a reader whose browser keeps nothing.
    return app.test_client(use_cookies=False)


@pytest.mark.parametrize("path", ["/", "/kk/", "/ru/answer"])
@pytest.mark.parametrize(
    "query",
    [
        {"q": PERSONAL_NUMBER},
        {"q": "ИИН 850412-300123, Абая 5"},
        {"lat": PERSONAL_NUMBER, "lon": "76.9"},
        {"q": "Абая", "place": PERSONAL_NUMBER},
        {PERSONAL_NUMBER: "1"},
        {"q": "Абая 45", "more": PERSONAL_NUMBER},
    ],
)
def test_personal_number_leaves_the_address_and_is_repeated_nowhere(client, path, query):
    response = client.get(path, query_string=query)

    followed = client.get(response.headers["Location"])
    assert response.status_code == 303
    assert response.headers["Location"] == f"{path}?personal=1"
    for answer in (response, followed):
        assert not re.search(r"850412|300123", answer.text + str(answer.headers))
    assert text("note.personal_number", "kk" if path == "/kk/" else "ru") in followed.text


def test_position_with_many_decimals_is_no_personal_number(client):
    page = HtmlPage(client.get("/ru/?lat=43.22901234567890&lon=76.92251234567890").text)

    assert page.selection["precinct"] == 9


@settings(max_examples=150)
@given(typed=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_nothing_that_is_typed_breaks_out_of_the_page(client, typed):
    response = client.get("/en/", query_string={"q": typed})

    if holds_personal_number(typed):
        assert response.status_code == 303
        return
    page = HtmlPage(response.text)
    assert response.status_code in {200, 422}
    assert page.attributes("answer")["data-typed"] == typed.strip()[:250]
    assert page.attributes("q")["value"] == typed.strip()[:250]
    assert all(values.get("src", "").startswith("/") for tag, values in page.tags if tag == "script")
    assert not any(name.startswith("on") or name == "style" for _, values in page.tags for name in values)


@pytest.mark.parametrize("typed", ['"><script>alert(1)</script>', "'; onload=x", "{{ 7*7 }}", "<b>Абая 45"])
def test_markup_that_is_typed_stays_text(client, typed):
    benign = Counter(tag for tag, _ in HtmlPage(client.get("/ru/", query_string={"q": "ывапывп"}).text).tags)
    page = HtmlPage(client.get("/ru/", query_string={"q": typed}).text)

    assert page.attributes("q")["value"] == typed
    assert Counter(tag for tag, _ in page.tags)["script"] == benign["script"]


@settings(max_examples=60)
@given(
    arguments=st.dictionaries(
        st.sampled_from(["q", "place", "district", "lat", "lon", "accuracy", "personal", "_external"]),
        st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)
        | st.floats().map(str)
        | st.integers().map(str),
    )
)
def test_no_arguments_fail(client, arguments):
    for path in ("/", "/ru/", "/ru/answer"):
        assert client.get(path, query_string=arguments).status_code in {200, 303, 422}
