"""Points to precincts: the index against geopandas, shapely, rtree and the limit of the machine.

``python -m benchmarks.locate [--campaign FILE] [--points N] [--rounds N] [--json]``

The campaign is the division of Almaty's real streets where the open layers lie beside the repository, else
the sample city. Every competitor that takes many points starts from two arrays of coordinates.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import geopandas
import numpy as np
import rtree.index
import shapely
from numpy.typing import NDArray

from benchmarks._report import print_json, print_tables
from benchmarks._timing import nanoseconds_a_call, ratio, seconds_in_turn
from boundaries import PrecinctIndex, PrecinctPolygon
from geo_service.campaign.file import open_campaign
from geo_service.sample_city.generate import generate_sample

LAYERS = Path(__file__).resolve().parents[2] / "shared" / "data" / "almaty"
SINGLE_POINTS = 20_000

Coordinates = NDArray[np.float64]


def main() -> None:
    """Run the benchmark from the command line."""
    run.main()


@click.command(help=__doc__)
@click.option("--campaign", type=click.Path(path_type=Path, exists=True), help="Campaign file to measure on.")
@click.option("--points", default=1_000_000, show_default=True, help="How many points.")
@click.option("--rounds", default=5, show_default=True, help="How many rounds count.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def run(campaign: Path | None, points: int, rounds: int, as_json: bool) -> None:  # noqa: FBT001
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        path = campaign or _generated(Path(folder))
        opened = open_campaign(path)
        polygons = [polygon for polygon in opened.campaign.polygons() if polygon.kind == "territorial"]
        name = opened.campaign.info.id
    figures, tables = measure(polygons, points=points, rounds=rounds)
    if as_json:
        print_json({"campaign": name, "points": points, **figures})
    else:
        print_tables(f"{points:,} points, {len(polygons)} precincts of {name}", tables)


def measure(
    polygons: list[PrecinctPolygon], *, points: int, rounds: int
) -> tuple[dict[str, Any], list[tuple[str, list[str], list[list[str]]]]]:
    """Return the figures by key, and tables of them."""
    start = time.perf_counter()
    index = PrecinctIndex(polygons)
    build_s = time.perf_counter() - start
    stored = index.to_bytes()
    start = time.perf_counter()
    PrecinctIndex.from_bytes(stored, polygons)
    load_s = time.perf_counter() - start

    geometries = np.array([polygon.geometry for polygon in polygons], object)
    numbers = np.array([polygon.number for polygon in polygons], np.int32)
    lons, lats = points_inside(geometries, points)
    many = seconds_in_turn(_many(index, geometries, numbers, lons, lats), rounds=rounds)
    single = _single(index, geometries, numbers, lons[:SINGLE_POINTS].tolist(), lats[:SINGLE_POINTS].tolist())

    fast = many["locate_many"]
    ratios = {name: ratio(seconds, fast) for name, seconds in many.items()}
    figures = {
        "locate_many_ns": float(np.median(fast)) / points * 1e9,
        "locate_many_vs_sjoin": ratios["geopandas.sjoin"],
        "locate_many_vs_prepared_loop": ratios["prepared contains_xy loop"],
        "locate_many_vs_strtree": ratios["STRtree.query"],
        "locate_many_vs_take": 1 / ratios["numpy.take (limit)"],
        "locate_p50_ns": float(np.median(single["locate"])),
        "locate_vs_strtree": _median_ratio(single, "STRtree.query"),
        "locate_vs_rtree": _median_ratio(single, "rtree + prepared"),
        "disagreements": disagreements(index, geometries, numbers, lons, lats),
        "build_s": build_s,
        "load_s": load_s,
        "memory_mb": index.memory_bytes / 1e6,
        "disk_mb": len(stored) / 1e6,
        "border_cells_percent": index.border_share * 100,
    }
    return figures, _tables(figures, many, single, points)


def points_inside(geometries: NDArray[np.object_], count: int) -> tuple[Coordinates, Coordinates]:
    """Return random positions inside the city, uniform by area, degrees."""
    random = np.random.default_rng(1)
    city = shapely.union_all(geometries)
    shapely.prepare(city)
    west, south, east, north = city.bounds
    kept: list[Coordinates] = []
    while sum(map(len, kept)) < count:
        drawn = random.uniform((west, south), (east, north), (count, 2))
        kept.append(drawn[shapely.contains_xy(city, drawn)])
    inside = np.concatenate(kept)[:count]
    return np.ascontiguousarray(inside[:, 0]), np.ascontiguousarray(inside[:, 1])


def disagreements(
    index: PrecinctIndex,
    geometries: NDArray[np.object_],
    numbers: NDArray[np.int32],
    lons: Coordinates,
    lats: Coordinates,
) -> int:
    """Return for how many points the index differs from testing every polygon.

    The points are those given, every vertex, the middle of every edge, and points in the city's box.
    """
    vertices = shapely.get_coordinates(geometries)
    middles = (vertices[1:] + vertices[:-1]) / 2
    west, south, east, north = shapely.total_bounds(geometries)
    around = np.random.default_rng(2).uniform((west, south), (east, north), (100_000, 2))
    positions = np.concatenate([np.column_stack([lons, lats]), vertices, middles, around])
    expected = np.zeros(len(positions), np.int32)
    # Highest number first, so that the lowest one that touches a point stays.
    for geometry, number in sorted(zip(geometries, numbers, strict=True), key=lambda pair: -pair[1]):
        near = _inside_box(geometry.bounds, positions[:, 0], positions[:, 1])
        expected[near[shapely.intersects_xy(geometry, positions[near])]] = number
    return int(np.count_nonzero(index.locate_many(positions[:, 0], positions[:, 1]) != expected))


def _many(
    index: PrecinctIndex,
    geometries: NDArray[np.object_],
    numbers: NDArray[np.int32],
    lons: Coordinates,
    lats: Coordinates,
) -> dict[str, Callable[[], Any]]:
    frame = geopandas.GeoDataFrame({"number": numbers}, geometry=geometries, crs="EPSG:4326")
    tree = shapely.STRtree(geometries)
    prepared = geometries.copy()
    shapely.prepare(prepared)
    table = np.zeros(index.cells * index.cells, np.int16)
    cells = np.random.default_rng(3).integers(0, len(table), len(lons))

    def sjoin() -> Any:
        points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(lons, lats, crs="EPSG:4326"))
        return geopandas.sjoin(points, frame, predicate="within")

    def prepared_loop() -> NDArray[np.int32]:
        found = np.zeros(len(lons), np.int32)
        for geometry, number in zip(prepared, numbers, strict=True):
            near = _inside_box(geometry.bounds, lons, lats)
            found[near[shapely.contains_xy(geometry, lons[near], lats[near])]] = number
        return found

    return {
        "locate_many": lambda: index.locate_many(lons, lats),
        "numpy.take (limit)": lambda: table.take(cells),
        "prepared contains_xy loop": prepared_loop,
        "STRtree.query": lambda: tree.query(shapely.points(lons, lats), predicate="intersects"),
        "geopandas.sjoin": sjoin,
    }


def _single(
    index: PrecinctIndex,
    geometries: NDArray[np.object_],
    numbers: NDArray[np.int32],
    lons: list[float],
    lats: list[float],
) -> dict[str, NDArray[np.int64]]:
    tree = shapely.STRtree(geometries)
    prepared = geometries.copy()
    shapely.prepare(prepared)
    boxes = rtree.index.Index((i, box, None) for i, box in enumerate(shapely.bounds(geometries).tolist()))

    def by_rtree(lon: float, lat: float) -> Any:
        for position in boxes.intersection((lon, lat, lon, lat)):
            if shapely.intersects_xy(prepared[position], lon, lat):
                return numbers[position]
        return None

    calls: dict[str, Callable[[float, float], Any]] = {
        "locate": index.locate,
        "STRtree.query": lambda lon, lat: tree.query(shapely.Point(lon, lat), predicate="intersects"),
        "rtree + prepared": by_rtree,
    }
    return nanoseconds_a_call(calls, lons, lats)


def _inside_box(
    bounds: tuple[float, float, float, float], lons: Coordinates, lats: Coordinates
) -> NDArray[np.intp]:
    west, south, east, north = bounds
    return np.flatnonzero((lons >= west) & (lons <= east) & (lats >= south) & (lats <= north))


def _median_ratio(single: dict[str, NDArray[np.int64]], name: str) -> float:
    return float(np.median(single[name]) / np.median(single["locate"]))


def _generated(folder: Path) -> Path:
    path = folder / "campaign.gpkg"
    if LAYERS.is_dir():
        streets, districts = LAYERS / "streets.geojson", LAYERS / "districts.geojson"
        generate_sample(path, streets=streets, districts=districts)
    else:
        generate_sample(path)
    return path


def _tables(
    figures: dict[str, Any], many: dict[str, list[float]], single: dict[str, NDArray[np.int64]], points: int
) -> list[tuple[str, list[str], list[list[str]]]]:
    fast = many["locate_many"]
    return [
        (
            "Many points",
            ["what", "ns/point", "locate_many is faster by"],
            [
                [name, f"{np.median(seconds) / points * 1e9:,.1f}", f"{ratio(seconds, fast):,.1f}×"]
                for name, seconds in many.items()
            ],
        ),
        (
            "One point a call",
            ["what", "p50 µs", "p99 µs", "locate is faster by (p50)"],
            [
                [
                    name,
                    f"{np.median(taken) / 1e3:.2f}",
                    f"{np.percentile(taken, 99) / 1e3:.2f}",
                    f"{_median_ratio(single, name):.1f}×",
                ]
                for name, taken in single.items()
            ],
        ),
        (
            "The index",
            ["what", "figure"],
            [
                ["build", f"{figures['build_s']:.2f} s"],
                ["load", f"{figures['load_s']:.3f} s"],
                ["memory", f"{figures['memory_mb']:.1f} MB"],
                ["on disk", f"{figures['disk_mb']:.2f} MB"],
                ["cells on a border", f"{figures['border_cells_percent']:.1f} %"],
                ["disagreements with brute force", str(figures["disagreements"])],
            ],
        ),
    ]


if __name__ == "__main__":
    main()
