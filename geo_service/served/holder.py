"""The campaign that a process serves: loaded once, verified, or the reason why there is none."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar, cast

from flask import current_app

from geo_service.campaign.store import resolve_campaign
from geo_service.errors import GeoServiceError, NoCampaignError
from geo_service.finder import Finder
from geo_service.served.map_files import ensure_rendered
from geo_service.settings import Settings
from maps.manifest import read_manifest
from maps.model import MapParts

_Made = TypeVar("_Made")

_LOGGER = logging.getLogger(__name__)
_EXTENSION = "geo-service-campaign"


class ServedCampaign:
    """A verified campaign with what the service derives from it.

    Parameters
    ----------
    finder
        Answers from the campaign.
    settings
        Where the rendered map belongs.
    """

    def __init__(self, finder: Finder, settings: Settings) -> None:
        self.finder = finder
        self.info = finder.campaign.info
        self.content_hash = finder.file.content_hash
        # Made now: it takes a moment that the first to ask should not wait for.
        _ = finder.one_box
        self.map_directory: Path | None = None
        self.maps: Mapping[str, MapParts] = {}
        self._made: dict[object, object] = {}
        try:
            directory = ensure_rendered(settings, finder.file.path, self.content_hash)
            self.maps = read_manifest(directory)
        # The page answers without a map too.
        except (GeoServiceError, OSError) as error:
            _LOGGER.warning("Serving without a map: %s", error)
        else:
            self.map_directory = directory

    def made(self, make: Callable[[ServedCampaign], _Made]) -> _Made:
        """Return what a channel makes of the campaign; it is made once and kept as long as the campaign.

        Parameters
        ----------
        make
            A function or class; what it returns may be used by several threads at once.
        """
        if make not in self._made:
            # Two threads may both make it; one result is kept.
            self._made.setdefault(make, make(self))
        return cast("_Made", self._made[make])


class CampaignHolder:
    """Holds the process's campaign. A campaign that cannot be loaded leaves the process alive.

    Parameters
    ----------
    settings
        Which campaign, and how it answers.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.failure: GeoServiceError | None = None
        self._served: ServedCampaign | None = None
        try:
            finder = Finder.open(resolve_campaign(settings), near_border_m=settings.near_border_m)
        except GeoServiceError as error:
            _LOGGER.error("No campaign: %s", error)  # noqa: TRY400 - the message says it all
            self.failure = error
        else:
            self._served = ServedCampaign(finder, settings)

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
        if self._served is not None:
            return self._served
        if self.failure is None:
            raise NoCampaignError("No campaign is loaded.", "Publish a campaign.")
        raise NoCampaignError(self.failure.problem, self.failure.remedy)


def install(holder: CampaignHolder, extensions: dict[str, object]) -> None:
    """Make a holder known to an application."""
    extensions[_EXTENSION] = holder


def current_holder() -> CampaignHolder:
    """Return the holder of the application that handles the request."""
    holder = current_app.extensions[_EXTENSION]
    assert isinstance(holder, CampaignHolder)  # noqa: S101 - tells the type checker what `install` put there
    return holder
