"""Read a source inside a ZIP archive, such as a zipped Shapefile."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from geo_service.errors import GeoServiceError, SourceError
from geo_service.sources.archive import unpacked
from geo_service.sources.base import Reader, ReadOptions, Table


def read_zipped(path: Path, options: ReadOptions, readers: Mapping[str, Reader]) -> Table:
    """Read the source file of a ZIP archive.

    Parameters
    ----------
    path
        The archive.
    options
        ``layer`` names one of several source files, with or without folder and suffix
        (``borders/precincts``), or the layer of the only one.
    readers
        Readers of the files inside, by suffix.

    Returns
    -------
    Table
        Its name is ``archive/file``.

    Raises
    ------
    geo_service.errors.SourceError
        If the archive is damaged or dangerous, holds no source file, or it is not told which of several; or
        if its reader refuses the file.
    """
    with unpacked(path) as places:
        sources = [name for name in places if PurePosixPath(name).suffix.lower() in readers]
        member, options = _choose(sources, options, path.name)
        place = places[member]
        try:
            table = readers[place.suffix.lower()](place, options)
        except GeoServiceError as error:
            error.place = dataclasses.replace(error.place, file=f"{path.name}/{member}")
            raise
    name = f"{path.name}/{member}"
    findings = [dataclasses.replace(finding, file=name) for finding in table.findings]
    return dataclasses.replace(table, name=name, findings=findings)


def _choose(sources: list[str], options: ReadOptions, file: str) -> tuple[str, ReadOptions]:
    if not sources:
        raise SourceError(
            "The archive holds no file that can be read.",
            "Pack the files of one map: .shp, .shx, .dbf and .prj, or a .gpkg, .geojson, .kml or .csv.",
            file=file,
        )
    if options.layer is not None:
        named = [name for name in sources if options.layer in _titles(name)]
        if len(named) == 1:
            return named[0], dataclasses.replace(options, layer=None)
    if len(sources) == 1:
        return sources[0], options
    usual = [name for name in sources if options.layer is None and options.usual_layer in _titles(name)]
    if len(usual) == 1:
        return usual[0], options
    asked = f'no source file "{options.layer}"' if options.layer else f"{len(sources)} source files"
    raise SourceError(
        f"The archive has {asked}; it has: {', '.join(sorted(sources))}.",
        'Say in the section which one to read: layer = "NAME".',
        file=file,
        field="layer",
    )


def _titles(name: str) -> set[str]:
    """Return the names by which a recipe can call a file of an archive."""
    path = PurePosixPath(name)
    return {name, path.name, path.stem, str(path.with_suffix(""))}
