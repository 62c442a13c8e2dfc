"""The precincts as TopoJSON: neighbours share their arcs, so borders are sent, and drawn, once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import shapely
import topojson

from maps.background import roomiest
from maps.colours import tints
from maps.model import MapPrecinct

#: Steps along each side of the city's box: 1e5 is about 0.4 m in Almaty.
QUANTISATION = 100_000
OBJECT_NAME = "precincts"
_LABEL_DECIMALS = 5


def precinct_topology(precincts: Sequence[MapPrecinct]) -> dict[str, Any]:
    """Return a TopoJSON topology of precincts.

    Parameters
    ----------
    precincts
        Precincts with distinct numbers.

    Returns
    -------
    dict
        A topology with one object, ``precincts``. Properties of a geometry: ``number``, ``kind``,
        ``district``, ``tint`` (null for a special precinct), ``label`` (longitude and latitude of the best
        place for its number) and ``room`` (metres around it that belong to the precinct).
    """
    ordered = sorted(precincts, key=lambda precinct: precinct.number)
    if not ordered:
        return {
            "type": "Topology",
            "objects": {OBJECT_NAME: {"type": "GeometryCollection", "geometries": []}},
            "arcs": [],
        }
    tint_of = tints(ordered)
    features = [
        {
            "type": "Feature",
            "geometry": shapely.geometry.mapping(precinct.geometry),
            "properties": {
                "number": precinct.number,
                "kind": precinct.kind,
                "district": precinct.district,
                "tint": tint_of.get(precinct.number),
                **_label(precinct),
            },
        }
        for precinct in ordered
    ]
    collection = {"type": "FeatureCollection", "features": features}
    topology = topojson.Topology(collection, prequantize=QUANTISATION, object_name=OBJECT_NAME)
    result: dict[str, Any] = topology.to_dict()
    for geometry in result["objects"][OBJECT_NAME]["geometries"]:
        del geometry["id"]  # a running number that says nothing
    return result


def _label(precinct: MapPrecinct) -> dict[str, Any]:
    """Return where the number has most room."""
    lon, lat, room = roomiest(precinct.geometry)
    return {"label": [round(lon, _LABEL_DECIMALS), round(lat, _LABEL_DECIMALS)], "room": round(room)}
