"""What a code of a finding is: how severe, what it means, which values fill its text."""

from __future__ import annotations

from dataclasses import dataclass

from geo_service.campaign.model import Severity


@dataclass(frozen=True, slots=True)
class FindingCode:
    """How severe a finding is, and what it means.

    Parameters
    ----------
    severity
        ``error``: an answer would be wrong until somebody decides; a campaign with one is not published.
        ``warning``: somebody should look at it. ``information``: what was done, or is known to be so.
    meaning
        For the documents.
    values
        Names of the values that fill its text.
    """

    severity: Severity
    meaning: str
    values: tuple[str, ...] = ()


#: Values that any finding may have beside those of its code: where on the map it is.
POSITION = frozenset({"lon", "lat"})
