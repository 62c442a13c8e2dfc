"""XLSX and ODS as tables: what spreadsheet programs do to a list is undone or told, nothing guessed."""

from __future__ import annotations

import contextlib
import datetime as dt
import zipfile

import pandas as pd
import pyogrio
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from geo_service.errors import SourceError
from geo_service.sources import workbook_scan
from geo_service.sources.base import ReadOptions
from geo_service.sources.registry import read_table
from geo_service.sources.sheet_facts import column_name
from geo_service.sources.workbook_scan import MAX_CELLS

ROWS = [("№ участка", "Улица", "Дома"), (1, "Абая", "1, 3"), (2, "Сатпаева", 12.0)]


def write(path, rows=ROWS, change=None):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change is not None:
        change(book)
    book.save(path)
    return path


def codes(table):
    return [finding.code for finding in table.findings]


def test_xlsx_is_a_table_with_rows_as_the_spreadsheet_counts_them(tmp_path):
    table = read_table(write(tmp_path / "list.xlsx"))

    assert table.name == "list.xlsx"
    assert table.columns == ("№ участка", "Улица", "Дома")
    assert list(table.rows) == [(1.0, "Абая", "1, 3"), (2.0, "Сатпаева", 12.0)]
    assert list(table.items) == ["row 2", "row 3"]
    assert codes(table) == []


def test_ods_written_by_gdal_is_the_same_table(tmp_path):
    frame = pd.DataFrame({"Участок": [1, 2], "Улица": ["Абая", "Сәтбаев"], "Дома": ["1, 3", "12"]})
    pyogrio.write_dataframe(frame, tmp_path / "list.ods", driver="ODS", layer="Тізім")
    pyogrio.write_dataframe(frame, tmp_path / "list.xlsx", driver="XLSX", layer="Тізім")

    tables = [read_table(tmp_path / name) for name in ("list.ods", "list.xlsx")]

    assert tables[0].columns == tables[1].columns == ("Участок", "Улица", "Дома")
    assert list(tables[0].rows) == list(tables[1].rows)
    assert list(tables[0].items) == ["row 2", "row 3"]


def test_title_rows_empty_rows_and_columns_are_passed_over(tmp_path):
    rows = [
        ("Список домов",),
        (),
        *[(None, *row[:1], None, *row[1:]) for row in ROWS],
        (),
        (None, 3, None, "Абая", "5"),
    ]

    table = read_table(write(tmp_path / "list.xlsx", rows))

    assert table.columns == ("№ участка", "Улица", "Дома")
    assert list(table.items) == ["row 4", "row 5", "row 7"]


def test_row_that_numbers_the_columns_is_left_out_and_told(tmp_path):
    table = read_table(write(tmp_path / "list.xlsx", [ROWS[0], (1, 2, 3), *ROWS[1:]]))

    assert list(table.items) == ["row 3", "row 4"]
    assert codes(table) == ["numbering_row"]


def test_merged_cells_are_filled_and_told(tmp_path):
    rows = [ROWS[0], (1, "Абая", "1"), (None, None, "3"), (2, "Абая", "5")]

    table = read_table(write(tmp_path / "list.xlsx", rows, lambda book: book.active.merge_cells("A2:B3")))

    # Merged to the right as well: what stands in one cell of the sheet stands in all that it covers.
    assert list(table.rows) == [(1.0, 1.0, "1"), (1.0, 1.0, "3"), (2.0, "Абая", "5")]
    assert codes(table) == ["cells_merged"]


def test_header_of_two_rows_names_both(tmp_path):
    rows = [("Участок", "Адрес", None), (None, "Улица", "Дом"), (1, "Абая", "5")]

    def merge(book):
        book.active.merge_cells("B1:C1")
        book.active.merge_cells("A1:A2")

    table = read_table(write(tmp_path / "list.xlsx", rows, merge))

    assert table.columns == ("Участок", "Адрес / Улица", "Адрес / Дом")
    assert list(table.rows) == [(1.0, "Абая", "5")]


def test_column_without_header_is_called_by_its_letter(tmp_path):
    table = read_table(write(tmp_path / "list.xlsx", [(*ROWS[0], None), (*ROWS[1], "x"), ROWS[2]]))

    assert table.columns[-1] == "D"


def test_hidden_rows_are_read_and_told(tmp_path):
    def hide(book):
        book.active.row_dimensions[3].hidden = True

    table = read_table(write(tmp_path / "list.xlsx", change=hide))

    assert len(table.rows) == 2
    (finding,) = table.findings
    assert (finding.code, finding.item, finding.values["count"]) == ("rows_hidden", "row 3", 1)


def test_hidden_sheet_is_told_and_the_shown_one_read(tmp_path):
    def hide(book):
        sheet = book.create_sheet("Черновик")
        sheet["A1"] = 5
        sheet.sheet_state = "hidden"

    table = read_table(write(tmp_path / "list.xlsx", change=hide))

    assert table.name == "list.xlsx [Sheet]"
    assert [dict(finding.values) for finding in table.findings] == [{"names": "Черновик"}]


def test_sheet_is_chosen_by_its_name(tmp_path):
    def add(book):
        book.create_sheet("Участки").append(("Участок", "Центр"))
        book["Участки"].append((1, "Школа"))

    write(tmp_path / "list.xlsx", change=add)

    assert read_table(tmp_path / "list.xlsx", ReadOptions("Участки")).columns == ("Участок", "Центр")
    with pytest.raises(SourceError, match="2 sheets with values: Sheet, Участки"):
        read_table(tmp_path / "list.xlsx")
    with pytest.raises(SourceError, match='no sheet "Лист9"'):
        read_table(tmp_path / "list.xlsx", ReadOptions("Лист9"))


def test_date_stays_a_date(tmp_path):
    table = read_table(write(tmp_path / "list.xlsx", [ROWS[0], (1, "Абая", dt.date(2026, 1, 12))]))

    assert table.rows[0][2] == dt.date(2026, 1, 12)


def test_formula_with_its_result_is_read_and_one_without_is_refused(tmp_path):
    write(tmp_path / "list.xlsx", [ROWS[0], (1, "Абая", "=A2")])

    with pytest.raises(SourceError, match="C2 holds a formula") as caught:
        read_table(tmp_path / "list.xlsx")
    assert caught.value.place.item == "Sheet!C2"

    edit(tmp_path / "list.xlsx", "xl/worksheets/sheet1.xml", b"<f>A2</f><v />", b"<f>A2</f><v>7</v>")
    assert read_table(tmp_path / "list.xlsx").rows[0][2] == 7.0


def test_error_in_place_of_a_value_is_refused_with_its_cell(tmp_path):
    write(tmp_path / "list.xlsx", [ROWS[0], (1, "#REF!", "2")])

    with pytest.raises(SourceError, match="B2 holds an error"):
        read_table(tmp_path / "list.xlsx")


def edit(path, part, old, new):
    """Change a part of an archive."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def no_zip(path):
    path.write_bytes(b"PK\x03\x04 but no more")


def text(path):
    path.write_text("Участок;Дом\n1;2\n", "utf-8")


def old_excel(path):
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)


def empty(path):
    path.write_bytes(b"")


def other_archive(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")


def cut(path):
    write(path)
    path.write_bytes(path.read_bytes()[:-400])


def with_entity(path):
    write(path)
    edit(path, "xl/workbook.xml", b"<workbook", ENTITY + b"<workbook")


def with_entities_in_sheet(path):
    write(path)
    edit(path, "xl/worksheets/sheet1.xml", b"<worksheet", BOMB + b"<worksheet")


def broken_xml(path):
    write(path)
    edit(path, "xl/worksheets/sheet1.xml", b"</sheetData>", b"</sheet")


def far_cell(path):
    write(path, change=lambda book: book.active.__setitem__("XFD1048576", 1))


def strange_reference(path):
    write(path)
    edit(path, "xl/worksheets/sheet1.xml", b'r="B2"', b'r="2B"')


def twice(path):
    write(path)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")


def no_sheets(path):
    write(path, [])


def no_header(path):
    write(path, [(1, 2, 3), (4, 5, 6)])


def doubled_header(path):
    write(path, [("Дом", "Дом"), (1, 2)])


def lost_sheet(path):
    write(path)
    edit(path, "xl/_rels/workbook.xml.rels", b"sheet1.xml", b"sheet7.xml")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (no_zip, "cannot be read as a workbook"),
        (text, "cannot be read as a workbook"),
        (old_excel, "save it again as .xlsx"),
        (empty, "cannot be read as a workbook"),
        (other_archive, "no workbook inside"),
        (cut, "cannot be read as a workbook"),
        (with_entity, "document type or entities"),
        (with_entities_in_sheet, "document type or entities"),
        (broken_xml, "cannot be read as a workbook"),
        (far_cell, f"more than {MAX_CELLS} cells"),
        (strange_reference, "cannot be read as a workbook"),
        (twice, "a part stands in it twice"),
        (no_sheets, "0 sheets with values"),
        (no_header, "looks like a header"),
        (doubled_header, 'names the column "Дом" twice'),
        (lost_sheet, "sheet7.xml"),
    ],
)
def test_damaged_or_unsafe_workbook_is_refused_with_its_name(tmp_path, damage, message):
    damage(tmp_path / "list.xlsx")

    with pytest.raises(SourceError) as caught:
        read_table(tmp_path / "list.xlsx")

    assert message in str(caught.value)
    assert caught.value.place.file == "list.xlsx"
    assert caught.value.remedy
    assert [path.name for path in tmp_path.iterdir()] == ["list.xlsx"]


def test_workbook_that_unpacks_to_more_than_any_list_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_scan, "MAX_UNPACKED", 4 << 20)
    write(tmp_path / "list.xlsx")
    with zipfile.ZipFile(tmp_path / "list.xlsx", "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/picture.png", b"\0" * (5 << 20))

    assert (tmp_path / "list.xlsx").stat().st_size < 50_000
    with pytest.raises(SourceError, match="unpacks to more than 4 megabytes"):
        read_table(tmp_path / "list.xlsx")


def test_ods_that_repeats_a_value_without_end_is_refused(tmp_path):
    frame = pd.DataFrame({"Участок": [1], "Улица": ["Абая"]})
    pyogrio.write_dataframe(frame, tmp_path / "list.ods", driver="ODS")
    edit(
        tmp_path / "list.ods", "content.xml", b"<table:table-row>",
        b'<table:table-row table:number-rows-repeated="9000000">',
    )  # fmt: skip

    with pytest.raises(SourceError, match="more than"):
        read_table(tmp_path / "list.ods")


def sound_xlsx(path):
    write(path, change=lambda book: book.active.merge_cells("A2:A3"))


def sound_ods(path):
    frame = pd.DataFrame({"Участок": [1, 2], "Улица": ["Абая", "Сәтбаев"]})
    pyogrio.write_dataframe(frame, path, driver="ODS")


@pytest.fixture(scope="module", params=[sound_xlsx, sound_ods], ids=["xlsx", "ods"])
def parts(request, tmp_path_factory):
    """The parts of a sound workbook, and its name."""
    name = "list.ods" if request.param is sound_ods else "list.xlsx"
    path = tmp_path_factory.mktemp("sound") / name
    request.param(path)
    with zipfile.ZipFile(path) as archive:
        return name, {part: archive.read(part) for part in archive.namelist()}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_change_of_bytes_crashes_the_reader(parts, tmp_path_factory, data):
    """Bytes of a part of the workbook are changed before it is packed again: it is read or refused."""
    name, sound = parts
    changed = {part: bytearray(content) for part, content in sound.items()}
    part = data.draw(st.sampled_from(sorted(part for part, content in sound.items() if content)))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(changed[part]) - 1))
        changed[part][at] = data.draw(st.sampled_from(b"<>/\"'=&;09AZaz \0\xff"))
    path = tmp_path_factory.mktemp("fuzz") / name
    with zipfile.ZipFile(path, "w") as archive:
        for part_name, content in changed.items():
            archive.writestr(part_name, bytes(content))

    with contextlib.suppress(SourceError):
        table = read_table(path)
        assert len(table.rows) == len(table.items)
    assert len(list(path.parent.iterdir())) == 1


def test_columns_are_called_as_spreadsheets_call_them():
    assert [column_name(n) for n in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
