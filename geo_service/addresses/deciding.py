"""Rules that decide which places a text means, and whether to answer without asking."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from geo_service.addresses.address import Candidate, Remark
from geo_service.addresses.hints import Hints
from geo_service.addresses.kinds import AREAS
from geo_service.addresses.matches import Match
from geo_service.campaign.model import Place

_GOOD = 2.2  # levels up to this need no further search
_WORTH_OFFERING = 5.0
_SHORT_NAME = 4  # letters; a name as short is never corrected without asking
_CLOSE = 0.25  # typing errors: names as close as this to the nearest are as likely


def is_good(matches: Iterable[Match]) -> bool:
    """Return whether a text has been understood: without words left over, and without typing errors."""
    return any(match.level <= _GOOD for match in matches)


def is_worth_offering(match: Match) -> bool:
    """Return whether a match is more than a name that looks a little like some word of the text."""
    if match.agreement != "typo":
        is_number = not match.name.words and (match.unexplained or match.kind == "conflicts")
        return match.level <= _WORTH_OFFERING and not is_number
    shortest = _SHORT_NAME + (1 if match.house is None else -1)
    return match.hit.letters >= shortest and not match.unexplained and not match.is_contradicted


def best_of_each_place(matches: Iterable[Match]) -> list[Match]:
    """Return the best match of each place, without those that a longer name explains."""
    ranked = sorted(matches, key=_rank)
    level_of_run: dict[tuple[int, int], float] = {}
    for match in ranked:
        if not match.name.numbers or match.house is not None or match.said.has_joined_number:
            level_of_run.setdefault(match.hit.run, match.level)
    explained_from = {run: _level_of_longer(run, level_of_run) for run in {match.hit.run for match in ranked}}
    kept: dict[int, Match] = {}
    for match in ranked:
        if match.level < explained_from[match.hit.run]:
            kept.setdefault(match.place.id, match)
    return list(kept.values())


def _level_of_longer(run: tuple[int, int], level_of_run: Mapping[tuple[int, int], float]) -> float:
    """Return the level of the nearest longer name around a run, which explains it up from that level.

    Самал-2 is meant where Самал, 2 and a house stand.
    """
    start, end = run
    around = (
        level
        for other, level in level_of_run.items()
        if other[0] <= start and end <= other[1] and other != run
    )
    return min(around, default=math.inf)


def _rank(match: Match) -> tuple[float, int, bool]:
    """Return what orders the matches of one place: the nearest, the longest, the one with a house."""
    return match.level, match.start - match.end, match.house is None


def likeliest_of(matches: list[Match]) -> list[Match]:
    """Return the matches that are as near as the nearest; of names with typing errors, almost as near."""
    nearest = matches[0].level
    margin = _CLOSE if matches[0].agreement == "typo" else 0.0
    likeliest = [match for match in matches if match.level <= nearest + margin]
    # Таусамалы is not Тау-Самал: in one language, what is as typed outranks what has another ending.
    as_typed = {match.name.language for match in likeliest if match.agreement == "exact"}
    # There is a Самал without number: the series is meant only if a street is all that is called so.
    has_area = any(m.agreement in {"exact", "ending"} and m.place.kind in AREAS for m in likeliest)
    left_out = {"series"} if has_area else set()
    return [
        match
        for match in likeliest
        if match.agreement not in left_out
        and (match.agreement != "ending" or match.name.language not in as_typed)
    ]


def formerly_called(meant: list[Match], matches: Iterable[Match]) -> list[Match]:
    """Return places that had the name before: without a house, nothing else says which one is meant."""
    return [
        match
        for match in matches
        if match not in meant
        and match.name.is_old
        and match.agreement in {"exact", "ending"}
        and match.kind == meant[0].kind
        and match.level <= _GOOD
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
    inside = [c for c in candidates if c.house is not None and c.house.district == c.match.said.district]
    return inside or candidates


def may_be_meant_too(match: Match, meant: list[Match]) -> bool:
    """Return whether a place may be meant that has the typed house, where those that are meant lack it."""
    if match in meant or match.unexplained or match.is_contradicted:
        return False
    has_area = any(m.agreement in {"exact", "ending"} and m.place.kind in AREAS for m in meant)
    return match.agreement != "series" or not has_area


def is_in_other_district(candidate: Candidate) -> bool:
    """Return whether a house lies in another district than the text names, where its street is in both."""
    match, house = candidate.match, candidate.house
    if house is None or match.district == "unsaid" or not house.district:
        return False
    return house.district != match.said.district


def is_sure(match: Match, meant: list[Match], likeliest: list[Match]) -> bool:
    """Return whether a match may be answered without asking."""
    is_doubtful = (
        match.unexplained or match.is_contradicted or match.said.has_unknown_area or match.has_lost_number
    )
    if is_doubtful or "conflicts" in (match.kind, match.district, match.area):
        return False
    is_alone = len({other.place.id for other in meant}) == 1
    if match.agreement == "series" or (match.agreement == "part" and not (is_alone and match.is_as_named)):
        return False
    if any(other.agreement == "series" for other in meant):
        return False
    if match.agreement == "typo" and not _is_sure_typo(match, likeliest):
        return False
    return match.kind != "near" or len({other.place.id for other in likeliest}) == 1


def _is_sure_typo(match: Match, likeliest: list[Match]) -> bool:
    """Return whether a name with a typing error can be no other: long, one error, not in its first letter."""
    letters = min(match.hit.letters, sum(map(len, match.name.keys)))
    is_far = match.hit.distance > 1 or not match.has_same_beginning
    if letters <= _SHORT_NAME or is_far or match.kind == "near" or match.name.is_old:
        return False
    others = {"".join(m.name.stems) for m in likeliest if m.place.id != match.place.id}
    return not others - _spellings(match.place, likeliest)


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
    best = [match for match in matches if match.level <= matches[0].level]
    if any(match.area == "agrees" for match in best):
        return False
    if all(
        match.house is None and match.kind == "unsaid" and match.place.kind not in AREAS for match in best
    ):
        return True  # Каскелен alone is the town, not the street that is called after it
    return any(
        town.is_sure
        or all(match.unexplained or not set(range(match.start, match.end)) & town.tokens for match in best)
        for town in hints.towns.values()
    )
