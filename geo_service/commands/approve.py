"""``geo-service approve``: the second person's word on what was proposed."""

from __future__ import annotations

import click

from geo_service.commands.context import examples, language_option, setting_option, settings_of, working
from geo_service.commands.publishing import act_of, current_file, lost_amendment_lines, outcome_lines
from geo_service.store.store import Store
from geo_service.translations import text


@click.command("approve", epilog=examples("geo-service approve 5f3a2b1c9d0e --author 'A. Serikova'"))
@click.argument("name", required=False, metavar="[HASH]")
@click.option("--reason", default="", metavar="TEXT", help="A remark for the store's log.")
@setting_option("author", metavar="NAME")
@language_option
@click.pass_context
def approve(context: click.Context, name: str | None, *, reason: str) -> None:
    """Make a proposed campaign current; somebody else than who proposed it must do that.

    See `geo-service campaigns` for what waits. A proposal lapses when another campaign becomes current.
    """
    settings = settings_of(context)
    store = Store(settings.store)
    with working(text("cli.opening", settings.language)):
        former = current_file(store)
        store.approve(act_of(settings, reason), name)
        lost = lost_amendment_lines(store, former, settings.language)
    click.echo("\n".join([*outcome_lines(store, settings.language), *lost]))
