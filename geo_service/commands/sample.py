"""``geo-service sample``: an invented campaign, so that everything works on a machine without data."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from geo_service.campaign.file import open_campaign
from geo_service.commands.context import examples, language_option, settings_of, steps
from geo_service.commands.figures import count_lines
from geo_service.commands.publishing import act_of
from geo_service.errors import StoreError
from geo_service.store.store import Store
from geo_service.translations import text

_EXISTING = click.Path(path_type=Path)


@click.command(
    "sample",
    epilog=examples(
        "geo-service sample",
        "geo-service sample --out sample.gpkg",
        "geo-service sample --streets streets.geojson --districts districts.geojson --out real-streets.gpkg",
    ),
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Campaign file to write. Without it the sample is published in the store.",
)  # fmt: skip
@click.option(
    "--seed", type=click.IntRange(min=0), metavar="NUMBER", help="Another number makes another city."
)
@click.option("--streets", type=_EXISTING, metavar="FILE", help="Lay precincts along the streets of a layer.")
@click.option("--districts", type=_EXISTING, metavar="FILE", help="Districts to divide, with --streets.")
@language_option
@click.pass_context
def sample(
    context: click.Context,
    out: Path | None,
    *,
    seed: int | None,
    streets: Path | None,
    districts: Path | None,
) -> None:
    """Make a sample campaign: real streets, invented precincts, each marked as a sample."""
    if (streets is None) != (districts is None):
        raise click.UsageError("Give both --streets and --districts, or neither.")
    settings = settings_of(context)
    if out is not None:
        _generate(context, out, seed=seed, streets=streets, districts=districts)
        click.echo(text("cli.wrote", settings.language, file=out))
        return
    store = Store(settings.store)
    _refuse_to_hide_a_real_campaign(store)
    with tempfile.TemporaryDirectory(prefix="geo-service-") as directory:
        made = Path(directory) / "sample.gpkg"
        _generate(context, made, seed=seed, streets=streets, districts=districts)
        published = store.publish(made, act_of(settings, ""))
    click.echo(text("cli.published", settings.language, file=published))


def _generate(
    context: click.Context, out: Path, *, seed: int | None, streets: Path | None, districts: Path | None
) -> None:
    from geo_service.sample_city.generate import DEFAULT_SEED, generate_sample  # noqa: PLC0415 - loads pandas

    language = settings_of(context).language
    with steps(language) as progress:
        report = generate_sample(
            out,
            seed=DEFAULT_SEED if seed is None else seed,
            streets=streets,
            districts=districts,
            progress=progress,
        )
    click.echo("\n".join(count_lines(report.counts, language)))


def _refuse_to_hide_a_real_campaign(store: Store) -> None:
    current = store.current()
    if current is not None and not open_campaign(current).campaign.info.is_sample:
        raise StoreError(
            "A real campaign is published; a sample would take its place.",
            "Write the sample to a file with --out, or set GEO_SERVICE_STORE to another directory.",
            file=str(current),
        )
