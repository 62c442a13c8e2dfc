"""The generator on real layers."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
import shapely

from geo_service.campaign.model import LANGUAGES, Names
from geo_service.errors import SourceError
from geo_service.place_labels import PlaceLabels
from geo_service.sample_city.generate import generate_sample
from geo_service.sample_city.real_courses import street_plans
from geo_service.sample_city.real_layers import plan_from_layers
from geo_service.sample_city.real_names import street_name


def test_division_of_the_real_streets(real_streets):
    report, opened = real_streets

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


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_places_at_the_real_streets_share_a_label(real_streets, language):
    campaign = real_streets[1].campaign
    labels = PlaceLabels(campaign)

    of_places = Counter(labels.label(place, None, None, language) for place in campaign.places)

    assert [label for label, count in of_places.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_houses_of_two_real_streets_share_a_label(real_streets, language):
    campaign = real_streets[1].campaign
    places = {place.id: place for place in campaign.places}
    labels = PlaceLabels(campaign)

    owners = {}
    for house in campaign.houses:
        label = labels.label(places[house.place], house.number, house.district, language)
        owners.setdefault(label, set()).add(house.place)

    assert [label for label, of_label in owners.items() if len(of_label) > 1] == []


def test_no_real_street_is_there_twice(real_streets):
    lines = [place.geometry.normalize().wkb for place in real_streets[1].campaign.places if place.geometry]

    assert len(set(lines)) == len(lines)


def test_no_real_street_has_its_kind_word_or_an_invisible_character_in_its_name(real_streets):
    names = [name for place in real_streets[1].campaign.places for name in place.names.as_dict().values()]

    kind_words = re.compile(
        r"^(ул|пр|пер|мкр|м-о?н)\b|\b(улица|проспект|переулок|көшесі|даңғылы)\b|[\u200b-\u200f]"
    )
    assert [name for name in names if name and kind_words.search(name.lower())] == []


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


def test_a_line_whose_parts_lie_far_apart_is_two_streets():
    far_apart = shapely.MultiLineString([((0, 0), (900, 0)), ((3000, 0), (3500, 0))])

    streets = street_plans({street_name("улица Партизан"): [far_apart]}, main=set())

    assert sorted(street.course.length for street in streets) == [500, 900]


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
