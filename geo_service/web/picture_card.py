"""What stands on the preview of a link: the answer, or the question that the service answers."""

from __future__ import annotations

from geo_service.campaign.model import CampaignInfo, Language
from geo_service.finder import Finder
from geo_service.translations import day_text, text
from maps.picture.model import Card


def picture_card(finder: Finder, precinct: int | None, language: Language) -> Card:
    """Return the words of a preview.

    Parameters
    ----------
    finder
        Of the campaign.
    precinct
        Number of a precinct; None for the service itself.
    language
        Of the words.

    Notes
    -----
    Nothing in them depends on the moment: networks keep a preview for months.
    """
    info = finder.campaign.info
    if precinct is None:
        return Card(
            top=info.names.best(language) or "",
            lead="",
            number="",
            heading=text("page.question", language),
            lines=(day_text(info.date, language), f"{info.opens}–{info.closes}"),
            foot=_foot(info, language),
        )
    return Card(
        top=info.names.best(language) or "",
        lead=text("page.precinct", language),
        number=text("page.number", language, number=precinct),
        heading=_station(finder, precinct, language),
        lines=_lines(finder, precinct, language),
        foot=_foot(info, language),
    )


def _station(finder: Finder, precinct: int, language: Language) -> str:
    if finder.precinct(precinct).status == "closed":
        return text("precinct.closed", language)
    stations = finder.stations(precinct)
    return (stations[0].station.names.best(language) or "") if stations else ""


def _lines(finder: Finder, precinct: int, language: Language) -> tuple[str, ...]:
    day = day_text(finder.campaign.info.date, language)
    stations = finder.stations(precinct)
    if not stations or finder.precinct(precinct).status == "closed":
        return (day,)
    answer = stations[0]
    address = answer.station.address.best(language) or ""
    return tuple(filter(None, (address, f"{day}, {answer.opens}–{answer.closes}")))


def _foot(info: CampaignInfo, language: Language) -> str:
    """Return the warning of a sample, or whose the data are and of which day."""
    if info.is_sample:
        return text("page.sample", language)
    source = ", ".join(filter(None, (info.source_in(language), day_text(info.data_date, language))))
    return f"{text('page.map.source', language)} {source}"
