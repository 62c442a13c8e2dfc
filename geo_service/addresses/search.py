"""From the readings of a text to one address, a choice of several, or an honest "not known".

No answer is guessed between two places: whatever tells them apart must be in the text, or the house must
exist at one of them only.
"""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from geo_service.addresses.address import Address, Candidate
from geo_service.addresses.deciding import (
    agreeing,
    best_of_each_place,
    formerly_called,
    in_named_district,
    is_good,
    is_in_other_district,
    is_sure,
    is_worth_offering,
    likeliest_of,
    may_be_meant_too,
    names_another_town,
    remarks_on,
)
from geo_service.addresses.hints import HintReader
from geo_service.addresses.house_book import HouseBook
from geo_service.addresses.house_choice import is_house_alone
from geo_service.addresses.house_numbers import same_base
from geo_service.addresses.matches import Match
from geo_service.addresses.matching import TextReading
from geo_service.addresses.place_names import Agreement, PlaceName, PlaceNames, glued, parts_of
from geo_service.addresses.scoring import score_parts
from geo_service.addresses.tokens import Token, read_tokens
from geo_service.addresses.typos import TypoIndex
from geo_service.addresses.variants import divided_numbers, english_reading, other_readings
from geo_service.campaign.model import Campaign, Place

_MOST_CANDIDATES = 24  # more than any channel shows
_NEAR_NUMBERS = 6
_WITHOUT_HOUSE = 3  # places without the house beside those that have it


class AddressSearch:
    """Finds addresses in one campaign. Safe to use from several threads at once.

    Parameters
    ----------
    campaign
        Its places, aliases, houses and districts are searched.
    """

    def __init__(self, campaign: Campaign) -> None:
        self.names = PlaceNames(campaign.places, campaign.aliases)
        self.houses = HouseBook(campaign.houses)
        self.hints = HintReader(campaign.info.city, campaign.districts)
        self._typos: TypoIndex[tuple[PlaceName, Agreement]] = TypoIndex(_typo_entries(self.names))

    def find(self, text: str, *, district: str | None = None, place: Place | None = None) -> Address:
        """Return what a typed address means.

        Parameters
        ----------
        text
            As people write it; see the corpus in ``tests/data/address_queries.csv``.
        district
            Code of the district that is meant, as if the text named it.
        place
            One that was chosen before. A house number alone is one of its houses; a text that names it, too;
            any other text is read as if none had been chosen.
        """
        tokens = read_tokens(text)
        first = self._reading(tokens, district)
        if place is not None and is_house_alone(tokens):
            return self._at_chosen(place, first)
        matches = first.exact_matches()
        for other in divided_numbers(tokens, self.names):
            matches += self._reading(other, district).exact_matches()
        if not is_good(matches):
            matches += self._read_otherwise(text, first, district)
        best = best_of_each_place(matches)
        if place is not None:
            best = [match for match in best if match.place.id == place.id and not match.unexplained] or best
        return self._decide(best, first)

    def _read_otherwise(self, text: str, first: TextReading, district: str | None) -> list[Match]:
        """Return the matches of other readings, and those with typing errors, until some make sense."""
        typed = _plainly_typed(text)
        readings = [first]
        matches: list[Match] = []
        for tokens in other_readings(typed, first.tokens, self.names):
            readings.append(self._reading(tokens, district, is_as_typed=False))
            matches += readings[-1].exact_matches()
            if is_good(matches):
                return matches
        for reading in readings:
            matches += reading.typo_matches(self._typos)
            if any(is_worth_offering(match) for match in matches if match.agreement == "typo"):
                return matches
        tokens_or_none = english_reading(typed)
        if tokens_or_none is not None:
            last = self._reading(tokens_or_none, district, is_as_typed=False)
            matches += last.exact_matches()
            matches += [] if is_good(matches) else last.typo_matches(self._typos)
        return matches

    def _at_chosen(self, place: Place, reading: TextReading) -> Address:
        """Return what a house number alone means at a place that was chosen."""
        match = Match.chosen(place, reading.house_alone(), reading.hints.district)
        if match.house is None:
            return Address("street_only", place, match=match)
        return self._with_house([match], [match], [match])

    def _reading(
        self, tokens: Sequence[Token], district: str | None, *, is_as_typed: bool = True
    ) -> TextReading:
        hints = self.hints.read(tokens)
        if district is not None:
            hints = dataclasses.replace(hints, district=district)
        return TextReading(tokens, hints, self.names, is_as_typed=is_as_typed)

    def _decide(self, matches: list[Match], reading: TextReading) -> Address:
        if names_another_town(matches, reading.hints):
            named = (m for m in matches if m.agreement in {"exact", "ending"} and m.house is None)
            return Address("outside", candidates=self._ranked(map(Candidate, named)))
        if not matches or not is_worth_offering(matches[0]):
            return Address("not_found", candidates=self._ranked(map(Candidate, matches)))
        likeliest = likeliest_of(matches)
        meant = agreeing(likeliest)
        typed = [match for match in meant if match.house is not None]
        if reading.is_crossing and not typed:
            return Address("ambiguous", candidates=self._ranked(map(Candidate, likeliest)))
        if reading.is_crossing:
            meant = typed  # the street that carries the number
        return self._with_house(meant, likeliest, matches) if typed else self._without_house(meant, matches)

    def _with_house(self, meant: list[Match], likeliest: list[Match], matches: list[Match]) -> Address:
        found = [candidate for match in meant for candidate in self._at_houses(match)]
        found = in_named_district(found)
        without_number = [Candidate(match) for match in meant if match.house is None]
        is_plain = len(found) == 1 and not without_number and not is_in_other_district(found[0])
        if is_plain and is_sure(found[0].match, meant, likeliest):
            return self._found(found[0], likeliest)
        if found:
            others = [
                candidate
                for match in likeliest
                if match not in meant
                for candidate in self._at_houses(match)
                if len(found) == 1
            ]
            return Address("ambiguous", candidates=self._ranked([*found, *without_number, *others]))
        elsewhere = [
            candidate
            for match in matches
            if may_be_meant_too(match, meant)
            for candidate in self._at_houses(match)
        ]
        if elsewhere or without_number:
            offered = self._ranked([*without_number, *map(Candidate, meant)])[:_WITHOUT_HOUSE]
            return Address("ambiguous", candidates=self._ranked([*elsewhere, *offered]))
        return self._house_unknown(meant)

    def _found(self, candidate: Candidate, likeliest: list[Match]) -> Address:
        remarks = list(remarks_on(candidate.match))
        namesakes = [
            m for m in likeliest if m.place.id != candidate.place.id and m.start == candidate.match.start
        ]
        if namesakes:
            remarks.append("other_places")
        if candidate.house_agreement != "exact":
            remarks.append("house_form")
        others = self._ranked(map(Candidate, namesakes))
        return Address(
            "found",
            candidate.place,
            candidate.house,
            candidate.match,
            candidate.house_agreement,
            remarks=tuple(remarks),
            considered=(candidate, *others),
        )

    def _house_unknown(self, meant: list[Match]) -> Address:
        if not any(is_sure(match, meant, meant) for match in meant):
            return Address("ambiguous", candidates=self._ranked(map(Candidate, meant)))
        if len(meant) > 1:
            same = [candidate for match in meant for candidate in self._of_same_base(match)]
            return Address(
                "house_unknown", candidates=(*self._ranked(same), *self._ranked(map(Candidate, meant)))
            )
        match = meant[0]
        assert match.house is not None  # noqa: S101 - the caller has seen to it
        houses = self.houses.of_place(match.place.id)
        numbers = self.houses.near(match.place.id, match.house, _NEAR_NUMBERS)
        by_number = {rows[0].number: rows[0] for rows in houses.values()}
        return Address(
            "house_unknown",
            match.place,
            match=match,
            candidates=tuple(Candidate(match, by_number[number]) for number in numbers),
            remarks=remarks_on(match),
        )

    def _of_same_base(self, match: Match) -> list[Candidate]:
        """Return the houses of a place that differ from the typed number in letter or fraction only."""
        houses = self.houses.of_place(match.place.id)
        numbers = [] if match.house is None else same_base(match.house.number, houses)
        return [Candidate(match, houses[number][0]) for number in numbers[:_NEAR_NUMBERS]]

    def _without_house(self, meant: list[Match], matches: list[Match]) -> Address:
        formerly = formerly_called(meant, matches)
        if len(meant) == 1 and not formerly and is_sure(meant[0], meant, meant):
            return Address("street_only", meant[0].place, match=meant[0], remarks=remarks_on(meant[0]))
        return Address("ambiguous", candidates=self._ranked(map(Candidate, [*meant, *formerly])))

    def _at_houses(self, match: Match) -> list[Candidate]:
        """Return the candidates of a match with the houses that its number means; one for each row."""
        if match.house is None:
            return []
        found = self.houses.find_all(match.place.id, match.house)
        return [Candidate(match, house, agreement) for houses, agreement in found for house in houses]

    def _ranked(self, candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
        """Return candidates, the likeliest first: each place and house once, no more than people read."""
        unique = {
            (
                candidate.place.id,
                candidate.house and (candidate.house.number, candidate.house.district),
            ): candidate
            for candidate in candidates
        }
        ranked = sorted(unique.values(), key=lambda item: (-self.score(item)["total"], item.place.id))
        return tuple(ranked[:_MOST_CANDIDATES])

    def score(self, candidate: Candidate) -> dict[str, float]:
        """Return the parts of a candidate's score and their ``total``."""
        return score_parts(
            candidate.match, candidate.house_agreement, len(self.houses.of_place(candidate.place.id))
        )


def _plainly_typed(text: str) -> str:
    """Return a text in lower case, with the signs that stand for letters in another layout."""
    return unicodedata.normalize("NFKC", text).lower()


def _typo_entries(names: PlaceNames) -> Iterator[tuple[str, tuple[str, ...], tuple[PlaceName, Agreement]]]:
    """Yield the words that typed ones are compared with: names folded, without endings, and as written."""
    seen: set[tuple[str, tuple[str, ...], int]] = set()
    for name in names.names:
        whole: list[tuple[str, Agreement]] = [
            (form, "exact") for form in (glued(name.keys), glued(name.stems), name.typed)
        ]
        for form, agreement in (*whole, *((part, "part") for part in parts_of(name))):
            key = (form, name.numbers, name.place.id)
            if form and key not in seen:
                seen.add(key)
                yield form, name.numbers, (name, agreement)
