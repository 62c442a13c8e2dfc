"""What the tests share: a campaign small enough to see, and the open data of Almaty where it lies beside.

The small campaign, columns 0 to 3 from west to east, rows 0 to 2 from south to north. Every corner is shared
by the cells around it, so the territorial precincts tile the city exactly:

    row 2 |  20  |  7   |  31  |  11  |
    row 1 |  12  | 15(5)|  9   |  14  |      5 is an enclave inside 15
    row 0 |  3   |  20  |  8   |  2   |      20 has two parts that meet nowhere
            almaly almaly bostandyk medeu

Special precincts: 901 lies inside 7, 902 across the border of 9 and 14.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import settings
from shapely import LineString, MultiLineString, MultiPolygon, Point, Polygon

from geo_service.campaign.file import CampaignFile, open_campaign, write_campaign
from geo_service.campaign.model import (
    Accessibility,
    Alias,
    CallCentre,
    Campaign,
    CampaignInfo,
    District,
    Finding,
    House,
    Names,
    Place,
    Precinct,
    Rule,
    Station,
)
from geo_service.sample_city.generate import generate_sample
from geo_service.settings import Settings
from geo_service.web.app import create_app

# Properties hold on a slow machine too.
settings.register_profile("project", parent=settings(), deadline=None)
settings.load_profile("project")

REPO = Path(__file__).resolve().parents[1]

WEST, SOUTH, WIDTH, HEIGHT = 76.90, 43.22, 0.010, 0.007
CELLS = {3: [(0, 0)], 8: [(2, 0)], 2: [(3, 0)], 12: [(0, 1)], 15: [(1, 1)], 9: [(2, 1)], 14: [(3, 1)],
         20: [(1, 0), (0, 2)], 7: [(1, 2)], 31: [(2, 2)], 11: [(3, 2)]}  # fmt: skip
ENCLAVE = [(76.913, 43.229), (76.9172, 43.2291), (76.9168, 43.2322), (76.9131, 43.2318)]
HOSPITAL = [(76.9135, 43.2365), (76.9155, 43.2365), (76.9155, 43.2385), (76.9135, 43.2385)]
BARRACKS = [(76.9285, 43.2295), (76.9325, 43.2297), (76.9321, 43.2319), (76.9287, 43.2316)]
DISTRICT_COLUMNS = {"almaly": (0, 2), "bostandyk": (2, 3), "medeu": (3, 4)}


@pytest.fixture(scope="session")
def almaty_data() -> Path:
    """The directory of Almaty's open data, outside the repository."""
    directory = REPO.parent / "shared" / "data" / "almaty"
    if not directory.is_dir():
        pytest.skip("the open data of Almaty are not beside the repository (../shared/data/almaty)")
    return directory


@pytest.fixture(scope="session")
def small_campaign() -> Campaign:
    """A campaign of 3 districts, 12 territorial and 2 special precincts; see the top of this file."""
    return Campaign(_info(), _districts(), _precincts(), _stations(), _places(), _houses(), _aliases())


@pytest.fixture(scope="session")
def small_findings() -> tuple[Finding, ...]:
    """What a build might have noticed about the small campaign."""
    return (
        Finding("station_without_point", "warning", precinct=31, file="stations.csv", item="row 12"),
        Finding("precincts_overlap", "warning", precinct=9, values={"other": 14, "area_m2": 1.5}),
    )


@pytest.fixture(scope="session")
def small_campaign_path(
    small_campaign: Campaign, small_findings: tuple[Finding, ...], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The campaign file of `small_campaign`. Do not write to it; copy it first."""
    path = tmp_path_factory.mktemp("small_campaign") / "small.gpkg"
    write_campaign(path, small_campaign, findings=small_findings)
    return path


@pytest.fixture(scope="session")
def sample_city_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The generated sample city; generating takes seconds, so all tests share one."""
    path = tmp_path_factory.mktemp("sample-city") / "sample.gpkg"
    generate_sample(path)
    return path


@pytest.fixture(scope="session")
def sample_city(sample_city_path: Path) -> CampaignFile:
    """The sample city, opened."""
    return open_campaign(sample_city_path)


@pytest.fixture(scope="session")
def real_streets(almaty_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, CampaignFile]:
    """The report of the generator on the real layers, and the campaign, opened."""
    path = tmp_path_factory.mktemp("real-layers") / "real-streets.gpkg"
    report = generate_sample(
        path, streets=almaty_data / "streets.geojson", districts=almaty_data / "districts.geojson"
    )
    return report, open_campaign(path)


@pytest.fixture(scope="session")
def real_streets_city(real_streets: tuple[Any, CampaignFile]) -> CampaignFile:
    """The sample on the real streets, opened."""
    return real_streets[1]


@pytest.fixture(scope="session")
def service_settings(small_campaign_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a service that answers from the small campaign."""
    return Settings(store=tmp_path_factory.mktemp("store"), campaign=small_campaign_path)


@pytest.fixture(scope="session")
def app(service_settings: Settings) -> Flask:
    """The web application on the small campaign, its map rendered."""
    return create_app(service_settings)


def _corner(column: int, row: int) -> tuple[float, float]:
    """A corner of the tiling; those inside the city are displaced, so that no border runs due north."""
    inner = 0 < column < 4 and 0 < row < 3
    east, north = ((column * 7 + row * 3) % 5 - 2, (column * 4 + row) % 5 - 2) if inner else (0, 0)
    return (
        round(WEST + column * WIDTH + east * 0.00053, 7),
        round(SOUTH + row * HEIGHT + north * 0.00037, 7),
    )


def _ring(first_column: int, end_column: int, first_row: int, end_row: int) -> list[tuple[float, float]]:
    """The corners around a block of cells, counter-clockwise, none left out."""
    south = [_corner(column, first_row) for column in range(first_column, end_column)]
    east = [_corner(end_column, row) for row in range(first_row, end_row)]
    north = [_corner(column, end_row) for column in range(end_column, first_column, -1)]
    west = [_corner(first_column, row) for row in range(end_row, first_row, -1)]
    return [*south, *east, *north, *west]


def _polygon(ring: list[tuple[float, float]]) -> MultiPolygon:
    return MultiPolygon([Polygon(ring)])


def _info() -> CampaignInfo:
    return CampaignInfo(
        id="small-sample",
        names=Names("Сынақ дауыс беру", "Пробное голосование", "Sample vote"),
        date="2026-03-15",
        city=Names("Алматы", "Алматы", "Almaty"),
        data_date="2026-02-01",
        call_centre=CallCentre("109", "08:00", "22:00"),
        source="invented for tests",
        licence="CC0-1.0",
        links={"commission": "https://www.election.gov.kz"},
        rules=(
            Rule(
                "document",
                Names("Қандай құжат керек?", "Какой документ нужен?", "Which document?"),
                Names("Жеке куәлік", "Удостоверение личности", "Identity card"),
                registrations=("here",),
            ),
        ),
        is_sample=True,
    )


def _districts() -> tuple[District, ...]:
    names = {
        "almaly": Names("Алмалы ауданы", "Алмалинский район", "Almaly District"),
        "bostandyk": Names("Бостандық ауданы", "Бостандыкский район", "Bostandyk District"),
        "medeu": Names("Медеу ауданы", "Медеуский район", "Medeu District"),
    }
    return tuple(
        District(code, names[code], _polygon(_ring(first, end, 0, 3)))
        for code, (first, end) in DISTRICT_COLUMNS.items()
    )


def _district_of(column: int) -> str:
    return next(code for code, (first, end) in DISTRICT_COLUMNS.items() if first <= column < end)


def _precincts() -> tuple[Precinct, ...]:
    territorial = [
        Precinct(
            number,
            "territorial",
            _district_of(cells[0][0]),
            "sample",
            voters=1000 + number,
            geometry=MultiPolygon(
                [
                    Polygon(_ring(column, column + 1, row, row + 1), [ENCLAVE] if number == 15 else [])
                    for column, row in cells
                ]
            ),
        )
        for number, cells in CELLS.items()
    ]
    enclave = Precinct(5, "territorial", "almaly", "sample", geometry=_polygon(ENCLAVE))
    hospital = Names("№ 7 қалалық аурухана", "Городская больница № 7", "City Hospital No. 7")
    barracks = Names(None, "Воинская часть", None)
    special = [
        Precinct(901, "special", "almaly", "sample", "open", 240, hospital, _polygon(HOSPITAL)),
        Precinct(902, "special", "bostandyk", "sample", "open", None, barracks, _polygon(BARRACKS)),
    ]
    return tuple(sorted([*territorial, enclave, *special], key=lambda precinct: precinct.number))


def _stations() -> tuple[Station, ...]:
    """One a precinct: 3 and 12 share a building; that of 31 has no point; that of 8 lies inside 2."""
    school = Names("№ 144 мектеп-гимназия", "Школа-гимназия № 144", "School-Gymnasium No. 144")
    address = Names("Абай даңғылы, 45", "проспект Абая, 45", "45 Abay Avenue")
    college = Names("Политехникалық колледж", "Политехнический колледж", "Polytechnic College")
    street = Names("Төле би көшесі, 12/1", "улица Толе би, 12/1", "12/1 Tole Bi Street")
    hospital = Names("№ 7 қалалық аурухана", "Городская больница № 7", "City Hospital No. 7")
    positions = {2: (76.9345, 43.2236), 3: (76.9052, 43.2263), 5: (76.9151, 43.2305), 7: (76.9161, 43.2377),
                 8: (76.9312, 43.2231), 9: (76.9251, 43.2309), 11: (76.9352, 43.2379), 12: (76.9052, 43.2263),
                 14: (76.9355, 43.2305), 15: (76.9111, 43.2281), 20: (76.9148, 43.2233),
                 901: (76.9145, 43.2375), 902: (76.9301, 43.2308)}  # fmt: skip
    full = Accessibility("yes", "yes", "no", "yes", "unknown", "yes")
    first = Station(
        2, "b2", college, street, phone="+7 727 000 00 02", location_source="coordinates", accessibility=full
    )
    special = [
        Station(
            number, f"b{number}", hospital, address, "06:00", "18:00", True, location_source="coordinates"
        )
        for number in (901, 902)
    ]
    shared = [Station(number, "b3", school, address, location_source="coordinates") for number in (3, 12)]
    others = [
        Station(number, f"b{number}", school, address, location_source="address")
        for number in (5, 7, 8, 9, 11, 14, 15, 20)
    ]
    pointless = Station(31, "b31", Names(None, "Дом культуры", None), Names(None, "улица Толе би, 99", None))
    stations = [
        _moved(station, *positions[station.precinct]) for station in [first, *shared, *others, *special]
    ]
    return tuple(sorted([*stations, pointless], key=lambda station: station.precinct))


def _moved(station: Station, lon: float, lat: float) -> Station:
    values = {name: getattr(station, name) for name in Station.__dataclass_fields__}
    return Station(**{**values, "lon": lon, "lat": lat})


def _places() -> tuple[Place, ...]:
    row_1 = [_corner(column, 1) for column in range(5)]
    column_1 = [_corner(1, row) for row in range(4)]
    parts = [
        LineString([(76.921, 43.2210), (76.921, 43.2260)]),
        LineString([(76.922, 43.2290), (76.923, 43.2400)]),
    ]
    orbita = Names("Орбита-1", "Орбита-1", "Orbita-1")
    every = ("almaly", "bostandyk", "medeu")
    return (
        Place(1, "avenue", Names("Абай", "Абая", "Abay"), every, None, LineString(row_1)),
        Place(2, "street", Names("Төле би", "Толе би", "Tole Bi"), ("almaly",), None, LineString(column_1)),
        Place(3, "street", Names(None, "Садовая", None), ("bostandyk",), None, MultiLineString(parts)),
        Place(4, "microdistrict", orbita, ("medeu",), None, Point(76.936, 43.224)),
        Place(5, "street", Names("Биржан сал", "Биржан сал", "Birzhan Sal"), ("medeu",), 4, None),
    )  # fmt: skip


def _houses() -> tuple[House, ...]:
    """House 45 of place 1 stands inside 3, but its house list says 12."""
    return (
        House(1, "1", "almaly", 3, "sample", 2, 76.9012, 43.2262),
        House(1, "12/1", "bostandyk", None, None, None, 76.9243, 43.2305),
        House(1, "12А", "almaly", 15, "sample", 64, 76.9121, 43.2276),
        House(1, "45", "almaly", 12, "sample", 120, 76.9051, 43.2261),
        House(2, "7", "almaly"),
        House(3, "10", "bostandyk", 8, "sample", 18, 76.9215, 43.2231),
        House(4, "3", "medeu", 2, "sample", 210, 76.9361, 43.2241),
        House(4, "4", "medeu", 2, "sample", None, None, None),
    )


def _aliases() -> tuple[Alias, ...]:
    return (
        Alias(2, "Комсомольская", "ru", "old", None, "1995-01-01", "renamings"),
        Alias(2, "Толеби", "ru", "spelling"),
        Alias(4, "Орбита", "ru", "colloquial", source="usage"),
    )
