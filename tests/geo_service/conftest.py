"""What the tests of the service share: finders, and running command lines as people run them."""

from __future__ import annotations

import dataclasses
import os

import pytest
from click.testing import CliRunner

from geo_service.campaign.file import write_campaign
from geo_service.cli import cli
from geo_service.finder import Finder


@pytest.fixture(scope="session")
def finder(small_campaign_path):
    """The finder of the small campaign."""
    return Finder.open(small_campaign_path)


@pytest.fixture
def finder_of(small_campaign, tmp_path):
    """Make a finder of the small campaign with some parts replaced."""

    def make(**parts):
        path = tmp_path / "changed.gpkg"
        write_campaign(path, dataclasses.replace(small_campaign, **parts))
        return Finder.open(path)

    return make


@pytest.fixture
def environment(tmp_path):
    """Variables that keep the store and configuration of whoever runs the tests out of them."""
    mine = {"GEO_SERVICE_STORE": str(tmp_path / "store"), "XDG_CONFIG_HOME": str(tmp_path / "no-config")}
    return {**{name: None for name in os.environ if name.startswith("GEO_SERVICE_")}, **mine}


@pytest.fixture
def run(environment):
    """Run a command line in this process; returns click's result."""

    def invoke(*arguments, text=None):
        return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=text, env=environment)

    return invoke


@pytest.fixture
def find(run, small_campaign_path):
    """Run ``find`` with the small campaign."""

    def invoke(*arguments, text=None):
        return run("find", "--campaign", small_campaign_path, *arguments, text=text)

    return invoke
