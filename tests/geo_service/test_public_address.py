"""Whole addresses, and the setting that they rest on."""

from __future__ import annotations

import pytest

from geo_service.errors import SettingError
from geo_service.settings import Settings, load_settings
from geo_service.web.addresses import absolute_url
from geo_service.web.app import create_app


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://uchaske.example", "https://uchaske.example"),
        ("https://uchaske.example/", "https://uchaske.example"),
        ("http://10.0.0.7:8000", "http://10.0.0.7:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        (" https://uchaske.example ", "https://uchaske.example"),
        ("", ""),
    ],
)
def test_address_is_kept_without_a_slash_at_its_end(given, kept):
    assert load_settings({"public_url": given}, environment={}).public_url == kept


@pytest.mark.parametrize(
    "given",
    [
        "uchaske.example",
        "ftp://uchaske.example",
        "https://",
        "https://uchaske.example/ru",
        "https://uchaske.example?a=1",
        "https://uchaske.example#a",
        "https://somebody@uchaske.example",
        "https://uchaske .example",
        "https://[::1",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_address_of_a_host_is_refused(given):
    with pytest.raises(SettingError) as caught:
        load_settings(environment={"GEO_SERVICE_PUBLIC_URL": given})

    assert caught.value.place.field == "public_url"


def test_address_is_that_of_the_request_by_default(app):
    with app.test_request_context("/ru/", base_url="http://uchaske.example:8000"):
        assert absolute_url("/ru/precinct/9?a=1") == "http://uchaske.example:8000/ru/precinct/9?a=1"


def test_address_is_that_of_the_setting(small_campaign_path, tmp_path):
    settings = Settings(store=tmp_path, campaign=small_campaign_path, public_url="https://uchaske.example")
    app = create_app(settings)

    with app.test_request_context("/ru/", base_url="http://10.0.0.7"):
        assert absolute_url("/ru/") == "https://uchaske.example/ru/"
