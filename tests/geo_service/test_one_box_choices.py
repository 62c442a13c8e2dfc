"""Several answers to choose from: what tells them apart, and what a choice leads to."""

from __future__ import annotations

import dataclasses

import pytest

from geo_service.campaign.model import House, Names, Place
from geo_service.errors import QueryError

ABAY = 1
NAMESAKES = (
    Place(1, "avenue", Names(None, "Абая"), ("almaly",)),
    Place(2, "street", Names(None, "Абая"), ("almaly",)),
    Place(3, "street", Names(None, "Абая"), ("medeu",)),
    Place(4, "microdistrict", Names(None, "Орбита-1"), ("medeu",)),
    Place(5, "street", Names(None, "Абая"), ("medeu",), 4),
)


def test_candidates_are_told_apart_by_kind_district_and_microdistrict(finder_of):
    houses = tuple(House(place, "5", "almaly" if place < 3 else "medeu") for place in (1, 2, 3, 5))

    resolution = finder_of(places=NAMESAKES, houses=houses, aliases=()).by_address("Абая 5")

    assert (resolution.status, resolution.place, resolution.precinct) == ("ambiguous", None, None)
    assert {candidate.label("ru") for candidate in resolution.candidates} == {
        "проспект Абая, 5 (Алмалинский район)",
        "улица Абая, 5 (Алмалинский район)",
        "улица Абая, 5 (Медеуский район)",
        "улица Абая, 5 (микрорайон Орбита-1, Медеуский район)",
    }


def test_candidates_are_chosen_by_the_id_of_their_place(finder_of):
    houses = tuple(House(place, "5", "medeu", number) for place, number in ((3, 2), (5, 14)))
    finder = finder_of(places=NAMESAKES, houses=houses, aliases=())
    offered = finder.by_address("Абая 5").candidates

    chosen = {item.place.place.id: finder.by_address("5", place=item.place.place.id) for item in offered}

    assert {place: (answer.status, answer.precinct.number) for place, answer in chosen.items()} == {
        3: ("found", 2),
        5: ("found", 14),
    }


def test_district_decides_between_namesakes(finder_of):
    houses = (House(2, "5", "almaly", 3), House(3, "5", "medeu", 2))
    finder = finder_of(places=NAMESAKES[1:3], houses=houses, aliases=())

    assert finder.by_address("Абая 5").status == "ambiguous"
    assert finder.by_address("Абая 5", "medeu").precinct.number == 2
    assert finder.by_address("Абая 5", district="almaly").precinct.number == 3


def test_unknown_district_and_place_are_errors_that_name_the_field(finder):
    with pytest.raises(QueryError, match="no such district") as district:
        finder.by_address("Абая 1", district="atlantis")
    with pytest.raises(QueryError, match="no such place") as place:
        finder.by_address("1", place=404)
    with pytest.raises(QueryError, match="no such place"):
        finder.suggest("1", place=404)

    assert (district.value.place.field, place.value.place.field) == ("district", "place")


def test_what_was_typed_as_district_is_not_echoed(finder):
    with pytest.raises(QueryError) as error:
        finder.by_address("Абая 1", district="990101000000")

    assert "990101" not in str(error.value)


def test_scores_are_told_only_if_asked_for(finder):
    plain = finder.by_address("Абая 1")
    explained = finder.by_address("Абая 1", explain=True)
    (best, *_) = explained.candidates

    assert plain.candidates == ()
    assert best.place.place.id == ABAY
    assert best.score["total"] == pytest.approx(sum(best.score.values()) - best.score["total"], abs=0.001)
    assert dataclasses.replace(explained, candidates=()) == plain


def test_suggestions_lead_from_a_place_to_its_houses(finder):
    (place, *_) = finder.suggest("проспект аба")

    assert place.place.id == ABAY
    assert [item.house for item in finder.suggest("12", place=ABAY)] == ["12/1", "12А"]
    assert len(finder.suggest("", place=ABAY, limit=2)) == 2
