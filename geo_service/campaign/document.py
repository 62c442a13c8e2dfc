"""The tables of layers in docs/campaign-file.md, made from the schema that reader and writer use.

``python -m geo_service.campaign.document docs`` renews them; the rest of the page is written by hand.
"""

from __future__ import annotations

import sys
from pathlib import Path

from geo_service.campaign.schema import (
    AMENDED_VERSION,
    AMENDMENTS,
    FORMAT_VERSION,
    LAYERS,
    RULES_VERSION,
    Column,
    Layer,
)

PAGE = "campaign-file.md"
_BEGIN = (
    "<!-- Made by `python -m geo_service.campaign.document docs`; edit geo_service/campaign/schema.py. -->\n"
)
_END = "<!-- End of what is made. -->\n"
_GEOMETRIES = {
    "MultiPolygon": "MultiPolygon",
    "Point": "Point",
    "Geometry": "any type: lines of a street, a point of a microdistrict",
}


def renewed_page(page: str) -> str:
    """Return the page with its tables made anew.

    Raises
    ------
    ValueError
        If the page lacks the marks between which the tables stand.
    """
    before, begin, rest = page.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not (begin and end):
        raise ValueError(f"the page lacks the marks {_BEGIN.strip()} and {_END.strip()}")
    return before + begin + layer_tables() + end + after


def layer_tables() -> str:
    """Return the format version and a table of columns for each layer, as Markdown."""
    versions = (
        f"Format version: **{FORMAT_VERSION}**, with amendments **{AMENDED_VERSION}**, "
        f"with rules of the vote or a source in several languages **{RULES_VERSION}**"
    )
    parts = [f"\n{versions}\n\n", *map(_layer_section, (*LAYERS, AMENDMENTS))]
    return "".join(parts)


def _layer_section(layer: Layer) -> str:
    about = [f"Rows are named and ordered by {_listed([f'`{name}`' for name in layer.key])}."]
    if layer.geometry is None:
        about.append("A table without geometry.")
    else:
        empty = "may be" if layer.geometry_nullable else "never"
        about.append(f"Geometry `geom`: {_GEOMETRIES[layer.geometry]}; {empty} empty.")
    table = "".join(map(_column_row, layer.columns))
    head = "| column | type | may be empty | meaning |\n|---|---|---|---|\n"
    return f"### `{layer.name}`\n\n{' '.join(about)}\n\n{head}{table}\n"


def _column_row(column: Column) -> str:
    return f"| `{column.name}` | {column.type} | {'yes' if column.nullable else 'no'} | {column.meaning} |\n"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def main() -> None:
    """Renew the page in the directory that the first argument names."""
    path = Path(sys.argv[1]) / PAGE
    path.write_text(renewed_page(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
