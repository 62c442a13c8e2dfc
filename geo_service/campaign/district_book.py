"""The districts of a campaign, looked up by code, by name and by position."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo_service.campaign.model import District
from geo_service.campaign.records import Record


class DistrictBook:
    """Looks districts up. Without any district every code that a source states is taken as it is.

    Parameters
    ----------
    districts
        The districts of the campaign.
    """

    def __init__(self, districts: Sequence[District]) -> None:
        ordered = sorted(districts, key=lambda district: district.code)
        self.codes = [district.code for district in ordered]
        self._polygons = np.array([*(district.geometry for district in ordered), None], object)[:-1]
        self._tree = shapely.STRtree(self._polygons)
        names = [(name, item.code) for item in ordered for name in item.names.as_dict().values() if name]
        self._codes_by_word = {word.casefold(): code for word, code in names}
        self._codes_by_word.update((code.casefold(), code) for code in self.codes)

    def stated(self, record: Record, column: str = "district") -> str | None:
        """Return the code of the district that a record states, by code or by name; None if none.

        Raises
        ------
        geo_service.errors.SourceError
            If there is no such district.
        """
        text = record.text(column)
        return None if text is None else self.code(record, column, text)

    def code(self, record: Record, column: str, text: str) -> str:
        """Return the code of a district's code or name that stands in a record.

        Raises
        ------
        geo_service.errors.SourceError
            If there is no such district.
        """
        if not self.codes:
            return text
        code = self._codes_by_word.get(text.casefold())
        if code is None:
            raise record.error(
                column,
                f'There is no district "{text[:60]}"; there are: {", ".join(self.codes)}.',
                "Correct it, or say in the section's values which district it stands for.",
            )
        return code

    def at(self, geometry: BaseGeometry | None) -> str | None:
        """Return the district that holds the most of a geometry; of equals, the first code.

        Parameters
        ----------
        geometry
            Degrees; a point, or polygons. None lies nowhere, and polygons that only touch a district do not
            lie in it.
        """
        found = self.meeting(geometry)
        if not found or geometry is None:
            return None
        if not shapely.area(geometry):
            return found[0]
        positions = [self.codes.index(code) for code in found]
        areas = shapely.area(shapely.intersection(self._polygons[positions], geometry))
        most = int(np.argmax(areas))
        return found[most] if areas[most] > 0 else None

    def meeting(self, geometry: BaseGeometry | None) -> list[str]:
        """Return the codes, ascending, of the districts that a geometry meets."""
        if geometry is None or not self.codes:
            return []
        return [
            self.codes[position] for position in sorted(self._tree.query(geometry, predicate="intersects"))
        ]
