"""What people take home says the same as the campaign, row by row, and that it is a sample."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from xml.etree import ElementTree as ET

import pyogrio
import pytest
import shapely

from geo_service.campaign.model import Names
from geo_service.downloads.catalogue import DOWNLOADS, saved_name
from geo_service.downloads.records import sample_mark
from geo_service.downloads.table import csv_parts

_TEXT = ("number", "kind", "status", "district", "authority")


@pytest.fixture(scope="module", params=["small", "city"])
def campaign(request, small_campaign, sample_city):
    """The small campaign, and the sample city."""
    return small_campaign if request.param == "small" else sample_city.campaign


@pytest.fixture(scope="module")
def official(small_campaign):
    """The small campaign as if it were an official one."""
    info = dataclasses.replace(small_campaign.info, is_sample=False, id="official")
    precincts = [dataclasses.replace(one, authority="official_polygon") for one in small_campaign.precincts]
    houses = [
        dataclasses.replace(one, authority=one.authority and "official_list") for one in small_campaign.houses
    ]
    return dataclasses.replace(small_campaign, info=info, precincts=tuple(precincts), houses=tuple(houses))


def made(name, campaign):
    return b"".join(DOWNLOADS[name].parts(campaign))


def rows(name, campaign):
    return list(csv.DictReader(io.StringIO(made(name, campaign).decode("utf-8-sig"), newline="")))


def expected_station(station, info):
    if station is None:
        return {"opens": "", "closes": "", "station_lon": "", "step_free": ""}
    return {
        "station_ru": station.names.ru or "",
        "address_kk": station.address.kk or "",
        "station_lon": "" if station.lon is None else repr(station.lon),
        "station_lat": "" if station.lat is None else repr(station.lat),
        "opens": station.opens or info.opens,
        "closes": station.closes or info.closes,
        "step_free": station.accessibility.step_free,
        "may_close_early": "true" if station.may_close_early else "false",
        "phone": station.phone or "",
    }


def test_the_table_of_precincts_is_that_of_the_campaign(campaign):
    table = rows("precincts.csv", campaign)

    assert len(table) == len(campaign.precincts)
    for row, precinct in zip(table, campaign.precincts, strict=True):
        assert [row[name] for name in _TEXT] == [str(getattr(precinct, name)) for name in _TEXT]
        expected = expected_station(campaign.stations_by_precinct.get(precinct.number), campaign.info)
        assert {name: row[name] for name in expected} == expected


def test_the_table_of_houses_is_that_of_the_campaign(campaign):
    table = rows("houses.csv", campaign)
    names = {place.id: (place.kind, place.names.ru or "") for place in campaign.places}

    given = [
        (row["place_kind"], row["place_ru"], row["house"], row["district"], row["precinct"]) for row in table
    ]

    assert given == [
        (
            *names[house.place],
            house.number,
            house.district,
            "" if house.precinct is None else str(house.precinct),
        )
        for house in campaign.houses
    ]


def test_geojson_has_the_geometry_and_the_stations_of_the_campaign(campaign):
    features = json.loads(made("precincts.geojson", campaign))["features"]

    assert [feature["id"] for feature in features] == [one.number for one in campaign.precincts]
    for feature, precinct in zip(features, campaign.precincts, strict=True):
        shape = feature["geometry"] and shapely.from_geojson(json.dumps(feature["geometry"]))
        assert shape == precinct.geometry
        station = campaign.stations_by_precinct.get(precinct.number)
        assert feature["properties"]["station_lon"] == (station.lon if station else None)
        assert feature["properties"]["is_sample"] is campaign.info.is_sample


def test_geojson_of_districts_has_all_of_them(campaign):
    features = json.loads(made("districts.geojson", campaign))["features"]

    shapes = {one["id"]: shapely.from_geojson(json.dumps(one["geometry"])) for one in features}
    assert shapes == {district.code: district.geometry for district in campaign.districts}


def test_kml_is_read_back_as_it_was(campaign, tmp_path):
    path = tmp_path / "precincts.kml"
    path.write_bytes(made("precincts.kml", campaign))

    _, _, wkb, (names,) = pyogrio.raw.read(path, layer="precincts", columns=["Name"])
    _, _, points, _ = pyogrio.raw.read(path, layer="stations", columns=["Name"])

    assert [name.split()[1] for name in names] == [str(one.number) for one in campaign.precincts]
    for shape, precinct in zip(shapely.from_wkb(wkb), campaign.precincts, strict=True):
        if precinct.geometry is None:
            assert shape is None
        else:
            assert shapely.equals_exact(
                shapely.force_2d(shape).normalize(), precinct.geometry.normalize(), tolerance=1e-7
            )
    known = [one for one in campaign.stations if one.lon is not None]
    assert [(point.x, point.y) for point in shapely.from_wkb(points)] == [
        pytest.approx((one.lon, one.lat), abs=1e-7) for one in known
    ]


def test_kml_carries_the_data_of_a_precinct(small_campaign):
    root = ET.fromstring(made("precincts.kml", small_campaign))
    space = "{http://www.opengis.net/kml/2.2}"

    first = root.find(f".//{space}Placemark")
    data = {one.get("name"): one.findtext(f"{space}value") for one in first.iter(f"{space}Data")}

    assert (data["number"], data["station_en"], data["is_sample"]) == ("2", "Polytechnic College", "true")


@pytest.mark.parametrize("name", ["precincts.csv", "houses.csv"])
def test_every_row_of_a_sample_says_so(name, campaign):
    table = rows(name, campaign)

    assert {(row["mark"], row["is_sample"]) for row in table} == {("СЫНАҚ / ПРИМЕР / SAMPLE", "true")}


@pytest.mark.parametrize("name", ["precincts.geojson", "districts.geojson"])
def test_every_feature_of_a_sample_says_so(name, campaign):
    features = json.loads(made(name, campaign))["features"]

    assert {feature["properties"]["mark"] for feature in features} == {sample_mark(campaign.info)}


def test_every_placemark_of_a_sample_says_so(small_campaign):
    root = ET.fromstring(made("precincts.kml", small_campaign))

    names = [one.findtext("{*}name") for one in root.iter("{http://www.opengis.net/kml/2.2}Placemark")]

    assert len(names) == len(small_campaign.precincts) + 13
    assert all(name.endswith("(СЫНАҚ / ПРИМЕР / SAMPLE)") for name in names)


@pytest.mark.parametrize("name", DOWNLOADS)
def test_nothing_of_an_official_campaign_is_marked(name, official):
    content = made(name, official).decode()

    words = set(content.replace(",", " ").replace("(", " ").replace(")", " ").split())
    assert words & {"СЫНАҚ", "ПРИМЕР", "SAMPLE"} == set()
    assert "SAMPLE" not in saved_name(official.info, name)


@pytest.mark.parametrize("name", ["precincts.geojson", "districts.geojson"])
def test_features_of_an_official_campaign_are_no_samples(name, official):
    features = json.loads(made(name, official))["features"]

    assert {(one["properties"]["mark"], one["properties"]["is_sample"]) for one in features} == {("", False)}


@pytest.mark.parametrize("name", DOWNLOADS)
def test_the_name_of_a_sample_says_so(name, small_campaign):
    saved = saved_name(small_campaign.info, name)

    assert saved.isascii()
    assert "-SAMPLE." in saved


@pytest.mark.parametrize("name", DOWNLOADS)
def test_the_same_campaign_gives_the_same_bytes(name, small_campaign):
    assert made(name, small_campaign) == made(name, small_campaign)


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(beginning):
    content = b"".join(csv_parts([{"name": f"{beginning}cmd|' /C calc'!A0"}])).decode("utf-8-sig")

    cell = list(csv.reader(io.StringIO(content, newline="")))[1][0]
    assert cell == f"'{beginning}cmd|' /C calc'!A0"


@pytest.mark.parametrize("cell", ["+7 727 000 00 02", "-76.9", "12/1", "№ 144"])
def test_telephones_and_numbers_stay_as_they_are(cell):
    content = b"".join(csv_parts([{"cell": cell}])).decode("utf-8-sig")

    assert list(csv.reader(io.StringIO(content, newline="")))[1] == [cell]


def test_names_with_markup_do_not_break_kml(small_campaign):
    odd = Names('<b>"&\x01', "]]>", None)
    stations = tuple(dataclasses.replace(one, names=odd) for one in small_campaign.stations)

    root = ET.fromstring(made("precincts.kml", dataclasses.replace(small_campaign, stations=stations)))

    assert '<b>"&' in {one.text for one in root.iter("{http://www.opengis.net/kml/2.2}value")}
