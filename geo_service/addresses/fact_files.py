"""The facts that come with the package, in ``facts/``: words, renamings, other towns."""

from __future__ import annotations

import csv
from importlib import resources

_FACTS = resources.files(__name__.rpartition(".")[0]).joinpath("facts")


def fact_text(name: str) -> str:
    """Return the text of a file."""
    return _FACTS.joinpath(name).read_text(encoding="utf-8")


def fact_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file by the names of its columns."""
    return list(csv.DictReader(fact_text(name).splitlines()))


def fact_files(suffix: str) -> list[str]:
    """Return the names of the files that end so, ascending."""
    return sorted(entry.name for entry in _FACTS.iterdir() if entry.name.endswith(suffix))
