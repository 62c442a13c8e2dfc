"""Where a campaign lies, whatever it knows."""

from __future__ import annotations

import dataclasses

import pytest
import shapely

from geo_service.campaign.model import Campaign
from geo_service.served.extent import campaign_extent


def without(campaign: Campaign, *layers: str) -> Campaign:
    """The campaign without some layers; its precincts are only listed, then."""
    kept: dict = dict.fromkeys(layers, ())
    if "precincts" in layers:
        kept["precincts"] = tuple(dataclasses.replace(p, geometry=None) for p in campaign.precincts)
    return dataclasses.replace(campaign, **kept)


def test_extent_is_the_box_of_the_precincts(small_campaign: Campaign):
    shapes = [precinct.geometry for precinct in small_campaign.precincts]

    assert campaign_extent(small_campaign) == pytest.approx(shapely.total_bounds(shapes), abs=1e-5)


@pytest.mark.parametrize("last", ["districts", "stations", "houses", "places"])
def test_campaign_without_polygons_lies_where_its_other_layers_are(small_campaign: Campaign, last):
    layers = ["precincts", "districts", "stations", "houses", "places"]

    west, south, east, north = campaign_extent(without(small_campaign, *layers[: layers.index(last)]))

    assert 76.89 < west < east < 76.95
    assert 43.21 < south < north < 43.25


def test_campaign_that_lies_nowhere_has_no_extent(small_campaign: Campaign):
    bare = without(small_campaign, "precincts", "districts", "stations", "houses", "places")

    assert campaign_extent(bare) is None
