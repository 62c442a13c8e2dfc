"""``geo-service check``: the quality report of a campaign file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click
import orjson

from geo_service.campaign.file import CampaignFile, open_campaign
from geo_service.campaign.model import Language
from geo_service.commands.context import examples, language_option, settings_of, working
from geo_service.settings import Settings
from geo_service.store.store import resolve_campaign
from geo_service.translations import text

if TYPE_CHECKING:
    from geo_service.quality.view import ReportView

_OUTPUT = click.Path(dir_okay=False, path_type=Path)


@click.command(
    "check",
    epilog=examples(
        "geo-service check campaign.gpkg",
        "geo-service check campaign.gpkg --xlsx findings.xlsx --html findings.html",
        "geo-service check campaign.gpkg --accepted accepted.toml --json",
    ),
)
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, with every finding.")
@click.option("--xlsx", type=_OUTPUT, metavar="OUT.xlsx", help="Write the findings to a workbook.")
@click.option(
    "--html", type=_OUTPUT, metavar="OUT.html",
    help="Write the findings to a page with a map: one file, which needs no network.",
)  # fmt: skip
@click.option(
    "--accepted", type=click.Path(path_type=Path), metavar="FILE.toml",
    help="Findings that somebody accepted; they are counted apart and no longer redden.",
)  # fmt: skip
@click.option(
    "--day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
    help="Day of the report, by which data and acceptances are old; default: today.",
)  # fmt: skip
@click.option("--all-findings", is_flag=True, help="Print every finding, not the first few of each kind.")
@language_option
@click.pass_context
def check(
    context: click.Context,
    *,
    file: Path | None,
    xlsx: Path | None,
    html: Path | None,
    accepted: Path | None,
    day: dt.datetime | None,
    as_json: bool,
    all_findings: bool,
) -> None:
    """Check a campaign file and tell what is wrong with it, the worst first.

    Without FILE the published campaign is checked. Green: nothing to do; yellow: look at the warnings; red:
    do not publish it. The exit code is 1 if the light is red. docs/quality.md explains every finding.
    """
    from geo_service.quality.accepted import load_accepted  # noqa: PLC0415 - only this command needs it all
    from geo_service.quality.report import quality_report, report_dict  # noqa: PLC0415
    from geo_service.quality.text_report import report_lines  # noqa: PLC0415
    from geo_service.quality.view import report_view  # noqa: PLC0415

    settings = settings_of(context)
    language = settings.language
    entries = load_accepted(accepted) if accepted else ()
    with working(text("cli.opening", language)):
        campaign_file = open_campaign(file or resolve_campaign(settings))
    with working(text("step.check", language)):
        today = day.date() if day else _today(campaign_file)
        report = quality_report(campaign_file, entries, today)
        view = report_view(report, campaign_file.campaign, language)
        written = [*_written_sheet(xlsx, view, language), *_written_page(html, view, campaign_file, settings)]
    if as_json:
        facts = {"campaign": campaign_file.campaign.info.id, "hash": campaign_file.content_hash}
        click.echo(orjson.dumps({**facts, **report_dict(report, campaign_file.campaign, language)}))
    else:
        lines = report_lines(view, language, every=all_findings)
        lines += [text("quality.wrote", language, file=path) for path in written]
        click.echo("\n".join(lines))
    if report.light == "red":
        context.exit(1)


def _written_sheet(path: Path | None, view: ReportView, language: Language) -> list[Path]:
    if path is None:
        return []
    from geo_service.quality.sheet import write_sheet  # noqa: PLC0415 - loads openpyxl

    write_sheet(path, view, language)
    return [path]


def _written_page(path: Path | None, view: ReportView, file: CampaignFile, settings: Settings) -> list[Path]:
    if path is None:
        return []
    from geo_service.quality.page import write_page  # noqa: PLC0415 - loads Folium

    write_page(
        path, view, file, settings.language,
        tile_url=settings.tile_url, tile_attribution=settings.tile_attribution,
    )  # fmt: skip
    return [path]


def _today(file: CampaignFile) -> dt.date:
    """Return the day that it is where the campaign is held."""
    return dt.datetime.now(ZoneInfo(file.campaign.info.time_zone)).date()
