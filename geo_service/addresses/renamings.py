"""Old names of streets and microdistricts, and the places of a campaign that bear them now.

The pairs of a city are facts typed by hand with their sources, in ``facts/<city>_renamings.csv``. The place
of an old name is found by the name that it has now, so one file serves every campaign of the city, and layers
with names in one language too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import shapely

from boundaries.geodesy import degrees_for_metres
from geo_service.addresses.fact_files import fact_files, fact_rows
from geo_service.addresses.kinds import sources_exchange
from geo_service.addresses.letters import skeleton
from geo_service.campaign.model import Alias, AliasKind, Language, Names, Place, PlaceKind
from geo_service.errors import SourceError

_SUFFIX = "_renamings.csv"


@dataclass(frozen=True, slots=True)
class Renaming:
    """A name that a place no longer has, or has only in speech.

    Parameters
    ----------
    kind, names
        Of the place now; names are bare.
    districts
        Codes of the districts that the place may lie in; none if the source ties it to no district.
    within
        The microdistrict of the place, in Russian; None if the source names none.
    old_name, language
        The old name, bare, and its language.
    old_kind
        What the place was under that name, where it was another kind.
    alias_kind
        ``old``, or ``colloquial`` for a name that was never an official one.
    valid_from, valid_to
        ISO 8601, a year or a year and month alone too; None where no source gives one.
    source
        The pages that say so.
    """

    kind: PlaceKind
    names: Names
    districts: tuple[str, ...]
    within: str | None
    old_name: str
    language: Language
    old_kind: PlaceKind | None
    alias_kind: AliasKind
    valid_from: str | None
    valid_to: str | None
    source: str


def cities_with_renamings() -> tuple[str, ...]:
    """Return the cities whose renamings are known, ascending."""
    return tuple(name.removesuffix(_SUFFIX) for name in fact_files(_SUFFIX))


def read_renamings(city: str) -> tuple[Renaming, ...]:
    """Return the renamings of a city, in the order of their file.

    Parameters
    ----------
    city
        One of `cities_with_renamings`.

    Raises
    ------
    geo_service.errors.SourceError
        If no renamings of that city are known; the remedy lists the known ones.
    """
    known = cities_with_renamings()
    if city not in known:
        raise SourceError(f'No renamings of "{city}" are known.', f"Name one of: {', '.join(known)}.")
    return tuple(map(_renaming, fact_rows(city + _SUFFIX)))


def aliases_of(places: Iterable[Place], renamings: Iterable[Renaming]) -> list[Alias]:
    """Return the old names of places.

    Parameters
    ----------
    places
        Of one campaign of the city.
    renamings
        See `read_renamings`.

    Returns
    -------
    list of Alias
        In ascending order of place, name, language and kind, none twice. A renaming whose place is not
        among `places`, or is not certain, gives none.

    Notes
    -----
    A place fits that has the new name in Kazakh or Russian by `skeleton`, and:

    - *the renaming states a district*: lies there, and is of its kind or, if none is, of a kind that sources
      take for it. Of a person's name the surname alone will do where no place has the whole. If a
      microdistrict is stated as well, places in another one are out.
    - *it states none*: is of exactly its kind and in no microdistrict. Namesakes in former villages must not
      inherit the old names of the central street.

    Of several that fit, the longest course has the name: namesakes of a main street are shorter.
    Microdistricts have no length; where several fit, none has it.
    """
    book = _PlaceBook(places)
    found: dict[tuple[int, str, str, str], Alias] = {}
    for renaming in renamings:
        place = book.place_of(renaming)
        if place is not None:
            alias = Alias(
                place.id,
                renaming.old_name,
                renaming.language,
                renaming.alias_kind,
                renaming.valid_from,
                renaming.valid_to,
                renaming.source,
            )
            found.setdefault((alias.place, alias.name, alias.language, alias.kind), alias)
    return [found[key] for key in sorted(found)]


class _PlaceBook:
    """Places by the forms of their names."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._by_form: dict[str, list[Place]] = {}
        self._by_id: dict[int, Place] = {}
        for place in places:
            self._by_id[place.id] = place
            for form in _forms(place.names):
                self._by_form.setdefault(form, []).append(place)

    def place_of(self, renaming: Renaming) -> Place | None:
        """Return the one place that a renaming is about."""
        for forms in (_forms(renaming.names), _surnames(renaming)):
            fitting = self._fitting(renaming, forms)
            if fitting:
                return _longest(fitting)
        return None

    def _fitting(self, renaming: Renaming, forms: frozenset[str]) -> list[Place]:
        named = {place.id: place for form in forms for place in self._by_form.get(form, ())}
        there = [place for _, place in sorted(named.items()) if self._lies_there(place, renaming)]
        exact = [place for place in there if place.kind == renaming.kind]
        if exact or not renaming.districts:
            return exact
        return [place for place in there if sources_exchange(place.kind, renaming.kind)]

    def _lies_there(self, place: Place, renaming: Renaming) -> bool:
        microdistrict = None if place.within is None else self._by_id.get(place.within)
        if not renaming.districts:
            return microdistrict is None
        if not set(renaming.districts) & set(place.districts):
            return False
        # A layer need not know the microdistrict of every street.
        return (
            renaming.within is None
            or microdistrict is None
            or bool(_forms(Names(ru=renaming.within)) & _forms(microdistrict.names))
        )


def _forms(names: Names) -> frozenset[str]:
    """Return the forms that a place's names are compared by: hyphens and spaces are often exchanged."""
    return frozenset(skeleton(name).replace(" ", "") for name in (names.kk, names.ru) if name)


def _surnames(renaming: Renaming) -> frozenset[str]:
    """Return the forms of a person's surname, if the renaming is tied to a district and named after one.

    Russian has persons in the genitive, so that their names differ in the two languages; those of things do
    not.
    """
    names = [name for name in (renaming.names.kk, renaming.names.ru) if name]
    is_person = len({skeleton(name) for name in names}) > 1
    if not renaming.districts or not is_person:
        return frozenset()
    return frozenset(skeleton(name.split()[-1]) for name in names)


def _longest(places: Sequence[Place]) -> Place | None:
    """Return the place with the longest course, the first of equals; None if several have no length."""
    if len(places) == 1:
        return places[0]
    longest = max(places, key=_length_m)
    return longest if _length_m(longest) > 0 else None


def _length_m(place: Place) -> float:
    """Return the length of a place's course, good to 1 % within a city."""
    if place.geometry is None or place.geometry.is_empty:
        return 0.0
    degrees = degrees_for_metres(1.0, place.geometry.centroid.y)
    length: float = shapely.transform(place.geometry, lambda course: course / np.array(degrees)).length
    return length


def _renaming(row: Mapping[str, str]) -> Renaming:
    return Renaming(
        cast("PlaceKind", row["kind"]),
        Names(kk=row["name_kk"], ru=row["name_ru"]),
        tuple(row["district"].split()),
        row["within"] or None,
        row["old_name"],
        cast("Language", row["language"]),
        cast("PlaceKind | None", row["old_kind"] or None),
        cast("AliasKind", row["alias_kind"]),
        row["valid_from"] or None,
        row["valid_to"] or None,
        row["source"],
    )
