"""The API: every endpoint, every error, and the shape of all of them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from shapely.geometry import shape

from geo_service.api.documents import CampaignDocuments
from geo_service.api.openapi import build_document
from geo_service.api.responses import PreparedAnswer
from geo_service.campaign.model import Campaign
from geo_service.served.holder import current_holder
from geo_service.settings import Settings
from geo_service.web.app import create_app

IN_9 = (76.9225, 43.2290)
FAR_AWAY = (77.5, 43.9)
ENDPOINTS = ["locate?lat=43.229&lon=76.9225", "find?q=Абая", "suggest?q=Абая", "precincts/9", "precincts",
             "precincts.topojson", "stations", "districts", "campaign", "campaigns", "changes"]  # fmt: skip


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def document() -> dict:
    return build_document()


def assert_shape(value: object, name: str, document: dict) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    Draft202012Validator(schema).validate(value)


def assert_problem(response, status: int, field: str | None, document: dict) -> dict:
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    problem = response.get_json(force=True)
    assert_shape(problem, "Problem", document)
    assert (problem["status"], problem.get("field")) == (status, field)
    return problem


def locate(client: FlaskClient, point: tuple[float, float], **arguments: str):
    return client.get("/api/v1/locate", query_string={"lat": point[1], "lon": point[0], **arguments})


def test_locate_finds_the_precinct_and_its_station(client, document):
    response = locate(client, IN_9)

    answer = response.get_json()
    assert response.status_code == 200
    assert (answer["status"], answer["precinct"]["number"]) == ("found", 9)
    assert answer["stations"][0]["names"]["ru"] == "Школа-гимназия № 144"
    assert_shape(answer, "ResolutionAnswer", document)


def test_locate_outside_is_an_answer_and_no_error(client, document):
    response = locate(client, FAR_AWAY)

    answer = response.get_json()
    assert response.status_code == 200
    assert (answer["status"], answer["precinct"], answer["stations"]) == ("outside", None, [])
    assert_shape(answer, "ResolutionAnswer", document)


@pytest.mark.parametrize(("language", "word"), [("kk", "СЫНАҚ"), ("ru", "ПРИМЕР"), ("en", "SAMPLE")])
def test_notes_are_in_the_language_that_was_asked_for(client, language, word):
    answer = locate(client, IN_9, lang=language).get_json()

    assert word in next(note["text"] for note in answer["notes"] if note["code"] == "sample_data")


@pytest.mark.parametrize(
    ("query", "field", "part_of_detail"),
    [
        ("lon=76.9", "lat", "missing"),
        ("lat=43.2", "lon", "missing"),
        ("lat=&lon=76.9", "lat", "missing"),
        ("lat=north&lon=76.9", "lat", "not a number"),
        ("lat=43.2&lon=76.9east", "lon", "not a number"),
        ("lat=nan&lon=76.9", "lat", "from -90 to 90"),
        ("lat=43.2&lon=inf", "lon", "from -180 to 180"),
        ("lat=91&lon=76.9", "lat", "from -90 to 90"),
        ("lat=43.2&lon=-180.1", "lon", "from -180 to 180"),
        ("lat=76.9225&lon=43.229", "lat", "swapped"),
        ("lat=43.229&lon=76.9225&lang=de", "lang", "no language"),
    ],
)
def test_a_query_that_is_none_says_what_is_wrong_and_what_to_do(
    client, document, query, field, part_of_detail
):
    response = client.get(f"/api/v1/locate?{query}")

    problem = assert_problem(response, 422, field, document)
    assert part_of_detail in problem["detail"]
    assert problem["remedy"]
    assert problem["instance"] == "/api/v1/locate"


def test_swapped_axes_are_given_back_the_right_way_round(client):
    problem = client.get("/api/v1/locate?lat=76.9225&lon=43.229").get_json(force=True)

    assert problem["remedy"].index("43.229") < problem["remedy"].index("76.9225")


def test_precinct_is_a_feature_with_its_facts_and_neighbours(client, document, small_campaign: Campaign):
    response = client.get("/api/v1/precincts/5")

    feature = response.get_json(force=True)
    assert response.mimetype == "application/geo+json"
    assert feature["properties"]["number"] == 5
    assert feature["properties"]["neighbours"] == [15]
    assert shape(feature["geometry"]).equals(small_campaign.precincts_by_number[5].geometry)
    assert_shape(feature, "PrecinctWithNeighboursFeature", document)


def test_neighbours_share_a_border_and_not_only_a_corner(client, small_campaign: Campaign):
    shapes = {p.number: p.geometry for p in small_campaign.precincts if p.kind == "territorial"}

    for number, own in shapes.items():
        feature = client.get(f"/api/v1/precincts/{number}").get_json(force=True)
        beside = {n for n, other in shapes.items() if n != number and own.intersection(other).length > 0}
        assert feature["properties"]["neighbours"] == sorted(beside)


def test_corners_of_the_small_campaign_would_give_more_neighbours(small_campaign: Campaign):
    shapes = small_campaign.precincts_by_number

    assert shapes[3].geometry.intersection(shapes[15].geometry).geom_type == "Point"


@pytest.mark.parametrize("number", ["0000000000000000009", "1" * 19, "9" * 400])
def test_number_longer_than_any_is_not_cut_to_another_one(client, document, number):
    assert_problem(client.get(f"/api/v1/precincts/{number}"), 404, "number", document)


@pytest.mark.parametrize("number", ["4", "0", "-9", "9.0", "nine", "９", "9" * 5000])
def test_precinct_that_does_not_exist_is_not_found(client, document, number):
    response = client.get(f"/api/v1/precincts/{number}")

    assert response.status_code == 404
    assert_shape(response.get_json(force=True), "Problem", document)


def test_precincts_are_all_precincts_in_the_order_of_their_numbers(client, document, small_campaign):
    collection = client.get("/api/v1/precincts").get_json(force=True)

    assert [f["id"] for f in collection["features"]] == [p.number for p in small_campaign.precincts]
    assert_shape(collection, "PrecinctCollection", document)


def test_bbox_keeps_the_precincts_that_meet_it(client):
    collection = client.get("/api/v1/precincts?bbox=76.9125,43.2295,76.9135,43.2300").get_json(force=True)

    assert [feature["id"] for feature in collection["features"]] == [5, 15]


def test_geometry_false_leaves_the_boundaries_out(client, document):
    collection = client.get("/api/v1/precincts?geometry=false").get_json(force=True)

    assert {feature["geometry"] for feature in collection["features"]} == {None}
    assert_shape(collection, "PrecinctCollection", document)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("bbox=", "bbox"),
        ("bbox=1,2,3", "bbox"),
        ("bbox=1,2,3,x", "bbox"),
        ("bbox=1,2,3,nan", "bbox"),
        ("bbox=3,2,1,4", "bbox"),
        ("bbox=1,4,3,2", "bbox"),
        ("bbox=76.8,43.2,200,43.3", "bbox"),
        ("bbox=-180.5,43.2,76.9,43.3", "bbox"),
        ("bbox=76.8,-91,76.9,43.3", "bbox"),
        ("bbox=76.8,43.2,76.9,90.5", "bbox"),
        ("geometry=maybe", "geometry"),
    ],
)
def test_a_wrong_box_or_flag_is_refused(client, document, query, field):
    assert_problem(client.get(f"/api/v1/precincts?{query}"), 422, field, document)


def test_box_with_latitude_first_is_given_back_the_right_way_round(client, document):
    response = client.get("/api/v1/precincts?bbox=43.2295,76.9125,43.2300,76.9135")

    problem = assert_problem(response, 422, "bbox", document)
    assert "swapped" in problem["detail"]
    assert "bbox=76.9125,43.2295,76.9135,43.23:" in problem["remedy"]


def test_box_elsewhere_on_the_earth_holds_no_precinct_and_is_no_error(client):
    response = client.get("/api/v1/precincts?bbox=10,50,11,51")

    assert response.get_json(force=True)["features"] == []


def test_every_station_says_what_its_precinct_rests_on(client):
    features = client.get("/api/v1/stations").get_json(force=True)["features"]

    assert {(f["properties"]["authority"], f["properties"]["is_sample"]) for f in features} == {
        ("sample", True)
    }


def test_stations_have_a_point_where_it_is_known(client, document):
    collection = client.get("/api/v1/stations").get_json(force=True)

    points = {feature["id"]: feature["geometry"] for feature in collection["features"]}
    assert points[31] is None
    assert points[9] == {"type": "Point", "coordinates": [76.9251, 43.2309]}
    assert_shape(collection, "StationCollection", document)


def test_districts_are_features_by_code(client, document):
    collection = client.get("/api/v1/districts").get_json(force=True)

    assert [feature["id"] for feature in collection["features"]] == ["almaly", "bostandyk", "medeu"]
    assert_shape(collection, "DistrictCollection", document)


def test_campaign_counts_what_it_holds_and_what_the_build_found(client, document):
    facts = client.get("/api/v1/campaign").get_json()

    assert (facts["counts"]["territorial"], facts["counts"]["special"]) == (12, 2)
    assert facts["findings"] == {"error": 0, "warning": 2, "information": 0}
    assert_shape(facts, "CampaignFacts", document)


def test_topojson_holds_every_precinct(client, document, small_campaign):
    topology = client.get("/api/v1/precincts.topojson").get_json()

    numbers = [g["properties"]["number"] for g in topology["objects"]["precincts"]["geometries"]]
    assert numbers == [precinct.number for precinct in small_campaign.precincts]
    assert_shape(topology, "Topology", document)


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_every_answer_names_its_campaign_and_may_be_read_from_any_page(client, endpoint):
    response = client.get(f"/api/v1/{endpoint}")

    assert response.status_code == 200
    assert response.headers["X-Campaign-Hash"] == client.get("/readyz").get_json()["hash"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("endpoint", [e for e in ENDPOINTS if "?" not in e])
def test_what_a_client_has_already_is_not_sent_again(client, endpoint):
    tag = client.get(f"/api/v1/{endpoint}").headers["ETag"]

    response = client.get(f"/api/v1/{endpoint}", headers={"If-None-Match": tag})

    assert response.status_code == 304
    assert response.data == b""


@pytest.mark.parametrize(("encoding", "decompress"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
@pytest.mark.parametrize("endpoint", ["precincts", "precincts.topojson", "openapi.json"])
def test_large_answers_are_compressed_for_those_who_take_it(client, endpoint, encoding, decompress):
    plain = client.get(f"/api/v1/{endpoint}")

    response = client.get(f"/api/v1/{endpoint}", headers={"Accept-Encoding": encoding})

    assert response.headers["Content-Encoding"] == encoding
    assert "Accept-Encoding" in response.headers["Vary"]
    assert decompress(response.data) == plain.data
    assert response.headers["ETag"] != plain.headers["ETag"]


@pytest.mark.parametrize("endpoint", ["precincts", "precincts?geometry=false", "stations", "districts"])
def test_same_answer_and_tag_whatever_was_asked_before(client, endpoint):
    first = client.get(f"/api/v1/{endpoint}", headers={"Accept-Encoding": "br"})
    client.get(f"/api/v1/{endpoint}")

    again = client.get(f"/api/v1/{endpoint}", headers={"Accept-Encoding": "br"})

    assert (again.data, again.headers["ETag"]) == (first.data, first.headers["ETag"])


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_prepared_answer_is_compressed_once(encoding):
    answer = PreparedAnswer(b"precinct " * 1000, "text/plain")

    first = answer.form(encoding)

    assert len(first) < 1000
    assert answer.form(encoding) is first


def test_layers_of_a_campaign_are_made_once(app: Flask):
    with app.app_context():
        served = current_holder().served

        documents = served.made(CampaignDocuments)

        assert served.made(CampaignDocuments) is documents
        for layer in ("precincts", "precincts_without_geometry", "stations", "districts", "topology"):
            assert getattr(documents, layer) is getattr(documents, layer)


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v1", "/api/v2/locate"])
def test_an_unknown_address_is_a_problem_too(client, document, path):
    assert_problem(client.get(path), 404, None, document)


def test_another_method_is_a_problem_that_names_the_allowed_ones(client, document):
    response = client.post("/api/v1/locate")

    assert_problem(response, 405, None, document)
    assert "GET" in response.headers["Allow"]


def test_a_fault_of_the_service_is_a_problem_that_gives_nothing_away(service_settings: Settings, document):
    broken = create_app(service_settings)

    def fail() -> None:
        raise RuntimeError("secret")

    broken.view_functions["api.districts"] = fail
    response = broken.test_client().get("/api/v1/districts")

    assert_problem(response, 500, None, document)
    assert "secret" not in response.text


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_without_a_campaign_the_process_lives_and_says_why_it_cannot_answer(
    tmp_path: Path, document, endpoint
):
    damaged = tmp_path / "damaged.gpkg"
    damaged.write_bytes(b"no campaign")
    client = create_app(Settings(store=tmp_path, campaign=damaged)).test_client()

    assert client.get("/healthz").status_code == 200
    assert "not a GeoPackage" in assert_problem(client.get("/readyz"), 503, None, document)["detail"]
    response = client.get(f"/api/v1/{endpoint}")
    assert_problem(response, 503, None, document)
    assert response.headers["Retry-After"]


def test_ready_names_the_campaign(client):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert json.loads(response.data)["campaign"]
