from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from geo_service.commands.reference import settings_page
from geo_service.errors import SettingError
from geo_service.settings import SETTINGS, Settings, default_store, load_settings

REPO = Path(__file__).resolve().parents[2]


@pytest.fixture
def config(tmp_path):
    """Write a configuration file and return the environment that names it."""

    def write(content, **variables):
        path = tmp_path / "config.toml"
        path.write_text(content, encoding="utf-8")
        return {"GEO_SERVICE_CONFIG": str(path), **variables}

    return write


@pytest.fixture(autouse=True)
def _nobodys_home(tmp_path, monkeypatch):
    """Keep the configuration of whoever runs the tests out of them."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "no-config"))


def test_table_and_class_name_the_same_settings():
    fields = [field.name for field in dataclasses.fields(Settings)]

    assert [*(setting.name for setting in SETTINGS), "origins"] == fields


def test_nothing_given_means_the_defaults():
    settings = load_settings(environment={})

    assert settings == Settings()
    assert settings.host == "127.0.0.1"
    assert settings.allow_sample is False
    assert settings.origin("host") is None


def test_option_beats_environment_beats_file_beats_default(config):
    environment = config(
        'port = 1001\nlanguage = "kk"\nhost = "localhost"', GEO_SERVICE_PORT="1002", GEO_SERVICE_LANGUAGE="en"
    )

    settings = load_settings({"port": "1003", "campaign": None}, environment=environment)

    assert (settings.port, settings.origin("port")) == (1003, "--port")
    assert (settings.language, settings.origin("language")) == ("en", "GEO_SERVICE_LANGUAGE")
    assert (settings.host, settings.origin("host")) == ("localhost", environment["GEO_SERVICE_CONFIG"])
    assert (settings.campaign, settings.origin("campaign")) == (None, None)


def test_file_in_the_users_configuration_directory_is_read(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "geo-service").mkdir()
    (tmp_path / "geo-service" / "config.toml").write_text("near_border_m = 75\n")

    settings = load_settings(environment={})

    assert settings.near_border_m == 75.0


def test_store_lies_in_the_users_data_directory(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    assert default_store() == tmp_path / "geo-service"


def test_empty_variable_is_as_if_it_were_not_there():
    settings = load_settings(environment={"GEO_SERVICE_PORT": "", "GEO_SERVICE_CAMPAIGN": ""})

    assert settings.port == 8000
    assert settings.campaign is None


def test_relative_path_in_the_file_starts_from_the_file(config, tmp_path):
    environment = config('campaign = "files/one.gpkg"\nstore = "/srv/store"')

    settings = load_settings(environment=environment)

    assert settings.campaign == tmp_path / "files" / "one.gpkg"
    assert settings.store == Path("/srv/store")


def test_environment_of_settings_gives_the_same_settings():
    settings = Settings(
        store=Path("/srv/store"),
        campaign=Path("/srv/one.gpkg"),
        language="kk",
        near_border_m=12.5,
        host="::1",
        port=9000,
        workers=3,
        tile_url="https://tiles.example/{z}/{x}/{y}.png",
        tile_attribution="© somebody",
        allow_sample=True,
    )

    assert load_settings(environment=settings.as_environment()) == settings


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("port", "0"),
        ("port", "65536"),
        ("port", "80a"),
        ("port", "-1"),
        ("port", "8_0"),
        ("workers", "0"),
        ("workers", "1.5"),
        ("language", "de"),
        ("near_border_m", "nan"),
        ("near_border_m", "-1"),
        ("near_border_m", "wide"),
        ("host", "a b"),
        ("tile_url", "ftp://tiles.example/{z}/{x}/{y}"),
        ("tile_url", "https://tiles.example/{z}/{x}"),
        ("tile_url", "https://somebody@tiles.example/{z}/{x}/{y}"),
        ("tile_url", "https://tiles.example;script-src *;/{z}/{x}/{y}"),
        ("tile_url", "https://tiles.example *.example/{z}/{x}/{y}"),
        ("tile_url", "https://tiles.{s}.example/{z}/{x}/{y}"),
        ("tile_url", "https://*/{z}/{x}/{y}"),
        ("tile_url", "https://'unsafe-inline'/{z}/{x}/{y}"),
        ("tile_url", "https://[::1/{z}/{x}/{y}"),
        ("allow_sample", "perhaps"),
    ],
)
def test_wrong_value_is_refused_with_setting_and_source(name, text):
    variable = f"GEO_SERVICE_{name.upper()}"

    with pytest.raises(SettingError) as caught:
        load_settings(environment={variable: text})

    assert (caught.value.place.item, caught.value.place.field) == (variable, name)
    assert repr(text) in caught.value.problem
    assert caught.value.remedy.startswith("Give ")


@pytest.mark.parametrize("line", ["port = true", "port = 80.0", "workers = []", "tile_url = 7", "store = 1"])
def test_value_of_a_wrong_type_in_the_file_is_refused(config, line):
    environment = config(line)

    with pytest.raises(SettingError) as caught:
        load_settings(environment=environment)

    assert caught.value.place.field == line.split()[0]
    assert caught.value.place.item == environment["GEO_SERVICE_CONFIG"]


def test_unknown_name_in_the_file_is_refused_with_the_known_ones(config):
    environment = config("prot = 80")

    with pytest.raises(SettingError) as caught:
        load_settings(environment=environment)

    assert caught.value.place.field == "prot"
    assert caught.value.place.file == environment["GEO_SERVICE_CONFIG"]
    assert "near_border_m" in caught.value.remedy


def test_unknown_variable_is_refused():
    with pytest.raises(SettingError) as caught:
        load_settings(environment={"GEO_SERVICE_PROT": "80"})

    assert caught.value.place.field == "GEO_SERVICE_PROT"


def test_unknown_option_is_refused():
    with pytest.raises(SettingError):
        load_settings({"prot": 80}, environment={})


def test_file_that_is_no_toml_is_refused_with_the_line(config):
    environment = config("port = 80\nhost: here\n")

    with pytest.raises(SettingError, match="line 2"):
        load_settings(environment=environment)


def test_named_file_that_is_missing_is_refused(tmp_path):
    missing = str(tmp_path / "missing.toml")

    with pytest.raises(SettingError) as caught:
        load_settings(environment={"GEO_SERVICE_CONFIG": missing})

    assert caught.value.place.file == missing


def test_document_lists_the_settings_as_they_are():
    assert (REPO / "docs" / "settings.md").read_text(encoding="utf-8") == settings_page()
