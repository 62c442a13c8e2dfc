"""The quality report of a served campaign."""

from __future__ import annotations

from geo_service.quality.report import QualityReport, quality_report
from geo_service.served.served_campaign import ServedCampaign


def campaign_quality(served: ServedCampaign) -> QualityReport:
    """Return the quality report; it takes seconds for a city: ask for it through `ServedCampaign.made`."""
    return quality_report(served.finder.file)
