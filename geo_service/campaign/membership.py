"""Which precincts there are, once every source has been heard.

A precinct exists if the section of precincts has it or a station is listed for it; where neither section is
given, the house list names the precincts.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable

from shapely import Point

from geo_service.campaign.district_book import DistrictBook
from geo_service.campaign.finding_codes import make_finding
from geo_service.campaign.model import Finding, House, Precinct, Station
from geo_service.campaign.rows import Sourced, StationRow


def add_precincts_of_stations(
    precincts: Iterable[Precinct],
    stations: Iterable[StationRow],
    districts: DistrictBook,
    findings: list[Finding],
) -> list[Precinct]:
    """Return the precincts and those that only the list of stations has, without a boundary.

    Parameters
    ----------
    precincts
        Those of the section of precincts.
    stations
        Rows of the section of stations.
    districts
        The districts: the point of a station tells the district of its precinct if nothing else does.
    findings
        Where the two disagree goes here.
    """
    known = {precinct.number: precinct for precinct in precincts}
    # A list of stations that is the only source of precincts contradicts nobody.
    has_other_source = bool(known)
    for row in stations:
        number, file, item = row.station.precinct, row.record.table.name, row.record.item
        precinct = known.get(number)
        if precinct is None:
            district = row.district or districts.at(_position(row.station))
            known[number] = Precinct(number, row.kind or "territorial", district or "", "official_list")
            if has_other_source and row.district is None:
                findings.append(
                    make_finding("station_without_precinct", precinct=number, file=file, item=item)
                )
            elif district is None and districts.codes:
                findings.append(
                    make_finding("precinct_without_district", precinct=number, file=file, item=item)
                )
        elif row.district not in (None, precinct.district):
            findings.append(
                make_finding(
                    "station_district_differs",
                    precinct=number,
                    file=file,
                    item=item,
                    district=precinct.district,
                    other=row.district,
                )
            )
    return list(known.values())


def _position(station: Station) -> Point | None:
    return None if station.lon is None or station.lat is None else Point(station.lon, station.lat)


def precincts_of_houses(houses: Iterable[House]) -> list[Precinct]:
    """Return the precincts that a house list names, each in the district of most of its houses."""
    votes: dict[int, Counter[str]] = {}
    for house in houses:
        if house.precinct is not None:
            votes.setdefault(house.precinct, Counter())[house.district] += 1
    return [
        Precinct(number, "territorial", max(sorted(count), key=count.__getitem__), "official_list")
        for number, count in sorted(votes.items())
    ]


def houses_of_known_precincts(
    houses: Iterable[Sourced[House]], precincts: Iterable[Precinct], findings: list[Finding]
) -> list[House]:
    """Return the houses; of those that name a precinct nobody else knows, the precinct is taken away.

    Parameters
    ----------
    houses, precincts
        All of the campaign.
    findings
        One for each unknown number goes here, at its first house.
    """
    known = {precinct.number for precinct in precincts}
    unknown: dict[int, list[Sourced[House]]] = {}
    kept = []
    for house, record in houses:
        if house.precinct is None or house.precinct in known:
            kept.append(house)
        else:
            unknown.setdefault(house.precinct, []).append((house, record))
            kept.append(dataclasses.replace(house, precinct=None, authority=None))
    for number, found in sorted(unknown.items()):
        first = found[0][1]
        findings.append(
            make_finding(
                "houses_unknown_precinct",
                file=first.table.name,
                item=first.item,
                field=first.mapping.source_names.get("precinct", "precinct"),
                number=number,
                count=len(found),
            )
        )
    return kept
