"""The layers of a campaign as GeoJSON, serialised once for all requests."""

from __future__ import annotations

import functools
from typing import Any

import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from geo_service.api.responses import GEOJSON, JSON, PreparedAnswer, prepared
from geo_service.campaign.model import Precinct
from geo_service.campaign.summary import campaign_counts, findings_by_severity
from geo_service.errors import NoCampaignError
from geo_service.served.encodings import SUFFIXES
from geo_service.served.neighbours import precinct_neighbours
from geo_service.served.served_campaign import ServedCampaign


class CampaignDocuments:
    """GeoJSON and facts of one campaign.

    Parameters
    ----------
    served
        The campaign, and where its map is.
    """

    def __init__(self, served: ServedCampaign) -> None:
        self._finder = served.finder
        self._campaign = served.finder.campaign
        self._served = served

    def precinct(self, number: int) -> dict[str, Any]:
        """Return a precinct as a GeoJSON feature with its neighbours.

        Raises
        ------
        geo_service.errors.PrecinctNotFoundError
            If the campaign has no such precinct.
        """
        precinct = self._finder.precinct(number)
        properties = {
            **self._properties(precinct),
            "neighbours": self._served.made(precinct_neighbours).get(number, ()),
        }
        return _feature(number, precinct.geometry, properties)

    def precincts_within(
        self, bbox: tuple[float, float, float, float], *, with_geometry: bool = True
    ) -> dict[str, Any]:
        """Return the precincts that meet a box as a GeoJSON feature collection, ascending by number.

        Parameters
        ----------
        bbox
            West, south, east, north.
        with_geometry
            Whether to send the boundaries; without, each geometry is null.
        """
        features = self._features if with_geometry else self._features_without_geometry
        return _collection([features[number] for number in self._finder.index.within(bbox)])

    @functools.cached_property
    def precincts(self) -> PreparedAnswer:
        """All precincts, special ones too, as a GeoJSON feature collection, ascending by number."""
        return prepared(_collection(list(self._features.values())), mimetype=GEOJSON)

    @functools.cached_property
    def precincts_without_geometry(self) -> PreparedAnswer:
        """All precincts without their boundaries: each geometry is null."""
        return prepared(_collection(list(self._features_without_geometry.values())), mimetype=GEOJSON)

    @functools.cached_property
    def topology(self) -> PreparedAnswer:
        """The precincts as TopoJSON, as the map draws them.

        Raises
        ------
        geo_service.errors.NoCampaignError
            If the map is not rendered.
        """
        directory = self._served.map_directory
        if directory is None:
            raise NoCampaignError(
                "The map's files are not rendered.",
                "Ask for /api/v1/precincts, or tell the operator of the service.",
            )
        path = directory / "precincts.topojson"
        variants = {
            encoding: path.with_name(path.name + suffix).read_bytes() for encoding, suffix in SUFFIXES.items()
        }
        return PreparedAnswer(path.read_bytes(), JSON, variants=variants)

    @functools.cached_property
    def districts(self) -> PreparedAnswer:
        """The districts as a GeoJSON feature collection."""
        features = [
            _feature(
                district.code, district.geometry, {"code": district.code, "names": district.names.as_dict()}
            )
            for district in self._campaign.districts
        ]
        return prepared(_collection(features), mimetype=GEOJSON)

    @functools.cached_property
    def stations(self) -> PreparedAnswer:
        """The stations as a GeoJSON feature collection of points, one a precinct, ascending."""
        features = []
        for station in self._campaign.stations:
            known = station.lon is not None and station.lat is not None
            point = shapely.Point(station.lon or 0, station.lat or 0) if known else None
            answer = self._finder.stations(station.precinct)[0]
            properties = {
                "precinct": station.precinct,
                # What the number rests on: a list that is cut out of the campaign says so too.
                "authority": self._finder.precinct(station.precinct).authority,
                "is_sample": self._campaign.info.is_sample,
                **answer.to_dict(),
            }
            features.append(_feature(station.precinct, point, properties))
        return prepared(_collection(features), mimetype=GEOJSON)

    @functools.cached_property
    def campaign(self) -> PreparedAnswer:
        """The campaign's facts, counts, and its findings by severity."""
        info = self._campaign.info
        return prepared(
            {
                **{name: getattr(info, name) for name in ("id", "date", "time_zone", "opens", "closes")},
                "hash": self._finder.file.content_hash,
                "is_sample": info.is_sample,
                "names": info.names.as_dict(),
                "city": info.city.as_dict(),
                "data_date": info.data_date,
                "source": info.source,
                "licence": info.licence,
                "call_centre": info.call_centre,
                "links": dict(info.links),
                "rules": info.rules,
                "bounds": self._finder.bounds,
                "counts": campaign_counts(self._finder.file),
                "findings": findings_by_severity(self._finder.file.findings),
            }
        )

    @functools.cached_property
    def _features(self) -> dict[int, orjson.Fragment]:
        return {
            precinct.number: _serialised(
                _feature(precinct.number, precinct.geometry, self._properties(precinct))
            )
            for precinct in self._campaign.precincts
        }

    @functools.cached_property
    def _features_without_geometry(self) -> dict[int, orjson.Fragment]:
        return {
            precinct.number: _serialised(_feature(precinct.number, None, self._properties(precinct)))
            for precinct in self._campaign.precincts
        }

    def _properties(self, precinct: Precinct) -> dict[str, Any]:
        return {
            "number": precinct.number,
            "kind": precinct.kind,
            "district": precinct.district,
            "authority": precinct.authority,
            "status": precinct.status,
            "voters": precinct.voters,
            "names": precinct.names.as_dict(),
            "stations": [station.to_dict() for station in self._finder.stations(precinct.number)],
        }


def _serialised(value: dict[str, Any]) -> orjson.Fragment:
    return orjson.Fragment(orjson.dumps(value))


def _collection(features: list[Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


def _feature(
    identifier: int | str, geometry: BaseGeometry | None, properties: dict[str, Any]
) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": identifier,
        "geometry": None if geometry is None else orjson.Fragment(shapely.to_geojson(geometry)),
        "properties": properties,
    }
