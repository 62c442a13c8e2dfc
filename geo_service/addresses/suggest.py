"""How a text may go on while it is typed: places whose names begin like it, then the houses of a place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from geo_service.addresses.beginnings import NameBeginnings, Wanted
from geo_service.addresses.house_suggestions import HouseSuggestions, NumberedHouse
from geo_service.addresses.letters import plain
from geo_service.addresses.matches import Match
from geo_service.addresses.place_names import AREAS, PlaceName, glued
from geo_service.addresses.search import AddressSearch
from geo_service.addresses.tokens import LONGEST, Token, read_tokens
from geo_service.addresses.unfinished import Unfinished, language_of, readings_of, readings_of_tokens
from geo_service.addresses.variants import other_readings
from geo_service.campaign.model import Language, Place
from geo_service.place_labels import PlaceLabels

_MOST_NAMES = 24
_MOST_COMPARED = 200
# A Latin letter that may be the first of two: s of sh.
_BEGUN_GROUPS = {"s": "ш", "z": "ж", "c": "ч", "k": "х", "y": "ие", "j": "ж"}
_LATIN_LAST = re.compile(r"[a-z]\Z")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way to go on.

    Parameters
    ----------
    text
        What the box holds once it is chosen.
    label
        The same with what tells it from others of its name.
    place
        The place.
    house
        The house's number; None for a place.
    """

    text: str
    label: str
    place: Place
    house: str | None = None


@dataclass(frozen=True, slots=True)
class _Named:
    """Names that a text may go on to, and the number of a house that it holds beside them."""

    places: Sequence[PlaceName] = ()
    with_houses: Sequence[PlaceName] = ()


class Suggestions:
    """Suggests places and houses of a campaign.

    Parameters
    ----------
    search
        Its names and houses.
    labels
        What places are called.
    """

    def __init__(self, search: AddressSearch, labels: PlaceLabels) -> None:
        self._search, self._labels = search, labels
        sizes = {name.place.id: len(search.houses.of_place(name.place.id)) for name in search.names.names}
        self._beginnings = NameBeginnings(search.names.names, sizes)
        self._houses = HouseSuggestions(search.houses)

    def of(self, prefix: str, *, language: Language | None = None, limit: int = 8) -> tuple[Suggestion, ...]:
        """Return places, or houses once the text holds a place and begins a number.

        Parameters
        ----------
        prefix
            What has been typed so far.
        language
            Of all the suggestions; None means that of the input: Kazakh if it has a Kazakh letter or kind
            word, English if it is Latin, else Russian.
        limit
            The most suggestions.
        """
        found: dict[tuple[int, str | None], NumberedHouse | Place] = {}
        spoken: Language | None = None
        for readings, complete in self._attempts(prefix):
            for reading in readings:
                new = complete(reading, limit)
                spoken = spoken or (reading.language if new else None)
                for one in new:
                    found.setdefault(_identity(one), one)
                if len(found) >= limit:
                    break
            if found:
                break
        chosen = language or spoken or "ru"
        return tuple(self._suggestion(one, chosen) for one in list(found.values())[:limit])

    def houses(
        self, place: Place, prefix: str, *, language: Language | None = None, limit: int = 8
    ) -> tuple[Suggestion, ...]:
        """Return the houses of a place whose numbers begin as typed.

        Parameters
        ----------
        place
            Of the campaign.
        prefix
            The beginning of a number, as people write it; nothing means the first houses.
        language, limit
            As of `of`.
        """
        tokens = read_tokens(prefix)
        number = next((token for token in tokens if token.type == "number"), None)
        found = self._houses.beginning([place], number, limit=limit)
        chosen = language or language_of(plain(prefix[:LONGEST]), tokens)
        return tuple(self._suggestion(one, chosen) for one in found)
