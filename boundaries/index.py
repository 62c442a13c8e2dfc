"""The precinct index: from a point to its precinct, exactly, one at a time or by the million.

All positions are WGS 84 (EPSG:4326) in degrees, longitude first.

A point belongs to the lowest-numbered territorial precinct that holds it or touches it, so that a point on a
shared border has one answer everywhere. The answer never depends on the grid that makes it fast: where a cell
of the grid is crossed by any edge, the point is tested against the unsimplified polygons.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from boundaries import geodesy
from boundaries.boxes import PolygonBoxes, box_of
from boundaries.bulk import BulkLocator
from boundaries.edges import PolygonEdges
from boundaries.errors import CoordinateError, IndexFormatError
from boundaries.grid import DEFAULT_CELLS, OwnerGrid, build_owner_grid, usual_split
from boundaries.index_format import pack_grid, unpack_grid
from boundaries.precincts import PrecinctPolygon, polygons_hash
from boundaries.prepared import prepared_copies

_SURELY_OFF_M = 0.1  # far more than a distance can be wrong by: points further off are on no edge


@dataclass(frozen=True, slots=True)
class Border:
    """How a point lies to the border of its own precinct.

    Parameters
    ----------
    distance_m
        Metres on the ellipsoid to the nearest edge of the own precinct, holes and the city's edge included.
    on_boundary
        True if the point lies exactly on that edge.
    other_precincts
        Numbers, ascending, of the other territorial precincts that are not further than asked for.
    """

    distance_m: float
    on_boundary: bool
    other_precincts: tuple[int, ...]


class PrecinctIndex:
    """Territorial and special precincts of one campaign, ready to be asked.

    Safe to use from several threads at once.

    Parameters
    ----------
    polygons
        Valid polygons with distinct numbers. They may overlap and leave gaps.
    cells
        Cells along each side of the owner grid; more cells cost memory (two bytes each) and build time, and
        decide more points without a polygon test.
    split
        Into how many smaller cells along each side a cell is split that an edge crosses: 1, 2, 4 or 8. By
        default as many as keep the share of points that need a polygon test what it is for a city.
    grid
        The owner grid of these very polygons, if it is known already; see `from_bytes`.
    """

    def __init__(
        self,
        polygons: Iterable[PrecinctPolygon],
        *,
        cells: int = DEFAULT_CELLS,
        split: int | None = None,
        grid: OwnerGrid | None = None,
    ) -> None:
        self._set_polygons(polygons)
        split = split or usual_split(len(self._territorial))
        self._set_grid(grid or build_owner_grid(self._territorial, cells=cells, split=split))

    @classmethod
    def from_bytes(cls, data: bytes, polygons: Iterable[PrecinctPolygon]) -> PrecinctIndex:
        """Load an index that `to_bytes` stored.

        Parameters
        ----------
        data
            The stored index.
        polygons
            The polygons that it was built from.

        Raises
        ------
        boundaries.errors.IndexFormatError
            If the data are damaged, of another format, or were built from other polygons.
        """
        stored_hash, grid = unpack_grid(data)
        index = cls(polygons, grid=grid)
        if stored_hash != index.polygons_hash:
            raise IndexFormatError(
                "The stored index belongs to other polygons.", "Build the index again from these polygons."
            )
        return index

    def to_bytes(self) -> bytes:
        """Return the index in a form that `from_bytes` loads faster than building it again."""
        return pack_grid(self.polygons_hash, self._grid)

    def locate(self, lon: float, lat: float) -> int | None:
        """Return the number of the territorial precinct of a point, or None outside all of them.

        Parameters
        ----------
        lon, lat
            Degrees. NaN and infinity lie outside.
        """
        # A numpy.float32 would drag the arithmetic below into single precision; a plain float is left alone,
        # as converting it would cost a sixth of the lookup.
        if type(lon) is not float or type(lat) is not float:
            lon, lat = float(lon), float(lat)
        if not (self._west <= lon <= self._east and self._south <= lat <= self._north):
            return None
        row = int((lat - self._south_edge) * self._rows_per_degree)
        code = self._codes_view[row * self._cells + int((lon - self._west_edge) * self._columns_per_degree)]
        if code < 0 and self._split > 1:
            code = self._blocks_view[self._grid.place_in_block(lon, lat, -1 - code)]
        if code >= 0:
            return self._number_of_code[code]
        for position in self._candidates[-1 - code]:
            if shapely.intersects_xy(self._territorial[position], lon, lat):
                return self._number_of_code[position + 1]
        return None

    def locate_many(self, lons: ArrayLike, lats: ArrayLike) -> NDArray[np.int32]:
        """Return the numbers of the territorial precincts of many points, as `locate` gives them.

        Parameters
        ----------
        lons, lats
            Degrees, arrays of one shape.

        Returns
        -------
        numpy.ndarray
            int32, of that shape; 0 outside all precincts and for NaN and infinity.

        Raises
        ------
        ValueError
            If the shapes differ.
        """
        lon_array = np.asarray(lons, np.float64)
        lat_array = np.asarray(lats, np.float64)
        if lon_array.shape != lat_array.shape:
            raise ValueError(f"lons and lats differ in shape: {lon_array.shape} and {lat_array.shape}")
        return self._bulk.locate(lon_array.ravel(), lat_array.ravel()).reshape(lon_array.shape)

    def special_at(self, lon: float, lat: float) -> int | None:
        """Return the number of the special precinct that holds a point (the lowest, if several), or None."""
        # They are few: all boxes at once are quicker than the tree, and no lock is needed.
        west, south, east, north = self._special_bounds
        inside = (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)
        positions: list[int] = (inside.nonzero()[0] + len(self._territorial)).tolist()
        holding = (p for p in positions if shapely.intersects_xy(self._polygons[p], lon, lat))
        position = next(holding, None)
        return None if position is None else self._numbers[position]

    def within(self, bbox: tuple[float, float, float, float]) -> list[int]:
        """Return the numbers of all precincts, special ones too, that meet a box, ascending.

        Parameters
        ----------
        bbox
            West, south, east, north; degrees, finite. It may be as thin as a line or a point.

        Raises
        ------
        boundaries.errors.CoordinateError
            If the box is inside out or not finite.
        """
        west, south, east, north = bbox
        if not (-np.inf < west <= east < np.inf and -np.inf < south <= north < np.inf):
            raise CoordinateError(
                f"The box {west}, {south}, {east}, {north} is inside out or not finite.",
                "Give west, south, east, north in degrees, the lower of each pair first.",
            )
        positions = self._boxes.meeting(bbox)
        # The box first: prepared polygons are for points only, see `prepared_copies`.
        meets = shapely.intersects(shapely.box(*bbox), self._polygons[positions])
        return sorted(self._numbers[position] for position, met in zip(positions, meets, strict=True) if met)

    def nearest(self, lon: float, lat: float) -> tuple[int, float] | None:
        """Return the nearest territorial precinct and its distance.

        Parameters
        ----------
        lon, lat
            Degrees.

        Returns
        -------
        tuple of int and float, or None
            The number and metres on the ellipsoid, 0 inside; None if there are no territorial polygons.
            Exact up to 30 km outside the city; farther off the distance is rough (see `geodesy.offsets_m`).

        Raises
        ------
        boundaries.errors.CoordinateError
            If the point is not on the earth: not finite or out of range.
        """
        number = self.locate(lon, lat)
        if number is not None:
            return number, 0.0
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # noqa: PLR2004 - the ranges of longitude and latitude
            raise CoordinateError(
                f"Longitude {lon}, latitude {lat} is no place on the earth.",
                "Give longitude between -180 and 180 and latitude between -90 and 90 degrees.",
            )
        if len(self._territorial) == 0:
            return None
        with self._boxes.by_distance(lon, lat) as positions:
            # Boxes in degrees give a first guess; the precincts within its distance then decide.
            guess = next(position for position in positions if position < len(self._territorial))
        reach = float(self._edges.distances_m(lon, lat, [guess])[0])
        # Half around the earth the box of the guess's own distance can miss it.
        near = self._territorial_near(lon, lat, reach) or [guess]
        distances = self._edges.distances_m(lon, lat, near)
        closest = int(np.argmin(distances))
        return self._numbers[near[closest]], float(distances[closest])

    def border(self, lon: float, lat: float, *, near_m: float = 50.0) -> Border | None:
        """Return how a point lies to the border of its precinct, or None outside all precincts.

        Parameters
        ----------
        lon, lat
            Degrees.
        near_m
            Metres within which another precinct counts as near.
        """
        number = self.locate(lon, lat)
        if number is None:
            return None
        own = self._position_of[number]
        others = [position for position in self._territorial_near(lon, lat, near_m) if position != own]
        own_distance, *distances = self._edges.distances_m(lon, lat, [own, *others]).tolist()
        return Border(
            distance_m=own_distance,
            # Not `intersects_xy`: it would prepare the ring, in whatever thread comes first.
            on_boundary=own_distance < _SURELY_OFF_M
            and bool(shapely.intersects(self._rings[own], shapely.Point(lon, lat))),
            other_precincts=tuple(
                self._numbers[position]
                for position, distance in zip(others, distances, strict=True)
                if distance <= near_m or shapely.intersects_xy(self._territorial[position], lon, lat)
            ),
        )

    @property
    def cells(self) -> int:
        """Cells along each side of the owner grid."""
        return self._cells

    @property
    def border_share(self) -> float:
        """The share of the ground under the grid where an edge is near, so that polygons are tested."""
        return self._grid.undecided_share

    @property
    def memory_bytes(self) -> int:
        """Bytes that the owner grid and the edges occupy; the polygons themselves are the caller's."""
        return self._grid.nbytes + self._edges.nbytes

    def _set_polygons(self, polygons: Iterable[PrecinctPolygon]) -> None:
        ordered = sorted(polygons, key=lambda polygon: (polygon.kind == "special", polygon.number))
        self.polygons_hash = polygons_hash(ordered)
        self._numbers = [polygon.number for polygon in ordered]
        self._position_of = {number: position for position, number in enumerate(self._numbers)}
        if len(self._position_of) != len(ordered):
            raise ValueError("precinct numbers are not distinct")
        if min(self._numbers, default=1) < 1:
            raise ValueError("precinct numbers are not positive: 0 and less stand for no precinct")
        self._polygons = prepared_copies(np.array([polygon.geometry for polygon in ordered], object))
        self._territorial = self._polygons[: sum(polygon.kind == "territorial" for polygon in ordered)]
        # Not prepared: prepared lines are not safe in threads, not even for points.
        self._rings = shapely.boundary(self._polygons)
        shapely.bounds(self._rings)  # kept by GEOS from now on, so that threads only read it
        self._edges = PolygonEdges(self._polygons)
        self._boxes = PolygonBoxes(self._polygons)
        self._special_bounds = shapely.bounds(self._polygons[len(self._territorial) :]).T

    def _set_grid(self, grid: OwnerGrid) -> None:
        frame = grid.frame
        self._grid = grid
        self._cells = frame.cells
        self._west_edge, self._south_edge = frame.west, frame.south
        self._columns_per_degree, self._rows_per_degree = frame.columns_per_degree, frame.rows_per_degree
        # Outside the box of the polygons nothing is found, so the last cell of a row can never overflow.
        self._west, self._south, self._east, self._north = box_of(self._territorial)
        self._codes_view, self._blocks_view, self._split = grid.codes.data, grid.blocks.data, grid.split
        self._candidates = grid.candidates
        numbers = self._numbers[: len(self._territorial)]
        self._number_of_code: list[int | None] = [None, *numbers]
        self._bulk = BulkLocator(grid, self._territorial, numbers)

    def _territorial_near(self, lon: float, lat: float, distance_m: float) -> list[int]:
        """Return the positions, ascending, of territorial precincts whose box is that near to a point."""
        # Half a percent more than the distance makes good for the earth's curvature over a city.
        width, height = geodesy.degrees_for_metres(distance_m * 1.005 + 0.01, lat)
        bbox = (lon - width, lat - height, lon + width, lat + height)
        return sorted(position for position in self._boxes.meeting(bbox) if position < len(self._territorial))
