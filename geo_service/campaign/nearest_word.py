"""Which known word somebody probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(key: str, known: Iterable[str]) -> str:
    """Return the question whether a similar key was meant, and a space; nothing if none is similar."""
    similar = difflib.get_close_matches(key, list(known), n=1)
    return f'Did you mean "{similar[0]}"? ' if similar else ""
