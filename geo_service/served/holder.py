"""The campaign that a process serves: verified, exchanged for a newer one while requests go on.

A new campaign is made ready beside the old one and then takes its place by one assignment; a request keeps
the one that it began with (`geo_service.served.binding`). One that cannot be served leaves the old one.
"""

from __future__ import annotations

import gc
import logging
import threading
import time
import weakref
from pathlib import Path

from flask import current_app

from geo_service.errors import GeoServiceError, NoCampaignError
from geo_service.finder import Finder
from geo_service.served.archive import Archive
from geo_service.served.exposure import check_exposure
from geo_service.served.map_files import remove_old_maps
from geo_service.served.served_campaign import ServedCampaign
from geo_service.settings import Settings
from geo_service.store.store import Store, resolve_campaign

_LOGGER = logging.getLogger(__name__)
_EXTENSION = "geo-service-campaign"
_RETRY_SECONDS = 30.0  # a campaign that was refused may have been mended, or the disk have room again

#: What tells that a file is another one, though its name may be the same.
_Signature = tuple[int, int, int]


class CampaignHolder:
    """Holds the process's campaign. A campaign that cannot be loaded leaves the process alive.

    Parameters
    ----------
    settings
        Which campaign, and how it answers.

    Attributes
    ----------
    failure
        Why the campaign that should be served is not; None if it is.
    archive
        Former campaigns.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.failure: GeoServiceError | None = None
        self.archive = Archive(settings)
        self._served: ServedCampaign | None = None
        self._note: _Signature | None = None
        self._file: tuple[Path, _Signature | None] | None = None
        self._try_again_at = 0.0
        self._look(self._note_signature())

    @property
    def served_or_none(self) -> ServedCampaign | None:
        """The campaign, or None if none could be loaded."""
        return self._served

    @property
    def served(self) -> ServedCampaign:
        """The campaign.

        Raises
        ------
        geo_service.errors.NoCampaignError
            If none could be loaded; it gives the reason.
        """
        served = self._served
        if served is not None:
            return served
        failure = self.failure
        if failure is None:
            raise NoCampaignError("No campaign is loaded.", "Publish a campaign.")
        raise NoCampaignError(failure.problem, failure.remedy)

    def refresh(self) -> bool:
        """Take the campaign that should be served, if it is another one than before.

        Returns
        -------
        bool
            Whether another campaign answers from now on.
        """
        note = self._note_signature()
        if note == self._note and (self.failure is None or time.monotonic() < self._try_again_at):
            return False
        return self._look(note)

    def watch(self) -> None:
        """Look for another campaign every few seconds, in a thread that ends with the holder."""
        if self.settings.campaign is None and self.settings.refresh_s > 0:
            watcher = threading.Thread(
                target=_watch, args=(weakref.ref(self), self.settings.refresh_s), daemon=True, name="campaign"
            )
            watcher.start()

    def refuse(self, error: GeoServiceError) -> None:
        """Note why the campaign that should be served is not; the former one goes on."""
        if self.failure is None or str(self.failure) != str(error):
            _LOGGER.error("No campaign: %s" if self._served is None else "Not taken: %s", error)
        self.failure = error
        self._try_again_at = time.monotonic() + _RETRY_SECONDS

    def _look(self, note: _Signature | None) -> bool:
        try:
            changed = self._take(resolve_campaign(self.settings))
        except GeoServiceError as error:
            self.refuse(error)
            changed = False
        else:
            self.failure = None
        self._note = note
        return changed

    def _take(self, path: Path) -> bool:
        file = (path, _signature(path))
        if file == self._file:
            return False
        distances = {
            "near_border_m": self.settings.near_border_m,
            "near_house_m": self.settings.near_house_m,
        }
        finder = Finder.open(path, **distances)
        check_exposure(self.settings, is_sample=finder.campaign.info.is_sample)
        served = ServedCampaign(finder, self.settings)
        former, self._served, self._file = self._served, served, file
        if former is not None:
            _LOGGER.info("Serving campaign %s, %s", served.info.id, served.content_hash[:12])
            del former
            remove_old_maps(self.settings, served.content_hash)
            # The former campaign is large, and full of references in circles.
            gc.collect()
        return True

    def _note_signature(self) -> _Signature | None:
        return None if self.settings.campaign else _signature(Store(self.settings.store).note_path)


def install(holder: CampaignHolder, extensions: dict[str, object]) -> None:
    """Make a holder known to an application."""
    extensions[_EXTENSION] = holder


def current_holder() -> CampaignHolder:
    """Return the holder of the application that handles the request."""
    holder = current_app.extensions[_EXTENSION]
    assert isinstance(holder, CampaignHolder)  # noqa: S101 - tells the type checker what `install` put there
    return holder


def _signature(path: Path) -> _Signature | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def _watch(reference: weakref.ref[CampaignHolder], seconds: float) -> None:
    pause = threading.Event()
    while not pause.wait(seconds):
        holder = reference()
        if holder is None:
            return
        try:
            holder.refresh()
        # Whatever it is, the thread must live: no later campaign would ever be taken.
        except Exception as error:
            _LOGGER.exception("The store cannot be watched.")
            holder.refuse(
                NoCampaignError(f"The campaign cannot be taken ({type(error).__name__}).", "See the log.")
            )
        del holder
