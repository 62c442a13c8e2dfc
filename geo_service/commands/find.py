"""``geo-service find``: the precinct of what the one box takes: addresses and more."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import BufferedIOBase
from typing import Any

import click
import orjson

from geo_service.addresses.scoring import CEILINGS
from geo_service.batch import lines_as_they_come
from geo_service.campaign.model import Language
from geo_service.commands.answer_text import answer_text, candidate_text
from geo_service.commands.context import common_options, examples, open_finder, settings_of, working
from geo_service.commands.tables import print_table
from geo_service.finder import Finder
from geo_service.resolution import Resolution
from geo_service.translations import text

_PARTS = (*CEILINGS, "total")
# What stands for bytes that are no UTF-8; and signs that nobody types, but the letters of UTF-16 consist of.
_NOT_UTF_8 = re.compile("[\N{REPLACEMENT CHARACTER}\0-\x08]")

Answer = Callable[[str], Resolution]


@dataclass(frozen=True, slots=True)
class _Form:
    """How answers are printed."""

    language: Language
    as_json: bool
    explain: bool


@click.command(
    "find",
    epilog=examples(
        'geo-service find "Абая 10"',
        'geo-service find --lang kk --explain "Төле би к-сі, 45"',
        "geo-service find --file addresses.txt > precincts.tsv",
    ),
)
@click.argument("query", nargs=-1, metavar="QUERY")
@click.option(
    "--file",
    "source",
    type=click.File("rb"),
    metavar="FILE|-",
    help="Read queries from a file, or from standard input (-), one a line.",
)
@click.option("--district", metavar="CODE", help="The district that is meant, as if the query named it.")
@click.option(
    "--place",
    type=click.IntRange(min=0),
    metavar="ID",
    help="The place that was chosen among candidates: the query is a house number there, or its address.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the whole answer as JSON, one object a line.")
@click.option("--explain", is_flag=True, help="Show what was weighed, with the parts of each score.")
@common_options
@click.pass_context
def find(
    context: click.Context,
    query: tuple[str, ...],
    source: BufferedIOBase | None,
    *,
    district: str | None,
    place: int | None,
    as_json: bool,
    explain: bool,
) -> None:
    """Print the precinct of an address.

    QUERY is an address as people write it, in Kazakh, Russian or Latin letters; or coordinates, a map link,
    the number of a precinct, the name of a polling station. If several places may be meant, they are listed:
    ask again with the district, or with --place and the house number; the id of a place stands behind it. A
    personal number (IIN) is never searched.

    With --file, each line holds one query in UTF-8, and each gets one line of output, in the same order: the
    address as it was understood (for coordinates: LAT, LON; else empty), the status, and if there is one the
    precinct's number, separated by tabs; after the numbers of a sample campaign the mark of a sample. The
    queries themselves are not printed: they may hold flats and personal numbers. For a line that is blank or
    not UTF-8 it is an empty address and "error: ...".

    Exit code: 0 if all was answered ("not_found" is an answer), 1 after an error or a line with an error,
    2 for wrong usage.
    """
    text_asked = " ".join(query)
    if (source is None) == (not query):
        raise click.UsageError("Give QUERY, or --file FILE.")
    if source is None and not text_asked.strip():
        raise click.UsageError('The query is empty. Give an address, as in: geo-service find "Абая 10".')
    if source is not None and explain and not as_json:
        raise click.UsageError("--explain takes one query; use --json with --file.")
    settings = settings_of(context)
    finder = open_finder(settings)
    meant = None if district is None else _district_code(finder, district)
    form = _Form(settings.language, as_json, explain)

    def answer(asked: str) -> Resolution:
        return finder.by_address(asked, meant, form.language, place=place, explain=explain)

    if source is not None:
        failed = _answer_stream(source, answer, form)
        if failed:
            click.echo(text("cli.failed_lines", form.language, count=failed), err=True)
            context.exit(1)
        return
    resolution = answer(text_asked)
    if as_json:
        click.echo(orjson.dumps(resolution.to_dict()))
        return
    click.echo(answer_text(resolution, finder, form.language, with_candidates=not explain))
    if explain:
        _print_scores(resolution, form.language)


def _district_code(finder: Finder, given: str) -> str:
    """Return the code of the district that is meant, whatever its letters' case; an unknown one as it is."""
    codes = {district.code.casefold(): district.code for district in finder.campaign.districts}
    return codes.get(given.strip().casefold(), given)


def _print_scores(resolution: Resolution, language: Language) -> None:
    """Print the candidates with the parts of their scores; what has no score, as a precinct, has no parts."""
    if not resolution.candidates:
        return
    click.echo()
    heads = ["", text("cli.candidate", language), *(text(f"score.{part}", language) for part in _PARTS)]
    rows = []
    for number, candidate in enumerate(resolution.candidates, 1):
        parts = candidate.score or {}
        scores = [f"{parts[part]:.3f}" if part in parts else "" for part in _PARTS]
        rows.append([str(number), candidate_text(candidate, language), *scores])
    print_table(heads, rows, numbers_from=2)


def _answer_stream(source: BufferedIOBase, answer: Answer, form: _Form) -> int:
    """Print a line for each line of a stream; return how many could not be answered."""
    done = failed = 0
    with working(text("cli.lines", form.language, count=0), beside_output=True) as show:
        for chunk in lines_as_they_come(source):
            for line in chunk:
                done += 1
                fault = _fault(line)
                if fault is None:
                    click.echo(_line(answer(line), form))
                else:
                    failed += 1
                    click.echo(_error_line(fault, done, as_json=form.as_json))
            sys.stdout.flush()
            show(text("cli.lines", form.language, count=done))
    return failed


def _line(resolution: Resolution, form: _Form) -> str:
    if form.as_json:
        return orjson.dumps(resolution.to_dict()).decode()
    cells = [_understood(resolution, form.language), resolution.status]
    if resolution.precinct is not None:
        cells.append(str(resolution.precinct.number))
        if resolution.campaign.is_sample:
            cells.append(text("mark.sample", form.language))
    # A name of the campaign may hold anything: its own tabs must not make further columns.
    return "\t".join(" ".join(cell.split()) for cell in cells)


def _understood(resolution: Resolution, language: Language) -> str:
    """Return what a query was taken for; empty if it was neither an address nor a position."""
    if resolution.place is not None:
        return resolution.place.label(language)
    if resolution.point is not None:
        lon, lat = resolution.point
        return f"{lat}, {lon}"
    return ""


def _fault(line: str) -> tuple[str, str] | None:
    """Return what is wrong with a line and what to do; None if it can be answered."""
    if _NOT_UTF_8.search(line):
        return "The line is not UTF-8 text.", "Save the file as UTF-8."
    if not line.strip():
        return "The line is empty.", "Write a query on every line."
    return None


def _error_line(fault: tuple[str, str], number: int, *, as_json: bool) -> str:
    detail, remedy = fault
    if not as_json:
        return f"\terror: {detail} {remedy}"
    error: dict[str, Any] = {"detail": detail, "remedy": remedy, "item": f"line {number}", "field": None}
    return orjson.dumps({"error": error}).decode()
