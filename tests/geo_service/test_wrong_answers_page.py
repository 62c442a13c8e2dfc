"""Reporting a wrong answer, as browsers do it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo_service.campaign.file import write_campaign
from geo_service.campaign.model import LANGUAGES
from geo_service.settings import Settings
from geo_service.translations import text
from geo_service.web.app import create_app
from geo_service.wrong_answers.book import ReportBook

NOON = dt.datetime(2026, 3, 15, 7, 0, 41, tzinfo=dt.UTC)
ANSWER = {"precinct": "12", "place": "1", "house": "45"}
SAME = {"Sec-Fetch-Site": "same-origin"}


def make_client(store, campaign_path, **values):
    settings = Settings(store=store, campaign=campaign_path, **values)
    return create_app(settings, clock=lambda: NOON).test_client()


@pytest.fixture(scope="module")
def rendered(small_campaign_path, tmp_path_factory):
    """A store whose map is rendered already."""
    store = tmp_path_factory.mktemp("reports")
    make_client(store, small_campaign_path)
    return store


@pytest.fixture
def book(rendered):
    for path in rendered.glob("wrong-answers*"):
        path.unlink()
    return ReportBook(rendered)


@pytest.fixture
def client(book, rendered, small_campaign_path):
    return make_client(rendered, small_campaign_path)


def send(client, headers=SAME, language="ru", **form):
    return client.post(
        f"/{language}/report", data={"kind": "wrong_precinct", **ANSWER, **form}, headers=headers
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_form_names_the_answer_with_the_mark_and_every_choice(client, language):
    page = client.get(f"/{language}/report?precinct=12&place=1&house=45").text

    number = text("number.precinct", language, number=12)
    assert f"<dd>{number} [{text('mark.sample', language)}]</dd>" in page
    assert ", 45</dd>" in page
    assert page.count('type="radio"') == 7
    assert "report." not in re.sub(r'href="[^"]*"|src="[^"]*"', "", page)


def test_form_without_an_answer_asks_for_the_number(client):
    page = client.get("/ru/report").text

    assert 'name="precinct" inputmode="numeric"' in page


def test_form_of_a_street_asks_for_the_house(client):
    assert 'name="house"' in client.get("/ru/report?place=1").text
    assert 'id="report-house"' not in client.get("/ru/report?place=1&house=45").text


def test_report_is_kept_and_leads_to_the_thanks(client, book):
    response = send(client, right_precinct="3")

    assert (response.status_code, response.headers["Location"]) == (303, "/ru/report/thanks")
    (report,) = book.reports()
    assert (report.subject.precinct, report.subject.house, report.right_precinct) == (12, "45", 3)
    assert (report.first_at, report.kind) == ("2026-03-15T07:00+00:00", "wrong_precinct")


@pytest.mark.parametrize("language", LANGUAGES)
def test_thanks_name_the_call_centre(client, language):
    page = client.get(f"/{language}/report/thanks")

    assert page.status_code == 200
    assert 'href="tel:109"' in page.text


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "drop table"}, "kind"),
        ({"right_precinct": "777"}, "right_precinct"),
        ({"precinct": "", "place": "", "house": ""}, "subject"),
    ],
)
def test_form_that_is_not_complete_says_so_at_its_field_and_keeps_the_rest(client, book, form, field):
    response = send(client, **{"right_precinct": "3", **form})

    assert response.status_code == 422
    assert f'href="#report-{field}"' in response.text
    assert f'id="report-{field}"' in response.text
    assert book.reports() == []


def test_personal_number_in_a_field_is_not_shown_again(client):
    response = send(client, right_precinct="990101300123", house="990101300123")

    assert response.status_code == 422
    assert "990101300123" not in response.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Origin": "http://localhost"}, 303),
        ({"Origin": "https://precincts.example.kz"}, 303),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://[broken"}, 403),
        ({"Referer": "http://localhost/ru/report?precinct=12"}, 303),
        ({"Referer": "https://evil.example/localhost"}, 403),
        ({}, 403),
    ],
)
def test_only_our_own_page_may_send_the_form(book, rendered, small_campaign_path, headers, status):
    client = make_client(rendered, small_campaign_path, public_url="https://precincts.example.kz")

    response = send(client, headers)

    assert response.status_code == status
    assert len(book.reports()) == (status == 303)


def test_full_hour_is_said_with_the_call_centre(book, rendered, small_campaign_path):
    client = make_client(rendered, small_campaign_path, reports_per_hour=1)

    statuses = [send(client, precinct=number).status_code for number in ("12", "3", "12")]
    refused = send(client, precinct="3")

    assert statuses == [303, 503, 303]
    assert text("report.too_many", "ru") in refused.text
    assert 'href="tel:109"' in refused.text


def test_no_reports_are_taken_where_the_operator_wants_none(book, rendered, small_campaign_path):
    client = make_client(rendered, small_campaign_path, reports_per_hour=0)

    page, sent = client.get("/ru/report?precinct=12"), send(client)

    assert (page.status_code, sent.status_code) == (200, 503)
    assert text("report.by_telephone", "ru") in page.text
    assert "<form" not in page.text
    assert book.reports() == []


def test_store_that_cannot_be_written_is_said_and_not_thanked_for(client, book):
    book.path.mkdir()
    try:
        response = send(client)
    finally:
        book.path.rmdir()

    assert response.status_code == 503
    assert text("report.not_stored", "ru") in response.text


def test_form_that_is_far_too_long_is_refused(client, book):
    assert send(client, other="x" * 20_000).status_code == 413
    assert book.reports() == []


def test_sample_is_not_indexed(client):
    assert client.get("/ru/report").headers["X-Robots-Tag"] == "noindex"


FIELDS = st.sampled_from(
    ["precinct", "place", "house", "lat", "lon", "right_precinct", "kind", "flat", "iin"]
)
TYPED = st.one_of(
    st.text(max_size=40),
    st.from_regex(r"\d{12}", fullmatch=True),
    st.from_regex(r"(?:кв|пәтер|apt)\.? ?\d{3}", fullmatch=True),
    st.from_regex(r"45[ ,]{1,2}(?:кв|пәтер)\.? ?777", fullmatch=True),
    st.from_regex(r"99[/-]777", fullmatch=True),
    st.from_regex(r"\+7 7\d\d \d{3} \d\d \d\d", fullmatch=True),
    st.from_regex(r"[a-z]{3,9}@[a-z]{3,9}\.kz", fullmatch=True),
    st.sampled_from(["1", "12", "45", "hours", "43.229", "76.9225"]),
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=st.dictionaries(FIELDS, TYPED))
def test_no_row_ever_holds_a_personal_number_a_flat_or_an_address(client, book, form):
    send(client, **form)

    if not book.path.exists():
        return
    with sqlite3.connect(book.path) as connection:
        rows = connection.execute(
            "SELECT id, precinct, place, house, lon, lat, kind, right_precinct, count FROM reports"
        ).fetchall()
    connection.close()
    for row in rows:
        kept = " ".join(str(value) for value in row)
        assert not re.search(r"\d{12}", kept)
        assert "777" not in kept
        assert "@" not in kept
        assert re.fullmatch(r"\d{1,4}\w?(?:/\d{1,4}\w?)?", row[3] or "1")


def test_nothing_about_the_reader_is_kept(client, book, small_campaign, tmp_path):
    send(client, {**SAME, "User-Agent": "Mozilla/5.0 (unmistakable)", "X-Forwarded-For": "203.0.113.77"})

    content = b"".join(path.read_bytes() for path in book.path.parent.glob("wrong-answers*"))
    assert b"unmistakable" not in content
    assert b"203.0.113" not in content
    assert b"127.0.0.1" not in content


def test_page_without_a_campaign_says_so(tmp_path):
    client = create_app(Settings(store=tmp_path), clock=lambda: NOON).test_client()

    assert client.get("/ru/report").status_code == 503
    assert client.post("/ru/report", headers=SAME).status_code == 503


def test_official_numbers_carry_no_mark(small_campaign, tmp_path):
    path = tmp_path / "official.gpkg"
    info = dataclasses.replace(small_campaign.info, is_sample=False)
    write_campaign(path, dataclasses.replace(small_campaign, info=info))
    client = make_client(tmp_path, path)

    assert "<dd>№ 12</dd>" in client.get("/ru/report?precinct=12").text
