"""Former campaigns, answered from on demand beside the current one."""

from __future__ import annotations

import functools
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

from geo_service.campaign.file import open_campaign
from geo_service.errors import BusyError, CampaignNotFoundError, GeoServiceError
from geo_service.finder import Finder
from geo_service.served.exposure import may_show_samples
from geo_service.served.served_campaign import ServedCampaign
from geo_service.settings import Settings
from geo_service.store.log import Record
from geo_service.store.search import editions_by_hash
from geo_service.store.store import Store


class Archive:
    """The published campaigns of a store, a few of them in memory.

    Parameters
    ----------
    settings
        Which store, and how many campaigns may be in memory beside the current one.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._loaded: OrderedDict[str, ServedCampaign] = OrderedDict()
        self._loading = threading.Lock()
        self._changing = threading.Lock()

    def published(self) -> tuple[Record, ...]:
        """Return the campaigns that may be asked for, the one published last first.

        Those whose file is no longer in the store are left out, and samples where others could reach them.

        Raises
        ------
        geo_service.errors.StoreError
            If the store cannot be read.
        """
        if self._settings.campaign is not None:
            return ()
        store = Store(self._settings.store)
        records = store.history().published()
        return tuple(
            record
            for record in records
            if (self._with_samples or not record.is_sample) and (store.campaigns / record.file).is_file()
        )

    @functools.cached_property
    def _with_samples(self) -> bool:
        return may_show_samples(self._settings)

    def campaign(self, name: str, current: ServedCampaign | None) -> ServedCampaign:
        """Return the campaign of an id or content hash; loading one takes seconds.

        Parameters
        ----------
        name
            The id of a campaign, for its newest edition; or a content hash, or at least four of its first
            digits.
        current
            The campaign that is served.

        Raises
        ------
        geo_service.errors.CampaignNotFoundError
            If there is none, or several are meant, or it can no longer be read. The error does not repeat the
            name.
        geo_service.errors.BusyError
            If another campaign is being loaded just now.
        """
        if current is not None and name in {current.info.id, current.content_hash}:
            return current
        record = self._find(name)
        if current is not None and record.hash == current.content_hash:
            return current
        return self._from_memory(record.hash) or self._load(record)

    def _find(self, name: str) -> Record:
        published = self.published()
        editions = [record for record in published if record.id == name]
        found = editions[:1] or editions_by_hash(published, name)
        if len(found) != 1 or not self._settings.archive_size:
            raise _not_found()
        return found[0]

    def _from_memory(self, content_hash: str) -> ServedCampaign | None:
        with self._changing:
            if content_hash in self._loaded:
                self._loaded.move_to_end(content_hash)
            return self._loaded.get(content_hash)

    @contextmanager
    def loading(self) -> Iterator[None]:
        """Be the only one who loads a campaign.

        Raises
        ------
        geo_service.errors.BusyError
            If another thread does.
        """
        # Requests do not queue up here: the current campaign would soon have no thread left to answer.
        if not self._loading.acquire(blocking=False):
            raise BusyError("A campaign of the archive is being loaded.", "Ask again in some seconds.")
        try:
            yield
        finally:
            self._loading.release()

    def _load(self, record: Record) -> ServedCampaign:
        with self.loading():
            path = Store(self._settings.store).campaigns / record.file
            try:
                file = open_campaign(path)
            except GeoServiceError as error:
                raise _not_found() from error
            finder = Finder(
                file,
                near_border_m=self._settings.near_border_m,
                near_house_m=self._settings.near_house_m,
                is_archive=True,
            )
            served = ServedCampaign(finder, self._settings, is_current=False)
            self._keep(served)
            return served

    def _keep(self, served: ServedCampaign) -> None:
        with self._changing:
            self._loaded[served.content_hash] = served
            while len(self._loaded) > self._settings.archive_size:
                self._loaded.popitem(last=False)


def _not_found() -> CampaignNotFoundError:
    return CampaignNotFoundError(
        "There is no campaign of this id or hash.",
        "Ask with an id or hash of /api/v1/campaigns.",
        field="campaign",
    )
