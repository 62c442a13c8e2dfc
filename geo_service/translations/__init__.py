"""The translation catalogues: every text that people read, in Kazakh, Russian and English.

Keys are dotted names (``note.sample_data``); texts may hold ``{placeholders}``. The catalogues are gettext
files, so that translators can use their own tools.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from importlib import resources
from typing import Any

from babel.dates import format_date
from babel.messages.pofile import read_po

from geo_service.campaign.model import Language, Names, PlaceKind

_NUMBER = re.compile(r"\d+[^\W\d_]?")  # of a microdistrict: 8, 10а


@functools.cache
def catalogue(language: Language) -> dict[str, str]:
    """Return all texts of a language by key.

    Parameters
    ----------
    language
        ``kk``, ``ru`` or ``en``.
    """
    source = resources.files(__name__).joinpath(f"{language}.po")
    with source.open("rb") as file:
        messages = read_po(file, locale=language)
    return {str(message.id): str(message.string) for message in messages if message.id}


def text(key: str, language: Language, /, **values: Any) -> str:
    """Return a text in a language with its placeholders filled.

    Parameters
    ----------
    key
        A key of the catalogues.
    language
        ``kk``, ``ru`` or ``en``.
    **values
        What stands for the placeholders.

    Raises
    ------
    KeyError
        If the catalogues have no such key.
    """
    return catalogue(language)[key].format(**values)


def day_text(day: str, language: Language) -> str:
    """Return a day (ISO 8601) in words, as in 15 March 2026; what is no date is returned as it is."""
    # British English puts the day first, as the other two languages do.
    locale = "en_GB" if language == "en" else language
    try:
        date = dt.date.fromisoformat(day)
    except ValueError:
        return day
    return format_date(date, format="long", locale=locale)


def place_name(kind: PlaceKind, names: Names, language: Language) -> str:
    """Return a place's name with its kind word in the reader's language; the name itself may fall back."""
    name = names.best(language) or ""
    # A number takes its kind word otherwise than a name does: Самал шағын ауданы, but 8-шағын аудан.
    if kind == "microdistrict" and _NUMBER.fullmatch(name):
        return text("place.microdistrict_numbered", language, name=name)
    return text(f"place.{kind}", language, name=name)
