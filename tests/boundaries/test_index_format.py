"""The stored form of the index: nothing damaged is ever taken for an index."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boundaries.errors import IndexFormatError
from boundaries.frame import Frame
from boundaries.grid import OwnerGrid, build_owner_grid
from boundaries.index_format import pack_grid, unpack_grid
from tests.boundaries.tilings import tiling


@pytest.fixture(scope="module")
def grid() -> OwnerGrid:
    polygons = np.array([p.geometry for p in tiling(seed=4) if p.kind == "territorial"], object)
    return build_owner_grid(polygons, cells=16)


@pytest.fixture(scope="module")
def stored(grid) -> bytes:
    return pack_grid("ab" * 32, grid)


def _assert_same(left: OwnerGrid, right: OwnerGrid) -> None:
    assert left.frame == right.frame
    assert left.candidates == right.candidates
    assert left.codes.dtype == right.codes.dtype
    np.testing.assert_array_equal(left.codes, right.codes)
    assert left.split == right.split
    assert left.blocks.dtype == right.blocks.dtype
    np.testing.assert_array_equal(left.blocks, right.blocks)


def test_unpacked_grid_is_the_packed_one(grid, stored):
    polygons_hash, unpacked = unpack_grid(stored)

    assert polygons_hash == "ab" * 32
    _assert_same(unpacked, grid)


def test_same_grid_is_always_the_same_bytes(grid, stored):
    assert pack_grid("ab" * 32, grid) == stored


@pytest.mark.parametrize("code_type", [np.int16, np.int32])
def test_both_widths_of_codes_come_back(code_type):
    frame = Frame(76.0, 43.0, 10.0, 20.0, 4)
    grid = OwnerGrid(frame, np.arange(16).astype(code_type), ((0, 1), (3,)))

    _, unpacked = unpack_grid(pack_grid("", grid))

    _assert_same(unpacked, grid)


@pytest.mark.parametrize("split", [2, 4])
def test_blocks_of_a_split_grid_come_back(split):
    polygons = np.array([p.geometry for p in tiling(seed=4) if p.kind == "territorial"], object)
    grid = build_owner_grid(polygons, cells=16, split=split)

    _, unpacked = unpack_grid(pack_grid("", grid))

    assert len(grid.blocks) > 0
    _assert_same(unpacked, grid)


def test_grid_without_polygons_comes_back():
    grid = build_owner_grid(np.array([], object), cells=8)

    _, unpacked = unpack_grid(pack_grid("", grid))

    _assert_same(unpacked, grid)


def test_every_truncation_is_refused(stored):
    for length in range(len(stored)):
        with pytest.raises(IndexFormatError):
            unpack_grid(stored[:length])


@given(data=st.data())
def test_any_changed_byte_is_refused(stored, data):
    position = data.draw(st.integers(0, len(stored) - 1))
    change = data.draw(st.integers(1, 255))
    damaged = bytearray(stored)
    damaged[position] ^= change

    with pytest.raises(IndexFormatError):
        unpack_grid(bytes(damaged))


@pytest.mark.parametrize("data", [b"", b"PRECIDX1", b"PRECIDX2" + bytes(100), b"x" * 1000])
def test_other_bytes_are_refused(data):
    with pytest.raises(IndexFormatError, match="Build the index again"):
        unpack_grid(data)


def test_bytes_after_the_end_are_refused(stored):
    with pytest.raises(IndexFormatError, match="damaged"):
        unpack_grid(stored + b"\0")
