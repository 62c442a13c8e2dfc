"""Boxes of polygons, asked from many threads."""

from __future__ import annotations

import threading

import numpy as np
import shapely

from boundaries.boxes import PolygonBoxes


def _boxes(count: int) -> np.ndarray:
    corners = np.random.default_rng(1).uniform(0, 10, (count, 2))
    return shapely.box(corners[:, 0], corners[:, 1], corners[:, 0] + 0.4, corners[:, 1] + 0.3)


def test_meeting_gives_boxes_that_overlap_or_touch():
    boxes = PolygonBoxes(
        np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 1, 2, 2), shapely.box(3, 3, 4, 4)])
    )

    assert sorted(boxes.meeting((0.5, 0.5, 1.0, 1.0))) == [0, 1]
    assert boxes.meeting((2.5, 2.5, 2.6, 2.6)) == []


def test_by_distance_gives_every_position_nearest_first():
    polygons = _boxes(50)

    with PolygonBoxes(polygons).by_distance(5.0, 5.0) as positions:
        order = list(positions)

    distances = shapely.distance(polygons, shapely.Point(5.0, 5.0))[order]
    assert sorted(order) == list(range(50))
    assert (np.diff(distances) >= -1e-12).all()


def test_no_polygons_have_no_boxes():
    boxes = PolygonBoxes(np.array([], object))

    assert boxes.meeting((-180, -90, 180, 90)) == []


def test_eight_threads_get_the_answers_of_one():
    polygons = _boxes(600)
    boxes = PolygonBoxes(polygons)
    places = np.random.default_rng(2).uniform(0, 10, (1000, 2)).tolist()

    def ask() -> list:
        answers = []
        for lon, lat in places:
            answers.append(sorted(boxes.meeting((lon, lat, lon + 1, lat + 1))))
            with boxes.by_distance(lon, lat) as positions:
                answers.append(next(positions))
        return answers

    expected, found = ask(), []
    threads = [threading.Thread(target=lambda: found.append(ask())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [expected] * 8
