"""Precinct polygons of every kind that officials deliver, made up from a seed, and the slow true answer."""

from __future__ import annotations

import itertools

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon
from shapely.affinity import scale, translate

from boundaries.precincts import PrecinctPolygon

DEGREES_PER_METRE = 1 / 111_000
VARIANTS = ("clean", "duplicated", "jittered", "overlapping", "gaps")


def tiling(
    variant: str = "clean", *, columns: int = 5, rows: int = 4, seed: int = 0, size: float = 0.3
) -> list[PrecinctPolygon]:
    """Return territorial precincts over Almaty, and two special ones.

    Parameters
    ----------
    variant
        One of `VARIANTS`: a tiling with shared edges, enclaves, a hole and precincts of two parts; the same
        with some polygons twice; each vertex moved by up to 0.2 m on its own, less if they are small; every
        polygon blown up over its neighbours; some polygons missing.
    columns, rows
        Of the tiling, before cells are joined and enclaves cut.
    seed
        Of all that is random.
    size
        Width of the city, degrees.
    """
    random = np.random.default_rng(seed)
    shapes = _with_enclaves(_with_two_parts(_cells(columns, rows, size, random), random), random)
    changed = {
        "clean": lambda: shapes,
        "duplicated": lambda: [*shapes, *shapes[::2]],
        "jittered": lambda: [_jittered(shape, random) for shape in shapes],
        "overlapping": lambda: [
            translate(scale(shape, 1.6, 1.6), *random.normal(0, size / 30, 2)) for shape in shapes
        ],
        "gaps": lambda: [shape for shape in shapes if random.random() < 0.7] or shapes[:1],
    }[variant]()
    numbers = random.permutation(np.arange(1, len(changed) + 1) * 3)
    territorial = [
        PrecinctPolygon(int(number), "territorial", _multi(shape))
        for number, shape in zip(numbers, changed, strict=True)
    ]
    return [*territorial, *_special(shapes, size)]


def brute_force(polygons: list[PrecinctPolygon], lons: NDArray, lats: NDArray) -> NDArray[np.int32]:
    """Return the lowest number among the territorial polygons that meet each point, 0 for none."""
    answers = np.zeros(np.shape(lons), np.int32)
    finite = np.isfinite(lons) & np.isfinite(lats)
    points = shapely.points(lons[finite], lats[finite])
    for polygon in sorted(polygons, key=lambda polygon: -polygon.number):
        if polygon.kind == "territorial":
            # A copy from WKB is never prepared: the plain predicate, not the one that the index uses.
            met = shapely.intersects(shapely.from_wkb(shapely.to_wkb(polygon.geometry)), points)
            answers[np.flatnonzero(finite)[met]] = polygon.number
    return answers


def telling_points(polygons: list[PrecinctPolygon], seed: int = 0, count: int = 300) -> NDArray[np.float64]:
    """Return points that find faults, shape (n, 2): vertices, on edges, corners of the box, far."""
    random = np.random.default_rng(seed)
    territorial = [polygon.geometry for polygon in polygons if polygon.kind == "territorial"]
    rings = shapely.get_rings(shapely.get_parts(territorial))
    edges = np.concatenate([np.hstack([ring[:-1], ring[1:]]) for ring in map(shapely.get_coordinates, rings)])
    middles = (edges[:, :2] + edges[:, 2:]) / 2
    shares = random.random((len(edges), 1))
    on_edges = edges[:, :2] + shares * (edges[:, 2:] - edges[:, :2])
    west, south, east, north = shapely.total_bounds(territorial)
    width, height = east - west, north - south
    box = [
        (lon, lat) for lon in (west, east, (west + east) / 2) for lat in (south, north, (south + north) / 2)
    ]
    around = random.uniform(
        (west - width / 10, south - height / 10), (east + width / 10, north + height / 10), (count, 2)
    )
    beside = edges[:, :2] + random.normal(0, 1e-9, (len(edges), 2))
    nextafter = np.nextafter(edges[:, :2], random.choice([-np.inf, np.inf], (len(edges), 2)))
    inner = (south + north) / 2
    far = [(0, 0), (180, 90), (-180, -90), (west, 90), (1e300, -1e300), (1e18, 1e18), (-1e18, inner),
           (5e-324, -0.0), (np.inf, inner), (-np.inf, inner), (west, np.inf), (np.nan, inner),
           (west, np.nan), (np.nan, np.nan)]  # fmt: skip
    return np.concatenate([edges[:, :2], middles, on_edges, box, around, beside, nextafter, far])


def _cells(columns: int, rows: int, size: float, random: np.random.Generator) -> list[Polygon]:
    """Cells whose sides are broken lines that neighbours share vertex by vertex."""
    step = size / columns
    corners = np.empty((columns + 1, rows + 1, 2))
    corners[..., 0] = 76.75 + np.arange(columns + 1)[:, None] * step
    corners[..., 1] = 43.15 + np.arange(rows + 1)[None, :] * step
    corners += random.uniform(-0.25, 0.25, corners.shape) * step
    # Half of the corners stay where they were, so that some sides run due north or due east.
    straight = random.random(corners.shape[:2]) < 0.5
    corners[straight, 0] = (76.75 + np.arange(columns + 1)[:, None] * step + 0 * corners[..., 0])[straight]
    corners = np.round(corners, 7)
    sides: dict[tuple, list] = {}

    def side(a: tuple[int, int], b: tuple[int, int]) -> list:
        if (b, a) in sides:
            return sides[b, a][::-1]
        if (a, b) not in sides:
            middle = (corners[a] + corners[b]) / 2 + random.uniform(-0.1, 0.1, 2) * step
            bend = [np.round(middle, 7)] if random.random() < 0.6 else []
            sides[a, b] = [corners[a], *bend, corners[b]]
        return sides[a, b]

    cells = []
    for column in range(columns):
        for row in range(rows):
            around = [
                (column, row),
                (column + 1, row),
                (column + 1, row + 1),
                (column, row + 1),
                (column, row),
            ]
            ring = [point for a, b in itertools.pairwise(around) for point in side(a, b)[:-1]]
            cells.append(Polygon(ring))
    return [cell for cell in cells if cell.is_valid]


def _with_two_parts(cells: list[Polygon], random: np.random.Generator) -> list:
    if len(cells) < 6:
        return list(cells)
    first, last = cells[0], cells[-1]
    return [MultiPolygon([first, last]), *cells[1:-1]]


def _with_enclaves(shapes: list, random: np.random.Generator) -> list:
    """Cut a hole into some cells; every second hole becomes a precinct, the others stay nobody's."""
    result = []
    for position, shape in enumerate(shapes):
        inner = shapely.set_precision(scale(shape, 0.3, 0.3), 1e-7)
        if position % 4 == 1 and shape.geom_type == "Polygon" and shape.contains_properly(inner):
            result.append(Polygon(shape.exterior, [inner.exterior]))
            if position % 8 == 1:
                result.append(inner)
        else:
            result.append(shape)
    return result


def _jittered(shape: Polygon | MultiPolygon, random: np.random.Generator) -> MultiPolygon:
    # A polygon that crosses itself has no inside to agree on, so small ones are moved by less.
    west, south, east, north = shape.bounds
    reach = min(0.2 * DEGREES_PER_METRE, min(east - west, north - south) / 200)

    def moved(ring: shapely.LinearRing) -> NDArray[np.float64]:
        points = shapely.get_coordinates(ring)[:-1]
        return points + random.uniform(-reach, reach, points.shape)

    parts = shapely.get_parts(shape)
    return MultiPolygon([Polygon(moved(p.exterior), [moved(hole) for hole in p.interiors]) for p in parts])


def _special(shapes: list, size: float) -> list[PrecinctPolygon]:
    first = shapely.box(76.8, 43.2, 76.8 + size / 10, 43.2 + size / 12)
    second = Polygon([(76.81, 43.21), (76.81 + size / 9, 43.21), (76.81 + size / 15, 43.21 + size / 8)])
    return [
        PrecinctPolygon(9001, "special", _multi(first)),
        PrecinctPolygon(9002, "special", _multi(second)),
    ]


def _multi(shape: Polygon | MultiPolygon) -> MultiPolygon:
    return shape if shape.geom_type == "MultiPolygon" else MultiPolygon([shape])
