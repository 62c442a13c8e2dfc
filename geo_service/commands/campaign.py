"""``geo-service campaign``: what a campaign file holds."""

from __future__ import annotations

import dataclasses
from typing import Any

import click
import orjson

from geo_service.campaign.file import CampaignFile
from geo_service.campaign.model import CampaignInfo, Language
from geo_service.campaign.summary import campaign_counts, district_names, finding_dict, findings_by_severity
from geo_service.commands.context import common_options, open_finder, settings_of
from geo_service.commands.figures import count_lines, finding_lines
from geo_service.translations import day_text, text


@click.command("campaign")
@click.option("--all-findings", is_flag=True, help="Print every finding, not the first few of each kind.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, with every finding.")
@common_options
@click.pass_context
def campaign(context: click.Context, *, as_json: bool, all_findings: bool) -> None:
    """Print what the campaign is, what it holds and what its build noticed."""
    settings = settings_of(context)
    file = open_finder(settings).file
    if as_json:
        click.echo(orjson.dumps(_to_dict(file, settings.language)))
        return
    info = file.campaign.info
    names = district_names(file.campaign)
    lines = [
        *_info_lines(info, settings.language),
        text("cli.hash", settings.language, hash=file.content_hash),
        text("cli.file", settings.language, file=file.path),
        *count_lines(campaign_counts(file), settings.language),
        *finding_lines(file.findings, settings.language, every=all_findings, districts=names),
    ]
    click.echo("\n".join(lines))


def _info_lines(info: CampaignInfo, language: Language) -> list[str]:
    name = info.names.best(language) or info.id
    mark = f" [{text('mark.sample', language)}]" if info.is_sample else ""
    lines = [
        text("cli.campaign", language, name=name + mark, date=day_text(info.date, language)),
        text("cli.id", language, id=info.id),
        text("cli.hours", language, opens=info.opens, closes=info.closes),
        text("cli.data_date", language, date=day_text(info.data_date, language)),
    ]
    if info.call_centre:
        lines.append(text("cli.call_centre", language, **dataclasses.asdict(info.call_centre)))
    if info.source:
        lines.append(text("cli.source", language, source=info.source_in(language)))
    if info.licence:
        lines.append(text("cli.licence", language, licence=info.licence))
    return lines


def _to_dict(file: CampaignFile, language: Language) -> dict[str, Any]:
    names = district_names(file.campaign)
    return {
        **dataclasses.asdict(file.campaign.info),
        "hash": file.content_hash,
        "file": str(file.path),
        "counts": campaign_counts(file),
        "findings_by_severity": findings_by_severity(file.findings),
        "findings": [finding_dict(finding, language, districts=names) for finding in file.findings],
    }
