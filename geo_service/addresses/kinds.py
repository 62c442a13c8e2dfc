"""Which kinds of places people take for one another."""

from __future__ import annotations

from typing import Literal

from geo_service.campaign.model import PlaceKind

#: Kinds of places that have houses or streets of their own inside.
AREAS: frozenset[PlaceKind] = frozenset({"microdistrict", "complex", "settlement"})
_STREETS: frozenset[PlaceKind] = frozenset({"street", "avenue", "boulevard", "highway"})
_QUARTERS: frozenset[PlaceKind] = frozenset({"microdistrict", "settlement"})

#: How a word in the text and a place agree; ``near`` of kinds that people take for one another.
Accord = Literal["agrees", "near", "conflicts", "unsaid"]


def people_exchange(kind: PlaceKind, other: PlaceKind) -> bool:
    """Return whether people take one kind for the other, as they call an avenue a street."""
    return kind == other or {kind, other} <= _STREETS


def sources_exchange(kind: PlaceKind, other: PlaceKind) -> bool:
    """Return whether sources differ on which of two kinds a place is."""
    return people_exchange(kind, other) or {kind, other} <= _QUARTERS


def kind_accord(said: PlaceKind | None, kind: PlaceKind, *, is_old: bool = False) -> Accord:
    """Return how the kind that a text says and a place's kind agree.

    Parameters
    ----------
    said
        None if the text says none.
    kind
        Of the place now. Under an old name it may have been another: улица Фурманова, now an avenue.
    is_old
        Whether the text has the place's old name.
    """
    if said is None or (is_old and people_exchange(said, kind)):
        return "unsaid"
    if kind in (said, "other") or {said, kind} <= _QUARTERS:
        return "agrees"
    return "near" if people_exchange(said, kind) else "conflicts"
