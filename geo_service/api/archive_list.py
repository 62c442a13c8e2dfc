"""The campaigns that may be asked, and what was amended in one of them, as JSON."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

from geo_service.amending.changes import amendments_since, change_dict
from geo_service.campaign.model import Language
from geo_service.finder import Finder
from geo_service.served.served_campaign import ServedCampaign
from geo_service.store.log import Record


def campaign_list(served: ServedCampaign, published: Sequence[Record]) -> list[dict[str, Any]]:
    """Return the campaigns that may be asked: the one that is served, then the others, the newest first.

    Parameters
    ----------
    served
        The current campaign of the process.
    published
        Those of the store, the one published last first.
    """
    info = served.info
    own = next((record for record in published if record.hash == served.content_hash), None)
    current = {
        "id": info.id,
        "hash": served.content_hash,
        "names": info.names.as_dict(),
        "date": info.date,
        "is_sample": info.is_sample,
        "is_current": True,
        "published_at": own and own.at,
    }
    return [current, *(_entry(record) for record in published if record is not own)]


def _entry(record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "hash": record.hash,
        "names": record.names.as_dict(),
        "date": record.date,
        "is_sample": record.is_sample,
        "is_current": False,
        "published_at": record.at,
    }


def change_list(finder: Finder, since: dt.datetime | None, language: Language) -> dict[str, Any]:
    """Return what was amended in a campaign since a moment, all of it without one."""
    labels = finder.one_box.labels
    return {
        "campaign": dataclasses.asdict(finder.reference),
        "since": since and since.isoformat(),
        "changes": [
            change_dict(amendment, labels, finder.campaign, language)
            for amendment in amendments_since(finder.campaign, since)
        ],
    }
