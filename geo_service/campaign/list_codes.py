"""What a build can notice of spreadsheets and house lists; part of the closed list of finding codes."""

from __future__ import annotations

from collections.abc import Mapping

from geo_service.campaign.finding_code import FindingCode

LIST_CODES: Mapping[str, FindingCode] = {
    "cells_merged": FindingCode(
        "information",
        "Merged cells of a sheet were filled.",
        ("count",),
    ),
    "rows_hidden": FindingCode(
        "warning",
        "Rows of a sheet are hidden or filtered out: they were read, too.",
        ("count",),
    ),
    "sheets_hidden": FindingCode(
        "warning",
        "A workbook has hidden sheets with values: they were not read.",
        ("names",),
    ),
    "numbering_row": FindingCode(
        "information",
        "A row that only numbers the columns was left out.",
    ),
    "list_columns": FindingCode(
        "information",
        "Which columns of a house list were read.",
        ("columns",),
    ),
    "list_precinct_unreadable": FindingCode(
        "error",
        "A row of a house list has no number of a precinct that can be read.",
        ("text",),
    ),
    "list_precinct_unknown": FindingCode(
        "error",
        "A house list names a precinct that no other source has: its houses get none.",
        (
            "number",
            "count",
        ),
    ),
    "list_district_unknown": FindingCode(
        "error",
        "A row of a house list names a district that does not exist.",
        ("text",),
    ),
    "list_houses_empty": FindingCode(
        "error",
        "A row of a house list names a street and no houses: it may be forgotten.",
        ("text",),
    ),
    "list_street_empty": FindingCode(
        "error",
        "A row of a house list names houses and no street.",
        ("text",),
    ),
    "list_cell_is_date": FindingCode(
        "error",
        "A spreadsheet program made a date of a house number.",
        ("text",),
    ),
    "list_cell_unclear": FindingCode(
        "error",
        "Words of a house list are not understood: nothing of the cell counts.",
        ("text",),
    ),
    "list_street_missing": FindingCode(
        "error",
        "The campaign has no such street.",
        (
            "text",
            "houses",
            "near",
        ),
    ),
    "list_street_ambiguous": FindingCode(
        "error",
        "Several streets may be meant: the houses get no precinct.",
        (
            "text",
            "houses",
            "near",
        ),
    ),
    "list_street_doubtful": FindingCode(
        "error",
        "A street is spelt otherwise, and the one that is called alike lies elsewhere: its houses"
        " get no precinct.",
        (
            "text",
            "houses",
            "near",
        ),
    ),
    "list_street_otherwise": FindingCode(
        "warning",
        "A street is spelt otherwise in the list; it was matched.",
        (
            "text",
            "name",
        ),
    ),
    "list_street_decided": FindingCode(
        "information",
        "Of several streets of one name the houses or the surroundings of the precinct decided.",
        (
            "text",
            "name",
        ),
    ),
    "list_houses_missing": FindingCode(
        "warning",
        "A house list names houses that the map does not have: they are added without a position "
        "if their street is beyond doubt.",
        (
            "name",
            "numbers",
            "count",
        ),
    ),
    "list_range_empty": FindingCode(
        "warning",
        "A range, side or whole street of a house list holds no house.",
        (
            "name",
            "text",
        ),
    ),
    "list_house_in_two": FindingCode(
        "error",
        "House lists give houses to several precincts: they get none.",
        (
            "name",
            "numbers",
            "count",
            "precincts",
            "rows",
        ),
    ),
    "list_houses_repeated": FindingCode(
        "information",
        "A house list names houses of a precinct twice.",
        (
            "text",
            "count",
            "first",
        ),
    ),
    "list_houses_in_none": FindingCode(
        "warning",
        "Houses are in no house list.",
        (
            "count",
            "total",
            "places",
        ),
    ),
    "list_code_unknown": FindingCode(
        "error", "A house list has an address code that no source of houses has.", ("text",)
    ),
    "list_code_differs": FindingCode(
        "error", "An address code of a house list is that of another house than the row names.", ("text",)
    ),
    "list_houses_override": FindingCode(
        "warning",
        "The source of houses gives houses another precinct than the lists, which stand.",
        ("count",),
    ),
    "list_cell_left_out": FindingCode(
        "information",
        "A cell of a house list was left out by the clerk's decision.",
        (
            "text",
            "houses",
        ),
    ),
    "list_corrections_applied": FindingCode(
        "information",
        "Corrections of a findings sheet were applied.",
        ("count",),
    ),
    "list_correction_unused": FindingCode(
        "warning",
        "A correction fits no cell of the lists any more: it was not applied.",
        ("text",),
    ),
}
