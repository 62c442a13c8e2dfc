"""Answers of campaigns that differ from the usual, and at any moment of the vote."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import pytest

from geo_service.amending.record import Author
from geo_service.amending.station import StationChange, amend_station
from geo_service.campaign.file import write_campaign
from geo_service.campaign.model import LANGUAGES, Names
from geo_service.settings import Settings
from geo_service.translations import text
from geo_service.web.app import create_app
from tests.geo_service.html_page import HtmlPage

ALMATY = ZoneInfo("Asia/Almaty")
IN_9 = {"lat": "43.2290", "lon": "76.9225"}
NEAR_ENCLAVE = {"lat": "43.2290", "lon": "76.91725"}
EVIL = '<script>alert(1)</script>"><b>'
EVE = dt.datetime(2026, 3, 14, 12, tzinfo=ALMATY)


def amended(campaign):
    change = StationChange(names=Names(None, "Школа № 15", None), address=Names(None, "улица Мира, 1", None))
    return amend_station(campaign, 2, change, Author("tests", "burst pipe", EVE))


def derived(campaign):
    precincts = tuple(dataclasses.replace(one, authority="derived") for one in campaign.precincts)
    return dataclasses.replace(campaign, precincts=precincts)


def real(campaign):
    return dataclasses.replace(campaign, info=dataclasses.replace(campaign.info, is_sample=False))


def without_station(campaign):
    stations = tuple(station for station in campaign.stations if station.precinct != 9)
    return dataclasses.replace(campaign, stations=stations)


def closed(campaign):
    precincts = tuple(
        dataclasses.replace(one, status="closed") if one.number == 9 else one for one in campaign.precincts
    )
    return dataclasses.replace(campaign, precincts=precincts)


def evil(campaign):
    names = Names(EVIL, EVIL, EVIL)
    stations = tuple(dataclasses.replace(one, names=names, phone=EVIL) for one in campaign.stations)
    return dataclasses.replace(campaign, stations=stations)


def bare(campaign):
    return dataclasses.replace(campaign, houses=(), places=(), aliases=())


def usual(campaign):
    return campaign


@pytest.fixture(scope="module")
def asked(small_campaign, tmp_path_factory):
    """Ask the small campaign, changed by a function, at a moment; returns the page."""
    shown = [EVE]

    @functools.cache
    def client(change):
        directory = tmp_path_factory.mktemp(change.__name__)
        write_campaign(directory / "campaign.gpkg", change(small_campaign))
        settings = Settings(store=directory / "store", campaign=directory / "campaign.gpkg")
        return create_app(settings, clock=lambda: shown[0]).test_client()

    def ask(change=usual, language="ru", moment=EVE, **arguments):
        shown[0] = moment
        return HtmlPage(client(change).get(f"/{language}/", query_string=arguments).text)

    return ask


@pytest.mark.parametrize("language", LANGUAGES)
def test_changed_station_is_said_before_everything_else(asked, language):
    answer = asked(amended, language, q="№ 2").text("answer")

    said = text("note.station_moved", language, former="{former}").split("{former}")[0]
    assert answer.removeprefix("! ").startswith(said.strip())
    assert "Школа № 15" in answer


@pytest.mark.parametrize("language", LANGUAGES)
def test_answer_by_a_derived_border_is_worded_as_probable(asked, language):
    page = asked(derived, language, **IN_9)

    number = text("page.number", language, number=9)
    assert page.text("answer-title").startswith(text("page.precinct_probable", language))
    marked = f"{number} [{text('mark.sample', language)}]"
    assert text("note.derived_border", language, number=marked) in page.text("answer")


@pytest.mark.parametrize("doubt", ["derived", "no station", "near a border", "special"])
def test_answer_that_is_in_doubt_has_the_call_centre_beside_it(asked, doubt):
    change, question = {
        "derived": (derived, IN_9),
        "no station": (without_station, IN_9),
        "near a border": (usual, NEAR_ENCLAVE),
        "special": (usual, {"q": "№ 901"}),
    }[doubt]

    page = asked(change, **question)

    assert text("page.precinct", "ru").lower() in page.text("answer-title").lower()
    assert "tel:109" in HtmlPage(page.section).links()


def test_answer_without_doubt_is_left_alone(asked):
    assert "tel:109" not in HtmlPage(asked(usual, q="Абая 45").section).links()


def test_near_a_border_the_other_precinct_is_named_with_the_mark_and_the_house_number_asked_for(asked):
    said = asked(usual, **NEAR_ENCLAVE).text("answer")

    assert "№ 9 [ПРИМЕР]" in said or "№ 5 [ПРИМЕР]" in said or "№ 15 [ПРИМЕР]" in said
    assert "Укажите номер дома" in said


def test_house_of_the_list_is_not_warned_of_a_border(asked):
    assert "near" not in {
        name
        for _, values in HtmlPage(asked(usual, q="Абая 45").section).tags
        for name in values.get("class", "").split()
    }


@pytest.mark.parametrize(
    ("moment", "ru", "kk"),
    [
        ("2026-03-14T12:00", "15 марта 2026", "2026"),
        ("2026-03-15T06:59", "07:00", "07:00"),
        ("2026-03-15T07:00", "20:00", "20:00"),
        ("2026-03-15T20:00", "завершено", "аяқталды"),
        ("2026-03-16T09:00", "15 марта 2026", "2026"),
    ],
)
def test_hours_depend_on_the_moment(asked, moment, ru, kk):
    at = dt.datetime.fromisoformat(moment).replace(tzinfo=ALMATY)

    for language, word in (("ru", ru), ("kk", kk)):
        page = asked(usual, language, at, q="Абая 45")
        assert word in page.text("answer")
        assert ('class="now open"' in page.section) == (moment == "2026-03-15T07:00")


def test_every_page_knows_the_phase(asked):
    lines = {
        moment: asked(usual, "ru", dt.datetime.fromisoformat(moment).replace(tzinfo=ALMATY)).text()
        for moment in ("2026-03-14T12:00", "2026-03-15T12:00", "2026-03-15T21:00", "2026-03-17T12:00")
    }

    assert len(set(lines.values())) == len(lines)


def test_real_campaign_carries_no_mark_and_only_its_answers_stay_out_of_search_engines(asked):
    answer, question = asked(real, **IN_9), asked(real)

    assert text("mark.sample", "ru") not in answer.source
    assert '<meta name="robots" content="noindex">' in answer.source
    assert "noindex" not in question.source


def test_what_the_campaign_says_is_escaped(asked):
    page = asked(evil, q="Абая 45")

    assert "<script>alert" not in page.source
    assert "alert(1)" in page.text("answer")
    assert not any(tag == "b" for tag, _ in HtmlPage(page.section).tags)


@pytest.mark.parametrize("question", [{"q": "Абая 45"}, {"q": "№ 12"}, IN_9, {"q": "144 мектеп"}])
def test_number_of_a_sample_never_stands_without_its_mark(asked, question):
    page = asked(usual, **question)
    mark = text("mark.sample", "ru")

    # What follows the last number of a heading, a choice or a title is the mark.
    headings = [line for line in (page.text("answer-title"), page.title) if "№" in line]
    assert all(mark in line for line in headings)
    section = HtmlPage(page.section)
    assert sum(values.get("class") == "mark" for _, values in section.tags) >= 1


def test_campaign_without_houses_has_no_example_and_no_position_has_one(asked):
    page = asked(bare, lat="x", lon="1")

    assert "placeholder" not in page.attributes("q")
    assert "43.2" in page.text("answer")


@pytest.mark.parametrize("language", LANGUAGES)
def test_answer_of_a_point_is_probable_and_claims_no_registered_address(asked, language):
    page = asked(usual, language, **IN_9)

    assert page.text("answer-title").startswith(text("page.precinct_probable", language))
    assert text("answer.by_point", language) in page.text("answer")
    assert "tel:109" in HtmlPage(page.section).links()
    assert text("answer.by_registered", language) not in page.text("answer")


@pytest.mark.parametrize("language", LANGUAGES)
def test_precinct_asked_for_by_its_number_claims_no_registered_address(asked, language):
    page = asked(usual, language, q="№ 9")

    assert page.text("answer-title").startswith(text("page.precinct", language))
    assert text("answer.by_registered", language) not in page.text("answer")
    assert text("answer.by_point", language) not in page.text("answer")


def test_vote_that_is_over_is_not_put_into_a_calendar(asked):
    for moment, is_offered in (("2026-03-15T19:59", True), ("2026-03-15T20:00", False)):
        at = dt.datetime.fromisoformat(moment).replace(tzinfo=ALMATY)
        links = HtmlPage(asked(usual, "ru", at, q="Абая 45").section).links()
        assert ("/ru/precinct/12/calendar.ics" in links) == is_offered


@pytest.mark.parametrize("language", LANGUAGES)
def test_closed_precinct_asked_for_by_its_number_says_so_and_sends_nobody_there(asked, language):
    at = dt.datetime(2026, 3, 15, 12, tzinfo=ALMATY)

    page = asked(closed, language, at, q="№ 9")

    answer = page.text("answer")
    assert text("precinct.closed", language) in answer
    assert text("precinct.closed_advice", language) in answer
    assert "20:00" not in answer
    assert page.selection is None
    assert not [link for link in HtmlPage(page.section).links() if "/precinct/9" in link]
    assert "precinct=9" not in page.source


def test_shared_address_leads_to_the_same_answer_without_the_flat(asked):
    page = asked(usual, q="Абая 12А, кв. 77")

    menu = next(values for _, values in page.tags if "data-share" in values)
    shared = dict(parse_qsl(urlsplit(menu["data-url"]).query))
    assert "77" not in menu["data-url"]
    assert asked(usual, **shared).selection == page.selection
