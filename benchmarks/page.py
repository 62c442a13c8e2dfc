"""The weight of the residents' pages on the wire, and how long a slow phone on a slow network waits for them.

``python -m benchmarks.page [--campaign FILE] [--loads N] [--json]``

Serves the campaign (the sample city by default: 654 precincts) with the server that residents meet, and opens
the page of an answer in Debian's Chromium with empty caches. Bytes are those that Chromium received for each
response, headers included, compressed as sent; 1 kB is 1000 bytes.

"Answer" is what is loaded where the files that only the map needs cannot be had: its own directory, Leaflet,
and the modules that the page announces for it. The page itself, its style, the finder's scripts and the icon
remain. "Map" is every file of the same page beyond these. Seconds begin with the navigation; they end when
the text of the answer is painted, and when the map says that it is ready and has filled polygons; 400 kbit/s
both ways, 400 ms latency, processor four times slower.

Of the plain way of Folium the page is counted, compressed as ours is, and those of its default assets that an
installed package brings, without headers.
"""

from __future__ import annotations

import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import click

from benchmarks._cold_load import POLYGONS, SLOW_3G, ColdLoad, WireFile, chromium, cold_load
from benchmarks._plain_folium import PlainFolium, plain_folium
from benchmarks._report import print_json, print_tables
from geo_service.campaign.file import open_campaign
from geo_service.finder import Finder
from geo_service.sample_city.generate import generate_sample
from geo_service.served.map_files import MAP_URL
from geo_service.translations import place_name
from maps.assets import VENDOR_URL

_COMMAND = (sys.executable, "-c", "from geo_service.cli import main; main()")
_STOP_SECONDS = 60
#: What the issue of the pages promises: the most of each figure.
BOUNDS = {"answer_kb": 60, "map_kb": 350, "polygons_kb": 150, "answer_s": 4, "map_s": 10}

Table = tuple[str, list[str], list[list[str]]]


def main() -> None:
    """Run the benchmark from the command line."""
    run.main()


@click.command(help=__doc__)
@click.option("--campaign", type=click.Path(path_type=Path, exists=True), help="Campaign file of the city.")
@click.option("--loads", default=5, show_default=True, help="Of how many cold loads the median is taken.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def run(campaign: Path | None, loads: int, *, as_json: bool) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        path = campaign or _generated(Path(folder))
        figures, tables = measure(path, Path(folder) / "store", loads=loads)
    if as_json:
        print_json(figures)
    else:
        print_tables("The residents' pages on the wire (kB: 1000 bytes)", tables)


def measure(campaign: Path, store: Path, *, loads: int) -> tuple[dict[str, Any], list[Table]]:
    """Return the figures by key, and tables of them."""
    page = f"/ru/?q={quote(an_address(campaign))}"
    with serving(campaign, store) as base, chromium() as browser:
        cold_load(browser, base + page)  # the server's own first time is not the reader's
        with urlopen(base + page) as response:
            blocked = blocked_for_answer(base, response.read().decode())
        bare = [cold_load(browser, base + page, blocked=blocked) for _ in range(loads)]
        whole = [cold_load(browser, base + page, network=SLOW_3G) for _ in range(loads)]
    answer, full = _middle(bare), _middle(whole)
    map_files = beyond(full, answer)
    plain = plain_folium(campaign, encoding=full.files[0].encoding)
    figures = {
        "answer_kb": answer.size / 1000,
        "map_kb": _kb(map_files),
        "polygons_kb": _kb([file for file in map_files if file.path.endswith(POLYGONS)]),
        "plain_folium_kb": plain.size / 1000,
        "answer_s": statistics.median(load.answer_s for load in whole if load.answer_s is not None),
        "map_s": statistics.median(load.map_s for load in whole if load.map_s is not None),
        "plain_folium_missing": len(plain.missing),
        "loads": loads,
        "encoding": full.files[0].encoding,
    }
    return figures, [_figures_table(figures, whole), *_files_tables(answer, map_files), _plain_table(plain)]


def blocked_for_answer(base: str, html: str) -> list[str]:
    """Return the patterns of the addresses of the files that only the map needs.

    Parameters
    ----------
    base
        Beginning of the service's addresses.
    html
        The page: the modules that it announces as less urgent than its own are the map's.
    """
    announced = _Announced()
    announced.feed(html)
    return [f"{base}{MAP_URL}*", f"{base}{VENDOR_URL}*", *(base + url for url in announced.urls)]


class _Announced(HTMLParser):
    """Collects the modules of the map that a page announces in its head."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "link" and values.get("rel") == "modulepreload" and values.get("fetchpriority") == "low":
            self.urls.append(values.get("href") or "")


def beyond(full: ColdLoad, answer: ColdLoad) -> list[WireFile]:
    """Return the files of a load that another one did not have."""
    had = {file.path for file in answer.files}
    return [file for file in full.files if file.path not in had]


def an_address(campaign: Path) -> str:
    """Return the first address of a campaign file that is found beyond doubt in its house list."""
    file = open_campaign(campaign)
    finder = Finder(file)
    places = {place.id: place for place in file.campaign.places}
    for house in file.campaign.houses:
        place = places[house.place]
        typed = f"{place_name(place.kind, place.names, 'ru')}, {house.number}"
        resolution = finder.by_address(typed)
        if resolution.method == "house_list" and resolution.point is not None and resolution.stations:
            return typed
    raise click.ClickException("The campaign has no house whose precinct, point and station are known.")


@contextmanager
def serving(campaign: Path, store: Path) -> Iterator[str]:
    """Run the server as people do, in a process of its own; yields the beginning of its addresses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    others = {name: value for name, value in os.environ.items() if not name.startswith("GEO_SERVICE_")}
    process = subprocess.Popen(
        [*_COMMAND, "serve", "--campaign", str(campaign.resolve()), "--port", str(port), "--workers", "1"],
        env={**others, "GEO_SERVICE_STORE": str(store), "XDG_CONFIG_HOME": str(store / "no-config")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        # The program prints its address once the port answers, or ends.
        said = process.stdout.readline() if process.stdout else ""
        if base not in said:
            raise click.ClickException(f"The server did not start: {said}")
        yield base
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=_STOP_SECONDS)


def _generated(folder: Path) -> Path:
    path = folder / "city.gpkg"
    generate_sample(path)
    return path


def _middle(loads: Sequence[ColdLoad]) -> ColdLoad:
    """Return the load of median size: cookies and dates of headers change a few bytes from load to load."""
    return sorted(loads, key=lambda load: load.size)[len(loads) // 2]


def _kb(files: Sequence[WireFile]) -> float:
    return sum(file.size for file in files) / 1000


def _figures_table(figures: dict[str, Any], loads: Sequence[ColdLoad]) -> Table:
    seconds = {
        "answer_s": [load.answer_s for load in loads if load.answer_s is not None],
        "map_s": [load.map_s for load in loads if load.map_s is not None],
    }
    rows = [
        [
            key,
            f"{figures[key]:.2f}",
            f"{min(seconds[key]):.2f} to {max(seconds[key]):.2f}" if key in seconds else "",
            f"{BOUNDS[key]}" if key in BOUNDS else "",
        ]
        for key in ("answer_kb", "map_kb", "polygons_kb", "plain_folium_kb", "answer_s", "map_s")
    ]
    return f"Median of {len(loads)} cold loads", ["what", "figure", "from, to", "at most"], rows


def _files_tables(answer: ColdLoad, map_files: Sequence[WireFile]) -> list[Table]:
    return [
        (
            heading,
            ["file", "bytes", "encoding"],
            [[file.path, f"{file.size:,}", file.encoding] for file in sorted(files, key=lambda f: -f.size)],
        )
        for heading, files in (
            (f"The answer without the map: {len(answer.files)} files", answer.files),
            (f"The interactive map: {len(map_files)} files", map_files),
        )
    ]


def _plain_table(plain: PlainFolium) -> Table:
    return (
        f"The plain way of Folium; {len(plain.missing)} assets more are in no installed package",
        ["file", "bytes"],
        [
            ["the page", f"{plain.page:,}"],
            *([name, f"{size:,}"] for name, size in plain.assets.items()),
            *([url, "not counted"] for url in plain.missing),
        ],
    )


if __name__ == "__main__":
    main()
