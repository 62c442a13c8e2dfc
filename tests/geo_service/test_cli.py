from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
import shapely

from geo_service.campaign.file import open_campaign, write_campaign
from geo_service.cli import cli
from geo_service.commands.reference import command_line_page
from geo_service.finder import Finder
from geo_service.store.store import Store

REPO = Path(__file__).resolve().parents[2]
IN_3 = ("43.2230", "76.9045")
OUTSIDE = ("43.2230", "76.8000")


@pytest.fixture
def locate(run, small_campaign_path):
    """Run ``locate`` with the small campaign."""

    def invoke(*arguments, text=None):
        return run("locate", "--campaign", small_campaign_path, *arguments, text=text)

    return invoke


def start(environment, *arguments, **options):
    """Start the program as a process of its own."""
    variables = {**os.environ, **environment}
    command = [sys.executable, "-c", "from geo_service.cli import main; main()", *map(str, arguments)]
    return subprocess.Popen(
        command,
        env={name: value for name, value in variables.items() if value is not None},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


def test_version_is_printed(run):
    result = run("--version")

    assert result.exit_code == 0
    assert result.stdout.startswith("geo-service, version ")


@pytest.mark.parametrize(
    ("language", "first_lines"),
    [
        ("kk", ["№ 3 учаске [СЫНАҚ]", "Алмалы ауданы", "Дауыс беру орны: № 144 мектеп-гимназия"]),
        (
            "ru",
            ["Участок № 3 [ПРИМЕР]", "Алмалинский район", "Помещение для голосования: Школа-гимназия № 144"],
        ),
        ("en", ["Precinct No. 3 [SAMPLE]", "Almaly District", "Polling station: School-Gymnasium No. 144"]),
    ],
)
def test_answer_begins_with_number_mark_district_and_station(locate, language, first_lines):
    result = locate(*IN_3, "--lang", language)

    assert result.exit_code == 0
    assert result.stdout.splitlines()[:3] == first_lines


def test_answer_holds_all_that_a_resident_needs(locate):
    lines = locate("43.2263", "76.9052", "--lang", "en").stdout.splitlines()

    assert "Address: 45 Abay Avenue" in lines
    assert "Opening hours: 07:00–20:00" in lines
    assert "Distance to the precinct boundary: 30 m" in lines
    assert "Based on: sample data" in lines
    assert any("Precincts near by: No. 12 [SAMPLE]." in line for line in lines)
    assert lines[-3:-1] == ["Campaign: Sample vote, 15 March 2026", "Data as of 1 February 2026"]
    assert lines[-1].startswith("Call centre: ")


def test_real_campaign_has_no_mark_at_the_number(run, small_campaign, tmp_path):
    info = dataclasses.replace(small_campaign.info, is_sample=False)
    write_campaign(tmp_path / "real.gpkg", dataclasses.replace(small_campaign, info=info))

    single = run("locate", *IN_3, "--campaign", tmp_path / "real.gpkg")
    stream = run("locate", "--file", "-", "--campaign", tmp_path / "real.gpkg", text=" ".join(IN_3))

    assert single.stdout.splitlines()[0] == "Участок № 3"
    assert stream.stdout == "43.2230\t76.9045\t3\n"


def test_derived_border_is_worded_as_probable(run, small_campaign, tmp_path):
    info = dataclasses.replace(small_campaign.info, is_sample=False)
    derived = tuple(dataclasses.replace(item, authority="derived") for item in small_campaign.precincts)
    campaign = dataclasses.replace(small_campaign, info=info, precincts=derived, houses=())
    write_campaign(tmp_path / "derived.gpkg", campaign)

    lines = run("locate", *IN_3, "--lang", "ru", "--campaign", tmp_path / "derived.gpkg").stdout.splitlines()

    assert lines[0] == "Вероятно, участок № 3. Уточните в комиссии."
    assert not any("Вероятно" in line for line in lines[1:])


def test_point_outside_is_an_answer(locate):
    result = locate(*OUTSIDE, "--lang", "en")

    assert result.exit_code == 0
    assert result.stdout.startswith("No precinct found\n")


def test_json_is_the_resolution(locate, small_campaign_path):
    result = locate(*IN_3, "--json", "--lang", "kk")

    finder = Finder.open(small_campaign_path)
    assert json.loads(result.stdout) == finder.by_point(76.9045, 43.2230).to_dict("kk")
    assert result.stdout.count("\n") == 1


def test_geojson_is_a_feature_with_the_precincts_polygon(locate, small_campaign):
    feature = json.loads(locate(*IN_3, "--geojson").stdout)

    expected = next(precinct.geometry for precinct in small_campaign.precincts if precinct.number == 3)
    assert feature["type"] == "Feature"
    assert shapely.geometry.shape(feature["geometry"]).equals(expected)
    assert feature["properties"]["precinct"]["number"] == 3


def test_geojson_outside_has_no_geometry(locate):
    feature = json.loads(locate(*OUTSIDE, "--geojson").stdout)

    assert feature["geometry"] is None
    assert feature["properties"]["status"] == "outside"


@pytest.mark.parametrize(
    "arguments",
    [
        ["43.2230,76.9045"],
        ["43.2230, 76.9045"],
        ["43.2230,", "76.9045"],
        ["43,2230", "76,9045"],
        ["43.2230\t76.9045"],
    ],
)
def test_point_is_understood_as_maps_copy_it(locate, arguments):
    assert json.loads(locate("--json", *arguments).stdout)["precinct"]["number"] == 3


@pytest.mark.parametrize("arguments", [["-43.2", "-76.9"], ["--", "-43.2", "-76.9"]])
def test_negative_coordinates_are_no_options(locate, arguments):
    result = locate("--json", *arguments)

    assert result.exit_code == 0
    assert json.loads(result.stdout)["point"] == {"lon": -76.9, "lat": -43.2}


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["north", "76.9"], "'north' is not a number"),
        (["95", "76.9"], "out of range"),
        (["76.93", "43.23"], "Exchange them: latitude 43.23, longitude 76.93."),
    ],
)
def test_query_that_is_none_says_what_to_do(locate, arguments, part):
    result = locate(*arguments)

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert part in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["43.2"],
        ["1", "2", "3"],
        ["43.2", "76.9", "--json", "--geojson"],
        ["43.2", "76.9", "--file", "-"],
        ["--file", "-", "--geojson"],
        ["--file", "no-such-file"],
        ["43.2", "76.9", "--lang", "de"],
        ["43.2", "76.9", "--jsn"],
    ],
)
def test_wrong_usage_has_exit_code_2(locate, arguments):
    result = locate(*arguments)

    assert result.exit_code == 2
    assert result.stdout == ""


def test_stream_gives_one_line_for_each_in_order(locate):
    lines = ["43.2230 76.9045", "", "43.2230,76.8", "43,2230\t76,9045", "a\tb\tc", "95 76.9", "76.93 43.23"]

    result = locate("--file", "-", "--lang", "en", text="\n".join(lines))

    answers = [line.split("\t") for line in result.stdout.splitlines()]
    assert [answer[:2] for answer in answers] == [
        ["43.2230", "76.9045"], ["", ""], ["43.2230", "76.8"], ["43,2230", "76,9045"], ["a b c", ""],
        ["95", "76.9"], ["76.93", "43.23"],
    ]  # fmt: skip
    assert [answer[2].split(":")[0] for answer in answers] == [
        "3", "error", "outside", "3", "error", "error", "error",
    ]  # fmt: skip
    assert answers[0][3:] == ["SAMPLE"]
    assert result.stderr == "Lines with errors: 4\n"
    assert result.exit_code == 1


def test_stream_as_json_gives_an_object_for_each_line(locate):
    result = locate("--file", "-", "--json", text="43.2230 76.9045\nnorth 76.9\n")

    found, failed = map(json.loads, result.stdout.splitlines())
    assert found["precinct"]["number"] == 3
    assert list(failed) == ["error"]
    assert failed["error"]["detail"] == "'north' is not a number."
    assert (failed["error"]["item"], failed["error"]["field"]) == ("line 2", "lat")
    assert result.exit_code == 1


def test_file_with_byte_order_mark_and_windows_line_ends_is_read(locate, tmp_path):
    path = tmp_path / "points.txt"
    path.write_bytes("\ufeff43.2230;76.9045\r\n43.2230 76.9045\r\n".encode())

    result = locate("--file", path)

    assert [line.split("\t")[2] for line in result.stdout.splitlines()][1] == "3"
    assert result.stdout.startswith("43.2230;76.9045\t\terror: ")


def test_bytes_that_are_no_text_are_an_error_of_their_line(locate, tmp_path):
    path = tmp_path / "points.txt"
    path.write_bytes(b"\xff\xfe\x00 1\n43.2230 76.9045\n")

    result = locate("--file", path)

    assert [line.split("\t")[2].split(":")[0] for line in result.stdout.splitlines()] == ["error", "3"]


def test_stream_without_errors_has_exit_code_0(locate):
    result = locate("--file", "-", text="43.2230 76.9045\n0 0\n")

    assert (result.exit_code, result.stderr) == (0, "")


def test_many_lines_keep_their_order(locate):
    text = "".join(f"43.2230 {76.80 + i / 100000:.5f}\n" for i in range(25_000))

    result = locate("--file", "-", text=text)

    lines = result.stdout.splitlines()
    assert [line.rsplit("\t")[1] for line in lines] == [line.split()[1] for line in text.splitlines()]
    assert {line.split("\t")[2] for line in lines} == {"outside", "3", "20", "8", "2"}


def test_closed_pipe_is_quiet(environment, small_campaign_path, tmp_path):
    points = tmp_path / "points.txt"
    points.write_text("43.2230 76.9045\n" * 100_000)
    process = start(environment, "locate", "--campaign", small_campaign_path, "--file", points)

    first = process.stdout.readline()
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    process.stdin.close()
    process.wait(timeout=60)

    assert first.startswith(b"43.2230\t76.9045\t3")
    assert errors == b""


def test_single_line_is_answered_at_the_end_of_the_pipe(environment, small_campaign_path):
    process = start(environment, "locate", "--campaign", small_campaign_path, "--file", "-", "--lang", "en")

    output, errors = process.communicate(b"43.2230 76.9045", timeout=60)

    assert (output, errors) == (b"43.2230\t76.9045\t3\tSAMPLE\n", b"")
    assert process.returncode == 0


def test_each_line_of_a_pipe_is_answered_before_the_next_is_written(environment, small_campaign_path):
    process = start(environment, "locate", "--campaign", small_campaign_path, "--file", "-", "--lang", "en")

    answers = []
    for line in (b"43.2230 76.9045\n", b"43.2230 76.9046\n"):
        process.stdin.write(line)
        process.stdin.flush()
        answers.append(process.stdout.readline())
    rest, errors = process.communicate(timeout=60)

    assert answers == [b"43.2230\t76.9045\t3\tSAMPLE\n", b"43.2230\t76.9046\t3\tSAMPLE\n"]
    assert (rest, errors, process.returncode) == (b"", b"", 0)


def test_derived_number_of_a_sample_carries_the_mark(run, small_campaign, tmp_path):
    derived = tuple(dataclasses.replace(item, authority="derived") for item in small_campaign.precincts)
    write_campaign(tmp_path / "derived.gpkg", dataclasses.replace(small_campaign, precincts=derived))

    result = run("locate", *IN_3, "--lang", "ru", "--campaign", tmp_path / "derived.gpkg")

    assert result.stdout.splitlines()[0] == "Вероятно, участок № 3 [ПРИМЕР]. Уточните в комиссии."


@pytest.mark.parametrize("position", ["before", "after"])
def test_common_options_stand_before_or_after_the_command(run, small_campaign_path, position):
    options = ["--campaign", small_campaign_path, "--lang", "en"]

    result = run(*options, "locate", *IN_3) if position == "before" else run("locate", *IN_3, *options)

    assert result.stdout.startswith("Precinct No. 3")


def test_option_after_the_command_wins(run, small_campaign_path):
    result = run("--lang", "en", "--campaign", "missing.gpkg", "locate", *IN_3, "--lang", "kk",
                 "--campaign", small_campaign_path)  # fmt: skip

    assert result.stdout.startswith("№ 3 учаске")


def test_published_campaign_answers_by_default(run, environment, small_campaign_path):
    Store(Path(environment["GEO_SERVICE_STORE"])).publish(small_campaign_path)

    assert run("locate", *IN_3).stdout.startswith("Участок № 3")


def test_no_campaign_says_what_to_run(run):
    result = run("locate", *IN_3)

    assert result.exit_code == 1
    assert "geo-service sample" in result.stderr


def test_damaged_campaign_is_an_error_without_a_traceback(environment, small_campaign_path, tmp_path):
    damaged = tmp_path / "damaged.gpkg"
    damaged.write_bytes(small_campaign_path.read_bytes()[:50_000])
    process = start(environment, "locate", *IN_3, "--campaign", damaged)

    output, errors = process.communicate(timeout=60)

    assert process.returncode == 1
    assert output == b""
    assert errors.startswith(b'Error: "damaged.gpkg": ')
    assert b"Traceback" not in errors


def test_campaign_shows_figures_and_findings(run, small_campaign_path):
    result = run("campaign", "--campaign", small_campaign_path, "--lang", "en")

    lines = result.stdout.splitlines()
    assert lines[0] == "Campaign: Sample vote [SAMPLE], 15 March 2026"
    assert "Precincts: 14" in lines
    assert "  of these territorial: 12" in lines
    assert "Warnings: 2" in lines
    assert any(line.startswith("  stations.csv, row 12; Precinct No. 31: ") for line in lines)


def test_campaign_as_json_has_hash_counts_and_findings(run, small_campaign_path):
    answer = json.loads(run("campaign", "--campaign", small_campaign_path, "--json").stdout)

    assert answer["hash"] == open_campaign(small_campaign_path).content_hash
    assert answer["id"] == "small-sample"
    assert answer["counts"] == {
        "districts": 3, "precincts": 14, "stations": 14, "places": 5, "houses": 8, "aliases": 3,
        "territorial": 12, "special": 2,
    }  # fmt: skip
    assert answer["findings_by_severity"] == {"error": 0, "warning": 2, "information": 0}
    assert [finding["code"] for finding in answer["findings"]] == [
        "station_without_point",
        "precincts_overlap",
    ]


def test_settings_show_value_and_origin(run, small_campaign_path, environment):
    environment["GEO_SERVICE_PORT"] = "9000"

    answer = json.loads(run("settings", "--json", "--campaign", small_campaign_path).stdout)
    lines = run("settings", "--lang", "en").stdout.splitlines()

    assert (answer["port"]["value"], answer["port"]["origin"]) == ("9000", "GEO_SERVICE_PORT")
    assert (answer["campaign"]["value"], answer["campaign"]["origin"]) == (
        str(small_campaign_path),
        "--campaign",
    )
    assert (answer["host"]["value"], answer["host"]["origin"]) == ("127.0.0.1", None)
    assert ["host", "127.0.0.1", "default"] in [line.split() for line in lines]
    assert ["port", "9000", "GEO_SERVICE_PORT"] in [line.split() for line in lines]


def test_wrong_setting_from_the_environment_has_exit_code_1(run, environment):
    environment["GEO_SERVICE_NEAR_BORDER_M"] = "wide"

    result = run("settings")

    assert result.exit_code == 1
    assert "GEO_SERVICE_NEAR_BORDER_M" in result.stderr


def test_wrong_setting_from_an_option_has_exit_code_2(run):
    result = run("serve", "--port", "none")

    assert result.exit_code == 2
    assert "--port" in result.stderr


def test_build_writes_the_file_and_prints_counts_and_findings(run, tmp_path, small_campaign_path):
    recipe = tmp_path / "recipe.toml"
    sections = "".join(
        f'[{name}]\nfile = "{small_campaign_path}"\n' for name in ("districts", "precincts", "stations")
    )
    recipe.write_text(
        '[campaign]\nid = "again"\ndate = "2026-03-15"\ndata_date = "2026-02-01"\nis_sample = true\n'
        'names = { kk = "Тағы", ru = "Снова", en = "Again" }\n'
        'city = { kk = "Алматы", ru = "Алматы", en = "Almaty" }\n' + sections,
        encoding="utf-8",
    )

    result = run("build", recipe, "--out", tmp_path / "again.gpkg", "--lang", "en")

    assert result.exit_code == 0, result.stderr
    built = open_campaign(tmp_path / "again.gpkg")
    assert f"Content hash: {built.content_hash}" in result.stdout.splitlines()
    assert "Precincts: 14" in result.stdout.splitlines()
    assert any(line.startswith("Warnings: ") for line in result.stdout.splitlines())
    assert "Writing the file" in result.stderr.splitlines()


def test_build_from_a_wrong_recipe_is_an_error(run, tmp_path):
    (tmp_path / "recipe.toml").write_text("[campaign\n")

    result = run("build", tmp_path / "recipe.toml", "--out", tmp_path / "new.gpkg")

    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith('Error: "recipe.toml"')
    assert not (tmp_path / "new.gpkg").exists()


def test_sample_never_takes_the_place_of_a_real_campaign(run, environment, small_campaign, tmp_path):
    info = dataclasses.replace(small_campaign.info, is_sample=False)
    write_campaign(tmp_path / "real.gpkg", dataclasses.replace(small_campaign, info=info))
    store = Store(Path(environment["GEO_SERVICE_STORE"]))
    published = store.publish(tmp_path / "real.gpkg")

    result = run("sample")

    assert result.exit_code == 1
    assert "A real campaign is published" in result.stderr
    assert store.current() == published


def test_sample_needs_both_layers_or_none(run):
    assert run("sample", "--streets", "streets.geojson").exit_code == 2


def test_document_describes_every_command_as_it_is():
    assert (REPO / "docs" / "command-line.md").read_text(encoding="utf-8") == command_line_page()


def test_document_names_every_command_and_option():
    page = command_line_page()

    for name, command in cli.commands.items():
        section = page.split(f"## geo-service {name}\n")[1].split("\n## ")[0]
        options = [option for parameter in command.params if isinstance(parameter, click.Option)
                   for option in parameter.opts]  # fmt: skip
        assert [option for option in options if option not in section] == []
