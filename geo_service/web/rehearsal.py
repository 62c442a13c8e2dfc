"""What pages say while the day of the vote is rehearsed."""

from __future__ import annotations

import zoneinfo

from geo_service.campaign.model import CampaignInfo, Language
from geo_service.clock import REHEARSAL_ZONE
from geo_service.served.holder import current_holder
from geo_service.translations import text
from geo_service.voting_day.local_time import moment_text, zone_of
from geo_service.web.moment import current_moment


def rehearsal_line(info: CampaignInfo | None, language: Language) -> str | None:
    """Return what every page says if the setting ``rehearse_at`` moved the clock; else None.

    Parameters
    ----------
    info
        The vote, for its time zone; None if there is none.
    language
        Of the reader.
    """
    if current_holder().settings.rehearse_at is None:
        return None
    zone = zone_of(info) if info else zoneinfo.ZoneInfo(REHEARSAL_ZONE)
    return text("page.rehearsal", language, moment=moment_text(current_moment().astimezone(zone), language))
