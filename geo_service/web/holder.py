"""The campaign that a process serves: loaded once, verified, or the reason why there is none."""

from __future__ import annotations

import functools
import logging
from collections.abc import Mapping

from flask import current_app

from geo_service.api.documents import CampaignDocuments
from geo_service.campaign.store import resolve_campaign
from geo_service.errors import GeoServiceError, NoCampaignError
from geo_service.finder import Finder
from geo_service.settings import Settings
from geo_service.web.map_files import ensure_rendered
from maps.manifest import RenderedMap, read_manifest

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
        self.map_directory = None
        self.maps: Mapping[str, RenderedMap] = {}
        try:
            self.map_directory = ensure_rendered(settings, finder.file.path, self.content_hash)
            self.maps = read_manifest(self.map_directory)
        # The page answers without a map too.
        except (GeoServiceError, OSError) as error:
            _LOGGER.warning("Serving without a map: %s", error)

    @functools.cached_property
    def documents(self) -> CampaignDocuments:
        """The campaign's layers as GeoJSON, made at the first request."""
        return CampaignDocuments(self.finder)


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
