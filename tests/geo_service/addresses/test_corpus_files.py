"""The corpus of typed addresses: well formed, and true of the sample city and of the real addresses."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from geo_service.sample_city.real_layers import street_name

DATA = Path(__file__).resolve().parents[2] / "data"
QUERY_COLUMNS = ["query", "class", "district", "status", "kind", "name_ru", "house"]
STATION_COLUMNS = ["address", "kind", "name", "house", "microdistrict"]
STATUSES = {
    "found",
    "ambiguous",
    "street_only",
    "house_unknown",
    "outside",
    "not_found",
    "personal_number",
}
PLACE_KINDS = {
    "street",
    "avenue",
    "boulevard",
    "lane",
    "highway",
    "square",
    "microdistrict",
    "complex",
}
OTHER_KINDS = {"precinct", "station", "point"}
NOTHING_EXPECTED = {"outside", "not_found", "personal_number"}
HOUSE = re.compile(r"\d+[А-Я]?(/\d+[А-Я]?)?")


def _rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        return reader.fieldnames, list(reader)


@pytest.fixture(scope="module")
def queries():
    return _rows("address_queries.csv")[1]


@pytest.fixture(scope="module")
def addressed(queries):
    """The queries whose answer names a place."""
    return [row for row in queries if row["kind"] in PLACE_KINDS]


@pytest.fixture(scope="module")
def places(sample_city):
    """The sample city's places by kind and Russian name."""
    result = defaultdict(list)
    for place in sample_city.campaign.places:
        result[place.kind, place.names.ru].append(place)
    return result


@pytest.fixture(scope="module")
def houses(sample_city):
    """The district of each house of the sample city, by place and number."""
    return {(house.place, house.number): house.district for house in sample_city.campaign.houses}


def _shown(rows):
    """What to show of rows that break a promise: some queries are 10,000 characters long."""
    return [{**row, "query": row["query"][:80]} for row in rows]


def test_queries_have_their_columns_and_are_enough():
    columns, rows = _rows("address_queries.csv")

    assert columns == QUERY_COLUMNS
    assert len(rows) >= 500
    assert all(None not in row and None not in row.values() for row in rows)


def test_no_query_is_asked_twice(queries):
    asked = Counter(row["query"] for row in queries)

    assert [query[:80] for query, times in asked.items() if times > 1] == []


def test_every_class_has_enough_queries(queries):
    sizes = Counter(row["class"] for row in queries)

    assert {name: size for name, size in sizes.items() if size < 5} == {}


def test_expectations_are_of_the_closed_lists(queries):
    wrong = [
        row
        for row in queries
        if row["status"] not in STATUSES
        or row["kind"] not in PLACE_KINDS | OTHER_KINDS | {""}
        or not re.fullmatch(r"[a-z]+(_[a-z0-9]+)*", row["class"])
        or not (row["house"] == "" or HOUSE.fullmatch(row["house"]))
    ]

    assert _shown(wrong) == []


def test_expectations_fit_their_status(queries):
    wrong = [
        row
        for row in queries
        if (row["status"] in NOTHING_EXPECTED and any((row["kind"], row["name_ru"], row["house"])))
        or (row["status"] not in {"found", "ambiguous"} and row["house"])
        or (row["status"] in {"found", "street_only"} and not row["kind"])
        or (row["status"] == "found" and row["kind"] in PLACE_KINDS and not row["house"])
        or (bool(row["name_ru"]) != (row["kind"] not in {"", "point"}))
    ]

    assert _shown(wrong) == []


def test_expected_places_are_in_the_sample_city(addressed, places):
    wrong = [
        row
        for row in addressed
        if not any(row["district"] in ("", *place.districts) for place in places[row["kind"], row["name_ru"]])
    ]

    assert _shown(wrong) == []


def test_expected_houses_are_in_the_sample_city(addressed, places, houses):
    wrong = [row for row in addressed if row["house"] and not _fitting(row, places, houses)]

    assert _shown(wrong) == []


def test_a_found_house_is_one_house(addressed, places, houses):
    """Kind, name, district and number of a `found` row leave nothing to choose."""
    found = [row for row in addressed if row["status"] == "found"]

    wrong = [row for row in found if len(_fitting(row, places, houses)) != 1]

    assert _shown(wrong) == []


def _fitting(row, places, houses):
    return [
        place.id
        for place in places[row["kind"], row["name_ru"]]
        if (place.id, row["house"]) in houses and row["district"] in ("", houses[place.id, row["house"]])
    ]


def test_an_unknown_house_is_not_in_the_sample_city(queries, places, houses):
    unknown = [row for row in queries if row["status"] == "house_unknown" and row["kind"] in PLACE_KINDS]

    wrong = [
        row
        for row in unknown
        for place in places[row["kind"], row["name_ru"]]
        if (place.id, _unknown_number(row)) in houses
    ]

    assert unknown
    assert _shown(wrong) == []


def _unknown_number(row):
    """The house that the query asks for, as the campaign writes it; flats left out."""
    text = re.sub(r",? кв.*", "", row["query"])
    text = re.sub(r"\s*(?:корпус|к)\s*(\d+)$", r"/\1", text)
    text = re.sub(r"(\d)\s*([а-яё])$", lambda match: match[1] + match[2].upper(), text)
    return re.findall(r"\d+[А-Я]?(?:/\d+)?", text)[-1]


def test_expected_precincts_and_stations_are_in_the_sample_city(queries, sample_city):
    numbers = {str(precinct.number) for precinct in sample_city.campaign.precincts}
    precincts_of = Counter(station.names.ru for station in sample_city.campaign.stations)

    asked_precincts = {row["name_ru"] for row in queries if row["kind"] == "precinct"}
    asked_stations = {
        (row["name_ru"], row["status"] == "found") for row in queries if row["kind"] == "station"
    }

    assert asked_precincts <= numbers
    assert {(name, alone) for name, alone in asked_stations if (precincts_of[name] == 1) != alone} == set()


def test_half_of_the_queries_are_about_real_streets(queries, addressed, places, almaty_data):
    layer = json.loads((almaty_data / "streets.geojson").read_text(encoding="utf-8"))
    named = [feature["properties"]["name"] for feature in layer["features"]]
    real = {
        name.casefold()
        for names in (street_name(text).names for text in named if text)
        for name in (names.kk, names.ru)
        if name
    }

    about_real = [
        row
        for row in addressed
        if any(
            name and name.casefold() in real
            for place in places[row["kind"], row["name_ru"]]
            for name in (place.names.kk, place.names.ru)
        )
    ]

    assert len(about_real) >= len(queries) / 2


def test_station_addresses_have_their_columns_and_no_gaps():
    columns, rows = _rows("station_addresses_2021.csv")

    assert columns == STATION_COLUMNS
    assert len({row["address"] for row in rows}) == len(rows) == 169
    assert {row["kind"] for row in rows} == {"street", "avenue", "microdistrict"}
    assert [row for row in rows if not row["name"] or not HOUSE.fullmatch(row["house"])] == []
    assert [row for row in rows if row["microdistrict"] and row["kind"] == "microdistrict"] == []


def test_station_addresses_are_all_those_of_the_source(almaty_data):
    with (almaty_data / "stations_2021.csv").open(encoding="utf-8", newline="") as file:
        source = {row["address"] for row in csv.DictReader(file)}

    assert {row["address"] for row in _rows("station_addresses_2021.csv")[1]} == source
