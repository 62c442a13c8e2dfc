"""What a reader asks the finder for: from the arguments of the page's address to an answer, or to why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from werkzeug.datastructures import MultiDict

from geo_service.addresses.personal_number import holds_personal_number
from geo_service.api.queries import read_district, read_place, read_position
from geo_service.campaign.model import Language
from geo_service.errors import CoordinateError, QueryError
from geo_service.query_point import check_not_swapped
from geo_service.resolution import Resolution, Status
from geo_service.served.served_campaign import ServedCampaign

#: What comes of a question: what comes of a query, or that there was none to answer.
State = Status | Literal["bad_point", "swapped", "empty"]

#: Said in place of a personal number, which must not stay in an address.
PERSONAL: Mapping[str, Any] = {"personal": "1"}

#: What an address of the finder may ask with.
ARGUMENTS = ("q", "place", "district", "lat", "lon", "accuracy", "personal")

_MOST_LETTERS = 250  # of a typed text: the search reads no more
_COORDINATES = ("lat", "lon")
_MOST_DEGREES = 180


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what came of it.

    Parameters
    ----------
    state
        What came of it.
    arguments
        Those by which the same is asked again; nothing else of the address is repeated anywhere.
    text
        What the box shows.
    resolution
        The answer; None where there was nothing to answer.
    exchanged
        The point (lat, lon as text) that was probably meant where the axes look swapped.
    accuracy_m
        How exactly the device knew the point, metres; None if it did not say.
    """

    state: State
    arguments: Mapping[str, Any]
    text: str = ""
    resolution: Resolution | None = None
    exchanged: tuple[str, str] | None = None
    accuracy_m: int | None = None

    @property
    def is_refused(self) -> bool:
        """Whether it is no question that has an answer."""
        return self.state in {"bad_point", "swapped", "empty"}


def names_personal_number(arguments: MultiDict[str, str]) -> bool:
    """Return whether a personal number stands anywhere in the arguments of an address.

    A coordinate may have as many digits.
    """
    return any(
        holds_personal_number(text)
        for name, value in arguments.items(multi=True)
        for text in (name, value)
        if not (name in _COORDINATES and _is_degrees(value))
    )


def read_asked(served: ServedCampaign, arguments: MultiDict[str, str], language: Language) -> Asked | None:
    """Return what came of the question in the arguments of an address; None if it holds none.

    Parameters
    ----------
    served
        The campaign that answers.
    arguments
        ``q`` with ``place`` and ``district``, or ``lat`` and ``lon``; checked by `names_personal_number`.
    language
        Of the answer.
    """
    if "personal" in arguments:
        return Asked("personal_number", PERSONAL)
    if any(name in arguments for name in _COORDINATES):
        return _asked_point(served, arguments)
    if "q" in arguments:
        return _asked_text(served, arguments, language)
    return None


def _asked_text(served: ServedCampaign, arguments: MultiDict[str, str], language: Language) -> Asked:
    text = arguments["q"].strip()[:_MOST_LETTERS]
    if not text:
        return Asked("empty", {"q": ""})
    kept = {"q": text}
    try:
        district, place = read_district(arguments), read_place(arguments)
        resolution = served.finder.by_address(text, district, language, place=place)
        kept |= {name: str(value) for name, value in (("place", place), ("district", district)) if value}
    except QueryError:
        # Of a link that was made for another campaign, the text alone still says what is meant.
        resolution = served.finder.by_address(text, None, language)
    chosen = resolution.place if "place" in kept else None
    return Asked(resolution.status, kept, chosen.address(language) if chosen else text, resolution=resolution)


def _asked_point(served: ServedCampaign, arguments: MultiDict[str, str]) -> Asked:
    # What is no number may be anything, and is not repeated.
    kept = {name: arguments[name] for name in _COORDINATES if _is_degrees(arguments.get(name, ""))}
    try:
        lon, lat = read_position(arguments, None)
    except (QueryError, CoordinateError):
        return Asked("bad_point", kept)
    try:
        if served.finder.bounds is not None:
            check_not_swapped(lon, lat, served.finder.bounds)
    except CoordinateError:
        return Asked("swapped", kept, exchanged=(f"{lon:.7g}", f"{lat:.7g}"))
    accuracy = _accuracy(arguments.get("accuracy", ""))
    resolution = served.finder.by_point(lon, lat)
    kept |= dict(_given("accuracy", accuracy))
    return Asked(resolution.status, kept, resolution=resolution, accuracy_m=accuracy)


def _given(name: str, value: int | None) -> Iterator[tuple[str, str]]:
    if value is not None:
        yield name, str(value)


def _accuracy(text: str) -> int | None:
    """Return how exactly a device knew a point, metres; None for what is no distance in a city."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= len("99999") else None


def _is_degrees(text: str) -> bool:
    try:
        # A grouping underscore is Python's own notation.
        degrees = float(text.replace(",", ".").replace("_", "?"))
    except ValueError:
        return False
    return abs(degrees) <= _MOST_DEGREES  # false for what is no number, too
