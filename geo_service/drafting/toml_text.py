"""Write TOML that people read: keys, strings and comments."""

from __future__ import annotations

import json
import re

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_LINE_LETTERS = 110


def quoted(text: str) -> str:
    """Return a TOML string."""
    # JSON writes strings as TOML does, but for DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def key(name: str) -> str:
    """Return a key, in quotation marks where it needs them."""
    return name if _BARE_KEY.fullmatch(name) else quoted(name)


def inline_table(values: dict[str, str]) -> str:
    """Return a table in one line."""
    return "{ " + ", ".join(f"{key(name)} = {quoted(text)}" for name, text in values.items()) + " }"


def comment(text: str) -> list[str]:
    """Return lines of comment, broken between words."""
    lines: list[str] = []
    line = "#"
    # Line ends and other control characters of sources must not end a comment.
    for word in re.sub(r"[\x00-\x1f\x7f]", " ", text).split():
        if len(line) + 1 + len(word) > _LINE_LETTERS and line != "#":
            lines.append(line)
            line = "#"
        line += f" {word}"
    return [*lines, line]


def remark(text: str) -> str:
    """Return a comment for the end of a line."""
    return "  # " + re.sub(r"[\x00-\x1f\x7f]", " ", text)
