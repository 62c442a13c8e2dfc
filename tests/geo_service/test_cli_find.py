"""The commands ``find`` and ``evaluate``, run as people run them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from geo_service.campaign.model import LANGUAGES
from geo_service.cli import cli
from geo_service.finder import Finder

REPO = Path(__file__).resolve().parents[2]
PERSONAL = "990101 000000"


@pytest.fixture
def environment(tmp_path):
    """Variables that keep the store and configuration of whoever runs the tests out of them."""
    mine = {"GEO_SERVICE_STORE": str(tmp_path / "store"), "XDG_CONFIG_HOME": str(tmp_path / "no-config")}
    return {**{name: None for name in os.environ if name.startswith("GEO_SERVICE_")}, **mine}


@pytest.fixture
def run(environment):
    """Run a command line in this process; returns click's result."""

    def invoke(*arguments, text=None):
        return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=text, env=environment)

    return invoke


@pytest.fixture
def find(run, small_campaign_path):
    """Run ``find`` with the small campaign."""

    def invoke(*arguments, text=None):
        return run("find", "--campaign", small_campaign_path, *arguments, text=text)

    return invoke


@pytest.fixture
def corpus(tmp_path):
    """Write a corpus of some rows; returns its path."""

    def write(*rows, header="query,class,district,status,kind,name_ru,house"):
        path = tmp_path / "corpus.csv"
        path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("language", "first_lines"),
    [
        ("kk", ["№ 15 учаске [СЫНАҚ]", "Алмалы ауданы", "Түсінілген мекенжай: Абай даңғылы, 12А"]),
        ("ru", ["Участок № 15 [ПРИМЕР]", "Алмалинский район", "Адрес понят так: проспект Абая, 12А"]),
        ("en", ["Precinct No. 15 [SAMPLE]", "Almaly District", "Address as understood: Abay avenue, 12А"]),
    ],
)
def test_answer_begins_with_the_number_and_the_address_as_it_was_understood(find, language, first_lines):
    result = find("Абая 12a", "--lang", language)

    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert lines[:2] == first_lines[:2]
    assert lines[2].startswith(first_lines[2])


def test_words_of_an_address_need_no_quotes(find):
    assert find("Абая", "12А").stdout == find("Абая 12А").stdout


def test_several_answers_are_a_numbered_list_under_what_to_do(find):
    lines = find("школа 144", "--lang", "en").stdout.splitlines()

    assert lines[0].startswith("This name fits more than one precinct.")
    assert lines[1] == "Choices:"
    assert lines[2] == "  1. No. 3 [SAMPLE], School-Gymnasium No. 144, 45 Abay Avenue"
    assert lines[3].startswith("  2. No. 12 [SAMPLE], ")


def test_house_that_is_not_known_offers_those_that_are(find):
    lines = find("Абая 12", "--lang", "ru").stdout.splitlines()

    assert lines[0] == "Улица (микрорайон) найдена, но такого дома нет в списке. Проверьте номер дома."
    assert [line[5:] for line in lines if line.startswith(("  1. ", "  2. "))] == [
        "проспект Абая, 12/1 (Бостандыкский район)",
        "проспект Абая, 12А (Алмалинский район)",
    ]


def test_street_in_one_precinct_has_its_number_although_the_house_is_missing(find):
    lines = find("Садовая", "--lang", "ru").stdout.splitlines()

    assert lines[0] == "Участок № 8 [ПРИМЕР]"
    assert {"• Укажите номер дома.", "• Все дома здесь относятся к одному участку."} <= set(lines)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", ["зюзюка 3", PERSONAL, "Астана, Абая 10", "999"])
def test_what_has_no_answer_leads_to_the_call_centre(find, query, language):
    result = find(query, "--lang", language)

    assert result.exit_code == 0
    assert "109, 08:00–22:00" in result.stdout.splitlines()[-1]


def test_json_is_the_resolution(find, small_campaign_path):
    result = find("--json", "Абая 45", "--lang", "en")

    resolution = Finder.open(small_campaign_path).by_address("Абая 45", lang="en")
    assert json.loads(result.stdout) == resolution.to_dict()


def test_district_and_place_narrow_what_is_meant(find):
    by_district = json.loads(find("--json", "--district", "almaly", "Толе би").stdout)
    by_place = json.loads(find("--json", "--place", "1", "дом 12а").stdout)

    assert by_district["place"]["id"] == 2
    assert (by_place["place"]["id"], by_place["house"]) == (1, "12А")


@pytest.mark.parametrize("option", [("--district", "atlantis"), ("--place", "77")])
def test_unknown_district_or_place_is_an_error(find, option):
    result = find(*option, "Абая 45")

    assert result.exit_code == 1
    assert "There is no " in result.stderr


def test_explanation_is_a_table_of_the_parts_of_each_score(find):
    lines = find("--explain", "--lang", "en", "Абая 12").stdout.splitlines()

    heads = next(line for line in lines if "total" in line)
    row = next(line for line in lines if line.startswith("1 ") and "12/1" in line)
    assert heads.split() == ["Choice", "name", "kind", "house", "district", "microdistrict", "size", "total"]
    *parts, total = map(float, row.split()[-7:])
    assert sum(parts) == pytest.approx(total, abs=0.005)


def test_explanation_of_what_was_found_holds_the_answer(find):
    explained = json.loads(find("--json", "--explain", "Абая 12А").stdout)
    plain = json.loads(find("--json", "Абая 12А").stdout)

    first = explained["candidates"][0]
    assert (first["place"]["id"], first["house"]) == (1, "12А")
    assert first["score"]["total"] == pytest.approx(sum(first["score"].values()) / 2)
    assert plain["candidates"] == []


@pytest.mark.parametrize(
    "arguments",
    [(), ("",), ("  ", ""), ("--file", "-", "Абая 45"), ("--file", "-", "--explain"), ("--place", "x", "1")],
)
def test_wrong_usage_has_exit_code_2(find, arguments):
    result = find(*arguments, text="")

    assert result.exit_code == 2


def test_stream_gives_one_line_for_each_in_order(find):
    queries = ["Абая 12А кв 77", "Толе би", PERSONAL, "43.2290, 76.9225", "школа 144", "№ 9", "Садовая"]

    result = find("--lang", "ru", "--file", "-", text="\n".join(queries) + "\n")

    assert result.exit_code == 0
    assert [line.split("\t") for line in result.stdout.splitlines()] == [
        ["проспект Абая, 12А (Алмалинский район)", "found", "15", "ПРИМЕР"],
        ["улица Толе би (Алмалинский район)", "street_only"],
        ["", "personal_number"],
        ["43.229, 76.9225", "found", "9", "ПРИМЕР"],
        ["", "ambiguous"],
        ["", "found", "9", "ПРИМЕР"],
        ["улица Садовая (Бостандыкский район)", "street_only", "8", "ПРИМЕР"],
    ]


def test_stream_never_repeats_personal_numbers_and_flats(find):
    text = f"{PERSONAL}\nИИН 990101000000\nАбая 12А, кв. 77\n"

    for arguments in (["--file", "-"], ["--json", "--file", "-"]):
        output = find(*arguments, text=text).output
        assert not any(digits in output for digits in ("990101", "000000", "77"))


def test_blank_line_is_an_error_that_keeps_its_place(find):
    result = find("--lang", "en", "--file", "-", text="Абая 45\n\nАбая 12А\n")

    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert len(lines) == 3
    assert lines[1] == "\terror: The line is empty. Write a query on every line."
    assert lines[2].split("\t")[2] == "15"
    assert "Lines with errors: 1" in result.stderr


def test_stream_as_json_gives_an_object_for_each_line(find, small_campaign_path):
    result = find("--json", "--lang", "kk", "--file", "-", text="Абая 45\r\n\r\nзюзюка\r\n")

    answers = [json.loads(line) for line in result.stdout.splitlines()]
    finder = Finder.open(small_campaign_path)
    assert answers[0] == finder.by_address("Абая 45", lang="kk").to_dict()
    assert answers[1]["error"]["item"] == "line 2"
    assert answers[2] == finder.by_address("зюзюка", lang="kk").to_dict()


def test_bytes_that_are_no_text_are_answered_like_any_other(find, tmp_path):
    path = tmp_path / "queries.txt"
    path.write_bytes(b"\xef\xbb\xbf\xff\xfe\x00\n" + "Абая 12А\n".encode())

    lines = find("--file", path).stdout.splitlines()

    assert len(lines) == 2
    assert lines[1].split("\t")[1:3] == ["found", "15"]


def test_each_line_of_a_pipe_is_answered_before_the_next_is_written(environment, small_campaign_path):
    variables = {name: value for name, value in {**os.environ, **environment}.items() if value is not None}
    command = [sys.executable, "-c", "from geo_service.cli import main; main()", "find", "--file", "-"]
    with subprocess.Popen(
        [*command, "--campaign", str(small_campaign_path)],
        env=variables,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        for query, number in (("Абая 12А", "15"), ("Абая 1", "3")):
            process.stdin.write(f"{query}\n")
            process.stdin.flush()
            assert process.stdout.readline().split("\t")[2] == number
        process.stdin.close()
        assert process.wait(timeout=60) == 0


def test_evaluation_shows_each_class_the_total_and_what_is_wrong(run, corpus, small_campaign_path):
    path = corpus(
        "Абая 45,plain,,found,avenue,Абая,45",
        "Абая 1,plain,,found,avenue,Абая,45",
        "зюзюка,nonsense,,not_found,,,",
        "Марс 1,elsewhere,,found,street,Марс,1",
    )

    result = run("evaluate", "--campaign", small_campaign_path, "--lang", "en", path)

    lines = [line.split() for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert ["plain", "2", "1", "50.0", "%", "1", "0", "1", "0"] in lines
    assert ["nonsense", "1", "1", "100.0", "%", "0", "0", "0", "0"] in lines
    assert ["Total", "3", "2", "66.7", "%", "1", "0", "1", "1"] in lines
    assert "Wrong answers: 1" in result.stdout
    assert "  3 [plain] Абая 1" in result.stdout
    assert "expected: found avenue Абая 45" in result.stdout


def test_evaluation_as_json_has_the_same_figures(run, corpus, small_campaign_path):
    path = corpus("Абая 1,plain,,found,avenue,Абая,45")

    report = json.loads(run("evaluate", "--json", "--campaign", small_campaign_path, path).stdout)

    assert (report["total"]["rows"], report["total"]["right"], report["total"]["wrong_as_found"]) == (1, 0, 1)
    assert report["classes"][0]["class"] == "plain"
    assert report["wrong"][0]["query"] == "Абая 1"


def test_evaluation_lists_forty_wrong_answers_unless_all_are_asked_for(run, corpus, small_campaign_path):
    path = corpus(*["Абая 1,plain,,found,avenue,Абая,45"] * 42)

    some = run("evaluate", "--campaign", small_campaign_path, "--lang", "en", path).stdout
    every = run("evaluate", "--all", "--campaign", small_campaign_path, "--lang", "en", path).stdout

    assert (some.count("[plain]"), every.count("[plain]")) == (40, 42)
    assert some.splitlines()[-1] == "… and 2 more"


def test_evaluation_never_prints_a_personal_number(run, corpus, small_campaign_path):
    path = corpus("990101000000,plain,,not_found,,,")

    output = run("evaluate", "--campaign", small_campaign_path, path).output

    assert "[plain] …" in output
    assert "990101" not in output


def test_corpus_without_a_column_is_an_error_that_names_file_and_column(run, corpus, small_campaign_path):
    path = corpus("Абая 1,plain", header="query,class")

    result = run("evaluate", "--campaign", small_campaign_path, path)

    assert result.exit_code == 1
    assert '"corpus.csv"' in result.stderr
    assert '"district"' in result.stderr


def test_corpus_that_is_not_there_is_wrong_usage(run, tmp_path):
    assert run("evaluate", tmp_path / "none.csv").exit_code == 2


def test_readme_shows_what_the_sample_city_answers(run, sample_city_path):
    readme = (REPO / "README.md").read_text(encoding="utf-8")
    asked = re.search(r"printf '(.+)' \| geo-service find --lang en --file -\n", readme)[1]

    result = run("find", "--campaign", sample_city_path, "--lang", "en", "--file", "-",
                 text=asked.replace("\\n", "\n"))  # fmt: skip

    assert result.stdout.count("\tfound\t") == 3
    assert result.stdout in readme
