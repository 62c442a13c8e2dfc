"""What a file holds beside what GDAL gives of it: geometries that were lost, kinds that were changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pyogrio

from geo_service.campaign.finding_codes import make_finding
from geo_service.campaign.model import Finding
from geo_service.errors import SourceError
from geo_service.sources.gdal_errors import readable
from geo_service.sources.gdal_layer import RawLayer

_CURVES = frozenset({"CIRCULARSTRING", "COMPOUNDCURVE", "CURVEPOLYGON", "MULTICURVE", "MULTISURFACE"})
_SURFACES = frozenset({"POLYHEDRALSURFACE", "TIN", "TRIANGLE"})


def refuse_lost_geometries(
    raw: RawLayer, items: Sequence[str], file: str, *, has_shape: Callable[[int], bool]
) -> None:
    """Refuse geometries that GDAL takes for none though the file has them.

    Parameters
    ----------
    raw, items, file
        The layer, what to call its records, and the file's name.
    has_shape
        Whether the file has something for the geometry of the record with a feature id.

    Raises
    ------
    geo_service.errors.SourceError
        At the first one.
    """
    if raw.wkb is None:
        return
    for wkb, fid, item in zip(raw.wkb, raw.fids, items, strict=True):
        if wkb is None and has_shape(fid):
            raise SourceError(
                "The geometry cannot be read: the file is cut short or damaged there.",
                "Copy the file again, or export it again from your GIS.",
                file=file,
                item=item,
                field="geometry",
            )


def refuse_unreadable_kinds(path: Path, layer: str, items: Sequence[str]) -> list[Finding]:
    """Look at the kinds of a layer's geometries as the file has them, before GDAL simplified them.

    Returns
    -------
    list of Finding
        One that counts curves, of which arcs were drawn as short straight lines.

    Raises
    ------
    geo_service.errors.SourceError
        If a feature is a surface in space or of triangles.
    """
    kinds = _kinds(path, layer)
    for kind, item in zip(kinds, items, strict=True):
        if kind in _SURFACES:
            raise SourceError(
                f"The geometry is a {kind}, not flat.", "Convert it to polygons in your GIS.",
                file=path.name, item=item, field="geometry",
            )  # fmt: skip
    curved = [item for kind, item in zip(kinds, items, strict=True) if kind in _CURVES]
    if not curved:
        return []
    return [make_finding("curves_straightened", file=path.name, item=curved[0], count=len(curved))]


def _kinds(path: Path, layer: str) -> list[str]:
    """Return the kind of each feature's geometry in capitals, without Z and M."""
    name = layer.replace("\\", "\\\\").replace('"', '\\"')
    query = f'SELECT OGR_GEOMETRY FROM "{name}"'  # noqa: S608 - a layer of the user's own file, quoted
    with readable(path, "a map"):
        values = pyogrio.raw.read(path, sql=query, sql_dialect="OGRSQL", read_geometry=False)[3]
    return [str(kind or "").upper().split(" ", maxsplit=1)[0] for kind in values[0].tolist()]
