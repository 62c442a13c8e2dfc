"""The base of every error that a user can cause, and those of boundary geometry.

An error says what was wrong, where (file, feature or row, field) and what to do. It is raised where the
fault is known; whoever adds a file name or a row number further out fills the missing parts in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the input a fault lies; every part may be unknown.

    Parameters
    ----------
    file
        Name of the file as the user gave it.
    item
        The record in words of the input: ``row 12``, ``feature 3``, ``precinct 117``.
    field
        Column, property or key.
    """

    file: str | None = None
    item: str | None = None
    field: str | None = None

    def __str__(self) -> str:
        file = f'"{self.file}"' if self.file else None
        field = f'field "{self.field}"' if self.field else None
        return ", ".join(part for part in (file, self.item, field) if part)


class GeoServiceError(Exception):
    """An error that a user of the project can cause and mend.

    Parameters
    ----------
    problem
        What was wrong, as a sentence.
    remedy
        What to do, as a sentence.
    file, item, field
        Where, as far as known; see `Place`.
    """

    def __init__(
        self,
        problem: str,
        remedy: str,
        *,
        file: str | None = None,
        item: str | None = None,
        field: str | None = None,
    ) -> None:
        self.problem = problem
        self.remedy = remedy
        self.place = Place(file, item, field)
        super().__init__(problem)

    def located(
        self, *, file: str | None = None, item: str | None = None, field: str | None = None
    ) -> GeoServiceError:
        """Fill in parts of the place that are still unknown, and return the error itself."""
        place = self.place
        self.place = replace(
            place, file=place.file or file, item=place.item or item, field=place.field or field
        )
        return self

    def __str__(self) -> str:
        where = str(self.place)
        return f"{where}: {self.problem} {self.remedy}" if where else f"{self.problem} {self.remedy}"


class GeometryError(GeoServiceError):
    """A boundary is empty, no polygon, or cannot be repaired."""


class CoordinateError(GeoServiceError):
    """A coordinate is no number, out of range, or has its axes swapped."""


class IndexFormatError(GeoServiceError):
    """Stored index data are damaged or belong to other polygons."""
