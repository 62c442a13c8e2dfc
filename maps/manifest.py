"""What a page must know of a rendered map. Loads no Folium, so serving processes can read it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

#: Name of the file that lists the others.
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class RenderedMap:
    """A rendered map in one language.

    Parameters
    ----------
    html
        The element that the map is drawn into.
    script, style
        Names of the files in the map's directory.
    scripts, styles
        URLs of the libraries to load before, in order.
    """

    html: str
    script: str
    style: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]


def read_manifest(directory: Path) -> dict[str, RenderedMap]:
    """Return the rendered maps of a directory by language.

    Raises
    ------
    OSError
        If the directory holds no map.
    """
    languages = json.loads((directory / MANIFEST).read_bytes())["languages"]
    return {
        language: RenderedMap(
            html=entry["html"],
            script=entry["script"],
            style=entry["style"],
            scripts=tuple(entry["scripts"]),
            styles=tuple(entry["styles"]),
        )
        for language, entry in languages.items()
    }
