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
        "geo-service build edited.gpkg --out campaign.gpkg",
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

    The recipe names the sources and their columns; docs/recipe.md describes it. A campaign file that was
    edited, in QGIS for instance, is its own recipe. What the build noticed is
    printed with its quality, and kept in the file; see also `geo-service check`.
    """
    from geo_service.campaign.build import build_campaign  # noqa: PLC0415 - loads pandas
    from geo_service.quality.text_report import verdict_lines  # noqa: PLC0415 - this command's alone
    from geo_service.quality.view import measure_line  # noqa: PLC0415

    language = settings_of(context).language
    with steps(language) as progress:
        report = build_campaign(recipe, out, progress=progress)
    quality = report.quality
    lines = [
        *count_lines(report.counts, language),
        *finding_lines(quality.findings, language, every=all_findings, districts=report.district_names),
        *([text("quality.accepted", language, count=len(quality.accepted))] if quality.accepted else []),
        *verdict_lines(
            text(f"quality.{quality.light}", language),
            [measure_line(measure, language) for measure in quality.measures],
        ),
        text("cli.hash", language, hash=report.content_hash),
        text("cli.wrote", language, file=out),
    ]
    click.echo("\n".join(lines))
