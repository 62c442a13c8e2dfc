"""The findings sheet: a clerk reads it, corrects it, gives it back, and the next build applies it."""

from __future__ import annotations

import pytest
from openpyxl import Workbook, load_workbook

from geo_service.campaign.build import build_campaign
from geo_service.campaign.file import open_campaign
from geo_service.errors import SourceError
from geo_service.house_lists.corrections import COLUMNS, SHEET
from tests.geo_service.house_lists.conftest import CAMPAIGN, found

PLACES = """id,kind,name_ru,districts
1,street,Абая,west
2,street,Сатпаева,west
3,street,Новая,west
4,street,Новая,west
"""
HOUSES = "place,number,district,lon,lat\n" + "".join(
    f"{place},{number},west,{76.90 + place * 0.005 + number * 0.0002:.4f},43.21\n"
    for place in (1, 2, 3, 4)
    for number in range(1, 11)
)
SOURCES = '[places]\nfile = "places.csv"\n[houses]\nfile = "houses.csv"\n'


def write(path, *rows, header=("№ участка", "Улица", "Дома")):
    book = Workbook()
    for row in (header, *rows):
        book.active.append(row)
    book.save(path)


@pytest.fixture
def town(tmp_path):
    """Four streets of ten houses, two of them of one name, and a list with everything that may go wrong."""
    (tmp_path / "places.csv").write_text(PLACES, "utf-8")
    (tmp_path / "houses.csv").write_text(HOUSES, "utf-8")
    write(
        tmp_path / "list.xlsx",
        (1, "улица Абая", "1-5"),
        (2, "улица Абая", "6-10, 3"),
        (2, "ул. Сатпаеа", "все"),
        (1, "улица Новая", "1-10"),
        (2, "улица Неведомая", "+СУММ(1)"),
        (2, "улица Абая", "1 напротив"),
    )
    return tmp_path


def build(folder, extra="", *, out="out.gpkg"):
    recipe = folder / "recipe.toml"
    lists = f'[house_lists]\nfile = "list.xlsx"\nauthority = "sample"\nfindings = "findings.xlsx"\n{extra}'
    recipe.write_text("\n".join([CAMPAIGN, SOURCES, lists]), "utf-8")
    report = build_campaign(recipe, folder / out)
    return open_campaign(folder / out).campaign, report.findings


def sheet_rows(folder):
    sheet = load_workbook(folder / "findings.xlsx")[SHEET]
    header = [cell.value for cell in sheet[1]]
    return sheet, header, list(sheet.iter_rows(min_row=2))


def fill_in(folder, **by_row):
    """Fill in the sheet as a clerk would: by the row of the list, the column and what to write."""
    book = load_workbook(folder / "findings.xlsx")
    sheet = book[SHEET]
    header = [cell.value for cell in sheet[1]]
    for cells in sheet.iter_rows(min_row=2):
        item = cells[header.index(COLUMNS["item"])].value
        for column, text in by_row.get(f"row_{item}", {}).items():
            cells[header.index(COLUMNS[column])].value = text
    book.save(folder / "corrected.xlsx")


def precincts(campaign, place):
    return [
        house.precinct
        for house in sorted(campaign.houses, key=lambda h: int(h.number))
        if house.place == place
    ]


def test_every_cell_has_its_outcome_in_the_sheet(town):
    campaign, findings = build(town)

    sheet, header, rows = sheet_rows(town)
    outcomes = [row[header.index("Нәтиже / Итог / Outcome")].value.rpartition("/ ")[2] for row in rows]
    assert outcomes == [
        "in two precincts", "in two precincts", "check", "ambiguous", "not understood", "not understood",
    ]  # fmt: skip
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:K7")
    assert precincts(campaign, 1) == [1, 1, None, 1, 1, 2, 2, 2, 2, 2]
    assert precincts(campaign, 2) == [2] * 10
    assert precincts(campaign, 3) == precincts(campaign, 4) == [None] * 10
    (two,) = found(findings, "list_house_in_two")
    assert (two.values["numbers"], two.values["precincts"]) == ("3", "1, 2")
    assert [f.values["name"] for f in found(findings, "list_street_otherwise")] == ["улица Сатпаева"]


def test_no_text_of_a_list_becomes_a_formula(town):
    build(town)

    _, _, rows = sheet_rows(town)
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "inlineStr"}
    assert [c.value for row in rows for c in row if isinstance(c.value, str) and c.value[:1] in "=+-@"] == []


def test_corrections_are_applied_by_the_next_build(town):
    build(town)
    fill_in(
        town,
        row_3={"right_houses": "6-10"},
        row_4={"decision": "да"},
        row_5={"decision": "2"},
        row_6={"decision": "пропустить"},
        row_7={"decision": "нет"},
    )

    campaign, findings = build(town, 'corrections = "corrected.xlsx"')

    assert precincts(campaign, 1) == [1] * 5 + [2] * 5
    assert precincts(campaign, 4) == [1] * 10
    assert precincts(campaign, 3) == [None] * 10
    assert found(findings, "list_corrections_applied")[0].values["count"] == 5
    assert len(found(findings, "list_cell_left_out")) == 2
    left = {f.code for f in findings if f.severity == "error" and f.code.startswith("list")}
    assert left == set()


def test_street_that_the_clerk_writes_instead_is_taken(town):
    build(town)
    fill_in(town, row_6={"right_street": "улица Сатпаева", "right_houses": "1, 2"})

    _, findings = build(town, 'corrections = "corrected.xlsx"')

    assert "list_street_missing" not in {finding.code for finding in findings}
    assert found(findings, "list_houses_repeated") == []


def test_correction_of_a_cell_that_was_changed_since_is_told(town):
    build(town)
    fill_in(town, row_5={"decision": "2"})
    write(town / "list.xlsx", (1, "улица Абая", "1-5"))

    _, findings = build(town, 'corrections = "corrected.xlsx"')

    (finding,) = found(findings, "list_correction_unused")
    assert "улица Новая" in finding.values["text"]


def test_decision_that_is_none_is_refused_with_its_row(town):
    build(town)
    fill_in(town, row_5={"decision": "7"})

    with pytest.raises(SourceError) as caught:
        build(town, 'corrections = "corrected.xlsx"')

    assert (caught.value.place.file, caught.value.place.item) == ("corrected.xlsx", "row 5")
    assert "1, 2" in caught.value.remedy


def test_sheet_without_its_columns_is_no_findings_sheet(town):
    write(town / "corrected.xlsx", (1, 2, 3))

    with pytest.raises(SourceError, match="no findings sheet"):
        build(town, 'corrections = "corrected.xlsx"')


def test_new_sheet_keeps_what_was_decided(town):
    """The next sheet, corrected further and given back, loses nothing of the first one."""
    build(town)
    book = load_workbook(town / "findings.xlsx")
    for row in book[SHEET].iter_rows(min_row=2):
        if row[3].value == "улица Новая":
            row[10].value = 2
        if row[4].value == "1 напротив":
            row[9].value = "2"
    book.save(town / "corrected.xlsx")

    first, _ = build(town, 'corrections = "corrected.xlsx"')
    (town / "findings.xlsx").replace(town / "corrected.xlsx")
    again, _ = build(town, 'corrections = "corrected.xlsx"')

    assert again.houses == first.houses
    assert any(house.precinct == 1 for house in again.houses if house.place in (3, 4))


def test_cell_of_several_streets_is_corrected_from_the_sheet(town):
    write(
        town / "list.xlsx",
        (1, "от ул. Абая до ул. Сатпаева"),
        (2, "ул. Абая: 6-10"),
        header=("№ участка", "Границы"),
    )
    build(town)
    fill_in(town, row_2={"right_houses": "ул. Абая: 1-5; ул. Сатпаева: все"})

    campaign, findings = build(town, 'corrections = "corrected.xlsx"')

    assert precincts(campaign, 1) == [1] * 5 + [2] * 5
    assert precincts(campaign, 2) == [1] * 10
    assert found(findings, "list_cell_unclear") == []
    again = [[cell.value for cell in row] for row in sheet_rows(town)[2]]
    assert any("ул. Абая: 1-5; ул. Сатпаева: все" in row for row in again)
