"""The one box over HTTP: ``/find`` and ``/suggest``."""

from __future__ import annotations

import logging
from typing import get_args

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from geo_service.api.openapi import build_document
from geo_service.campaign.model import LANGUAGES
from geo_service.finder import Finder
from geo_service.resolution import Status
from geo_service.settings import Settings
from geo_service.web.app import create_app

QUERIES = {
    "found": "Абая 12А",
    "ambiguous": "школа 144",
    "street_only": "Толе би",
    "house_unknown": "Абая 12",
    "outside": "Астана, Абая 10",
    "not_found": "зюзюка 3",
    "personal_number": "ЖСН 990101 000000",
}


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def document() -> dict:
    return build_document()


def ask(client: FlaskClient, endpoint: str, **arguments: object):
    return client.get(f"/api/v1/{endpoint}", query_string=arguments)


def assert_shape(value: object, name: str, document: dict) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    Draft202012Validator(schema).validate(value)


def assert_problem(response, field: str, document: dict) -> dict:
    assert response.status_code == 422
    assert response.mimetype == "application/problem+json"
    problem = response.get_json(force=True)
    assert_shape(problem, "Problem", document)
    assert problem["field"] == field
    return problem


def test_there_is_a_query_for_every_status():
    assert set(QUERIES) == set(get_args(Status))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", QUERIES)
def test_answer_is_that_of_the_finder_whatever_its_status(client, finder, document, status, language):
    query = QUERIES[status]

    response = ask(client, "find", q=query, lang=language)

    answer = response.get_json()
    assert (response.status_code, answer["status"]) == (200, status)
    assert answer == finder.by_address(query, lang=language).to_dict()
    assert_shape(answer, "ResolutionAnswer", document)


def test_answer_of_the_sample_city_is_that_of_the_finder(sample_city_path, sample_city, tmp_path, document):
    client = create_app(Settings(store=tmp_path, campaign=sample_city_path)).test_client()
    finder = Finder(sample_city)

    for query in ("Сатпаева 20", "Абая 10", "Комсомольская 45", "Самал-2", "Молдагалиева 5"):
        answer = ask(client, "find", q=query, explain="true").get_json()
        assert answer == finder.by_address(query, explain=True).to_dict()
        assert_shape(answer, "ResolutionAnswer", document)


def test_district_place_and_explanation_reach_the_finder(client, finder):
    answer = ask(client, "find", q="12", district="almaly", place=1, explain="true").get_json()

    assert answer == finder.by_address("12", "almaly", place=1, explain=True).to_dict()
    assert answer["candidates"][0]["score"]["total"] > 0


def test_answers_are_kept_by_no_cache_and_name_the_campaign(client, finder):
    for endpoint in ("find", "suggest"):
        response = ask(client, endpoint, q="Абая")
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["X-Campaign-Hash"] == finder.file.content_hash


@pytest.mark.parametrize(
    ("endpoint", "arguments", "field"),
    [
        ("find", {}, "q"),
        ("find", {"q": ""}, "q"),
        ("find", {"q": " \t\u00a0"}, "q"),
        ("find", {"q": "9" * 10_001}, "q"),
        ("find", {"q": "Абая 1", "lang": "de"}, "lang"),
        ("find", {"q": "Абая 1", "district": "atlantis"}, "district"),
        ("find", {"q": "Абая 1", "place": "77"}, "place"),
        ("find", {"q": "Абая 1", "place": "Абая"}, "place"),
        ("find", {"q": "Абая 1", "place": "-1"}, "place"),
        ("find", {"q": "Абая 1", "explain": "yes"}, "explain"),
        ("suggest", {"q": "9" * 10_001}, "q"),
        ("suggest", {"q": "А", "place": "77"}, "place"),
        ("suggest", {"q": "А", "limit": "0"}, "limit"),
        ("suggest", {"q": "А", "limit": "21"}, "limit"),
        ("suggest", {"q": "А", "limit": "many"}, "limit"),
        ("suggest", {"q": "А", "lang": "de"}, "lang"),
    ],
)
def test_a_query_that_is_none_says_what_is_wrong(client, document, endpoint, arguments, field):
    problem = assert_problem(ask(client, endpoint, **arguments), field, document)

    assert problem["remedy"]
    assert "999999999999" not in str(problem)


@pytest.mark.parametrize(
    "path",
    [
        "find?q=Абая 1&lang={}",
        "find?q=Абая 1&district={}",
        "find?q=Абая 1&place={}",
        "find?q=Абая 1&place=890101300",
        "find?q=Абая 1&explain={}",
        "suggest?q=А&limit={}",
        "suggest?q=А&lang={}",
        "suggest?q=А&place={}",
        "locate?lat={}&lon=76.9",
        "locate?lat=43.2&lon=ЖСН {}",
        "precincts?bbox={},43,77,44",
        "precincts?geometry={}",
        "precincts/{}",
        "precincts/ЖСН{}",
        "{}",
        "find/{}",
    ],
)
def test_no_error_repeats_what_was_given(client, document, path):
    response = client.get("/api/v1/" + path.format("890101300123"))

    assert response.status_code in {404, 422}
    assert_shape(response.get_json(force=True), "Problem", document)
    assert "890101300" not in response.text
    assert "ЖСН" not in response.get_data(as_text=True)
    assert response.get_json(force=True)["remedy"]


def test_method_that_is_not_allowed_repeats_no_path(client):
    assert "890101300123" not in client.post("/api/v1/precincts/890101300123").text


@pytest.mark.parametrize("blank", ["", " "])
def test_empty_optional_argument_counts_as_absent(client, blank):
    empty = dict.fromkeys(("district", "place", "lang", "limit", "explain"), blank)

    for endpoint in ("find", "suggest"):
        assert (
            ask(client, endpoint, q="Абая", **empty).get_json() == ask(client, endpoint, q="Абая").get_json()
        )
    assert ask(client, "locate", lat=43.229, lon=76.9225, lang=blank).status_code == 200


def test_what_a_suggestion_holds_leads_to_its_answer(client):
    (street,) = ask(client, "suggest", q="Аб").get_json()["suggestions"]
    house = ask(client, "suggest", q="12а", place=street["place"]).get_json()["suggestions"][0]

    answers = [
        ask(client, "find", place=house["place"], q=house[key]).get_json() for key in ("house", "text")
    ]

    assert [(answer["status"], answer["house"]) for answer in answers] == [("found", "12А")] * 2


def test_what_a_candidate_holds_leads_to_its_answer(client):
    for candidate in ask(client, "find", q="Абая 12").get_json()["candidates"]:
        answer = ask(client, "find", place=candidate["place"]["id"], q=candidate["house"]).get_json()
        assert (answer["status"], answer["house"]) == ("found", candidate["house"])


def test_text_as_long_as_is_read_is_answered(client):
    assert ask(client, "find", q="Абая 12А " + "я" * 9_000).status_code == 200


@pytest.mark.parametrize("endpoint", ["find", "suggest"])
def test_personal_number_is_in_no_answer_and_no_log(client, caplog, endpoint):
    with caplog.at_level(logging.DEBUG):
        response = ask(client, endpoint, q="990101 000000")

    assert response.status_code == 200
    assert not any(digits in response.text + caplog.text for digits in ("990101", "000000"))


def test_fault_of_the_service_logs_no_query(service_settings: Settings, caplog):
    broken = create_app(service_settings)

    def fail() -> None:
        raise RuntimeError("broken")

    broken.view_functions["api.find"] = fail
    response = ask(broken.test_client(), "find", q="Абая 12А кв 77")

    assert response.status_code == 500
    assert "broken" in caplog.text
    assert "Абая" not in caplog.text
    assert "77" not in response.text


def test_flat_is_not_in_the_answer(client):
    assert "77" not in ask(client, "find", q="Абая 12А, кв. 77").text


def test_suggestions_are_those_of_the_finder(client, finder, document):
    answer = ask(client, "suggest", q="Аб", limit=3).get_json()

    (expected,) = finder.suggest("Аб", limit=3)
    assert_shape(answer, "SuggestionsAnswer", document)
    assert answer == {
        "suggestions": [
            {"text": expected.text, "label": expected.label, "place": 1, "kind": "avenue", "house": None}
        ]
    }


def test_suggestions_follow_the_language_of_the_input_unless_one_is_asked_for(client):
    texts = [
        ask(client, "suggest", **arguments).get_json()["suggestions"][0]["text"]
        for arguments in ({"q": "Төле"}, {"q": "Толе"}, {"q": "Tole"}, {"q": "Толе", "lang": "kk"})
    ]

    assert texts == ["Төле би көшесі", "улица Толе би", "Tole Bi street", "Төле би көшесі"]


def test_houses_of_a_chosen_place_are_suggested(client, document):
    answer = ask(client, "suggest", q="12", place=1).get_json()

    assert_shape(answer, "SuggestionsAnswer", document)
    assert [(one["place"], one["house"]) for one in answer["suggestions"]] == [(1, "12/1"), (1, "12А")]


@pytest.mark.parametrize("arguments", [{}, {"q": ""}, {"q": "  "}])
def test_nothing_typed_suggests_nothing_but_the_houses_of_a_chosen_place(client, arguments):
    nothing = ask(client, "suggest", **arguments).get_json()
    houses = ask(client, "suggest", place=1, limit=2, **arguments).get_json()

    assert nothing == {"suggestions": []}
    assert [one["house"] for one in houses["suggestions"]] == ["1", "12/1"]


def test_the_box_is_ready_before_the_first_question(app: Flask):
    served = app.extensions["geo-service-campaign"].served

    assert "one_box" in vars(served.finder)
