"""Building campaign files that come out well."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import contextmanager

import geopandas
import pytest
from shapely import MultiPolygon
from shapely.geometry import shape

from geo_service.campaign.build import build_campaign
from geo_service.campaign.district_book import DistrictBook
from geo_service.campaign.file import open_campaign, write_campaign
from geo_service.campaign.model import District, Names, Place
from geo_service.campaign.place_rows import read_houses
from geo_service.campaign.records import ColumnMapping, Record
from geo_service.errors import DamagedCampaignError, SourceError, StoreError
from geo_service.finder import Finder
from geo_service.sources.base import Table
from tests.geo_service.campaign import towns

LAYERS = ("districts", "precincts", "stations", "places", "houses", "aliases")


def codes(report):
    return sorted({finding.code for finding in report.findings})


def test_town_is_built_and_answers(tmp_path):
    out = tmp_path / "town.gpkg"

    report = build_campaign(towns.town(tmp_path), out)

    file = open_campaign(out)
    answer = Finder(file).by_point(76.93, 43.21)
    assert report.content_hash == file.content_hash
    assert report.findings == file.findings
    assert list(report.counts) == list(LAYERS)
    assert (report.counts["precincts"], report.counts["stations"]) == (2, 2)
    assert answer.precinct.number == 2
    assert answer.precinct.district == "east"
    assert answer.authority == "official_polygon"
    assert file.campaign.info.names.kk == "Дауыс беру"
    assert file.campaign.stations[0].location_source == "coordinates"


def test_only_missing_names_are_found_in_a_faultless_town(tmp_path):
    report = build_campaign(towns.town(tmp_path), tmp_path / "town.gpkg")

    assert codes(report) == ["addresses_missing", "names_missing"]
    found = {
        (item.values["layer"], item.field, item.values["count"], item.values["total"])
        for item in report.findings
    }
    assert found == {
        ("stations", f"{stem}_{lang}", 2, 2) for stem in ("name", "address") for lang in ("kk", "en")
    }


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:3857", "EPSG:32643"])
def test_same_polygons_in_any_crs_give_the_same_answers(tmp_path, crs):
    recipe = towns.town(tmp_path)
    plain = tmp_path / "plain.gpkg"
    build_campaign(recipe, plain)
    for name in ("districts", "precincts"):
        layer = geopandas.read_file(tmp_path / f"{name}.geojson")
        layer.to_crs(crs).to_file(tmp_path / f"{name}.gpkg", layer="drawn", driver="GPKG")
    sections = [part.replace(".geojson", ".gpkg") for part in (towns.DISTRICTS, towns.PRECINCTS)]

    build_campaign(towns.recipe(tmp_path, *sections, towns.STATIONS), tmp_path / "moved.gpkg")

    one, other = open_campaign(plain).campaign, open_campaign(tmp_path / "moved.gpkg").campaign
    for left, right in zip(one.precincts, other.precincts, strict=True):
        assert left.geometry.hausdorff_distance(right.geometry) < 2e-7
        assert left.number == right.number


def test_same_content_from_geojson_and_geopackage_gives_the_same_hash(tmp_path):
    recipe = towns.town(tmp_path)
    first = build_campaign(recipe, tmp_path / "one.gpkg")
    for name in ("districts", "precincts"):
        layer = geopandas.read_file(tmp_path / f"{name}.geojson")
        layer.to_file(tmp_path / f"{name}.gpkg", layer=name, driver="GPKG")
    sections = [part.replace(".geojson", ".gpkg") for part in (towns.DISTRICTS, towns.PRECINCTS)]

    second = build_campaign(towns.recipe(tmp_path, *sections, towns.STATIONS), tmp_path / "two.gpkg")

    assert second.content_hash == first.content_hash


def test_positions_in_metres_are_read_when_the_recipe_says_so(tmp_path):
    towns.town(tmp_path)
    point = geopandas.GeoSeries.from_xy([76.91], [43.21], crs="EPSG:4326").to_crs("EPSG:32643")[0]
    (tmp_path / "stations.csv").write_text(
        f"precinct;x;y\n1;{point.x};{point.y}\n".replace(".", ","), "utf-8"
    )
    columns = 'columns = { precinct = "precinct", lon = "x", lat = "y" }\n'
    section = towns.STATIONS + 'crs = "EPSG:32643"\n' + columns

    build_campaign(towns.recipe(tmp_path, towns.DISTRICTS, towns.PRECINCTS, section), tmp_path / "t.gpkg")

    station = open_campaign(tmp_path / "t.gpkg").campaign.stations[0]
    assert (station.lon, station.lat) == pytest.approx((76.91, 43.21), abs=2e-7)


def campaign_sections(file):
    return [f'[{layer}]\nfile = "{file}"\n' for layer in LAYERS]


def test_campaign_file_comes_back_through_build_unchanged(tmp_path, small_campaign, small_campaign_path):
    shutil.copy(small_campaign_path, tmp_path / "old.gpkg")
    recipe = towns.recipe(
        tmp_path, *campaign_sections("old.gpkg"), campaign=towns.CAMPAIGN + "is_sample = true\n"
    )

    build_campaign(recipe, tmp_path / "new.gpkg")

    rebuilt = open_campaign(tmp_path / "new.gpkg").campaign
    original = open_campaign(small_campaign_path).campaign
    for layer in LAYERS:
        assert getattr(rebuilt, layer) == getattr(original, layer), layer


def test_edited_campaign_file_is_a_source_and_may_be_overwritten(tmp_path, small_campaign):
    path = tmp_path / "edited.gpkg"
    write_campaign(path, small_campaign)
    with sqlite3.connect(path) as database:
        for trigger in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{trigger[0]}"')
        database.execute("UPDATE precincts SET voters = 77 WHERE number = 3")
    database.close()
    with pytest.raises(DamagedCampaignError):
        open_campaign(path)
    recipe = towns.recipe(
        tmp_path, *campaign_sections("edited.gpkg"), campaign=towns.CAMPAIGN + "is_sample = true\n"
    )

    build_campaign(recipe, path)

    assert open_campaign(path).campaign.precincts_by_number[3].voters == 77


def test_stations_alone_name_their_precincts(tmp_path):
    towns.districts(tmp_path)
    (tmp_path / "stations.csv").write_text("precinct,district\n№ 7,west\n 12.0 ,Восточный\n", "utf-8")

    report = build_campaign(towns.recipe(tmp_path, towns.DISTRICTS, towns.STATIONS), tmp_path / "t.gpkg")

    precincts = open_campaign(tmp_path / "t.gpkg").campaign.precincts
    without = [finding.precinct for finding in report.findings if finding.code == "precinct_without_polygon"]
    assert [(item.number, item.district, item.authority, item.kind) for item in precincts] == [
        (7, "west", "official_list", "territorial"),
        (12, "east", "official_list", "territorial"),
    ]
    assert without == [7, 12]


def test_values_translate_words_and_fill_gaps(tmp_path):
    towns.town(tmp_path)
    (tmp_path / "stations.csv").write_text("Участок\tТелефон\tЛифт\nпервый\t\tЕсть\n2\t109\t\n", "utf-8-sig")
    section = """[stations]
file = "stations.csv"
columns = { precinct = "Участок", phone = "Телефон", lift = "Лифт" }
[stations.values]
phone = "1308"
precinct = { "первый" = 1 }
lift = { "есть" = "yes" }
"""

    build_campaign(towns.recipe(tmp_path, towns.DISTRICTS, towns.PRECINCTS, section), tmp_path / "t.gpkg")

    stations = open_campaign(tmp_path / "t.gpkg").campaign.stations
    assert [(item.precinct, item.phone, item.accessibility.lift) for item in stations] == [
        (1, "1308", "yes"),
        (2, "109", "unknown"),
    ]


def test_stations_of_one_address_share_a_building_within_a_district(tmp_path):
    towns.districts(tmp_path)
    rows = "precinct,district,address_ru\n5,west,Абая 1\n4,west,АБАЯ  1\n6,east,Абая 1\n7,west,\n8,west,\n"
    (tmp_path / "stations.csv").write_text(rows, "utf-8")

    build_campaign(towns.recipe(tmp_path, towns.DISTRICTS, towns.STATIONS), tmp_path / "t.gpkg")

    stations = open_campaign(tmp_path / "t.gpkg").campaign.stations
    assert {item.precinct: item.building_id for item in stations} == {
        4: "building-4", 5: "building-4", 6: "building-6", 7: "building-7", 8: "building-8",
    }  # fmt: skip


def test_district_of_precinct_without_one_is_that_of_its_polygon(tmp_path):
    towns.town(tmp_path)
    towns.precincts(tmp_path, (towns.polygon(towns.EAST), {"number": 9}))

    build_campaign(towns.recipe(tmp_path, towns.DISTRICTS, towns.PRECINCTS), tmp_path / "t.gpkg")

    assert open_campaign(tmp_path / "t.gpkg").campaign.precincts[0].district == "east"


def test_stations_have_the_positions_of_their_features(tmp_path):
    towns.town(tmp_path)
    stray = {"lon": 1.0, "lat": 2.0}
    towns.geojson(
        tmp_path / "stations.geojson",
        ({"type": "Point", "coordinates": [76.91, 43.21]}, {"precinct": 1, **stray}),
        ({"type": "MultiPoint", "coordinates": [[76.93, 43.21]]}, {"precinct": 2, **stray}),
    )
    section = towns.STATIONS.replace(".csv", ".geojson")

    build_campaign(towns.recipe(tmp_path, towns.DISTRICTS, towns.PRECINCTS, section), tmp_path / "t.gpkg")

    stations = open_campaign(tmp_path / "t.gpkg").campaign.stations
    assert [(item.lon, item.lat) for item in stations] == [(76.91, 43.21), (76.93, 43.21)]


def test_places_houses_and_aliases_are_read(tmp_path):
    towns.town(tmp_path)
    line = {"type": "LineString", "coordinates": [[76.905, 43.21], [76.935, 43.21]]}
    towns.geojson(tmp_path / "places.geojson", (line, {"id": 1, "kind": "avenue", "name_ru": "Абая"}))
    (tmp_path / "houses.csv").write_text(
        "place,number,precinct,lon,lat\n1,12/1,1,76.91,43.21\n1,14,2,,\n", "utf-8"
    )
    (tmp_path / "aliases.csv").write_text(
        "place,name,language,kind,valid_to,source\n1,Ленина,ru,old,31.12.1995,постановление\n", "utf-8"
    )
    rest = '[places]\nfile="places.geojson"\n[houses]\nfile="houses.csv"\n[aliases]\nfile="aliases.csv"\n'

    report = build_campaign(
        towns.recipe(tmp_path, towns.DISTRICTS, towns.PRECINCTS, towns.STATIONS, rest), tmp_path / "t.gpkg"
    )

    campaign = open_campaign(tmp_path / "t.gpkg").campaign
    assert campaign.places[0].districts == ("east", "west")
    assert campaign.places[0].geometry.equals(shape(line))
    assert [(item.number, item.district, item.precinct, item.authority) for item in campaign.houses] == [
        ("12/1", "west", 1, "official_list"),
        ("14", "east", 2, "official_list"),
    ]
    assert campaign.aliases[0].valid_to == "1995-12-31"
    assert "houses_without_point" in codes(report)


def town_with_places(folder, *rest):
    """A recipe of a town with a Достык avenue and street, and what a test adds."""
    towns.town(folder)
    line = {"type": "LineString", "coordinates": [[76.905, 43.21], [76.935, 43.21]]}
    towns.geojson(
        folder / "places.geojson",
        (line, {"id": 1, "kind": "street", "name_ru": "Достык"}),
        (line, {"id": 2, "kind": "avenue", "name_kk": "Достық"}),
    )
    places = '[places]\nfile="places.geojson"\n'
    return towns.recipe(folder, towns.DISTRICTS, towns.PRECINCTS, towns.STATIONS, places, *rest)


def test_renamings_of_a_city_become_aliases(tmp_path):
    build_campaign(town_with_places(tmp_path, '[renamings]\ncity="almaty"\n'), tmp_path / "t.gpkg")

    aliases = open_campaign(tmp_path / "t.gpkg").campaign.aliases
    assert [(alias.place, alias.name) for alias in aliases] == [
        (2, "Колпаковская"), (2, "Ленина"), (2, "Соборная"),
    ]  # fmt: skip
    assert (aliases[1].valid_from, aliases[1].valid_to) == ("1919", "1995")
    assert all(alias.source for alias in aliases)


def test_alias_of_the_source_stands_before_the_same_renaming(tmp_path):
    (tmp_path / "aliases.csv").write_text(
        "place,name,language,kind,valid_to,source\n2,Ленина,ru,old,1994,архив\n1,Южная,ru,old,,архив\n",
        "utf-8",
    )
    rest = '[aliases]\nfile="aliases.csv"\n[renamings]\ncity="almaty"\n'

    build_campaign(town_with_places(tmp_path, rest), tmp_path / "t.gpkg")

    aliases = open_campaign(tmp_path / "t.gpkg").campaign.aliases
    assert [(alias.place, alias.name) for alias in aliases] == [
        (1, "Южная"), (2, "Колпаковская"), (2, "Ленина"), (2, "Соборная"),
    ]  # fmt: skip
    assert (aliases[2].valid_to, aliases[2].source) == ("1994", "архив")


def test_no_old_names_are_added_unasked(tmp_path):
    build_campaign(town_with_places(tmp_path), tmp_path / "t.gpkg")

    assert open_campaign(tmp_path / "t.gpkg").campaign.aliases == ()


class CountingBook(DistrictBook):
    """Counts the searches by position."""

    searches = 0

    def at(self, geometry):
        self.searches += 1
        return super().at(geometry)


def test_district_of_each_house_is_searched_for_once():
    points = [shape({"type": "Point", "coordinates": [76.91 + 0.01 * i, 43.21]}) for i in range(3)]
    table = Table(
        "h.csv", ("place", "number"), [("1", str(i)) for i in range(3)], ["row 2", "row 3", "row 4"]
    )
    mapping = ColumnMapping({"place": 0, "number": 1}, {}, {}, {})
    records = [Record(table, mapping, i, point) for i, point in enumerate(points)]
    book = CountingBook([District("west", Names(), MultiPolygon([shape(towns.polygon(towns.WEST))]))])

    houses = read_houses(records, book, [Place(1, "street", Names())], [], [])

    assert [house.district for house, _ in houses] == ["west", "west", ""]
    assert book.searches == 3


def test_street_that_a_gis_saved_as_a_multi_line_gives_the_same_hash(tmp_path):
    towns.districts(tmp_path)
    course = [[76.905, 43.21], [76.935, 43.21]]
    hashes = []
    for geometry in (
        {"type": "LineString", "coordinates": course},
        {"type": "MultiLineString", "coordinates": [course]},
    ):
        towns.geojson(tmp_path / "places.geojson", (geometry, {"id": 1, "kind": "street"}))
        recipe = towns.recipe(tmp_path, towns.DISTRICTS, '[places]\nfile = "places.geojson"\n')
        hashes.append(build_campaign(recipe, tmp_path / "t.gpkg").content_hash)
        assert open_campaign(tmp_path / "t.gpkg").campaign.places[0].geometry.geom_type == "LineString"

    assert hashes[0] == hashes[1]


def test_house_list_alone_names_the_precincts(tmp_path):
    (tmp_path / "places.csv").write_text("id,kind,districts\n1,street,west\n", "utf-8")
    (tmp_path / "houses.csv").write_text("place,number,precinct\n1,1,5\n1,3,6\n1,2,5\n", "utf-8")
    sections = '[places]\nfile="places.csv"\n[houses]\nfile="houses.csv"\n'

    build_campaign(towns.recipe(tmp_path, sections), tmp_path / "t.gpkg")

    precincts = open_campaign(tmp_path / "t.gpkg").campaign.precincts
    assert [(item.number, item.district, item.geometry) for item in precincts] == [
        (5, "west", None),
        (6, "west", None),
    ]


def test_progress_counts_up_to_the_end(tmp_path):
    told = []

    build_campaign(towns.town(tmp_path), tmp_path / "t.gpkg", progress=lambda *step: told.append(step))

    assert [name for name, _, _ in told] == [*LAYERS, "check", "write", "write"]
    assert [done for _, done, _ in told] == list(range(9))
    assert {total for _, _, total in told} == {8}


def test_failed_build_leaves_the_former_file_and_nothing_else(tmp_path):
    recipe = towns.town(tmp_path)
    out = tmp_path / "out" / "town.gpkg"
    out.parent.mkdir()
    build_campaign(recipe, out)
    former = out.read_bytes()
    (tmp_path / "stations.csv").write_text("precinct\n12a\n", "utf-8")

    with pytest.raises(SourceError):
        build_campaign(recipe, out)

    assert out.read_bytes() == former
    assert list(out.parent.iterdir()) == [out]


@contextmanager
def file_size_limited_to(size):
    """Makes the system refuse to write any file beyond a size, as a full disk would.

    The limit ends with the block: what pytest itself writes to a file must not meet it.
    """
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [1_000, 60_000, 120_000])
def test_disk_that_fills_up_while_writing_leaves_the_former_file_and_nothing_else(tmp_path, size):
    recipe = towns.town(tmp_path)
    out = tmp_path / "out" / "town.gpkg"
    out.parent.mkdir()
    build_campaign(recipe, out)
    former = out.read_bytes()
    assert len(former) > size

    with file_size_limited_to(size), pytest.raises(StoreError, match="room"):
        build_campaign(recipe, out)

    assert out.read_bytes() == former
    assert list(out.parent.iterdir()) == [out]


def test_output_folder_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(StoreError, match="folder is missing"):
        build_campaign(towns.town(tmp_path), tmp_path / "absent" / "town.gpkg")
