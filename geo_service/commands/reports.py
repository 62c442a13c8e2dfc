"""``geo-service reports``: the wrong answers that readers reported, and what became of them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast, get_args

import click
import orjson

from geo_service.campaign.model import Language
from geo_service.commands.context import examples, language_option, settings_of
from geo_service.commands.publishing import moment_text
from geo_service.commands.tables import print_table
from geo_service.errors import StoreError
from geo_service.translations import text
from geo_service.wrong_answers.book import Order, ReportBook
from geo_service.wrong_answers.model import UNFINISHED, Report, State

_STATES: tuple[State, ...] = get_args(State)
_HEADS = ("id", "count", "state", "kind", "precinct", "right_precinct", "where", "last_at")
_COLUMNS = (
    "id", "count", "state", "kind", "what", "precinct", "mark", "right_precinct", "address", "place", "house",
    "lat", "lon", "method", "authority", "campaign_id", "campaign_hash", "first_at", "last_at",
)  # fmt: skip


@click.group(
    "reports",
    invoke_without_command=True,
    epilog=examples(
        "geo-service reports",
        "geo-service reports --precinct 123 --newest",
        "geo-service reports --all --csv reports.csv",
        "geo-service reports resolve 17 18 --state mended",
    ),
)
@click.option(
    "--state", "states", multiple=True, type=click.Choice(_STATES),
    help="Only those in this state; may be repeated. Without it, those that are open or confirmed.",
)  # fmt: skip
@click.option("--all", "every", is_flag=True, help="Those in every state.")
@click.option(
    "--precinct", type=click.IntRange(min=1), metavar="NUMBER",
    help="Only those about this precinct, or that think it the right one.",
)  # fmt: skip
@click.option("--newest", is_flag=True, help="The latest first, not those that were made most often.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option(
    "--csv", "csv_path", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Write a table that spreadsheet programs open, instead of printing.",
)  # fmt: skip
@language_option
@click.pass_context
def reports(
    context: click.Context,
    *,
    states: tuple[State, ...],
    every: bool,
    precinct: int | None,
    newest: bool,
    as_json: bool,
    csv_path: Path | None,
) -> None:
    """List the wrong answers that readers reported; equal reports are one line with their count.

    No report says who made it. `geo-service reports resolve` notes what became of one.
    """
    if context.invoked_subcommand is not None:
        return
    settings = settings_of(context)
    order: Order = "newest" if newest else "count"
    wanted = None if every else (states or UNFINISHED)
    found = ReportBook(settings.store).reports(states=wanted, precinct=precinct, order=order)
    if csv_path is not None:
        _write_csv(csv_path, found, settings.language)
        click.echo(text("report.written", settings.language, file=csv_path, count=len(found)))
    elif as_json:
        for report in found:
            click.echo(orjson.dumps(report.to_dict()))
    elif found:
        heads = [text(f"report.column.{name}", settings.language) for name in _HEADS]
        rows = (_cells(report, settings.language) for report in found)
        print_table(heads, rows, numbers_from=len(heads))
    else:
        click.echo(text("report.none", settings.language))


@reports.command("resolve", epilog=examples("geo-service reports resolve 17 18 --state mended"))
@click.argument("ids", nargs=-1, required=True, type=click.IntRange(min=1), metavar="ID...")
@click.option(
    "--state", required=True, type=click.Choice(_STATES),
    help="What became of it. A mended one is open again if the next edition is reported, too.",
)  # fmt: skip
@language_option
@click.pass_context
def resolve(context: click.Context, *, ids: tuple[int, ...], state: str) -> None:
    """Note what became of reports."""
    settings = settings_of(context)
    ReportBook(settings.store).resolve(set(ids), cast("State", state))
    numbers = ", ".join(str(number) for number in sorted(set(ids)))
    name = text(f"report.state.{state}", settings.language)
    click.echo(text("report.resolved", settings.language, ids=numbers, state=name))


def _cells(report: Report, language: Language) -> list[str]:
    return [
        str(report.id),
        str(report.count),
        text(f"report.state.{report.state}", language),
        text(f"report.kind.{report.kind}", language),
        report.subject.precinct_text(language) or "–",
        report.right_precinct_text(language) or "",
        _where(report, language),
        moment_text(report.last_at),
    ]


def _where(report: Report, language: Language) -> str:
    subject = report.subject
    point = "" if subject.lon is None else f"{subject.lat:.4f}, {subject.lon:.4f}"
    return subject.address(language) or point


def _write_csv(path: Path, found: Iterable[Report], language: Language) -> None:
    try:
        # The mark at the beginning of the file lets spreadsheet programs read Kazakh and Russian letters.
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, _COLUMNS, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(_row(report, language) for report in found)
    except OSError as error:
        raise StoreError(
            f"The table cannot be written ({error.strerror}).",
            "Name a file in a folder that you may write to, and close it in other programs.",
            file=str(path),
        ) from error


def _row(report: Report, language: Language) -> dict[str, Any]:
    mark = text("mark.sample", language) if report.subject.is_sample else ""
    return {
        **report.to_dict(),
        "mark": mark,
        "what": text(f"report.kind.{report.kind}", language),
        "address": report.subject.address(language),
    }
