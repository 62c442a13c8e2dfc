"""Shares that tell at a glance how good a campaign's data are, each with a traffic light.

The limits are those of the polling-station finder WhereDoIVote: 95 % is green, 75 % yellow.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from boundaries.quality import area_m2
from geo_service.quality.survey import Survey

Light = Literal["green", "yellow", "red"]
#: The worst last.
LIGHTS: tuple[Light, ...] = ("green", "yellow", "red")

GREEN_SHARE = 0.95
YELLOW_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class Measure:
    """A share of a campaign that is as it should be.

    Parameters
    ----------
    name
        A key of the texts ``measure.<name>``.
    good, total
        Of how many how many are good: rows, or m² of ``city_covered``.
    """

    name: str
    good: float
    total: float

    @property
    def share(self) -> float:
        """The good ones among all, 0 to 1."""
        return self.good / self.total

    @property
    def light(self) -> Light:
        """The colour of the share."""
        if self.share >= GREEN_SHARE:
            return "green"
        return "yellow" if self.share >= YELLOW_SHARE else "red"


def measures_of(survey: Survey) -> tuple[Measure, ...]:
    """Return the measures of a campaign; those of what it does not have at all are left out."""
    measured = (Measure(name, *take(survey)) for name, take in MEASURES.items())
    return tuple(measure for measure in measured if measure.total > 0)


def _precincts_reachable(survey: Survey) -> tuple[int, int]:
    listed = set(survey.house_precincts.tolist())
    opened = survey.open_territorial
    return sum(item.geometry is not None or item.number in listed for item in opened), len(opened)


def _precincts_with_station(survey: Survey) -> tuple[int, int]:
    opened = [item.number for item in survey.campaign.precincts if item.status == "open"]
    return sum(number in survey.campaign.stations_by_precinct for number in opened), len(opened)


def _stations_with_point(survey: Survey) -> tuple[int, int]:
    stations = survey.campaign.stations
    return sum(station.lon is not None for station in stations), len(stations)


def _houses_with_one_precinct(survey: Survey) -> tuple[int, int]:
    total = len(survey.campaign.houses)
    is_listed = survey.house_precincts > 0
    has_one = np.zeros(total, bool)
    has_one[survey.touching[0]] = True
    has_one[survey.within_several[0]] = False
    return int((is_listed | has_one).sum()), total


def _houses_as_listed(survey: Survey) -> tuple[int, int]:
    houses, polygons = survey.touching
    listed = survey.house_precincts[houses]
    agreeing = np.unique(houses[listed == survey.numbers[polygons]])
    return len(agreeing), len(np.unique(houses[np.isin(listed, survey.numbers)]))


def _city_covered(survey: Survey) -> tuple[float, float]:
    if not survey.territorial or not survey.campaign.districts:
        return 0.0, 0.0
    city = area_m2(survey.city)
    return city - area_m2(survey.bare), city


MEASURES: dict[str, Callable[[Survey], tuple[float, float]]] = {
    "precincts_reachable": _precincts_reachable,
    "precincts_with_station": _precincts_with_station,
    "stations_with_point": _stations_with_point,
    "houses_with_one_precinct": _houses_with_one_precinct,
    "houses_as_listed": _houses_as_listed,
    "city_covered": _city_covered,
}
