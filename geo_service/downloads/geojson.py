"""Precincts and districts as GeoJSON (RFC 7946), a feature at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from geo_service.campaign.model import Campaign
from geo_service.downloads.records import Record, district_records, precinct_records


def precincts_geojson(campaign: Campaign) -> Iterator[bytes]:
    """Yield the precincts with their stations as a feature collection, in parts."""
    features = (
        _feature(precinct.number, precinct.geometry, record)
        for precinct, record in precinct_records(campaign)
    )
    return _collection(features, campaign)


def districts_geojson(campaign: Campaign) -> Iterator[bytes]:
    """Yield the districts as a feature collection, in parts."""
    features = (
        _feature(district.code, district.geometry, record) for district, record in district_records(campaign)
    )
    return _collection(features, campaign)


def _collection(features: Iterable[bytes], campaign: Campaign) -> Iterator[bytes]:
    info = campaign.info
    about = {"campaign": info.id, "is_sample": info.is_sample, "source": info.source, "licence": info.licence}
    # Members that the standard does not know are left alone by those who read it.
    yield b'{"type":"FeatureCollection",' + orjson.dumps(about)[1:-1] + b',"features":[\n'
    for count, feature in enumerate(features):
        yield (b",\n" if count else b"") + feature
    yield b"\n]}\n"


def _feature(identifier: int | str, geometry: BaseGeometry | None, record: Record) -> bytes:
    feature: dict[str, Any] = {
        "type": "Feature",
        "id": identifier,
        "properties": record,
        "geometry": None if geometry is None else orjson.Fragment(shapely.to_geojson(geometry)),
    }
    return orjson.dumps(feature)
