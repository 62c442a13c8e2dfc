"""The map's page in words: cards, legend, the list of all precincts."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from flask import Flask

from geo_service.campaign.file import write_campaign
from geo_service.campaign.model import LANGUAGES, Campaign
from geo_service.settings import Settings
from geo_service.translations import text
from geo_service.web.app import create_app
from geo_service.web.map_view import legend, listed_districts, precinct_card, selection


def test_card_tells_station_hours_and_the_mark_of_a_sample(small_campaign: Campaign):
    card = precinct_card(901, small_campaign, "ru")

    assert card.hours == "06:00–18:00"
    assert card.district == "Алмалинский район"
    assert text("mark.sample", "ru") == card.mark
    assert card.heading == f"№ 901 ({card.mark})"


def test_card_of_a_real_campaign_has_no_mark(small_campaign: Campaign):
    real = dataclasses.replace(small_campaign, info=dataclasses.replace(small_campaign.info, is_sample=False))

    card = precinct_card(9, real, "kk")

    assert card.mark is None
    assert card.heading == "№ 9"


def test_station_without_a_point_is_not_marked(small_campaign: Campaign):
    assert selection(31, small_campaign, "en")["station"] is None
    assert selection(9, small_campaign, "en")["station"] == {"lon": 76.9251, "lat": 43.2309}


def test_legend_has_the_districts_in_the_order_of_their_colours(small_campaign: Campaign):
    entries = legend(small_campaign, "en")

    assert [entry.name for entry in entries] == ["Almaly District", "Bostandyk District", "Medeu District"]
    assert [entry.hue for entry in entries] == [0, 1, 2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_has_every_open_precinct_once(small_campaign: Campaign, language):
    districts = listed_districts(small_campaign, language)

    numbers = [card.number for district in districts for card in (*district.territorial, *district.special)]
    assert sorted(numbers) == [precinct.number for precinct in small_campaign.precincts]
    assert {card.number for district in districts for card in district.special} == {901, 902}


@pytest.fixture
def closed_campaign(small_campaign: Campaign) -> Campaign:
    """The small campaign with precinct 9 closed."""
    closed = tuple(
        dataclasses.replace(precinct, status="closed") if precinct.number == 9 else precinct
        for precinct in small_campaign.precincts
    )
    return dataclasses.replace(small_campaign, precincts=closed)


def test_closed_precinct_is_not_listed(closed_campaign: Campaign):
    districts = listed_districts(closed_campaign, "ru")

    assert 9 not in {card.number for district in districts for card in district.territorial}


def test_card_of_a_closed_precinct_says_so_and_stays_on_the_page(closed_campaign: Campaign, tmp_path: Path):
    write_campaign(tmp_path / "closed.gpkg", closed_campaign)
    settings = Settings(store=tmp_path / "store", campaign=tmp_path / "closed.gpkg")

    page = create_app(settings).test_client().get("/ru/map?precinct=9").get_data(as_text=True)

    card = precinct_card(9, closed_campaign, "ru")
    assert (card.name, card.address, card.hours) == (text("precinct.closed", "ru"), "", "")
    assert card.name in page
    # A selection would let the script put a card of its own in the place of this one.
    assert "data-selection" not in page


@pytest.mark.parametrize("asked", ["777", "abc", "", "9999999999", "-1", "²"])
def test_number_that_is_none_is_said_with_status_404(app: Flask, asked):
    response = app.test_client().get("/ru/map", query_string={"precinct": asked})

    assert response.status_code == 404
    assert text("map.no_precinct", "ru") in response.get_data(as_text=True)


def test_text_of_the_campaign_stands_in_the_list(app: Flask):
    page = app.test_client().get("/kk/precincts").get_data(as_text=True)

    assert "Политехникалық колледж" in page
    assert page.count(text("mark.sample", "kk")) >= 14
