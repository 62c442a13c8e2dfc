"""Imports point one way: the service knows the pictures and the geometry, never the other way round."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[1]
PACKAGES = ("boundaries", "maps", "geo_service", "templates")
CHANNELS = ("web", "api", "bot", "operator", "telegram", "cli", "commands", "server", "batch")
#: Rooms of the service that lower ones must not know: the channels, what only serving processes hold, and
#: what judges answers.
ABOVE_THE_FINDER = (*CHANNELS, "served", "evaluation")
#: What makes answers of what the rooms of places and addresses find.
ANSWERS = ("finder", "one_box", "resolution", "notes", "precinct_notes")


def _modules() -> dict[str, Path]:
    """Every module of the project by its dotted name."""
    found = {}
    for package in PACKAGES:
        for path in (REPO / package).rglob("*.py"):
            parts = path.relative_to(REPO).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = _modules()


def _imports(module: str) -> Iterator[str]:
    """Every module that a module names imports, inside functions and by `from a import b` too."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    is_package = MODULES[module].name == "__init__.py"
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = module.split(".") if is_package else module.split(".")[:-1]
                base = ".".join([*parents[: len(parents) - node.level + 1], *filter(None, [node.module])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names if f"{base}.{alias.name}" in MODULES)


def _reached(start: str) -> dict[str, set[str]]:
    """Every module of the project that a module leads to, and what each of those imports."""
    reached: dict[str, set[str]] = {}
    waiting = [start]
    while waiting:
        module = waiting.pop()
        if module not in reached:
            reached[module] = set(_imports(module))
            waiting += [name for name in reached[module] if name in MODULES]
    return reached


def _top(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


def _room(module: str) -> str | None:
    """The part of the service that a module belongs to; None outside the service."""
    parts = module.split(".")
    return parts[1] if parts[0] == "geo_service" and len(parts) > 1 else None


@pytest.mark.parametrize(
    ("package", "forbidden"),
    [
        ("boundaries", {"maps", "geo_service", "templates", "flask", "folium", "jinja2", "babel"}),
        ("maps", {"geo_service", "flask"}),
        ("templates", {"geo_service", "maps", "boundaries", "flask"}),
    ],
)
def test_a_lower_room_imports_nothing_from_above(package, forbidden):
    modules = [module for module in MODULES if _top(module) == package]

    wrong = [(m, name) for m in modules for name in _imports(m) if _top(name) in forbidden]

    assert modules
    assert wrong == []


@pytest.mark.parametrize("start", ["geo_service.finder", "geo_service.campaign.file"])
def test_the_finder_leads_to_no_channel(start):
    reached = _reached(start)

    channels = {name for name in reached if _top(name) == "geo_service" and name.split(".")[1:2][:1]
                and name.split(".")[1] in ABOVE_THE_FINDER}  # fmt: skip
    web = {(module, name) for module, names in reached.items() for name in names if _top(name) == "flask"}
    assert "boundaries.index" in reached
    assert channels == set()
    assert web == set()


@pytest.mark.parametrize(
    ("room", "unknown"),
    [
        ("api", {"web"}),
        ("served", set(CHANNELS)),
        ("wrong_answers", {*CHANNELS, "served"}),
        ("evaluation", {*CHANNELS, "served"}),
        ("addresses", {*ABOVE_THE_FINDER, *ANSWERS}),
    ],
)
def test_inside_the_service_imports_point_one_way(room, unknown):
    modules = [module for module in MODULES if module.startswith(f"geo_service.{room}")]

    wrong = [(m, name) for m in modules for name in _imports(m) if _room(name) in unknown]

    assert len(modules) > 1
    assert wrong == []


def test_channels_lead_to_the_finder():
    assert "geo_service.finder" in _reached("geo_service.cli")


def test_every_package_says_what_it_is_for():
    silent = [
        name for name, path in MODULES.items() if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]

    assert silent == []


@pytest.mark.parametrize("module", ["geo_service", "geo_service.campaign.file", "geo_service.finder"])
def test_answering_loads_no_heavy_library(module):
    program = f"import sys, {module}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"

    run = subprocess.run(
        [sys.executable, "-c", program], cwd=REPO, capture_output=True, text=True, check=True
    )

    loaded = set(run.stdout.split())
    assert {"numpy", "shapely", "geo_service"} <= loaded
    assert loaded & {"pandas", "geopandas", "pyogrio", "folium", "flask", "topojson"} == set()
