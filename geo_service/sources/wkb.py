"""Read geometries that come as well-known binary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo_service.errors import SourceError


def parse_geometries(
    wkb: Sequence[bytes | None] | NDArray[np.object_],
    items: Sequence[str],
    file: str,
) -> list[BaseGeometry | None]:
    """Return geometries.

    Parameters
    ----------
    wkb
        One a record; None where there is none.
    items, file
        What to call the records, and the file's name, for errors.

    Raises
    ------
    geo_service.errors.SourceError
        If one cannot be read; the message names its record.
    """
    # A coordinate that is no number is refused later, with the feature that holds it.
    with np.errstate(invalid="ignore"):
        try:
            return list(shapely.from_wkb(np.array([*wkb, None], object)[:-1]))
        except (shapely.errors.GEOSException, shapely.errors.ShapelyError, TypeError):
            return [_geometry(data, item, file) for data, item in zip(wkb, items, strict=True)]


def _geometry(data: Any, item: str, file: str) -> BaseGeometry | None:
    try:
        geometry: BaseGeometry | None = shapely.from_wkb(data)
    except (shapely.errors.GEOSException, shapely.errors.ShapelyError, TypeError) as error:
        raise SourceError(
            f"The geometry cannot be read ({str(error).removeprefix('IllegalArgumentException: ')}).",
            "Close its rings and give each at least four points.",
            file=file,
            item=item,
            field="geometry",
        ) from error
    return geometry
