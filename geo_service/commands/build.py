"""``geo-service build``: from a recipe to a campaign file."""

from __future__ import annotations

from pathlib import Path

import click

from geo_service.commands.context import examples, language_option, settings_of, steps
from geo_service.commands.figures import count_lines, finding_lines
from geo_service.translations import text


@click.command(
    "build",
    epilog=examples(
        "geo-service build docs/examples/almaty-2021/recipe.toml --out almaty-2021.gpkg",
    ),
)
@click.argument("recipe", type=click.Path(path_type=Path), metavar="RECIPE.toml")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Campaign file to write; an existing one is replaced only by a complete new one.",
)  # fmt: skip
@click.option("--all-findings", is_flag=True, help="Print every finding, not the first few of each kind.")
@language_option
@click.pass_context
def build(context: click.Context, recipe: Path, out: Path, *, all_findings: bool) -> None:
    """Build a campaign file from a recipe.

    The recipe names the sources and their columns; docs/recipe.md describes it. What the build noticed is
    printed and kept in the file; see also `geo-service campaign`.
    """
    from geo_service.campaign.build import build_campaign  # noqa: PLC0415 - loads pandas

    language = settings_of(context).language
    with steps(language) as progress:
        report = build_campaign(recipe, out, progress=progress)
    lines = [
        *count_lines(report.counts, language),
        *finding_lines(report.findings, language, every=all_findings, districts=report.district_names),
        text("cli.hash", language, hash=report.content_hash),
        text("cli.wrote", language, file=out),
    ]
    click.echo("\n".join(lines))
