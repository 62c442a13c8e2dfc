"""Links to directions: each service has its own order of coordinates."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from geo_service.campaign.model import LANGUAGES
from geo_service.translations import text
from geo_service.voting_day.directions import directions, geo_uri

STATION, START = (76.94512345, 43.251), (76.93, 43.24)


def link(service, **options):
    return {link.service: link.url for link in directions(STATION, **options)}[service]


def query(url):
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_2gis_has_longitude_first_and_points_between_bars():
    path = unquote(urlsplit(link("2gis", start=START)).path)

    assert path == "/directions/tab/pedestrian/points/76.930000,43.240000|76.945123,43.251000"
    assert unquote(urlsplit(link("2gis")).path).endswith("/points/|76.945123,43.251000")
    assert "pedestrian" not in link("2gis", on_foot=False)


def test_yandex_has_latitude_first_and_points_between_tildes():
    assert query(link("yandex", start=START)) == {
        "rtext": "43.240000,76.930000~43.251000,76.945123",
        "rtt": "pd",
    }
    assert query(link("yandex", on_foot=False)) == {"rtext": "~43.251000,76.945123", "rtt": "auto"}


def test_google_has_latitude_first_and_names_origin_and_destination():
    assert query(link("google", start=START)) == {
        "api": "1", "origin": "43.240000,76.930000", "destination": "43.251000,76.945123",
        "travelmode": "walking",
    }  # fmt: skip
    assert query(link("google", on_foot=False)) == {"api": "1", "destination": "43.251000,76.945123"}


def test_openstreetmap_has_latitude_first_and_points_between_semicolons():
    assert query(link("openstreetmap", start=START)) == {
        "engine": "fossgis_osrm_foot", "route": "43.240000,76.930000;43.251000,76.945123",
    }  # fmt: skip
    assert query(link("openstreetmap", on_foot=False)) == {
        "engine": "fossgis_osrm_car", "route": ";43.251000,76.945123",
    }  # fmt: skip


def test_geo_address_has_latitude_first_and_asks_for_a_pin():
    assert geo_uri(STATION) == link("geo") == "geo:43.251000,76.945123?q=43.251000,76.945123"


def test_links_of_the_web_are_encrypted_and_hold_ascii_only():
    for one in directions(STATION, start=START):
        assert one.url.startswith("https://") or one.service == "geo"
        assert one.url.isascii()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_service_has_a_name(language):
    for one in directions(STATION):
        assert text(f"directions.{one.service}", language)
