"""The table of checks: what each looks at, and the codes that it can give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from geo_service.campaign.model import Campaign, Finding
from geo_service.quality import fact_checks, ground_checks, house_checks, precinct_checks, station_checks
from geo_service.quality.survey import Survey

#: By the number of a precinct, the file and the item that its station comes from.
StationOrigins = Mapping[int, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a whole campaign.

    Parameters
    ----------
    subject
        What it looks at, a key of the texts ``check.<subject>``.
    codes
        Of the findings that it can give.
    find
        Gives them.
    """

    subject: str
    codes: tuple[str, ...]
    find: Callable[[Survey], Iterable[Finding]]


CHECKS: tuple[Check, ...] = (
    Check("numbers", ("precinct_repeated",), precinct_checks.numbers_repeated),
    Check("numbers", ("precinct_numbers_skipped",), precinct_checks.numbers_skipped),
    Check("precincts", ("precinct_without_polygon",), precinct_checks.without_polygon),
    Check("precincts", ("precinct_without_station",), precinct_checks.without_station),
    Check("precincts", ("polygons_derived",), precinct_checks.polygons_derived),
    Check("precincts", ("list_too_long",), precinct_checks.lists_too_long),
    Check("ground", ("precincts_gap", "sliver_gap"), ground_checks.gaps),
    Check("ground", ("precincts_overlap", "sliver_overlap"), ground_checks.precinct_overlaps),
    Check("ground", ("polygon_sliver",), ground_checks.slivers),
    Check("ground", ("polygon_spike",), ground_checks.spikes),
    Check("districts", ("districts_overlap",), ground_checks.district_overlaps),
    Check("districts", ("precinct_outside_district", "precinct_across_districts"),
          ground_checks.precincts_off_their_district),
    Check("districts", ("district_not_covered",), ground_checks.districts_not_covered),
    Check("districts", ("district_without_station",), station_checks.districts_without_station),
    Check("stations", ("station_repeated",), station_checks.stations_repeated),
    Check("stations", ("station_without_point",), station_checks.without_point),
    Check("stations", ("station_outside_city",), station_checks.outside_city),
    Check("stations", ("station_outside_precinct",), station_checks.outside_precinct),
    Check("stations", ("stations_near",), station_checks.near_each_other),
    Check("stations", ("stations_share_building",), station_checks.sharing_a_building),
    Check("houses", ("houses_without_point",), house_checks.without_point),
    Check("houses", ("houses_outside_city",), house_checks.outside_city),
    Check("houses", ("houses_without_district",), house_checks.without_district),
    Check("houses", ("house_listed_twice",), house_checks.listed_twice),
    Check("houses", ("houses_in_none",), house_checks.in_no_precinct),
    Check("houses", ("houses_in_two",), house_checks.in_two_precincts),
    Check("houses", ("houses_list_differs",), house_checks.unlike_the_list),
    Check("names", ("names_missing", "addresses_missing"), fact_checks.names_missing),
    Check("dates", ("data_old",), fact_checks.data_old),
)  # fmt: skip

#: Codes that `check_campaign` gives anew from the campaign itself, whatever a build noticed.
CHECKED_CODES = frozenset(code for check in CHECKS for code in check.codes)


def check_campaign(campaign: Campaign, origins: StationOrigins) -> list[Finding]:
    """Return what there is to find in a campaign as a whole.

    Parameters
    ----------
    campaign
        The campaign as it will be written.
    origins
        Where the stations come from.
    """
    return [_with_origin(finding, origins) for finding in run_checks(Survey(campaign))]


def run_checks(survey: Survey, today: dt.date | None = None) -> Iterator[Finding]:
    """Give the findings of all checks; those against the calendar only if the day is known."""
    for check in CHECKS:
        yield from check.find(survey)
    if today is not None:
        yield from fact_checks.days_against(survey, today)


def _with_origin(finding: Finding, origins: StationOrigins) -> Finding:
    if finding.precinct is None or not finding.code.startswith("station_"):
        return finding
    file, item = origins.get(finding.precinct, (None, None))
    return replace(finding, file=file, item=item)
