"""The typed facts are true to Almaty, as far as open layers can tell."""

from __future__ import annotations

import csv
import re

import geopandas
import numpy as np
import pytest
import shapely

from geo_service.sample_city import facts
from geo_service.sample_city.real_layers import street_name

METRIC = "EPSG:32643"

# Streets that the layer spells in another way.
OTHER_SPELLINGS = {
    "Валиханова": ["Уалиханова"],
    "Восточная объездная дорога": ["Восточная Алматинская объездная дорога"],
    "Жаяу Мусы": ["Жаяу Муса"],
    "Казыбека Тауасарулы": ["Казыбек Тауасарулы"],
    "Кармысова": ["Кармысова Камала"],
    "Касыма Шарипова": ["Шарипова Касыма"],
    "Кульджинский тракт": ["Кульжинский тракт"],
    "Момышулы": ["Бауыржана Момышулы"],
    "Трасса Алматы – Усть-Каменогорск": ["Алматы-Усть-Каменогорск"],
    "Тургута Озала": ["Тұрғұт Озал", "Тургут Озала"],
    "Шакшак Жанибека": ["Шакшак Жанибек"],
}


def bare_name(text):
    """A street's name without kind word, case and punctuation."""
    names = street_name(text).names
    return re.sub(r"\W+", " ", (names.kk or names.ru).casefold().replace("ё", "е")).strip()


def metric(geometries):
    return geopandas.GeoSeries(list(geometries), crs="EPSG:4326").to_crs(METRIC)


@pytest.fixture(scope="module")
def layer(almaty_data):
    return geopandas.read_file(almaty_data / "streets.geojson").to_crs(METRIC)


@pytest.fixture(scope="module")
def real_districts(almaty_data):
    return geopandas.read_file(almaty_data / "districts.geojson").to_crs(METRIC)


def test_districts_are_coarse_and_tile_the_city():
    outlines = facts.district_outlines()

    assert len(outlines) == 8
    for outline in outlines.values():
        assert outline.is_valid
        assert len(outline.exterior.coords) - 1 <= 40
        assert not outline.interiors
        coordinates = shapely.get_coordinates(outline)
        assert np.array_equal(np.round(coordinates, 3), coordinates)
    total = sum(outline.area for outline in outlines.values())
    assert shapely.union_all(list(outlines.values())).area == pytest.approx(total, rel=1e-12)
    assert shapely.coverage_is_valid(list(outlines.values()))


def test_districts_overlap_the_real_ones(real_districts):
    names = {row["code"]: row["name_ru"] for row in facts.fact_rows("district_names")}
    outlines = facts.district_outlines()
    typed = dict(zip(outlines, metric(outlines.values()), strict=True))
    areas, overlaps = [], []

    for code, name in names.items():
        real = real_districts.loc[real_districts["name_ru"] == name].geometry.union_all()
        areas.append(real.area)
        overlaps.append(typed[code].intersection(real).area / typed[code].union(real).area)

    assert np.average(overlaps, weights=areas) >= 0.85
    assert min(overlaps) >= 0.85


def test_main_streets_are_many_named_in_three_languages_and_coarse():
    streets = facts.main_streets()

    assert len(streets) >= 120
    assert len({(street.kind, street.names.ru) for street in streets}) == len(streets)
    for row in facts.fact_rows("main_streets"):
        assert all(row[f"name_{language}"] for language in ("kk", "ru", "en"))
        assert all(re.fullmatch(r"\d\d\.\d{3}", number) for number in re.findall(r"[\d.]+", row["course"]))


def test_main_streets_run_within_300_m_of_the_real_ones(layer):
    real_names = layer["name"].map(bare_name)
    rows = list(facts.fact_rows("main_streets"))
    courses = metric(
        shapely.LineString([tuple(map(float, pair.split())) for pair in row["course"].split(",")])
        for row in rows
    )
    too_far = {}

    for row, course in zip(rows, courses, strict=True):
        names = [row["name_kk"], row["name_ru"], *OTHER_SPELLINGS.get(row["name_ru"], [])]
        real = layer.loc[real_names.isin([bare_name(name) for name in names])].geometry.union_all()
        samples = course.interpolate(np.arange(0, course.length, 50))
        distance = shapely.distance(samples, real).max()
        # A street that the layer does not name has no distance, and fails as well.
        if not distance <= 300:
            too_far[row["name_ru"]] = distance

    assert too_far == {}


def test_microdistricts_stand_by_the_streets_that_name_them(layer):
    words = layer["name"].str.lower().str.replace(r"[-\s]+", " ", regex=True)
    rows = list(facts.fact_rows("microdistricts"))
    centres = metric(shapely.Point(float(row["lon"]), float(row["lat"])) for row in rows)
    unknown, too_far = [], {}

    for row, centre in zip(rows, centres, strict=True):
        token = re.escape(re.sub(r"[-\s]+", " ", row["name_ru"].lower()))
        own = layer.loc[
            words.str.contains(rf"\({token}(?: м н)?\)|\b{token} микрорайон|микрорайон {token}\b", regex=True)
        ]
        if own.empty:
            unknown.append(row["name_ru"])
        elif own.distance(centre).min() > 700:
            too_far[row["name_ru"]] = own.distance(centre).min()

    assert len(rows) >= 60
    assert too_far == {}
    assert len(rows) - len(unknown) >= 60, unknown


def test_every_microdistrict_lies_in_the_city():
    city = shapely.union_all(list(facts.district_outlines().values()))

    for row in facts.fact_rows("microdistricts"):
        assert city.contains(shapely.Point(float(row["lon"]), float(row["lat"]))), row["name_ru"]


@pytest.mark.parametrize(
    "file", ["main_streets", "minor_street_names", "repeated_names", "microdistricts", "institutions"]
)
def test_names_use_the_letters_of_their_language(file):
    for row in facts.fact_rows(file):
        russian_or_kazakh = (row["name_kk"] + row["name_ru"]).replace("{n}", "")
        assert not re.search("[A-Za-z]", russian_or_kazakh), row
        assert not re.search("[Ѐ-ӿ]", row["name_en"]), row
        assert all(row[f"name_{language}"].strip() for language in ("kk", "ru", "en")), row


def test_files_of_facts_have_rows_of_one_length():
    folder = facts.resources.files("geo_service.sample_city").joinpath("facts")

    for file in folder.iterdir():
        if file.name.endswith(".csv"):
            lengths = {len(row) for row in csv.reader(file.read_text(encoding="utf-8").splitlines())}
            assert len(lengths) == 1, file.name
