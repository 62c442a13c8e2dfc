"""From what somebody types to an answer: the order of evidence, and everything the one box takes.

Mostly on the small campaign of ``conftest.py``; other houses and places are put in where a test needs them.
"""

from __future__ import annotations

import dataclasses
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from geo_service.campaign.model import LANGUAGES, House
from geo_service.finder import Finder

INSIDE_3, INSIDE_9 = (76.9045, 43.2230), (76.9251, 43.2309)
INSIDE_HOSPITAL, FAR_AWAY = (76.9145, 43.2375), (76.5, 43.1)
ABAY, TOLE_BI = 1, 2


@pytest.fixture
def finder_with_house(finder_of):
    """Make a finder whose only house is Толе би, 5, with the values given."""

    def make(precinct=None, point=(None, None), authority=None):
        house = House(TOLE_BI, "5", "almaly", precinct, authority, None, *point)
        return finder_of(houses=(house,))

    return make


def codes(resolution):
    return [note.code for note in resolution.notes]


def test_house_list_decides_before_the_polygon(finder_with_house):
    resolution = finder_with_house(12, INSIDE_3, "official_list").by_address("Толе би 5")

    assert (resolution.status, resolution.method) == ("found", "house_list")
    assert (resolution.precinct.number, resolution.authority) == (12, "official_list")
    assert [answer.station.precinct for answer in resolution.stations] == [12]
    assert resolution.point == INSIDE_3


def test_disagreement_of_list_and_polygon_is_said_with_both_numbers(finder_with_house):
    resolution = finder_with_house(12, INSIDE_3).by_address("Толе би 5")

    note = next(note for note in resolution.notes if note.code == "list_differs")
    assert (note.values["listed"].numbers, note.values["number"].numbers) == ((12,), (3,))
    assert resolution.border is None


def test_agreement_of_list_and_polygon_needs_no_note(finder_with_house):
    resolution = finder_with_house(3, INSIDE_3).by_address("Толе би 5")

    assert resolution.precinct.number == 3
    assert not {"list_differs", "near_border", "on_border"} & set(codes(resolution))


def test_house_without_list_is_answered_by_the_polygon_of_its_point(finder_with_house):
    resolution = finder_with_house(None, INSIDE_9).by_address("Толе би 5")

    assert (resolution.status, resolution.method) == ("found", "point_in_polygon")
    assert resolution.precinct.number == 9
    assert (resolution.place.place.id, resolution.place.number) == (TOLE_BI, "5")


def test_house_in_a_derived_polygon_is_worded_as_probable(finder_of, small_campaign):
    derived = tuple(
        dataclasses.replace(precinct, authority="derived") if precinct.number == 9 else precinct
        for precinct in small_campaign.precincts
    )

    resolution = finder_of(precincts=derived).by_address("проспект Абая, 12/1")

    assert (resolution.authority, resolution.precinct.number) == ("derived", 9)
    assert "derived_border" in codes(resolution)


def test_special_precinct_around_a_house_is_a_note_beside_the_territorial_one(finder_with_house):
    resolution = finder_with_house(None, INSIDE_HOSPITAL).by_address("Толе би 5")

    assert resolution.precinct.number == 7
    assert "special_precinct" in codes(resolution)


def test_special_precinct_in_the_house_list_is_no_answer(finder_with_house):
    resolution = finder_with_house(901, INSIDE_3).by_address("Толе би 5")

    assert (resolution.precinct.number, resolution.method) == (3, "point_in_polygon")


def test_house_without_point_and_list_is_known_but_not_its_precinct(finder_with_house):
    resolution = finder_with_house().by_address("Толе би 5")

    assert (resolution.status, resolution.precinct, resolution.method) == ("house_unknown", None, None)
    assert resolution.place.number == "5"
    assert "precinct_unknown" in codes(resolution)


def test_house_outside_all_precincts_is_outside(finder_with_house):
    resolution = finder_with_house(None, FAR_AWAY).by_address("Толе би 5")

    assert (resolution.status, resolution.precinct) == ("outside", None)
    assert resolution.place.number == "5"


def test_street_whose_houses_are_all_of_one_precinct_has_it_without_a_number(finder):
    resolution = finder.by_address("улица Садовая")

    assert (resolution.status, resolution.precinct.number) == ("street_only", 8)
    assert {"house_missing", "whole_place"} <= set(codes(resolution))


def test_street_of_several_precincts_has_none_without_a_number(finder):
    resolution = finder.by_address("проспект Абая")

    assert (resolution.status, resolution.precinct) == ("street_only", None)


def test_unknown_house_offers_those_of_its_building(finder):
    resolution = finder.by_address("Абая 12")

    assert (resolution.status, resolution.place.number) == ("house_unknown", None)
    assert {candidate.place.number for candidate in resolution.candidates} == {"12/1", "12А"}


def test_old_name_is_told_with_the_name_of_today(finder):
    resolution = finder.by_address("Комсомольская 7")

    assert (resolution.matched_alias.name, resolution.matched_alias.kind) == ("Комсомольская", "old")
    note = next(note for note in resolution.notes if note.code == "old_name")
    assert "Толе би" in note.text("ru")


@pytest.mark.parametrize("text", ["9", "№9", "участок 9", "9 учаске", "precinct 9"])
def test_precinct_number_alone_is_that_precinct(finder, text):
    resolution = finder.by_address(text)

    assert (resolution.status, resolution.precinct.number, resolution.place) == ("found", 9, None)


def test_unknown_precinct_number_is_not_found(finder):
    resolution = finder.by_address("участок 404")

    assert resolution.status == "not_found"
    assert "precinct_number_unknown" in codes(resolution)


def test_station_of_one_precinct_is_found_by_its_name(finder):
    resolution = finder.by_address("политехнический колледж")

    assert (resolution.status, resolution.precinct.number, resolution.place) == ("found", 2, None)


def test_station_of_several_precincts_is_a_choice(finder_of, small_campaign):
    shared = tuple(station for station in small_campaign.stations if station.precinct in {3, 12})

    resolution = finder_of(stations=shared).by_address("школа 144")

    assert (resolution.status, resolution.precinct) == ("ambiguous", None)
    assert [candidate.precinct.precinct.number for candidate in resolution.candidates] == [3, 12]
    assert all("144" in candidate.label("ru") for candidate in resolution.candidates)


def test_kind_word_says_that_a_name_is_no_station(finder):
    assert finder.by_address("улица Политехнический колледж").precinct is None


@pytest.mark.parametrize(
    "text", ["43.2230 76.9045", "43.2230, 76.9045", "https://2gis.kz/almaty/geo/76.9045,43.2230"]
)
def test_position_and_map_link_are_answered_by_polygon(finder, text):
    resolution = finder.by_address(text)

    assert (resolution.status, resolution.precinct.number, resolution.place) == ("found", 3, None)
    assert (resolution.method, resolution.point) == ("point_in_polygon", INSIDE_3)


def test_swapped_position_is_turned_round_and_said(finder):
    resolution = finder.by_address("76.9045 43.2230")

    assert resolution.point == INSIDE_3
    assert "axes_exchanged" in codes(resolution)


def test_position_far_away_is_outside(finder):
    assert finder.by_address("43.1 76.5").status == "outside"


@pytest.mark.parametrize(
    "text", ["990101000000", "Абая 1, 990101 000000", "ИИН 990101-000000", "Абая 1 ９９０１０１０００００0"]
)
def test_personal_number_is_refused_and_never_echoed(finder, text):
    resolution = finder.by_address(text, explain=True)

    assert (resolution.status, resolution.place, resolution.candidates) == ("personal_number", None, ())
    assert "990101" not in json.dumps(resolution.to_dict())
    assert finder.suggest(text) == ()
    assert finder.by_address(text, place=ABAY).status == "personal_number"


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_in_the_language_that_was_asked_for(finder, language):
    answer = finder.by_address("Абая 12", lang=language).to_dict()
    expected = {"kk": "Абай даңғылы", "ru": "проспект Абая", "en": "Abay"}[language]

    assert all(candidate["label"].startswith(expected) for candidate in answer["candidates"])
    assert answer["notes"] == finder.by_address("Абая 12").to_dict(language)["notes"]


TEXTS = [
    "Абая 1",
    "Абая 12",
    "Абая",
    "Комсомольская 7",
    "Ываыва 5",
    "9",
    "школа 144",
    "43.2230 76.9045",
    "Астана",
    "",
]


@pytest.mark.parametrize("text", TEXTS)
def test_every_answer_has_the_one_shape(finder, text):
    answer = finder.by_address(text, explain=True).to_dict()

    assert list(answer) == list(finder.by_point(*INSIDE_3).to_dict())
    assert json.loads(json.dumps(answer)) == answer
    for candidate in answer["candidates"]:
        assert set(candidate) == {"label", "place", "house", "matched_alias", "precinct", "score"}


def test_many_threads_get_the_answers_of_one(small_campaign_path, finder):
    fresh = Finder.open(small_campaign_path)
    queries = TEXTS * 40
    expected = [finder.by_address(text).to_dict() for text in queries]

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda text: fresh.by_address(text).to_dict(), queries))

    assert answers == expected
