"""Lists whose precincts stand in rows of their own, above their streets."""

from __future__ import annotations

import pytest

from geo_service.house_lists.section_rows import DISTRICT, PRECINCT, STATION, with_sections
from geo_service.sources.base import Table
from tests.geo_service.house_lists.conftest import found
from tests.geo_service.house_lists.test_list_tables import build, build_list, listed

HEADER = ("Улица", "Дома")


def sectioned(*rows, above=()):
    items = [f"row {number}" for number in range(2, len(rows) + 2)]
    return with_sections(Table("list.xlsx", HEADER, rows, items), above)


def cells(table, *columns):
    positions = [table.columns.index(column) for column in columns]
    return [tuple(row[position] for position in positions) for row in table.rows]


@pytest.mark.parametrize(
    ("heading", "precinct", "station"),
    [
        ("Избирательный участок № 12", "12", ""), ("№ 12 сайлау учаскесі", "12", ""), ("УИК 12", "12", ""),
        ("Участок референдума №12", "12", ""), ("Границы избирательного участка № 12", "12", ""),
        ("Участок № 12 (школа № 14)", "12", "школа № 14"),
        ("Участок № 12. Центр: школа № 14", "12", "школа № 14"),
        ("Участки № 12, 13", "Участки № 12, 13", ""), ("Участок № 12 и 13", "Участок № 12 и 13", ""),
        ("Участок № 12-А", "Участок № 12-А", ""), ("Участок № 12 (13)", "Участок № 12 (13)", ""),
    ],
)  # fmt: skip
def test_heading(heading, precinct, station):
    """A number in doubt is left as it is written, never guessed and never that of the section before."""
    table = sectioned(("Участок № 7", None), ("Абая", "1"), (heading, None), ("Абая", "2"))

    assert cells(table, "Дома", PRECINCT, STATION) == [("1", "7", ""), ("2", precinct, station)]
    assert table.items == ["row 3", "row 5"]


def test_heading_in_merged_cells_and_in_two_cells():
    table = sectioned(("Участок № 7",) * 2, ("Абая", "1"), ("Избирательный участок", "№ 8"), ("Абая", "2"))

    assert cells(table, PRECINCT) == [("7",), ("8",)]


def test_rows_that_name_no_street():
    table = sectioned(
        ("Медеуский район", None), ("Участок № 7", None), ("Центр:", "школа № 14"), ("Границы:", None),
        HEADER, ("Абая", "1"), ("Итого по участку: 2100", None), ("Ауэзовский район", None), ("Абая", "3"),
    )  # fmt: skip

    assert cells(table, "Дома", PRECINCT, STATION, DISTRICT) == [
        ("1", "7", "школа № 14", "Медеуский район"),
        ("3", "", "", "Ауэзовский район"),
    ]


def test_section_without_streets_is_not_lost():
    table = sectioned(("Участок № 7", None), ("Участок № 8", None), ("Центр: больница № 1", None))

    assert cells(table, "Улица", PRECINCT, STATION) == [
        ("Участок № 7", "7", ""),
        (None, "8", "больница № 1"),
    ]


def test_heading_above_the_header():
    table = sectioned(("Абая", "1"), ("Участок № 8", None), ("Абая", "2"), above=["Решение", "Участок № 7"])

    assert cells(table, PRECINCT) == [("7",), ("8",)]


def test_list_without_headings_is_left_alone():
    table = Table("list.xlsx", HEADER, [("Абая", "1"), ("Участковая", "12")], ["row 2", "row 3"])

    assert with_sections(table) is table


def test_build_of_a_workbook(tmp_path):
    campaign, findings = build(
        tmp_path,
        ("Избирательный участок № 12", None),
        ("Центр: школа № 14", None),
        ("ул. Абая", "1-3"),
        ("Избирательный участок № 13-Б", None),
        ("ул. Абая", "4"),
        header=HEADER,
    )

    assert listed(campaign) == {"1": 12, "2": 12, "3": 12, "4": None, "5А": None}
    assert [station.names.ru for station in campaign.stations] == ["школа № 14"]
    assert [finding.item for finding in found(findings, "list_precinct_unreadable")] == ["row 6"]


def test_build_of_a_text_file(tmp_path):
    build(tmp_path, ("7", "ул. Абая", "1"))
    (tmp_path / "list.csv").write_text("Улица;Дома\nУчасток № 12;\nул. Абая;1, 2\n", "cp1251")

    campaign, _ = build_list(tmp_path, 'file = "list.csv"\nencoding = "cp1251"')

    assert listed(campaign) == {"1": 12, "2": 12, "3": None, "4": None, "5А": None}
