"""``geo-service settings``: what holds now, and where it was said."""

from __future__ import annotations

import click
import orjson

from geo_service.commands.context import common_options, settings_of
from geo_service.settings import SETTINGS
from geo_service.translations import text


@click.command("settings")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object by setting.")
@common_options
@click.pass_context
def settings(context: click.Context, *, as_json: bool) -> None:
    """Print every setting with its value and where that came from: a file, a variable or an option.

    docs/settings.md says what each means.
    """
    current = settings_of(context)
    texts = current.as_texts()
    if as_json:
        table = {
            setting.name: {
                "value": texts[setting.name],
                "origin": current.origin(setting.name),
                "variable": setting.variable,
                "option": setting.option,
                "meaning": setting.meaning,
            }
            for setting in SETTINGS
        }
        click.echo(orjson.dumps(table))
        return
    default = text("cli.default", current.language)
    rows = [
        (setting.name, texts[setting.name] or "-", current.origin(setting.name) or default)
        for setting in SETTINGS
    ]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for name, value, origin in rows:
        click.echo(f"{name:<{widths[0]}}  {value:<{widths[1]}}  {origin}")
