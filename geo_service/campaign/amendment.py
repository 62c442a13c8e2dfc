"""Amendments: what was changed in a campaign after it was built, and what stood there before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

AmendedThing = Literal["station", "house"]
#: Values of columns of a layer by their names; ``lon`` and ``lat`` stand for the point.
ColumnValues = Mapping[str, str | int | float | bool | None]


@dataclass(frozen=True, slots=True)
class Amendment:
    """One change of a published campaign.

    Parameters
    ----------
    id
        Ascending from 1 in the order in which amendments were made.
    what
        What was changed: the station of a precinct, or the precinct of a house.
    precinct
        The precinct whose station changed, or to which the house now belongs.
    made_at
        When, ISO 8601 with the offset from UTC.
    author, reason
        Who, and why.
    former, new
        The values that changed: before, and since. ``former`` is empty if there was no station.
    place, house, district
        The house: id of its place, number, district; None for a station.
    """

    id: int
    what: AmendedThing
    precinct: int
    made_at: str
    author: str
    reason: str
    former: ColumnValues
    new: ColumnValues
    place: int | None = None
    house: str | None = None
    district: str | None = None
