"""``geo-service evaluate``: how well a corpus of typed addresses is answered."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import click
import orjson

from geo_service.campaign.model import Language
from geo_service.commands.context import common_options, examples, open_finder, settings_of, working
from geo_service.commands.tables import print_table
from geo_service.evaluation.corpus import read_corpus
from geo_service.evaluation.judging import evaluate
from geo_service.evaluation.report import ClassFigures, EvaluationReport
from geo_service.evaluation.shown_cells import shown_cell
from geo_service.translations import text

_SHOWN_WRONG = 40
_NOTHING_JUDGED = "–"

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

    CSV is a file in UTF-8 with the columns query, class, district, status, kind, name_ru and house: what is
    typed, and what the answer must be. Rows about places, houses or districts that the campaign lacks are
    skipped. tests/data has the corpus of the project; the module geo_service.evaluation.judging says what
    counts as right.

    Wrong answers are listed by the row of the file, the header being row 1. The queries themselves are not
    printed: they may hold flats and personal numbers.

    Exit code: 0 whatever the figures are, 1 if the file cannot be read or has no rows, 2 for wrong usage.
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
    if report.unknown_districts:
        click.echo()
        codes = ", ".join(map(shown_cell, report.unknown_districts))
        click.echo(text("evaluation.unknown_districts", language, codes=codes))
    if report.wrong:
        click.echo()
        _print_wrong(report, language, every=every)


def _print_wrong(report: EvaluationReport, language: Language, *, every: bool) -> None:
    click.echo(text("evaluation.wrong", language, count=len(report.wrong)))
    shown = report.wrong if every else report.wrong[:_SHOWN_WRONG]
    for wrong in shown:
        row = wrong.row
        click.echo(f"  {text('item.row', language, number=row.number)} [{shown_cell(row.group)}]")
        click.echo(f"    {text('evaluation.expected', language, answer=row.expected())}")
        click.echo(f"    {text('evaluation.given', language, answer=wrong.given)}")
    if len(shown) < len(report.wrong):
        click.echo(text("cli.more", language, count=len(report.wrong) - len(shown)))


def _cells(figures: ClassFigures) -> list[str]:
    """Return the row of a class: recall in per cent, the other figures as they are."""
    share = figures.share_right
    return [
        shown_cell(figures.name),
        str(figures.rows),
        str(figures.right),
        _NOTHING_JUDGED if share is None else f"{100 * share:.1f} %",
        str(figures.found),
        str(figures.first_candidate),
        str(figures.wrong_as_found),
        str(figures.skipped),
    ]


def _to_dict(report: EvaluationReport) -> dict[str, Any]:
    return {
        "total": _figures(report.total),
        "classes": [_figures(figures) for figures in report.classes],
        "unknown_districts": list(map(shown_cell, report.unknown_districts)),
        "wrong": [
            {
                "row": wrong.row.number,
                "class": shown_cell(wrong.row.group),
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
        "class": shown_cell(values.pop("name")),
        **values,
        "share_right": _rounded(figures.share_right),
        "share_at_first": _rounded(figures.share_at_first),
    }


def _rounded(share: float | None) -> float | None:
    """Return a share with four decimals; None where nothing was judged."""
    return None if share is None else round(share, 4)
