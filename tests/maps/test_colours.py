"""Colours: hues by district, tints by neighbourhood, contrast."""

from __future__ import annotations

import itertools

import pytest
import shapely
from shapely import MultiPolygon

from maps.colours import HUES, TINTS, hues_by_district, tints
from maps.model import MapPrecinct

LIGHT_GROUND, DARK_GROUND = "#eef1ee", "#1b262d"


def cell(number: int, column: int, row: int, *, kind="territorial", district="almaly") -> MapPrecinct:
    return MapPrecinct(number, kind, district, MultiPolygon([shapely.box(column, row, column + 1, row + 1)]))


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    darker, lighter = sorted([luminance(first), luminance(second)])
    return (lighter + 0.05) / (darker + 0.05)


def test_neighbours_of_one_district_differ_in_tint():
    precincts = [cell(10 * row + column, column, row) for row in range(6) for column in range(6)]

    found = tints(precincts)

    for first, second in itertools.combinations(precincts, 2):
        if first.geometry.intersection(second.geometry).length > 0:
            assert found[first.number] != found[second.number]


def test_tints_do_not_depend_on_the_order_of_the_precincts():
    precincts = [cell(10 * row + column, column, row) for row in range(4) for column in range(4)]

    assert tints(precincts) == tints(reversed(precincts))


def test_special_precincts_have_no_tint():
    assert set(tints([cell(1, 0, 0), cell(900, 0, 0, kind="special")])) == {1}


def test_four_precincts_that_all_touch_still_get_tints():
    middle = MultiPolygon([shapely.box(1, 1, 2, 2)])
    around = shapely.box(0, 0, 3, 3).difference(shapely.box(1, 1, 2, 2))
    thirds = [
        shapely.Polygon([(1.5, 1.5), a, b])
        for a, b in itertools.pairwise([(-9, -9), (20, -9), (0, 30), (-9, -9)])
    ]
    precincts = [MapPrecinct(0, "territorial", "almaly", middle)] + [
        MapPrecinct(number, "territorial", "almaly", MultiPolygon([around.intersection(third)]))
        for number, third in enumerate(thirds, 1)
    ]

    found = tints(precincts)

    assert set(found.values()) == set(range(TINTS))


def test_more_districts_than_hues_start_again():
    codes = [f"d{number}" for number in range(len(HUES) + 1)]

    hues = hues_by_district(codes)

    assert hues["d0"] == hues[codes[-1]]
    assert hues["d0"] != hues["d1"]


@pytest.mark.parametrize("hue", HUES, ids=lambda hue: hue.fill)
def test_borders_can_be_seen_on_their_ground(hue):
    assert contrast(hue.line, LIGHT_GROUND) >= 3
    assert contrast(hue.dark, DARK_GROUND) >= 3
