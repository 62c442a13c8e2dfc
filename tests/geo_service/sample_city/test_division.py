"""Dividing blocks into precincts."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_service.sample_city.blocks import Blocks, connect_islands
from geo_service.sample_city.division import MOST_VOTERS, divide


def grid_of_blocks(columns, rows, voters, districts=1):
    """A chessboard of blocks; districts are bands of columns."""
    cells = [(column, row) for row in range(rows) for column in range(columns)]
    pairs = []
    for i, (column, row) in enumerate(cells):
        if column + 1 < columns:
            pairs.append((i, i + 1))
        if row + 1 < rows:
            pairs.append((i, i + columns))
    district = np.array([column * districts // columns for column, _ in cells])
    pairs = np.array([pair for pair in pairs if district[pair[0]] == district[pair[1]]])
    return Blocks(
        polygons=np.array([shapely.box(c, r, c + 1, r + 1) for c, r in cells], object),
        district=district,
        voters=np.asarray(voters, np.int64),
        block_of_house=np.array([], np.int64),
        neighbours=pairs,
        shared_m=np.ones(len(pairs)),
        across_main=np.zeros(len(pairs), bool),
    )


@settings(max_examples=25)
@given(
    seed=st.integers(0, 2**32 - 1),
    voters=st.lists(st.integers(0, 300), min_size=96, max_size=96).filter(lambda values: sum(values) > 6000),
    districts=st.integers(1, 3),
)
def test_every_block_has_one_precinct_connected_and_in_one_district(seed, voters, districts):
    blocks = grid_of_blocks(12, 8, voters, districts)

    precincts = divide(blocks, 8, np.random.default_rng(seed))

    assert len(precincts) == 8
    assert sorted(block for precinct in precincts for block in precinct) == list(range(96))
    for precinct in precincts:
        assert len(set(blocks.district[precinct])) == 1
        assert shapely.union_all(blocks.polygons[precinct]).geom_type == "Polygon"
        assert blocks.voters[precinct].sum() <= MOST_VOTERS


def test_lists_are_balanced_where_blocks_are_small():
    blocks = grid_of_blocks(40, 30, np.full(1200, 50))

    precincts = divide(blocks, 30, np.random.default_rng(1))

    sizes = [blocks.voters[precinct].sum() for precinct in precincts]
    assert min(sizes) > 1200
    assert max(sizes) < 2800


def test_more_voters_than_the_law_allows_are_refused():
    blocks = grid_of_blocks(2, 1, [4000, 10])

    with pytest.raises(ValueError, match="4000 voters"):
        divide(blocks, 2, np.random.default_rng(1))


def test_islands_are_joined_to_the_nearest_part():
    polygons = np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1), shapely.box(5, 0, 6, 1)], object)

    joined = connect_islands(3, np.array([[0, 1]]), polygons)

    assert joined == [(2, 1)]
