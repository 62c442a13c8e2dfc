"""Decide which of several streets of one name a list means, where something leaves no doubt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from geo_service.campaign.model import Place
from geo_service.house_lists.house_terms import Caught
from geo_service.house_lists.listed_cells import Evidence
from geo_service.house_lists.neighbourhood import Neighbourhood, Points

#: Metres: the houses of the street that is meant are as near as this to the precinct's others, those of its
#: namesakes are this far away at least, and so many times as far.
BESIDE_M, APART_M, TIMES = 200.0, 400.0, 5.0
_MOSTLY = 0.5


@dataclass(frozen=True)
class Contender:
    """A street that may be meant, with the houses that a cell would catch there.

    Parameters
    ----------
    place, caught
        The street and its houses.
    points
        Longitudes and latitudes of those that have a position, shape ``(n, 2)``.
    """

    place: Place
    caught: Caught
    points: Points

    @property
    def is_complete(self) -> bool:
        """Whether the street has all houses that are named, and some in every range."""
        return bool(self.caught.houses) and not self.caught.missing and not self.caught.empty

    @property
    def lacks_most(self) -> bool:
        """Whether the street lacks half or more of the houses that are named."""
        return len(self.caught.missing) >= len(self.caught.houses)


def decide(
    contenders: Sequence[Contender],
    precinct: int,
    neighbourhood: Neighbourhood,
    taken: Collection[tuple[int, str]] = (),
) -> tuple[Contender, Evidence] | None:
    """Return the street that is meant and what says so; None if there is a doubt.

    Parameters
    ----------
    contenders
        The namesakes.
    precinct
        That the list gives the houses to.
    neighbourhood
        Where the houses of the precinct are that are beyond doubt.
    taken
        Houses that the list gives to other precincts, by place and canonical number.

    Notes
    -----
    In this order: the only one that has the houses at all; the only one whose houses are in the precinct's
    polygon or surroundings, with all others elsewhere; the only one near, with the others several times as
    far; the only one that has all houses, where the others lack most; the only one whose houses the list
    gives to nobody else.
    """
    having = [contender for contender in contenders if contender.caught.houses]
    if not having:
        return None
    rest = [contender for contender in having if not contender.lacks_most]
    if len(contenders) > 1 and len(having) == len(rest) == 1 and having[0].is_complete:
        is_named = set(having[0].caught.houses.values()) == {"named"}
        if is_named and neighbourhood.judge(precinct, having[0].points) != "elsewhere":
            return having[0], "houses"
    return (
        _by_place(having, precinct, neighbourhood)
        or _by_houses(having, precinct, neighbourhood)
        or (_by_others(having, precinct, neighbourhood, taken) if taken else None)
    )


def _by_place(
    having: Sequence[Contender], precinct: int, neighbourhood: Neighbourhood
) -> tuple[Contender, Evidence] | None:
    judged = [neighbourhood.judge(precinct, contender.points) for contender in having]
    here = [one for one, judgement in zip(having, judged, strict=True) if judgement == "here"]
    if len(here) == 1 and judged.count("elsewhere") == len(having) - 1:
        return here[0], "surroundings"
    if len(having) > 1 and all(neighbourhood.is_known(precinct) and len(one.points) for one in having):
        ranked = sorted(
            (neighbourhood.distance_m(precinct, one.points), position) for position, one in enumerate(having)
        )
        (nearest, position), (second, _) = ranked[:2]
        if nearest <= BESIDE_M and second >= max(APART_M, TIMES * nearest):
            return having[position], "surroundings"
    return None


def _by_houses(
    having: Sequence[Contender], precinct: int, neighbourhood: Neighbourhood
) -> tuple[Contender, Evidence] | None:
    complete = [one for one in having if one.is_complete]
    if len(having) < 2 or len(complete) != 1:  # noqa: PLR2004 - one alone is no namesake
        return None
    others_lack = all(one.lacks_most for one in having if one is not complete[0])
    if others_lack and neighbourhood.judge(precinct, complete[0].points) == "here":
        return complete[0], "houses"
    return None


def _by_others(
    having: Sequence[Contender],
    precinct: int,
    neighbourhood: Neighbourhood,
    taken: Collection[tuple[int, str]],
) -> tuple[Contender, Evidence] | None:
    shares = [
        sum((one.place.id, number) in taken for number in one.caught.houses) / len(one.caught.houses)
        for one in having
    ]
    free = [one for one, share in zip(having, shares, strict=True) if share == 0]
    if (
        len(free) != 1
        or not all(share == 0 or share >= _MOSTLY for share in shares)
        or not free[0].is_complete
    ):
        return None
    is_here = neighbourhood.judge(precinct, free[0].points) == "here"
    return (free[0], "houses") if is_here and len(having) > 1 else None


def share_out(
    contenders: Sequence[Contender],
    count: int,
    precinct: int,
    neighbourhood: Neighbourhood,
    taken: Collection[tuple[int, str]],
) -> Sequence[Contender]:
    """Return the streets that equal cells of one precinct mean, one each; none if there is a doubt.

    Parameters
    ----------
    contenders
        The namesakes.
    count
        Number of cells of the precinct that say the same.
    precinct, neighbourhood, taken
        See `decide`.

    Notes
    -----
    Two streets of one name may lie side by side in one precinct, which then names the same house twice. So
    it is only if as many streets as cells have the house, all of them in the precinct's surroundings, and
    the list gives it to nobody else.
    """
    here = [
        one
        for one in contenders
        if one.is_complete
        and not any((one.place.id, number) in taken for number in one.caught.houses)
        and neighbourhood.judge(precinct, one.points) == "here"
    ]
    return here if len(here) == count and count > 1 else ()
