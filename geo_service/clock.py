"""What time it is: the system's clock, or that of a rehearsal.

Nothing else in the service asks the system for the time of day, so that every page can be shown as it will be
at any moment of the vote.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Callable

#: Returns the moment that it is now, aware of its offset from UTC.
Clock = Callable[[], dt.datetime]

#: Of a rehearsal whose moment names no offset.
REHEARSAL_ZONE = "Asia/Almaty"


def system_clock() -> dt.datetime:
    """Return the moment that it is now, in UTC."""
    return dt.datetime.now(dt.UTC)


def rehearsal_clock(start: dt.datetime, *, system: Clock = system_clock) -> Clock:
    """Return a clock that shows a moment now and goes on from there.

    Parameters
    ----------
    start
        What it shows first; without an offset it is in `REHEARSAL_ZONE`.
    system
        The clock that it goes with.
    """
    aware = start if start.tzinfo else start.replace(tzinfo=zoneinfo.ZoneInfo(REHEARSAL_ZONE))
    began = system()

    def now() -> dt.datetime:
        # Added in UTC: sums in a zone of its own would go by the hands, across a change to summer time, too.
        return aware.astimezone(dt.UTC) + (system() - began)

    return now


def service_clock(rehearse_at: dt.datetime | None) -> Clock:
    """Return the clock of a service, for its setting ``rehearse_at``."""
    return system_clock if rehearse_at is None else rehearsal_clock(rehearse_at)
