"""Addresses with one typing error: our search against SQLite FTS5 trigrams and rapidfuzz over all of them.

``python -m benchmarks.addresses [--queries N] [--peer-queries N] [--places N] [--houses N] [--json]``

One process, one run, one synthetic city in memory. The peers search the list of all addresses as text,
written as the queries are: they need to know nothing of languages, kinds or house numbers, and a namesake's
house counts as found for them. Everybody has found an address if it is among the first five answers.
"""

from __future__ import annotations

import gc
import sqlite3
import time
import tracemalloc
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from benchmarks._report import print_json, print_tables
from benchmarks._synthetic_city import synthetic_city
from benchmarks._typed_addresses import TypedAddress, address_text, typed_addresses
from geo_service.campaign.file import CampaignFile
from geo_service.finder import Finder
from geo_service.resolution import Resolution

FIRST = 5  # answers that a resident looks at
LENGTHS = (100, 1_000, 10_000, 100_000)
_BLOCK = 20  # queries
_LEAST_PREFIXES = 100  # a percentile of fewer says nothing
_HOSTILE = {
    "digits": "1",
    "spaces": " ",
    "slashes": "/",
    "letter": "а",
    "letters apart": "а ",
    "numbers": "12 ",
    "fractions": "12/",
    "commas": ",",
    "hyphens": "а-",
    "combining marks": "а\u0301",
    "wide": "ﷺ",
    "kind words": "ул. ",
    "names": "Абая ",
    "corners": "угол Абая ",
    "mixed": "ул. Абая 12/1 кв 5, мкр-2 a\u0301 ₸ ",
}

Nanoseconds = NDArray[np.int64]
Table = tuple[str, list[str], list[list[str]]]


def main() -> None:
    """Run the benchmark from the command line."""
    run.main()


@click.command(help=__doc__)
@click.option("--queries", default=2_000, show_default=True, help="How many queries our search answers.")
@click.option(
    "--peer-queries", default=200, show_default=True, help="How many of them the peers answer, too."
)
@click.option("--places", default=3_600, show_default=True, help="Places of the city.")
@click.option("--houses", default=210_000, show_default=True, help="Houses of the city.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def run(queries: int, peer_queries: int, places: int, houses: int, as_json: bool) -> None:  # noqa: FBT001
    """Measure and print."""
    figures, tables = measure(
        synthetic_city(places=places, houses=houses), queries=queries, peer_queries=peer_queries
    )
    if as_json:
        print_json({"places": places, "houses": houses, "queries": queries, **figures})
    else:
        print_tables(f"{houses:,} houses at {places:,} places, {queries:,} queries", tables)


def measure(file: CampaignFile, *, queries: int, peer_queries: int) -> tuple[dict[str, Any], list[Table]]:
    """Return the figures by key, and tables of them."""
    memory_mb = _memory_mb(file)
    gc.collect()
    finder = Finder(file)
    start = time.perf_counter()
    finder.one_box  # noqa: B018 - made at the first use
    start_s = time.perf_counter() - start

    typed = typed_addresses(file, queries)
    competitors = {"find": _find(finder), **_peers(file)}
    for search in competitors.values():
        search(typed[0])
    taken, found = _in_turn(competitors, typed, peer_queries)
    prefixes = suggest_times(finder, [query.address for query in typed])
    hostile = hostile_times(finder)
    growth = {kind: times[LENGTHS[-1]] / times[LENGTHS[-2]] / 10 for kind, times in hostile.items()}
    figures = {
        "find_p50_ms": _milliseconds(taken["find"], 50),
        "find_p99_ms": _milliseconds(taken["find"], 99),
        "find_found": found["find"],
        "vs_fts5_median": _vs(taken, "FTS5 trigrams"),
        "vs_rapidfuzz_median": _vs(taken, "rapidfuzz ratio"),
        "fts5_found": found["FTS5 trigrams"],
        "rapidfuzz_found": found["rapidfuzz ratio"],
        "suggest_p99_ms": max(_milliseconds(times, 99) for times in prefixes.values()),
        "start_s": start_s,
        "memory_mb": memory_mb,
        "hostile_ms": hostile,
        "hostile_growth": max(growth.values()),
        "sqlite": sqlite3.sqlite_version,
        "rapidfuzz": version("rapidfuzz"),
    }
    return figures, _tables(figures, taken, found, prefixes)


def suggest_times(finder: Finder, texts: Sequence[str], *, count: int = 300) -> dict[int, Nanoseconds]:
    """Return what each suggestion took, by the length of what was typed so far."""
    taken: dict[int, list[int]] = {}
    clock = time.perf_counter_ns
    finder.suggest(texts[-1])
    gc.collect()
    for text in texts[:count]:
        for length in range(1, len(text) + 1):
            before = clock()
            finder.suggest(text[:length])
            taken.setdefault(length, []).append(clock() - before)
    return {length: np.array(times) for length, times in taken.items() if len(times) >= _LEAST_PREFIXES}


def hostile_times(finder: Finder) -> dict[str, dict[int, float]]:
    """Return the milliseconds that hostile texts take at best, by kind and length in characters."""
    result: dict[str, dict[int, float]] = {}
    for kind, pattern in _HOSTILE.items():
        for length in LENGTHS:
            text = (pattern * (length // len(pattern) + 1))[:length]
            result.setdefault(kind, {})[length] = min(_once_ms(finder, text) for _ in range(3))
    return result


def _once_ms(finder: Finder, text: str) -> float:
    start = time.perf_counter()
    finder.by_address(text)
    return (time.perf_counter() - start) * 1e3


def _memory_mb(file: CampaignFile) -> float:
    """Return what the search allocates beside the campaign, as Python and numpy tell tracemalloc."""
    tracemalloc.start()
    one_box = Finder(file).one_box
    gc.collect()
    allocated, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del one_box
    return allocated / 1e6


def _find(finder: Finder) -> Callable[[TypedAddress], bool]:
    def search(query: TypedAddress) -> bool:
        answer: Resolution = finder.by_address(query.text)
        given = [answer.place, *(candidate.place for candidate in answer.candidates[:FIRST])]
        return any(
            one is not None and one.place.id == query.place.id and one.number == query.house.number
            for one in given
        )

    return search


def _peers(file: CampaignFile) -> dict[str, Callable[[TypedAddress], bool]]:
    places = {place.id: place for place in file.campaign.places}
    addresses = [address_text(places[house.place], house) for house in file.campaign.houses]
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE addresses USING fts5(address, tokenize='trigram')")
    connection.executemany("INSERT INTO addresses VALUES (?)", ((address,) for address in addresses))
    connection.execute("INSERT INTO addresses(addresses) VALUES ('optimize')")

    def by_trigrams(query: TypedAddress) -> bool:
        text = query.text.replace('"', '""')
        trigrams = " OR ".join(f'"{text[i : i + 3]}"' for i in range(len(text) - 2))
        rows = connection.execute(
            "SELECT address FROM addresses WHERE addresses MATCH ? ORDER BY bm25(addresses) LIMIT ?",
            (trigrams, FIRST),
        )
        return any(address == query.address for (address,) in rows)

    def by_ratio(query: TypedAddress) -> bool:
        best = process.extract(query.text, addresses, scorer=fuzz.ratio, limit=FIRST)
        return any(address == query.address for address, _, _ in best)

    return {"FTS5 trigrams": by_trigrams, "rapidfuzz ratio": by_ratio}


def _in_turn(
    competitors: dict[str, Callable[[TypedAddress], bool]], typed: Sequence[TypedAddress], peer_queries: int
) -> tuple[dict[str, Nanoseconds], dict[str, float]]:
    """Return nanoseconds a query and the share found; the competitors take blocks of queries in turn."""
    taken: dict[str, list[int]] = {name: [] for name in competitors}
    found = dict.fromkeys(competitors, 0)
    clock = time.perf_counter_ns
    gc.collect()
    for start in range(0, len(typed), _BLOCK):
        for name, search in competitors.items():
            if start >= peer_queries and name != "find":
                continue
            for query in typed[start : start + _BLOCK]:
                before = clock()
                is_found = search(query)
                taken[name].append(clock() - before)
                found[name] += is_found
    return (
        {name: np.array(times) for name, times in taken.items()},
        {name: found[name] / len(times) for name, times in taken.items()},
    )


def _milliseconds(times: Nanoseconds, percentile: float) -> float:
    return float(np.percentile(times, percentile)) / 1e6


def _vs(taken: dict[str, Nanoseconds], peer: str) -> float:
    """Return by how much our median is below a peer's, over the queries that both answered."""
    return float(np.median(taken[peer]) / np.median(taken["find"][: len(taken[peer])]))


def _tables(
    figures: dict[str, Any],
    taken: dict[str, Nanoseconds],
    found: dict[str, float],
    prefixes: dict[int, Nanoseconds],
) -> list[Table]:
    slowest = max(prefixes, key=lambda length: _milliseconds(prefixes[length], 99))
    return [
        (
            f"One typing error, found in the first {FIRST}",
            ["what", "queries", "p50 ms", "p99 ms", "found", "find is faster by (p50)"],
            [
                [
                    name,
                    f"{len(times):,}",
                    f"{_milliseconds(times, 50):.3f}",
                    f"{_milliseconds(times, 99):.3f}",
                    f"{found[name]:.1%}",
                    f"{_vs(taken, name):.1f}×",
                ]
                for name, times in taken.items()
            ],
        ),
        (
            "Hostile texts, ms by length",
            ["what", *(f"{length:,}" for length in LENGTHS)],
            [
                [kind, *(f"{times[length]:.2f}" for length in LENGTHS)]
                for kind, times in figures["hostile_ms"].items()
            ],
        ),
        (
            "The search",
            ["what", "figure"],
            [
                [
                    "suggest, p99 at the slowest length",
                    f"{figures['suggest_p99_ms']:.3f} ms ({slowest} letters)",
                ],
                ["start from a campaign in memory", f"{figures['start_s']:.2f} s"],
                ["memory beside the campaign (tracemalloc)", f"{figures['memory_mb']:.0f} MB"],
                ["hostile: 100,000 letters against ten times 10,000", f"{figures['hostile_growth']:.2f}"],
            ],
        ),
    ]


if __name__ == "__main__":
    main()
