"""A comparison as JSON values."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping
from typing import Any

import shapely

from geo_service.campaign.model import CampaignInfo, Place
from geo_service.campaign.schema import LAYERS, Layer
from geo_service.comparison.model import BorderShift, Comparison, FieldChange, LayerChanges

_REFER_TO_PLACES = {"houses", "aliases"}
_DECIMALS = 1  # of metres and square metres
_SHARE_DECIMALS = 4


def comparison_dict(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as JSON values; docs/comparison.md describes them.

    An item of a layer has the columns that docs/campaign-file.md describes; what refers to a place has its
    kind and names beside, and what has a point its position.
    """
    old_places = {place.id: place for place in comparison.old.places}
    places = {place.id: place for place in comparison.new.places}
    return {
        "same": comparison.is_same,
        "old": _vote(comparison.old.info),
        "new": _vote(comparison.new.info),
        "tolerance_m": comparison.tolerance_m,
        "campaign": [_field(change) for change in comparison.facts],
        **{
            layer.name: _layer(layer, getattr(comparison, layer.name), old_places, places) for layer in LAYERS
        },
        "renumbered": [
            {
                "old": pair.old,
                "new": pair.new,
                "by": pair.by,
                "share": round(pair.share, _SHARE_DECIMALS),
                "houses": pair.houses,
            }
            for pair in comparison.renumbered
        ],
        "houses_moved": _moved_houses(comparison, places),
        "amendments": {
            "added": [dataclasses.asdict(item) for item in comparison.amendments.added],
            "gone": [dataclasses.asdict(item) for item in comparison.amendments.gone],
        },
        "borders": [_shift(shift) for shift in comparison.shifts],
        "district_borders": [_shift(shift) for shift in comparison.district_shifts],
        "left_out": {
            "borders": comparison.left_out.borders,
            "area_m2": round(comparison.left_out.area_m2, _DECIMALS),
            "positions": comparison.left_out.positions,
            "place_ids": comparison.left_out.place_ids,
        },
    }


def _vote(info: CampaignInfo) -> dict[str, Any]:
    return {"id": info.id, "names": info.names.as_dict(), "date": info.date, "is_sample": info.is_sample}


def _field(change: FieldChange) -> dict[str, Any]:
    return {"field": change.field, "old": change.old, "new": change.new}


def _layer(
    layer: Layer, changes: LayerChanges[Any], old_places: Mapping[int, Place], places: Mapping[int, Place]
) -> dict[str, Any]:
    return {
        "added": [_item(layer, item, places) for item in changes.added],
        "gone": [_item(layer, item, old_places) for item in changes.gone],
        "changed": [
            {
                "item": _item(layer, pair.new, places),
                "fields": [_field(change) for change in pair.fields],
                "moved_m": None if pair.moved_m is None else round(pair.moved_m, _DECIMALS),
            }
            for pair in changes.changed
        ],
    }


def _item(layer: Layer, item: Any, places: Mapping[int, Place]) -> dict[str, Any]:
    row, geometry = layer.to_row(item)
    values = dict(zip(layer.column_names, row, strict=True))
    if layer.name in _REFER_TO_PLACES:
        place = places[item.place]
        values |= {"place_kind": place.kind, "place_names": place.names.as_dict()}
    if layer.geometry == "Point":
        values["point"] = None if geometry is None else {"lon": geometry[0], "lat": geometry[1]}
    return values


def _moved_houses(comparison: Comparison, places: Mapping[int, Place]) -> dict[str, Any]:
    houses = next(layer for layer in LAYERS if layer.name == "houses")
    pairs = Counter((house.old.precinct, house.new.precinct) for house in comparison.moved_houses)
    return {
        "by_precincts": [
            {"old": old, "new": new, "count": count} for (old, new), count in pairs.most_common()
        ],
        "houses": [
            {
                "item": _item(houses, house.new, places),
                "old": house.old.precinct,
                "new": house.new.precinct,
            }
            for house in comparison.moved_houses
        ],
    }


def _shift(shift: BorderShift) -> dict[str, Any]:
    inside = shapely.point_on_surface(shift.ground)
    return {
        "from": shift.giver,
        "to": shift.taker,
        "area_m2": round(shift.area_m2, _DECIMALS),
        "point": {"lon": round(inside.x, 7), "lat": round(inside.y, 7)},
    }
