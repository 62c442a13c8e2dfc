"""The layers of a campaign file, column by column: one table for writer, reader, hash and documents."""

from __future__ import annotations

from typing import Any

import orjson

from geo_service.campaign.amendment import Amendment
from geo_service.campaign.columns import Column, ColumnType, Layer, Row
from geo_service.campaign.columns import boolean as _boolean
from geo_service.campaign.columns import integer as _integer
from geo_service.campaign.columns import names as _names
from geo_service.campaign.columns import text as _text
from geo_service.campaign.model import (
    Accessibility,
    Alias,
    Campaign,
    District,
    House,
    Names,
    Place,
    Precinct,
    Station,
)
from geo_service.campaign.names import NO_NAMES

__all__ = [
    "AMENDED_VERSION",
    "AMENDMENTS",
    "FORMAT_VERSION",
    "LAYERS",
    "READ_VERSIONS",
    "RULES_VERSION",
    "Column",
    "ColumnType",
    "Layer",
    "Row",
    "format_version",
    "written_layers",
]

FORMAT_VERSION = 1
#: Version of a file that holds amendments: a program that knows only the first would leave them out.
AMENDED_VERSION = 2
#: Version of a file with rules of the vote or names of its source, amended or not: before, rules were texts
#: without moments, and the source was one text.
RULES_VERSION = 3
READ_VERSIONS = (FORMAT_VERSION, AMENDED_VERSION, RULES_VERSION)


def _position(lon: float | None, lat: float | None) -> tuple[float, float] | None:
    return None if lon is None or lat is None else (lon, lat)


def _district_row(item: District) -> tuple[Row, Any]:
    return (item.code, item.names.kk, item.names.ru, item.names.en), item.geometry


def _district(row: Row, geometry: Any) -> District:
    return District(row[0], Names(*row[1:4]), geometry)


def _precinct_row(item: Precinct) -> tuple[Row, Any]:
    names = (item.names.kk, item.names.ru, item.names.en)
    return (
        item.number, item.kind, item.district, item.authority, item.status, item.voters, *names,
    ), item.geometry  # fmt: skip


def _precinct(row: Row, geometry: Any) -> Precinct:
    number, kind, district, authority, status, voters, *names = row
    return Precinct(number, kind, district, authority, status, voters, Names(*names), geometry)


def _station_row(item: Station) -> tuple[Row, Any]:
    access = item.accessibility
    return (
        item.precinct, item.building_id,
        item.names.kk, item.names.ru, item.names.en, item.address.kk, item.address.ru, item.address.en,
        item.opens, item.closes, item.may_close_early, item.phone, item.location_source,
        access.step_free, access.ground_floor, access.lift,
        access.braille, access.sign_language, access.parking,
    ), _position(item.lon, item.lat)  # fmt: skip


def _station(row: Row, geometry: Any) -> Station:
    lon, lat = geometry or (None, None)
    return Station(
        precinct=row[0],
        building_id=row[1],
        names=Names(*row[2:5]),
        address=Names(*row[5:8]),
        opens=row[8],
        closes=row[9],
        may_close_early=bool(row[10]),
        phone=row[11],
        location_source=row[12],
        accessibility=Accessibility(*row[13:19]),
        lon=lon,
        lat=lat,
    )


def _place_row(item: Place) -> tuple[Row, Any]:
    names = (item.names.kk, item.names.ru, item.names.en)
    return (item.id, item.kind, *names, ",".join(item.districts), item.within), item.geometry


def _place(row: Row, geometry: Any) -> Place:
    districts = tuple(row[5].split(",")) if row[5] else ()
    return Place(row[0], row[1], Names(*row[2:5]), districts, row[6], geometry)


def _house_row(item: House) -> tuple[Row, Any]:
    return (
        item.place, item.number, item.district, item.precinct, item.authority, item.voters,
    ), _position(item.lon, item.lat)  # fmt: skip


def _house(row: Row, geometry: Any) -> House:
    return House(*row, *(geometry or (None, None)))


def _alias_row(item: Alias) -> tuple[Row, Any]:
    return (
        item.place, item.name, item.language, item.kind, item.valid_from, item.valid_to, item.source,
    ), None  # fmt: skip


def _alias(row: Row, _: Any) -> Alias:
    return Alias(*row)


def _amendment_row(item: Amendment) -> tuple[Row, Any]:
    return (
        item.id, item.what, item.precinct, item.place, item.house, item.district,
        _json(item.former), _json(item.new), item.made_at, item.author, item.reason,
    ), None  # fmt: skip


def _amendment(row: Row, _: Any) -> Amendment:
    number, what, precinct, place, house, district, former, new, made_at, author, reason = row
    return Amendment(
        number, what, precinct, made_at, author, reason, orjson.loads(former), orjson.loads(new),
        place, house, district,
    )  # fmt: skip


def _json(values: Any) -> str:
    return orjson.dumps(dict(values), option=orjson.OPT_SORT_KEYS).decode()


_HOURS = "local time HH:MM; empty means the campaign's hours"
_ACCESS = "yes, no or unknown"

#: What sources give.
LAYERS: tuple[Layer, ...] = (
    Layer(
        "districts",
        (_text("code", "short name in Latin letters, unique"), *_names("name", "the district's full name")),
        ("code",),
        "MultiPolygon",
        _district_row,
        _district,
        geometry_nullable=False,
    ),
    Layer(
        "precincts",
        (
            _integer("number", "the precinct's number, unique in the campaign"),
            _text("kind", "territorial, or special (hospital, military unit and the like)"),
            _text("district", "code of its district"),
            _text(
                "authority",
                "what the boundary rests on: official_polygon, derived, sample; "
                "official_list only without a boundary",
            ),
            _text("status", "open or closed"),
            _integer("voters", "voters on its list", nullable=True),
            *_names("name", "the institution of a special precinct"),
        ),
        ("number",),
        "MultiPolygon",
        _precinct_row,
        _precinct,
    ),
    Layer(
        "stations",
        (
            _integer("precinct", "number of the precinct that votes there; one row a precinct"),
            _text("building_id", "the same for all stations in one building"),
            *_names("name", "the building's name"),
            *_names("address", "the building's address"),
            _text("opens", _HOURS, nullable=True),
            _text("closes", _HOURS, nullable=True),
            _boolean("may_close_early", "may close once everybody on the list has voted"),
            _text("phone", "telephone of the precinct's commission", nullable=True),
            _text("location_source", "how the point is known; empty without a point", nullable=True),
            _text("step_free", f"entrance without steps: {_ACCESS}"),
            _text("ground_floor", f"voting room on the ground floor: {_ACCESS}"),
            _text("lift", f"lift: {_ACCESS}"),
            _text("braille", f"Braille stencil: {_ACCESS}"),
            _text("sign_language", f"sign language: {_ACCESS}"),
            _text("parking", f"parking for people with disabilities: {_ACCESS}"),
        ),
        ("precinct",),
        "Point",
        _station_row,
        _station,
    ),
    Layer(
        "places",
        (
            _integer("id", "unique in the campaign"),
            _text(
                "kind",
                "street, avenue, boulevard, lane, highway, square, microdistrict, complex, settlement, other",
            ),
            *_names("name", "the bare name, without the kind word"),
            _text("districts", "codes of its districts, ascending, separated by commas"),
            _integer("within", "id of the microdistrict that it belongs to", nullable=True),
        ),
        ("id",),
        "Geometry",
        _place_row,
        _place,
    ),
    Layer(
        "houses",
        (
            _integer("place", "id of the place"),
            _text("number", "house number, as written: 12, 12А, 12/1"),
            _text("district", "code of its district"),
            _integer("precinct", "number of its precinct, from a house list", nullable=True),
            _text("authority", "what that rests on; empty without a precinct", nullable=True),
            _integer("voters", "voters registered there", nullable=True),
        ),
        ("place", "number", "district"),
        "Point",
        _house_row,
        _house,
    ),
    Layer(
        "aliases",
        (
            _integer("place", "id of the place"),
            _text("name", "the other name, without the kind word"),
            _text("language", "kk, ru or en"),
            _text("kind", "old, colloquial or spelling"),
            _text("valid_from", "first day, ISO 8601", nullable=True),
            _text("valid_to", "last day, ISO 8601", nullable=True),
            _text("source", "who says so"),
        ),
        ("place", "name", "language", "kind"),
        None,
        _alias_row,
        _alias,
    ),
)  # fmt: skip

#: What happened to a campaign after it was built. The table is in the file only if it has rows.
AMENDMENTS = Layer(
    "amendments",
    (
        _integer("id", "ascending from 1 in the order in which amendments were made"),
        _text("what", "station: where the precinct votes changed; house: the house came to the precinct"),
        _integer("precinct", "number of the precinct"),
        _integer("place", "id of the place of the house", nullable=True),
        _text("house", "number of the house", nullable=True),
        _text("district", "code of the district of the house", nullable=True),
        _text("former", "the columns that changed, with their values before, as a JSON object"),
        _text("new", "the same columns with their values since"),
        _text("made_at", "when, ISO 8601 with the offset from UTC"),
        _text("author", "who made it"),
        _text("reason", "why"),
    ),
    ("id",),
    None,
    _amendment_row,
    _amendment,
)


def written_layers(campaign: Campaign) -> tuple[Layer, ...]:
    """Return the layers of a campaign's file; without amendments they are those of the first version."""
    return (*LAYERS, AMENDMENTS) if campaign.amendments else LAYERS


def format_version(campaign: Campaign) -> int:
    """Return the format version of a campaign's file."""
    if campaign.info.rules or campaign.info.source_names != NO_NAMES:
        return RULES_VERSION
    return AMENDED_VERSION if campaign.amendments else FORMAT_VERSION
