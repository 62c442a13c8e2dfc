"""The data of a campaign in the words of their page."""

from __future__ import annotations

from dataclasses import dataclass

from babel.numbers import format_decimal
from flask import url_for

from geo_service.campaign.model import Language
from geo_service.downloads.catalogue import CAMPAIGN_FILE, DOWNLOADS
from geo_service.quality.measures import Light
from geo_service.served.downloads import CampaignDownloads
from geo_service.served.quality import campaign_quality
from geo_service.served.served_campaign import ServedCampaign
from geo_service.translations import day_text, text
from geo_service.web.addresses import absolute_url

_UNIT = 1024


@dataclass(frozen=True, slots=True)
class DownloadView:
    """A download in words: its address, what is inside, what the link says, and size."""

    url: str
    title: str
    about: str
    action: str
    size: str


@dataclass(frozen=True, slots=True)
class DataView:
    """The data in words.

    Parameters
    ----------
    downloads
        The campaign file first.
    facts
        What the data are: label and text.
    content_hash
        Of the campaign.
    light, verdict
        Of the quality report.
    citation
        How to name the data, without their hash.
    mark
        Of a sample; None of an official campaign.
    """

    downloads: tuple[DownloadView, ...]
    facts: tuple[tuple[str, str], ...]
    content_hash: str
    light: Light
    verdict: str
    citation: str
    mark: str | None


def data_view(served: ServedCampaign, language: Language) -> DataView:
    """Return the data of a campaign in words.

    Parameters
    ----------
    served
        The campaign; its downloads are made if nobody asked for them yet.
    language
        Of the reader.
    """
    info = served.info
    light = served.made(campaign_quality).light
    return DataView(
        downloads=(_campaign_file(served, language), *_made(served, language)),
        facts=_facts(served, language),
        content_hash=served.content_hash,
        light=light,
        verdict=text(f"quality.{light}", language),
        citation=_citation(served, language),
        mark=text("mark.sample", language) if info.is_sample else None,
    )


def _campaign_file(served: ServedCampaign, language: Language) -> DownloadView:
    return DownloadView(
        url_for("data.current", name=CAMPAIGN_FILE),
        text("data.file.campaign", language),
        text("data.about.campaign.gpkg", language),
        text("data.download.gpkg", language),
        size_text(served.finder.file.path.stat().st_size, language),
    )


def _made(served: ServedCampaign, language: Language) -> tuple[DownloadView, ...]:
    files, campaign = served.made(CampaignDownloads), served.finder.campaign
    found = []
    for name, download in DOWNLOADS.items():
        layer, _, suffix = name.partition(".")
        count = format_decimal(download.count(campaign), locale=language)
        found.append(
            DownloadView(
                url_for("data.current", name=name),
                text(f"count.{layer}", language, count=count),
                text(f"data.about.{name}", language),
                text(f"data.download.{suffix}", language),
                size_text(files.file(name).size, language),
            )
        )
    return tuple(found)


def _facts(served: ServedCampaign, language: Language) -> tuple[tuple[str, str], ...]:
    info = served.info
    facts = (
        ("vote", f"{info.names.best(language)}, {day_text(info.date, language)}"),
        ("date", day_text(info.data_date, language)),
        ("source", info.source_in(language)),
        ("licence", info.licence),
    )
    return tuple((text(f"data.fact.{name}", language), value) for name, value in facts if value)


def _citation(served: ServedCampaign, language: Language) -> str:
    info = served.info
    parts = [
        f"{info.names.best(language)} ({info.city.best(language)})",
        text("page.data_date", language, date=day_text(info.data_date, language)),
        info.source_in(language),
        absolute_url(url_for("data.show")),
    ]
    said = ". ".join(part.rstrip(".") for part in parts if part) + "."
    return f"{text('mark.sample', language)}: {said}" if info.is_sample else said


def size_text(size: int, language: Language) -> str:
    """Return the size of a file in bytes as its reader writes it, in units of 1024."""
    kilobytes = max(1, round(size / _UNIT))
    if kilobytes < _UNIT:
        return text("data.kilobytes", language, size=format_decimal(kilobytes, locale=language))
    megabytes = round(size / _UNIT / _UNIT, 1)
    return text("data.megabytes", language, size=format_decimal(megabytes, locale=language))
