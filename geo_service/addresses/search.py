"""From the readings of a text to one address, a choice of several, or an honest "not known".

No answer is guessed between two places: whatever tells them apart must be in the text, or the house must exist at
one of them only.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from geo_service.addresses.hints import HintReader, Hints
from geo_service.addresses.house_book import HouseAgreement, HouseBook, TypedHouse
from geo_service.addresses.letters import plain
from geo_service.addresses.matches import AREAS, Match
from geo_service.addresses.matching import TextReading
from geo_service.addresses.place_names import Agreement, PlaceName, PlaceNames
from geo_service.addresses.scoring import level, score_parts
from geo_service.addresses.tokens import Token, read_tokens
from geo_service.addresses.typos import TypoIndex, allowed_errors
from geo_service.addresses.variants import other_readings
from geo_service.campaign.model import Campaign, House, Place

AddressStatus = Literal["found", "ambiguous", "street_only", "house_unknown", "outside", "not_found"]
Remark = Literal["old_name", "corrected", "other_kind", "other_places", "house_form"]

_MOST_CANDIDATES = 12
_NEAR_NUMBERS = 6
_GOOD = 2.2  # levels up to this need no further search
_WORTH_OFFERING = 5.0
_SHORT_NAME = 4  # letters; a name as short is never corrected without asking
_CLOSE = 0.15  # typing errors: names as close as this to the nearest are as likely


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place, with a house or without, that a text may mean.

    Parameters
    ----------
    match
        How the text agrees with the place.
    house
        None if the text has no number, or the place has no such house.
    house_agreement
        How the number agrees with the house.
    """

    match: Match
    house: House | None = None
    house_agreement: HouseAgreement | None = None

    @property
    def place(self) -> Place:
        """The place."""
        return self.match.place


@dataclass(frozen=True, slots=True)
class Address:
    """What a search came to.

    Parameters
    ----------
    status
        As in a resolution.
    place, house
        Of ``found``, ``street_only`` and, if one place is meant, ``house_unknown``.
    match
        How the text agrees with the place; None without a place.
    house_agreement
        How the typed number agrees with the house that was found.
    candidates
        To choose from, the likeliest first.
    remarks
        What an answer must say beside the address.
    considered
        All candidates that were weighed, with the one that is the answer: to explain it.
    """

    status: AddressStatus
    place: Place | None = None
    house: House | None = None
    match: Match | None = None
    house_agreement: HouseAgreement | None = None
    candidates: tuple[Candidate, ...] = ()
    remarks: tuple[Remark, ...] = ()
    considered: tuple[Candidate, ...] = ()


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
        self._hints = HintReader(campaign.info.city, campaign.districts)
        self._typos: TypoIndex[tuple[PlaceName, Agreement]] = TypoIndex(_typo_entries(self.names))

    def find(self, text: str, *, district: str | None = None) -> Address:
        """Return what a typed address means.

        Parameters
        ----------
        text
            As people write it; see the corpus in ``tests/data/address_queries.csv``.
        district
            Code of the district that is meant, as if the text named it.
        """
        tokens = read_tokens(text)
        readings = [self._reading(tokens, district)]
        matches = readings[0].exact_matches()
        if not _is_good(matches):
            for other in other_readings(plain(text), tokens, self.names):
                readings.append(self._reading(other, district))
                matches += readings[-1].exact_matches()
                if _is_good(matches):
                    break
        if not _is_good(matches):
            for reading in readings:
                matches += reading.typo_matches(self._typos)
        return self._decide(_best_of_each_place(matches), readings[0])

    def at_place(self, place: Place, number: str) -> Address:
        """Return what a typed house number means at a place that was chosen.

        Parameters
        ----------
        place
            Of the campaign.
        number
            As people write it: ``12``, ``дом 12а``, ``12 кв 5``.
        """
        tokens = [token for token in read_tokens(number) if token.type == "number"]
        match = Match.chosen(place, TypedHouse(tokens[0].text, tokens[0].other) if tokens else None)
        if match.house is None:
            return Address("street_only", place, match=match)
        return self._with_house([match], [match], [match])

    def _reading(self, tokens: Sequence[Token], district: str | None) -> TextReading:
        hints = self._hints.read(tokens)
        if district is not None:
            hints = dataclasses.replace(hints, district=district)
        return TextReading(tokens, hints, self.names)

    def _decide(self, matches: list[Match], reading: TextReading) -> Address:
        weighed = self._ranked(Candidate(match) for match in matches)
        if _names_another_town(matches, reading.hints):
            return Address("outside", considered=weighed)
        if not matches or not _is_worth_offering(matches[0]):
            return Address("not_found", candidates=weighed[:_MOST_CANDIDATES], considered=weighed)
        best = level(matches[0])
        margin = _CLOSE if matches[0].agreement == "typo" else 0.0
        likeliest = [match for match in matches if level(match) <= best + margin]
        meant = _agreeing(likeliest)
        typed = [match for match in meant if match.house is not None]
        if reading.is_crossing and typed:
            meant = typed  # the street that carries the number
        address = (
            self._with_house(meant, likeliest, matches) if typed else self._without_house(meant, matches)
        )
        return dataclasses.replace(address, considered=address.considered or weighed)

    def _with_house(self, meant: list[Match], likeliest: list[Match], matches: list[Match]) -> Address:
        found = [candidate for match in meant for candidate in self._at_houses(match)]
        found = _in_named_district(found)
        without_number = [Candidate(match) for match in meant if match.house is None]
        if len(found) == 1 and not without_number and _is_sure(found[0].match, meant, likeliest):
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
            if match not in meant and not match.unexplained and not match.contradicted
            for candidate in self._at_houses(match)
        ]
        if elsewhere or without_number:
            return Address(
                "ambiguous", candidates=self._ranked([*elsewhere, *without_number, *map(Candidate, meant)])
            )
        return self._house_unknown(meant)

    def _found(self, candidate: Candidate, likeliest: list[Match]) -> Address:
        remarks = [*_remarks(candidate.match)]
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
        if not any(_is_sure(match, meant, meant) for match in meant):
            return Address("ambiguous", candidates=self._ranked(map(Candidate, meant)))
        if len(meant) > 1:
            return Address("house_unknown", candidates=self._ranked(map(Candidate, meant)))
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
            remarks=_remarks(match),
        )

    def _without_house(self, meant: list[Match], matches: list[Match]) -> Address:
        formerly = [
            m
            for m in matches
            if m not in meant and m.name.is_old and m.kind == meant[0].kind and level(m) <= _GOOD
        ]
        if len(meant) == 1 and not formerly and _is_sure(meant[0], meant, meant):
            return Address("street_only", meant[0].place, match=meant[0], remarks=_remarks(meant[0]))
        return Address("ambiguous", candidates=self._ranked(map(Candidate, [*meant, *formerly])))

    def _at_houses(self, match: Match) -> list[Candidate]:
        """Return the candidates of a match with the houses that its number means; one for each row."""
        if match.house is None:
            return []
        found = self.houses.find(match.place.id, match.house)
        return [] if found is None else [Candidate(match, house, found[1]) for house in found[0]]

    def _ranked(self, candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
        """Return candidates, the likeliest first, one of each place and house, and no more than people read."""
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


def _typo_entries(names: PlaceNames) -> Iterator[tuple[str, tuple[str, ...], tuple[PlaceName, Agreement]]]:
    for table, agreement in ((names.exact, "exact"), (names.endings, "ending"), (names.parts, "part")):
        for (word, numbers), of_word in table.items():
            if word:
                for name in of_word:
                    yield word, numbers, (name, agreement)  # type: ignore[misc]  # the three are agreements


def _is_good(matches: Iterable[Match]) -> bool:
    return any(level(match) <= _GOOD for match in matches)


def _is_worth_offering(match: Match) -> bool:
    """Return whether a match is more than a name that looks a little like some word of the text."""
    if match.agreement != "typo":
        return level(match) <= _WORTH_OFFERING
    is_long = match.letters > _SHORT_NAME or (match.house is not None and match.letters >= _SHORT_NAME - 1)
    return is_long and not match.unexplained and not match.contradicted


def _best_of_each_place(matches: Iterable[Match]) -> list[Match]:
    """Return the best match of each place and reading of its house, without those that a longer name explains."""
    ranked = sorted(matches, key=lambda match: (level(match), match.start - match.end))
    longer = {
        (match.start, match.end): match
        for match in reversed(ranked)
        if not match.name.numbers or match.house is not None or match.joined_number
    }
    kept: dict[int, Match] = {}
    for match in ranked:
        if match.place.id not in kept and not any(_explains(other, match) for other in longer.values()):
            kept[match.place.id] = match
    return list(kept.values())


def _explains(longer: Match, match: Match) -> bool:
    """Return whether a longer name holds a shorter one: Самал-2 is meant where Самал, 2 and a house stand."""
    is_longer = longer.end - longer.start > match.end - match.start
    is_inside = longer.start <= match.start and match.end <= longer.end
    return is_longer and is_inside and level(longer) <= level(match)


def _agreeing(matches: list[Match]) -> list[Match]:
    """Return the matches that agree best with kind word, microdistrict and district, in this order."""
    for accord in ("kind", "area", "district"):
        for wanted in ("agrees", "near"):
            best = [match for match in matches if getattr(match, accord) == wanted]
            if best:
                matches = best
                break
    return matches


def _in_named_district(candidates: list[Candidate]) -> list[Candidate]:
    """Return the houses in the district that the text names, where one number stands in several districts."""
    inside = [c for c in candidates if c.house is not None and c.house.district == c.match.named_district]
    return inside or candidates


def _is_sure(match: Match, meant: list[Match], likeliest: list[Match]) -> bool:
    """Return whether a match may be answered without asking."""
    if match.unexplained or match.contradicted or "conflicts" in (match.kind, match.district):
        return False
    is_alone = len({other.place.id for other in meant}) == 1
    if match.agreement == "part" and not is_alone:
        return False
    if match.agreement == "typo":
        letters = min(match.letters, sum(map(len, match.name.keys)))
        is_short = letters <= _SHORT_NAME or match.distance > allowed_errors(letters)
        names = {
            glued
            for other in likeliest
            for glued in ["".join(other.name.stems)]
            if other.place.id != match.place.id
        }
        if is_short or match.kind == "near" or names - _spellings(match.place, likeliest):
            return False
    return match.kind != "near" or len({other.place.id for other in likeliest}) == 1


def _spellings(place: Place, matches: Iterable[Match]) -> set[str]:
    return {"".join(match.name.stems) for match in matches if match.place.id == place.id}


def _remarks(match: Match) -> tuple[Remark, ...]:
    remarks: list[Remark] = []
    if match.name.is_old:
        remarks.append("old_name")
    if match.agreement == "typo":
        remarks.append("corrected")
    if match.kind == "near":
        remarks.append("other_kind")
    return tuple(remarks)


def _names_another_town(matches: list[Match], hints: Hints) -> bool:
    """Return whether the text is about another town, and no place of this city is named like the town."""
    if not hints.towns:
        return False
    if not matches or not _is_worth_offering(matches[0]):
        return True
    best = [match for match in matches if level(match) <= level(matches[0])]
    if any(match.area == "agrees" for match in best):
        return False
    if all(
        match.house is None and match.kind == "unsaid" and match.place.kind not in AREAS for match in best
    ):
        return True  # Каскелен alone is the town, not the street that is called after it
    return any(
        town.is_sure or all(not set(range(match.start, match.end)) & town.tokens for match in best)
        for town in hints.towns.values()
    )
