"""From the records of sources to districts, precincts and stations."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar, get_args

import shapely

from boundaries.precincts import DECIMALS, PrecinctKind
from geo_service.campaign.boundary_repairs import boundary_of, with_heights_counted
from geo_service.campaign.district_book import DistrictBook
from geo_service.campaign.finding_codes import make_finding
from geo_service.campaign.model import (
    Accessibility,
    Authority,
    District,
    Finding,
    Precinct,
    Station,
    YesNo,
)
from geo_service.campaign.records import Record

KINDS = get_args(PrecinctKind)
AUTHORITIES = get_args(Authority)
_STATUSES = ("open", "closed")
# Codes stand side by side with commas between them in the places, and in addresses of pages.
_CODE = re.compile(r"[a-z0-9_-]+")
_ACCESS_FIELDS = tuple(field.name for field in dataclasses.fields(Accessibility))

T = TypeVar("T")
#: A model object with the record that it was made from.
Sourced = tuple[T, Record]


@dataclass(frozen=True, slots=True)
class StationRow:
    """A station, and what its row says of its precinct: district and kind, None if it does not."""

    station: Station
    district: str | None
    kind: PrecinctKind | None
    record: Record


def read_districts(records: Iterable[Record], findings: list[Finding]) -> list[District]:
    """Return districts; repairs go to the findings.

    Raises
    ------
    geo_service.errors.SourceError, boundaries.errors.GeometryError
        If a code is empty, no short word of small Latin letters, or occurs twice, or a polygon is missing or
        beyond repair.
    """
    sourced = []
    told: list[Finding] = []
    for record in records:
        code = _code(record)
        geometry, repairs = boundary_of(record, f"district {code}")
        told.extend(repairs)
        sourced.append((District(code, record.names("name"), geometry), record))
    refuse_duplicates(sourced, "code", lambda district: district.code)
    findings.extend(with_heights_counted(told))
    return [district for district, _ in sourced]


def read_precincts(
    records: Iterable[Record], districts: DistrictBook, findings: list[Finding]
) -> list[Sourced[Precinct]]:
    """Return precincts; one without a stated district gets that of its polygon.

    Raises
    ------
    geo_service.errors.SourceError, boundaries.errors.GeometryError
        If a value cannot be used, a number occurs twice, a polygon is empty or beyond repair, or a precinct
        with a polygon claims to rest on the house list.
    """
    told: list[Finding] = []
    sourced = [(_precinct(record, districts, told), record) for record in records]
    refuse_duplicates(sourced, "number", lambda precinct: precinct.number)
    findings.extend(with_heights_counted(told))
    return sourced


def read_stations(
    records: Iterable[Record], districts: DistrictBook, *, opens: str, closes: str
) -> list[StationRow]:
    """Return stations; those that state no building are in one building if their addresses are the same.

    Parameters
    ----------
    records
        Those of the section.
    districts
        The districts of the campaign.
    opens, closes
        The campaign's hours, ``HH:MM``: those of a station that states none.

    Raises
    ------
    geo_service.errors.SourceError
        If a value cannot be used, a station closes before it opens, or a precinct has two rows.
    """
    rows = [
        StationRow(
            _station(record, opens, closes), districts.stated(record), record.choice("kind", KINDS), record
        )
        for record in records
    ]
    refuse_duplicates(
        [(row.station, row.record) for row in rows], "precinct", lambda station: station.precinct
    )
    return _with_buildings(rows)


def point_of(record: Record) -> tuple[float, float] | tuple[None, None]:
    """Return longitude and latitude of a record's point, rounded; two None if it has none.

    Raises
    ------
    geo_service.errors.SourceError
        If its geometry is no single point.
    """
    geometry = record.geometry
    if geometry is None or geometry.is_empty:
        return None, None
    parts = shapely.get_parts(geometry)
    if len(parts) != 1 or parts[0].geom_type != "Point":
        raise record.error(
            "geometry", f"The position is a {geometry.geom_type}, not a point.", "Export one point a feature."
        )
    return round(parts[0].x, DECIMALS), round(parts[0].y, DECIMALS)


def refuse_duplicates(sourced: Iterable[Sourced[T]], column: str, key: Callable[[T], Any]) -> None:
    """Refuse two rows with one key.

    Raises
    ------
    geo_service.errors.SourceError
        At the second one; the message names the first.
    """
    first: dict[Any, Record] = {}
    for item, record in sourced:
        value = key(item)
        earlier = first.setdefault(value, record)
        if earlier is not record:
            raise record.error(
                column,
                f"The {column} {value} occurs twice: {earlier.item} has it, too.",
                "Correct the value, or remove one of the two.",
            )


def _code(record: Record) -> str:
    code = record.required("code")
    if not _CODE.fullmatch(code):
        raise record.error(
            "code",
            f'"{code[:60]}" cannot be the code of a district: a code is made of small Latin letters, digits, '
            "hyphens and underscores.",
            "Correct it, or say in the section's values which code stands for it, "
            f'e.g. code = {{ "{code[:60]}" = "almaly" }}.',
        )
    return code


def _precinct(record: Record, districts: DistrictBook, findings: list[Finding]) -> Precinct:
    number = record.required_integer("number", minimum=1)
    geometry = None
    if record.geometry is not None:
        geometry, repairs = boundary_of(record, f"precinct {number}", number)
        findings.extend(repairs)
    district = districts.stated(record) or districts.at(geometry)
    if district is None and districts.codes:
        findings.append(
            make_finding(
                "precinct_without_district", precinct=number, file=record.table.name, item=record.item
            )
        )
    return Precinct(
        number,
        record.choice("kind", KINDS, "territorial"),
        district or "",
        _authority(record, has_boundary=geometry is not None),
        record.choice("status", _STATUSES, "open"),
        record.integer("voters"),
        record.names("name"),
        geometry,
    )


def _authority(record: Record, *, has_boundary: bool) -> Any:
    default = "official_polygon" if has_boundary else "official_list"
    authority = record.choice("authority", AUTHORITIES, default)
    if has_boundary and authority == "official_list":
        raise record.error(
            "authority",
            "A boundary cannot rest on official_list: a list names houses, and answers by this boundary "
            "would pass for answers by the list.",
            "State what the boundary rests on: official_polygon, derived or sample; "
            "or leave the boundary out.",
        )
    return authority


def _station(record: Record, usual_opens: str, usual_closes: str) -> Station:
    number = record.required_integer("precinct", minimum=1)
    opens, closes = record.time("opens"), record.time("closes")
    _refuse_closing_before_opening(record, opens, closes, usual_opens, usual_closes)
    lon, lat = point_of(record)
    access = {name: record.choice(name, get_args(YesNo), "unknown") for name in _ACCESS_FIELDS}
    return Station(
        precinct=number,
        building_id=record.text("building_id") or "",
        names=record.names("name"),
        address=record.names("address"),
        opens=opens,
        closes=closes,
        may_close_early=record.flag("may_close_early"),
        phone=record.text("phone"),
        location_source=None if lon is None else record.text("location_source") or "coordinates",
        accessibility=Accessibility(**access),
        lon=lon,
        lat=lat,
    )


def _refuse_closing_before_opening(
    record: Record, opens: str | None, closes: str | None, usual_opens: str, usual_closes: str
) -> None:
    from_time, to_time = opens or usual_opens, closes or usual_closes
    if from_time < to_time:
        return
    lacking = "closing" if closes is None else "opening" if opens is None else None
    of_campaign = f" (the {lacking} time is the campaign's: the row has none)" if lacking else ""
    raise record.error(
        "opens" if closes is None else "closes",
        f"The station closes ({to_time}) before it opens ({from_time}){of_campaign}.",
        "Correct the time, or give both opens and closes.",
    )


def _with_buildings(rows: list[StationRow]) -> list[StationRow]:
    """Fill in building ids: the lowest precinct of those with one address in one district names it."""
    ordered = sorted(rows, key=lambda row: row.station.precinct)
    known: dict[Any, str] = {}
    filled = []
    for row in ordered:
        station = row.station
        address = station.address.best("ru")
        key = (row.district, address.casefold()) if address else station.precinct
        building = station.building_id or known.setdefault(key, f"building-{station.precinct}")
        filled.append(dataclasses.replace(row, station=dataclasses.replace(station, building_id=building)))
    return filled
