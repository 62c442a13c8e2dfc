"""Finders that answer typed addresses: in the sample city, and on the real streets where they lie beside."""

from __future__ import annotations

import pytest

from geo_service.finder import Finder
from geo_service.sample_city.generate import generate_sample


@pytest.fixture(scope="session")
def sample_finder(sample_city):
    """Answers from the sample city."""
    return Finder(sample_city)


@pytest.fixture(scope="session")
def real_streets_finder(almaty_data, tmp_path_factory):
    """Answers from invented houses at the real streets; most of these have a name in one language only."""
    path = tmp_path_factory.mktemp("real-streets") / "real-streets.gpkg"
    generate_sample(
        path, streets=almaty_data / "streets.geojson", districts=almaty_data / "districts.geojson"
    )
    return Finder.open(path)
