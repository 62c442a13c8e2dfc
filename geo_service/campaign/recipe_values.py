"""Values of a recipe: what may stand for a date, a time of day, a name and the like."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from geo_service.addresses.renamings import cities_with_renamings
from geo_service.campaign.model import Names
from geo_service.campaign.values import cell_text, parse_date, parse_time
from geo_service.errors import SourceError


def _date_text(value: Any) -> str:
    return _parsed(value, dt.date, parse_date, "a date, e.g. 2026-03-15")


def _time_text(value: Any) -> str:
    return _parsed(value, dt.time, parse_time, 'a time of day, e.g. "07:00"')


def _parsed(value: Any, kind: type, parse: Callable[[str], str], what: str) -> str:
    """Return the canonical text of a date or time, written as TOML's own or as text."""
    if not isinstance(value, str | kind) or isinstance(value, dt.datetime):
        raise ValueError(f"{value} is not {what}")  # noqa: TRY004 - pydantic's protocol
    try:
        return parse(cell_text(value) or "")
    except SourceError as error:
        raise ValueError(str(error)) from error


def _moment_text(value: Any) -> str:
    """Return the canonical text of a local moment, written as TOML's own or as text."""
    what = "a local moment without an offset, e.g. 2026-03-14T18:00:00"
    try:
        moment = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"{value} is not {what}") from None
    has_time = not isinstance(value, str) or re.search(r"\d[T ]\d", value)
    if moment.tzinfo is not None or not has_time:
        raise ValueError(f"{value} is not {what}")
    if moment.second or moment.microsecond:
        raise ValueError(f"{value} is not at a whole minute")
    return f"{moment:%Y-%m-%dT%H:%M}"


def _known_zone(name: str) -> str:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f'there is no time zone "{name}"; write an IANA name, e.g. "Asia/Almaty"') from error
    return name


def _short_name(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text):
        raise ValueError(
            f'"{text}" cannot be the id: it is made of small Latin letters, digits and single hyphens, '
            'e.g. "almaty-2026"'
        )
    return text


def _known_city(name: str) -> str:
    known = cities_with_renamings()
    if name not in known:
        raise ValueError(f'no renamings of "{name}" are known; the city is one of: {", ".join(known)}')
    return name


DateText = Annotated[str, BeforeValidator(_date_text)]
TimeText = Annotated[str, BeforeValidator(_time_text)]
MomentText = Annotated[str, BeforeValidator(_moment_text)]
ShortName = Annotated[str, AfterValidator(_short_name)]
ZoneName = Annotated[str, AfterValidator(_known_zone)]
CityName = Annotated[str, AfterValidator(_known_city)]


class RecipeEntry(BaseModel):
    """A table of a recipe: of known keys only, and never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class NamesEntry(RecipeEntry):
    """A name in up to three languages."""

    kk: str | None = Field(None, min_length=1)
    ru: str | None = Field(None, min_length=1)
    en: str | None = Field(None, min_length=1)

    @model_validator(mode="after")
    def _has_one(self) -> NamesEntry:
        if not (self.kk or self.ru or self.en):
            raise ValueError("give the name in at least one of kk, ru, en")
        return self

    def to_names(self) -> Names:
        """Return the names of the model."""
        return Names(self.kk, self.ru, self.en)
