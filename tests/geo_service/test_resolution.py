from __future__ import annotations

import json

import pytest

from geo_service.campaign.model import LANGUAGES, Names
from geo_service.notes import Note, PrecinctNumbers

KEYS = [
    "status", "method", "authority", "campaign", "place", "house", "matched_alias", "point", "precinct",
    "stations", "border", "candidates", "notes",
]  # fmt: skip
STATION_KEYS = {
    "building_id", "names", "address", "opens", "closes", "may_close_early", "phone", "location",
    "location_source", "accessibility", "changed",
}  # fmt: skip


@pytest.mark.parametrize("position", [(76.9045, 43.2230), (0.0, 0.0)], ids=["found", "outside"])
def test_every_key_is_there_whatever_the_answer(finder, position):
    answer = finder.by_point(*position).to_dict()

    assert list(answer) == KEYS
    assert json.loads(json.dumps(answer)) == answer


def test_found_answer_is_complete(finder):
    answer = finder.by_point(76.9052, 43.2263).to_dict()

    assert answer["campaign"] == {"id": "small-sample", "hash": finder.file.content_hash, "is_sample": True}
    assert answer["point"] == {"lon": 76.9052, "lat": 43.2263}
    assert answer["precinct"] == {"number": 3, "kind": "territorial", "district": "almaly"}
    assert answer["border"]["other_precincts"] == [12]
    assert answer["border"]["on_boundary"] is False
    assert answer["border"]["distance_m"] == pytest.approx(29.8, abs=0.1)
    (station,) = answer["stations"]
    assert set(station) == STATION_KEYS
    assert set(station["names"]) == set(LANGUAGES)
    assert station["location"] == {"lon": 76.9052, "lat": 43.2263}
    assert set(station["accessibility"].values()) == {"unknown"}


def test_answer_outside_has_null_and_empty_parts(finder):
    answer = finder.by_point(0.0, 0.0).to_dict()

    assert answer["status"] == "outside"
    assert answer["precinct"] is answer["border"] is answer["method"] is answer["authority"] is None
    assert answer["stations"] == answer["candidates"] == []


def test_station_without_a_point_has_no_location(finder):
    (answer,) = finder.stations(31)

    assert answer.to_dict()["location"] is None
    assert answer.to_dict()["names"] == {"kk": None, "ru": "Дом культуры", "en": None}


def test_notes_are_in_the_language_that_was_asked_for(finder):
    texts = {
        language: finder.by_point(76.9045, 43.2230).to_dict(language)["notes"][0]["text"]
        for language in LANGUAGES
    }

    assert texts["kk"].startswith("СЫНАҚ")
    assert texts["ru"].startswith("ПРИМЕР")
    assert texts["en"].startswith("SAMPLE")


def test_numbers_and_names_in_a_note_are_in_the_readers_language():
    near = Note("near_border", {"distance": 12, "numbers": PrecinctNumbers((4, 17), is_sample=False)})
    sample = Note("near_border", {"distance": 12, "numbers": PrecinctNumbers((4, 17), is_sample=True)})
    outside = Note("outside", {"city": Names("Алматы", None, "Almaty")})

    assert "No. 4, No. 17" in near.text("en")
    assert "№ 4, № 17" in near.text("kk")
    assert "№ 4 [СЫНАҚ], № 17 [СЫНАҚ]" in sample.text("kk")
    assert "Almaty" in outside.text("en")
    assert "Алматы" in outside.text("ru")
