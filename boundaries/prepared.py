"""Polygons made ready for point tests from many threads."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

_POINTS_UNTIL_BUILT = 4  # two, and as many again in case a GEOS to come builds in more steps


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
    for polygon in copies:
        _build_locator(polygon)
    return copies


def _build_locator(polygon: shapely.Geometry) -> None:
    """Make GEOS build all that it builds lazily, and without a lock, for testing points on a polygon.

    The first point that meets the polygon's box gets a simple locator; the second one makes the indexed
    locator and its tree, which all later ones share. A thread that comes while another builds it reads memory
    that is being written: now and then the process dies.
    """
    first_vertex = shapely.get_coordinates(polygon)[:1]
    shapely.intersects_xy(polygon, np.repeat(first_vertex, _POINTS_UNTIL_BUILT, axis=0))
