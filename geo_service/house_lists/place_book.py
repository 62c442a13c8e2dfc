"""Which place of the campaign a list's street is, by the project's own address search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from geo_service.addresses.address import Address, Candidate
from geo_service.addresses.letters import plain, skeleton
from geo_service.addresses.search import AddressSearch
from geo_service.addresses.tokens import read_tokens
from geo_service.addresses.vocabulary import without_short_forms
from geo_service.campaign.model import LANGUAGES, Campaign, District, House, Place
from geo_service.house_lists.listed_cells import Agreement
from geo_service.translations import place_name

_AGREEMENTS: Mapping[str, Agreement] = {
    "exact": "named", "ending": "named", "typo": "corrected", "series": "part", "part": "part",
}  # fmt: skip
_LEVEL_OF_NAMESAKES = 0.001
_QUOTES = str.maketrans(dict.fromkeys('«»"“”„,'))


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """The places that a list's street may be.

    Parameters
    ----------
    places
        One if the search is sure; several to decide between; none if there is no such place.
    agreement
        How they were found.
    near
        What is called alike, for a person to choose from.
    """

    places: tuple[Place, ...]
    agreement: Agreement = "named"
    near: tuple[Place, ...] = ()


class PlaceBook:
    """Looks streets up. The same words are looked up once.

    Parameters
    ----------
    campaign
        Its places, houses, aliases and districts.
    """

    def __init__(self, campaign: Campaign) -> None:
        self._search = AddressSearch(campaign)
        self._choices: dict[tuple[str, str, str | None], PlaceChoice] = {}
        self._places = {place.id: place for place in campaign.places}
        self._districts = {place.id: set(place.districts) for place in campaign.places}
        for house in campaign.houses:
            self._districts[house.place].add(house.district)
        self._as_written = _as_written(campaign.places)
        self._spelt: dict[int, set[str]] = {place.id: set() for place in campaign.places}
        for name in self._search.names.names:
            self._spelt[name.place.id].add(_spelt(name.text))

    def find(self, area: str, street: str, district: str | None) -> PlaceChoice:
        """Return what a microdistrict and street mean.

        Parameters
        ----------
        area, street
            As the list writes them; one may be empty.
        district
            Code of the district that the list says, None if it says none. Of namesakes those are meant that
            lie in it or have a house there.
        """
        key = (area, street, district)
        if key not in self._choices:
            text = ", ".join(part for part in (_called_area(area), street) if part)
            choice = self._found(text, street or _called_area(area), district)
            if area and street and set(choice.places) & set(self.find(area, "", None).places):
                choice = PlaceChoice((), near=choice.near)  # only the microdistrict was understood
            self._choices[key] = self._with_spelling(choice, street or area)
        return self._choices[key]

    def _found(self, text: str, street: str, district: str | None) -> PlaceChoice:
        choice = _choice(self._search.find(text))
        written = self._as_written.get(plain(text), ())
        if written and not set(written) & set(choice.places):
            choice = PlaceChoice(written, near=choice.near)
        if not choice.places:
            return choice
        inside = tuple(
            place for place in choice.places if district is None or district in self._districts[place.id]
        )
        # Байтурсынов and Байтурсынулы are one name, and two streets: the one that is spelt so is meant.
        spelt = set(self._as_written.get(plain(street), ()))
        exact = tuple(place for place in inside if place in spelt) if choice.agreement == "named" else ()
        return PlaceChoice(exact or inside, choice.agreement, (*choice.places, *choice.near))

    def _with_spelling(self, choice: PlaceChoice, street: str) -> PlaceChoice:
        """Return a choice that says whether its places are spelt as the list has it."""
        if choice.agreement != "named" or any(_spelt(street) in self._spelt[p.id] for p in choice.places):
            return choice
        return replace(choice, agreement="spelling")

    def place(self, place_id: int) -> Place | None:
        """Return a place by its id; None if there is none."""
        return self._places.get(place_id)

    def houses_of(self, place: Place) -> Mapping[str, tuple[House, ...]]:
        """Return the houses of a place by canonical number."""
        return self._search.houses.of_place(place.id)


def _spelt(text: str) -> str:
    """Return a name in lower case without its kind word: what is spelt otherwise differs from it."""
    words = without_short_forms(plain(text).translate(_QUOTES)).split()
    own = [word for word in words if not _is_kind(word)] or words
    return " ".join(own)


def _is_kind(word: str) -> bool:
    tokens = read_tokens(word)
    return len(tokens) == 1 and tokens[0].role == "kind"


def _as_written(places: Iterable[Place]) -> Mapping[str, tuple[Place, ...]]:
    """Return places by what they are called in full, for names that hold what looks like a house."""
    table: dict[str, list[Place]] = {}
    for place in places:
        for name in {plain(place_name(place.kind, place.names, language)) for language in LANGUAGES}:
            table.setdefault(name, []).append(place)
    return {name: tuple(found) for name, found in table.items()}


class DistrictWords:
    """Finds districts by what lists call them: by code, by name, with the word for a district or without.

    Parameters
    ----------
    districts
        Of the campaign. Without any, every text is the code of its district.
    """

    def __init__(self, districts: Iterable[District]) -> None:
        self._codes: dict[str, str] = {}
        self._known: dict[str, str | None] = {}
        for district in districts:
            for name in (district.code, *filter(None, district.names.as_dict().values())):
                self._codes[_bare(name)] = district.code

    def code(self, text: str) -> str | None:
        """Return the code of a district; None if there is no such district."""
        if text not in self._known:
            self._known[text] = self._codes.get(_bare(text)) if self._codes else text
        return self._known[text]


def _bare(text: str) -> str:
    words = [token.key for token in read_tokens(text) if token.type == "word" and token.role != "district"]
    return " ".join(words) or skeleton(text)


def _called_area(area: str) -> str:
    """Return the name of a microdistrict with the word for one: a column of its own says what it is."""
    if not area or any(token.role == "kind" for token in read_tokens(area)):
        return area
    return f"микрорайон {area}"


def _choice(address: Address) -> PlaceChoice:
    if address.status == "street_only" and address.place is not None:
        return PlaceChoice((address.place,), _agreement(address))
    near = _places(address.candidates)
    if address.status != "ambiguous":
        if address.place is not None:  # a number that is not the name's: nobody knows what it is for
            near = tuple(dict.fromkeys([address.place, *near]))
        return PlaceChoice((), near=near)
    lowest = min(candidate.match.level for candidate in address.candidates)
    likely = [
        candidate for candidate in address.candidates if candidate.match.level <= lowest + _LEVEL_OF_NAMESAKES
    ]
    match = likely[0].match
    agreement = _AGREEMENTS[match.agreement]
    if agreement == "named" and match.name.is_old:
        agreement = "old_name"
    if match.unexplained or match.is_contradicted or match.has_lost_number or match.house is not None:
        return PlaceChoice((), near=near)
    return PlaceChoice(_places(likely), agreement, near)


def _agreement(address: Address) -> Agreement:
    for remark, agreement in _REMARKS:
        if remark in address.remarks:
            return agreement
    return "named"


_REMARKS: Sequence[tuple[str, Agreement]] = (
    ("corrected", "corrected"), ("other_kind", "other_kind"), ("old_name", "old_name"),
)  # fmt: skip


def _places(candidates: Iterable[Candidate]) -> tuple[Place, ...]:
    unique = {candidate.place.id: candidate.place for candidate in candidates}
    return tuple(unique.values())
