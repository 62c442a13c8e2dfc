"""What a layer of the campaign file is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

ColumnType = Literal["text", "integer", "boolean"]
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, type, whether it may be empty, and what it means."""

    name: str
    type: ColumnType
    nullable: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of the campaign file.

    Parameters
    ----------
    name
        Of the layer and of the `Campaign` attribute.
    columns
        In file order, without the geometry.
    key
        Names of the columns that order the rows; they name one row.
    geometry
        GeoPackage geometry type, or None for a plain table.
    to_row, from_row
        Convert between a model object and (row, geometry). The geometry of a ``Point`` layer is a pair of
        longitude and latitude, that of others a shapely geometry; None where there is none.
    geometry_nullable
        Whether a row may lack its geometry.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    geometry: str | None
    to_row: Callable[[Any], tuple[Row, Any]]
    from_row: Callable[[Row, Any], Any]
    geometry_nullable: bool = True

    @property
    def column_names(self) -> list[str]:
        """Names of the columns in file order."""
        return [column.name for column in self.columns]


def text(name: str, meaning: str, *, nullable: bool = False) -> Column:
    """Return a column of text."""
    return Column(name, "text", nullable, meaning)


def integer(name: str, meaning: str, *, nullable: bool = False) -> Column:
    """Return a column of whole numbers."""
    return Column(name, "integer", nullable, meaning)


def boolean(name: str, meaning: str) -> Column:
    """Return a column of yes and no."""
    return Column(name, "boolean", nullable=False, meaning=meaning)


def names(stem: str, meaning: str) -> tuple[Column, ...]:
    """Return the columns of one text in the three languages."""
    languages = {"kk": "Kazakh", "ru": "Russian", "en": "English"}
    return tuple(
        text(f"{stem}_{code}", f"{meaning}, {word}", nullable=True) for code, word in languages.items()
    )
