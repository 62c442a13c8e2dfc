"""The command ``geo-service``: its group, and how errors are shown; each command is a module of its own."""

from __future__ import annotations

from typing import Any

import click

from geo_service.commands.amend import amend
from geo_service.commands.approve import approve
from geo_service.commands.build import build
from geo_service.commands.campaign import campaign
from geo_service.commands.campaigns import campaigns
from geo_service.commands.changes import changes
from geo_service.commands.check import check
from geo_service.commands.context import common_options
from geo_service.commands.diff import diff
from geo_service.commands.evaluate import evaluate_corpus
from geo_service.commands.find import find
from geo_service.commands.locate import locate
from geo_service.commands.publish import publish
from geo_service.commands.recipe import recipe
from geo_service.commands.reports import reports
from geo_service.commands.rollback import rollback
from geo_service.commands.sample import sample
from geo_service.commands.serve import serve
from geo_service.commands.settings import settings
from geo_service.errors import GeoServiceError


class CommandGroup(click.Group):
    """A group that shows the errors of the project as ``Error: ...``, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an error that a user can mend ends it with exit code 1."""
        try:
            return super().invoke(ctx)
        except GeoServiceError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=CommandGroup, context_settings={"max_content_width": 100})
@click.version_option(package_name="geo-service", prog_name="geo-service")
@common_options
def cli() -> None:
    """Find the polling station of an address or a point, from a campaign file.

    The options stand before or after the command's name. Every setting can also be given in the environment
    or in a file; see `geo-service settings`.
    """


for _command in (find, locate, recipe, build, sample, serve, campaign, diff, evaluate_corpus, settings):
    cli.add_command(_command)
for _command in (check, publish, campaigns, rollback, approve, amend, changes, reports):
    cli.add_command(_command)


def main() -> None:
    """Run the command ``geo-service``."""
    cli(prog_name="geo-service")
