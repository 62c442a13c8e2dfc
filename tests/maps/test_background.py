"""The map's own background: faithful, and named in each language."""

from __future__ import annotations

import pytest
import shapely
from shapely import LineString, MultiLineString, MultiPolygon

from geo_service.campaign.model import LANGUAGES, Campaign
from geo_service.served.render_map import map_content
from maps.background import background, roomiest
from maps.model import MapContent, MapDistrict, MapName, MapStreet

WHERE = (76.9, 43.2, 77.0, 43.3)


def decoded(data: dict, steps: list[int]) -> list[tuple[float, float]]:
    x, y = data["origin"]
    positions = []
    for east, north in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + east * data["step"], y + north * data["step"]
        positions.append((x, y))
    return positions


@pytest.fixture
def content() -> MapContent:
    line = LineString([(76.95, 43.25), (76.96, 43.26), (76.9, 43.21)])
    parts = MultiLineString([[(76.91, 43.2), (76.92, 43.2)], [(76.93, 43.2), (76.94, 43.21)]])
    square = MultiPolygon([shapely.box(*WHERE)])
    return MapContent(
        (),
        (),
        streets=(MapStreet({"ru": "Абая"}, True, line), MapStreet({"kk": "Садовая"}, False, parts)),
        areas=(MapDistrict("almaly", {"en": "Almaly"}, square),),
        names=(MapName({"ru": "Орбита"}, 76.93, 43.22),),
        extent=WHERE,
    )


def test_streets_come_back_to_within_a_metre(content):
    data = background(content, "ru")

    for street, (_, _, *lines) in zip(content.streets, data["streets"], strict=True):
        back = MultiLineString([decoded(data, steps) for steps in lines])
        assert back.hausdorff_distance(street.geometry) < 1e-5


def test_main_streets_are_told_apart(content):
    assert [row[1] for row in background(content, "ru")["streets"]] == [1, 0]


def test_name_of_a_district_lies_inside_with_the_room_it_claims(content):
    data = background(content, "en")

    name, at, room, *_ = data["districts"][0]
    (position,) = decoded(data, at)
    assert name == "Almaly"
    assert shapely.box(*WHERE).contains(shapely.Point(position).buffer(room / 112_000))


def test_names_stand_where_they_are(content):
    data = background(content, "ru")

    name, at = data["names"][0]
    assert name == "Орбита"
    assert decoded(data, at)[0] == pytest.approx((76.93, 43.22), abs=1e-6)


@pytest.mark.parametrize("language", LANGUAGES)
def test_background_of_a_campaign_is_named_in_each_language(small_campaign: Campaign, language):
    data = background(map_content(small_campaign), language)

    names = {"kk": "Абай даңғылы", "ru": "проспект Абая"}
    assert names.get(language, data["streets"][0][0]) in [row[0] for row in data["streets"]]
    assert all(row[0] for row in (*data["streets"], *data["districts"], *data["names"]))
    assert len(data["districts"]) == len(small_campaign.districts)


def test_a_campaign_of_nowhere_has_an_empty_background():
    assert background(MapContent((), ()), "kk")["streets"] == []


def test_label_takes_the_largest_part():
    parts = MultiPolygon([shapely.box(0, 0, 0.1, 0.1), shapely.box(1, 1, 1.5, 1.5)])

    lon, lat, room = roomiest(parts)

    assert shapely.box(1.2, 1.2, 1.3, 1.3).contains(shapely.Point(lon, lat))
    assert 27_000 < room < 28_500
