"""A campaign ready to answer, with what the service derives from it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar, cast

from geo_service.errors import GeoServiceError
from geo_service.finder import Finder
from geo_service.served.map_files import ensure_rendered
from geo_service.settings import Settings
from maps.manifest import read_manifest
from maps.model import MapParts

_Made = TypeVar("_Made")

_LOGGER = logging.getLogger(__name__)


class ServedCampaign:
    """A verified campaign with what the service derives from it.

    Everything that answers keep between requests hangs on this object, so that it goes with its campaign.

    Parameters
    ----------
    finder
        Answers from the campaign.
    settings
        Where the rendered map belongs.
    is_current
        False for a campaign of the archive, whose map is rendered only when somebody asks for it.
    """

    def __init__(self, finder: Finder, settings: Settings, *, is_current: bool = True) -> None:
        self.finder = finder
        self.info = finder.campaign.info
        self.content_hash = finder.file.content_hash
        self.is_current = is_current
        self._settings = settings
        self._map_lock = threading.Lock()
        self._map: tuple[Path | None, Mapping[str, MapParts]] | None = None
        self._made: dict[object, object] = {}
        self._making: dict[object, threading.Lock] = {}
        # Made now: it takes a moment that the first to ask should not wait for.
        _ = finder.one_box
        if is_current:
            self._rendered()

    @property
    def map_directory(self) -> Path | None:
        """Where the rendered map is; None if it could not be rendered."""
        return self._rendered()[0]

    @property
    def maps(self) -> Mapping[str, MapParts]:
        """The maps by language; none if they could not be rendered."""
        return self._rendered()[1]

    def made(self, make: Callable[[ServedCampaign], _Made]) -> _Made:
        """Return what a channel makes of the campaign; it is made once and kept as long as the campaign.

        Parameters
        ----------
        make
            A function or class; what it returns may be used by several threads at once.
        """
        if make not in self._made:
            # Some of it takes seconds: one thread makes it, and those who need it meanwhile wait for that.
            with self._making.setdefault(make, threading.Lock()):
                if make not in self._made:
                    self._made[make] = make(self)
        return cast("_Made", self._made[make])

    def _rendered(self) -> tuple[Path | None, Mapping[str, MapParts]]:
        with self._map_lock:
            if self._map is None:
                self._map = self._render()
            return self._map

    def _render(self) -> tuple[Path | None, Mapping[str, MapParts]]:
        try:
            directory = ensure_rendered(self._settings, self.finder.file.path, self.content_hash)
            return directory, read_manifest(directory)
        # The page answers without a map too.
        except (GeoServiceError, OSError) as error:
            _LOGGER.warning("Serving without a map: %s", error)
            return None, {}
