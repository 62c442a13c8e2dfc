"""Time competitors in turn, so that a machine whose speed drifts slows all of them alike."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Competitor = Callable[[], Any]

_BLOCK = 500  # points


def seconds_in_turn(competitors: Mapping[str, Competitor], *, rounds: int) -> dict[str, list[float]]:
    """Run every competitor once a round and return the seconds of each, round by round.

    Parameters
    ----------
    competitors
        By name. Each is run once more before the first round, to fill caches.
    rounds
        How many rounds count.
    """
    for run in competitors.values():
        run()
    seconds: dict[str, list[float]] = {name: [] for name in competitors}
    for _ in range(rounds):
        for name, run in competitors.items():
            gc.collect()
            start = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - start)
    return seconds


def nanoseconds_a_call(
    calls: Mapping[str, Callable[[float, float], Any]], lons: list[float], lats: list[float]
) -> dict[str, NDArray[np.int64]]:
    """Return how long each call with one point took, in nanoseconds, the clock's own cost included.

    The competitors take the points block by block in turn.
    """
    taken: dict[str, list[int]] = {name: [] for name in calls}
    clock = time.perf_counter_ns
    for start in range(0, len(lons), _BLOCK):
        block = list(zip(lons[start : start + _BLOCK], lats[start : start + _BLOCK], strict=True))
        for name, call in calls.items():
            for lon, lat in block:
                before = clock()
                call(lon, lat)
                taken[name].append(clock() - before)
    return {name: np.array(nanoseconds) for name, nanoseconds in taken.items()}


def ratio(slow: list[float], fast: list[float]) -> float:
    """Return the median over rounds of how many times faster one competitor was than another."""
    return float(np.median(np.divide(slow, fast)))
