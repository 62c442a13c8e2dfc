"""``geo-service recipe``: a first recipe from the files that somebody sent."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from geo_service.campaign.model import Names
from geo_service.commands.context import examples, language_option, settings_of, working
from geo_service.translations import text


@click.command(
    "recipe",
    epilog=examples(
        "geo-service recipe districts.zip uchastki.shp stations.csv --out recipe.toml",
        "geo-service recipe uchastki.kmz --out recipe.toml --id almaty-2026 --date 2026-03-15",
    ),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILES...")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="RECIPE.toml",
    help="Recipe to write.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Write over an existing recipe.")
@click.option("--id", "campaign_id", metavar="NAME", help="Short name of the campaign, e.g. almaty-2026.")
@click.option("--date", "date", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Day of the vote.")
@click.option(
    "--data-date", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
    help="Day as of which the data hold; without it, that of the newest file.",
)  # fmt: skip
@click.option("--name-kk", metavar="NAME", help="The vote's name in Kazakh.")
@click.option("--name-ru", metavar="NAME", help="The vote's name in Russian.")
@click.option("--name-en", metavar="NAME", help="The vote's name in English.")
@language_option
@click.pass_context
def recipe(
    context: click.Context,
    files: tuple[Path, ...],
    out: Path,
    *,
    force: bool,
    campaign_id: str | None,
    date: dt.datetime | None,
    data_date: dt.datetime | None,
    name_kk: str | None,
    name_ru: str | None,
    name_en: str | None,
) -> None:
    """Look at source files and write a commented recipe for them.

    The recipe says what each file seems to hold, which column is which, and why. It builds as it is where
    names are usual; read and correct it where they are not. Formats: see docs/recipe.md.
    """
    from geo_service.drafting.draft import draft_recipe, newest_change, write_draft  # noqa: PLC0415 - heavy
    from geo_service.drafting.writing import Vote  # noqa: PLC0415 - heavy

    language = settings_of(context).language
    names = Names(name_kk, name_ru, name_en) if name_kk or name_ru or name_en else None
    vote = Vote(
        id=campaign_id,
        names=names,
        date=date.date() if date else None,
        data_date=data_date.date() if data_date else newest_change(files),
    )
    with working(text("cli.looking_at_files", language)) as update:
        draft = draft_recipe(files, out, vote, progress=lambda name, _done, _total: update(name))
    write_draft(draft, out, force=force)
    for section, source in draft.sections.items():
        click.echo(f"[{section}] {source}")
    for source in draft.unused:
        click.echo(text("cli.source_unused", language, source=source))
    click.echo(text("cli.wrote", language, file=out))
