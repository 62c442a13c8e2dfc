"""Apply house lists to a campaign that is being built."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from geo_service.addresses.house_numbers import canonical
from geo_service.campaign.finding_codes import make_finding
from geo_service.campaign.membership import precincts_of_houses
from geo_service.campaign.model import Authority, Campaign, Finding, House, Place, Precinct
from geo_service.house_lists.address_cell import split_address_cell
from geo_service.house_lists.claims import Verdict, houses_by_number, judge_claims
from geo_service.house_lists.corrections import Corrections
from geo_service.house_lists.listed_cells import CellReader, ListedCell
from geo_service.house_lists.loading import LoadedLists
from geo_service.house_lists.matching import ListMatcher
from geo_service.house_lists.neighbourhood import Neighbourhood
from geo_service.house_lists.noticed import findings_of_lists
from geo_service.house_lists.own_places import places_of_lists
from geo_service.house_lists.place_book import DistrictWords, PlaceBook
from geo_service.place_labels import PlaceLabels


@dataclass(frozen=True)
class AppliedLists:
    """A campaign after its house lists.

    Parameters
    ----------
    campaign
        With what the lists say.
    cells
        What each cell of the lists came to.
    verdict
        What the lists say of houses.
    findings
        What there is to say.
    """

    campaign: Campaign
    cells: Sequence[ListedCell]
    verdict: Verdict
    findings: Sequence[Finding]


def apply_lists(
    lists: LoadedLists,
    campaign: Campaign,
    *,
    has_places: bool,
    is_only_source: bool,
    authority: Authority,
    corrections: Corrections,
    codes: Mapping[str, House] | None = None,
    told: Callable[[int], None] = lambda _: None,
) -> AppliedLists:
    """Return a campaign with what its house lists say.

    Parameters
    ----------
    lists
        The tables.
    campaign
        What the other sources gave: districts, precincts, places with their houses and aliases.
    has_places
        Whether a source of places was given; if not, the streets and houses of the lists are the campaign's.
    is_only_source
        Whether the lists alone say which precincts there are.
    authority
        What answers by the lists rest on.
    corrections
        What the clerk decided.
    codes
        Houses by the official codes of their addresses, if a source has them.
    told
        Called with the number of cells that are done, now and then.
    """
    read = CellReader(split_address_cell, corrections.of).read(lists.rows)
    district_of = {precinct.number: precinct.district for precinct in campaign.precincts}
    words = DistrictWords(campaign.districts)
    if has_places:
        matcher = ListMatcher(
            PlaceBook(campaign),
            words,
            _neighbourhood(campaign),
            district_of=district_of,
            codes=codes or {},
        )
        cells: Sequence[ListedCell] = matcher.match(read, told)
        places: Sequence[Place] = campaign.places
        houses = [*campaign.houses, *_added_houses(cells, words, district_of)]
    else:
        own = places_of_lists(read, words, district_of)
        cells, places, houses = own.cells, own.places, list(own.houses)
    known = None if is_only_source else set(district_of)
    unknown = _of_unknown_precincts(cells, known)
    left = {position for positions in unknown.values() for position in positions}
    counted = [
        dataclasses.replace(cell, outcome="not_understood") if i in left else cell
        for i, cell in enumerate(cells)
    ]
    by_number = houses_by_number((canonical(house.number), house) for house in houses)
    verdict = judge_claims(counted, by_number)
    voting = _with_precincts(houses, verdict, authority)
    precincts = [*campaign.precincts, *_new_precincts(voting, district_of)]
    applied = dataclasses.replace(
        campaign,
        precincts=tuple(sorted(precincts, key=lambda item: item.number)),
        places=tuple(sorted(places, key=lambda item: item.id)),
        houses=tuple(sorted(voting, key=lambda item: (item.place, item.number, item.district))),
    )
    overridden = [
        before
        for before, after in zip(houses, voting, strict=True)
        if before.precinct is not None and after.precinct not in (None, before.precinct)
    ]
    findings = [
        *lists.findings,
        *corrections.unused(),
        *findings_of_lists(cells, verdict, voting, unknown, PlaceLabels(applied)),
    ]
    if overridden:
        findings.append(make_finding("list_houses_override", count=len(overridden)))
    return AppliedLists(applied, cells, verdict, findings)


def _neighbourhood(campaign: Campaign) -> Neighbourhood:
    return Neighbourhood(
        {
            precinct.number: precinct.geometry
            for precinct in campaign.precincts
            if precinct.geometry is not None and precinct.kind == "territorial"
        }
    )


def _added_houses(
    cells: Iterable[ListedCell], words: DistrictWords, district_of: Mapping[int, str]
) -> list[House]:
    """Return the houses that a list names at streets that are beyond doubt, and no other source has."""
    added: dict[tuple[int, str], House] = {}
    for cell in cells:
        if cell.place is None or cell.agreement != "named" or cell.evidence not in (None, "clerk"):
            continue
        stated = words.code(cell.row.district) if cell.row.district else None
        district = stated or district_of.get(cell.row.precinct or 0) or _only_district(cell.place)
        is_alone = len(cell.caught.missing) == 1 and not cell.caught.houses
        for number in cell.caught.missing:
            lon, lat = (cell.row.lon, cell.row.lat) if is_alone else (None, None)
            house = House(cell.place.id, number, district, None, None, None, lon, lat)
            added.setdefault((house.place, number), house)
    return list(added.values())


def _only_district(place: Place) -> str:
    return place.districts[0] if len(place.districts) == 1 else ""


def _of_unknown_precincts(cells: Sequence[ListedCell], known: set[int] | None) -> dict[int, list[int]]:
    """Return positions of matched cells whose precinct no other source has, by its number."""
    unknown: dict[int, list[int]] = {}
    for position, cell in enumerate(cells):
        number = cell.row.precinct
        if known is not None and cell.outcome == "matched" and number is not None and number not in known:
            unknown.setdefault(number, []).append(position)
    return unknown


def _with_precincts(houses: Sequence[House], verdict: Verdict, authority: Authority) -> list[House]:
    """Return houses with the precincts of the lists; those that the lists contradict get none."""
    disputed = {key for contradiction in verdict.contradictions for key in contradiction.houses}
    voting = []
    for house in houses:
        key = (house.place, canonical(house.number), house.district)
        number = verdict.precincts.get(key)
        if number is not None:
            house = dataclasses.replace(house, precinct=number, authority=authority)  # noqa: PLW2901
        elif key in disputed:
            house = dataclasses.replace(house, precinct=None, authority=None)  # noqa: PLW2901
        voting.append(house)
    return voting


def _new_precincts(houses: Iterable[House], known: Mapping[int, str]) -> list[Precinct]:
    return [precinct for precinct in precincts_of_houses(houses) if precinct.number not in known]
