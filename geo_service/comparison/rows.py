"""What differs in the rows of paired items. The schema says which columns: one added there is compared here.

Loads pyproj for distances on the ground.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from shapely import Point
from shapely.geometry.base import BaseGeometry

from boundaries.geodesy import degrees_for_metres
from boundaries.shifts import same_shapes
from geo_service.campaign.schema import LAYERS, Layer
from geo_service.comparison.model import Changed, FieldChange

Item = TypeVar("Item")
#: An item of the old campaign, what it would be by the numbers and ids of the new one, and its partner there.
Triple = tuple[Item, Item, Item]

_WGS84 = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class RowChanges:
    """The pairs that differ, and how many lie elsewhere by no more than the tolerance."""

    changed: tuple[Any, ...]
    within_tolerance: int


def layer_of(name: str) -> Layer:
    """Return a layer of the schema by its name."""
    return next(layer for layer in LAYERS if layer.name == name)


def changed_rows(layer: Layer, triples: Iterable[Triple[Item]], *, tolerance_m: float) -> RowChanges:
    """Return which paired items differ.

    Parameters
    ----------
    layer
        Their layer. Of polygons only whether there are any is compared; their borders are compared as ground.
    triples
        The pairs, the old item in both forms.
    tolerance_m
        Positions that lie no farther apart, in metres, are the same.
    """
    differing = [triple for triple in triples if triple[1] != triple[2]]
    rows = [(layer.to_row(known), layer.to_row(new)) for _, known, new in differing]
    distances = _distances_m(layer, [(old[1], new[1]) for old, new in rows])
    changed, near = [], 0
    for (old, _, new), (old_row, new_row), distance in zip(differing, rows, distances, strict=True):
        fields = tuple(_fields(layer, old_row, new_row))
        moved = distance if distance > tolerance_m else None
        near += int(distance > 0 and moved is None)
        if fields or moved is not None:
            changed.append(Changed(old, new, fields, moved))
    return RowChanges(tuple(changed), near)


def field_change(name: str, old: Any, new: Any) -> FieldChange:
    """Return a change of a value; of a geometry it says what kind it is."""
    return FieldChange(name, _told(old), _told(new))


def _fields(layer: Layer, old: tuple[Any, Any], new: tuple[Any, Any]) -> Iterable[FieldChange]:
    for name, before, after in zip(layer.column_names, old[0], new[0], strict=True):
        if before != after:
            yield FieldChange(name, before, after)
    if (old[1] is None) != (new[1] is None):
        yield field_change("geometry", old[1], new[1])


def _told(geometry: Any) -> Any:
    return geometry.geom_type if isinstance(geometry, BaseGeometry) else geometry


def _distances_m(layer: Layer, pairs: Sequence[tuple[Any, Any]]) -> list[float]:
    """Return how far the geometries of each pair lie apart; 0 of polygons and where there are not two."""
    distances = np.zeros(len(pairs))
    known = [k for k, (old, new) in enumerate(pairs) if old is not None and new is not None]
    if not known or layer.geometry in {None, "MultiPolygon"}:
        return [0.0] * len(pairs)
    olds, news = ([pairs[k][side] for k in known] for side in (0, 1))
    if layer.geometry == "Point":
        distances[known] = _apart_m(np.array(olds), np.array(news))
    else:
        distances[known] = _at_most_apart_m(olds, news)
    return [float(distance) for distance in distances]


def _apart_m(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return geodesic distances between positions, both of shape (n, 2)."""
    _, _, metres = _WGS84.inv(first[:, 0], first[:, 1], second[:, 0], second[:, 1])
    return np.asarray(metres, float)


def _at_most_apart_m(olds: Sequence[BaseGeometry], news: Sequence[BaseGeometry]) -> NDArray[np.float64]:
    """Return the Hausdorff distances of geometries on a plane that is true to 0.3 % within 30 km."""
    first, second = (np.array([*shapes, Point()], object)[:-1] for shapes in (olds, news))
    distances = np.zeros(len(first))
    for k in np.flatnonzero(~same_shapes(first, second)).tolist():
        step = degrees_for_metres(1.0, first[k].centroid.y)
        distances[k] = shapely.hausdorff_distance(_on_plane(first[k], step), _on_plane(second[k], step))
    return distances


def _on_plane(shape: BaseGeometry, step: tuple[float, float]) -> BaseGeometry:
    """Return a geometry in units of so many degrees."""
    moved: BaseGeometry = shapely.transform(shape, lambda positions: positions / step)
    return moved
