"""What a page must know of a rendered map. Loads no Folium, so serving processes can read it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from boundaries.errors import GeoServiceError
from maps.model import MapParts

#: Name of the file that lists the others.
MANIFEST = "manifest.json"


class DamagedMapError(GeoServiceError):
    """A rendered map is incomplete, or its list of files cannot be read."""


def manifest(maps: Mapping[str, MapParts]) -> dict[str, Any]:
    """Return what the manifest says of maps by language; their ``script`` and ``style`` are file names."""
    return {"languages": {language: dataclasses.asdict(parts) for language, parts in maps.items()}}


def read_manifest(directory: Path) -> dict[str, MapParts]:
    """Return the rendered maps of a directory by language; ``script`` and ``style`` are names of files in it.

    Raises
    ------
    DamagedMapError
        If the manifest cannot be understood, or names a file that is not there.
    OSError
        If the directory holds no map.
    """
    path = directory / MANIFEST
    content = path.read_bytes()
    try:
        maps = {language: _parts(entry) for language, entry in json.loads(content)["languages"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged("The list of the map's files cannot be read.", path) from error
    names = {name for parts in maps.values() for name in (parts.script, parts.style)}
    missing = sorted(name for name in names if not (directory / name).is_file())
    if missing or not maps:
        raise _damaged(f"Files of the map are missing: {', '.join(missing) or 'all'}.", path)
    return maps


def has_map(directory: Path) -> bool:
    """Return whether a directory holds a map that can be served."""
    try:
        read_manifest(directory)
    except (DamagedMapError, OSError):
        return False
    return True


def _parts(entry: Mapping[str, Any]) -> MapParts:
    html, script, style = (str(entry[name]) for name in ("html", "script", "style"))
    lists = (tuple(entry[name]) for name in ("scripts", "styles", "modules", "data"))
    return MapParts(html, script, style, *lists)


def _damaged(problem: str, path: Path) -> DamagedMapError:
    return DamagedMapError(problem, "Delete its directory; the map is then rendered again.", file=str(path))
