"""Checks of the rows of precincts: what they lack, their numbers, the length of their lists."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

from geo_service.campaign.finding_codes import make_finding
from geo_service.campaign.model import Finding
from geo_service.quality.survey import Survey

#: The most voters that a precinct may have by the Constitutional Law on Elections, article 23.
MOST_VOTERS = 3000
# More gaps than this share of the numbers is another way of numbering, not missing rows.
_SKIPPED_SHARE = 0.1
_LONGEST_GAP = 10


def without_polygon(survey: Survey) -> Iterator[Finding]:
    """Find open territorial precincts that neither a point nor a listed house leads to."""
    listed = set(survey.house_precincts.tolist())
    for precinct in survey.open_territorial:
        if precinct.geometry is None and precinct.number not in listed:
            yield make_finding("precinct_without_polygon", precinct=precinct.number)


def without_station(survey: Survey) -> Iterator[Finding]:
    """Find open precincts of which it is not known where they vote."""
    for precinct in survey.campaign.precincts:
        if precinct.status == "open" and precinct.number not in survey.campaign.stations_by_precinct:
            yield make_finding("precinct_without_station", precinct=precinct.number)


def numbers_repeated(survey: Survey) -> Iterator[Finding]:
    """Find numbers that several precincts have."""
    counts = Counter(precinct.number for precinct in survey.campaign.precincts)
    for number, count in sorted(counts.items()):
        if count > 1:
            yield make_finding("precinct_repeated", precinct=number, count=count)


def numbers_skipped(survey: Survey) -> Iterator[Finding]:
    """Find gaps in the numbering, unless there are so many that it is another way of numbering."""
    numbers = sorted(survey.campaign.precincts_by_number)
    gaps = [range(low + 1, high) for low, high in itertools.pairwise(numbers) if high - low <= _LONGEST_GAP]
    skipped = [number for gap in gaps for number in gap]
    if 0 < len(skipped) <= _SKIPPED_SHARE * len(numbers):
        yield make_finding(
            "precinct_numbers_skipped", count=len(skipped), numbers=", ".join(map(str, skipped))
        )


def lists_too_long(survey: Survey) -> Iterator[Finding]:
    """Find precincts with more voters than the law allows, by their own figure or by that of their houses."""
    of_houses: Counter[int] = Counter()
    for house in survey.campaign.houses:
        if house.precinct is not None and house.voters is not None:
            of_houses[house.precinct] += house.voters
    for precinct in survey.campaign.precincts:
        voters = of_houses[precinct.number] if precinct.voters is None else precinct.voters
        if voters > MOST_VOTERS:
            yield make_finding("list_too_long", precinct=precinct.number, voters=voters)


def polygons_derived(survey: Survey) -> Iterator[Finding]:
    """Tell how many boundaries are derived, not official."""
    precincts = survey.campaign.precincts
    derived = [item for item in precincts if item.geometry is not None and item.authority == "derived"]
    if derived:
        yield make_finding("polygons_derived", count=len(derived))
