"""The command ``find`` with one query, run as people run it."""

from __future__ import annotations

import json

import pytest

from geo_service.campaign.model import LANGUAGES
from geo_service.finder import Finder

PERSONAL = "990101 000000"


@pytest.mark.parametrize(
    ("language", "first_lines"),
    [
        ("kk", ["№ 15 учаске [СЫНАҚ]", "Алмалы ауданы", "Мекенжай былай түсінілді: Абай даңғылы, 12А"]),
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

    assert lines[0].startswith("Several choices match.")
    assert lines[1] == "Choices:"
    assert lines[2] == "  1. No. 3 [SAMPLE], School-Gymnasium No. 144, 45 Abay Avenue"
    assert lines[3].startswith("  2. No. 12 [SAMPLE], ")


def test_house_that_is_not_known_offers_those_that_are(find):
    lines = find("Абая 12", "--lang", "ru").stdout.splitlines()

    assert lines[0] == "Улица (микрорайон) найдена, но такого дома нет в списке. Проверьте номер дома."
    assert [line[5:] for line in lines if line.startswith(("  1. ", "  2. "))] == [
        "проспект Абая, 12/1 (Бостандыкский район) [id 1]",
        "проспект Абая, 12А (Алмалинский район) [id 1]",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_id_behind_a_candidate_is_what_place_takes(find, language):
    line = next(line for line in find("Абая 12", "--lang", language).stdout.splitlines() if "  1. " in line)
    place = line.rpartition("[id ")[2].rstrip("]")

    chosen = json.loads(find("--json", "--place", place, "12/1").stdout)

    assert (chosen["status"], chosen["place"]["id"], chosen["house"]) == ("found", 1, "12/1")


@pytest.mark.parametrize(
    ("language", "first_words"),
    [
        ("kk", "№ 901 [СЫНАҚ] учаскеде тек мына жерде уақытша болатын азаматтар дауыс береді: № 7 қалалық"),
        ("ru", "На участке № 901 [ПРИМЕР] голосуют только те, кто временно находится здесь: Городская"),
        ("en", "Only people who stay here temporarily vote at precinct No. 901 [SAMPLE]: City Hospital"),
    ],
)
def test_special_precinct_says_first_that_it_serves_only_those_who_stay_there(find, language, first_words):
    lines = find("№ 901", "--lang", language).stdout.splitlines()

    assert lines[0].startswith(first_words)
    assert sum(first_words in line for line in lines) == 1


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


@pytest.mark.parametrize("code", ["ALMALY", "Almaly", " almaly "])
def test_case_of_a_district_code_is_no_matter(find, code):
    assert json.loads(find("--json", "--district", code, "Толе би").stdout)["place"]["id"] == 2


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
