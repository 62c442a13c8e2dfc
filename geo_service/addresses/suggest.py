"""How a text may go on while it is typed: places whose names begin like it, then the houses of a place."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from geo_service.addresses.address import Address
from geo_service.addresses.beginnings import NameBeginnings
from geo_service.addresses.completion import Completion
from geo_service.addresses.house_beginnings import Going, HouseBeginnings, typed_numbers
from geo_service.addresses.letters import plain
from geo_service.addresses.search import AddressSearch
from geo_service.addresses.tokens import LONGEST, Token, read_tokens
from geo_service.addresses.unfinished import (
    Unfinished,
    after_comma,
    ends_in_slash,
    language_of,
    readings_of,
    readings_of_tokens,
    without_glued_kind,
)
from geo_service.addresses.variants import other_readings
from geo_service.campaign.model import Language, Place
from geo_service.place_labels import PlaceLabels


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


#: What each reading of a text, the likeliest first, goes on to, and the language that it is typed in.
_Attempt = Iterator[tuple[Language, list[Going]]]


class Suggestions:
    """Suggests places and houses of a campaign. Safe to use from several threads at once.

    Parameters
    ----------
    search
        Its names and houses.
    labels
        What places are called.
    """

    def __init__(self, search: AddressSearch, labels: PlaceLabels) -> None:
        self._search, self._labels = search, labels
        self._hints = search.hints
        sizes = {name.place.id: len(search.houses.of_place(name.place.id)) for name in search.names.names}
        self._houses = HouseBeginnings(search.houses)
        beginnings = NameBeginnings(search.names.names, sizes)
        self._completion = Completion(search.names, beginnings, self._houses, sizes)

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
        for attempt in self._attempts(prefix, language, limit):
            found: dict[tuple[int, str | None], Going] = {}
            spoken: Language | None = None
            for reading_language, goings in attempt:
                spoken = spoken or (reading_language if goings else None)
                for going in goings:
                    found.setdefault(going.identity, going)
                if len(found) >= limit:
                    break
            if spoken is not None:
                return tuple(self._suggestion(going, spoken) for going in list(found.values())[:limit])
        return ()

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
        text = plain(prefix[:LONGEST])[:LONGEST]
        tokens = read_tokens(text)
        number = next((token for token in tokens if token.type == "number"), None)
        typed = typed_numbers(number, ends_in_slash=ends_in_slash(text))
        chosen = language or language_of(text, tokens)
        found = self._houses.of([place], typed, limit=limit)
        return tuple(self._suggestion(going, chosen) for going in found)

    def _attempts(self, prefix: str, language: Language | None, limit: int) -> Iterator[_Attempt]:
        """Yield ways to understand a text until one brings something."""
        completion = self._completion
        text = plain(prefix[:LONGEST])[:LONGEST]
        tokens = read_tokens(text)
        readings = readings_of(text, tokens, self._hints)

        def attempt(
            complete: Callable[[Unfinished, int], list[Going]], read: Iterable[Unfinished] = readings
        ) -> _Attempt:
            return (
                (language or one.language, complete(_in(one, language), limit)) for one in read if one.pieces
            )

        yield attempt(completion.as_typed)
        yield (
            (language or one.language, completion.all_wanted(_in(one, language), limit)) for one in readings
        )
        yield attempt(completion.in_area)
        yield attempt(completion.with_all_words)
        yield attempt(completion.number_first)
        for others in self._other_tokens(prefix, tokens):
            yield attempt(completion.as_typed, readings_of_tokens(others, self._hints))
        yield attempt(completion.nearly)
        address = self._search.find(prefix[:LONGEST])
        if address.status != "outside":
            yield iter([(language or language_of(text, tokens), self._as_searched(address, limit))])
            yield attempt(completion.without_first_words)

    def _other_tokens(self, prefix: str, tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
        """Yield tokens of a text that is read in part, or in another way."""
        if not self._hints.read(tokens).towns:
            yield after_comma(tokens)
        yield without_glued_kind(tokens)
        typed = unicodedata.normalize("NFKC", prefix[:LONGEST]).lower()
        yield from other_readings(typed, tokens, self._search.names)

    def _as_searched(self, address: Address, limit: int) -> list[Going]:
        """Return the places, or their houses, that the search offers for a text with typing errors."""
        matches = [candidate.match for candidate in address.candidates]
        if address.match is not None and address.place is not None:
            matches.insert(0, address.match)
        matches = [match for match in matches if not match.unexplained and not match.is_contradicted]
        places = {match.place.id: match.place for match in matches}.values()
        house = next((match.house for match in matches if match.house is not None), None)
        typed = [] if house is None else [number for number, _ in house.readings()]
        houses = self._houses.of(places, typed, limit=limit) if typed else []
        return houses or [Going(place) for place in places]

    def _suggestion(self, going: Going, language: Language) -> Suggestion:
        place = going.place
        number, district = (going.house.number, going.house.district) if going.house else (None, None)
        return Suggestion(
            self._labels.address(place, number, language),
            self._labels.label(place, number, district, language),
            place,
            number,
        )


def _in(reading: Unfinished, language: Language | None) -> Unfinished:
    return reading if language is None else replace(reading, language=language)
