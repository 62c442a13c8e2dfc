"""The houses of a precinct by street, as the list says."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geo_service.addresses.house_numbers import canonical, order
from geo_service.campaign.model import House, Language, Place
from geo_service.place_labels import PlaceLabels
from geo_service.served.served_campaign import ServedCampaign
from geo_service.translations import place_name

# Russian and Kazakh in one order: the Kazakh letters stand where the Kazakh alphabet has them.
_ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_RANKS = {letter: chr(0x10000 + rank) for rank, letter in enumerate(_ALPHABET)}
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class StreetHouses:
    """The houses of one street or microdistrict.

    Parameters
    ----------
    name
        With its kind word, and what tells it from another of the name.
    also
        Its other names, in all languages, by which it may be looked for.
    numbers
        House numbers as the list writes them, in the order in which people count.
    """

    name: str
    also: str
    numbers: tuple[str, ...]


def houses_by_street(
    houses: Iterable[House], served: ServedCampaign, language: Language
) -> tuple[StreetHouses, ...]:
    """Return houses by street, streets by name.

    Parameters
    ----------
    houses
        Of one precinct.
    served
        Its campaign.
    language
        Of the names and kind words.
    """
    numbers: dict[int, list[str]] = {}
    for house in houses:
        numbers.setdefault(house.place, []).append(house.number)
    book = served.made(_PlaceBook)
    places = [book.places[identifier] for identifier in numbers if identifier in book.places]
    names = _names(places, served.finder.one_box.labels, language)
    return tuple(
        StreetHouses(
            names[place.id],
            book.other_names(place, language),
            tuple(sorted(numbers[place.id], key=_house_order)),
        )
        for place in sorted(places, key=lambda place: _name_order(place, names[place.id], language))
    )


class _PlaceBook:
    """The places of a campaign by id, and what else each is called."""

    def __init__(self, served: ServedCampaign) -> None:
        campaign = served.finder.campaign
        self.places: Mapping[int, Place] = {place.id: place for place in campaign.places}
        grouped = itertools.groupby(campaign.aliases, lambda alias: alias.place)
        self._aliases = {place: tuple(alias.name for alias in aliases) for place, aliases in grouped}

    def other_names(self, place: Place, language: Language) -> str:
        """Return the names of a place that its reader does not see."""
        own = [name for key, name in place.names.as_dict().items() if name and key != language]
        return ", ".join(dict.fromkeys([*own, *self._aliases.get(place.id, ())]))


def _names(places: Sequence[Place], labels: PlaceLabels, language: Language) -> dict[int, str]:
    """Return what places are called; only namesakes get what tells them apart."""
    names = {place.id: place_name(place.kind, place.names, language) for place in places}
    counts = Counter(names.values())
    return {
        place.id: labels.label(place, None, None, language)
        if counts[names[place.id]] > 1 or place.within is not None
        else names[place.id]
        for place in places
    }


def _house_order(number: str) -> tuple[tuple[int, str], str]:
    return order(canonical(number)), number


def _name_order(place: Place, name: str, language: Language) -> tuple[list[tuple[int, str]], str, int]:
    """Return the key that sorts places by their bare names, numbers in them by size."""
    bare = (place.names.best(language) or "").casefold()
    parts = [
        (int(part), "") if part.isdecimal() else (-1, "".join(_RANKS.get(letter, letter) for letter in part))
        for part in _DIGITS.split(bare)
        if part
    ]
    return parts, name, place.id
