"""TopoJSON of the precincts: faithful, shared, labelled."""

from __future__ import annotations

import shapely
from shapely import MultiPolygon, Polygon

from geo_service.campaign.model import Campaign
from geo_service.served.render_map import map_content
from maps.model import MapPrecinct
from maps.topojson_layer import precinct_topology


def decoded_arcs(topology: dict) -> list[list[tuple[float, float]]]:
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        positions = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            positions.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        arcs.append(positions)
    return arcs


def decoded(geometry: dict, arcs: list) -> MultiPolygon:
    def ring(indexes: list[int]) -> list[tuple[float, float]]:
        return [p for i in indexes for p in (arcs[i] if i >= 0 else arcs[~i][::-1])]

    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return MultiPolygon([Polygon(ring(rings[0]), [ring(hole) for hole in rings[1:]]) for rings in polygons])


def test_decoded_polygons_are_the_precincts_to_within_a_metre(small_campaign: Campaign):
    content = map_content(small_campaign)

    topology = precinct_topology(content.precincts)

    arcs = decoded_arcs(topology)
    for precinct, geometry in zip(
        content.precincts, topology["objects"]["precincts"]["geometries"], strict=True
    ):
        assert geometry["properties"]["number"] == precinct.number
        assert decoded(geometry, arcs).hausdorff_distance(precinct.geometry) < 1e-5


def test_a_shared_border_is_sent_once():
    squares = [shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)]
    precincts = [MapPrecinct(n, "territorial", "a", MultiPolygon([p])) for n, p in enumerate(squares, 1)]

    topology = precinct_topology(precincts)

    first, second = (
        {index if index >= 0 else ~index for polygon in g["arcs"] for ring in polygon for index in ring}
        for g in topology["objects"]["precincts"]["geometries"]
    )
    assert len(first & second) == 1


def test_labels_lie_inside_with_the_room_they_claim(small_campaign: Campaign):
    content = map_content(small_campaign)

    topology = precinct_topology(content.precincts)

    for precinct, geometry in zip(
        content.precincts, topology["objects"]["precincts"]["geometries"], strict=True
    ):
        label, room = shapely.Point(geometry["properties"]["label"]), geometry["properties"]["room"]
        assert precinct.geometry.contains(label)
        # A degree of longitude is the shorter one, so metres by latitude never promise too much.
        assert precinct.geometry.boundary.distance(label) * 111_000 >= room * 0.98


def test_a_campaign_without_polygons_is_an_empty_topology():
    assert precinct_topology([])["objects"]["precincts"]["geometries"] == []
