"""Print what a benchmark measured: a table for people, or one JSON object."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

_PACKAGES = ("numpy", "shapely", "geopandas", "rtree")


def machine() -> dict[str, Any]:
    """Return what the figures were measured on."""
    return {
        "cores": os.cpu_count(),
        "processor": _processor(),
        "python": platform.python_version(),
        **{package: version(package) for package in _PACKAGES},
    }


def print_tables(title: str, tables: Sequence[tuple[str, Sequence[str], Sequence[Sequence[str]]]]) -> None:
    """Print tables, each a heading, its columns and its rows, under a title and the machine."""
    console = Console()
    console.print(f"[bold]{title}[/bold]")
    console.print(", ".join(f"{name} {value}" for name, value in machine().items()), style="dim")
    for heading, columns, rows in tables:
        table = Table(title=heading, title_justify="left")
        for position, column in enumerate(columns):
            table.add_column(column, justify="right" if position else "left")
        for row in rows:
            table.add_row(*row)
        console.print(table)


def print_json(figures: Mapping[str, Any]) -> None:
    """Print figures and the machine as one JSON object."""
    print(json.dumps({**figures, "machine": machine()}))


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()
