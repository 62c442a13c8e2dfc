"""The page of the data, and the addresses of the downloads."""

from __future__ import annotations

import gzip
import hashlib

import pytest

from geo_service.campaign.model import LANGUAGES
from geo_service.downloads.catalogue import CAMPAIGN_FILE, DOWNLOADS
from geo_service.translations import text

NAMES = [CAMPAIGN_FILE, *DOWNLOADS]


@pytest.fixture
def client(app):
    return app.test_client()


def fetched(client, address, **headers):
    """Fetch what an address leads to, and close the file that it comes from."""
    with client.get(address, follow_redirects=True, headers=headers) as response:
        response.get_data()
        return response


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_offers_every_download(client, language):
    page = client.get(f"/{language}/data").text

    assert [name for name in NAMES if f'href="/data/{name}"' not in page] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_the_data_are(client, language, small_campaign, finder):
    page = client.get(f"/{language}/data").text

    assert small_campaign.info.source in page
    assert small_campaign.info.licence in page
    assert finder.file.content_hash in page
    assert page.count(text("mark.sample", language)) >= len(NAMES) + 2


@pytest.mark.parametrize("name", NAMES)
def test_the_address_of_today_leads_to_one_that_never_changes(client, finder, name):
    response = client.get(f"/data/{name}")

    assert response.status_code == 302
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.location.startswith(f"/data/{finder.file.content_hash[:12]}/small-sample-")
    followed = fetched(client, response.location)
    assert followed.status_code == 200
    assert followed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "-SAMPLE." in followed.headers["Content-Disposition"]


def test_the_campaign_file_comes_byte_for_byte(client, small_campaign_path):
    response = fetched(client, f"/data/{CAMPAIGN_FILE}")

    assert hashlib.sha256(response.data).digest() == hashlib.sha256(small_campaign_path.read_bytes()).digest()
    assert response.content_type == "application/geopackage+sqlite3"


@pytest.mark.parametrize("name", DOWNLOADS)
def test_compressed_and_plain_are_the_same(client, name, small_campaign):
    plain = fetched(client, f"/data/{name}")
    packed = fetched(client, f"/data/{name}", **{"Accept-Encoding": "gzip, br"})

    assert plain.data == gzip.decompress(packed.data) == b"".join(DOWNLOADS[name].parts(small_campaign))
    assert packed.headers["Content-Encoding"] == "gzip"
    assert plain.content_length == len(plain.data)
    assert {"Accept-Encoding"} <= set(packed.headers["Vary"].split(", "))


@pytest.mark.parametrize("name", NAMES)
def test_who_has_a_file_is_not_sent_it_again(client, name):
    first = fetched(client, f"/data/{name}")

    again = fetched(client, f"/data/{name}", **{"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "address",
    ["/data/secrets.csv", "/data/000000000000/small-sample-precincts-SAMPLE.csv", "/data/../settings"],
)
def test_what_is_not_offered_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_name_without_the_mark_is_not_found(client, finder):
    address = f"/data/{finder.file.content_hash[:12]}/small-sample-precincts.csv"

    assert client.get(address).status_code == 404
