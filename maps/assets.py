"""Browser files: the project's own modules, and the libraries that Python packages bring along."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from xstatic.pkg import leaflet, leaflet_markercluster

STATIC = Path(__file__).with_name("static")
#: URLs that the libraries' files, and the project's own, are served under.
VENDOR_URL = "/static/vendor/"
OWN_URL = "/static/own/"

_IMPORT = re.compile(r"""from "\./([^"]+)";""")
_LEAFLET = f"leaflet-{leaflet.VERSION}"
_MARKERCLUSTER = f"markercluster-{leaflet_markercluster.VERSION}"
_VENDOR_FILES = {
    _LEAFLET: (
        leaflet.BASE_DIR,
        ("leaflet.js", "leaflet.css", "images/layers.png", "images/layers-2x.png", "images/marker-icon.png"),
    ),
    _MARKERCLUSTER: (
        leaflet_markercluster.BASE_DIR,
        ("leaflet.markercluster.js", "MarkerCluster.css"),
    ),
}

#: Scripts and style sheets that a map needs, by the names Folium knows them by; paths under the vendor URL.
VENDOR_SCRIPTS = {
    "leaflet": f"{_LEAFLET}/leaflet.js",
    "markerclusterjs": f"{_MARKERCLUSTER}/leaflet.markercluster.js",
}
VENDOR_STYLES = {
    "leaflet_css": f"{_LEAFLET}/leaflet.css",
    "markerclustercss": f"{_MARKERCLUSTER}/MarkerCluster.css",
}


@functools.cache
def vendor_files() -> Mapping[str, Path]:
    """Return the library files that are served, by path under the vendor URL. The path holds the version."""
    return {
        f"{directory}/{name}": Path(base) / name
        for directory, (base, names) in _VENDOR_FILES.items()
        for name in names
    }


@functools.cache
def own_files() -> Mapping[str, Path]:
    """Return the project's own browser files by name."""
    return {path.name: path for path in sorted(STATIC.iterdir()) if path.suffix in {".js", ".css", ".svg"}}


@functools.cache
def modules_of(*names: str) -> tuple[str, ...]:
    """Return the names of own modules and of all that they import, directly or not, in alphabetical order."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(_IMPORT.findall(own_files()[name].read_text(encoding="utf-8")))
    return tuple(sorted(found))


@functools.cache
def own_version() -> str:
    """Return a short hash of the project's own browser files; it stands in their URL."""
    digest = hashlib.sha256()
    for name, path in own_files().items():
        digest.update(name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def own_url() -> str:
    """Return the URL of the directory of the project's own browser files, ending in a slash."""
    return f"{OWN_URL}{own_version()}/"
