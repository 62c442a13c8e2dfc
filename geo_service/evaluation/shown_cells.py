"""Cells of a corpus as reports and errors may show them: nobody's number is repeated.

Whoever collects queries may put a query into the wrong column, and a personal number or a telephone into a
query.
"""

from __future__ import annotations

import re

_DIGIT = re.compile(r"\d")
_MOST_DIGITS = 5  # no precinct and no house needs more; telephones and personal numbers do
_MOST_LETTERS = 60


def shown_cell(cell: str) -> str:
    """Return a cell on one line, cut if it is long; ``…`` if it holds six digits or more of any script."""
    if len(_DIGIT.findall(cell)) > _MOST_DIGITS:
        return "…"
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in cell).split())
    return line if len(line) <= _MOST_LETTERS else f"{line[:_MOST_LETTERS]}…"
