"""A precinct in the words of its poster: everything in Kazakh, then in Russian."""

from __future__ import annotations

from dataclasses import dataclass

from geo_service.campaign.model import CampaignInfo, Language, Precinct, Station
from geo_service.notes import NoteCode
from geo_service.resolution import Resolution
from geo_service.served.served_campaign import ServedCampaign
from geo_service.translations import day_text, text
from geo_service.web.precinct_view import note_texts

_LANGUAGES: tuple[Language, ...] = ("kk", "ru")
_REMARKS: frozenset[NoteCode] = frozenset(
    {"station_moved", "hours_changed", "special_only", "station_unknown"}
)
# Letters in both languages together: the type gets smaller, the sheet does not grow.
_LONG, _VERY_LONG = 240, 600
_MOST_LARGE_DIGITS = 4


@dataclass(frozen=True, slots=True)
class PosterText:
    """One language of a poster.

    Parameters
    ----------
    language
        Of the texts.
    campaign, date
        The vote, and its day.
    lead
        What leads to the number.
    name, address
        Of the station; None if it is not known.
    remarks
        Who votes there, what changed, what is not known.
    check, call
        Asks to check the address; the call centre, None if there is none.
    data
        As of when, by whom.
    sample
        That the sheet is a sample; None if it is not.
    """

    language: Language
    campaign: str
    date: str
    lead: str
    name: str | None
    address: str | None
    remarks: tuple[str, ...]
    check: str
    call: str | None
    data: str
    sample: str | None


@dataclass(frozen=True, slots=True)
class Poster:
    """A poster.

    Parameters
    ----------
    number
        Of the precinct.
    is_wide
        Whether the number has so many digits that it must be smaller.
    hours
        As in 07:00–20:00; None of a closed precinct.
    size
        ``usual``, ``long`` or ``very-long``: how much text has to fit.
    marks
        The marks of a sample in both languages; none of an official campaign.
    texts
        By language, Kazakh first.
    """

    number: int
    is_wide: bool
    hours: str | None
    size: str
    marks: tuple[str, ...]
    texts: tuple[PosterText, ...]


def poster_view(precinct: Precinct, served: ServedCampaign) -> Poster:
    """Return the poster of a precinct.

    Parameters
    ----------
    precinct, served
        The precinct and its campaign.
    """
    info, resolution = served.info, served.finder.of_precinct(precinct)
    station = resolution.stations[0].station if resolution.stations else None
    texts = tuple(_text(precinct, station, resolution, info, language) for language in _LANGUAGES)
    return Poster(
        number=precinct.number,
        is_wide=len(str(precinct.number)) > _MOST_LARGE_DIGITS,
        hours=None if precinct.status == "closed" else _hours(station, info),
        size=_size(texts),
        marks=tuple(text("mark.sample", language) for language in _LANGUAGES) if info.is_sample else (),
        texts=texts,
    )


def _text(
    precinct: Precinct,
    station: Station | None,
    resolution: Resolution,
    info: CampaignInfo,
    language: Language,
) -> PosterText:
    is_closed = precinct.status == "closed"
    closed = (text("precinct.closed", language),) if is_closed else ()
    shown = None if is_closed else station
    return PosterText(
        language=language,
        campaign=info.names.best(language) or "",
        date=day_text(info.date, language),
        lead=text("poster.precinct", language),
        name=shown.names.best(language) if shown else None,
        address=shown.address.best(language) if shown else None,
        remarks=closed or note_texts(resolution, _REMARKS, language),
        check=text("poster.check", language),
        call=_call(info, language),
        data=_data(info, language),
        sample=text("poster.sample", language) if info.is_sample else None,
    )


def _call(info: CampaignInfo, language: Language) -> str | None:
    centre = info.call_centre
    if centre is None:
        return None
    return text("page.call_centre", language, number=centre.number, opens=centre.opens, closes=centre.closes)


def _hours(station: Station | None, info: CampaignInfo) -> str:
    opens = (station and station.opens) or info.opens
    closes = (station and station.closes) or info.closes
    return f"{opens}–{closes}"


def _data(info: CampaignInfo, language: Language) -> str:
    parts = [
        text("page.data_date", language, date=day_text(info.data_date, language)),
        info.source and text("cli.source", language, source=info.source_in(language)),
    ]
    return " · ".join(filter(None, parts))


def _size(texts: tuple[PosterText, ...]) -> str:
    letters = sum(
        len(part or "") for one in texts for part in (one.name, one.address, *one.remarks, one.campaign)
    )
    if letters > _VERY_LONG:
        return "very-long"
    return "long" if letters > _LONG else "usual"
