"""``geo-service serve``: the API and the map over HTTP."""

from __future__ import annotations

import click

from geo_service.commands.context import common_options, examples, setting_option, settings_of, working
from geo_service.translations import text


@click.command(
    "serve",
    epilog=examples(
        "geo-service serve",
        "geo-service serve --host 0.0.0.0 --port 80 --workers 4",
    ),
)
@setting_option("host", metavar="ADDRESS")
@setting_option("port", metavar="PORT")
@setting_option("workers", metavar="NUMBER")
@setting_option("allow_sample", is_flag=True, default=None)
@common_options
@click.pass_context
def serve(context: click.Context) -> None:
    """Serve the map and the API until stopped (Ctrl+C, or the signal TERM)."""
    from geo_service.server import prepare_server  # noqa: PLC0415 - other commands need no server

    settings = settings_of(context)
    language = settings.language

    def show_address(url: str) -> None:
        click.echo(text("cli.serving", language, url=url))

    with working(text("cli.rendering", language)):
        server = prepare_server(settings)
    server.run(on_listening=show_address)
