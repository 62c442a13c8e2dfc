"""Write the files of a map: one directory that is complete or not there.

Loads Folium, and with it pandas: serving processes must not import this module.
"""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import brotli

from maps.background import background
from maps.folium_map import BACKGROUND, STATIONS, TOPOLOGY, render_parts
from maps.manifest import MANIFEST, has_map, manifest
from maps.model import MapContent, MapOptions, MapParts, MapWords
from maps.stations_layer import stations
from maps.style_sheet import one_style_sheet
from maps.topojson_layer import precinct_topology


def write_map(
    directory: Path,
    content: MapContent,
    *,
    words: Mapping[str, MapWords],
    options: MapOptions,
    data_base: str,
) -> None:
    """Write a map's directory; a sound one is left as it is, a damaged one is replaced.

    Parameters
    ----------
    directory
        Where; its parent is made if missing.
    content
        What the map shows.
    words
        Words by language; one script is written for each.
    options
        How the map is set up.
    data_base
        URL that the directory will have, ending in a slash.
    """
    partial = directory.with_name(f".{directory.name}.{os.getpid()}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        for name, data in map_files(content, words=words, options=options, data_base=data_base).items():
            _write_with_variants(partial / name, data)
        _put_in_place(partial, directory)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _put_in_place(partial: Path, directory: Path) -> None:
    """Rename a complete directory to its name, unless another process was faster: its files are the same."""
    if has_map(directory):
        return
    damaged = partial.with_suffix(".damaged")
    if directory.exists():
        directory.rename(damaged)
    try:
        partial.rename(directory)
    except OSError:
        if not directory.exists():
            raise
    finally:
        shutil.rmtree(damaged, ignore_errors=True)


def map_files(
    content: MapContent, *, words: Mapping[str, MapWords], options: MapOptions, data_base: str
) -> dict[str, bytes]:
    """Return the content of a map's files by name; see `write_map`. Equal for equal arguments."""
    files = {TOPOLOGY: _json(precinct_topology(content.precincts))}
    written: dict[str, MapParts] = {}
    for language, words_of_language in words.items():
        files[STATIONS.format(language)] = _json(stations(content, language))
        files[BACKGROUND.format(language)] = _json(background(content, language))
        parts = render_parts(content, words_of_language, options, language=language, data_base=data_base)
        written[language] = _add_parts(files, parts, language)
    files[MANIFEST] = _json(manifest(written))
    return files


def _add_parts(files: dict[str, bytes], parts: MapParts, language: str) -> MapParts:
    """Add script and style sheet to the files and return the map with their names in their place."""
    script, style = parts.script.encode(), one_style_sheet(parts).encode()
    script_name = f"map.{language}.{_short_hash(script)}.js"
    style_name = f"map.{_short_hash(style)}.css"
    files |= {script_name: script, style_name: style}
    return dataclasses.replace(parts, script=script_name, style=style_name, styles=())


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _short_hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def _write_with_variants(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    # A fixed time in the header keeps the compressed file the same from run to run.
    path.with_name(path.name + ".gz").write_bytes(gzip.compress(data, 9, mtime=0))
    path.with_name(path.name + ".br").write_bytes(brotli.compress(data))
