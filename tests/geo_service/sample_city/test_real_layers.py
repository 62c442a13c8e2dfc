"""The generator on real layers."""

from __future__ import annotations

import json

import pytest
import shapely

from geo_service.campaign.file import open_campaign
from geo_service.campaign.model import Names
from geo_service.errors import SourceError
from geo_service.sample_city.generate import generate_sample
from geo_service.sample_city.real_layers import street_name


@pytest.mark.parametrize(
    ("text", "kind", "names", "within"),
    [
        ("улица Толе Би", "street", Names(ru="Толе Би"), None),
        ("Абай даңғылы", "avenue", Names(kk="Абай"), None),
        ("Рысқұлбеков көшесі", "street", Names(kk="Рысқұлбеков"), None),
        ("Бенберина улица", "street", Names(ru="Бенберина"), None),
        ("Кульджинский тракт", "highway", Names(ru="Кульджинский тракт"), None),
        ("Арычная (Самгау)", "street", Names(ru="Арычная"), Names(ru="Самгау")),
        ("7-я (Калкаман 2 м-н)", "street", Names(ru="7-я"), Names(ru="Калкаман 2")),
        ("Зердели микрорайон", "microdistrict", Names(ru="Зердели"), None),
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
    located = opened.index.locate_many(
        [house.lon for house in opened.campaign.houses], [house.lat for house in opened.campaign.houses]
    )
    assert located.tolist() == [house.precinct for house in opened.campaign.houses]


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
