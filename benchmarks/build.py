"""From a GIS department's files to a published campaign: time and memory, from one city to a country.

``python -m benchmarks.build [--campaign FILE] [--cities 1,2,4,8,16] [--houses-to N] [--points N] [--json]``

The city is the division of Almaty's real streets where the open layers lie beside the repository, else the
sample city: 654 precincts. A country is the city 16 times, side by side: 10,464 precincts. Sources are
Shapefiles in EPSG:32643; the command line builds, checks and publishes each size in processes of its own.
The index of the smallest size stands for the city's in ``locate_many_vs_city``.
"""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from benchmarks._report import print_json, print_tables
from benchmarks._tiled_country import tiled, write_sources
from benchmarks._timing import ratio, seconds_in_turn
from geo_service.campaign.file import open_campaign
from geo_service.campaign.model import Campaign
from geo_service.sample_city.generate import generate_sample

LAYERS = Path(__file__).resolve().parents[2] / "shared" / "data" / "almaty"
# A child begins with the memory of the process that starts it as its peak: a thin one stands between.
_THIN = (
    sys.executable, "-S", "-c",
    ("import os, subprocess, sys, time\n"
    "start = time.perf_counter()\n"
    "process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)\n"
    "_, status, usage = os.wait4(process.pid, 0)\n"
    "print(os.waitstatus_to_exitcode(status), time.perf_counter() - start, usage.ru_maxrss)"),
)  # fmt: skip
_COMMAND = (sys.executable, "-c", "from geo_service.cli import main; main()")

Coordinates = NDArray[np.float64]


def main() -> None:
    """Run the benchmark from the command line."""
    run.main()


@click.command(help=__doc__)
@click.option("--campaign", type=click.Path(path_type=Path, exists=True), help="Campaign file of the city.")
@click.option("--cities", default="1,2,4,8,16", show_default=True, help="How many cities, size by size.")
@click.option("--points", default=1_000_000, show_default=True, help="How many points are located.")
@click.option("--rounds", default=5, show_default=True, help="How many rounds of that count.")
@click.option(
    "--houses-to", default=1, show_default=True,
    help="Up to how many cities the houses are built, too: 110,000 of them a city, and as many objects.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def run(
    campaign: Path | None, cities: str, points: int, rounds: int, *, houses_to: int, as_json: bool
) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        city = open_campaign(campaign or _generated(Path(folder))).campaign
        bare = dataclasses.replace(city, houses=())
        curve = [
            measure_build(city if tiles <= houses_to else bare, tiles, Path(folder))
            for tiles in map(int, cities.split(","))
        ]
        measure_lookups(curve, points=points, rounds=rounds)
    if as_json:
        sizes = [{name: value for name, value in size.items() if name != "file"} for size in curve]
        print_json({"campaign": city.info.id, "points": points, "sizes": sizes})
    else:
        print_tables(f"{city.info.id}, {points:,} points", [_table(curve)])


def measure_build(city: Campaign, tiles: int, folder: Path) -> dict[str, Any]:
    """Write the sources of so many cities, build and publish them; return the figures by key."""
    sources = folder / f"sources-{tiles}"
    sources.mkdir()
    country = tiled(city, tiles)
    recipe = write_sources(country, sources)
    figures: dict[str, Any] = {"precincts": len(country.precincts), "houses": len(country.houses)}
    del country
    file, store = sources / "campaign.gpkg", str(sources / "store")
    steps = {
        "build": ("build", str(recipe), "--out", str(file)),
        "publish": ("publish", str(file), "--force", "--reason", "benchmark"),
    }
    for name, arguments in steps.items():
        seconds, megabytes = _in_a_process(arguments, store)
        figures |= {f"{name}_s": seconds, f"{name}_peak_mb": megabytes}
    figures["total_s"] = figures["build_s"] + figures["publish_s"]
    return {**figures, "file_mb": file.stat().st_size / 1e6, "file": file}


def _in_a_process(arguments: tuple[str, ...], store: str) -> tuple[float, float]:
    """Run a command line; return how many seconds it took and how many megabytes it had at its peak."""
    environment = {**os.environ, "GEO_SERVICE_STORE": store, "GEO_SERVICE_LANGUAGE": "en"}
    run = subprocess.run(
        (*_THIN, *_COMMAND, *arguments), env=environment, stdout=subprocess.PIPE, text=True, check=False
    )
    status, seconds, kilobytes = run.stdout.splitlines()[-1].split()
    if int(status):
        raise click.ClickException(f"{' '.join(arguments)} ended with {status}.")
    return float(seconds), int(kilobytes) / 1024


def measure_lookups(curve: list[dict[str, Any]], *, points: int, rounds: int) -> None:
    """Add to each size how long a point takes, and how many times longer than in the first one."""
    competitors = {}
    for size in curve:
        opened = open_campaign(size["file"])
        boxes = np.array(
            [precinct.geometry.bounds for precinct in opened.campaign.precincts if precinct.geometry]
        )
        lons, lats = _points_around(boxes, points)
        index = opened.index
        competitors[str(size["precincts"])] = lambda index=index, lons=lons, lats=lats: index.locate_many(
            lons, lats
        )
    taken = seconds_in_turn(competitors, rounds=rounds)
    first = taken[str(curve[0]["precincts"])]
    for size in curve:
        seconds = taken[str(size["precincts"])]
        size["locate_many_ns"] = float(np.median(seconds)) / points * 1e9
        size["locate_many_vs_city"] = ratio(seconds, first)


def _points_around(boxes: Coordinates, count: int) -> tuple[Coordinates, Coordinates]:
    """Return random positions, as many in the box of one precinct as in that of another."""
    random = np.random.default_rng(1)
    chosen = boxes[random.integers(0, len(boxes), count)]
    shares = random.random((count, 2))
    positions = chosen[:, :2] + shares * (chosen[:, 2:] - chosen[:, :2])
    return np.ascontiguousarray(positions[:, 0]), np.ascontiguousarray(positions[:, 1])


def _generated(folder: Path) -> Path:
    path = folder / "city.gpkg"
    if LAYERS.is_dir():
        generate_sample(path, streets=LAYERS / "streets.geojson", districts=LAYERS / "districts.geojson")
    else:
        generate_sample(path)
    return path


def _table(curve: list[dict[str, Any]]) -> tuple[str, list[str], list[list[str]]]:
    heads = ["precincts", "houses", "build s", "publish s", "total s", "peak MB", "file MB", "locate_many ns",
             "× the city's"]  # fmt: skip
    rows = [
        [
            f"{size['precincts']:,}",
            f"{size['houses']:,}",
            f"{size['build_s']:.1f}",
            f"{size['publish_s']:.1f}",
            f"{size['total_s']:.1f}",
            f"{max(size['build_peak_mb'], size['publish_peak_mb']):,.0f}",
            f"{size['file_mb']:,.0f}",
            f"{size['locate_many_ns']:.0f}",
            f"{size['locate_many_vs_city']:.2f}",
        ]
        for size in curve
    ]
    return "From sources to a published campaign", heads, rows


if __name__ == "__main__":
    main()
