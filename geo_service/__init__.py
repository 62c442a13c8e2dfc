"""The precinct service: campaign file, finder, and its channels (command line, API, web)."""

from geo_service.campaign.file import CampaignFile, open_campaign
from geo_service.finder import Finder
from geo_service.resolution import Resolution

__all__ = ["CampaignFile", "Finder", "Resolution", "open_campaign"]
