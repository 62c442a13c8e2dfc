from __future__ import annotations

import dataclasses
import json
import signal
import socket
import urllib.error
import urllib.request

import pytest

from geo_service.campaign.file import write_campaign
from geo_service.errors import NoCampaignError, NotACampaignError, SettingError
from geo_service.server import prepare_server
from geo_service.settings import Settings
from tests.geo_service.serving import free_port, run_program, serving


def get(url):
    try:
        with urllib.request.urlopen(url, timeout=30) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def test_server_answers_and_stops_when_told(small_campaign_path, tmp_path):
    with serving(tmp_path, "--campaign", small_campaign_path, "--workers", "2") as (process, url):
        health, _ = get(f"{url}/healthz")
        ready, _ = get(f"{url}/readyz")
        status, answer = get(f"{url}/api/v1/locate?lat=43.2230&lon=76.9045")
        refused, _ = get(f"{url}/api/v1/locate?lat=north&lon=76.9045")

        process.send_signal(signal.SIGTERM)
        rest = process.stdout.read()
        code = process.wait(timeout=60)

    assert (health, ready, status, refused) == (200, 200, 200, 422)
    assert answer["precinct"]["number"] == 3
    assert code == 0
    # Neither a complaint nor a trace of what was asked.
    assert rest == ""


def test_server_without_a_campaign_ends_with_a_clear_error(tmp_path):
    run = run_program(tmp_path, "serve", "--port", free_port())

    assert run.returncode == 1
    assert run.stderr.startswith("Error: No campaign is published.")
    assert "Traceback" not in run.stderr


def test_sample_is_not_served_beyond_this_machine(small_campaign_path, tmp_path):
    settings = Settings(store=tmp_path, campaign=small_campaign_path, host="0.0.0.0", port=free_port())

    with pytest.raises(SettingError, match="--allow-sample"):
        prepare_server(settings)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.7"])
def test_sample_is_served_on_loopback(host, small_campaign_path, tmp_path):
    settings = Settings(store=tmp_path, campaign=small_campaign_path, host=host, port=free_port())

    server = prepare_server(settings)

    assert server.url.endswith(f":{settings.port}/")


def test_sample_is_served_anywhere_if_told_so(small_campaign_path, tmp_path):
    settings = Settings(
        store=tmp_path, campaign=small_campaign_path, host="0.0.0.0", port=free_port(), allow_sample=True
    )

    server = prepare_server(settings)

    assert server.address == "0.0.0.0"
    assert server.url == f"http://127.0.0.1:{settings.port}/"


def test_real_campaign_is_served_anywhere(small_campaign, tmp_path):
    info = dataclasses.replace(small_campaign.info, is_sample=False)
    write_campaign(tmp_path / "real.gpkg", dataclasses.replace(small_campaign, info=info))
    settings = Settings(store=tmp_path, campaign=tmp_path / "real.gpkg", host="0.0.0.0", port=free_port())

    assert prepare_server(settings).address == "0.0.0.0"


def test_port_that_is_taken_is_refused(small_campaign_path, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = Settings(store=tmp_path, campaign=small_campaign_path, port=taken.getsockname()[1])

        with pytest.raises(SettingError) as caught:
            prepare_server(settings)

    assert caught.value.place.field == "port"


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1"])
def test_address_that_is_not_this_machines_is_refused(host, small_campaign_path, tmp_path):
    settings = Settings(
        store=tmp_path, campaign=small_campaign_path, host=host, port=free_port(), allow_sample=True
    )

    with pytest.raises(SettingError) as caught:
        prepare_server(settings)

    assert caught.value.place.field == "host"


def test_campaign_is_checked_before_anything_listens(tmp_path):
    (tmp_path / "text.gpkg").write_text("no campaign")

    with pytest.raises(NotACampaignError):
        prepare_server(Settings(store=tmp_path, campaign=tmp_path / "text.gpkg", port=free_port()))
    with pytest.raises(NoCampaignError):
        prepare_server(Settings(store=tmp_path, port=free_port()))
