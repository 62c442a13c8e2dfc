"""Polygons made ready for point tests from many threads."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray


def prepared_copies(polygons: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return copies of polygons, prepared so that several threads may test points on them at once.

    Parameters
    ----------
    polygons
        Shapely polygons and multipolygons; none is empty.

    Returns
    -------
    numpy.ndarray
        Copies, so that nobody else meets a polygon that is prepared. Where a copy is tested against a line or
        a polygon, it must be the second argument of the test, which leaves the preparation unused: GEOS keeps
        the state of such a test inside the prepared polygon, and two threads at once crash the process.
    """
    copies: NDArray[np.object_] = shapely.from_wkb(shapely.to_wkb(polygons))
    shapely.prepare(copies)
    # GEOS builds a polygon's point locator at its first use, without a lock: use each now, in one thread.
    for polygon in copies:
        shapely.intersects_xy(polygon, *shapely.get_coordinates(polygon)[0])
    return copies
