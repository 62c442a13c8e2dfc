"""The layers of a campaign as GeoJSON, serialised once and put together for each request."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable
from typing import Any

import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from geo_service.campaign.model import Precinct
from geo_service.finder import Finder

_TOUCH_DEG = 1e-7  # the step of the stored coordinates: neighbours share borders to within it


class CampaignDocuments:
    """GeoJSON and facts of one campaign.

    Parameters
    ----------
    finder
        Of the campaign.
    """

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._campaign = finder.campaign

    def precinct(self, number: int) -> dict[str, Any]:
        """Return a precinct as a GeoJSON feature with its neighbours.

        Raises
        ------
        geo_service.errors.PrecinctNotFoundError
            If the campaign has no such precinct.
        """
        precinct = self._finder.precinct(number)
        properties = {**self._properties(precinct), "neighbours": self._neighbours(precinct)}
        return _feature(number, precinct.geometry, properties)

    def precincts(
        self, *, bbox: tuple[float, float, float, float] | None = None, with_geometry: bool = True
    ) -> dict[str, Any]:
        """Return precincts, special ones too, as a GeoJSON feature collection, ascending by number.

        Parameters
        ----------
        bbox
            West, south, east, north: only precincts with a boundary that meets this box.
        with_geometry
            Whether to send the boundaries; without, each geometry is null.
        """
        features = self._features if with_geometry else self._features_without_geometry
        numbers: Iterable[int] = features if bbox is None else self._finder.index.within(bbox)
        return _collection([features[number] for number in numbers])

    @functools.cached_property
    def districts(self) -> bytes:
        """The districts as a GeoJSON feature collection."""
        return orjson.dumps(
            _collection(
                [
                    _feature(
                        district.code,
                        district.geometry,
                        {"code": district.code, "names": district.names.as_dict()},
                    )
                    for district in self._campaign.districts
                ]
            )
        )

    @functools.cached_property
    def stations(self) -> bytes:
        """The stations as a GeoJSON feature collection of points, one a precinct, ascending."""
        features = []
        for station in self._campaign.stations:
            known = station.lon is not None and station.lat is not None
            point = shapely.Point(station.lon or 0, station.lat or 0) if known else None
            answer = self._finder.stations(station.precinct)[0]
            features.append(
                _feature(station.precinct, point, {"precinct": station.precinct, **answer.to_dict()})
            )
        return orjson.dumps(_collection(features))

    @functools.cached_property
    def campaign(self) -> bytes:
        """The campaign's facts, counts, and its findings by severity."""
        campaign, info = self._campaign, self._campaign.info
        kinds = Counter(precinct.kind for precinct in campaign.precincts)
        severities = Counter(finding.severity for finding in self._finder.file.findings)
        layers = ("districts", "precincts", "stations", "places", "houses", "aliases")
        return orjson.dumps(
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
                "rules": {key: dict(texts) for key, texts in info.rules.items()},
                "bounds": self._finder.bounds,
                "counts": {
                    **{layer: len(getattr(campaign, layer)) for layer in layers},
                    "territorial": kinds["territorial"],
                    "special": kinds["special"],
                },
                "findings": {
                    severity: severities[severity] for severity in ("error", "warning", "information")
                },
            }
        )

    @functools.cached_property
    def _features(self) -> dict[int, orjson.Fragment]:
        return {
            precinct.number: orjson.Fragment(
                orjson.dumps(_feature(precinct.number, precinct.geometry, self._properties(precinct)))
            )
            for precinct in self._campaign.precincts
        }

    @functools.cached_property
    def _features_without_geometry(self) -> dict[int, orjson.Fragment]:
        return {
            precinct.number: orjson.Fragment(
                orjson.dumps(_feature(precinct.number, None, self._properties(precinct)))
            )
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

    def _neighbours(self, precinct: Precinct) -> list[int]:
        """Return the territorial precincts that a territorial precinct shares a border with."""
        if precinct.geometry is None or precinct.kind == "special":
            return []
        west, south, east, north = precinct.geometry.bounds
        box = (west - _TOUCH_DEG, south - _TOUCH_DEG, east + _TOUCH_DEG, north + _TOUCH_DEG)
        others = [self._finder.precinct(number) for number in self._finder.index.within(box)]
        return [
            other.number
            for other in others
            if other.kind == "territorial"
            and other.number != precinct.number
            and other.geometry is not None
            and shapely.dwithin(precinct.geometry, other.geometry, _TOUCH_DEG)
        ]


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
