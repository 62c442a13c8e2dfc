"""What the tests of the voting day share: a vote, its stations, and moments by the clocks of its city."""

from __future__ import annotations

import datetime as dt
import zoneinfo

from geo_service.campaign.model import CallCentre, CampaignInfo, Names, Station

ALMATY = zoneinfo.ZoneInfo("Asia/Almaty")

VOTE = CampaignInfo(
    id="vote",
    names=Names("Референдум", "Референдум", "Referendum"),
    date="2026-03-15",
    city=Names("Алматы", "Алматы", "Almaty"),
    data_date="2026-02-21",
    call_centre=CallCentre("+7 (727) 1308", "08:00", "20:00"),
)
ORDINARY = Station(1, "a", Names(ru="Школа"), Names(ru="Абая, 1"))
EARLY = Station(
    601, "b", Names(ru="Больница"), Names(ru="Абая, 2"), opens="06:00", closes="20:00", may_close_early=True
)


def at(text: str, zone: dt.tzinfo = ALMATY) -> dt.datetime:
    """Return a moment written as 2026-03-15 06:30, in a zone."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone)
