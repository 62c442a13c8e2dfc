"""The command ``find`` with many queries, one a line."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from geo_service.finder import Finder

PERSONAL = "990101 000000"


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


def test_line_that_is_no_text_is_an_error_and_the_rest_is_answered(find, tmp_path):
    path = tmp_path / "queries.txt"
    path.write_bytes(b"\xef\xbb\xbf\xff\xfe\x00\n" + "Абая 12А\n".encode())

    result = find("--file", path)

    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert lines[0] == "\terror: The line is not UTF-8 text. Save the file as UTF-8."
    assert lines[1].split("\t")[1:3] == ["found", "15"]


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_line_of_a_file_in_another_encoding_is_an_error(find, tmp_path, encoding):
    path = tmp_path / "queries.txt"
    path.write_bytes("Абая\nТөле би\nАбая 12А\n".replace("ө", "о").encode(encoding))

    plain, as_json = find("--file", path), find("--json", "--file", path)

    assert (plain.exit_code, as_json.exit_code) == (1, 1)
    assert len(plain.stdout.splitlines()) >= 3
    assert all(line.startswith("\terror: The line is not UTF-8 text.") for line in plain.stdout.splitlines())
    assert all("UTF-8" in json.loads(line)["error"]["remedy"] for line in as_json.stdout.splitlines())


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
