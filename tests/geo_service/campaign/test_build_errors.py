"""Sources that are refused: each error says where the fault is and what to do."""

from __future__ import annotations

import geopandas
import pytest
from shapely import Polygon

from geo_service.campaign.build import build_campaign
from geo_service.errors import GeometryError, RecipeError, SourceError, StoreError
from tests.geo_service.campaign import towns

BOWTIE_LINE = [[76.90, 43.20], [76.91, 43.20], [76.90, 43.20], [76.90, 43.20]]
METRES = [[x * 1e4, y * 1e5] for x, y in towns.WEST]


def refuse(recipe, error=SourceError):
    """Build, and return the error, which must name no half file."""
    out = recipe.parent / "refused.gpkg"
    with pytest.raises(error) as caught:
        build_campaign(recipe, out)
    assert not list(recipe.parent.glob("*refused*"))
    assert caught.value.remedy
    return caught.value


def stations(tmp_path, text, section=towns.STATIONS):
    towns.town(tmp_path)
    (tmp_path / "stations.csv").write_text(text, "utf-8")
    return towns.recipe(tmp_path, towns.DISTRICTS, towns.PRECINCTS, section)


def precincts(tmp_path, *features):
    recipe = towns.town(tmp_path)
    towns.precincts(tmp_path, *features)
    return recipe


@pytest.mark.parametrize("number", ["12a", "", "NaN", "1.5", "-3", "0", "99999999999", "²", "true"])
def test_number_that_is_no_number_is_refused_with_its_row_and_column(tmp_path, number):
    error = refuse(stations(tmp_path, f"precinct,name_ru\n1,Школа\n{number},Театр\n"))

    assert (error.place.file, error.place.item, error.place.field) == ("stations.csv", "row 3", "precinct")


def test_error_names_the_column_as_the_source_does(tmp_path):
    section = '[stations]\nfile = "stations.csv"\ncolumns = { precinct = "Участок" }\n'

    error = refuse(stations(tmp_path, "Участок\nпервый\n", section))

    assert error.place.field == "Участок"
    assert "первый" in str(error)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("precinct,lon,lat\n1,43.21,76.91\n", "lon"),
        ("precinct,lon,lat\n1,76.91,\n", "lat"),
        ("precinct,lon,lat\n1,76.91,north\n", "lat"),
        ("precinct,lon,lat\n1,656000,4786000\n", "geometry"),
        ("precinct,lon,lat\n1,43.21,176.91\n", "geometry"),
        ("precinct,district\n1,north\n", "district"),
        ("precinct,opens\n1,25:00\n", "opens"),
        ("precinct,opens,closes\n1,20:00,07:00\n", "closes"),
        ("precinct,opens\n1,20:30\n", "opens"),
        ("precinct,closes\n1,06:30\n", "closes"),
        ("precinct,lift\n1,maybe\n", "lift"),
        ("precinct,may_close_early\n1,maybe\n", "may_close_early"),
        ("precinct,kind\n1,local\n", "kind"),
        ("precinct\n1\n1\n", "precinct"),
    ],
)
def test_value_that_cannot_be_used_is_refused_with_its_row_and_column(tmp_path, text, field):
    error = refuse(stations(tmp_path, text))

    assert error.place.file == "stations.csv"
    assert error.place.item.startswith("row ")
    assert error.place.field == field


@pytest.mark.parametrize(
    ("section", "geometry", "values"),
    [
        ("stations", towns.polygon(towns.WEST), {"precinct": 1}),
        (
            "stations",
            {"type": "MultiPoint", "coordinates": [[76.91, 43.21], [76.92, 43.21]]},
            {"precinct": 1},
        ),
        ("places", towns.polygon(towns.WEST), {"id": 1, "kind": "street"}),
    ],
)
def test_geometry_of_the_wrong_kind_is_refused(tmp_path, section, geometry, values):
    towns.town(tmp_path)
    towns.geojson(tmp_path / "wrong.geojson", (geometry, values))
    text = f'[{section}]\nfile = "wrong.geojson"\n'

    error = refuse(towns.recipe(tmp_path, towns.DISTRICTS, towns.PRECINCTS, text))

    assert (error.place.item, error.place.field) == ("feature 1", "geometry")


def test_hours_that_contradict_the_campaigns_are_told_as_such(tmp_path):
    error = refuse(stations(tmp_path, "precinct,opens\n1,21:00\n"))

    assert "closes (20:00) before it opens (21:00)" in error.problem
    assert "the closing time is the campaign's" in error.problem


@pytest.mark.parametrize("code", ["west,east", "Запад", "West", "far west"])
def test_code_of_a_district_that_is_no_short_word_is_refused(tmp_path, code):
    recipe = towns.town(tmp_path)
    towns.geojson(tmp_path / "districts.geojson", (towns.polygon(towns.WEST), {"code": code}))

    error = refuse(recipe)

    assert (error.place.file, error.place.item) == ("districts.geojson", "feature 1")
    assert error.place.field == "code"
    assert code in error.problem


def test_boundary_that_claims_to_be_the_official_list_is_refused(tmp_path):
    error = refuse(
        precincts(tmp_path, (towns.polygon(towns.WEST), {"number": 1, "authority": "official_list"}))
    )

    assert (error.place.file, error.place.item) == ("precincts.geojson", "feature 1")
    assert error.place.field == "authority"
    assert "official_polygon, derived or sample" in error.remedy


def test_precinct_without_a_boundary_may_rest_on_the_official_list(tmp_path):
    recipe = precincts(tmp_path, (None, {"number": 1, "district": "west", "authority": "official_list"}))

    report = build_campaign(recipe, tmp_path / "t.gpkg")

    assert report.counts["precincts"] == 2


def test_source_without_features_is_told_as_empty(tmp_path):
    error = refuse(precincts(tmp_path))

    assert "no features" in error.problem
    assert error.place.file == "precincts.geojson"


def test_corner_that_is_no_number_is_told_as_such(tmp_path):
    ring = [*towns.WEST[:2], [76.92, float("nan")], *towns.WEST[3:]]

    error = refuse(precincts(tmp_path, (towns.polygon(ring), {"number": 1})))

    assert "no number" in error.problem
    assert (error.place.item, error.place.field) == ("feature 1", "geometry")


def projected(tmp_path, crs, *, exchanged=False):
    """Write a layer of one precinct in metres; return the section that reads it."""
    frame = geopandas.GeoDataFrame({"number": [1]}, geometry=[Polygon(towns.WEST)], crs=4326).to_crs(crs)
    if exchanged:
        frame.geometry = [Polygon([(y, x) for x, y in shape.exterior.coords]) for shape in frame.geometry]
    frame.to_file(tmp_path / "metres.gpkg", driver="GPKG")
    return '[precincts]\nfile = "metres.gpkg"\n'


@pytest.mark.parametrize("crs", [32643, 3857, 28413])
def test_exchanged_x_and_y_of_projected_coordinates_are_told_as_such(tmp_path, crs):
    error = refuse(towns.recipe(tmp_path, projected(tmp_path, crs, exchanged=True)))

    assert "x and y are exchanged" in error.problem
    assert (error.place.file, error.place.item) == ("metres.gpkg", "feature 1")


@pytest.mark.parametrize(
    ("known", "wrong_zone"), [("", "EPSG:32638"), (towns.DISTRICTS, "EPSG:32642")], ids=["far", "next zone"]
)
def test_coordinates_of_another_zone_are_told_as_such(tmp_path, known, wrong_zone):
    towns.town(tmp_path)
    section = projected(tmp_path, 32643) + f'crs = "{wrong_zone}"\n'

    error = refuse(towns.recipe(tmp_path, known, section))

    assert "another system or zone" in error.problem
    assert "crs" in error.remedy
    assert "time_zone" in error.remedy
    assert (error.place.file, error.place.item) == ("metres.gpkg", "feature 1")


def test_recipe_and_sources_are_never_overwritten(tmp_path):
    recipe = towns.town(tmp_path)
    layer = tmp_path / "districts.gpkg"
    geopandas.read_file(tmp_path / "districts.geojson").to_file(layer, driver="GPKG")
    (tmp_path / "link.gpkg").symlink_to(recipe)

    for name in ("recipe.toml", "link.gpkg", "stations.csv", "districts.geojson", "districts.gpkg"):
        path = tmp_path / name
        before = path.read_bytes()
        with pytest.raises(StoreError) as caught:
            build_campaign(recipe, path)

        assert caught.value.place.file == str(path)
        assert path.read_bytes() == before


def test_recipe_as_output_is_told_as_such(tmp_path):
    recipe = towns.town(tmp_path)

    with pytest.raises(StoreError, match="the recipe itself"):
        build_campaign(recipe, recipe)


def test_swapped_station_is_told_as_swapped(tmp_path):
    error = refuse(stations(tmp_path, "precinct,lon,lat\n1,76.91,43.21\n2,43.21,76.93\n"))

    assert "swapped" in error.problem
    assert error.place.item == "row 3"


def test_metres_are_told_as_metres(tmp_path):
    error = refuse(stations(tmp_path, "precinct,lon,lat\n1,656000,4786000\n"))

    assert "metres" in error.problem
    assert "crs" in error.remedy


def test_degrees_stated_as_metres_are_refused(tmp_path):
    section = towns.STATIONS + 'crs = "EPSG:32643"\n'

    error = refuse(stations(tmp_path, "precinct,lon,lat\n1,76.91,43.21\n", section))

    assert "degrees" in error.problem


def test_swapped_precinct_beside_its_districts_is_refused(tmp_path):
    recipe = precincts(
        tmp_path,
        (towns.polygon(towns.WEST), {"number": 1}),
        (towns.polygon(towns.swapped(towns.EAST)), {"number": 2}),
    )

    error = refuse(recipe)

    assert "swapped" in error.problem
    assert (error.place.file, error.place.item) == ("precincts.geojson", "feature 2")


@pytest.mark.parametrize("section", ["districts", "precincts"])
def test_layer_with_all_axes_swapped_is_refused_by_the_time_zone(tmp_path, section):
    towns.geojson(
        tmp_path / "swapped.geojson",
        (towns.polygon(towns.swapped(towns.WEST)), {"code": "west", "number": 1}),
    )

    error = refuse(towns.recipe(tmp_path, f'[{section}]\nfile = "swapped.geojson"\n'))

    assert "swapped" in error.problem
    assert (error.place.file, error.place.item) == ("swapped.geojson", "feature 1")


def test_polygon_in_metres_without_saying_so_is_refused(tmp_path):
    error = refuse(precincts(tmp_path, (towns.polygon(METRES), {"number": 1})))

    assert "metres" in error.problem
    assert error.place.item == "feature 1"


def test_duplicate_precinct_number_names_both_features(tmp_path):
    recipe = precincts(
        tmp_path,
        (towns.polygon(towns.WEST), {"number": 7}),
        (towns.polygon(towns.EAST), {"number": "7.0"}),
    )

    error = refuse(recipe)

    assert (error.place.item, error.place.field) == ("feature 2", "number")
    assert "feature 1" in error.problem


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": []},
        {"type": "Point", "coordinates": [76.91, 43.21]},
        towns.polygon(BOWTIE_LINE),
    ],
    ids=["empty", "point", "no area"],
)
def test_geometry_without_an_area_is_refused_with_its_feature_and_precinct(tmp_path, geometry):
    recipe = precincts(tmp_path, (towns.polygon(towns.WEST), {"number": 1}), (geometry, {"number": 8}))

    error = refuse(recipe, GeometryError)

    assert error.place.file == "precincts.geojson"
    assert error.place.item == "feature 2 (precinct 8)"
    assert error.place.field == "geometry"


def test_district_without_geometry_is_refused(tmp_path):
    recipe = towns.town(tmp_path)
    towns.geojson(tmp_path / "districts.geojson", (None, {"code": "west"}))

    error = refuse(recipe, GeometryError)

    assert error.place.item == "feature 1 (district west)"


def test_missing_column_is_told_with_the_columns_that_there_are(tmp_path):
    section = '[stations]\nfile = "stations.csv"\ncolumns = { precinct = "number" }\n'

    error = refuse(stations(tmp_path, "nomer,dom\n1,2\n", section))

    assert error.place.field == "number"
    assert "nomer, dom" in str(error)


def test_required_column_that_nothing_gives_is_told_with_the_columns_that_there_are(tmp_path):
    error = refuse(stations(tmp_path, "nomer,dom\n1,2\n"))

    assert error.place.field == "precinct"
    assert "nomer, dom" in str(error)


def test_layer_without_crs_is_refused_and_read_once_it_is_stated(tmp_path):
    towns.town(tmp_path)
    frame = geopandas.GeoDataFrame({"number": [1]}, geometry=[Polygon(towns.WEST)])
    with pytest.warns(UserWarning, match="crs"):
        frame.to_file(tmp_path / "bare.gpkg", driver="GPKG")
    section = '[precincts]\nfile = "bare.gpkg"\n'

    error = refuse(towns.recipe(tmp_path, towns.DISTRICTS, section))
    stated = towns.recipe(tmp_path, towns.DISTRICTS, section + 'crs = "EPSG:4326"\n')
    report = build_campaign(stated, tmp_path / "t.gpkg")

    assert error.place.file == "bare.gpkg"
    assert 'crs = "EPSG:' in error.remedy
    assert report.counts["precincts"] == 1


def test_crs_that_proj_does_not_know_is_refused(tmp_path):
    towns.town(tmp_path)

    error = refuse(towns.recipe(tmp_path, towns.DISTRICTS + 'crs = "EPSG:99"\n'))

    assert (error.place.file, error.place.field) == ("districts.geojson", "crs")


def test_sample_precincts_are_refused_in_a_campaign_that_is_no_sample(tmp_path):
    recipe = precincts(tmp_path, (towns.polygon(towns.WEST), {"number": 1, "authority": "sample"}))

    error = refuse(recipe, RecipeError)

    assert error.place.field == "campaign.is_sample"


def test_sample_houses_are_refused_in_a_campaign_that_is_no_sample(tmp_path):
    towns.town(tmp_path)
    (tmp_path / "places.csv").write_text("id,kind,districts\n1,street,west\n", "utf-8")
    (tmp_path / "houses.csv").write_text("place,number,precinct,authority\n1,5,1,sample\n", "utf-8")
    rest = '[places]\nfile="places.csv"\n[houses]\nfile="houses.csv"\n'

    error = refuse(towns.recipe(tmp_path, towns.DISTRICTS, towns.PRECINCTS, rest), RecipeError)

    assert error.place.field == "campaign.is_sample"


@pytest.mark.parametrize(
    ("houses", "field"),
    [
        ("place,number\n2,1\n", "place"),
        ("place,number\n1,\n", "number"),
        ("place,number,precinct\n1,5,1\n1,5,2\n", "number"),
    ],
    ids=["unknown place", "no number", "contradiction"],
)
def test_house_that_cannot_be_used_is_refused(tmp_path, houses, field):
    towns.town(tmp_path)
    (tmp_path / "places.csv").write_text("id,kind,districts\n1,street,west\n", "utf-8")
    (tmp_path / "houses.csv").write_text(houses, "utf-8")
    rest = '[places]\nfile="places.csv"\n[houses]\nfile="houses.csv"\n'

    error = refuse(towns.recipe(tmp_path, towns.DISTRICTS, towns.PRECINCTS, rest))

    assert error.place.file == "houses.csv"
    assert error.place.field == field


@pytest.mark.parametrize(
    ("aliases", "field"),
    [
        ("place,name,language,kind\n1,Ленина,de,old\n", "language"),
        ("place,name,language,kind\n1,Ленина,ru,ancient\n", "kind"),
        ("place,name,language,kind,valid_to\n1,Ленина,ru,old,31.02.1995\n", "valid_to"),
    ],
)
def test_alias_that_cannot_be_used_is_refused(tmp_path, aliases, field):
    towns.town(tmp_path)
    (tmp_path / "places.csv").write_text("id,kind,districts\n1,street,west\n", "utf-8")
    (tmp_path / "aliases.csv").write_text(aliases, "utf-8")
    rest = '[places]\nfile="places.csv"\n[aliases]\nfile="aliases.csv"\n'

    error = refuse(towns.recipe(tmp_path, towns.DISTRICTS, rest))

    assert (error.place.file, error.place.item, error.place.field) == ("aliases.csv", "row 2", field)
