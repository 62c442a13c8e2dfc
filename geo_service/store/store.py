"""The store: a directory with the campaigns that were published, one of which is current.

``campaigns/<id>-<first 12 of the hash>.gpkg`` are never changed once there: publishing the same again keeps
the file, unless it was damaged since or the findings are others. ``current.json`` names one. Both come into
being by a rename, so that a reader sees the former state or the new one and nothing between. ``log.jsonl``
says who did what, when and why; one writer at a time holds ``.lock``.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from geo_service.campaign.file import CampaignFile, open_campaign
from geo_service.errors import NoCampaignError, StoreError
from geo_service.settings import Settings
from geo_service.store.content import file_name, holds, opened
from geo_service.store.files import replace_durably, write_durably
from geo_service.store.log import (
    Act,
    Action,
    History,
    Record,
    append_record,
    new_record,
    read_history,
)
from geo_service.store.note import Note, note_text, read_note
from geo_service.store.search import find_edition, find_proposal
from geo_service.store.writing import campaigns_in, log_in, note_in, writing

#: Says whether a campaign may be published: returns the light of its quality, or raises.
Check = Callable[[CampaignFile], str | None]


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
        return campaigns_in(self.directory)

    @property
    def note_path(self) -> Path:
        """The note of the current campaign; another file takes its name whenever another campaign does."""
        return note_in(self.directory)

    @property
    def log_path(self) -> Path:
        """The log."""
        return log_in(self.directory)

    def current(self) -> Path | None:
        """Return the file of the current campaign, None if none was published; errors are those of `note`."""
        note = self.note()
        return None if note is None else note.file

    def note(self) -> Note | None:
        """Return what the note of the current campaign says, or None if none was published.

        Raises
        ------
        geo_service.errors.StoreError
            If it names a file that is not there, or cannot be read.
        """
        return read_note(self.note_path, self.campaigns)

    def history(self) -> History:
        """Return what the log says, also where the note is damaged; errors are those of `read_history`."""
        return read_history(self.log_path, self._noted_record())

    def publish(
        self, path: Path, act: Act | None = None, *, check: Check | None = None, propose: bool = False
    ) -> Path:
        """Copy a campaign file into the store, verify the copy, and make it current.

        The former campaign stays current if anything fails.

        Parameters
        ----------
        path
            A campaign file.
        act
            Who publishes, and why.
        check
            Asked before anything changes; what it raises prevents the publication.
        propose
            Whether the campaign only waits in the store for somebody's approval.

        Returns
        -------
        pathlib.Path
            The file in the store.

        Raises
        ------
        geo_service.errors.GeoServiceError
            If the file is no sound campaign; see `open_campaign`. What ``check`` raises.
        geo_service.errors.StoreError
            If the store cannot be written, or another process writes it for minutes.
        """
        with opened(path) as source, writing(self.directory) as history:

            def copy(aside: Path) -> Path:
                copied = aside / path.name  # errors name the file as the caller knows it
                with copied.open("wb") as file:
                    shutil.copyfileobj(source, file, 1 << 20)
                return copied

            action: Action = "propose" if propose else "publish"
            return self._take_in(copy, act or Act(""), action, history, check)

    def amend(
        self,
        change: Callable[[CampaignFile, Path], None],
        act: Act,
        *,
        check: Check | None = None,
        propose: bool = False,
    ) -> Path:
        """Make a changed copy of the current campaign current; no other writer comes between.

        Parameters
        ----------
        change
            Writes the changed campaign of the current one to a path.
        act, check, propose
            As for `publish`.

        Raises
        ------
        geo_service.errors.GeoServiceError
            If none is published; what ``change`` raises; as for `publish`.
        """
        with writing(self.directory) as history:
            current = self._required_note().file

            def write(aside: Path) -> Path:
                target = aside / current.name
                change(open_campaign(current), target)
                return target

            return self._take_in(write, act, "propose" if propose else "amend", history, check)

    def rollback(self, act: Act, name: str | None = None) -> Record:
        """Make a former campaign current again.

        Parameters
        ----------
        act
            Who, and why.
        name
            Content hash, its first digits, or id of a published campaign; without it the one before the
            current one.

        Raises
        ------
        geo_service.errors.StoreError
            If there is none before, or none of that name, or it is current already.
        geo_service.errors.GeoServiceError
            If its file is damaged or gone.
        """
        with writing(self.directory) as history:
            published = history.published()
            # The log knows what is current also where the note is damaged or its file is gone.
            current = published[0].file if published else self._required_note().file.name
            target = history.before_current() if name is None else find_edition(published, name, but=current)
            if target is None:
                raise StoreError(
                    "There is no campaign before the current one.",
                    "See `geo-service campaigns`, or publish a file.",
                )
            return self._switch(open_campaign(self.campaigns / target.file), act, "rollback", history)

    def approve(self, act: Act, name: str | None = None) -> Record:
        """Make a proposed campaign current.

        Parameters
        ----------
        act
            Who approves, and why.
        name
            Content hash or its first digits; without it the only proposal that waits.

        Raises
        ------
        geo_service.errors.StoreError
            If no such proposal waits, or who approves is who proposed.
        geo_service.errors.GeoServiceError
            If its file is damaged or gone.
        """
        with writing(self.directory) as history:
            proposal = find_proposal(history.proposals(), name)
            if act.by.strip().casefold() == proposal.by.strip().casefold():
                raise StoreError(
                    f"{proposal.by} proposed this campaign and cannot approve it.",
                    "Let another person run `geo-service approve`.",
                    item=proposal.hash[:12],
                )
            file = open_campaign(self.campaigns / proposal.file)
            return self._switch(
                file, act, "approve", history, quality=proposal.quality, proposed_by=proposal.by
            )

    def _take_in(
        self,
        make: Callable[[Path], Path],
        act: Act,
        action: Action,
        history: History,
        check: Check | None,
    ) -> Path:
        """Let a file be made in a directory aside, verify it, and switch to it or propose it."""
        with tempfile.TemporaryDirectory(prefix=".partial-", dir=self.campaigns) as aside:
            made = make(Path(aside))
            file = open_campaign(made)
            quality = None if check is None else check(file)
            target = self.campaigns / file_name(file)
            if not holds(target, file):
                replace_durably(made, target)
        if action != "propose":
            self._switch(file, act, action, history, quality=quality)
            return target
        record = new_record(
            file, act, action=action, name=target.name, former=self._current_hash(), history=history,
            quality=quality,
        )  # fmt: skip
        append_record(self.log_path, record)
        return target

    def _switch(
        self,
        file: CampaignFile,
        act: Act,
        action: Action,
        history: History,
        *,
        quality: str | None = None,
        proposed_by: str | None = None,
    ) -> Record:
        """Make a verified campaign current whose file is in the store, and log it."""
        record = new_record(
            file, act, action=action, name=file_name(file), former=self._current_hash(), history=history,
            quality=quality, proposed_by=proposed_by,
        )  # fmt: skip
        aside = self.directory / f".current.{os.getpid()}.partial"
        write_durably(self.note_path, note_text(record), aside)
        append_record(self.log_path, record)
        return record

    def _current_hash(self) -> str | None:
        record = self._noted_record()
        return None if record is None else record.hash

    def _noted_record(self) -> Record | None:
        try:
            note = self.note()
        except StoreError:
            return None  # a publication mends the note
        return None if note is None else note.record

    def _required_note(self) -> Note:
        note = self.note()
        if note is None:
            raise NoCampaignError("No campaign is published.", "Publish one: `geo-service publish FILE`.")
        return note


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
