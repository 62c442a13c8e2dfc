"""``geo-service publish``: make a campaign file the one that is served."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from geo_service.campaign.file import CampaignFile
from geo_service.commands.context import examples, language_option, setting_option, settings_of, working
from geo_service.commands.publishing import act_of, current_file, lost_amendment_lines, outcome_lines
from geo_service.errors import StoreError
from geo_service.store.store import Check, Store
from geo_service.translations import text


@click.command(
    "publish",
    epilog=examples(
        "geo-service publish almaty-2026.gpkg --reason 'Decision No. 12 of 20 February'",
        "geo-service publish almaty-2026.gpkg --accepted accepted.toml",
    ),
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--reason", default="", metavar="TEXT", help="Why; for the store's log.")
@click.option(
    "--accepted", type=click.Path(path_type=Path), metavar="FILE",
    help="File of findings that somebody accepts, as for `geo-service check`.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Publish although the quality report is red; needs --reason.")
@setting_option("author", metavar="NAME")
@language_option
@click.pass_context
def publish(context: click.Context, file: Path, *, reason: str, accepted: Path | None, force: bool) -> None:
    """Publish a campaign file: verify it, keep the former one, serve it.

    Running servers take it within seconds. A file whose quality report is red is refused unless forced. With
    the setting require_approval it waits for `geo-service approve` by another person.
    """
    if force and not reason.strip():
        raise click.UsageError("Give a --reason with --force.")
    settings = settings_of(context)
    language = settings.language
    store = Store(settings.store)
    act = act_of(settings, reason, forced=force)
    with working(text("cli.checking", language)):
        former = current_file(store)
        check = quality_check(accepted, force=force)
        store.publish(file, act, check=check, propose=settings.require_approval)
        lost = lost_amendment_lines(store, former, language)
    click.echo("\n".join([*outcome_lines(store, language), *lost]))


def quality_check(accepted: Path | None, *, force: bool) -> Check:
    """Return what refuses a campaign whose quality report is red, unless it is forced.

    Parameters
    ----------
    accepted
        File of accepted findings.
    force
        Whether to let a red one pass.
    """
    from geo_service.quality.accepted import load_accepted  # noqa: PLC0415 - needed by this command only
    from geo_service.quality.report import quality_report  # noqa: PLC0415 - as above

    known = () if accepted is None else load_accepted(accepted)

    def check(file: CampaignFile) -> str:
        report = quality_report(file, accepted=known, today=dt.datetime.now(dt.UTC).date())
        if report.light == "red" and not force:
            raise StoreError(
                "The quality report of this campaign is red.",
                "Run `geo-service check` with the file and mend what it finds, accept findings with "
                "--accepted, or publish with --force and --reason.",
                file=file.path.name,
            )
        return str(report.light)

    return check
