"""From the names in a text to matches: what the rest of the text says of each place.

Every run of tokens is looked up as a name, so the order of street, kind word and house does not matter, and
the number in ``Самал-2`` is the microdistrict's because there is such a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geo_service.addresses.hints import Hints
from geo_service.addresses.hits import Hit, NameHits
from geo_service.addresses.house_choice import HouseChoice, HouseReader
from geo_service.addresses.kind_words import KindWords
from geo_service.addresses.kinds import AREAS, Accord, kind_accord
from geo_service.addresses.matches import Match, Said
from geo_service.addresses.place_names import TITLES, Agreement, PlaceName, PlaceNames
from geo_service.addresses.tokens import Token
from geo_service.addresses.typos import TypoIndex

_SURNAMES = ("ов", "ев", "ин", "ск", "ко", "ук", "енк", "ули", "ул")
_ADJECTIVES = ("ая", "яя", "ый", "ий", "ой", "ые", "ие", "ое", "ую")
_GENITIVES = ("а", "я", "и", "ы", "у", "ю")
_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Area:
    """A run of tokens that names a microdistrict: the ids of those that may be meant, and their districts."""

    start: int
    end: int
    places: frozenset[int]
    districts: frozenset[str]


class TextReading:
    """One text, read against the names of a campaign.

    Parameters
    ----------
    tokens
        Of the text.
    hints
        What it says of city and district.
    names
        Of the campaign.
    is_as_typed
        False for another reading of what was typed.
    """

    def __init__(
        self, tokens: Sequence[Token], hints: Hints, names: PlaceNames, *, is_as_typed: bool = True
    ) -> None:
        self.tokens, self.hints = tokens, hints
        self._kinds = KindWords(tokens)
        self._hits = NameHits(tokens, self._kinds, hints, names, is_as_typed=is_as_typed)
        self._exact = list(self._hits.exact())
        self._names = frozenset(
            (hit.start, hit.end) for hit in self._exact if hit.agreement in {"exact", "ending"}
        )
        self._corner = next((i for i, token in enumerate(tokens) if token.role == "corner"), None)
        self._houses = HouseReader(tokens, self._kinds, self._corner, self._names)
        self._areas = self._area_spans()
        self._of_place = self._tokens_of_places()
        self._said: dict[tuple[int, int, frozenset[int], bool], Said] = {}

    @property
    def is_crossing(self) -> bool:
        """Whether the text names a corner of streets."""
        return self._corner is not None

    def house_alone(self) -> HouseChoice:
        """Return the house of a text that names no place."""
        return self._houses.read(0, 0, ())

    def exact_matches(self) -> list[Match]:
        """Return the matches without typing errors."""
        return [self._match(hit) for hit in self._exact]

    def typo_matches(self, typos: TypoIndex[tuple[PlaceName, Agreement]]) -> list[Match]:
        """Return the matches with typing errors."""
        return [self._match(hit) for hit in self._hits.with_typos(typos)]

    def _tokens_of_places(self) -> dict[int, frozenset[int]]:
        """Return the tokens that are names of a place, by its id."""
        tokens: dict[int, frozenset[int]] = {}
        for hit in self._exact:
            if hit.agreement in {"exact", "ending"}:
                of_place = tokens.get(hit.name.place.id, _NONE)
                tokens[hit.name.place.id] = of_place.union(range(hit.start, hit.end))
        return tokens

    def _area_spans(self) -> list[_Area]:
        areas: dict[tuple[int, int], list[Hit]] = {}
        for hit in self._exact:
            if hit.name.place.kind in AREAS and hit.agreement in {"exact", "ending"}:
                areas.setdefault((hit.start, hit.end), []).append(hit)
        return [
            _Area(
                start,
                end,
                frozenset(hit.name.place.id for hit in hits),
                frozenset(code for hit in hits for code in hit.name.place.districts),
            )
            for (start, end), hits in areas.items()
        ]

    def _match(self, hit: Hit) -> Match:
        place = hit.name.place
        area, taken = self._area_accord(hit)
        # A place's other name beside it says nothing new: Толе би (Комсомольская), 45.
        taken |= self._of_place.get(place.id, _NONE)
        said = self._said_of(hit.start, hit.end, taken, is_area=place.kind in AREAS)
        return Match(
            hit,
            said,
            kind=kind_accord(said.kind, place.kind, is_old=hit.name.is_old),
            district=self._district_accord(hit),
            area=area,
            has_given_name=said.unexplained == (hit.start - 1,) and self._is_given_name(hit),
            has_lost_number=said.house.is_doubtful or self._is_of_series(hit, said),
        )

    def _said_of(self, start: int, end: int, taken: frozenset[int], *, is_area: bool) -> Said:
        """Return what the text says beside a run of tokens, if the run is the name; namesakes share it."""
        key = (start, end, taken, is_area)
        if key not in self._said:
            self._said[key] = self._read_beside(start, end, taken, is_area=is_area)
        return self._said[key]

    def _read_beside(self, start: int, end: int, taken: frozenset[int], *, is_area: bool) -> Said:
        kind = self._kinds.of_name(start, end)
        house = self._houses.read(start, end, taken)
        left = [
            position
            for position in range(len(self.tokens))
            if not start <= position < end and position not in taken and self._is_unexplained(position)
        ]
        titles = [p for p in left if {self.tokens[p].key, self.tokens[p].stem} & TITLES]
        areas = [p for p in left if kind is not None and kind not in AREAS and self._is_called_area(p)]
        # In a microdistrict a street may follow: мкр Самал-1, house 2 Mira.
        after = None if is_area or (house.position or 0) < end else house.position
        unexplained = tuple(
            p for p in left if p not in titles and p not in areas and not self._is_afterword(p, after)
        )
        return Said(
            house,
            kind,
            self.tokens[start].key,
            has_joined_number=any(token.joined for token in self.tokens[start + 1 : end]),
            unexplained=unexplained,
            has_title=bool(titles),
            has_unknown_area=bool(areas),
            is_contradicted=self._is_contradicted(unexplained, start, end),
            district=self.hints.district,
        )

    def _is_unexplained(self, position: int) -> bool:
        token = self.tokens[position]
        if token.type != "word" or len(token.text) <= 1:
            return False
        if token.meaning is not None and not (token.role == "filler" and self._is_in_name(position)):
            return False
        if position in self.hints.explained:
            return False
        return self._corner is None or not self._is_in_name(position)

    def _is_in_name(self, position: int) -> bool:
        return any(start <= position < end for start, end in self._names)

    def _is_afterword(self, position: int, house: int | None) -> bool:
        """Return whether a word says nothing of the address: it follows street and house in one breath.

        A known street there is the one that crosses: Сатпаева 30 / Манаса.
        """
        if house is None or position < house or self._kinds.of_word(position) is not None:
            return False
        if self._is_in_name(position):
            return not any(token.type == "number" for token in self.tokens[position + 1 :])
        return all(token.type != "comma" for token in self.tokens[house:position])

    def _is_called_area(self, position: int) -> bool:
        """Return whether a word is called a microdistrict by a kind word of its own."""
        beside = self._kinds.of_word(position)
        kind = None if beside is None else self._kinds.at(beside)
        return kind is not None and kind[0] in AREAS

    def _is_given_name(self, hit: Hit) -> bool:
        """Return whether the word before a name may be a given name: Турара, not Новая of Новая Садовая."""
        word = self.tokens[hit.start - 1]
        as_typed = self.tokens[hit.end - 1]
        is_genitive = as_typed.text.endswith(("ова", "ева", "ина", "ына", "ого"))
        fits = word.text.endswith(_GENITIVES) if is_genitive else True
        return (
            len(hit.name.words) == 1
            and hit.name.stems[0].endswith(_SURNAMES)
            and not word.text.endswith(_ADJECTIVES)
            and fits
            and not self._is_part_of_others(hit)
            and not self._is_in_name(hit.start - 1)
        )

    def _is_part_of_others(self, hit: Hit) -> bool:
        """Return whether another place's longer name holds the same surname."""
        return any(
            other.agreement == "part"
            and other.start == hit.start
            and other.name.place.id != hit.name.place.id
            for other in self._exact
        )

    def _is_contradicted(self, unexplained: Iterable[int], start: int, end: int) -> bool:
        """Return whether a word that is left over has a kind word of its own."""
        words = [self._kinds.of_word(position) for position in unexplained]
        return any(word is not None and not start - 1 <= word <= end for word in words)

    def _is_of_series(self, hit: Hit, said: Said) -> bool:
        """Return whether the number may be the name's: Тастак-2, where there is a Тастак but no Тастак-2."""
        house, place = said.house, hit.name.place
        if not house.is_beside or hit.name.numbers or house.house is None:
            return False
        if place.kind in AREAS:
            return house.is_joined or house.left > 0
        # Самал 2, 10: a street's short number, and another one behind it that no word calls a flat.
        is_short = len(house.house.number) == 1
        return house.left > 0 and is_short and said.kind is None

    def _district_accord(self, hit: Hit) -> Accord:
        named = self.hints.district
        if named is None or self.hints.district_tokens & set(range(hit.start, hit.end)):
            return "unsaid"
        districts = hit.name.place.districts
        if not districts:
            return "unsaid"
        return "agrees" if named in districts else "conflicts"

    def _area_accord(self, hit: Hit) -> tuple[Accord, frozenset[int]]:
        """Return whether the place lies in the microdistrict that the text names, and its tokens."""
        place = hit.name.place
        if not self._areas or place.kind in AREAS:
            return "unsaid", _NONE
        named = [area for area in self._areas if area.end <= hit.start or area.start >= hit.end]
        if not named:
            return "unsaid", _NONE
        # Самал-2 is named, not Самал as well: the longest run is meant.
        area = max(named, key=lambda area: (self._is_named_area(area), area.end - area.start))
        tokens = frozenset(range(area.start, area.end))
        if place.within in area.places:
            return "agrees", tokens
        if not self._is_named_area(area):
            return "unsaid", _NONE
        is_elsewhere = area.districts and place.districts and not area.districts & set(place.districts)
        return ("conflicts" if is_elsewhere else "near"), tokens

    def _is_named_area(self, area: _Area) -> bool:
        kind = self._kinds.of_name(area.start, area.end)
        has_words = any(token.type == "word" for token in self.tokens[area.start : area.end])
        return kind in AREAS or (kind is None and area.start == 0 and has_words)
