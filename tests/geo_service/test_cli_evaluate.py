"""The command ``evaluate``: figures and wrong answers, and files that are no corpus."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def corpus(tmp_path):
    """Write a corpus of some rows; returns its path."""

    def write(*rows, header="query,class,district,status,kind,name_ru,house"):
        path = tmp_path / "corpus.csv"
        path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
        return path

    return write


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
    assert "  row 3 [plain]" in result.stdout
    assert "expected: found avenue Абая 45" in result.stdout


def test_evaluation_as_json_has_the_same_figures(run, corpus, small_campaign_path):
    path = corpus("Абая 1,plain,,found,avenue,Абая,45")

    report = json.loads(run("evaluate", "--json", "--campaign", small_campaign_path, path).stdout)

    assert (report["total"]["rows"], report["total"]["right"], report["total"]["wrong_as_found"]) == (1, 0, 1)
    assert report["classes"][0]["class"] == "plain"
    assert (report["wrong"][0]["row"], "query" in report["wrong"][0]) == (2, False)


def test_rows_are_numbered_as_a_spreadsheet_counts_blank_ones_too(run, corpus, small_campaign_path):
    path = corpus("Абая 45,plain,,found,avenue,Абая,45", "", ",,,,,,", "Абая 1,plain,,found,avenue,Абая,45")

    report = json.loads(run("evaluate", "--json", "--campaign", small_campaign_path, path).stdout)

    assert [wrong["row"] for wrong in report["wrong"]] == [5]


def test_share_of_nothing_is_no_share(run, corpus, small_campaign_path):
    path = corpus("Марс 1,elsewhere,,found,street,Марс,1")

    shown = run("evaluate", "--campaign", small_campaign_path, "--lang", "en", path)
    report = json.loads(run("evaluate", "--json", "--campaign", small_campaign_path, path).stdout)

    assert shown.exit_code == 0
    assert ["Total", "0", "0", "–", "0", "0", "0", "1"] in [
        line.split() for line in shown.stdout.splitlines()
    ]
    assert (report["total"]["share_right"], report["total"]["share_at_first"]) == (None, None)


def test_district_codes_that_the_campaign_lacks_are_named(run, corpus, small_campaign_path):
    path = corpus(
        "Абая 45,plain,almali,found,avenue,Абая,45",
        "Абая 45,plain,870712300123,found,avenue,Абая,45",
        "Абая 45,plain,almaly,found,avenue,Абая,45",
    )

    shown = run("evaluate", "--campaign", small_campaign_path, "--lang", "en", path).stdout
    report = json.loads(run("evaluate", "--json", "--campaign", small_campaign_path, path).stdout)

    assert "Districts that the campaign does not have: almali, …" in shown
    assert report["unknown_districts"] == ["almali", "…"]
    assert report["total"]["skipped"] == 2


def test_evaluation_lists_forty_wrong_answers_unless_all_are_asked_for(run, corpus, small_campaign_path):
    path = corpus(*["Абая 1,plain,,found,avenue,Абая,45"] * 42)

    some = run("evaluate", "--campaign", small_campaign_path, "--lang", "en", path).stdout
    every = run("evaluate", "--all", "--campaign", small_campaign_path, "--lang", "en", path).stdout

    assert (some.count("[plain]"), every.count("[plain]")) == (40, 42)
    assert some.splitlines()[-1] == "… and 2 more"


@pytest.mark.parametrize("arguments", [[], ["--json"], ["--all"]])
def test_evaluation_prints_no_query_and_nobodys_number(run, corpus, small_campaign_path, arguments):
    path = corpus(
        "990101 000000,plain,,not_found,,,",
        '"Абая 1, кв. 77",870712300123,,found,avenue,Абая,45',
        "Абая 1,plain,,found,precinct,12,8 701 123 45 67",
    )

    output = run("evaluate", *arguments, "--campaign", small_campaign_path, path).output

    assert "…" in output
    assert not any(digits in output for digits in ("990101", "000000", "77", "870712300123", "701", "123"))


def test_corpus_without_a_column_is_an_error_that_names_file_and_column(run, corpus, small_campaign_path):
    path = corpus("Абая 1,plain", header="query,class")

    result = run("evaluate", "--campaign", small_campaign_path, path)

    assert result.exit_code == 1
    assert '"corpus.csv"' in result.stderr
    assert '"district"' in result.stderr


def test_corpus_that_is_not_there_is_wrong_usage(run, tmp_path):
    assert run("evaluate", tmp_path / "none.csv").exit_code == 2


def test_corpus_without_rows_is_an_error(run, corpus, small_campaign_path):
    result = run("evaluate", "--campaign", small_campaign_path, corpus("", ",,,,,,"))

    assert result.exit_code == 1
    assert '"corpus.csv": The corpus has no rows.' in result.stderr


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16"])
def test_corpus_in_another_encoding_is_to_be_saved_as_utf_8(run, corpus, small_campaign_path, encoding):
    path = corpus("Абая 1,plain,,found,avenue,Абая,45")
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))

    result = run("evaluate", "--campaign", small_campaign_path, path)

    assert result.exit_code == 1
    assert "Save it as CSV in UTF-8." in result.stderr
    assert "recipe" not in result.stderr


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("query,class,district,status,kind,name_ru,house", "Абая 1,plain,,990101 000000,avenue,Абая,45"),
        ("query,class,district,status,kind,name_ru,house", "Абая 1,plain,,found,990101000000,Абая,45"),
        ("query,class,district,status,kind,name_ru,house", "Абая 1,plain,,found,precinct,990101000000,"),
        ("990101 000000,990101 000000", "990101 000000,990101 000000"),
    ],
)
def test_error_of_a_corpus_repeats_nobodys_number(run, corpus, small_campaign_path, header, row):
    result = run("evaluate", "--campaign", small_campaign_path, corpus(row, header=header))

    assert result.exit_code == 1
    assert "…" in result.stderr
    assert "990101" not in result.output
    assert "000000" not in result.output
