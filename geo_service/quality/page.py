"""The quality report as one HTML file with a map; loads Folium, which serving processes must not."""

from __future__ import annotations

import functools
import os
from pathlib import Path

import jinja2

import templates
from geo_service.campaign.file import CampaignFile
from geo_service.campaign.model import Language
from geo_service.errors import StoreError
from geo_service.quality.view import ReportView
from geo_service.translations import day_text, text
from maps.findings_map import MapFinding, findings_map
from maps.inline import content_policy


def write_page(
    path: str | os.PathLike[str],
    view: ReportView,
    file: CampaignFile,
    language: Language,
    *,
    tile_url: str = "",
    tile_attribution: str = "",
) -> None:
    """Write a report as a page that needs nothing but itself.

    Parameters
    ----------
    path
        The file to write.
    view
        The report in the same language.
    file
        The campaign: its outlines are drawn.
    language
        Of the words.
    tile_url, tile_attribution
        Online background; empty for none.

    Raises
    ------
    geo_service.errors.StoreError
        If the file cannot be written.
    """
    page = report_page(view, file, language, tile_url=tile_url, tile_attribution=tile_attribution)
    try:
        Path(path).write_text(page, encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"The report cannot be written ({error.strerror}).",
            "Name a file in a folder that you may write to.",
            file=str(path),
        ) from error


def report_page(
    view: ReportView,
    file: CampaignFile,
    language: Language,
    *,
    tile_url: str = "",
    tile_attribution: str = "",
) -> str:
    """Return the page that `write_page` writes."""
    campaign, info = file.campaign, file.campaign.info
    outlines = [polygon.geometry for polygon in campaign.polygons() if polygon.kind == "territorial"]
    rows = [row for group in (*view.groups, *view.accepted) for row in group.rows]
    findings = [
        MapFinding(row.number, *row.position, row.finding.severity, row.text) for row in rows if row.position
    ]
    parts = findings_map(
        outlines or [district.geometry for district in campaign.districts],
        findings,
        tile_url=tile_url,
        tile_attribution=tile_attribution,
    )
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(next(iter(templates.__path__))),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("quality_file.html").render(
        language=language,
        word=functools.partial(word, language),
        view=view,
        accepted_title=text("quality.accepted_sheet", language),
        has_map=True,
        most=max((len(group.rows) for group in (*view.groups, *view.accepted)), default=0),
        is_sample=info.is_sample,
        campaign_name=info.names.best(language),
        campaign_date=day_text(info.date, language),
        content_hash=file.content_hash[:12],
        style=parts.style,
        map_html=parts.html,
        scripts=parts.scripts,
        policy=content_policy(parts.scripts, tile_url),
    )


def word(language: Language, key: str, /, **values: object) -> str:
    """Return a text of the catalogues, for templates."""
    return text(key, language, **values)
