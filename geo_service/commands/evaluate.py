"""``geo-service evaluate``: how well a corpus of typed addresses is answered."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import click
import orjson

from geo_service.addresses.corpus import read_corpus
from geo_service.addresses.evaluation import ClassFigures, EvaluationReport, WrongRow, evaluate
from geo_service.addresses.personal_number import holds_personal_number
from geo_service.campaign.model import Language
from geo_service.commands.context import common_options, examples, open_finder, settings_of, working
from geo_service.commands.tables import print_table
from geo_service.translations import text

_SHOWN_WRONG = 40
_SHOWN_LETTERS = 60

_COLUMNS = ("class", "rows", "right", "share_right", "found", "first_candidate", "wrong_as_found", "skipped")


@click.command(
    "evaluate",
    epilog=examples(
        "geo-service evaluate tests/data/address_queries.csv",
        "geo-service evaluate --all --other-campaign --campaign mine.gpkg queries.csv",
    ),
)
@click.argument("corpus", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="CSV")
@click.option(
    "--other-campaign",
    is_flag=True,
    help="The corpus was written for another campaign, with other namesakes and other missing houses.",
)
@click.option("--all", "every", is_flag=True, help=f"List every wrong answer, not the first {_SHOWN_WRONG}.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, with every wrong answer.")
@common_options
@click.pass_context
def evaluate_corpus(
    context: click.Context, corpus: Path, *, other_campaign: bool, every: bool, as_json: bool
) -> None:
    """Print how many queries of a corpus are answered rightly, class by class.

    CSV has the columns query, class, district, status, kind, name_ru and house: what is typed, and what the
    answer must be. Rows about places or houses that the campaign lacks are skipped. tests/data has the corpus
    of the project; the module geo_service.addresses.evaluation says what counts as right.

    Exit code: 0 whatever the figures are, 1 if the file cannot be read, 2 for wrong usage.
    """
    settings = settings_of(context)
    rows = read_corpus(corpus)
    finder = open_finder(settings)
    with working(text("cli.lines", settings.language, count=0)) as show:
        report = evaluate(
            finder,
            rows,
            lambda done: show(text("cli.lines", settings.language, count=done)),
            is_own=not other_campaign,
        )
    if as_json:
        click.echo(orjson.dumps(_to_dict(report)))
    else:
        _print_report(report, settings.language, every=every)


def _print_report(report: EvaluationReport, language: Language, *, every: bool) -> None:
    heads = [text(f"evaluation.{column}", language) for column in _COLUMNS]
    total = dataclasses.replace(report.total, name=text("evaluation.total", language))
    print_table(heads, map(_cells, (*report.classes, total)), numbers_from=1)
    if not report.wrong:
        return
    click.echo()
    click.echo(text("evaluation.wrong", language, count=len(report.wrong)))
    shown = report.wrong if every else report.wrong[:_SHOWN_WRONG]
    for wrong in shown:
        row = wrong.row
        click.echo(f"  {row.number} [{row.group}] {_query(wrong)}")
        click.echo(f"    {text('evaluation.expected', language, answer=row.expected())}")
        click.echo(f"    {text('evaluation.given', language, answer=wrong.given)}")
    if len(shown) < len(report.wrong):
        click.echo(text("cli.more", language, count=len(report.wrong) - len(shown)))


def _cells(figures: ClassFigures) -> list[str]:
    """Return the row of a class: recall in per cent, the other figures as they are."""
    return [
        figures.name,
        str(figures.rows),
        str(figures.right),
        f"{100 * figures.share_right:.1f} %",
        str(figures.found),
        str(figures.first_candidate),
        str(figures.wrong_as_found),
        str(figures.skipped),
    ]


def _query(wrong: WrongRow) -> str:
    """Return a query so that it takes one line, and nobody's number is printed."""
    query = wrong.row.query
    if holds_personal_number(query):
        return "…"
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in query).split())
    return line if len(line) <= _SHOWN_LETTERS else f"{line[:_SHOWN_LETTERS]}…"


def _to_dict(report: EvaluationReport) -> dict[str, Any]:
    return {
        "total": _figures(report.total),
        "classes": [_figures(figures) for figures in report.classes],
        "wrong": [
            {
                "row": wrong.row.number,
                "class": wrong.row.group,
                "query": _query(wrong),
                "expected": wrong.row.expected(),
                "given": wrong.given,
                "wrong_as_found": wrong.is_wrong_as_found,
            }
            for wrong in report.wrong
        ],
    }


def _figures(figures: ClassFigures) -> dict[str, Any]:
    values = dataclasses.asdict(figures)
    return {
        "class": values.pop("name"),
        **values,
        "share_right": round(figures.share_right, 4),
        "share_at_first": round(figures.share_at_first, 4),
    }
