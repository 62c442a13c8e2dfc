"""The generator on real layers."""

from __future__ import annotations

import json
import re

import pytest
import shapely

from geo_service.campaign.file import open_campaign
from geo_service.campaign.model import Names
from geo_service.errors import SourceError
from geo_service.sample_city.generate import generate_sample
from geo_service.sample_city.real_courses import street_plans
from geo_service.sample_city.real_layers import plan_from_layers
from geo_service.sample_city.real_names import differ_by_one_letter, name_key, street_name


@pytest.mark.parametrize(
    ("text", "kind", "names", "within"),
    [
        ("улица Толе Би", "street", Names(ru="Толе Би"), None),
        ("Абай даңғылы", "avenue", Names(kk="Абай"), None),
        ("Рысқұлбеков көшесі", "street", Names(kk="Рысқұлбеков"), None),
        ("Бенберина улица", "street", Names(ru="Бенберина"), None),
        ("Кульджинский тракт", "highway", Names(ru="Кульджинский тракт"), None),
        ("Арычная (Самгау)", "street", Names(ru="Арычная"), Names(ru="Самгау")),
        ("7-я (Калкаман 2 м-н)", "street", Names(ru="7-я"), Names(ru="Калкаман-2")),
        ("Заречная (Таугуль 3-й)", "street", Names(ru="Заречная"), Names(ru="Таугуль-3")),
        ("Заречная (Алатау, Алма-Арасан)", "street", Names(ru="Заречная"), Names(ru="Алма-Арасан")),
        ("Грушевая (СТ Здоровье) (Медеуский)", "street", Names(ru="Грушевая"), Names(ru="СТ Здоровье")),
        ("Горная (Медеуский)", "street", Names(ru="Горная"), None),
        ("Абая (дублер)", "street", Names(ru="Абая"), None),
        ("Лётная (Аэродромная)", "street", Names(ru="Лётная"), None),
        ("Зердели микрорайон", "microdistrict", Names(ru="Зердели"), None),
        ("Жетысу 1-й микрорайон", "microdistrict", Names(ru="Жетысу-1"), None),
        ("Калкаман 2-й микрорайон улица", "microdistrict", Names(ru="Калкаман-2"), None),
        ("улица Астана Микрорайон", "microdistrict", Names(ru="Астана"), None),
        ("микрорайон Алтай 1", "microdistrict", Names(ru="Алтай-1"), None),
        ("13-й микрорайон", "microdistrict", Names(ru="13"), None),
        ("БАКАД", "street", Names(ru="БАКАД"), None),
    ],
)
def test_street_names_are_split_into_kind_name_and_microdistrict(text, kind, names, within):
    result = street_name(text)

    assert (result.kind, result.names, result.within) == (kind, names, within)


def test_division_of_the_real_streets(almaty_data, tmp_path):
    path = tmp_path / "real-streets.gpkg"

    report = generate_sample(
        path, streets=almaty_data / "streets.geojson", districts=almaty_data / "districts.geojson"
    )

    opened = open_campaign(path)
    territorial = [p for p in opened.campaign.precincts if p.kind == "territorial"]
    assert report.content_hash == opened.content_hash
    assert len(opened.campaign.precincts) == 654
    assert shapely.coverage_is_valid([precinct.geometry for precinct in territorial])
    assert max(precinct.voters for precinct in territorial) <= 3000
    assert opened.campaign.info.is_sample
    places = {place.id: place for place in opened.campaign.places}
    owners = {alias.name: places[alias.place].names for alias in opened.campaign.aliases}
    assert owners["Комсомольская"].kk.casefold() == "төле би"
    assert owners["Арычная"] == Names("Абай", "Абая")
    assert owners["Алғабас-1"] == Names(ru="Нуркент")
    located = opened.index.locate_many(
        [house.lon for house in opened.campaign.houses], [house.lat for house in opened.campaign.houses]
    )
    assert located.tolist() == [house.precinct for house in opened.campaign.houses]


@pytest.mark.parametrize(
    ("kk", "ru"),
    [
        ("Абай", "Абая"),
        ("Достық", "Достык"),
        ("Төле Би", "Толе би"),
        ("Бөгенбай батыр", "Богенбай Батыра"),
        ("Байтұрсынұлы", "Байтурсынова"),
        ("Момышұлы", "Момышулы"),
        ("Мәметова", "Маметовой"),
        ("Әл-Фараби", "аль-Фараби"),
        ("Гоголь", "Гоголя"),
    ],
)
def test_one_name_in_two_languages_has_one_key(kk, ru):
    assert name_key(Names(kk=kk)) == name_key(Names(ru=ru))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Жандосова", "Жандарбекова"),
        ("Майканова", "Майкановой"),
        ("Молдагалиева", "Молдагуловой"),
        ("Казыбек би", "Казыбекова"),
        ("Абая", "Малая Абая"),
        ("1-я линия", "2-я линия"),
        ("Садовая", "Садовского"),
        ("Алтын Орда", "Алтын"),
    ],
)
def test_names_of_different_streets_have_different_keys(one, other):
    assert name_key(Names(ru=one)) != name_key(Names(ru=other))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("сатба", "сатпа", True),
        ("мустафин", "мутафин", True),
        ("мутафин", "мустафин", True),
        ("карбиш", "кабриш", True),
        ("гогол", "гогол", True),
        ("гогол", "гог", False),
        ("жандос", "жандар", False),
        ("7 лини", "8 лини", False),
        ("7 лини", "17 лини", False),
    ],
)
def test_one_letter_may_differ_and_no_digit(one, other, expected):
    assert differ_by_one_letter(one, other) is expected


def lay(*pieces):
    """Return the streets of pieces, each a name and the positions of its corners, metres."""
    lines = {}
    for text, *corners in pieces:
        lines.setdefault(street_name(text), []).append(shapely.LineString(corners))
    return street_plans(lines, main=set())


def test_street_in_pieces_of_two_languages_is_one_with_both_names():
    streets = lay(
        ("Абай даңғылы", (0, 0), (900, 0)),
        ("проспект Абая", (900, 0), (1500, 0)),
        ("проспект АБАЯ", (1500, 0), (1600, 0)),
        ("Абай даңғылы", (1900, 0), (2500, 0)),
    )

    assert [(street.kind, street.names) for street in streets] == [("avenue", Names("Абай", "Абая"))]
    assert streets[0].course.length == 2200


@pytest.mark.parametrize(
    "other",
    [
        ("улица Абая", (900, 0), (1500, 0)),
        ("проспект Абая", (1400, 0), (2000, 0)),
        ("проспект Абая (Акжар)", (900, 0), (1500, 0)),
        ("проспект Достык", (900, 0), (1500, 0)),
    ],
    ids=["another kind", "far away", "in a microdistrict", "another name"],
)
def test_pieces_of_different_streets_stay_apart(other):
    assert len(lay(("Абай даңғылы", (0, 0), (900, 0)), other)) == 2


@pytest.mark.parametrize(
    ("name", "start", "end", "count"),
    [
        ("улица Сатпаева", (950, 0), (1500, 0), 1),
        ("улица Сатпаева", (950, 0), (950, 600), 2),
        ("улица Сатпаева", (0, 50), (900, 50), 2),
        ("улица Сатпаева", (1050, 0), (1500, 0), 2),
        ("улица Сетпаева", (950, 0), (1500, 0), 2),
    ],
    ids=["in line", "round a corner", "beside", "after a gap", "two letters"],
)
def test_names_that_differ_by_a_letter_are_one_street_only_in_line(name, start, end, count):
    assert len(lay(("Сәтбаев көшесі", (0, 0), (900, 0)), (name, start, end))) == count


def test_numbered_streets_that_continue_each_other_stay_apart():
    assert len(lay(("улица Линейная 1", (0, 0), (900, 0)), ("улица Линейная 2", (900, 0), (1500, 0)))) == 2


def test_street_has_the_spelling_of_most_of_its_length():
    streets = lay(
        ("улица Толе би", (0, 0), (100, 0)),
        ("улица Толе Би", (100, 0), (900, 0)),
        ("Төле би көшесі", (900, 0), (1000, 0)),
    )

    assert [street.names for street in streets] == [Names("Төле би", "Толе Би")]


def test_real_streets_named_in_two_languages_are_one(almaty_data):
    plan = plan_from_layers(almaty_data / "streets.geojson", almaty_data / "districts.geojson")

    bilingual = {street.names for street in plan.streets if street.names.kk and street.names.ru}
    assert {Names("Абай", "Абая"), Names("Абылай хан", "Абылай хана"), Names("Достық", "Достык")} <= bilingual
    assert len(bilingual) >= 35
    abay = [street for street in plan.streets if street.kind == "avenue" and street.names.ru == "Абая"]
    assert len(abay) == 1
    microdistricts = {item.names.ru for item in plan.microdistricts}
    assert {"Жетысу-1", "Мамыр-7", "Алтай-2", "Таугуль-3", "Астана", "5"} <= microdistricts
    assert [name for name in microdistricts if re.search(r"\d-й|\s\d|район|дублер|ский$", name)] == []


def write_layer(path, properties, geometry):
    features = [{"type": "Feature", "properties": properties, "geometry": geometry}]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


SQUARE = {"type": "Polygon", "coordinates": [[[76.9, 43.2], [76.95, 43.2], [76.95, 43.25], [76.9, 43.2]]]}
LINE = {"type": "LineString", "coordinates": [[76.91, 43.21], [76.94, 43.22]]}


def test_unknown_district_is_refused_with_its_feature(tmp_path):
    districts = write_layer(tmp_path / "districts.geojson", {"name": "Есильский район"}, SQUARE)
    streets = write_layer(tmp_path / "streets.geojson", {"name": "улица Абая", "fclass": "primary"}, LINE)

    with pytest.raises(SourceError, match=r'districts.geojson", feature 1: No column names a district'):
        generate_sample(tmp_path / "out.gpkg", streets=streets, districts=districts)


def test_missing_column_is_refused_with_the_columns_there_are(tmp_path):
    districts = write_layer(tmp_path / "districts.geojson", {"name": "Алмалинский район"}, SQUARE)
    streets = write_layer(tmp_path / "streets.geojson", {"title": "улица Абая"}, LINE)

    with pytest.raises(SourceError, match='no column "name"; the file has: title'):
        generate_sample(tmp_path / "out.gpkg", streets=streets, districts=districts)


def test_exchanged_layers_are_recognised(tmp_path):
    districts = write_layer(tmp_path / "districts.geojson", {"name": "Алмалинский район"}, SQUARE)
    streets = write_layer(tmp_path / "streets.geojson", {"name": "улица Абая", "fclass": "primary"}, LINE)

    with pytest.raises(
        SourceError, match=r'streets.geojson", feature 1: .*perhaps the two files are exchanged'
    ):
        generate_sample(tmp_path / "out.gpkg", streets=districts, districts=streets)


def test_one_layer_without_the_other_is_refused(tmp_path):
    with pytest.raises(ValueError, match="go together"):
        generate_sample(tmp_path / "out.gpkg", streets=tmp_path / "streets.geojson")
