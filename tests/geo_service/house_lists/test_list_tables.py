"""Tables of house lists: what their headers, cells and faults come to in a build."""

from __future__ import annotations

import datetime as dt

import pytest
from openpyxl import Workbook

from geo_service.campaign.build import build_campaign
from geo_service.campaign.file import open_campaign
from geo_service.errors import RecipeError, SourceError
from geo_service.house_lists.columns import column_of, guess_columns
from tests.geo_service.house_lists.conftest import CAMPAIGN, found

PLACES = (
    "id,kind,name_ru,name_kk\n1,street,Абая,Абай\n2,street,Сатпаева,Сәтбаев\n"
    "3,microdistrict,Самал-2,Самал-2\n"
)
HOUSES = "place,number,district,code\n" + "".join(
    f"{place},{number},,{place}0{number}\n" for place in (1, 2, 3) for number in (1, 2, 3, 4, "5А")
)
SOURCES = '[places]\nfile = "places.csv"\n[houses]\nfile = "houses.csv"\n'
HEADER = ("№ участка", "Улица", "Дома")


def build(folder, *rows, header=HEADER, lists="", sources=SOURCES, more=None):
    (folder / "places.csv").write_text(PLACES, "utf-8")
    (folder / "houses.csv").write_text(HOUSES, "utf-8")
    book = Workbook()
    for row in (header, *rows):
        book.active.append(row)
    if more is not None:
        more(book)
    book.save(folder / "list.xlsx")
    return build_list(folder, f'file = "list.xlsx"\n{lists}', sources)


def build_list(folder, lists, sources=SOURCES):
    recipe = folder / "recipe.toml"
    recipe.write_text("\n".join([CAMPAIGN, sources, '[house_lists]\nauthority = "sample"', lists]), "utf-8")
    report = build_campaign(recipe, folder / "out.gpkg")
    return open_campaign(folder / "out.gpkg").campaign, report.findings


def listed(campaign, place=1):
    return {house.number: house.precinct for house in campaign.houses if house.place == place}


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("№ участка", "precinct"), ("учаске №", "precinct"), ("Номер избирательного участка", "precinct"),
        ("УИК", "precinct"), ("улица", "street"), ("Көше", "street"), ("көшенің атауы", "street"),
        ("Street", "street"), ("дом", "houses"), ("№ дома", "houses"), ("Дома", "houses"), ("үй", "houses"),
        ("Үйлердің нөмірлері", "houses"), ("адрес", "address"), ("Мекенжайы", "address"),
        ("микрорайон", "area"), ("шағын аудан", "area"), ("Район", "district"), ("аудан", "district"),
        ("РКА", "code"), ("Количество избирателей", "voters"), ("Учреждение", "station_name"),
        ("Адрес участка", "station_address"), ("телефон", "station_phone"), ("Режим работы", "station_hours"),
        ("№ п/п", None), ("Примечание", None), ("", None),
    ],
)  # fmt: skip
def test_header_names_its_column_in_three_languages(header, column):
    assert column_of(header) == column


def test_column_that_two_headers_name_is_not_guessed():
    assert guess_columns(["Участок", "Дом", "Дома"]) == {"precinct": "Участок"}


@pytest.mark.parametrize(
    ("row", "code", "text"),
    [
        ((1, "улица Абая", dt.date(2026, 1, 12)), "list_cell_is_date", "2026-01-12"),
        (("", "улица Абая", "1"), "list_precinct_unreadable", ""),
        (("первый", "улица Абая", "1"), "list_precinct_unreadable", "первый"),
        (("1 и 2", "улица Абая", "1"), "list_precinct_unreadable", "1 и 2"),
        ((1, "улица Абая", ""), "list_houses_empty", "улица Абая"),
        ((1, "", "1, 2"), "list_cell_unclear", "1, 2"),
        ((1, "улица Абая", "1-2-3"), "list_cell_unclear", "1-2-"),
        ((1, "улица Абая", "1 во дворе"), "list_cell_unclear", "во, дворе"),
        ((1, "улица Абая", "12²"), "list_cell_unclear", "²"),
        ((1, "улица Абая", "1 ~ 2"), "list_cell_unclear", "~"),
        ((1, "улица Небывалая", "1"), "list_street_missing", "улица Небывалая"),
        ((1, "улица", "1"), "list_street_missing", "улица"),
        ((1, "улица Абая", "77"), "list_houses_missing", None),
        ((1, "улица Абая", "50-60"), "list_range_empty", "50–60"),
        ((1, "проспект Абая", "все"), "list_street_otherwise", "проспект Абая"),
        ((1, "ул. Сатпева", "1"), "list_street_otherwise", "ул. Сатпева"),
    ],
)
def test_fault_of_a_row_is_told_with_its_place(tmp_path, row, code, text):
    _, findings = build(tmp_path, (2, "улица Сатпаева", "все"), row)

    (finding,) = found(findings, code)
    assert (finding.file, finding.item) == ("list.xlsx", "row 3")
    if text is not None:
        assert finding.values["text"] == text


def test_number_of_a_precinct_is_read_as_offices_write_it(tmp_path):
    campaign, _ = build(
        tmp_path, ("№ 1", "улица Абая", "1"), ("Участок № 2", "улица Абая", 2.0), ("УИК-3", "улица Абая", "3")
    )

    assert listed(campaign) == {"1": 1, "2": 2, "3": 3, "4": None, "5А": None}


def test_house_in_two_precincts_gets_none_and_a_range_gives_way_to_a_name(tmp_path):
    campaign, findings = build(
        tmp_path, (1, "улица Абая", "1-6"), (2, "улица Абая", "5А"), (3, "улица Абая", "3, 4")
    )

    assert listed(campaign) == {"1": 1, "2": 1, "3": None, "4": None, "5А": 2}
    (two,) = found(findings, "list_house_in_two")
    assert (two.values["numbers"], two.values["precincts"], two.values["rows"]) == ("3, 4", "1, 3", "row 4")
    assert found(findings, "list_houses_in_none")[0].values == {"count": 12, "total": 15, "places": 3}


def test_house_that_the_map_lacks_is_added_without_a_position(tmp_path):
    campaign, _ = build(tmp_path, (1, "улица Абая", "1, 7Б"))

    (house,) = [house for house in campaign.houses if house.number == "7Б"]
    assert (house.place, house.precinct, house.lon, house.authority) == (1, 1, None, "sample")


def test_empty_cells_mean_what_stands_above_only_if_the_recipe_says_so(tmp_path):
    rows = [(1, "улица Абая", "1"), (None, None, "2"), (None, "улица Сатпаева", "1")]

    strict, findings = build(tmp_path, *rows)
    filled, _ = build(tmp_path, *rows, lists='fill_down = ["precinct", "street"]')

    assert len(found(findings, "list_precinct_unreadable")) == 2
    assert (listed(strict)["2"], listed(filled)["2"], listed(filled, 2)["1"]) == (None, 1, 1)


def test_several_streets_in_one_cell(tmp_path):
    campaign, findings = build(
        tmp_path,
        (1, "ул. Абая: 1-2; ул. Сатпаева: все, кроме 3"),
        (2, "Самал-2 шағын ауданы, барлық үйлер"),
        header=("Учаске №", "Мекенжай"),
    )

    assert listed(campaign) == {"1": 1, "2": 1, "3": None, "4": None, "5А": None}
    assert listed(campaign, 2) == {"1": 1, "2": 1, "3": None, "4": 1, "5А": 1}
    assert set(listed(campaign, 3).values()) == {2}
    assert found(findings, "list_cell_unclear") == []


def test_microdistrict_without_streets_has_houses_of_its_own(tmp_path):
    campaign, _ = build(
        tmp_path, (1, "Самал-2", "", "1-4"), header=("Участок", "Микрорайон", "Улица", "Дома")
    )

    assert listed(campaign, 3) == {"1": 1, "2": 1, "3": 1, "4": 1, "5А": None}


def test_columns_of_ends_side_and_block_are_read_together(tmp_path):
    header = ("Участок", "Улица", "Дом с", "Дом по", "Сторона")

    campaign, _ = build(tmp_path, (1, "Абая", 1, 4, "чётная"), (2, "Абая", 1, 4, "нечётная"), header=header)

    assert listed(campaign) == {"1": 2, "2": 1, "3": 2, "4": 1, "5А": None}


def test_address_code_finds_its_house_and_contradicts_another(tmp_path):
    header = ("Участок", "РКА", "Улица", "Дом")

    campaign, findings = build(
        tmp_path, (1, 101, "", ""), (1, 102, "Абай көшесі", "2"), (2, 103, "Абая", "4"), (2, 999, "", ""),
        header=header, sources=SOURCES + 'columns = { place = "place", number = "number", code = "code" }\n',
    )  # fmt: skip

    assert listed(campaign) == {"1": 1, "2": 1, "3": None, "4": None, "5А": None}
    assert [f.item for f in found(findings, "list_code_differs")] == ["row 4"]
    assert [f.values["text"] for f in found(findings, "list_code_unknown")] == ["999"]


def test_stations_are_read_from_columns_of_the_list_or_from_another_sheet(tmp_path):
    def add(book):
        sheet = book.create_sheet("Центры")
        sheet.append(("№ участка", "Учреждение", "Адрес участка", "Телефон", "Режим работы"))
        sheet.append((1, "Школа № 5", "улица Абая, 1", "+7 727 000 00 00", "08:00–19:00"))
        sheet.append((2, "№ 7 мектебі", None, None, None))

    campaign, _ = build(
        tmp_path, (1, "улица Абая", "1"), more=add, lists='sheet = "Sheet"\nstations_sheet = "Центры"'
    )

    first, second = campaign.stations
    assert (first.names.ru, first.address.ru, first.opens, first.closes) == (
        "Школа № 5", "улица Абая, 1", "08:00", "19:00",
    )  # fmt: skip
    assert (second.precinct, second.names.kk) == (2, "№ 7 мектебі")
    assert [precinct.number for precinct in campaign.precincts] == [1, 2]


def test_list_names_a_precinct_that_other_sources_do_not_have(tmp_path):
    (tmp_path / "stations.csv").write_text("precinct,name_ru\n1,Школа\n", "utf-8")

    campaign, findings = build(
        tmp_path, (1, "улица Абая", "1"), (7, "улица Абая", "2"),
        sources=SOURCES + '[stations]\nfile = "stations.csv"\n',
    )  # fmt: skip

    assert listed(campaign)["2"] is None
    assert found(findings, "list_precinct_unknown")[0].values == {"number": 7, "count": 1}


def test_csv_in_cp1251_is_a_list_too(tmp_path):
    build(tmp_path, (1, "улица Абая", "1"))
    (tmp_path / "list.csv").write_text("Участок;Улица;Дома\n1;улица Абая;1, 2\n", "cp1251")

    campaign, _ = build_list(tmp_path, 'file = "list.csv"\nencoding = "cp1251"')

    assert listed(campaign) == {"1": 1, "2": 1, "3": None, "4": None, "5А": None}


def test_letters_of_a_wrong_encoding_are_refused_with_the_right_one(tmp_path):
    build(tmp_path, (1, "улица Абая", "1"))
    wrong = "Участок;Улица;Дома\n1;улица Сейфуллина;1, 2\n".encode().decode("cp1251")
    wrong = wrong.replace("Участок;Улица;Дома".encode().decode("cp1251"), "Участок;Улица;Дома")
    (tmp_path / "list.csv").write_text(wrong, "utf-8")

    with pytest.raises(SourceError, match="wrong encoding"):
        build_list(tmp_path, 'file = "list.csv"')


def test_markup_in_names_is_taken_out_and_told(tmp_path):
    campaign, findings = build(tmp_path, (1, "<b>улица</b>&nbsp;Абая", "1"))

    assert listed(campaign)["1"] == 1
    assert found(findings, "html_removed")


def test_precincts_of_the_source_of_houses_give_way_to_the_lists(tmp_path):
    sources = SOURCES + 'values = { precinct = 9 }\ncolumns = { place = "place", number = "number" }\n'

    campaign, findings = build(tmp_path, (1, "улица Абая", "1-2"), sources=sources)

    assert listed(campaign) == {"1": 1, "2": 1, "3": 9, "4": 9, "5А": 9}
    assert found(findings, "list_houses_override")[0].values == {"count": 2}


def test_list_alone_makes_streets_and_houses(tmp_path):
    header = ("Участок", "Микрорайон", "Улица", "Дома")

    campaign, findings = build(
        tmp_path,
        (1, "", "проспект Абая", "1-4, 7А"),
        (2, "", "проспект Абая", "5-9 (нечётные)"),
        (2, "Самал-2", "улица Мұқан Төлебаев", "1"),
        (3, "Самал-2", "", "10"),
        (3, "", "улица Пустая", "все"),
        header=header, sources="",
    )  # fmt: skip

    names = {place.id: (place.kind, place.names.kk or place.names.ru) for place in campaign.places}
    assert set(names.values()) == {
        ("avenue", "Абая"), ("microdistrict", "Самал-2"), ("street", "Мұқан Төлебаев"), ("street", "Пустая"),
    }  # fmt: skip
    said = {(names[house.place][1], house.number): house.precinct for house in campaign.houses}
    assert said["Абая", "2"] == 1
    assert said["Абая", "7А"] == 1
    assert said["Абая", "7"] == 2
    assert ("Абая", "6") not in said
    assert said["Самал-2", "10"] == 3
    assert [f.values["text"] for f in found(findings, "list_range_empty")] == ["все дома"]


@pytest.mark.parametrize(
    ("lists", "error", "message"),
    [
        ("", RecipeError, "name the lists"),
        ('file = "list.xlsx"\nfiles = ["list.xlsx"]', RecipeError, "name the lists"),
        ('file = "list.xlsx"\ncolumn = { street = "X" }', RecipeError, 'no key "column"'),
        ('file = "list.xlsx"\ncolumns = { streat = "Улица" }', RecipeError, 'no column "streat"'),
        ('file = "list.xlsx"\nfindings = "x.csv"', RecipeError, "ends in .xlsx"),
        ('file = "none.xlsx"', SourceError, "There is no such file"),
        ('file = "list.xlsx"\nsheet = "Лист9"', SourceError, 'no sheet "Лист9"'),
        ('file = "list.xlsx"\nencoding = "cp1251"', SourceError, "no encoding"),
        ('file = "list.xlsx"\ncolumns = { street = "Көше" }', SourceError, 'The column "Көше" is missing'),
        ('file = "list.xlsx"\ncorrections = "none.xlsx"', SourceError, "There is no such file"),
        ('file = "places.csv"', SourceError, "which column holds the precinct"),
        ('file = "list.docx"', SourceError, "No reader knows"),
    ],
)
def test_section_that_cannot_be_used_is_refused(tmp_path, lists, error, message):
    build(tmp_path, (1, "улица Абая", "1"))
    (tmp_path / "list.docx").write_bytes(b"")

    with pytest.raises(error, match=message):
        build_list(tmp_path, lists)


def test_header_that_does_not_tell_is_named_in_the_recipe(tmp_path):
    campaign, _ = build(
        tmp_path, (1, "улица Абая", "1"), header=("Код", "Где", "Что"),
        lists='columns = { precinct = "Код", street = "Где", houses = "Что" }',
    )  # fmt: skip

    assert listed(campaign)["1"] == 1
