"""The records of one source as the recipe's mapping shows them: by our column names, with exact errors."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import shapely
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from geo_service.campaign.model import Names
from geo_service.campaign.recipe import SectionEntry
from geo_service.campaign.values import (
    cell_text,
    parse_choice,
    parse_date,
    parse_degrees,
    parse_flag,
    parse_integer,
    parse_time,
)
from geo_service.errors import GeoServiceError, SourceError
from geo_service.sources.base import Table
from geo_service.sources.reproject import parse_crs, to_wgs84

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """How a section's columns are found in its source.

    Parameters
    ----------
    positions, source_names
        Position and name of the source's column, by our column.
    defaults
        The value of records that have none, by our column.
    words
        What the source's words, case-folded, stand for, by our column.
    """

    positions: Mapping[str, int]
    source_names: Mapping[str, str]
    defaults: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]

    def gives(self, column: str) -> bool:
        """Whether records can have a value in a column of ours."""
        return column in self.positions or column in self.defaults


def map_columns(
    entry: SectionEntry, table: Table, *, known: tuple[str, ...], required: tuple[str, ...]
) -> ColumnMapping:
    """Apply a section's mapping to a source.

    Parameters
    ----------
    entry
        The section of the recipe.
    table
        The source.
    known
        Our columns.
    required
        Those of them that must have a source or a default.

    Returns
    -------
    ColumnMapping

    Raises
    ------
    geo_service.errors.SourceError
        If the source lacks a column, and the message lists those it has; or if it has neither columns nor
        records.
    """
    if not table.columns and not table.rows:
        raise SourceError(
            "The file has no features.",
            "Export it again with its features, or take the section out of the recipe.",
            file=table.name,
        )
    has = f"The file has the columns: {', '.join(table.columns) or 'none'}."
    stated = entry.columns
    names = _own_names(table, known) if stated is None else stated
    for ours, source in names.items():
        if source not in table.columns:
            raise SourceError(
                f'The column "{source}" is missing.',
                f'Correct "{ours}" in the columns of the section. {has}',
                file=table.name, field=source,
            )  # fmt: skip
    defaults = {ours: cell_text(value) for ours, value in entry.values.items() if not isinstance(value, dict)}
    words = {
        ours: {_fold(word): cell_text(meaning) or "" for word, meaning in value.items()}
        for ours, value in entry.values.items()
        if isinstance(value, dict)
    }
    mapping = ColumnMapping(
        {ours: table.columns.index(source) for ours, source in names.items()},
        names,
        {ours: text for ours, text in defaults.items() if text is not None},
        words,
    )
    for column in required:
        if not mapping.gives(column):
            raise SourceError(
                f'Nothing gives the column "{column}".',
                f"Name its source in the columns of the section. {has}",
                file=table.name, field=column,
            )  # fmt: skip
    return mapping


def _own_names(table: Table, known: tuple[str, ...]) -> dict[str, str]:
    """Return the mapping of columns that have our names; positions come from the geometry if there is one."""
    spare = {"lon", "lat"} if table.geometries is not None else set()
    return {name: name for name in known if name in table.columns and name not in spare}


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a source, read by our column names.

    Every reading method raises `geo_service.errors.SourceError` with the file, the record and the source's
    own name of the column.
    """

    table: Table
    mapping: ColumnMapping
    position: int
    geometry: BaseGeometry | None

    @property
    def item(self) -> str:
        """What a person calls this record."""
        return self.table.items[self.position]

    def text(self, column: str) -> str | None:
        """Return the text of a column, after the recipe's values; None if it is empty."""
        position = self.mapping.positions.get(column)
        text = None if position is None else cell_text(self.table.rows[self.position][position])
        if text is None:
            return self.mapping.defaults.get(column)
        words = self.mapping.words.get(column)
        return words.get(_fold(text), text) if words else text

    def required(self, column: str) -> str:
        """Return the text of a column that must not be empty."""
        text = self.text(column)
        if text is None:
            raise self.error(column, "The value is empty.", "Fill it in.")
        return text

    def names(self, stem: str) -> Names:
        """Return the names in ``stem_kk``, ``stem_ru`` and ``stem_en``."""
        return Names(*(self.text(f"{stem}_{language}") for language in ("kk", "ru", "en")))

    def integer(self, column: str, *, minimum: int = 0) -> int | None:
        """Return a whole number; None if there is none."""
        return self._parse(column, lambda text: parse_integer(text, minimum=minimum))

    def required_integer(self, column: str, *, minimum: int = 0) -> int:
        """Return a whole number that must not be empty."""
        self.required(column)
        number = self.integer(column, minimum=minimum)
        assert number is not None  # noqa: S101 - required() has seen the text
        return number

    def degrees(self, column: str) -> float | None:
        """Return a coordinate; None if there is none."""
        return self._parse(column, parse_degrees)

    def date(self, column: str) -> str | None:
        """Return a date, ISO 8601; None if there is none."""
        return self._parse(column, parse_date)

    def time(self, column: str) -> str | None:
        """Return a time, ``HH:MM``; None if there is none."""
        return self._parse(column, parse_time)

    def flag(self, column: str) -> bool:
        """Return a truth value, False if there is none."""
        return bool(self._parse(column, parse_flag))

    def choice(self, column: str, choices: tuple[str, ...], default: str | None = None) -> Any:
        """Return one of the allowed words, the default if there is none.

        Returns
        -------
        str or None
            Typed loosely: the model's literal types are narrower than any text.
        """
        word = self._parse(column, lambda text: parse_choice(text, choices))
        return default if word is None else word

    def required_choice(self, column: str, choices: tuple[str, ...]) -> Any:
        """Return one of the allowed words; there must be one."""
        self.required(column)
        return self.choice(column, choices)

    def error(self, column: str | None, problem: str, remedy: str) -> SourceError:
        """Return an error that names this record and a column."""
        field = None if column is None else self.mapping.source_names.get(column, column)
        return SourceError(problem, remedy, file=self.table.name, item=self.item, field=field)

    def _parse(self, column: str, parse: Callable[[str], T]) -> T | None:
        text = self.text(column)
        if text is None:
            return None
        try:
            return parse(text)
        except GeoServiceError as error:
            field = self.mapping.source_names.get(column, column)
            raise error.located(file=self.table.name, item=self.item, field=field) from None


def read_records(entry: SectionEntry, table: Table, mapping: ColumnMapping) -> Iterator[Record]:
    """Return the records of a source with their geometries in WGS 84.

    Parameters
    ----------
    entry
        The section of the recipe.
    table, mapping
        The source and its mapping. Columns ``lon`` and ``lat``, where mapped, go before the geometries.

    Raises
    ------
    geo_service.errors.SourceError
        If a position is no number or half empty, or the coordinates are not what the CRS says.
    """
    try:
        geometries = _geometries(entry, table, mapping)
    except SourceError as error:
        raise error.located(file=table.name) from error.__cause__
    # Records hold their table as long as the build lasts: not with the geometries as they were.
    bare = dataclasses.replace(table, geometries=None)
    return (Record(bare, mapping, i, geometry) for i, geometry in enumerate(geometries))


def source_crs(entry: SectionEntry, table: Table, mapping: ColumnMapping) -> CRS | None:
    """Return the coordinate reference system of a source's positions; None if nobody states it.

    Raises
    ------
    geo_service.errors.SourceError
        If PROJ does not know the one that the section states.
    """
    if entry.crs is not None:
        return parse_crs(entry.crs)
    return parse_crs("EPSG:4326") if _has_columns_of_positions(mapping) else table.crs


def _geometries(entry: SectionEntry, table: Table, mapping: ColumnMapping) -> list[BaseGeometry | None]:
    crs = source_crs(entry, table, mapping)
    if _has_columns_of_positions(mapping):
        bare = (Record(table, mapping, i, None) for i in range(len(table.rows)))
        return to_wgs84([_point(record) for record in bare], table.items, crs)
    if table.geometries is None:
        return [None] * len(table.rows)
    return to_wgs84(table.geometries, table.items, crs)


def _has_columns_of_positions(mapping: ColumnMapping) -> bool:
    return mapping.gives("lon") or mapping.gives("lat")


def _point(record: Record) -> BaseGeometry | None:
    lon, lat = record.degrees("lon"), record.degrees("lat")
    if lon is None and lat is None:
        return None
    if lon is None or lat is None:
        column = "lon" if lon is None else "lat"
        raise record.error(column, "Half of the position is missing.", "Give both lon and lat, or neither.")
    return shapely.Point(lon, lat)


def _fold(text: str) -> str:
    return (cell_text(text) or "").casefold()
