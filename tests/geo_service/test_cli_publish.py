"""What a clerk types to publish, amend, approve and roll back, and what is answered."""

from __future__ import annotations

import dataclasses
import json

import pytest

from geo_service.campaign.file import open_campaign, write_campaign
from geo_service.store.store import Store
from tests.geo_service.editions import write_edition


@pytest.fixture
def store(environment, tmp_path):
    return Store(tmp_path / "store")


@pytest.fixture
def published(run, store, small_campaign_path):
    """The small campaign, published."""
    result = run(
        "publish", small_campaign_path, "--author", "Aigul", "--lang", "en", "--force", "--reason", "x"
    )
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture
def red_path(small_campaign, tmp_path):
    """A campaign whose quality report is red: two precincts hold one ground."""
    first, second, *others = small_campaign.precincts
    doubled = dataclasses.replace(second, geometry=first.geometry)
    precincts = (first, doubled, *(dataclasses.replace(one, geometry=first.geometry) for one in others))
    path = tmp_path / "red.gpkg"
    write_campaign(path, dataclasses.replace(small_campaign, precincts=precincts))
    return path


def campaigns(run):
    return json.loads(run("campaigns", "--json", "--log").output)


def test_publish_tells_what_is_current_and_logs_who_and_why(run, published, small_campaign_path):
    content_hash = open_campaign(small_campaign_path).content_hash

    (record,) = campaigns(run)["log"]
    assert published.output.strip() == f"Current: {content_hash[:12]} small-sample (Sample vote) [SAMPLE]"
    assert (record["by"], record["reason"], record["hash"]) == ("Aigul", "x", content_hash)
    assert record["quality"] in {"green", "yellow", "red"}


def test_red_quality_is_refused_unless_forced_with_a_reason(run, store, red_path):
    refused = run("publish", red_path)
    without_reason = run("publish", red_path, "--force")
    forced = run("publish", red_path, "--force", "--reason", "the court says so")

    assert (refused.exit_code, without_reason.exit_code, forced.exit_code) == (1, 2, 0)
    assert "The quality report of this campaign is red." in refused.output
    assert "--reason" in without_reason.output
    (record,) = campaigns(run)["log"]
    assert (record["quality"], record["forced"], record["reason"]) == ("red", True, "the court says so")


def test_login_name_or_setting_says_who_it_was(run, published, environment):
    run("rollback", "--reason", "none", "--author", "x")
    environment["GEO_SERVICE_AUTHOR"] = "Berik"

    run("amend", 2, "--phone", "1", "--reason", "new number")

    assert campaigns(run)["campaigns"][0]["by"] == "Berik"


def test_campaigns_are_listed_the_current_one_first(run, published, small_campaign, tmp_path):
    write_edition(tmp_path / "1.gpkg", small_campaign, 1)
    run("publish", tmp_path / "1.gpkg", "--force", "--reason", "x", "--author", "Aigul")
    rolled_back = run("rollback", "--reason", "wrong file", "--author", "Berik", "--lang", "en")

    lines = run("campaigns", "--lang", "en").output.splitlines()

    assert rolled_back.exit_code == 0
    assert [line[0] for line in lines] == ["*", " "]
    assert "rolled back" in lines[0]
    assert "by Berik; wrong file" in lines[0]
    assert "edition1" in lines[1]
    assert len(run("campaigns", "--log").output.splitlines()) == 3


def test_empty_store_has_nothing_to_list(run, store):
    assert run("campaigns", "--lang", "en").output.strip() == "Nothing is published."


def test_torn_line_of_the_log_is_told(run, published, store):
    with store.log_path.open("a") as file:
        file.write('{"torn')

    assert "Line 2 of the log" in run("campaigns", "--lang", "en").output


def test_list_is_shown_where_the_current_file_is_gone(run, published, store):
    store.current().unlink()

    result = run("campaigns", "--lang", "en")

    assert result.exit_code == 1
    assert "small-sample (Sample vote)" in result.output
    assert "geo-service rollback" in result.output


def test_second_person_approves_where_the_setting_asks_for_it(run, published, environment):
    environment["GEO_SERVICE_REQUIRE_APPROVAL"] = "true"

    proposed = run("amend", 2, "--phone", "1", "--reason", "new number", "--author", "Aigul", "--lang", "en")
    listed = run("campaigns", "--lang", "en").output.splitlines()
    own = run("approve", "--author", "Aigul")
    approved = run("approve", "--author", "Berik", "--lang", "en")

    assert "Waits for another person's approval" in proposed.output
    assert [line[0] for line in listed] == ["*", "?"]
    assert (own.exit_code, approved.exit_code) == (1, 0)
    assert "cannot approve it" in own.output
    assert (campaigns(run)["log"][-1]["by"], campaigns(run)["log"][-1]["proposed_by"]) == ("Berik", "Aigul")


def test_approval_tells_which_other_proposals_lapse(run, published, environment, store):
    environment["GEO_SERVICE_REQUIRE_APPROVAL"] = "true"
    run("amend", 2, "--phone", "1", "--reason", "x", "--author", "Aigul")
    run("amend", 3, "--phone", "2", "--reason", "x", "--author", "Aigul")
    second, first = store.history().proposals()

    approved = run("approve", first.hash[:12], "--author", "Berik", "--lang", "en").output
    next_one = run("amend", 3, "--phone", "2", "--reason", "x", "--author", "Aigul", "--lang", "en").output

    assert f"have lapsed: {second.hash[:12]}." in approved
    assert "lapsed" not in next_one


def test_amended_station_is_published_and_told_in_the_answer(run, published):
    amended = run(
        "amend", 9, "--station", "Школа № 15", "--station-kk", "№ 15 мектеп",
        "--address", "проспект Абая, 45", "--hours", "06:00-20:00", "--reason", "burst pipe",
    )  # fmt: skip

    answer = json.loads(run("find", "№9", "--json").output)
    assert amended.exit_code == 0, amended.output
    (station,) = answer["stations"]
    assert station["names"] == {"kk": "№ 15 мектеп", "ru": "Школа № 15", "en": None}
    assert station["opens"] == "06:00"
    assert station["location"] is not None  # that of the address
    assert "--lat" not in amended.output
    assert {"station_moved", "hours_changed"} <= {note["code"] for note in answer["notes"]}


def test_clerk_is_told_if_the_point_of_the_new_address_is_not_known(run, published):
    amended = run("amend", 9, "--address", "улица Сатпаева, 9", "--reason", "burst pipe", "--lang", "en")

    assert "not known (No. 9 [SAMPLE])" in amended.output


def test_point_that_is_typed_is_checked(run, published):
    moved = run("amend", 9, "--lat", "43.2261", "--lon", "76.9051", "--reason", "mended")
    swapped = run("amend", 9, "--lat", "76.9051", "--lon", "43.2261", "--reason", "mended")

    assert json.loads(run("find", "№9", "--json").output)["stations"][0]["location"] == {
        "lon": 76.9051, "lat": 43.2261,
    }  # fmt: skip
    assert moved.exit_code == 0
    assert swapped.exit_code == 1
    assert "look swapped" in swapped.output


def test_houses_are_moved_by_their_addresses(run, published):
    moved = run(
        "amend",
        "--house",
        "проспект Абая, 45",
        "--house",
        "проспект Абая, 1",
        "--to",
        9,
        "--reason",
        "the list",
    )

    numbers = [json.loads(run("find", text, "--json").output)["precinct"]["number"]
               for text in ("проспект Абая, 45", "проспект Абая, 1")]  # fmt: skip
    assert moved.exit_code == 0, moved.output
    assert numbers == [9, 9]


def test_address_that_is_not_clear_asks_to_be_more_exact_and_changes_nothing(run, published, store):
    before = store.current()

    result = run("amend", "--house", "проспект Абая", "--to", 9, "--reason", "the list")

    assert result.exit_code == 1
    assert "does not name exactly one house" in result.output
    assert store.current() == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["2"],
        ["--house", "Абая 45"],
        ["2", "--house", "Абая 45", "--to", "9"],
        ["2", "--lat", "43.2"],
        ["2", "--hours", "always"],
        ["2", "--phone", "1", "--to", "3"],
        ["--phone", "1"],
        ["2", "--phone", "1", "--place", "4"],
        ["2", "--phone", "1", "--district", "medeu"],
    ],
)
def test_amendment_that_is_not_clear_is_wrong_usage(run, published, arguments):
    assert run("amend", *arguments, "--reason", "x").exit_code == 2


def test_reason_is_needed(run, published):
    assert run("amend", 2, "--phone", "1").exit_code == 2
    assert run("amend", 2, "--phone", "1", "--reason", " ").exit_code == 2
    assert run("rollback").exit_code == 2


def test_nothing_to_amend_without_a_campaign(run, store):
    result = run("amend", 2, "--phone", "1", "--reason", "x")

    assert result.exit_code == 1
    assert "geo-service publish" in result.output


def test_changes_since_a_day_tell_amendments_and_what_was_published(run, published):
    run("amend", 2, "--phone", "1", "--reason", "new number", "--author", "Aigul")

    lines = run("changes", "--since", "2026-01-01", "--lang", "en").output.splitlines()
    values = json.loads(run("changes", "--json").output)
    none = run("changes", "--since", "2999-01-01", "--lang", "en").output.strip()

    assert "No. 2 [SAMPLE]: telephone: +7 727 000 00 02 → 1. by Aigul; new number" in lines[0]
    assert len(lines) == 3
    assert {line[17:20] for line in lines} == {"+05"}  # one clock, that of the city
    assert [change["author"] for change in values["changes"]] == ["Aigul"]
    assert [record["action"] for record in values["log"]] == ["publish", "amend"]
    assert none == "No changes."


def test_changes_of_a_moved_house_name_it(run, published):
    run("amend", "--house", "проспект Абая, 45", "--to", 9, "--reason", "the list", "--author", "Aigul")

    line = run("changes", "--lang", "en").output.splitlines()[0]

    assert "Abay avenue, 45 (Almaly District): No. 12 [SAMPLE] → No. 9 [SAMPLE]" in line


def test_amendments_that_go_with_the_former_campaign_are_told(run, published, store, small_campaign_path):
    run("amend", 2, "--phone", "1", "--reason", "new number", "--lang", "en")
    amended = store.current()

    again = run("amend", 3, "--phone", "2", "--reason", "new number", "--lang", "en").output
    back = run("rollback", "--reason", "x", "--lang", "en").output
    rebuilt = run("publish", small_campaign_path, "--force", "--reason", "x", "--lang", "en").output
    nothing_lost = run("rollback", "--reason", "x", "--lang", "en").output

    lost = "Amendments of the former campaign that this one does not have: 1."
    assert lost not in again
    assert lost in back
    assert lost in rebuilt
    assert f"geo-service changes --campaign {amended}" in rebuilt
    assert "Amendments" not in nothing_lost


def test_api_tells_changes_without_who_made_them(run, published, store, tmp_path):
    from geo_service.settings import Settings  # noqa: PLC0415 - this test alone needs the web
    from geo_service.web.app import create_app  # noqa: PLC0415 - as above

    run("amend", 2, "--phone", "1", "--reason", "new number", "--author", "Aigul")
    (store.directory / "maps").write_text("in the way of a map, which would take seconds to render")
    client = create_app(Settings(store=store.directory, refresh_s=0)).test_client()

    answer = client.get("/api/v1/changes?since=2026-01-01")
    refused = client.get("/api/v1/changes?since=soon")

    (change,) = answer.get_json()["changes"]
    assert (change["precinct"], change["reason"], change["new"]) == (2, "new number", {"phone": "1"})
    assert "Aigul" not in answer.text
    assert (refused.status_code, refused.get_json()["field"]) == (422, "since")
