"""Tables on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table

_WIDTH_OF_FILES = 200  # columns; what goes into a file or a pipe is not broken at 80


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, numbers_from: int) -> None:
    """Print a table on standard output.

    Parameters
    ----------
    heads
        Of the columns.
    rows
        Their cells, plain text.
    numbers_from
        The first column that holds numbers: it and all after it are set to the right.
    """
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for position, head in enumerate(heads):
        is_number = position >= numbers_from
        table.add_column(head, justify="right" if is_number else "left", no_wrap=is_number)
    for row in rows:
        table.add_row(*row)
    width = None if sys.stdout.isatty() else _WIDTH_OF_FILES
    # Cells are what people typed: nothing in them is markup.
    Console(width=width, markup=False, emoji=False, highlight=False).print(table)
