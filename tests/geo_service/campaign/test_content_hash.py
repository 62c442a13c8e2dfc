"""The content hash: the same for the same content, another for any other."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_service.campaign.content_hash import content_hash, findings_hash
from geo_service.campaign.file import open_campaign, write_campaign
from geo_service.campaign.model import Accessibility, Campaign, Finding
from geo_service.campaign.schema import LAYERS

LAYER_NAMES = [layer.name for layer in LAYERS]


def _other(value: Any) -> Any:
    """Return a value of the same kind that is not this one."""
    if isinstance(value, shapely.Geometry):
        return shapely.transform(value, lambda points: points + np.array([1e-7, 0.0]))
    if isinstance(value, Accessibility):
        return dataclasses.replace(value, lift="yes" if value.lift != "yes" else "no")
    if dataclasses.is_dataclass(value):
        first = dataclasses.fields(value)[0].name
        return dataclasses.replace(value, **{first: _other(getattr(value, first))})
    others = {
        type(None): lambda: "?",
        bool: lambda: not value,
        int: lambda: value + 1,
        float: lambda: value + 1e-7,
        str: lambda: value + "?",
        tuple: lambda: value[1:] if any(map(dataclasses.is_dataclass, value)) else (*value, "another"),
        dict: lambda: {**value, "another": "x"},
    }
    return others[type(value)]()


def _fields() -> list[tuple[str, str]]:
    """Every field of every row, and of the facts of the campaign."""
    owners = {"info": "CampaignInfo", **dict.fromkeys(LAYER_NAMES)}
    model = {field.name: field for field in dataclasses.fields(Campaign)}
    assert {*owners, "amendments"} == set(model)  # for those see the tests of amendments
    return [(name, field) for name in owners for field in _names_of_fields(name)]


def _names_of_fields(name: str) -> list[str]:
    from geo_service.campaign import model  # noqa: PLC0415 - the classes by the names of the layers

    kinds = {"info": "CampaignInfo", "aliases": "Alias"}
    return [
        field.name for field in dataclasses.fields(getattr(model, kinds.get(name, name[:-1].capitalize())))
    ]


@pytest.mark.parametrize(("layer", "field"), _fields())
def test_any_changed_field_changes_the_hash(small_campaign, layer, field):
    items = getattr(small_campaign, layer)
    rows = [items] if layer == "info" else list(items)
    before = content_hash(small_campaign)

    for position, row in enumerate(rows):
        value = getattr(row, field)
        if value is None and field in {"lon", "lat", "geometry"}:
            continue
        changed = dataclasses.replace(row, **{field: _other(value)})
        every = changed if layer == "info" else (*rows[:position], changed, *rows[position + 1 :])

        assert content_hash(dataclasses.replace(small_campaign, **{layer: every})) != before


@pytest.mark.parametrize("access", [field.name for field in dataclasses.fields(Accessibility)])
def test_any_changed_accessibility_changes_the_hash(small_campaign, access):
    first = small_campaign.stations[0]
    swapped = "no" if getattr(first.accessibility, access) == "yes" else "yes"
    changed = dataclasses.replace(
        first, accessibility=dataclasses.replace(first.accessibility, **{access: swapped})
    )

    other = dataclasses.replace(small_campaign, stations=(changed, *small_campaign.stations[1:]))

    assert content_hash(other) != content_hash(small_campaign)


@pytest.mark.parametrize("layer", LAYER_NAMES)
def test_a_missing_or_a_repeated_row_changes_the_hash(small_campaign, layer):
    rows = getattr(small_campaign, layer)

    hashes = {
        content_hash(dataclasses.replace(small_campaign, **{layer: changed}))
        for changed in (rows, rows[1:], (*rows, rows[0]), ())
    }

    assert len(hashes) == 4


@pytest.mark.parametrize("layer", ["stations", "houses"])
def test_a_lost_point_changes_the_hash(small_campaign, layer):
    rows = getattr(small_campaign, layer)
    lost = dataclasses.replace(rows[0], lon=None, lat=None)

    other = dataclasses.replace(small_campaign, **{layer: (lost, *rows[1:])})

    assert content_hash(other) != content_hash(small_campaign)


@settings(max_examples=20)
@given(random=st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(small_campaign, random):
    shuffled = {
        name: tuple(random.sample(rows := getattr(small_campaign, name), len(rows))) for name in LAYER_NAMES
    }

    assert content_hash(dataclasses.replace(small_campaign, **shuffled)) == content_hash(small_campaign)


def _redrawn(geometry: shapely.MultiPolygon, start: int, *, reverse: bool) -> shapely.MultiPolygon:
    def ring(points: shapely.LinearRing) -> list[tuple[float, float]]:
        corners = list(points.coords)[:-1]
        turned = corners[start % len(corners) :] + corners[: start % len(corners)]
        return turned[::-1] if reverse else turned

    parts = [shapely.Polygon(ring(p.exterior), [ring(hole) for hole in p.interiors]) for p in geometry.geoms]
    return shapely.MultiPolygon(parts[::-1])


@settings(max_examples=20)
@given(start=st.integers(0, 20), reverse=st.booleans())
def test_start_and_direction_of_rings_and_order_of_parts_do_not_matter(small_campaign, start, reverse):
    redrawn = tuple(
        dataclasses.replace(item, geometry=_redrawn(item.geometry, start, reverse=reverse))
        for item in small_campaign.precincts
    )

    other = dataclasses.replace(small_campaign, precincts=redrawn)

    assert content_hash(other) == content_hash(small_campaign)


@pytest.mark.parametrize(
    ("single", "multi"),
    [
        (shapely.Point(76.9, 43.2), shapely.MultiPoint([(76.9, 43.2)])),
        (
            shapely.LineString([(76.9, 43.2), (76.91, 43.2)]),
            shapely.MultiLineString([[(76.9, 43.2), (76.91, 43.2)]]),
        ),
        (
            shapely.box(76.9, 43.2, 76.91, 43.21),
            shapely.MultiPolygon([shapely.box(76.9, 43.2, 76.91, 43.21)]),
        ),
    ],
    ids=["point", "line", "polygon"],
)
def test_a_multi_geometry_of_one_part_is_that_part(small_campaign, single, multi):
    hashes = {
        content_hash(
            dataclasses.replace(
                small_campaign,
                places=(dataclasses.replace(small_campaign.places[0], geometry=geometry),),
            )
        )
        for geometry in (single, multi)
    }

    assert len(hashes) == 1


def test_a_second_part_changes_the_hash(small_campaign):
    line = [(76.9, 43.2), (76.91, 43.2)]
    hashes = {
        content_hash(
            dataclasses.replace(
                small_campaign,
                places=(
                    dataclasses.replace(small_campaign.places[0], geometry=shapely.MultiLineString(lines)),
                ),
            )
        )
        for lines in ([line], [line, line])
    }

    assert len(hashes) == 2


def test_less_than_half_a_unit_does_not_matter(small_campaign):
    moved = tuple(
        dataclasses.replace(
            item, geometry=shapely.transform(item.geometry, lambda points: points + np.array([4e-8, -4e-8]))
        )
        for item in small_campaign.precincts
    )

    other = dataclasses.replace(small_campaign, precincts=moved)

    assert content_hash(other) == content_hash(small_campaign)


def test_zero_has_no_sign(small_campaign):
    def with_point(lon: float) -> Campaign:
        place = dataclasses.replace(small_campaign.places[3], geometry=shapely.Point(lon, 43.0))
        return dataclasses.replace(small_campaign, places=(place,))

    assert content_hash(with_point(0.0)) == content_hash(with_point(-0.0)) == content_hash(with_point(-1e-9))


def test_findings_and_index_do_not_matter(small_campaign, tmp_path):
    plain = write_campaign(tmp_path / "plain.gpkg", small_campaign)
    noted = write_campaign(tmp_path / "noted.gpkg", small_campaign, findings=[Finding("x", "warning")])

    assert plain == noted == content_hash(small_campaign)


def test_what_is_read_back_has_the_same_hash(small_campaign, tmp_path):
    write_campaign(tmp_path / "a.gpkg", small_campaign)

    again = write_campaign(tmp_path / "b.gpkg", open_campaign(tmp_path / "a.gpkg").campaign)

    assert again == content_hash(small_campaign)


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(Finding)])
def test_any_changed_field_of_a_finding_changes_the_hash_of_findings(field):
    finding = Finding("code", "warning", 5, "file.csv", "row 2", "number", {"a": 1})

    changed = dataclasses.replace(finding, **{field: _other(getattr(finding, field))})

    assert findings_hash([changed]) != findings_hash([finding])


def test_order_of_findings_matters():
    first, second = Finding("a", "warning"), Finding("b", "warning")

    assert findings_hash([first, second]) != findings_hash([second, first])
