"""From the records of sources to places, houses and aliases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, get_args

import shapely
from shapely.geometry.base import BaseGeometry

from boundaries.precincts import round_coordinates, without_needless_multi
from geo_service.campaign.district_book import DistrictBook
from geo_service.campaign.finding_codes import make_finding
from geo_service.campaign.model import Alias, AliasKind, Finding, House, Language, Place, PlaceKind, Precinct
from geo_service.campaign.records import Record
from geo_service.campaign.rows import AUTHORITIES, Sourced, point_of, refuse_duplicates

_PLACE_SHAPES = {"Point", "LineString", "MultiLineString"}

T = TypeVar("T")


def read_places(records: Iterable[Record], districts: DistrictBook) -> list[Place]:
    """Return places; one that states no districts gets those that it meets.

    Raises
    ------
    geo_service.errors.SourceError
        If a value cannot be used, an id occurs twice, or ``within`` names no place.
    """
    sourced = [(_place(record, districts), record) for record in records]
    refuse_duplicates(sourced, "id", lambda place: place.id)
    known = {place.id for place, _ in sourced}
    for place, record in sourced:
        if place.within is not None and place.within not in known:
            raise record.error("within", f"There is no place with the id {place.within}.", "Correct the id.")
    return [place for place, _ in sourced]


def read_houses(
    records: Iterable[Record],
    districts: DistrictBook,
    places: Iterable[Place],
    precincts: Iterable[Precinct],
    findings: list[Finding],
) -> list[Sourced[House]]:
    """Return houses; one that states no district gets that of its point, its precinct or its place.

    Raises
    ------
    geo_service.errors.SourceError
        If a value cannot be used, the place is not known, or two rows say different things of one house.
    """
    known_places = {place.id: place for place in places}
    districts_of_precincts = {precinct.number: precinct.district for precinct in precincts}
    own_districts: dict[int, str | None] = {}
    sourced = []
    for record in records:
        own = districts.stated(record) or districts.at(record.geometry)
        own_districts[record.position] = own
        sourced.append((_house(record, own, known_places, districts_of_precincts), record))
    return _without_repeats(
        sourced,
        "number",
        # Only what the row itself says of the district makes two houses of one number at one place.
        lambda house, record: (house.place, house.number, own_districts[record.position]),
        "houses",
        findings,
    )


def read_aliases(records: Iterable[Record], places: Iterable[Place], findings: list[Finding]) -> list[Alias]:
    """Return aliases.

    Raises
    ------
    geo_service.errors.SourceError
        If a value cannot be used, the place is not known, or two rows say different things of one alias.
    """
    known_places = {place.id: place for place in places}
    sourced = [(_alias(record, known_places), record) for record in records]
    kept = _without_repeats(
        sourced,
        "name",
        lambda alias, _: (alias.place, alias.name, alias.language, alias.kind),
        "aliases",
        findings,
    )
    return [alias for alias, _ in kept]


def _place(record: Record, districts: DistrictBook) -> Place:
    geometry = _place_geometry(record)
    stated = re.split(r"\s*[,;]\s*", record.text("districts") or "")
    codes = {districts.code(record, "districts", text) for text in stated if text}
    return Place(
        record.required_integer("id"),
        record.required_choice("kind", get_args(PlaceKind)),
        record.names("name"),
        tuple(sorted(codes or districts.meeting(geometry))),
        record.integer("within"),
        geometry,
    )


def _place_geometry(record: Record) -> BaseGeometry | None:
    geometry = record.geometry
    if geometry is None or geometry.is_empty:
        return None
    single = without_needless_multi(geometry)
    if single.geom_type not in _PLACE_SHAPES:
        raise record.error(
            "geometry",
            f"The course of the place is a {geometry.geom_type}.",
            "Give lines for a street, or one point for a microdistrict.",
        )
    return round_coordinates(shapely.force_2d(single))


def _house(
    record: Record,
    own_district: str | None,
    places: Mapping[int, Place],
    districts_of_precincts: Mapping[int, str],
) -> House:
    place = places[_known_place(record, places)]
    precinct = record.integer("precinct", minimum=1)
    lon, lat = point_of(record)
    district = (
        own_district
        or districts_of_precincts.get(precinct or 0)
        or (place.districts[0] if len(place.districts) == 1 else "")
    )
    authority = record.choice("authority", AUTHORITIES, "official_list")
    return House(
        place.id,
        record.required("number"),
        district,
        precinct,
        None if precinct is None else authority,
        record.integer("voters"),
        lon,
        lat,
    )


def _alias(record: Record, places: Mapping[int, Place]) -> Alias:
    return Alias(
        _known_place(record, places),
        record.required("name"),
        record.required_choice("language", get_args(Language)),
        record.required_choice("kind", get_args(AliasKind)),
        record.date("valid_from"),
        record.date("valid_to"),
        record.text("source") or "",
    )


def _known_place(record: Record, places: Mapping[int, Place]) -> int:
    place = record.required_integer("place")
    if place not in places:
        raise record.error(
            "place",
            f"There is no place with the id {place}.",
            "Correct the id, or add the place to the source of the section [places].",
        )
    return place


def _without_repeats(
    sourced: list[Sourced[T]],
    column: str,
    key: Callable[[T, Record], Any],
    layer: str,
    findings: list[Finding],
) -> list[Sourced[T]]:
    """Leave out rows that repeat another one exactly; refuse those that contradict it."""
    first: dict[Any, Sourced[T]] = {}
    kept = []
    for item, record in sourced:
        earlier, earlier_record = first.setdefault(key(item, record), (item, record))
        if earlier_record is record:
            kept.append((item, record))
        elif earlier == item:
            findings.append(
                make_finding(
                    "duplicate_row",
                    file=record.table.name,
                    item=record.item,
                    layer=layer,
                    first=earlier_record.item,
                )
            )
        else:
            raise record.error(
                column,
                f"The row contradicts {earlier_record.item}, which is about the same "
                f"{'house' if layer == 'houses' else 'alias'}.",
                "Correct or remove one of the two.",
            )
    return kept
