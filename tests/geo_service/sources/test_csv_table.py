"""CSV as spreadsheets, registers and people write it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.errors import SourceError
from geo_service.sources.base import ReadOptions
from geo_service.sources.csv_table import read_csv


@pytest.fixture
def read(tmp_path):
    def read_bytes(data, **options):
        path = tmp_path / "table.csv"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return read_csv(path, ReadOptions(**options))

    return read_bytes


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiter_mark_and_line_ends_make_no_difference(read, delimiter, encoding, end):
    lines = [["Нөмір", "Көше"], ["1", "Абай, 5; 7"]]
    cells = end.join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)

    table = read(cells.encode(encoding))

    assert table.columns == ("Нөмір", "Көше")
    assert list(table.rows) == [("1", "Абай, 5; 7")]
    assert (table.name, table.geometries, table.crs) == ("table.csv", None, None)


def test_rows_are_counted_as_a_spreadsheet_does_and_blank_lines_are_none(read):
    table = read('a,b\n1,"two\nlines"\n\n,  \n3,4\n')

    assert list(zip(table.items, table.rows, strict=True)) == [
        ("row 2", ("1", "two\nlines")),
        ("row 5", ("3", "4")),
    ]


def test_stated_encoding_is_used(read):
    table = read("номер;улица\n1;Абая\n".encode("cp1251"), encoding="cp1251")

    assert list(table.rows) == [("1", "Абая")]


def test_one_column_needs_no_delimiter(read):
    assert read("number\n1\n2\n").columns == ("number",)


@pytest.mark.parametrize(
    ("data", "problem", "item"),
    [
        ("номер\n1\n".encode("cp1251"), "not text in the encoding utf-8", None),
        (b"SQLite format 3\0\xff\xfe", "not text", None),
        ("a,b\n1,\0\n", "zero bytes", None),
        ("", "no header", None),
        ("\n1,2\n", "no header", None),
        ("a,b,a\n1,2,3\n", '"a" twice', "row 1"),
        ("a,b\n1,2\n3\n", "1 cells, the header 2", "row 3"),
        ("a,b\n1,2,3\n", "3 cells, the header 2", "row 2"),
        ('a,b\n1,"2\n', "cannot be read as CSV", None),
    ],
)
def test_file_that_is_no_table_is_refused(read, data, problem, item):
    with pytest.raises(SourceError) as caught:
        read(data)

    assert problem in caught.value.problem
    assert (caught.value.place.file, caught.value.place.item) == ("table.csv", item)


@pytest.mark.parametrize("options", [{"encoding": "klingon"}, {"layer": "stations"}])
def test_option_that_makes_no_sense_is_refused(read, options):
    with pytest.raises(SourceError):
        read("a\n1\n", **options)


# Line ends and blanks at the edge of a header's name are not kept, nor rows without any value.
cells = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufeff"), max_size=8)


@given(rows=st.lists(st.tuples(cells, cells).filter(lambda row: any(map(str.strip, row))), max_size=5))
def test_what_the_standard_library_writes_is_read_back(tmp_path_factory, rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("one", "two"), *rows])
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    path.write_bytes(text.getvalue().encode())

    table = read_csv(path, ReadOptions())

    assert list(table.rows) == rows
