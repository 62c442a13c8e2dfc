"""How an answer was decided, as of when, and for which vote: one line."""

from __future__ import annotations

from geo_service.campaign.model import CampaignInfo, Language
from geo_service.resolution import Resolution
from geo_service.translations import day_text, text


def evidence_line(resolution: Resolution, info: CampaignInfo, language: Language) -> str:
    """Return how an answer was decided, the date of its data, and its vote.

    Parameters
    ----------
    resolution
        The answer, with a precinct.
    info
        The vote.
    language
        Of the reader.
    """
    how = _how(resolution, language)
    parts = [
        how and text("answer.how", language, how=how),
        text("page.data_date", language, date=day_text(info.data_date, language)),
        info.names.best(language),
    ]
    return " · ".join(filter(None, parts))


def _how(resolution: Resolution, language: Language) -> str | None:
    if resolution.authority is None or resolution.method is None:
        return None
    authority = text(f"authority.{resolution.authority}", language)
    # The name of an official source says what it is; of others, what was looked at comes first.
    if resolution.authority in {"official_list", "official_polygon", "derived"}:
        return authority
    return f"{text(f'answer.method.{resolution.method}', language)} ({authority})"
