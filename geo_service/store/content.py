"""The campaign files of a store: what they are called, and whether one is there already."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from geo_service.campaign.file import CampaignFile, open_campaign
from geo_service.errors import CampaignVersionError, DamagedCampaignError, NotACampaignError

#: Digits of the content hash in the name of a file.
HASH_DIGITS = 12


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open the file to publish; that it cannot be read is no fault of the store.

    Raises
    ------
    geo_service.errors.NotACampaignError
        If it cannot be opened.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise NotACampaignError(
            f"The file cannot be opened ({error.strerror}).", "Name a campaign file.", file=str(path)
        ) from error
    with file:
        yield file


def holds(path: Path, file: CampaignFile) -> bool:
    """Return whether a sound file of the same content and findings is there."""
    try:
        there = open_campaign(path)
    except (NotACampaignError, DamagedCampaignError, CampaignVersionError):
        return False
    return (there.content_hash, there.findings) == (file.content_hash, file.findings)


def file_name(file: CampaignFile) -> str:
    """Return the name of a campaign in the store; its id may come from afar and be no name for a file."""
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", file.campaign.info.id).strip("-")[:80] or "campaign"
    return f"{stem}-{file.content_hash[:HASH_DIGITS]}.gpkg"
