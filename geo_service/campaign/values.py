"""From a cell of a source to a value of the model.

Cells come as text from CSV and as numbers, dates and the like from GIS formats; `cell_text` makes text of
them, the other functions read that text. Their errors name no place: who knows it fills it in.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from typing import Any

import numpy as np

from geo_service.errors import SourceError

#: Precinct numbers and counts are stored and indexed as 32-bit integers.
MAX_INTEGER = 2**31 - 1

# A placemark of KML has only its name for the number: "Участок № 12", "№ 12 учаске".
_INTEGER = re.compile(
    r"(?:(?:избирательный\s)?участок|уик|учаске|precinct)?\s*(?:№|No\.?)?\s*([0-9]+)(?:[.,]0+)?"
    r"(?:\s(?:избирательный\s)?участок|\s(?:сайлау\s)?учаске(?:сі)?)?",
    re.IGNORECASE,
)
_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?::00)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_REDUCED_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2]))?")
_TRUE = frozenset({"true", "yes", "1", "да", "иә"})
_FALSE = frozenset({"false", "no", "0", "нет", "жоқ"})


def cell_text(cell: Any) -> str | None:
    """Return a cell's text, with single spaces and composed letters; None if there is none.

    Whole numbers lose the ``.0`` that a column with gaps gives them.
    """
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return None
    if isinstance(cell, np.datetime64):
        cell = cell.item()
        return None if cell is None else str(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(unicodedata.normalize("NFC", str(cell)).split()) or None


def parse_integer(text: str, *, minimum: int = 0) -> int:
    """Return a whole number; ``№ 12``, ``Участок № 12`` and ``12.0`` are 12.

    Raises
    ------
    geo_service.errors.SourceError
        If the text is no whole number between ``minimum`` and `MAX_INTEGER`.
    """
    match = _INTEGER.fullmatch(text)
    if match is None:
        raise SourceError(f"{_quoted(text)} is not a whole number.", "Write digits only, e.g. 117.")
    # Any number of more than ten digits is too large, and int() need not read it.
    number = int(match[1]) if len(match[1].lstrip("0")) <= len(str(MAX_INTEGER)) else MAX_INTEGER + 1
    if not minimum <= number <= MAX_INTEGER:
        raise SourceError(
            f"{_quoted(text)} is out of range.", f"Give a number between {minimum} and {MAX_INTEGER}."
        )
    return number


def parse_degrees(text: str) -> float:
    """Return a coordinate; a decimal comma is accepted.

    Raises
    ------
    geo_service.errors.SourceError
        If the text is no finite number.
    """
    try:
        value = float(text.replace(",", ".").replace("_", "?"))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise SourceError(
            f"{_quoted(text)} is not a coordinate.",
            "Give a decimal number, e.g. 76.928500, or leave both empty.",
        )
    return value


def parse_date(text: str) -> str:
    """Return a date as ISO 8601; ``15.03.2026`` is accepted, and a year or a year and month alone.

    Raises
    ------
    geo_service.errors.SourceError
        If the text is no date of the calendar.
    """
    if _REDUCED_DATE.fullmatch(text):
        return text
    day_first = _DAY_FIRST.fullmatch(text)
    try:
        if day_first:
            day, month, year = (int(part) for part in day_first.groups())
            return dt.date(year, month, day).isoformat()
        return dt.date.fromisoformat(
            text[:10] if text[10:] in {"T00:00:00", " 00:00:00"} else text
        ).isoformat()
    except ValueError:
        raise SourceError(f"{_quoted(text)} is not a date.", "Write it as 2026-03-15.") from None


def parse_time(text: str) -> str:
    """Return a time of day as ``HH:MM``.

    Raises
    ------
    geo_service.errors.SourceError
        If the text is no time of day.
    """
    match = _TIME.fullmatch(text)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:  # noqa: PLR2004 - hours and minutes
        raise SourceError(f"{_quoted(text)} is not a time of day.", "Write it as 07:00.")
    return f"{int(match[1]):02d}:{match[2]}"


def parse_flag(text: str) -> bool:
    """Return a truth value, of yes or no in any of the languages.

    Raises
    ------
    geo_service.errors.SourceError
        If the text is neither.
    """
    word = text.casefold()
    if word not in _TRUE | _FALSE:
        raise SourceError(f"{_quoted(text)} is neither yes nor no.", "Write true or false.")
    return word in _TRUE


def parse_choice(text: str, choices: tuple[str, ...]) -> str:
    """Return one of the allowed words.

    Raises
    ------
    geo_service.errors.SourceError
        If the text is none of them; the message lists them.
    """
    word = text.casefold()
    if word not in choices:
        raise SourceError(
            f"{_quoted(text)} is not one of: {', '.join(choices)}.",
            "Correct it, or say in the section's values what it stands for.",
        )
    return word


def _quoted(text: str) -> str:
    return f'"{text[:60]}"'
