"""The description of the API: valid, complete, and true."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator

from geo_service.api.openapi import ENDPOINTS, build_document

REPO = Path(__file__).resolve().parents[2]


def test_description_is_valid_openapi_3_1():
    document = build_document()

    assert document["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(document).validate()


def test_description_is_served(app: Flask):
    response = app.test_client().get("/api/v1/openapi.json")

    assert response.get_json() == build_document()


def test_every_route_of_the_api_is_described_and_nothing_else(app: Flask):
    routes = {
        rule.rule.removeprefix("/api/v1").replace("<", "{").replace(">", "}")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
    }

    assert routes - {"/openapi.json"} == {endpoint.path for endpoint in ENDPOINTS}


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.path)
def test_every_endpoint_and_parameter_is_in_the_document_for_people(endpoint):
    text = (REPO / "docs" / "api.md").read_text(encoding="utf-8")

    assert f"/api/v1{endpoint.path}" in text
    assert all(f"`{parameter.name}`" in text for parameter in endpoint.parameters)


def test_every_note_code_is_in_the_document_for_people():
    text = (REPO / "docs" / "api.md").read_text(encoding="utf-8")
    codes = build_document()["components"]["schemas"]["NoteText"]["properties"]["code"]["enum"]

    assert [code for code in codes if f"`{code}`" not in text] == []


def test_ranges_of_the_coordinates_are_described():
    parameters = build_document()["paths"]["/locate"]["get"]["parameters"]

    ranges = {p["name"]: (p["schema"].get("minimum"), p["schema"].get("maximum")) for p in parameters}
    assert (ranges["lat"], ranges["lon"]) == ((-90, 90), (-180, 180))


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.path)
def test_the_examples_of_the_description_are_questions_that_the_api_takes(app: Flask, endpoint):
    examples = {parameter.name: parameter.example for parameter in endpoint.parameters}
    path = "/api/v1" + endpoint.path.replace("{number}", "9")

    # Which campaigns there are depends on the store.
    query = {name: value for name, value in examples.items() if name not in {"number", "campaign"}}
    response = app.test_client().get(path, query_string=query)

    assert response.status_code == 200


def test_suggest_has_its_own_texts_and_both_boxes_their_length():
    document = build_document()
    find, suggest = (
        {parameter["name"]: parameter for parameter in document["paths"][path]["get"]["parameters"]}
        for path in ("/find", "/suggest")
    )

    for name in ("q", "place", "lang"):
        assert suggest[name]["description"] != find[name]["description"]
    assert (find["q"]["schema"]["maxLength"], suggest["q"]["schema"]["maxLength"]) == (10_000, 10_000)
    assert "/api/v1/districts" in find["district"]["description"]
