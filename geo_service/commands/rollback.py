"""``geo-service rollback``: serve a former campaign again."""

from __future__ import annotations

import click

from geo_service.commands.context import examples, language_option, setting_option, settings_of, working
from geo_service.commands.publishing import act_of, current_file, lost_amendment_lines, outcome_lines
from geo_service.store.store import Store
from geo_service.translations import text


@click.command(
    "rollback",
    epilog=examples(
        "geo-service rollback --reason 'wrong file'",
        "geo-service rollback 5f3a2b1c9d0e --reason 'wrong file'",
    ),
)
@click.argument("name", required=False, metavar="[HASH|ID]")
@click.option("--reason", required=True, metavar="TEXT", help="Why; for the store's log.")
@setting_option("author", metavar="NAME")
@language_option
@click.pass_context
def rollback(context: click.Context, name: str | None, *, reason: str) -> None:
    """Make a former campaign current again: the one before, or that of a hash or id.

    It is at once served again, also where publications need approval: it was published before.
    """
    settings = settings_of(context)
    store = Store(settings.store)
    with working(text("cli.opening", settings.language)):
        former = current_file(store)
        store.rollback(act_of(settings, reason), name)
        lost = lost_amendment_lines(store, former, settings.language)
    click.echo("\n".join([*outcome_lines(store, settings.language), *lost]))
