"""Addresses of a campaign as people type them, with one typing error in the name."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from geo_service.campaign.file import CampaignFile
from geo_service.campaign.model import House, Place
from geo_service.translations import place_name

_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_SHORTEST_WORD = 5


@dataclass(frozen=True, slots=True)
class TypedAddress:
    """A query with one typing error, and what it asks for."""

    text: str
    place: Place
    house: House
    address: str


def typed_addresses(file: CampaignFile, count: int) -> list[TypedAddress]:
    """Return Russian addresses with one typing error in the name that makes no other place's name."""
    random = Random(1)
    places = {place.id: place for place in file.campaign.places}
    names = {place.names.ru for place in places.values()}
    typed: list[TypedAddress] = []
    while len(typed) < count:
        house = random.choice(file.campaign.houses)
        place = places[house.place]
        name = place.names.ru or ""
        wrong = _with_typo(name, random)
        if wrong in names or wrong == name:
            continue
        address = address_text(place, house)
        typed.append(TypedAddress(address.replace(name, wrong, 1), place, house, address))
    return typed


def address_text(place: Place, house: House) -> str:
    """Return an address as people write it in Russian: ``улица Абая, 10``."""
    return f"{place_name(place.kind, place.names, 'ru')}, {house.number}"


def _with_typo(name: str, random: Random) -> str:
    """Return a name with a letter of its longest word substituted, deleted, inserted or transposed."""
    word = max(name.split(), key=len)
    if len(word) < _SHORTEST_WORD:
        return name
    i = random.randrange(len(word) - 1)
    edited = random.choice(
        (
            word[:i] + random.choice(_LETTERS) + word[i + 1 :],
            word[:i] + word[i + 1 :],
            word[:i] + random.choice(_LETTERS) + word[i:],
            word[:i] + word[i + 1] + word[i] + word[i + 2 :],
        )
    )
    return name.replace(word, edited, 1)
