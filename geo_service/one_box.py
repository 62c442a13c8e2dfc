"""The one box: from whatever somebody typed to an answer.

An address, a position or a map link, a precinct's number, a station's name. A personal number is recognised
and never searched. The order of evidence for an address: the house list, then the polygon of its point.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from boundaries.precincts import DECIMALS
from geo_service.addresses.address import Address, Candidate
from geo_service.addresses.house_choice import is_house_alone
from geo_service.addresses.map_links import is_short_link, map_links, without_map_links
from geo_service.addresses.matches import Match
from geo_service.addresses.personal_number import holds_personal_number
from geo_service.addresses.search import AddressSearch
from geo_service.addresses.station_names import StationNames
from geo_service.addresses.suggest import Suggestion, Suggestions
from geo_service.addresses.tokens import read_tokens
from geo_service.addresses.typed_position import typed_position
from geo_service.addresses.typed_precinct import typed_precinct
from geo_service.campaign.model import House, Language, Place
from geo_service.errors import QueryError
from geo_service.notes import Note, PlaceText
from geo_service.place_labels import PlaceLabels
from geo_service.resolution import (
    CandidateAnswer,
    MatchedAlias,
    PlaceAnswer,
    PrecinctAnswer,
    Resolution,
    Status,
)

if TYPE_CHECKING:
    from geo_service.finder import Finder

_MOST_NAMED = 3  # places named in a remark
_MOST_CANDIDATES = 12
_BEGINS_WITH_NUMBER = re.compile(r"[\W_]*\d")


class OneBox:
    """Answers what somebody typed, from one campaign. Safe to use from several threads at once.

    Parameters
    ----------
    finder
        Knows precincts, stations and polygons of the campaign.
    """

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._places = {place.id: place for place in finder.campaign.places}
        self.addresses = AddressSearch(finder.campaign)
        self.labels = PlaceLabels(finder.campaign)
        self.suggestions = Suggestions(self.addresses, self.labels)
        self._stations = StationNames(finder.campaign.stations)

    def answer(
        self, text: str, *, district: str | None, language: Language, place: int | None, explain: bool
    ) -> Resolution:
        """Return the answer to a text; see `Finder.by_address`."""
        if district is not None and district not in self._districts:
            raise QueryError(
                "There is no such district.",
                f"Give a code: {', '.join(sorted(self._districts))}.",
                field="district",
            )
        if holds_personal_number(without_map_links(text)):
            return self._answer(language, explain=explain).plain("personal_number", Note("personal_number"))
        answer = self._answer(language, explain=explain)
        chosen = None if place is None else self._place(place)
        is_house = chosen is not None and is_house_alone(read_tokens(text))
        other = self._answer_position(text, answer) or (
            None if is_house else self._answer_number(text, answer)
        )
        return other or self._answer_address(text, district, chosen, answer)

    def suggest(
        self, prefix: str, *, language: Language | None, place: int | None, limit: int
    ) -> tuple[Suggestion, ...]:
        """Return how a text may go on; see `Finder.suggest`."""
        if holds_personal_number(prefix):
            return ()
        if place is not None:
            return self.suggestions.houses(self._place(place), prefix, language=language, limit=limit)
        return self.suggestions.of(prefix, language=language, limit=limit)

    @property
    def _districts(self) -> set[str]:
        return {district.code for district in self._finder.campaign.districts}

    def _answer(self, language: Language, *, explain: bool) -> _Answer:
        return _Answer(self._finder, self.addresses, self.labels, language, explain)

    def _answer_position(self, text: str, answer: _Answer) -> Resolution | None:
        """Return the answer to a position or a map link; None if the text is neither."""
        position = typed_position(text, self._finder.bounds)
        if position is not None:
            return answer.at(position.lon, position.lat, exchanged=position.exchanged)
        if map_links(text):
            return answer.plain("not_found", Note("short_link" if is_short_link(text) else "not_found"))
        return None

    def _answer_number(self, text: str, answer: _Answer) -> Resolution | None:
        """Return the answer to a precinct's number; None if the text is none."""
        number = typed_precinct(text)
        return None if number is None else answer.of_precinct(number)

    def _answer_address(
        self, text: str, district: str | None, place: Place | None, answer: _Answer
    ) -> Resolution:
        address = self.addresses.find(text, district=district, place=place)
        # A kind word says that it is an address: улица Мектеп 5, not the school.
        says_kind = address.match is not None and address.match.kind == "agrees"
        buildings = () if says_kind else self._stations.matching(text)
        if not buildings:
            return answer.of_address(address)
        # 155 мектеп is a school; Мектеп, 155 may as well be the street of that name.
        may_be_street = not _BEGINS_WITH_NUMBER.match(text)
        return answer.of_stations(buildings, address.named() if may_be_street else ())

    def _place(self, place: int) -> Place:
        found = self._places.get(place)
        if found is None:
            raise QueryError(
                "There is no such place.", "Take the id of a candidate or suggestion.", field="place"
            )
        return found


@dataclass(frozen=True, slots=True)
class _Answer:
    """Makes one answer."""

    finder: Finder
    addresses: AddressSearch
    labels: PlaceLabels
    language: Language
    explain: bool

    def plain(self, status: Status, *notes: Note) -> Resolution:
        """Return an answer without place and precinct."""
        return self._resolution(status, notes=notes)

    def at(self, lon: float, lat: float, *, exchanged: bool) -> Resolution:
        """Return the answer for a position, degrees."""
        # No more digits than the map has: somebody may have typed something else behind the point.
        remarks = [Note("axes_exchanged")] if exchanged else []
        found = self.finder.by_point(round(lon, DECIMALS), round(lat, DECIMALS), remarks)
        return dataclasses.replace(found, language=self.language)

    def of_precinct(self, number: int) -> Resolution:
        """Return what is known of a precinct that was asked for by its number."""
        precinct = self.finder.campaign.precincts_by_number.get(number)
        if precinct is None:
            return self._resolution("not_found", notes=(Note("precinct_number_unknown"),))
        return dataclasses.replace(self.finder.of_precinct(precinct), language=self.language)

    def of_stations(self, buildings: Sequence[Sequence[int]], places: Sequence[Candidate]) -> Resolution:
        """Return the precincts that vote in the buildings of a name, with the places that it may be, too."""
        numbers = [number for building in buildings for number in building]
        if len(numbers) == 1 and not places:
            return self.of_precinct(numbers[0])
        campaign = self.finder.campaign
        candidates = tuple(
            CandidateAnswer(
                precinct=PrecinctAnswer(
                    campaign.precincts_by_number[number],
                    campaign.stations_by_precinct.get(number),
                    campaign.info.is_sample,
                )
            )
            for number in numbers[:_MOST_CANDIDATES]
        )
        return self._resolution(
            "ambiguous",
            candidates=(*map(self._candidate, places), *candidates)[:_MOST_CANDIDATES],
            notes=(Note("choose_precinct"),),
        )

    def of_address(self, address: Address) -> Resolution:
        """Return the answer for an address."""
        if address.status == "found" and address.place is not None and address.house is not None:
            return self._at_house(address, address.place, address.house)
        if address.place is not None:
            return self._at_place(address, address.place)
        note = {
            "ambiguous": Note("close_names" if _is_guess(address) else "choose_address"),
            "house_unknown": Note("house_unknown"),
            "outside": Note("other_town", {"city": self.finder.campaign.info.city}),
        }.get(address.status, Note("not_found"))
        offered = address.candidates[:_MOST_CANDIDATES]
        close = [Note("close_names")] if offered and address.status in {"not_found", "outside"} else []
        more = [Note("more_candidates")] if len(address.candidates) > len(offered) else []
        return self._resolution(
            address.status, candidates=tuple(map(self._candidate, offered)), notes=(note, *close, *more)
        )

    def _at_house(self, address: Address, place: Place, house: House) -> Resolution:
        return dataclasses.replace(
            self.finder.of_house(house, self._remarks(address)),
            place=PlaceAnswer(self.labels, place, house),
            matched_alias=_alias(address.match),
            candidates=self._explained(address),
            language=self.language,
        )

    def _at_place(self, address: Address, place: Place) -> Resolution:
        """Return the answer for a place without its house; with its precinct if all houses have the same."""
        house = self.addresses.houses.one_for_all(place.id)
        precinct = None if house is None else self.finder.territorial(house.precinct)
        remarks = [
            *self._remarks(address),
            Note("house_missing" if address.status == "street_only" else "house_unknown"),
        ]
        if precinct is None:
            answer = self._resolution(address.status, notes=remarks)
        else:
            answer = dataclasses.replace(
                self.finder.of_precinct(
                    precinct,
                    [*remarks, Note("whole_place")],
                    authority=(house and house.authority) or "official_list",
                ),
                status=address.status,
                method="house_list",
                language=self.language,
            )
        return dataclasses.replace(
            answer,
            place=PlaceAnswer(self.labels, place),
            matched_alias=_alias(address.match),
            candidates=tuple(map(self._candidate, address.candidates)),
        )

    def _remarks(self, address: Address) -> list[Note]:
        if address.place is None or address.match is None:
            return []
        labels, place = self.labels, address.place
        here = PlaceText(labels, ((place, None),), is_apart=False)
        notes = []
        for remark in address.remarks:
            if remark == "old_name":
                notes.append(Note("old_name", {"place": here}))
            elif remark == "corrected":
                notes.append(Note("corrected_name", {"place": here}))
            elif remark == "other_kind":
                notes.append(Note("other_kind", {"place": here}))
            elif remark == "house_form" and address.house is not None:
                notes.append(Note("house_written_as", {"house": address.house.number}))
            else:
                others = {c.place.id: c.place for c in address.considered if c.place.id != place.id}
                named = tuple((other, None) for other in list(others.values())[:_MOST_NAMED])
                notes.append(Note("other_places", {"places": PlaceText(labels, named)}))
        return notes

    def _candidate(self, candidate: Candidate) -> CandidateAnswer:
        return CandidateAnswer(
            PlaceAnswer(self.labels, candidate.place, candidate.house),
            _alias(candidate.match),
            score=self.addresses.score(candidate) if self.explain else None,
        )

    def _explained(self, address: Address) -> tuple[CandidateAnswer, ...]:
        return tuple(map(self._candidate, address.considered)) if self.explain else ()

    def _resolution(
        self,
        status: Status,
        *,
        candidates: tuple[CandidateAnswer, ...] = (),
        notes: Sequence[Note] = (),
    ) -> Resolution:
        return Resolution(
            status,
            self.finder.reference,
            candidates=candidates,
            notes=(*self.finder.notes.always(), *notes),
            language=self.language,
        )


def _is_guess(address: Address) -> bool:
    """Return whether nothing that is offered was typed as it is: one may be meant, or none."""
    is_typo = all(candidate.match.agreement == "typo" for candidate in address.candidates)
    return is_typo or len(address.candidates) == 1


def _alias(match: Match | None) -> MatchedAlias | None:
    alias = None if match is None else match.name.alias
    return None if alias is None else MatchedAlias(alias.name, alias.kind)
