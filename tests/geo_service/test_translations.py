from __future__ import annotations

import ast
import re
import string
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import get_args

import pytest

from geo_service.addresses.scoring import CEILINGS
from geo_service.campaign.build import STEPS as BUILD_STEPS
from geo_service.campaign.finding_codes import FINDING_CODES
from geo_service.campaign.model import LANGUAGES, Authority, Names, PlaceKind, Severity
from geo_service.campaign.schema import LAYERS
from geo_service.notes import NoteCode
from geo_service.sample_city.generate import STEPS as SAMPLE_STEPS
from geo_service.translations import catalogue, day_text, place_name, text

REPO = Path(__file__).resolve().parents[2]
KEYS = sorted(catalogue("ru"))
SOURCES = [path for folder in ("geo_service", "templates") for path in sorted((REPO / folder).rglob("*.*"))]


def placeholders(message):
    return sorted(name for _, name, _, _ in string.Formatter().parse(message) if name is not None)


def family(prefix):
    return {key.removeprefix(prefix) for key in KEYS if key.startswith(prefix)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_have_the_same_keys(language):
    assert sorted(catalogue(language)) == KEYS


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_and_no_key_stands_twice(language):
    source = resources.files("geo_service.translations").joinpath(f"{language}.po").read_text("utf-8")

    counts = Counter(re.findall(r'^msgid "(.+)"$', source, re.MULTILINE))

    assert [key for key, message in catalogue(language).items() if not message.strip()] == []
    assert [key for key, count in counts.items() if count > 1] == []
    assert sorted(counts) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_placeholders_are_the_same_in_every_language(key):
    russian, *others = (placeholders(catalogue(language)[key]) for language in ("ru", "kk", "en"))

    assert others == [russian, russian]


@pytest.mark.parametrize(
    ("prefix", "members"),
    [
        ("place.", [*get_args(PlaceKind), "microdistrict_numbered"]),
        ("note.", get_args(NoteCode)),
        ("authority.", get_args(Authority)),
        ("severity.", get_args(Severity)),
        ("finding.", FINDING_CODES),
        ("count.", [*(layer.name for layer in LAYERS), "territorial", "special"]),
        ("layer.", [layer.name for layer in LAYERS]),
        ("language.", LANGUAGES),
        ("step.", {*BUILD_STEPS, *SAMPLE_STEPS}),
        ("score.", {*CEILINGS, "total"}),
    ],
)
def test_every_member_of_a_closed_list_has_its_text_and_no_text_is_left_over(prefix, members):
    assert family(prefix) == set(members)


def test_texts_of_findings_use_the_values_that_findings_have():
    for code, finding_code in FINDING_CODES.items():
        assert set(placeholders(catalogue("ru")[f"finding.{code}"])) <= set(finding_code.values), code


def test_code_names_no_key_that_the_catalogues_lack():
    unknown = []
    for path in SOURCES:
        if path.suffix == ".py":
            calls = [
                node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
            ]
            unknown += [
                (path.name, node.args[0].value)
                for node in calls
                if isinstance(node.func, ast.Name)
                and node.func.id == "text"
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and node.args[0].value not in KEYS
            ]

    assert unknown == []


def test_no_key_is_left_that_nothing_uses():
    code = "\n".join(path.read_text("utf-8") for path in SOURCES if path.suffix in {".py", ".html"})
    composed = tuple(re.findall(r"""["']([a-z]+\.[a-z_.]*)(?:\{|["'] *[~+])""", code))

    composed += ("layer.", "language.")  # by `finding_text`, from the names of values

    unused = [key for key in KEYS if f'"{key}"' not in code and f"'{key}'" not in code]

    assert sorted(key for key in unused if not key.startswith(composed)) == []


@pytest.mark.parametrize(
    ("kind", "kk", "ru", "en"),
    [
        ("street", "Абай көшесі", "улица Абая", "Abay street"),
        ("avenue", "Абай даңғылы", "проспект Абая", "Abay avenue"),
        ("boulevard", "Абай бульвары", "бульвар Абая", "Abay boulevard"),
        ("lane", "Абай тұйық көшесі", "переулок Абая", "Abay lane"),
        ("highway", "Абай тас жолы", "Абая", "Abay highway"),
        ("square", "Абай алаңы", "площадь Абая", "Abay square"),
        ("microdistrict", "Абай шағын ауданы", "микрорайон Абая", "Abay microdistrict"),
        ("complex", "Абай тұрғын үй кешені", "ЖК Абая", "Abay residential complex"),
        ("settlement", "Абай ауылы", "посёлок Абая", "Abay settlement"),
        ("other", "Абай", "Абая", "Abay"),
    ],
)
def test_place_name_has_its_kind_word_in_each_language(kind, kk, ru, en):
    names = Names("Абай", "Абая", "Abay")

    assert [place_name(kind, names, language) for language in ("kk", "ru", "en")] == [kk, ru, en]


@pytest.mark.parametrize(
    ("names", "kk", "ru", "en"),
    [
        (Names("8", "8", "8"), "8-шағын аудан", "микрорайон 8", "Microdistrict 8"),
        (Names("10а", "10а", "10a"), "10а-шағын аудан", "микрорайон 10а", "Microdistrict 10a"),
        (Names(ru="13-й"), "13-й шағын ауданы", "микрорайон 13-й", "13-й microdistrict"),
        (Names("Самал-2", "Самал-2", "Samal-2"), "Самал-2 шағын ауданы", "микрорайон Самал-2",
         "Samal-2 microdistrict"),
    ],
)  # fmt: skip
def test_number_takes_its_kind_word_otherwise_than_a_name(names, kk, ru, en):
    assert [place_name("microdistrict", names, language) for language in ("kk", "ru", "en")] == [kk, ru, en]


def test_missing_name_falls_back_but_the_kind_word_stays_in_the_readers_language():
    assert place_name("street", Names(ru="Садовая"), "kk") == "Садовая көшесі"


def test_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        text("note.unheard_of", "ru")


def test_day_is_written_as_people_write_it():
    days = [day_text("2026-03-15", language) for language in ("kk", "ru", "en")]

    assert days == ["2026\u202fж. 15 наурыз", "15 марта 2026\u202fг.", "15 March 2026"]


def test_text_that_is_no_date_stays_as_it_is():
    assert day_text("spring 2026", "ru") == "spring 2026"
