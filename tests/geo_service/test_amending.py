"""Amendments: what changes, what is recorded, what answers say of it, and what is refused."""

from __future__ import annotations

import dataclasses
import datetime as dt
import sqlite3
from contextlib import closing

import pytest

from geo_service.amending.changes import amendments_since, read_moment
from geo_service.amending.houses import house_of_text, move_house
from geo_service.amending.position import checked_position, position_of_address
from geo_service.amending.record import Author
from geo_service.amending.station import StationChange, amend_station
from geo_service.campaign.amendment import Amendment
from geo_service.campaign.content_hash import content_hash
from geo_service.campaign.file import open_campaign, write_campaign
from geo_service.campaign.model import Accessibility, Names
from geo_service.errors import AmendmentError, DamagedCampaignError, PrecinctNotFoundError, QueryError
from geo_service.finder import Finder
from geo_service.settings import Settings
from geo_service.web.app import create_app

NAMES = Names(None, "Школа № 15", None)
ADDRESS = Names(None, "улица Сатпаева, 9", None)
MOVE = StationChange(names=NAMES, address=ADDRESS)


def author(day=14, hour=12):
    return Author("Aigul", "burst pipe", dt.datetime(2026, 3, day, hour, tzinfo=dt.UTC))


def finder_of(campaign, tmp_path):
    write_campaign(tmp_path / "amended.gpkg", campaign)
    return Finder.open(tmp_path / "amended.gpkg")


def codes(answer):
    return [note.code for note in answer.notes]


def test_station_in_another_building_loses_what_was_known_of_the_former_one(small_campaign):
    amended = amend_station(small_campaign, 2, MOVE, author())

    station = amended.stations_by_precinct[2]
    assert (station.names, station.address, station.phone) == (NAMES, ADDRESS, "+7 727 000 00 02")
    assert (station.lon, station.lat, station.location_source) == (None, None, None)
    assert station.accessibility == Accessibility()
    assert station.building_id not in {one.building_id for one in small_campaign.stations}


def test_station_that_moves_in_with_another_shares_its_building_and_point(small_campaign):
    other = small_campaign.stations_by_precinct[2]

    amended = amend_station(small_campaign, 9, StationChange(address=other.address), author())

    station = amended.stations_by_precinct[9]
    assert (station.building_id, station.lon, station.lat) == (other.building_id, other.lon, other.lat)
    assert station.accessibility == other.accessibility


def test_address_of_another_station_is_known_in_the_languages_that_were_not_typed(small_campaign):
    other = small_campaign.stations_by_precinct[2]

    amended = amend_station(
        small_campaign, 9, StationChange(address=Names(None, other.address.ru, None)), author()
    )

    assert amended.stations_by_precinct[9].address == other.address


def test_address_that_is_only_written_better_keeps_the_building(small_campaign):
    former = small_campaign.stations_by_precinct[2]

    amended = amend_station(small_campaign, 2, StationChange(address=ADDRESS, same_building=True), author())

    station = amended.stations_by_precinct[2]
    assert station.address == Names(former.address.kk, ADDRESS.ru, former.address.en)
    assert dataclasses.replace(station, address=former.address) == former


def test_record_keeps_what_changed_and_what_stood_there(small_campaign):
    amended = amend_station(small_campaign, 2, StationChange(opens="06:00", phone="1"), author())

    assert amended.amendments == (
        Amendment(
            id=1, what="station", precinct=2, made_at="2026-03-14T17:00:00+05:00", author="Aigul",
            reason="burst pipe", former={"opens": None, "phone": "+7 727 000 00 02"},
            new={"opens": "06:00", "phone": "1"},
        ),
    )  # fmt: skip


def test_house_goes_to_another_precinct_with_a_record(small_campaign):
    house = small_campaign.houses[0]

    amended = move_house(small_campaign, house, 12, author())

    assert amended.houses[0] == dataclasses.replace(house, precinct=12)
    (record,) = amended.amendments
    assert (record.what, record.precinct, record.place, record.house, record.district) == (
        "house", 12, 1, "1", "almaly",
    )  # fmt: skip
    assert (record.former, record.new) == ({"precinct": 3}, {"precinct": 12})


@pytest.mark.parametrize(("number", "words"), [(901, "institution"), (3, "already")])
def test_house_cannot_go_to_a_precinct_that_takes_none(small_campaign, number, words):
    with pytest.raises(AmendmentError, match=words):
        move_house(small_campaign, small_campaign.houses[0], number, author())


def test_unknown_precinct_is_refused(small_campaign):
    with pytest.raises(PrecinctNotFoundError):
        move_house(small_campaign, small_campaign.houses[0], 77, author())
    with pytest.raises(PrecinctNotFoundError):
        amend_station(small_campaign, 77, MOVE, author())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (StationChange(phone="+7 727 000 00 02"), "Nothing would change"),
        (StationChange(opens="07:00", closes="20:00"), "Nothing would change"),
        (StationChange(opens="21:00"), "before it opens"),
    ],
)
def test_station_change_that_makes_no_sense_is_refused(small_campaign, change, words):
    with pytest.raises(AmendmentError, match=words):
        amend_station(small_campaign, 2, change, author())


def test_precinct_without_a_station_gets_one_with_name_and_address(small_campaign):
    without = dataclasses.replace(small_campaign, stations=small_campaign.stations[1:])

    with pytest.raises(AmendmentError, match="does not know where"):
        amend_station(without, 2, StationChange(phone="1"), author())
    amended = amend_station(without, 2, MOVE, author())

    assert [station.precinct for station in amended.stations] == [s.precinct for s in small_campaign.stations]
    assert amended.amendments[0].former == {}


# In the campaign file.


def test_amendments_come_back_from_the_file_and_change_its_hash(small_campaign, tmp_path):
    amended = move_house(
        amend_station(small_campaign, 2, MOVE, author()), small_campaign.houses[0], 12, author()
    )

    written = write_campaign(tmp_path / "amended.gpkg", amended)

    file = open_campaign(tmp_path / "amended.gpkg")
    assert file.campaign.amendments == amended.amendments
    assert file.content_hash == written != content_hash(small_campaign)
    assert content_hash(dataclasses.replace(amended, amendments=())) != written


@pytest.mark.parametrize(
    ("with_rules", "is_amended", "version"),
    [(False, False, "1"), (False, True, "2"), (True, False, "3"), (True, True, "3")],
)
def test_version_tells_of_rules_and_amendments_and_only_the_amended_has_their_table(
    small_campaign, tmp_path, with_rules, is_amended, version
):
    rules = small_campaign.info.rules if with_rules else ()
    campaign = dataclasses.replace(small_campaign, info=dataclasses.replace(small_campaign.info, rules=rules))
    amended = amend_station(campaign, 2, MOVE, author()) if is_amended else campaign

    write_campaign(tmp_path / "file.gpkg", amended)

    assert version_and_tables(tmp_path / "file.gpkg") == (version, is_amended)
    assert bool(open_campaign(tmp_path / "file.gpkg").campaign.amendments) == is_amended


def version_and_tables(path):
    with closing(sqlite3.connect(path)) as database:
        ((version,),) = database.execute("SELECT value FROM campaign WHERE key = 'format_version'")
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    return version, "amendments" in tables


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM amendments",
        "DROP TABLE amendments",
        "UPDATE amendments SET author = 'nobody'",
        "UPDATE amendments SET former = '{'",
        "UPDATE campaign SET value = '1' WHERE key = 'format_version'",
    ],
)
def test_record_that_was_tampered_with_is_refused(small_campaign, tmp_path, statement):
    path = tmp_path / "amended.gpkg"
    write_campaign(path, amend_station(small_campaign, 2, MOVE, author()))
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(statement)

    with pytest.raises(DamagedCampaignError):
        open_campaign(path)


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(Amendment)])
def test_any_changed_field_of_an_amendment_changes_the_hash(small_campaign, field):
    amended = move_house(small_campaign, small_campaign.houses[0], 12, author())
    (amendment,) = amended.amendments
    value = getattr(amendment, field)
    other = {str: lambda: value + "?", int: lambda: value + 1, dict: lambda: {**value, "another": 1}}[
        type(value)
    ]()

    changed = dataclasses.replace(amended, amendments=(dataclasses.replace(amendment, **{field: other}),))

    assert content_hash(changed) != content_hash(amended)


# In answers.


def test_answer_tells_the_former_place_in_the_readers_language(small_campaign, tmp_path):
    finder = finder_of(amend_station(small_campaign, 2, MOVE, author()), tmp_path)

    answer = finder.by_address("№2")

    texts = {
        language: next(note.text(language) for note in answer.notes if note.code == "station_moved")
        for language in ("kk", "ru", "en")
    }
    assert texts == {
        "kk": "Дауыс беру орны ауысты. Бұрын: Политехникалық колледж, Төле би көшесі, 12/1.",
        "ru": "Место голосования изменено. Раньше: Политехнический колледж, улица Толе би, 12/1.",
        "en": "The polling place has changed. It was: Polytechnic College, 12/1 Tole Bi Street.",
    }
    (station,) = answer.to_dict()["stations"]
    assert station["changed"]["at"] == "2026-03-14T17:00:00+05:00"
    assert station["changed"]["reason"] == "burst pipe"
    assert [former["names"]["en"] for former in station["changed"]["former"]] == ["Polytechnic College"]
    assert station["changed"]["former_hours"] == []


def test_every_place_that_somebody_was_told_is_told_as_former(small_campaign, tmp_path):
    second = StationChange(names=Names(None, "Клуб", None), address=Names(None, "улица Мира, 1", None))
    amended = amend_station(amend_station(small_campaign, 2, MOVE, author(13)), 2, second, author(14))

    (station,) = finder_of(amended, tmp_path).by_address("№2").to_dict()["stations"]

    names = [former["names"]["ru"] for former in station["changed"]["former"]]
    assert names == ["Политехнический колледж", "Школа № 15"]


def test_address_that_is_only_written_better_is_no_move(small_campaign, tmp_path):
    rewritten = StationChange(address=Names(None, "ул. Толе би, 12/1", None), same_building=True)
    moved = amend_station(small_campaign, 9, MOVE, author(13))
    respelled = StationChange(address=Names(None, "ул. Сатпаева, 9", None), same_building=True)
    finder = finder_of(
        amend_station(amend_station(moved, 9, respelled, author()), 2, rewritten, author()), tmp_path
    )

    only_rewritten, moved_first = finder.by_address("№2"), finder.by_address("№9")

    assert "station_moved" not in codes(only_rewritten)
    (station,) = moved_first.to_dict()["stations"]
    assert [one["address"]["ru"] for one in station["changed"]["former"]] == ["проспект Абая, 45"]


def test_station_that_moved_back_tells_where_it_was_meanwhile(small_campaign, tmp_path):
    former = small_campaign.stations_by_precinct[2]
    back = StationChange(names=former.names, address=former.address)
    amended = amend_station(amend_station(small_campaign, 2, MOVE, author(13)), 2, back, author(14))

    (station,) = finder_of(amended, tmp_path).by_address("№2").to_dict()["stations"]

    assert [one["names"]["ru"] for one in station["changed"]["former"]] == ["Школа № 15"]


def test_changed_hours_are_told_with_those_that_held_before(small_campaign, tmp_path):
    finder = finder_of(amend_station(small_campaign, 2, StationChange(opens="06:00"), author()), tmp_path)

    answer = finder.by_address("№2")

    assert codes(answer)[:2] == ["sample_data", "hours_changed"]
    assert "07:00–20:00" in answer.notes[1].text("ru")
    assert answer.to_dict()["stations"][0]["changed"]["former_hours"] == [
        {"opens": "07:00", "closes": "20:00"}
    ]


def test_other_precincts_say_nothing_of_it(small_campaign, tmp_path):
    finder = finder_of(amend_station(small_campaign, 2, MOVE, author()), tmp_path)

    answer = finder.by_address("№3")

    assert "station_moved" not in codes(answer)
    assert answer.to_dict()["stations"][0]["changed"] is None


def test_moved_house_answers_its_new_precinct_and_tells_the_former(small_campaign, tmp_path):
    finder = finder_of(move_house(small_campaign, small_campaign.houses[0], 12, author()), tmp_path)

    answer = finder.by_address("проспект Абая, 1")

    assert (answer.precinct.number, answer.method) == (12, "house_list")
    (note,) = [note for note in answer.notes if note.code == "house_moved"]
    assert note.text("ru") == "Дом теперь относится к другому участку. Раньше: № 3 [ПРИМЕР]."


# By the address search.


@pytest.mark.parametrize(
    ("text", "number"), [("проспект Абая, 45", "45"), ("Комсомольская 7", "7"), ("Орбита-1, 4", "4")]
)
def test_house_is_found_by_its_address(finder, text, number):
    assert house_of_text(finder, text).number == number


@pytest.mark.parametrize(
    "text", ["проспект Абая", "Абай 99", "Садоая 10", "", "№ 2", "123456789012", "43.229, 76.9225"]
)
def test_address_that_does_not_name_one_house_asks_to_be_more_exact(finder, text):
    with pytest.raises(AmendmentError, match="exactly one house"):
        house_of_text(finder, text)


def test_house_is_found_by_its_number_at_a_place_that_is_named(finder):
    with pytest.raises(AmendmentError):
        house_of_text(finder, "45")

    assert house_of_text(finder, "45", place=1) == finder.campaign.houses[3]


def test_error_names_the_ids_of_what_may_be_meant(finder):
    with pytest.raises(AmendmentError) as caught:
        house_of_text(finder, "проспект Абая")

    assert "проспект Абая [id 1]" in caught.value.remedy


def test_unknown_district_is_refused(finder):
    with pytest.raises(QueryError):
        house_of_text(finder, "Абая 45", district="nowhere")


def test_point_of_an_address_is_that_of_its_house(finder):
    assert position_of_address(finder, "проспект Абая, 45") == (76.9051, 43.2261)
    assert position_of_address(finder, "улица Толе би, 7") is None
    assert position_of_address(finder, "улица Сатпаева, 9") is None


def test_point_outside_the_city_is_refused(finder):
    assert checked_position(finder, "43.2261", "76.9051") == (76.9051, 43.2261)
    with pytest.raises(AmendmentError, match="outside the city"):
        checked_position(finder, "43.9", "76.9051")


# Since a day.


def test_changes_since_a_day_begin_at_its_local_midnight(small_campaign):
    late = author(13, 18)  # 23:00 in Almaty
    early = author(13, 19)  # 00:00 of the 14th
    amended = amend_station(small_campaign, 2, MOVE, late)
    amended = amend_station(amended, 2, StationChange(phone="1"), early)

    found = amendments_since(amended, read_moment("2026-03-14", "Asia/Almaty"))

    assert [amendment.id for amendment in found] == [2]
    assert len(amendments_since(amended, None)) == 2


@pytest.mark.parametrize("text", ["2026-03-14T00:00", "2026-03-14T00:00+05:00", "2026-03-13T19:00:00Z",
                                  "2026-03-14T00:00 05:00"])  # fmt: skip
def test_moment_is_read_with_or_without_an_offset(text):
    assert read_moment(text, "Asia/Almaty") == dt.datetime(2026, 3, 13, 19, tzinfo=dt.UTC)


@pytest.mark.parametrize("text", ["soon", "14.03.2026", "2026-13-01"])
def test_day_that_is_none_is_refused(text):
    with pytest.raises(QueryError):
        read_moment(text, "Asia/Almaty")


def test_page_shows_the_former_place_before_the_new_one(small_campaign, tmp_path):
    write_campaign(tmp_path / "amended.gpkg", amend_station(small_campaign, 9, MOVE, author()))
    (tmp_path / "maps").write_text("in the way of a map, which would take seconds to render")
    client = create_app(Settings(store=tmp_path, campaign=tmp_path / "amended.gpkg")).test_client()

    pages = [client.get(f"/{language}/?lat=43.2290&lon=76.9225").text for language in ("kk", "ru")]

    for page, words in zip(pages, ("Дауыс беру орны ауысты", "Место голосования изменено"), strict=True):
        shown = page.split('id="answer"')[1]
        assert shown.index(words) < shown.index("Школа № 15")
