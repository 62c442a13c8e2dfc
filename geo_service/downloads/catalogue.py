"""What of a campaign can be downloaded, and under which names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from geo_service.campaign.model import Campaign, CampaignInfo
from geo_service.downloads.geojson import districts_geojson, precincts_geojson
from geo_service.downloads.kml import precincts_kml
from geo_service.downloads.records import house_records, precinct_records
from geo_service.downloads.table import csv_parts
from geo_service.translations import text

#: Name of the campaign file itself among the downloads.
CAMPAIGN_FILE = "campaign.gpkg"
CAMPAIGN_TYPE = "application/geopackage+sqlite3"


@dataclass(frozen=True, slots=True)
class Download:
    """A form of a campaign: its type, how it is made, and how many rows it has."""

    mimetype: str
    parts: Callable[[Campaign], Iterator[bytes]]
    count: Callable[[Campaign], int]


def _precincts_csv(campaign: Campaign) -> Iterator[bytes]:
    return csv_parts(record for _, record in precinct_records(campaign))


def _houses_csv(campaign: Campaign) -> Iterator[bytes]:
    return csv_parts(record for _, record in house_records(campaign))


def _precincts(campaign: Campaign) -> int:
    return len(campaign.precincts)


#: By name: what is made of a campaign, besides the campaign file.
DOWNLOADS: Mapping[str, Download] = {
    "precincts.geojson": Download("application/geo+json", precincts_geojson, _precincts),
    "districts.geojson": Download(
        "application/geo+json", districts_geojson, lambda campaign: len(campaign.districts)
    ),
    "precincts.csv": Download("text/csv; charset=utf-8", _precincts_csv, _precincts),
    "houses.csv": Download("text/csv; charset=utf-8", _houses_csv, lambda campaign: len(campaign.houses)),
    "precincts.kml": Download("application/vnd.google-earth.kml+xml", precincts_kml, _precincts),
}


def saved_name(info: CampaignInfo, name: str) -> str:
    """Return the name under which a download is saved; that of a sample says so."""
    stem, dot, suffix = name.rpartition(".")
    mark = f"-{text('mark.sample', 'en')}" if info.is_sample else ""
    return f"{info.id}-{stem}{mark}{dot}{suffix}"
