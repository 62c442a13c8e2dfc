"""What a link to a page shows where it is shared, and the page's picture for browsers without scripts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from geo_service.campaign.model import LANGUAGES, Language
from geo_service.served.served_campaign import ServedCampaign
from geo_service.translations import text
from geo_service.voting_day.phase import phase_line
from geo_service.web.addresses import absolute_url
from geo_service.web.answer_view import AnswerView
from geo_service.web.asked import Asked
from geo_service.web.moment import current_moment
from geo_service.web.pictures import picture_url

SCREEN_SIZE = (720, 720)  # square, so that its names can be read on a phone held upright
SOCIAL_SIZE = (1200, 630)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the map with its size and what it shows in words."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a shared link shows, and the picture of the map.

    Parameters
    ----------
    title, description, image, url
        Of the preview.
    alternate
        Whole addresses of the same page by language.
    locale
        As Open Graph writes it.
    is_indexed
        Whether search engines may keep the page: not one with somebody's address.
    picture
        In place of the map.
    """

    title: str
    description: str
    image: Picture
    url: str
    alternate: Mapping[Language, str]
    locale: str
    is_indexed: bool
    picture: Picture


_LOCALES: dict[Language, str] = {"kk": "kk_KZ", "ru": "ru_KZ", "en": "en_GB"}


def preview_of(
    asked: Asked | None, answer: AnswerView | None, served: ServedCampaign, language: Language
) -> Preview:
    """Return the preview and the picture of a page.

    Parameters
    ----------
    asked, answer
        The question and its answer; None without one.
    served
        The campaign.
    language
        Of the reader.
    """
    resolution = asked.resolution if asked else None
    arguments: Mapping[str, Any] = asked.arguments if asked else {}
    alternate = {each: absolute_url(url_for("finder.find", language=each, **arguments)) for each in LANGUAGES}
    found = resolution.precinct if resolution else None
    # A closed one is no answer to be passed on.
    precinct = found.number if found is not None and found.status == "open" else None
    point = resolution.point if resolution else None
    heading = answer.heading if answer and precinct is not None else None
    station = answer.station if answer else None
    told = (station.name, station.address) if station else ()
    said = ", ".join(filter(None, told)) or text("page.address_question", language)
    return Preview(
        title=heading or text("page.title", language),
        description=f"{said}. {phase_line(served.info, current_moment(), language)}",
        image=Picture(
            absolute_url(picture_url(language, precinct=precinct, style="social")),
            *SOCIAL_SIZE,
            alt=_alt(heading, language),
        ),
        url=alternate[language],
        alternate=alternate,
        locale=_LOCALES[language],
        is_indexed=answer is None,
        picture=Picture(
            picture_url(language, precinct=precinct, point=point, size=SCREEN_SIZE),
            *SCREEN_SIZE,
            alt=_alt(heading, language),
        ),
    )


def _alt(heading: str | None, language: Language) -> str:
    if heading is None:
        return text("answer.picture_of_city", language)
    return text("answer.picture", language, precinct=heading)
