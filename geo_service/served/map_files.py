"""Where the rendered map of a campaign lies, and how it gets there.

Rendering needs Folium and pandas, which a serving process must not load: it runs as a process of its own, see
`geo_service.served.render_map`.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import geo_service.translations
import maps
from geo_service.errors import StoreError
from geo_service.settings import Settings
from geo_service.store.files import exclusive
from maps.assets import own_version, vendor_files
from maps.manifest import has_map

#: URL that map directories are served under.
MAP_URL = "/map/"

#: Name of the directory of a map: beginnings of the content hash and of the hash of what renders it.
MAP_DIRECTORY = re.compile(r"[0-9a-f]{12}-[0-9a-f]{8}")

_RENDER_SECONDS = 300
_KEPT_DAYS = 30  # no page stays open for longer
_KEPT_MAPS = 20
_DAY_SECONDS = 86400
_RENDERING_PACKAGES = ("folium", "branca", "topojson")


def map_directory(settings: Settings, content_hash: str) -> Path:
    """Return where the map of a campaign belongs: it is the same only if everything that makes it is."""
    return settings.store / "maps" / f"{content_hash[:12]}-{_maker_hash(settings)}"


def ensure_rendered(settings: Settings, campaign_path: Path, content_hash: str) -> Path:
    """Render the map of a campaign unless a sound one is there, and return its directory.

    Of several processes that ask at once one renders, and the others wait for it.

    Parameters
    ----------
    settings
        The store, and the background of the map.
    campaign_path
        A campaign file.
    content_hash
        Its content hash.

    Raises
    ------
    geo_service.errors.StoreError
        If the map cannot be rendered or written.
    """
    directory = map_directory(settings, content_hash)
    if has_map(directory):
        return directory
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        lock = exclusive(directory.parent / ".lock", wait_seconds=_RENDER_SECONDS, what="rendering a map")
    except OSError as error:
        raise _failure(str(error.strerror), directory) from error
    with lock:
        if not has_map(directory):
            _render(settings, campaign_path, directory)
    return directory


def remove_old_maps(settings: Settings, content_hash: str) -> None:
    """Remove maps that no page can show any more; a former campaign's is rendered again when asked for.

    Parameters
    ----------
    settings
        The store.
    content_hash
        Of the campaign that is served: its maps stay, as do the newest others and those of the last month.
    """
    try:
        directories = [path for path in (settings.store / "maps").iterdir() if _is_map(path)]
        ages = {path: time.time() - path.stat().st_mtime for path in directories}
    except OSError:
        return  # another process is removing them
    others = [path for path in directories if not path.name.startswith(content_hash[:12])]
    for path in sorted(others, key=lambda path: ages[path])[_KEPT_MAPS:]:
        if ages[path] > _KEPT_DAYS * _DAY_SECONDS:
            shutil.rmtree(path, ignore_errors=True)


def _is_map(path: Path) -> bool:
    return MAP_DIRECTORY.fullmatch(path.name) is not None


def _render(settings: Settings, campaign_path: Path, directory: Path) -> None:
    command = [
        *(sys.executable, "-m", "geo_service.served.render_map"),
        *(str(campaign_path.resolve()), str(directory)),
        *(settings.tile_url, settings.tile_attribution),
    ]
    try:
        run = subprocess.run(  # noqa: S603 - our own module and paths
            command, capture_output=True, text=True, timeout=_RENDER_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failure(str(error), directory) from error
    if run.returncode != 0:
        last_line = (run.stderr.strip().splitlines() or ["no message"])[-1]
        raise _failure(last_line, directory)


def rendering_versions() -> Mapping[str, str]:
    """Return the versions of the libraries that a map is made with and drawn by, by name."""
    packages = {name: metadata.version(name) for name in _RENDERING_PACKAGES}
    # Their paths hold the versions.
    return {**packages, "browser": " ".join(sorted(vendor_files()))}


def _failure(reason: str, directory: Path) -> StoreError:
    return StoreError(
        f"The map could not be rendered ({reason}).",
        "Check that the store can be written and that Folium is installed.",
        file=str(directory),
    )


def _maker_hash(settings: Settings) -> str:
    """Return a short hash of what renders a map: programs, libraries, words, settings."""
    digest = hashlib.sha256(own_version().encode())
    sources = [
        *Path(maps.__path__[0]).glob("*.py"),
        *Path(geo_service.translations.__path__[0]).glob("*.po"),
        *(Path(__file__).with_name(name) for name in ("map_layers.py", "render_map.py")),
    ]
    for path in sorted(sources):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    for name, version in rendering_versions().items():
        digest.update(f"{name}\0{version}\0".encode())
    digest.update(f"{settings.tile_url}\0{settings.tile_attribution}".encode())
    return digest.hexdigest()[:8]
