"""Prepared polygons are safe in threads."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import shapely

from boundaries.prepared import prepared_copies

# In a process of its own: a fault here is not an exception but the end of the process.
MANY_THREADS_AT_ONCE = """
import threading
import numpy as np
import shapely
from boundaries.prepared import prepared_copies

rounds = [shapely.Point(i, 0).buffer(0.45, quad_segs=200) for i in range(3)]
points = np.random.default_rng(0).uniform((-0.5, -0.5), (2.5, 0.5), (60, 2))
for _ in range(300):
    polygons = prepared_copies(np.array(rounds, object))
    start = threading.Barrier(8)

    def ask():
        start.wait()
        for polygon in polygons:
            shapely.intersects_xy(polygon, points)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
"""


def test_first_points_may_come_from_many_threads_at_once():
    result = subprocess.run([sys.executable, "-c", MANY_THREADS_AT_ONCE], capture_output=True, check=False)

    assert result.returncode == 0, result.stderr.decode()


def test_copies_are_prepared_and_equal_and_the_originals_untouched():
    originals = np.array([shapely.box(0, 0, 1, 1), shapely.box(2, 0, 3, 1)], object)

    copies = prepared_copies(originals)

    assert shapely.is_prepared(copies).all()
    assert not shapely.is_prepared(originals).any()
    assert shapely.equals_exact(copies, originals).all()
