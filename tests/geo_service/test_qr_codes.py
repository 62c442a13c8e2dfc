"""QR codes of the addresses of precincts, read module by module."""

from __future__ import annotations

import re

import pytest
import segno

from geo_service.settings import Settings
from geo_service.web.app import create_app


@pytest.fixture(scope="module")
def client(app):
    return app.test_client()


def modules(svg):
    """The dark modules of a QR code that is drawn as lines of width 1, by row and column."""
    _ground, path = re.findall(r' d="([^"]+)"', svg)
    dark = set()
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", path):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        else:
            dark |= {(int(y), int(x) + step) for step in range(int(values[0]))}
            x += values[0]
    return dark


def expected_modules(url):
    matrix = segno.make_qr(url, error="m", boost_error=False).matrix
    return {
        (row + 4, column + 4) for row, line in enumerate(matrix) for column, bit in enumerate(line) if bit
    }


def test_qr_code_is_the_address_of_the_precincts_page(client):
    response = client.get("/kk/precinct/9/qr.svg", base_url="http://uchaske.example")

    assert response.mimetype == "image/svg+xml"
    assert modules(response.text) == expected_modules("http://uchaske.example/kk/precinct/9")
    assert response.headers["Cache-Control"] == "private, no-cache"


def test_qr_code_leads_to_the_public_address(small_campaign_path, tmp_path):
    settings = Settings(store=tmp_path, campaign=small_campaign_path, public_url="https://uchaske.example")
    client = create_app(settings).test_client()

    response = client.get("/ru/precinct/9/qr.svg", base_url="http://10.0.0.7:8000")

    assert modules(response.text) == expected_modules("https://uchaske.example/ru/precinct/9")
    assert response.headers["Cache-Control"] == "no-cache"


def test_qr_code_has_a_quiet_zone_and_a_title_with_the_mark(client):
    svg = client.get("/ru/precinct/9/qr.svg").text

    side = max(max(row, column) for row, column in modules(svg)) + 1 + 4
    assert f'viewBox="0 0 {side} {side}"' in svg
    assert min(min(row, column) for row, column in modules(svg)) == 4
    assert "<title>QR-код страницы участка: № 9 (ПРИМЕР)</title>" in svg
    assert "#fff" in svg


def test_file_name_of_a_qr_code_has_the_mark(client):
    disposition = client.get("/ru/precinct/9/qr.svg").headers["Content-Disposition"]

    assert disposition == 'inline; filename="qr-9-SAMPLE.svg"'


def test_known_qr_code_is_not_sent_again(client):
    tag = client.get("/ru/precinct/9/qr.svg").headers["ETag"]

    assert client.get("/ru/precinct/9/qr.svg", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("number", ["999", "950101300123"])
def test_there_is_no_qr_code_of_an_unknown_precinct(client, number):
    assert client.get(f"/ru/precinct/{number}/qr.svg").status_code == 404
