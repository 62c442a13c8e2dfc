from __future__ import annotations

import dataclasses
import math

import pytest
from shapely import Point

from geo_service.campaign.file import open_campaign
from geo_service.errors import CoordinateError, NotACampaignError, PrecinctNotFoundError
from geo_service.finder import Finder

INSIDE_3 = (76.9045, 43.2230)
INSIDE_HOSPITAL = (76.9145, 43.2375)


def codes(resolution):
    return [note.code for note in resolution.notes]


def test_point_in_a_precinct_is_found_by_its_polygon(finder):
    resolution = finder.by_point(*INSIDE_3)

    assert resolution.status == "found"
    assert resolution.method == "point_in_polygon"
    assert resolution.authority == "sample"
    assert resolution.point == INSIDE_3
    assert resolution.precinct.number == 3
    assert [answer.station.precinct for answer in resolution.stations] == [3]
    assert resolution.campaign.hash == finder.file.content_hash


def test_sample_mark_comes_first_and_registered_address_last(finder):
    found = codes(finder.by_point(*INSIDE_3))

    assert found == ["sample_data", "registered_address"]


def test_real_campaign_carries_no_sample_mark(finder_of, small_campaign):
    info = dataclasses.replace(small_campaign.info, is_sample=False)

    assert "sample_data" not in codes(finder_of(info=info).by_point(*INSIDE_3))


def test_point_outside_says_so_and_hints_at_the_nearest_precinct(finder):
    resolution = finder.by_point(76.8990, 43.2230)

    assert resolution.status == "outside"
    assert (resolution.method, resolution.authority, resolution.precinct) == (None, None, None)
    assert resolution.stations == ()
    assert codes(resolution) == ["sample_data", "outside", "nearest_precinct"]
    assert resolution.notes[-1].values["number"].numbers == (3,)
    assert resolution.notes[-1].values["distance"] == pytest.approx(81, abs=2)


@pytest.mark.parametrize("position", [(76.80, 43.2230), (0.0, 0.0), (-104.0, -43.0), (180.0, 90.0)])
def test_point_far_outside_gets_no_hint(finder, position):
    assert codes(finder.by_point(*position)) == ["sample_data", "outside"]


def test_point_near_a_border_names_the_precincts_beyond(finder):
    resolution = finder.by_point(76.9052, 43.2263)

    note = next(note for note in resolution.notes if note.code == "near_border")
    assert resolution.border.other_precincts == (12,)
    assert note.values["numbers"].numbers == (12,)
    assert note.values["distance"] == round(resolution.border.distance_m)


def test_near_border_is_a_setting(small_campaign_path):
    finder = Finder(open_campaign(small_campaign_path), near_border_m=5.0)

    assert "near_border" not in codes(finder.by_point(76.9052, 43.2263))


def test_point_on_a_shared_border_belongs_to_the_lowest_number_and_says_so(finder, small_campaign):
    polygons = {precinct.number: precinct.geometry for precinct in small_campaign.precincts}
    corners = [
        corner for corner in polygons[9].geoms[0].exterior.coords if polygons[8].touches(Point(corner))
    ]

    resolution = finder.by_point(*corners[0])

    assert resolution.precinct.number == min(
        number
        for number, polygon in polygons.items()
        if number < 900 and polygon.intersects(Point(corners[0]))
    )
    assert resolution.border.on_boundary
    assert "on_border" in codes(resolution)
    assert "near_border" not in codes(resolution)


def test_point_on_the_citys_edge_has_no_other_precinct_to_be_confused_with(finder, small_campaign):
    corner = min(small_campaign.precincts_by_number[3].geometry.geoms[0].exterior.coords)

    resolution = finder.by_point(*corner)

    assert resolution.precinct.number == 3
    assert resolution.border.on_boundary
    assert not {"on_border", "near_border"} & set(codes(resolution))


def test_special_precinct_is_a_note_beside_the_territorial_answer(finder):
    resolution = finder.by_point(*INSIDE_HOSPITAL)

    note = next(note for note in resolution.notes if note.code == "special_precinct")
    assert resolution.precinct.number == 7
    assert note.values["number"].numbers == (901,)
    assert note.text("ru").endswith("№ 901 [ПРИМЕР], Городская больница № 7")


def test_derived_polygon_is_worded_as_probable(finder_of, small_campaign):
    precincts = tuple(
        dataclasses.replace(precinct, authority="derived") if precinct.number == 3 else precinct
        for precinct in small_campaign.precincts
    )

    resolution = finder_of(precincts=precincts).by_point(*INSIDE_3)

    assert resolution.authority == "derived"
    assert resolution.notes[1].code == "derived_border"
    assert resolution.notes[1].text("ru") == "Вероятно, участок № 3 [ПРИМЕР]. Уточните в комиссии."


def test_precinct_without_a_station_says_so(finder_of, small_campaign):
    stations = tuple(station for station in small_campaign.stations if station.precinct != 3)

    resolution = finder_of(stations=stations).by_point(*INSIDE_3)

    assert resolution.stations == ()
    assert "station_unknown" in codes(resolution)


def test_hours_of_the_campaign_hold_where_a_station_has_none(finder):
    (usual,) = finder.stations(3)
    (early,) = finder.stations(901)

    assert (usual.opens, usual.closes) == ("07:00", "20:00")
    assert (early.opens, early.closes) == ("06:00", "18:00")


def test_house_list_never_decides_a_point(finder):
    # House 45 of place 1 stands there, and its list says 12.
    assert finder.by_point(76.9051, 43.2261).precinct.number == 3


@pytest.mark.parametrize("position", [(math.nan, 43.2), (76.9, math.inf), (181.0, 43.2), (76.9, 91.0)])
def test_coordinates_that_are_no_position_are_refused(finder, position):
    with pytest.raises(CoordinateError):
        finder.by_point(*position)


def test_many_points_get_the_numbers_of_single_ones(finder):
    lons, lats = (
        [INSIDE_3[0], INSIDE_HOSPITAL[0], 0.0, math.nan],
        [INSIDE_3[1], INSIDE_HOSPITAL[1], 0.0, 43.0],
    )

    assert finder.numbers_at(lons, lats).tolist() == [3, 7, 0, 0]


def test_unknown_precinct_is_an_error_that_names_it(finder):
    with pytest.raises(PrecinctNotFoundError, match="no precinct 404"):
        finder.precinct(404)


def test_bounds_hold_every_polygon(finder):
    assert finder.bounds == pytest.approx((76.90, 43.22, 76.94, 43.241))


def test_campaign_without_polygons_answers_outside(finder_of, small_campaign):
    precincts = tuple(dataclasses.replace(precinct, geometry=None) for precinct in small_campaign.precincts)

    finder = finder_of(precincts=precincts, districts=())

    assert finder.bounds is None
    assert codes(finder.by_point(*INSIDE_3)) == ["sample_data", "no_listed_house"]


def test_missing_file_is_an_error(tmp_path):
    with pytest.raises(NotACampaignError):
        Finder.open(tmp_path / "missing.gpkg")
