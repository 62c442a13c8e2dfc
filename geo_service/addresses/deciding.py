"""Rules that decide which places a text means, and whether to answer without asking."""

from __future__ import annotations

from collections.abc import Iterable

from geo_service.addresses.address import Candidate, Remark
from geo_service.addresses.hints import Hints
from geo_service.addresses.matches import AREAS, Match
from geo_service.addresses.scoring import level
from geo_service.addresses.typos import allowed_errors
from geo_service.campaign.model import Place

_GOOD = 2.2  # levels up to this need no further search
_WORTH_OFFERING = 5.0
_SHORT_NAME = 4  # letters; a name as short is never corrected without asking
_CLOSE = 0.15  # typing errors: names as close as this to the nearest are as likely


def is_good(matches: Iterable[Match]) -> bool:
    """Return whether a text has been understood: without words left over, and without typing errors."""
    return any(level(match) <= _GOOD for match in matches)


def is_worth_offering(match: Match) -> bool:
    """Return whether a match is more than a name that looks a little like some word of the text."""
    if match.agreement != "typo":
        return level(match) <= _WORTH_OFFERING
    is_long = match.letters > _SHORT_NAME or (match.house is not None and match.letters >= _SHORT_NAME - 1)
    return is_long and not match.unexplained and not match.contradicted


def best_of_each_place(matches: Iterable[Match]) -> list[Match]:
    """Return the best match of each place, without those that a longer name explains."""
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


def likeliest_of(matches: list[Match]) -> list[Match]:
    """Return the matches that are as near as the nearest; of names with typing errors, almost as near."""
    nearest = level(matches[0])
    margin = _CLOSE if matches[0].agreement == "typo" else 0.0
    return [match for match in matches if level(match) <= nearest + margin]


def formerly_called(meant: list[Match], matches: Iterable[Match]) -> list[Match]:
    """Return places that had the name before: without a house, nothing else says which one is meant."""
    return [
        match
        for match in matches
        if match not in meant and match.name.is_old and match.kind == meant[0].kind and level(match) <= _GOOD
    ]


def agreeing(matches: list[Match]) -> list[Match]:
    """Return the matches that agree best with kind word, microdistrict and district, in this order."""
    for accord in ("kind", "area", "district"):
        for wanted in ("agrees", "near"):
            best = [match for match in matches if getattr(match, accord) == wanted]
            if best:
                matches = best
                break
    return matches


def in_named_district(candidates: list[Candidate]) -> list[Candidate]:
    """Return the houses in the district that the text names, where one number stands in several districts."""
    inside = [c for c in candidates if c.house is not None and c.house.district == c.match.named_district]
    return inside or candidates


def is_sure(match: Match, meant: list[Match], likeliest: list[Match]) -> bool:
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


def remarks_on(match: Match) -> tuple[Remark, ...]:
    """Return what an answer must say of how the place was found."""
    remarks: list[Remark] = []
    if match.name.is_old:
        remarks.append("old_name")
    if match.agreement == "typo":
        remarks.append("corrected")
    if match.kind == "near":
        remarks.append("other_kind")
    return tuple(remarks)


def names_another_town(matches: list[Match], hints: Hints) -> bool:
    """Return whether the text is about another town, and no place of this city is named like the town."""
    if not hints.towns:
        return False
    if not matches or not is_worth_offering(matches[0]):
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
