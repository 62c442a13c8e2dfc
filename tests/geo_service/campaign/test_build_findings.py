"""What a build notices, and what it repairs."""

from __future__ import annotations

import pytest

from boundaries.quality import area_m2
from geo_service.campaign.build import build_campaign
from geo_service.campaign.file import open_campaign
from geo_service.campaign.finding_codes import FINDING_CODES, make_finding
from geo_service.campaign.model import LANGUAGES, Finding, Names
from geo_service.campaign.summary import finding_text
from tests.conftest import REPO
from tests.geo_service.campaign import towns

# Its two halves meet in one point; each is a triangle of a quarter of the square.
BOWTIE = [[76.90, 43.20], [76.92, 43.22], [76.92, 43.20], [76.90, 43.22], [76.90, 43.20]]
# 0.0001 degrees too far west.
EAST_TOO_WIDE = [[76.9199, 43.20], [76.94, 43.20], [76.94, 43.22], [76.9199, 43.22], [76.9199, 43.20]]


def found(report, code):
    return [finding for finding in report.findings if finding.code == code]


def built(tmp_path, *, precincts=None, stations=None, districts=True, rest=""):
    towns.town(tmp_path)
    if precincts is not None:
        towns.precincts(tmp_path, *precincts)
    if stations is not None:
        (tmp_path / "stations.csv").write_text(stations, "utf-8")
    sections = [towns.DISTRICTS] if districts else []
    recipe = towns.recipe(tmp_path, *sections, towns.PRECINCTS, towns.STATIONS, rest)
    return build_campaign(recipe, tmp_path / "town.gpkg")


def test_precinct_without_polygon_and_station_is_found(tmp_path):
    report = built(
        tmp_path,
        precincts=[
            (towns.polygon(towns.WEST), {"number": 1, "district": "west"}),
            (None, {"number": 2, "district": "east"}),
        ],
        stations="precinct,lon,lat\n1,76.91,43.21\n",
    )

    assert [finding.precinct for finding in found(report, "precinct_without_polygon")] == [2]
    assert [finding.precinct for finding in found(report, "precinct_without_station")] == [2]
    assert [finding.values["district"] for finding in found(report, "district_without_station")] == ["east"]


def test_station_without_point_is_found_with_its_row(tmp_path):
    report = built(tmp_path, stations="precinct,lon,lat\n1,76.91,43.21\n2,,\n")

    (finding,) = found(report, "station_without_point")
    assert (finding.precinct, finding.file, finding.item) == (2, "stations.csv", "row 3")


def test_station_of_unknown_precinct_keeps_its_precinct_and_is_an_error(tmp_path):
    report = built(tmp_path, stations="precinct,lon,lat\n1,76.91,43.21\n3,76.93,43.21\n")

    (finding,) = found(report, "station_without_precinct")
    precinct = open_campaign(tmp_path / "town.gpkg").campaign.precincts_by_number[3]
    assert (finding.severity, finding.precinct, finding.item) == ("error", 3, "row 3")
    assert (precinct.district, precinct.geometry, precinct.authority) == ("east", None, "official_list")


def test_station_list_that_is_the_only_source_contradicts_nobody(tmp_path):
    (tmp_path / "stations.csv").write_text("precinct\n1\n", "utf-8")

    report = build_campaign(towns.recipe(tmp_path, towns.STATIONS), tmp_path / "town.gpkg")

    assert found(report, "precinct_without_district") == []
    assert found(report, "station_without_precinct") == []


def test_station_outside_every_district_is_found(tmp_path):
    report = built(tmp_path, stations="precinct,lon,lat\n1,76.91,43.21\n2,76.95,43.21\n")

    (finding,) = found(report, "station_outside_city")
    assert (finding.precinct, dict(finding.values)) == (2, {"lon": 76.95, "lat": 43.21})


def test_station_outside_the_box_of_precincts_is_found_where_no_districts_are_known(tmp_path):
    report = built(tmp_path, stations="precinct,lon,lat\n1,76.91,43.21\n2,76.95,43.21\n", districts=False)

    assert [finding.precinct for finding in found(report, "station_outside_city")] == [2]


def test_station_of_a_campaign_without_any_polygon_is_not_called_outside(tmp_path):
    (tmp_path / "stations.csv").write_text("precinct,lon,lat\n1,76.91,43.21\n", "utf-8")

    report = build_campaign(towns.recipe(tmp_path, towns.STATIONS), tmp_path / "town.gpkg")

    assert found(report, "station_outside_city") == []


def test_precinct_that_only_touches_a_district_has_none(tmp_path):
    beside = [[x + 0.02, y] for x, y in towns.EAST]

    report = built(tmp_path, precincts=[(towns.polygon(beside), {"number": 6})])

    assert [finding.precinct for finding in found(report, "precinct_without_district")] == [6]


def test_station_that_gives_another_district_is_found(tmp_path):
    report = built(tmp_path, stations="precinct,district\n1,west\n2,west\n")

    (finding,) = found(report, "station_district_differs")
    assert (finding.precinct, dict(finding.values)) == (2, {"district": "east", "other": "west"})
    assert open_campaign(tmp_path / "town.gpkg").campaign.precincts_by_number[2].district == "east"


def test_overlap_of_precincts_is_found_with_its_area(tmp_path):
    report = built(
        tmp_path,
        precincts=[(towns.polygon(towns.WEST), {"number": 5}), (towns.polygon(EAST_TOO_WIDE), {"number": 4})],
    )

    (finding,) = found(report, "precincts_overlap")
    assert (finding.precinct, finding.values["other"]) == (4, 5)
    # 0.0001 by 0.02 degrees at 43.21 north are about 8.13 by 2221.6 metres.
    assert finding.values["area_m2"] == pytest.approx(18_060, rel=0.005)
    (across,) = found(report, "precinct_across_districts")
    assert (across.precinct, across.values["district"], across.values["other"]) == (4, "east", "west")


def test_special_and_closed_precincts_do_not_overlap_anything(tmp_path):
    report = built(
        tmp_path,
        precincts=[
            (towns.polygon(towns.WEST), {"number": 1}),
            (towns.polygon(towns.WEST), {"number": 2, "kind": "special"}),
            (towns.polygon(towns.WEST), {"number": 3, "status": "closed"}),
        ],
    )

    assert found(report, "precincts_overlap") == []


def test_overlap_of_districts_is_found(tmp_path):
    towns.town(tmp_path)
    towns.districts(tmp_path, east=EAST_TOO_WIDE)

    report = build_campaign(towns.recipe(tmp_path, towns.DISTRICTS), tmp_path / "town.gpkg")

    (finding,) = found(report, "districts_overlap")
    assert (finding.values["district"], finding.values["other"]) == ("east", "west")


def test_crossing_boundary_is_repaired_and_reported_with_the_change_of_area(tmp_path):
    report = built(tmp_path, precincts=[(towns.polygon(BOWTIE), {"number": 1})])

    (finding,) = found(report, "polygon_repaired")
    polygon = open_campaign(tmp_path / "town.gpkg").campaign.precincts[0].geometry
    assert (finding.precinct, finding.item) == (1, "feature 1 (precinct 1)")
    assert finding.values["faults"] == "invalid"
    assert "Self-intersection" in finding.values["detail"]
    assert area_m2(polygon) > 1e6
    assert finding.values["area_change_m2"] == pytest.approx(0, abs=1)


def test_precinct_in_no_district_is_found(tmp_path):
    far = [[x + 0.1, y] for x, y in towns.WEST]

    report = built(tmp_path, precincts=[(towns.polygon(far), {"number": 6})])

    assert [finding.precinct for finding in found(report, "precinct_without_district")] == [6]


def test_precincts_of_a_city_without_districts_are_in_none_and_that_is_no_finding(tmp_path):
    features = [(towns.polygon(towns.WEST), {"number": 1})]

    report = built(tmp_path, precincts=features, districts=False, stations="precinct\n1\n")

    assert open_campaign(tmp_path / "town.gpkg").campaign.precincts[0].district == ""
    assert found(report, "precinct_without_district") == []


def test_derived_boundaries_and_skipped_numbers_are_told(tmp_path):
    features = [(None, {"number": number, "district": "west"}) for number in range(1, 40) if number != 22]
    derived = (towns.polygon(towns.WEST), {"number": 40, "district": "west", "authority": "derived"})

    report = built(tmp_path, precincts=[*features, derived])

    assert [dict(finding.values) for finding in found(report, "polygons_derived")] == [{"count": 1}]
    assert [finding.values["numbers"] for finding in found(report, "precinct_numbers_skipped")] == ["22"]


def test_houses_are_kept_and_what_they_lack_is_told(tmp_path):
    (tmp_path / "places.csv").write_text("id,kind\n1,street\n", "utf-8")
    rows = "1,1,1,76.91,43.21\n1,2,77,76.91,43.212\n1,4,77,76.91,43.213\n1,6,,,\n1,8,,76.95,43.21\n1,6,,,\n"
    (tmp_path / "houses.csv").write_text("place,number,precinct,lon,lat\n" + rows, "utf-8")

    report = built(tmp_path, rest='[places]\nfile = "places.csv"\n[houses]\nfile = "houses.csv"\n')

    houses = open_campaign(tmp_path / "town.gpkg").campaign.houses
    values = {finding.code: dict(finding.values) for finding in report.findings}
    assert [(house.number, house.precinct) for house in houses] == [
        ("1", 1), ("2", None), ("4", None), ("6", None), ("8", None),
    ]  # fmt: skip
    assert values["houses_unknown_precinct"] == {"number": 77, "count": 2}
    assert values["houses_without_point"] == {"count": 1, "total": 5}
    assert values["houses_without_district"] == {"count": 2}
    assert (values["houses_outside_city"]["houses"], values["houses_outside_city"]["count"]) == ("8", 1)
    assert values["duplicate_row"] == {"layer": "houses", "first": "row 5"}


def test_source_without_records_is_found(tmp_path):
    report = built(tmp_path, stations="precinct,lon,lat\n")

    assert [finding.file for finding in found(report, "section_empty")] == ["stations.csv"]


def test_crs_that_contradicts_the_file_is_told(tmp_path):
    towns.town(tmp_path)
    towns.districts(tmp_path, west=[[x * 111_000, y * 111_000] for x, y in towns.WEST])
    towns.geojson(
        tmp_path / "districts.geojson",
        (towns.polygon([[x * 111_320, y * 124_000] for x, y in towns.WEST]), {"code": "west"}),
    )

    report = build_campaign(
        towns.recipe(tmp_path, towns.DISTRICTS + 'crs = "EPSG:3857"\n'), tmp_path / "town.gpkg"
    )

    (finding,) = found(report, "crs_overridden")
    assert finding.values["stated"] == "WGS 84 / Pseudo-Mercator"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(FINDING_CODES))
def test_every_code_has_a_text_that_shows_all_its_values(code, language):
    words = {"layer": "aliases", "language": "kk", "faults": "invalid"}
    numbers = {name: 700 + i for i, name in enumerate(FINDING_CODES[code].values) if name not in words}
    named = {name: word for name, word in words.items() if name in FINDING_CODES[code].values}

    text = finding_text(make_finding(code, **numbers, **named), language)

    assert not set("{}_") & set(text)
    assert not {"aliases", "invalid,"} & set(text.split())
    assert [name for name, number in numbers.items() if str(number) not in text] == []


NAMES = {
    "west": Names("Батыс ауданы", "Западный район", "West District"),
    "east": Names("Шығыс ауданы", "Восточный район", "East District"),
}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("kk", "Батыс ауданы және Шығыс ауданы 18\u00a0060,5 м² аумақта қабаттасады."),
        ("ru", "Западный район и Восточный район накладываются друг на друга: 18\u00a0060,5 м²."),
        ("en", "West District and East District overlap by 18,060.5 m²."),
    ],
)
def test_text_has_names_of_districts_and_decimals_of_the_readers_language(language, expected):
    finding = make_finding("districts_overlap", district="west", other="east", area_m2=18060.5)

    assert finding_text(finding, language, districts=NAMES) == expected


def test_district_without_a_name_is_called_by_its_code():
    finding = make_finding("district_without_station", district="north")

    assert finding_text(finding, "kk", districts=NAMES) == "north: бірде-бір дауыс беру орны белгілі емес."


@pytest.mark.parametrize(
    ("item", "kk", "ru", "en"),
    [
        ("row 12", "12-жол", "строка 12", "row 12"),
        ("feature 3 (precinct 8)", "3-нысан", "объект 3", "feature 3"),
        ("feature 1 (district west)", "1-нысан (Батыс ауданы)", "объект 1 (Западный район)",
         "feature 1 (West District)"),
        ("sheet 2", "sheet 2", "sheet 2", "sheet 2"),
    ],
)  # fmt: skip
def test_record_is_called_in_the_readers_language(item, kk, ru, en):
    finding = make_finding("station_without_point", file="stations.csv", item=item)

    texts = [finding_text(finding, language, districts=NAMES) for language in ("kk", "ru", "en")]

    assert [text.split(": ")[0] for text in texts] == [f"stations.csv, {words}" for words in (kk, ru, en)]


def test_row_that_a_duplicate_repeats_is_called_in_the_readers_language():
    finding = make_finding("duplicate_row", item="row 7", layer="houses", first="row 5")

    assert "(строка 5)" in finding_text(finding, "ru")


def test_repair_is_told_in_words_with_the_reason_that_was_found():
    values = {"faults": "invalid, z_dropped", "detail": "Self-intersection[76.91 43.21]"}

    invalid = finding_text(make_finding("polygon_repaired", **values, area_change_m2=38.7), "ru")
    flat = finding_text(
        make_finding("polygon_repaired", faults="z_dropped", detail="", area_change_m2=0.0), "en"
    )

    assert "высоты отброшены: линия пересекает сама себя (долгота 76.91, широта 43.21))" in invalid
    assert "38,7 м²" in invalid
    assert "(heights dropped)" in flat


def test_finding_of_another_version_is_told_by_its_code():
    assert finding_text(Finding("unheard_of", "warning", item="row 2"), "ru") == "строка 2: unheard_of"


def test_every_code_is_documented_with_its_severity():
    document = (REPO / "docs" / "quality.md").read_text("utf-8")

    missing = [
        code for code, known in FINDING_CODES.items() if f"| `{code}` | {known.severity} |" not in document
    ]

    assert missing == []


def test_finding_with_other_values_than_its_code_has_is_refused():
    with pytest.raises(ValueError, match="takes the values"):
        make_finding("precincts_overlap", precinct=1, other=2)


def test_rows_inside_a_text_are_called_as_the_reader_calls_them():
    values = {"name": "Абая", "precincts": "1, 2", "numbers": "4", "count": 1}
    finding = make_finding("list_house_in_two", rows="row 4, b.xlsx: row 6", **values)

    assert "строка 4, b.xlsx: строка 6)" in finding_text(finding, "ru")
    assert "row 4, b.xlsx: row 6)" in finding_text(finding, "en")
    assert "row" not in finding_text(finding, "kk").replace("b.xlsx", "")
