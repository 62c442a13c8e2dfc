"""The page of a precinct and its poster, as they are sent."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections import Counter
from html import unescape

import pytest

from geo_service.addresses.house_numbers import canonical, order
from geo_service.amending.record import Author
from geo_service.amending.station import StationChange, amend_station
from geo_service.campaign.file import write_campaign
from geo_service.campaign.model import LANGUAGES, Names
from geo_service.settings import Settings
from geo_service.translations import place_name, text
from geo_service.web.app import create_app

NUMBERS = [2, 3, 5, 7, 8, 9, 11, 12, 14, 15, 20, 31, 901, 902]


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def client_of(small_campaign, tmp_path):
    """Make a client of the small campaign with some parts replaced."""

    def make(**parts):
        path = tmp_path / "changed.gpkg"
        write_campaign(path, dataclasses.replace(small_campaign, **parts))
        return create_app(Settings(store=tmp_path / "store", campaign=path)).test_client()

    return make


@pytest.fixture(scope="module")
def city_client(sample_city_path, tmp_path_factory):
    settings = Settings(store=tmp_path_factory.mktemp("city"), campaign=sample_city_path)
    return create_app(settings).test_client()


def shown_houses(page):
    """House numbers on a page by the name of their street."""
    streets = re.findall(r'<li class="street"[^>]*><h3>(.*?) <span.*?<ul[^>]*>(.*?)</ul>', page, re.DOTALL)
    return {
        unescape(name): [unescape(one) for one in re.findall("<li>(.*?)</li>", items)]
        for name, items in streets
    }


def shown_neighbours(page):
    listed = page.partition('class="neighbour-list"')[2].partition("</ul>")[0]
    return {int(number) for number in re.findall(r'href="/\w\w/precinct/(\d+)"', listed)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", NUMBERS)
def test_the_houses_of_a_precinct_are_those_of_the_list(client, small_campaign, number, language):
    page = client.get(f"/{language}/precinct/{number}").text

    listed = [house.number for house in small_campaign.houses if house.precinct == number]
    shown = shown_houses(page)
    assert Counter(one for numbers in shown.values() for one in numbers) == Counter(listed)


@pytest.mark.parametrize("number", [1, 79, 123, 442, 620, 633])
def test_the_houses_of_a_city_stand_by_street_in_order(city_client, sample_city, number):
    campaign = sample_city.campaign
    page = city_client.get(f"/ru/precinct/{number}").text

    places = {place.id: place for place in campaign.places}
    expected = Counter(
        (place_name(places[one.place].kind, places[one.place].names, "ru"), one.number)
        for one in campaign.houses
        if one.precinct == number
    )
    shown = shown_houses(page)
    assert (
        Counter((name.partition(" (")[0], one) for name, numbers in shown.items() for one in numbers)
        == expected
    )
    assert all(
        numbers == sorted(numbers, key=lambda one: (order(canonical(one)), one)) for numbers in shown.values()
    )


def test_neighbours_are_mutual(client):
    neighbours = {number: shown_neighbours(client.get(f"/kk/precinct/{number}").text) for number in NUMBERS}

    assert neighbours[5] == {15}
    assert neighbours[901] == set()
    assert all(number in neighbours[other] for number, others in neighbours.items() for other in others)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", NUMBERS)
def test_every_number_of_a_sample_is_marked(client, number, language):
    page = client.get(f"/{language}/precinct/{number}").text
    mark = text("mark.sample", language)

    title = page.partition("<title>")[2].partition("</title>")[0]
    numerals = re.findall(r"<strong>№ \d+</strong>|<strong>No\. \d+</strong>", page)
    marked = re.findall(rf'<strong>(?:№|No\.) \d+</strong> <span class="mark">{mark}</span>', page)
    assert mark in title
    assert len(numerals) == len(marked) == 1 + len(shown_neighbours(page))


def test_an_official_campaign_is_marked_nowhere(client_of, small_campaign):
    info = dataclasses.replace(small_campaign.info, is_sample=False)
    precincts = [dataclasses.replace(one, authority="official_polygon") for one in small_campaign.precincts]
    houses = [
        dataclasses.replace(one, authority=one.authority and "official_list") for one in small_campaign.houses
    ]
    client = client_of(info=info, precincts=tuple(precincts), houses=tuple(houses))

    for address in ("precinct/2", "precinct/2/poster", "precinct/901/poster", "data"):
        for language in LANGUAGES:
            page = client.get(f"/{language}/{address}").text
            assert [mark for mark in ("СЫНАҚ", "ПРИМЕР", "SAMPLE") if mark in page] == [], address


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_special_precinct_says_whose_it_is(client, language):
    page = unescape(client.get(f"/{language}/precinct/901").text)

    assert text("precinct.special", language) in page
    assert (
        Names("№ 7 қалалық аурухана", "Городская больница № 7", "City Hospital No. 7").best(language) in page
    )
    assert text("precinct.no_houses_special", language) in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["99", "99/poster", "0"])
def test_an_unknown_number_leads_to_the_finder(client, language, address):
    response = client.get(f"/{language}/precinct/{address}")

    number = address.partition("/")[0]
    assert response.status_code == 404
    assert text("precinct.unknown", language, number=number) in response.text
    assert f'class="button" href="/{language}/"' in response.text


def test_a_number_beyond_all_numbers_is_no_page(client):
    assert client.get("/ru/precinct/012345678901").status_code == 404


def test_a_closed_precinct_says_so_and_invites_nobody(client_of, small_campaign):
    precincts = [
        dataclasses.replace(one, status="closed") if one.number == 14 else one
        for one in small_campaign.precincts
    ]
    client = client_of(precincts=tuple(precincts))

    page, sheet = client.get("/ru/precinct/14").text, client.get("/ru/precinct/14/poster").text

    for told in (page, sheet):
        assert text("precinct.closed", "ru") in told
        assert "07:00–20:00" not in told.partition("<main")[2]
    assert "calendar.ics" not in page
    assert client.get("/ru/precinct/14/calendar.ics").status_code == 404
    assert 14 not in shown_neighbours(client.get("/ru/precinct/9").text)


def test_a_precinct_without_station_says_so(client_of, small_campaign):
    client = client_of(stations=tuple(one for one in small_campaign.stations if one.precinct != 9))

    page, sheet = client.get("/kk/precinct/9").text, client.get("/ru/precinct/9/poster").text

    assert text("note.station_unknown", "kk") in page
    assert text("note.station_unknown", "kk") in sheet
    assert text("note.station_unknown", "ru") in sheet


def test_names_are_no_markup(client_of, small_campaign):
    odd = Names("<script>alert(1)</script>", '"><img src=x>', None)
    client = client_of(
        stations=tuple(dataclasses.replace(one, names=odd, address=odd) for one in small_campaign.stations),
        places=tuple(dataclasses.replace(one, names=odd) for one in small_campaign.places),
    )

    for address in ("/kk/precinct/2", "/ru/precinct/2", "/kk/precinct/2/poster", "/kk/data"):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_poster_is_kazakh_then_russian_in_every_language(client, language):
    page = unescape(client.get(f"/{language}/precinct/2/poster").text)
    sheet = page.partition('<article class="sheet')[2].partition(">")[2]

    kazakh, russian = sheet.index("Политехникалық колледж"), sheet.index("Политехнический колледж")
    assert kazakh < russian
    assert "2026 ж. 15 наурыз" in sheet.replace("\xa0", " ").replace("\u202f", " ")
    assert "07:00–20:00" in sheet
    assert "109" in sheet
    assert sheet.index("СЫНАҚ") < sheet.index("ПРИМЕР")


def test_the_map_of_a_precinct_marks_its_border(client):
    page = unescape(client.get("/ru/precinct/9").text)

    assert 'data-view="precinct"' in page
    assert '"precinct":9' in page
    assert 'src="/ru/map.png?precinct=9' in page


def test_a_station_that_moved_is_said_first(client_of, small_campaign, tmp_path):
    author = Author("clerk", "burst pipe", dt.datetime(2026, 3, 14, 18, 0, tzinfo=dt.UTC))
    change = StationChange(
        names=Names(None, "Дом культуры", None), address=Names(None, "улица Новая, 1", None)
    )
    amended = amend_station(small_campaign, 2, change, author)
    client = client_of(stations=amended.stations, amendments=amended.amendments)

    page, sheet = client.get("/ru/precinct/2").text, client.get("/ru/precinct/2/poster").text

    said = "Место голосования изменено. Раньше: Политехнический колледж"
    assert said in page
    assert page.index(said) < page.index("Дом культуры")
    assert said in sheet
