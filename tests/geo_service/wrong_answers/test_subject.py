"""What is kept of an answer that is reported: the campaign's own values, and no more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.wrong_answers.subject import asked_of, subject_of


def test_house_of_the_campaign_is_kept_with_what_its_answer_rests_on(finder):
    subject = subject_of(finder, {"precinct": "12", "place": "1", "house": "45"})

    assert (subject.precinct, subject.place, subject.house) == (12, 1, "45")
    assert (subject.method, subject.authority) == ("house_list", "sample")
    assert subject.address("ru") == "проспект Абая, 45"
    assert (subject.campaign_id, subject.is_sample) == ("small-sample", True)


def test_precinct_carries_the_mark_of_a_sample(finder):
    assert subject_of(finder, {"precinct": "12"}).precinct_text("kk") == "№ 12 [СЫНАҚ]"


def test_point_is_rounded_to_some_ten_metres(finder):
    subject = subject_of(finder, {"precinct": "9", "lat": "43.2290123", "lon": "76.9225678"})

    assert (subject.lat, subject.lon) == (43.229, 76.9226)
    assert subject.method == "point_in_polygon"


def test_point_is_left_out_where_a_house_says_it(finder):
    subject = subject_of(finder, {"place": "1", "house": "45", "lat": "43.2290", "lon": "76.9225"})

    assert (subject.lat, subject.lon) == (None, None)


def test_how_it_was_decided_is_not_told_of_another_precinct(finder):
    subject = subject_of(finder, {"precinct": "2", "place": "1", "house": "45"})

    assert (subject.method, subject.authority) == (None, None)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"precinct": "77"},
        {"precinct": "-7"},
        {"precinct": "٧"},
        {"precinct": "990101300123"},
        {"place": "99"},
        {"lat": "51.1", "lon": "71.4"},
        {"lat": "nan", "lon": "76.9"},
        {"lat": "43.2"},
        {"house": "45"},
    ],
)
def test_what_the_campaign_does_not_know_is_as_if_it_were_not_there(finder, asked):
    assert subject_of(finder, asked).is_empty


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("77", "77"),
        ("77а", "77А"),
        ("77/12", "77"),
        ("77-12", "77"),
        ("77 к 12", "77"),
        ("77 кв 12", None),
        ("кв 12", None),
        ("12-кв", None),
        ("12 пәтер", None),
        ("77, 12", None),
        ("990101300123", None),
        ("12345", None),
        ("٤٥", "45"),
        ("my name is", None),
        ("12А", "12А"),
        ("12/1", "12/1"),
    ],
)
def test_house_that_is_missing_keeps_number_and_letter_and_never_a_flat(finder, typed, kept):
    assert subject_of(finder, {"place": "1", "house": typed}).house == kept


@given(st.dictionaries(st.sampled_from(["precinct", "place", "house", "lat", "lon"]), st.text()))
def test_whatever_is_sent_is_understood_or_left_out(finder, asked):
    subject = subject_of(finder, asked)

    assert subject.precinct in {None, *finder.campaign.precincts_by_number}
    assert subject.place in {None, *(place.id for place in finder.campaign.places)}


@pytest.mark.parametrize("text", ["Абая 45", "Абая 1", "43.2290 76.9225"])
def test_link_of_an_answer_leads_to_a_report_about_that_answer(finder, text):
    answer = finder.by_address(text)

    subject = subject_of(finder, asked_of(answer))

    assert not subject.is_empty
    assert subject.precinct == (answer.precinct and answer.precinct.number)
    assert subject.method == answer.method
    assert subject.authority == answer.authority


@pytest.mark.parametrize(
    ("text", "asked"), [("№ 9", {"precinct": "9"}), ("Садовая 77", {"precinct": "8", "place": "3"})]
)
def test_answer_without_house_or_point_is_reported_by_what_it_has(finder, text, asked):
    assert asked_of(finder.by_address(text)) == asked
