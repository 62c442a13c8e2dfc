"""The store: a directory with the campaigns that were published, one of which is current.

``campaigns/<id>-<first 12 of the hash>.gpkg`` are never changed once there: publishing the same again keeps
the file, unless it was damaged since or the findings are others. ``current.json`` names one. Both come into
being by a rename, so that a reader sees the former state or the new one and nothing between.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from geo_service.campaign.file import CampaignFile, open_campaign
from geo_service.errors import (
    CampaignVersionError,
    DamagedCampaignError,
    NoCampaignError,
    NotACampaignError,
    StoreError,
)
from geo_service.settings import Settings

_HASH_DIGITS = 12


class Store:
    """A directory of published campaigns.

    Parameters
    ----------
    directory
        Made at the first publication.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    @property
    def campaigns(self) -> Path:
        """The directory of the campaign files."""
        return self.directory / "campaigns"

    def current(self) -> Path | None:
        """Return the file of the current campaign, or None if none was published.

        Raises
        ------
        geo_service.errors.StoreError
            If the store names a file that is not there, or cannot be read.
        """
        pointer = self._pointer
        try:
            name = json.loads(pointer.read_text(encoding="utf-8"))["file"]
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(
                f"The store's note of its current campaign cannot be read ({error}).",
                "Delete this file, then publish a campaign again.",
                file=str(pointer),
            ) from error
        # Only a bare name may stand there: the note must never lead out of the store.
        if not isinstance(name, str) or Path(name).name != name or not (self.campaigns / name).is_file():
            raise StoreError(
                f"The current campaign, {name!r}, is not in the store.",
                "Delete this file, then publish a campaign again.",
                file=str(pointer),
            )
        return self.campaigns / name

    def publish(self, path: Path) -> Path:
        """Copy a campaign file into the store, verify the copy, and make it current.

        The former campaign stays current if anything fails.

        Parameters
        ----------
        path
            A campaign file.

        Returns
        -------
        pathlib.Path
            The file in the store.

        Raises
        ------
        geo_service.errors.GeoServiceError
            If the file is no sound campaign; see `open_campaign`.
        geo_service.errors.StoreError
            If the store cannot be written.
        """
        with _opened(path) as source, self._writing():
            self.campaigns.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=".partial-", dir=self.campaigns) as aside:
                copy = Path(aside) / path.name  # errors name the file as the caller knows it
                with copy.open("wb") as file:
                    shutil.copyfileobj(source, file, 1 << 20)
                    file.flush()
                    os.fsync(file.fileno())
                published = open_campaign(copy)
                target = self.campaigns / _file_name(published)
                if not _holds(target, published):
                    copy.replace(target)
            self._switch(target)
        return target

    @property
    def _pointer(self) -> Path:
        return self.directory / "current.json"

    def _switch(self, target: Path) -> None:
        aside = self.directory / f".current.{os.getpid()}.partial"
        try:
            with aside.open("w", encoding="utf-8") as file:
                file.write(json.dumps({"file": target.name}) + "\n")
                file.flush()
                os.fsync(file.fileno())
            aside.replace(self._pointer)
        finally:
            aside.unlink(missing_ok=True)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StoreError(
                f"The store cannot be written ({error.strerror}).",
                "Free some space or mend the permissions, or set GEO_SERVICE_STORE to another directory.",
                file=str(self.directory),
            ) from error


def resolve_campaign(settings: Settings) -> Path:
    """Return the campaign file to answer from: the one set, else the store's current one.

    Raises
    ------
    geo_service.errors.NoCampaignError
        If none is set and none was published.
    geo_service.errors.StoreError
        If the store cannot be read.
    """
    path = settings.campaign or Store(settings.store).current()
    if path is None:
        raise NoCampaignError(
            "No campaign is published.",
            "Run `geo-service sample` for an invented one, or name a campaign file with --campaign.",
        )
    return path


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open the file to publish; that it cannot be read is no fault of the store."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise NotACampaignError(
            f"The file cannot be opened ({error.strerror}).", "Name a campaign file.", file=str(path)
        ) from error
    with file:
        yield file


def _holds(path: Path, file: CampaignFile) -> bool:
    """Return whether a sound file of the same content and findings is there."""
    try:
        there = open_campaign(path)
    except (NotACampaignError, DamagedCampaignError, CampaignVersionError):
        return False
    return (there.content_hash, there.findings) == (file.content_hash, file.findings)


def _file_name(file: CampaignFile) -> str:
    """Return the name of a campaign in the store; its id may come from afar and be no name for a file."""
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", file.campaign.info.id).strip("-")[:80] or "campaign"
    return f"{stem}-{file.content_hash[:_HASH_DIGITS]}.gpkg"
