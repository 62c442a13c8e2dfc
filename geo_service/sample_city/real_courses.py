"""From named lines of a layer to streets: which lines are one street, under one name or several.

A layer has one street in pieces, some named in Kazakh and some in Russian. Pieces are one street if they are
of one kind and in one microdistrict, have one name (`name_key`), and lie near to one another; or if they
go on in line under names that differ by a letter. Nearness alone never makes one street of two names.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo_service.campaign.model import Names
from geo_service.sample_city.plan import Line, StreetPlan
from geo_service.sample_city.real_names import StreetName, differ_by_one_letter, name_key

_SAME_STREET_M = 400.0  # pieces of one name further apart are different streets
_CONTINUES_M = 100.0  # between the ends of two pieces whose names differ by a letter
_LONG_KEY = 6  # letters from which one differing letter may be a slip of the pen and not another name
_END_M = 150.0  # of a course, over which its direction at an end is taken
_LEAST_COSINE = 0.8  # of the turn from one piece to the next: 37 degrees


@dataclass(frozen=True, slots=True)
class _Course:
    """A street in the making: its key, the lines by name, and its course."""

    key: str
    lines: Mapping[StreetName, Sequence[BaseGeometry]]
    course: Line

    @property
    def name(self) -> StreetName:
        return next(iter(self.lines))


def street_plans(
    lines: Mapping[StreetName, Sequence[BaseGeometry]], main: Collection[StreetName]
) -> tuple[StreetPlan, ...]:
    """Return the streets that lines make up.

    Parameters
    ----------
    lines
        Lines in metres by the name that the layer gives them.
    main
        The names of main streets.

    Returns
    -------
    tuple of StreetPlan
        In a fixed order. A street has the spelling that most of its length has, in each language.
    """
    groups: dict[tuple[str, str, str], dict[StreetName, Sequence[BaseGeometry]]] = {}
    for name, parts in sorted(lines.items(), key=lambda item: repr(item[0])):
        if name.kind != "microdistrict":
            key = (name.kind, repr(name.within), name_key(name.names))
            groups.setdefault(key, {})[name] = parts
    courses = [course for key, group in groups.items() for course in _separate_courses(key[-1], group)]
    joined = sorted(_joined(courses), key=lambda item: (repr(item.name), item.course.wkb))
    return tuple(
        StreetPlan(
            item.name.kind,
            _names(item.lines),
            item.course,
            is_main=any(name in main for name in item.lines),
            within=item.name.within,
        )
        for item in joined
    )


def _separate_courses(key: str, lines: Mapping[StreetName, Sequence[BaseGeometry]]) -> Iterator[_Course]:
    """Yield the courses that lines of one key make up: those near to one another are one street."""
    # One line of the layer may have parts far from one another.
    pieces = {name: shapely.get_parts(of_name) for name, of_name in lines.items()}
    buffers = shapely.buffer(np.concatenate(list(pieces.values())), _SAME_STREET_M / 2, quad_segs=2)
    for zone in shapely.get_parts(shapely.union_all(buffers)):
        inside = {
            name: [piece for piece in of_name if shapely.intersects(zone, piece)]
            for name, of_name in pieces.items()
        }
        yield from _course(key, {name: of_name for name, of_name in inside.items() if of_name})


def _course(key: str, lines: Mapping[StreetName, Sequence[BaseGeometry]]) -> Iterator[_Course]:
    """Yield the course of lines; none if they have no length."""
    merged = shapely.line_merge(shapely.union_all([part for parts in lines.values() for part in parts]))
    pieces = [piece for piece in shapely.get_parts(merged) if piece.geom_type == "LineString"]
    if pieces:
        yield _Course(key, lines, pieces[0] if len(pieces) == 1 else shapely.MultiLineString(pieces))


def _joined(courses: Sequence[_Course]) -> list[_Course]:
    """Return courses, those joined that continue one another under names that differ by one letter."""
    first = list(range(len(courses)))
    for a, b in _misspelt_pairs(courses):
        low, high = sorted((first[a], first[b]))
        first = [low if position == high else position for position in first]
    result: list[_Course] = []
    for position in sorted(set(first)):
        group = [course for course, own in zip(courses, first, strict=True) if own == position]
        result.extend(group if len(group) == 1 else _course(group[0].key, _all_lines(group)))
    return result


def _all_lines(courses: Iterable[_Course]) -> dict[StreetName, list[BaseGeometry]]:
    lines: dict[StreetName, list[BaseGeometry]] = {}
    for course in courses:
        for name, parts in course.lines.items():
            lines.setdefault(name, []).extend(parts)
    return lines


def _misspelt_pairs(courses: Sequence[_Course]) -> list[tuple[int, int]]:
    """Return the positions of courses that continue one another under names that differ by one letter."""
    shapes = [course.course for course in courses]
    near = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=_CONTINUES_M)
    return [
        (a, b)
        for a, b in sorted(near.T.tolist())
        if a < b and _may_be_misspelt(courses[a], courses[b]) and _continue_each_other(shapes[a], shapes[b])
    ]


def _may_be_misspelt(one: _Course, other: _Course) -> bool:
    return (
        (one.name.kind, one.name.within) == (other.name.kind, other.name.within)
        and min(len(one.key), len(other.key)) >= _LONG_KEY
        and one.key != other.key
        and differ_by_one_letter(one.key, other.key)
    )


def _continue_each_other(one: Line, other: Line) -> bool:
    """Say whether an end of one course lies near an end of the other, which goes on in its direction."""
    return any(
        np.hypot(*(end - other_end)) <= _CONTINUES_M and np.dot(outward, other_outward) <= -_LEAST_COSINE
        for (end, outward), (other_end, other_outward) in itertools.product(_ends(one), _ends(other))
    )


def _ends(course: Line) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Yield the ends of the pieces of a course, each with the direction in which it leaves the piece."""
    for piece in shapely.get_parts(course):
        for end, inner in ((0.0, _END_M), (piece.length, max(piece.length - _END_M, 0.0))):
            corners = shapely.get_coordinates(shapely.line_interpolate_point(piece, [end, inner]))
            leaving = corners[0] - corners[1]
            length = np.hypot(*leaving)
            if length > 0:
                yield corners[0], leaving / length


def _names(lines: Mapping[StreetName, Sequence[BaseGeometry]]) -> Names:
    """Return the name in each language that most of the length of lines has."""
    lengths = {name.names: sum(part.length for part in parts) for name, parts in lines.items()}
    best = max(lengths, key=lambda names: (lengths[names], repr(names)))
    in_kazakh = {names: length for names, length in lengths.items() if names.kk}
    in_russian = {names: length for names, length in lengths.items() if names.ru}
    kk, ru = (
        max(spellings, key=lambda names: (spellings[names], repr(names)), default=best)
        for spellings in (in_kazakh, in_russian)
    )
    return Names(kk=kk.kk, ru=ru.ru)
