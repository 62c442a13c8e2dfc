"""The runbook, followed literally: its commands are run and its lines of the recipe written, in their order.

The town is made here: two districts, twelve precincts on a grid, one street for each row of it, ten houses a
precinct. The list spells one street wrongly, so that there is something to correct.

    row 2 | 109  110 | 111  112    проспект Толе би
    row 1 | 105  106 | 107  108    улица Жамбыла
    row 0 | 101  102 | 103  104    улица Абая
            batys      shygys
"""

from __future__ import annotations

import re
import shlex
import subprocess
import zipfile
from pathlib import Path

import geopandas
import openpyxl
import pytest
from click.testing import CliRunner
from shapely import LineString, Point, box

from geo_service.campaign.file import open_campaign
from geo_service.cli import cli
from geo_service.finder import Finder
from geo_service.store.store import Store
from tests.geo_service.serving import serving

REPO = Path(__file__).resolve().parents[2]
RUNBOOK = REPO / "docs" / "next-campaign.md"

WEST, SOUTH, WIDTH, HEIGHT = 71.30, 42.88, 0.010, 0.008
COLUMNS = 4
STREETS = [("street", "Абай", "Абая"), ("street", "Жамбыл", "Жамбыла"), ("avenue", "Төле би", "Толе би")]
KIND_WORDS = {"street": "ул.", "avenue": "пр."}
CELLS = {101 + row * COLUMNS + column: (column, row) for row in range(3) for column in range(COLUMNS)}
HOUSES_EACH = 10
MISSPELT = 103


def first_house(number):
    return CELLS[number][0] * HOUSES_EACH + 1


def write_layer(path, columns, shapes, crs="EPSG:4326"):
    geopandas.GeoDataFrame(columns, geometry=list(shapes), crs="EPSG:4326").to_crs(crs).to_file(path)


def write_workbook(path, rows):
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.save(path)


def write_borders(data):
    middle, east, north = WEST + 2 * WIDTH, WEST + 4 * WIDTH, SOUTH + 3 * HEIGHT
    write_layer(
        data / "districts.geojson",
        {
            "code": ["batys", "shygys"],
            "name_kk": ["Батыс ауданы", "Шығыс ауданы"],
            "name_ru": ["Западный район", "Восточный район"],
        },
        [box(WEST, SOUTH, middle, north), box(middle, SOUTH, east, north)],
    )
    cells = [
        box(WEST + c * WIDTH, SOUTH + r * HEIGHT, WEST + (c + 1) * WIDTH, SOUTH + (r + 1) * HEIGHT)
        for c, r in CELLS.values()
    ]
    shapefile = data / "precincts.shp"
    write_layer(shapefile, {"NOMER": [f"№ {number}" for number in CELLS]}, cells, "EPSG:32642")
    with zipfile.ZipFile(data / "precincts.zip", "w") as archive:
        for part in sorted(data.glob("precincts.*")):
            if part.suffix != ".zip":
                archive.write(part, part.name)
                part.unlink()


def write_places(data):
    lines = [
        LineString([(WEST, y), (WEST + COLUMNS * WIDTH, y)])
        for y in (SOUTH + (row + 0.5) * HEIGHT for row in range(3))
    ]
    kinds, names_kk, names_ru = zip(*STREETS, strict=True)
    columns = {"id": [1, 2, 3], "kind": kinds, "name_kk": names_kk, "name_ru": names_ru}
    write_layer(data / "streets.gpkg", columns, lines)
    houses = [
        (row + 1, str(first_house(number) + step), Point(
            WEST + (column + (step + 0.5) / HOUSES_EACH) * WIDTH, SOUTH + (row + 0.52) * HEIGHT
        ))
        for number, (column, row) in CELLS.items()
        for step in range(HOUSES_EACH)
    ]  # fmt: skip
    places, numbers, points = zip(*houses, strict=True)
    write_layer(data / "houses.gpkg", {"place": places, "number": numbers}, points)


def write_lists(data):
    stations = [["№ участка", "Наименование", "Адрес", "Широта", "Долгота"]]
    houses = [["№ участка", "Улица", "Дома"]]
    for number, (column, row) in CELLS.items():
        kind, _, name = STREETS[row]
        first = first_house(number)
        lat, lon = SOUTH + (row + 0.53) * HEIGHT, WEST + (column + 0.5) * WIDTH
        address = f"{KIND_WORDS[kind]} {name}, {first}"
        stations.append([number, f"Школа № {number - 100}", address, round(lat, 6), round(lon, 6)])
        spelt = "Обая" if number == MISSPELT else name
        houses.append([number, f"{KIND_WORDS[kind]} {spelt}", f"{first}-{first + HOUSES_EACH - 1}"])
    write_workbook(data / "stations.xlsx", stations)
    write_workbook(data / "house-list.xlsx", houses)


class Follower:
    """Somebody who follows the runbook, block by block."""

    def __init__(self, folder, store, monkeypatch):
        self.store = store
        self.outputs: dict[str, list[str]] = {}
        self._folder, self._monkeypatch = folder, monkeypatch
        monkeypatch.chdir(folder)
        monkeypatch.setenv("GEO_SERVICE_STORE", str(store))
        monkeypatch.setenv("GEO_SERVICE_LANGUAGE", "en")
        monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "no-config"))

    def follow(self, kind, text):
        if kind == "toml":
            self._edit_recipe(text)
            return
        joined = text.replace("\\\n", " ")
        for command in re.findall(r"^\$ (.+)$", joined, re.MULTILINE):
            self._run(command)

    def _run(self, command):
        name, *arguments = shlex.split(command)
        if name == "cd":
            self._monkeypatch.chdir(Path.cwd() / arguments[0])
            write_everything(Path.cwd() / "data")
        elif name == "export":
            self._monkeypatch.setenv(*arguments[0].split("=", 1))
        elif name == "geo-service" and arguments[0] == "serve":
            with serving(self.store):
                self.outputs["serve"] = ["answers"]
        elif name == "geo-service" and ">" not in arguments:
            self._run_program(arguments)
        elif name == "geo-service":
            position = arguments.index(">")
            Path(arguments[position + 1]).write_text(self._run_program(arguments[:position]), "utf-8")
        else:
            subprocess.run([name, *arguments], check=True)

    def _run_program(self, arguments):
        result = CliRunner().invoke(cli, arguments)
        differs = arguments[0] == "diff"
        assert result.exit_code == int(differs), (arguments, result.output, result.exception)
        self.outputs.setdefault(arguments[0], []).append(result.output)
        return result.stdout

    def _edit_recipe(self, text):
        recipe = Path("recipe.toml")
        before = recipe.read_text("utf-8")
        if text.startswith("[campaign]"):
            after = re.sub(r"\[campaign\]\n(?:\w.*\n|#.*\n)*", text, before, count=1)
        else:
            after = f"{before.rstrip()}\n" + ("\n" if text.startswith("[") else "") + text
        recipe.write_text(after, "utf-8")
        if text.startswith("corrections"):
            fill_in_findings(Path("house-findings.xlsx"), Path("house-corrections.xlsx"))


def write_everything(data):
    write_borders(data)
    write_places(data)
    write_lists(data)


def fill_in_findings(sheet, corrected):
    """Write the number of the first candidate wherever candidates stand, as the runbook says."""
    workbook = openpyxl.load_workbook(sheet)
    for row in workbook.worksheets[0].iter_rows(min_row=2):
        if row[-4].value:
            row[-1].value = "1"
    workbook.save(corrected)


def blocks():
    found = re.findall(r"^```(console|toml)\n(.*?)^```", RUNBOOK.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(found) > 12
    return found


@pytest.fixture
def followed(tmp_path, monkeypatch, small_campaign_path):
    """The runbook followed from its first to its last line, beside the campaign of another town."""
    store = tmp_path / "store"
    Store(store).publish(small_campaign_path)
    follower = Follower(tmp_path, store, monkeypatch)
    for kind, text in blocks():
        follower.follow(kind, text)
    return follower


def test_runbook_leads_from_an_empty_folder_to_a_published_amended_and_archived_campaign(followed):
    outputs, store = followed.outputs, Store(followed.store)
    built = open_campaign("taraz-2027.gpkg").campaign
    red, green = outputs["build"]

    assert "Red" in red
    assert "Red" not in green
    assert (built.info.date, built.info.city.ru, built.info.call_centre.number) == (
        "2027-05-16", "Тараз", "1414",
    )  # fmt: skip
    assert [precinct.number for precinct in built.precincts] == list(CELLS)
    assert {(house.place, house.number): house.precinct for house in built.houses} == {
        (row + 1, str(first_house(number) + step)): number
        for number, (_, row) in CELLS.items()
        for step in range(HOUSES_EACH)
    }
    assert "added: 12, gone: 14" in outputs["diff"][0]
    assert "103" in outputs["find"][0]
    assert "109" in outputs["find"][1]
    assert "Дом культуры" in outputs["changes"][0]
    assert len(store.history().published()) == 4

    current = Finder.open(store.current())
    station = current.campaign.stations_by_precinct[103]
    moved = [house for house in current.campaign.houses if (house.place, house.number) == (1, "30")]
    assert (station.names.kk, station.address.ru) == ("Мәдениет үйі", "улица Жамбыла, 25")
    assert [house.precinct for house in moved] == [103]  # the rollback took the second amendment back
    assert Path("taraz-2027.tar.gz").stat().st_size > 0
    assert "<html" in Path("changes.html").read_text("utf-8")
    assert "<html" in Path("quality.html").read_text("utf-8")


def test_runbook_names_every_command_that_it_needs():
    text = RUNBOOK.read_text("utf-8")

    named = {"recipe", "build", "check", "diff", "publish", "approve", "campaigns", "serve", "find",
             "amend", "changes", "rollback"}  # fmt: skip
    assert {name for name in named if f"$ geo-service {name}" in text} == named
    assert named <= set(cli.commands)
