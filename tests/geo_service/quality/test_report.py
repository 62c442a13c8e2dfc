"""The report as a whole: light, measures, what is kept of a build, speed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import time

import pytest

from geo_service.campaign.finding_codes import make_finding
from geo_service.campaign.model import House
from geo_service.quality.accepted import Accepted
from geo_service.quality.measures import Measure
from geo_service.quality.report import campaign_report, quality_report, report_dict
from geo_service.quality.where import where_of

CITY_SECONDS = 10  # "a few seconds" for 654 precincts and 110,000 houses, with room for a busy machine


def accept(finding):
    day = dt.date(2026, 2, 20)
    return Accepted(finding.code, where_of(finding), "Looked at", "A. B.", day, dt.date(2026, 12, 31))


def with_voters(campaign, number, voters):
    precincts = [
        dataclasses.replace(item, voters=voters) if item.number == number else item
        for item in campaign.precincts
    ]
    return dataclasses.replace(campaign, precincts=tuple(precincts))


def test_campaign_in_order_is_green(tidy):
    report = campaign_report(tidy)

    assert report.light == "green"
    assert {finding.severity for finding in report.findings} == {"information"}
    assert {measure.share for measure in report.measures} == {1.0}


def test_warning_is_yellow_until_it_is_accepted(tidy):
    campaign = with_voters(tidy, 9, 3500)
    (warning,) = [item for item in campaign_report(campaign).findings if item.severity == "warning"]

    accepted = campaign_report(campaign, accepted=[accept(warning)])

    assert campaign_report(campaign).light == "yellow"
    assert accepted.light == "green"
    assert [finding for finding, _ in accepted.accepted] == [warning]
    assert warning not in accepted.findings


def test_error_is_red_and_stands_first(tidy):
    twice = dataclasses.replace(with_voters(tidy, 9, 3500), precincts=(tidy.precincts[0], *tidy.precincts))

    report = campaign_report(twice)

    assert report.light == "red"
    assert [finding.severity for finding in report.findings[:2]] == ["error", "warning"]


@pytest.mark.parametrize(
    ("good", "light"), [(100, "green"), (95, "green"), (94, "yellow"), (75, "yellow"), (74, "red")]
)
def test_share_has_the_colours_of_the_peers(good, light):
    assert Measure("stations_with_point", good, 100).light == light


def test_share_below_three_quarters_is_red_without_any_error(tidy):
    stations = [dataclasses.replace(item, lon=None, lat=None) for item in tidy.stations]

    report = campaign_report(dataclasses.replace(tidy, stations=tuple(stations)))

    assert {finding.severity for finding in report.findings} == {"warning", "information"}
    assert report.light == "red"


def test_measures_count_rows_and_ground(tidy):
    campaign = dataclasses.replace(
        tidy,
        houses=(
            *tidy.houses,
            House(3, "5", "medeu"),
            House(3, "6", "medeu", 9, None, None, 76.9361, 43.2242),
        ),
        stations=tidy.stations[1:],
    )

    measures = {item.name: (item.good, item.total) for item in campaign_report(campaign).measures}

    assert measures["houses_with_one_precinct"] == (5, 6)
    assert measures["houses_as_listed"] == (3, 4)
    assert measures["precincts_with_station"] == (13, 14)
    assert measures["city_covered"][0] == pytest.approx(measures["city_covered"][1])


def test_what_a_campaign_does_not_have_is_not_measured(tidy):
    bare = dataclasses.replace(tidy, houses=(), stations=(), districts=())

    names = {item.name for item in campaign_report(bare).measures}

    assert names == {"precincts_reachable", "precincts_with_station"}


def test_what_only_the_build_saw_is_kept_and_the_rest_is_found_anew(tidy):
    noticed = [
        make_finding("duplicate_row", file="houses.csv", item="row 7", layer="houses", first="row 5"),
        make_finding("list_too_long", precinct=9, file="precincts.csv", item="row 3", voters=9000),
        make_finding("precinct_without_station", precinct=9),
    ]

    report = campaign_report(with_voters(tidy, 9, 3500), noticed)

    assert [finding.item for finding in report.findings if finding.code == "duplicate_row"] == ["row 7"]
    (long,) = [finding for finding in report.findings if finding.code == "list_too_long"]
    assert (long.values["voters"], long.item) == (3500, "row 3")
    assert "precinct_without_station" not in report.counts


def test_calendar_counts_only_when_the_day_is_known(tidy):
    late = campaign_report(tidy, today=dt.date(2026, 4, 1))

    assert "vote_is_past" in late.counts
    assert "vote_is_past" not in campaign_report(tidy).counts


def test_json_form_has_light_counts_measures_and_positions(tidy):
    report = campaign_report(with_voters(tidy, 9, 3500))

    form = report_dict(report, tidy, "ru")

    assert form["light"] == "yellow"
    assert form["by_severity"]["warning"] == 1
    assert form["by_code"]["list_too_long"] == 1
    assert {"name", "good", "total", "share", "light"} == set(form["measures"][0])
    shared = next(item for item in form["findings"] if item["code"] == "stations_share_building")
    assert set(shared["position"]) == {"lon", "lat"}
    assert form["findings"][0]["where"] == "precinct 9"


def test_report_of_a_city_takes_a_few_seconds(sample_city):
    started = time.monotonic()

    report = quality_report(sample_city)

    assert time.monotonic() - started < CITY_SECONDS
    assert report.light == "green"
