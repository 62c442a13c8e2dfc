"""The recipe's section ``[house_lists]``."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from geo_service.house_lists.columns import HEADERS

FillDown = Literal["precinct", "district", "area", "street"]


class HouseListsEntry(BaseModel):
    """The house lists of a campaign: tables that say which houses vote in which precinct.

    Parameters
    ----------
    files
        Paths, relative to the recipe: CSV, XLSX or ODS. ``file`` names a single one.
    sheet
        The sheet of a workbook with several.
    stations_sheet
        Another sheet of the same workbooks, with the stations.
    encoding
        Of CSV files; UTF-8 without it.
    columns
        Our column to the list's header, where the header alone does not tell.
    fill_down
        Our columns whose empty cells mean what stands above them.
    authority
        What answers by the lists rest on.
    corrections
        A findings sheet that a clerk has filled in.
    findings
        Where to write the findings sheet.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    file: str | None = Field(None, min_length=1)
    files: tuple[str, ...] = ()
    sheet: str | None = None
    stations_sheet: str | None = None
    encoding: str | None = None
    columns: dict[str, str] | None = None
    fill_down: tuple[FillDown, ...] = ()
    authority: Literal["official_list", "sample"] = "official_list"
    corrections: str | None = None
    findings: str | None = None

    @model_validator(mode="after")
    def _names_files_and_columns(self) -> HouseListsEntry:
        if bool(self.file) == bool(self.files):
            raise ValueError('name the lists, either file = "list.xlsx" or files = ["a.xlsx", "b.xlsx"]')
        for column in self.columns or {}:
            if column not in HEADERS:
                raise ValueError(
                    f'a house list has no column "{column}"; its columns are: {", ".join(HEADERS)}'
                )
        if self.findings is not None and not self.findings.lower().endswith(".xlsx"):
            raise ValueError("the findings sheet is written as XLSX: give it a name that ends in .xlsx")
        return self

    @property
    def all_files(self) -> tuple[str, ...]:
        """The paths of the lists."""
        return (self.file,) if self.file is not None else self.files
