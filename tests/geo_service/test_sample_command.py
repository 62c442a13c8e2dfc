"""``geo-service sample`` from the terminal to an answer."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from geo_service.campaign.file import open_campaign
from geo_service.cli import cli
from geo_service.store.store import Store


@pytest.fixture(scope="module")
def store_path(tmp_path_factory):
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module")
def run(store_path):
    environment = {"GEO_SERVICE_STORE": str(store_path), "GEO_SERVICE_LANGUAGE": "en"}
    return lambda *arguments: CliRunner(env=environment).invoke(cli, [str(value) for value in arguments])


@pytest.fixture(scope="module")
def made(run):
    return run("sample", "--seed", "7")


def test_sample_is_published_and_answers(run, made, store_path):
    assert made.exit_code == 0, made.output
    campaign = open_campaign(Store(store_path).current())

    answer = run("locate", "43.25", "76.93")

    assert campaign.campaign.info.is_sample
    assert "[SAMPLE]" in answer.stdout.splitlines()[0]


def test_another_seed_makes_another_city(made, store_path, sample_city):
    other = open_campaign(Store(store_path).current())

    assert made.exit_code == 0
    assert other.content_hash != sample_city.content_hash
    assert len(other.campaign.precincts) == len(sample_city.campaign.precincts)


def test_folder_that_does_not_exist_is_refused_before_any_work(run, tmp_path):
    result = run("sample", "--out", tmp_path / "absent" / "sample.gpkg")

    assert result.exit_code == 1
    assert "folder is missing" in result.stderr
