"""A drafted recipe builds the campaign that its files hold, and tells a person why it says what it says."""

from __future__ import annotations

import dataclasses
import tomllib

import geopandas
import openpyxl
import pytest
from click.testing import CliRunner
from shapely import box

from geo_service.campaign.build import assemble
from geo_service.campaign.recipe import load_recipe
from geo_service.cli import cli
from geo_service.drafting.draft import draft_recipe, write_draft
from geo_service.drafting.sources import read_sources
from geo_service.errors import RecipeError, SourceError, StoreError
from tests.geo_service.sources.damage import RING, VIRTUAL_LAYER, kml, polygon_kml
from tests.geo_service.sources.written import DRIVERS, LOCAL_GRID, frame, hash_of, write_frame, zipped

LAYERS = ("districts", "precincts", "stations")
REST = ("places", "houses", "aliases")


@pytest.fixture(scope="module")
def layers(small_campaign):
    return {name: frame(small_campaign, name) for name in LAYERS}


def build(paths, folder):
    """Draft a recipe, build it, and return the campaign and the recipe's text."""
    recipe = folder / "recipe.toml"
    write_draft(draft_recipe(paths, recipe), recipe)
    campaign, findings = assemble(load_recipe(recipe))
    return campaign, findings, recipe.read_text("utf-8")


def same_data(campaign, expected):
    """Whether campaigns differ at most in what they say of the vote itself, and in columns of the rest."""
    return hash_of(dataclasses.replace(campaign, info=expected.info)) == hash_of(expected)


@pytest.mark.parametrize("suffix", [*DRIVERS, ".shp.zip", ".parquet"])
def test_draft_of_any_format_builds_the_same_campaign(tmp_path, layers, small_campaign, suffix):
    plain = suffix.removesuffix(".zip")
    paths = []
    for name, layer in layers.items():
        path = write_frame(tmp_path / f"{name}{plain}", layer, names={})
        if suffix.endswith(".zip"):
            path = zipped(tmp_path / f"{name}.zip", sorted(tmp_path.glob(f"{name}.*")))
        paths.append(path)

    campaign, _, _ = build(paths, tmp_path)

    if suffix == ".tab":  # its coordinates are rounded; tests of the formats say how far
        assert [item.names for item in campaign.stations] == [item.names for item in small_campaign.stations]
        assert [item.voters for item in campaign.precincts] == [
            item.voters for item in small_campaign.precincts
        ]
    else:
        rest = {name: getattr(small_campaign, name) for name in REST}
        assert same_data(dataclasses.replace(campaign, **rest), small_campaign)


def test_draft_of_a_campaign_file_builds_it_again(tmp_path, small_campaign, small_campaign_path):
    campaign, _, text = build([small_campaign_path], tmp_path)

    assert same_data(campaign, small_campaign)
    assert "is_sample = true" in text


@pytest.mark.parametrize("system", [32643, 3857, 28413, LOCAL_GRID])
def test_system_that_a_file_does_not_state_is_guessed_if_it_is_usual(tmp_path, layers, system):
    for name, layer in layers.items():
        path = write_frame(tmp_path / f"{name}.shp", layer, crs=system)
        path.with_suffix(".prj").unlink()
    draft = draft_recipe(sorted(tmp_path.glob("*.shp")), tmp_path / "recipe.toml")

    crs = tomllib.loads(draft.text)["precincts"]["crs"]
    if system == LOCAL_GRID:
        assert "CHANGE THIS" in draft.text
    else:
        assert crs == f"EPSG:{system}"


def test_metres_that_a_file_calls_degrees_get_the_system_that_they_are_in(tmp_path, layers):
    layer = layers["precincts"].to_crs(32643).set_crs(4326, allow_override=True)
    write_frame(tmp_path / "precincts.gpkg", layer)

    campaign, _, text = build([tmp_path / "precincts.gpkg"], tmp_path)

    assert len(campaign.precincts) == len(layer)
    assert 'crs = "EPSG:32643"  # the file says WGS 84: that is in degrees; as WGS 84 / UTM zone 43N' in text


RUSSIAN = {
    "РАЙОНЫ": {"Наименование": ["Алатауский район", "Медеуский район"]},
    "Границы участков": {"№ участка": ["№ 101", "№ 102"], "Район": ["Алатауский р-н", "Медеуский р-н"],
                         "Тип": ["территориальный", "специальный"], "Избирателей": [1500, 900],
                         "AREA": [1.5, 2.5]},
    "Адреса": {"УИК": [101, 102], "Учреждение": ["Школа № 1", "Больница"], "Адрес": ["Абая 1", "Абая 2"],
               "Телефон": ["1", "2"], "Долгота": ["76,905", "76,915"], "Широта": ["43,205", "43,205"]},
}  # fmt: skip
KAZAKH = {
    "аудандар": {"Аудан атауы": ["Алатау ауданы", "Медеу ауданы"]},
    "учаскелер": {"Учаске нөмірі": ["101", "102"], "Ауданы": ["Алатау", "Медеу"],
                  "Түрі": ["аумақтық", "арнайы"], "Сайлаушылар саны": [1500, 900], "OBJECTID": [5, 6]},
    "орталықтар": {"Учаске №": [101, 102], "Мекеменің атауы": ["№ 1 мектеп", "Аурухана"],
                   "Мекенжайы": ["Абай 1", "Абай 2"], "Байланыс телефоны": ["1", "2"],
                   "Бойлық": [76.905, 76.915], "Ендік": [43.205, 43.205]},
}  # fmt: skip
LATIN = {
    "rayony": {"NAZVANIE": ["Алатауский район", "Медеуский район"]},
    "uchastki": {"NOMER_UCH": [101, 102], "RAION": ["Алатауский район", "Медеуский район"],
                 "TIP": ["Обычный", "Закрытый"], "KOL_VO_IZB": [1500, 900], "SHAPE_AREA": [1.5, 2.5]},
    "adresa": {"UIK": [101, 102], "NAIMENOVAN": ["Школа № 1", "Больница"], "ADRES": ["Абая 1", "Абая 2"],
               "TELEFON": ["1", "2"], "X": [76.905, 76.915], "Y": [43.205, 43.205]},
}  # fmt: skip


@pytest.mark.parametrize("words", [RUSSIAN, KAZAKH, LATIN], ids=["Russian", "Kazakh", "Latin letters"])
def test_usual_names_in_any_language_build_as_they_are(tmp_path, words):
    shapes = [box(76.90, 43.20, 76.91, 43.21), box(76.91, 43.20, 76.92, 43.21)]
    paths = []
    for name, columns in list(words.items())[:2]:
        paths.append(tmp_path / f"{name}.gpkg")
        geopandas.GeoDataFrame(columns, geometry=shapes, crs=4326).to_file(paths[-1], layer="слой")
    ((name, columns),) = list(words.items())[2:]
    paths.append(tmp_path / f"{name}.csv")
    geopandas.GeoDataFrame(columns).to_csv(paths[-1], index=False, sep=";")

    campaign, _, text = build(paths, tmp_path)

    assert [district.code for district in campaign.districts] == ["alatau", "medeu"]
    kinds = [(item.number, item.kind, item.district, item.voters) for item in campaign.precincts]
    assert kinds[0] == (101, "territorial", "alatau", 1500)
    assert kinds[1] == (102, "special", "medeu", 900)
    assert [(item.precinct, item.lon, item.lat) for item in campaign.stations] == [
        (101, 76.905, 43.205), (102, 76.915, 43.205),
    ]  # fmt: skip
    assert all(item.names.best("ru") and item.address.best("ru") for item in campaign.stations)
    assert "Columns that are not used" in text


def guessed(folder, section, columns, shape):
    """The columns that a draft gives a section, of two records with the same shapes in another place."""
    path = folder / "слой.gpkg"
    shapes = [shape(76.90), shape(76.92)]
    geopandas.GeoDataFrame(columns, geometry=shapes, crs=4326).to_file(path, layer="слой")
    recipe = tomllib.loads(draft_recipe([path], folder / "recipe.toml").text)
    return recipe[section]["columns"]


def square(lon):
    return box(lon, 43.20, lon + 0.02, 43.22)


def middle(lon):
    return square(lon).centroid


def test_column_of_the_district_names_the_districts_themselves(tmp_path):
    columns = {"Район": ["Алатауский район", "Медеуский район"], "Аудан": ["Алатау ауданы", "Медеу ауданы"]}

    assert guessed(tmp_path, "districts", columns, square) == {
        "code": "Район", "name_ru": "Район", "name_kk": "Аудан",
    }  # fmt: skip


def test_precincts_with_their_district_are_no_districts(tmp_path):
    columns = {"№ уч.": ["№ 1", "№ 2"], "Район": ["Алатауский район", "Алатауский район"]}

    assert guessed(tmp_path, "precincts", columns, square) == {"number": "№ уч.", "district": "Район"}


@pytest.mark.parametrize(
    ("place", "address"),
    [("Орналасқан жері", "Мекенжайы"), ("Ұйым атауы", "Орналасқан жері"), ("Ұйымның атауы", "Мекенжай")],
)
def test_where_a_station_lies_is_its_name_beside_an_address_and_else_its_address(tmp_path, place, address):
    columns = {"Учаске №": [1, 2], place: ["№ 1 мектеп", "№ 2 мектеп"], address: ["Әл-Фараби 1", "Үш 2"]}

    assert guessed(tmp_path, "stations", columns, middle) == {
        "precinct": "Учаске №", "name_kk": place, "address_kk": address,
    }  # fmt: skip


@pytest.mark.parametrize("mistake", ["1", "—", None], ids=["repeated", "no number", "empty"])
def test_column_of_numbers_is_known_by_its_name_in_spite_of_a_mistake(tmp_path, mistake):
    numbers = [str(number) for number in range(1, 10)]
    path = tmp_path / "stations.csv"
    rows = "".join(f"{number},улица Абая {number}\n" for number in [*numbers, mistake or ""])
    path.write_text(f"Участок,Адрес\n{rows}", "utf-8")

    with pytest.raises(SourceError) as caught:
        build([path], tmp_path)

    assert (caught.value.place.item, caught.value.place.field) == ("row 11", "Участок")


def test_columns_that_are_not_used_and_files_that_fit_nothing_are_told(tmp_path, layers):
    path = write_frame(tmp_path / "precincts.gpkg", layers["precincts"].assign(shape_leng=[1.5] * 14))
    (tmp_path / "notes.csv").write_text("topic,text\na,b\n", "utf-8")

    draft = draft_recipe([path, tmp_path / "notes.csv"], tmp_path / "recipe.toml")

    assert "# Columns that are not used: shape_leng" in draft.text
    assert draft.unused == ["notes.csv"]
    assert "# - notes.csv: 1 records without geometry; columns: topic, text" in draft.text


def test_table_in_an_old_encoding_is_read_and_its_encoding_stated(tmp_path):
    (tmp_path / "stations.csv").write_bytes("Участок;Адрес\n1;улица Абая 1\n".encode("cp1251"))

    campaign, _, text = build([tmp_path / "stations.csv"], tmp_path)

    assert campaign.stations[0].address.ru == "улица Абая 1"
    assert 'encoding = "cp1251"' in text


def test_hostile_names_of_columns_and_values_stay_text(tmp_path):
    path = tmp_path / 'a "b"\n[campaign].csv'
    path.write_text('"номер ""участка""","адрес\n[ru]\n"\n1,"улица ""A"" \\ 1"\n', "utf-8")

    recipe = tmp_path / "recipe.toml"
    draft = draft_recipe([path], recipe)
    document = tomllib.loads(draft.text)

    assert set(document) == {"campaign", "stations"}
    assert document["stations"]["file"] == path.name


def test_unknown_word_of_a_kind_is_left_out_and_told(tmp_path, layers):
    path = write_frame(tmp_path / "precincts.gpkg", layers["precincts"].assign(kind="третий"))

    draft = draft_recipe([path], tmp_path / "recipe.toml")

    assert "kind" not in tomllib.loads(draft.text)["precincts"]["columns"]
    assert 'its word "третий" is none of' in draft.text.replace("\n# ", " ")


def test_files_that_hold_nothing_of_use_are_refused_with_what_was_seen(tmp_path):
    (tmp_path / "notes.csv").write_text("topic,text\na,b\n", "utf-8")

    with pytest.raises(RecipeError, match="topic, text"):
        draft_recipe([tmp_path / "notes.csv"], tmp_path / "recipe.toml")
    with pytest.raises(SourceError, match="no such file"):
        draft_recipe([tmp_path / "absent.shp"], tmp_path / "recipe.toml")


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".fgb", ".shp", ".zip", ".kmz", ".xlsx"])
def test_file_of_another_content_is_refused_and_not_opened_by_what_it_holds(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_text(VIRTUAL_LAYER)

    with pytest.raises(SourceError) as caught:
        draft_recipe([path], tmp_path / "recipe.toml")

    assert caught.value.place.file == path.name


def test_existing_recipe_is_kept_unless_forced(tmp_path, small_campaign_path):
    out = tmp_path / "recipe.toml"
    out.write_text("mine")
    draft = draft_recipe([small_campaign_path], out)

    with pytest.raises(StoreError, match="exists"):
        write_draft(draft, out)
    assert out.read_text() == "mine"
    write_draft(draft, out, force=True)
    assert out.read_text("utf-8") == draft.text


def test_command_writes_a_recipe_that_the_next_command_builds(tmp_path, layers, small_campaign):
    paths = [str(write_frame(tmp_path / f"{name}.shp", layer)) for name, layer in layers.items()]
    recipe, out = tmp_path / "recipe.toml", tmp_path / "campaign.gpkg"
    options = ["--id", "vote-2026", "--date", "2026-03-15", "--name-ru", "Выборы", "--out", str(recipe)]

    drafted = CliRunner().invoke(cli, ["recipe", *paths, *options, "--lang", "en"])
    built = CliRunner().invoke(cli, ["build", str(recipe), "--out", str(out), "--lang", "en"])

    assert (drafted.exit_code, built.exit_code) == (0, 0), drafted.output + built.output
    assert "[precincts] precincts.shp" in drafted.output
    campaign = tomllib.loads(recipe.read_text("utf-8"))["campaign"]
    assert (campaign["id"], campaign["date"].isoformat(), campaign["names"]) == (
        "vote-2026", "2026-03-15", {"ru": "Выборы"},
    )  # fmt: skip


HOUSE_ROWS = [
    ("№ участка", "Улица", "Дома"),
    (101, "улица Абая", "1, 3, 5"),
    (101, "улица Толе би", "2-8"),
    (102, "улица Абая", "7"),
]
STATION_ROWS = [("№ участка", "Учреждение", "Адрес"), (101, "Школа", "Абая 1"), (102, "Лицей", "Абая 7")]


def write_workbook(path, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_house_list_is_known_from_a_list_of_stations(tmp_path):
    houses = write_workbook(tmp_path / "houses.xlsx", houses=HOUSE_ROWS)
    stations = write_workbook(tmp_path / "stations.xlsx", stations=STATION_ROWS)

    campaign, _, text = build([houses, stations], tmp_path)

    document = tomllib.loads(text)
    assert document["house_lists"] == {"file": "houses.xlsx"}
    assert document["stations"]["file"] == "stations.xlsx"
    assert [precinct.number for precinct in campaign.precincts] == [101, 102]
    assert len(campaign.houses) >= 4


def test_lists_and_stations_in_one_workbook_are_told_by_their_sheets(tmp_path):
    book = write_workbook(tmp_path / "lists.xlsx", Дома=HOUSE_ROWS, Адреса=STATION_ROWS)

    _, _, text = build([book], tmp_path)

    assert tomllib.loads(text)["house_lists"] == {
        "file": "lists.xlsx", "sheet": "Дома", "stations_sheet": "Адреса",
    }  # fmt: skip


def test_several_house_lists_are_one_section(tmp_path):
    for name in ("a", "b"):
        lines = [";".join(map(str, row)) for row in HOUSE_ROWS]
        (tmp_path / f"{name}.csv").write_text("\n".join(lines), "utf-8")

    draft = draft_recipe([tmp_path / "a.csv", tmp_path / "b.csv"], tmp_path / "recipe.toml")

    assert tomllib.loads(draft.text)["house_lists"] == {"files": ["a.csv", "b.csv"]}


def test_folders_of_a_kml_file_are_sections_if_each_holds_another_kind(tmp_path):
    point = "<Placemark><name>5</name><Point><coordinates>76.91,43.21</coordinates></Point></Placemark>"
    polygon = polygon_kml(f"{RING} 76.90,43.20", name="Участок № 5")
    both = f"<Folder><name>Участки</name>{polygon}</Folder><Folder><name>Адреса</name>{point}</Folder>"
    by_district = f"<Folder><name>А</name>{polygon}</Folder><Folder><name>Б</name>{polygon}</Folder>"

    campaign, _, text = build([kml(both, name="both.kml")(tmp_path)], tmp_path)
    split = read_sources(kml(both, name="both.kml")(tmp_path))
    whole = read_sources(kml(by_district, name="by.kml")(tmp_path))

    assert tomllib.loads(text)["stations"]["layer"] == "Адреса"
    assert [len(layer) for layer in (campaign.precincts, campaign.stations)] == [1, 1]
    assert [source.layer for source in split] == ["Адреса", "Участки"]
    assert [len(source.table.rows) for source in whole] == [2]


def test_files_of_an_archive_are_sources(tmp_path, layers):
    members = []
    for name in ("districts", "precincts"):
        write_frame(tmp_path / f"{name}.shp", layers[name])
        members += sorted(tmp_path.glob(f"{name}.*"))
    path = zipped(tmp_path / "all.zip", members, folder="выгрузка/")

    campaign, _, text = build([path], tmp_path)

    assert tomllib.loads(text)["precincts"]["layer"] == "precincts"
    assert (len(campaign.districts), len(campaign.precincts)) == (3, 14)


def test_a_city_outline_stands_for_its_districts_and_is_no_precinct(tmp_path):
    outline = geopandas.GeoDataFrame(
        {"relation": [2465058], "nameRu": ["Алматы"]}, geometry=[box(76.8, 43.1, 77.1, 43.4)], crs=4326
    )
    outline.to_file(tmp_path / "city_boundary.geojson")
    stations = tmp_path / "stations.csv"
    stations.write_text("precinct,address\n1,Абая 1\n2,Абая 2\n", "utf-8")

    campaign, _, text = build([tmp_path / "city_boundary.geojson", stations], tmp_path)

    assert [(item.code, item.names.ru) for item in campaign.districts] == [("city", "Алматы")]
    assert [item.number for item in campaign.precincts] == [1, 2]
    assert "whole city" in text.replace("\n# ", " ")


def test_an_outline_beside_districts_is_not_used(tmp_path, layers):
    outline = geopandas.GeoDataFrame(
        {"relation": [2465058], "name": ["Алматы"]}, geometry=[box(76.8, 43.1, 77.1, 43.4)], crs=4326
    )
    outline.to_file(tmp_path / "city.geojson")
    districts = write_frame(tmp_path / "districts.geojson", layers["districts"], names={})

    draft = draft_recipe([tmp_path / "city.geojson", districts], tmp_path / "recipe.toml")

    assert draft.sections == {"districts": "districts.geojson"}
    assert draft.unused == ["city.geojson"]
