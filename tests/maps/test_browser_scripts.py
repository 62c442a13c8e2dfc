"""Our scripts are for browsers from 2018 on: they are parsed as ES2018, whatever today's browsers take."""

from __future__ import annotations

import importlib
import json
import os
import subprocess

import pytest

from geo_service.served.map_files import ensure_rendered
from geo_service.settings import Settings
from maps.assets import own_files

if os.environ.get("CI") != "true":
    pytest.importorskip("playwright")
driver = importlib.import_module("playwright._impl._driver")

# Node, which Playwright brings along, has a parser inside that can be told which edition to read.
_PARSE = """
const acorn = require("internal/deps/acorn/acorn/dist/acorn");
const fs = require("fs");
const names = (node, found) => {
    if (!node || typeof node !== "object") return found;
    if (Array.isArray(node)) {
        node.forEach((part) => names(part, found));
        return found;
    }
    if (["CallExpression", "NewExpression"].includes(node.type)) {
        const { name, property } = node.callee;
        found.push(name || (property && `.${property.name}`));
    }
    if (node.type === "MemberExpression") found.push(node.object.name);
    Object.keys(node).forEach((key) => names(node[key], found));
    return found;
};
const read = (file) => {
    const options = { ecmaVersion: 2018, sourceType: "module" };
    try {
        return names(acorn.parse(fs.readFileSync(file, "utf8"), options), []).filter(Boolean);
    } catch (error) {
        return error.message;
    }
};
console.log(JSON.stringify(process.argv.slice(1).map(read)));
"""

# Of the language's own library, what came after 2018.
_NEWER = frozenset(
    [".allSettled", ".any", ".at", ".findLast", ".findLastIndex", ".flat", ".flatMap", ".fromEntries",
     ".getOrInsert", ".groupBy", ".hasOwn", ".matchAll", ".randomUUID", ".replaceAll", ".replaceChildren",
     ".toReversed", ".toSorted", ".toSpliced", ".trimEnd", ".trimStart", ".withResolvers", "BigInt",
     "FinalizationRegistry", "WeakRef", "globalThis", "queueMicrotask", "structuredClone"]
)  # fmt: skip


def read_as_2018(*paths):
    """Return for each script the names that it uses, or what a browser of 2018 cannot read in it."""
    node, _ = driver.compute_driver_executable()
    run = subprocess.run(
        [node, "--expose-internals", "--no-warnings", "-e", _PARSE, "--", *map(str, paths)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return dict(zip(paths, json.loads(run.stdout), strict=True))


def faults_of(*paths):
    """Return what is newer than 2018, by the name of the script."""
    read = read_as_2018(*paths)
    faults = {
        path.name: names if isinstance(names, str) else sorted(_NEWER & set(names))
        for path, names in read.items()
    }
    return {name: fault for name, fault in faults.items() if fault}


def test_scripts_can_be_read_by_browsers_of_2018():
    scripts = [path for path in own_files().values() if path.suffix == ".js"]

    assert len(scripts) > 5
    assert faults_of(*scripts) == {}


def test_script_that_folium_makes_can_be_read_by_browsers_of_2018(small_campaign_path, tmp_path):
    directory = ensure_rendered(Settings(store=tmp_path), small_campaign_path, "0" * 64)

    scripts = sorted(directory.glob("*.js"))

    assert len(scripts) == 3
    assert faults_of(*scripts) == {}


@pytest.mark.parametrize(
    "script",
    [
        "a?.b", "a ?? b", "a ??= b", "class A { b = 1 }", "class A { #b() {} }", "await a", "1_000",
        "try { a() } catch { b() }", "import('a')", "[1].at(-1)", "'a'.replaceAll('a', 'b')",
        "structuredClone(a)", "new WeakRef(a)", "Object.fromEntries(a)",
    ],
)  # fmt: skip
def test_what_is_newer_is_noticed(script, tmp_path):
    path = tmp_path / "newer.js"
    path.write_text(script)

    assert list(faults_of(path)) == ["newer.js"]


def test_what_is_of_2018_is_none(tmp_path):
    path = tmp_path / "fine.js"
    path.write_text(
        "import { a } from './a.js';\n// a?.b ?? c\nexport const b = async ({ c, ...d }) => {\n"
        "  for await (const e of a(c)) console.log(`?.`, { ...d }, e.map((f) => f ** 2));\n};\n"
    )

    assert faults_of(path) == {}
