"""The stored form of an owner grid.

Layout: magic and format version (8 bytes), SHA-256 of all that follows (32 bytes), then one zlib stream of a
JSON header line, the cell codes (little-endian), those of the blocks if the grid is split, and the candidate
lists (lengths, then positions, int32).
"""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import json
import zlib

import numpy as np
from numpy.typing import NDArray

from boundaries.errors import IndexFormatError
from boundaries.frame import Frame
from boundaries.grid import OwnerGrid

_MAGIC = b"PRECIDX1"
_DIGEST_BYTES = 32
_CODE_TYPES: dict[str, np.dtype[np.signedinteger]] = {"int16": np.dtype("<i2"), "int32": np.dtype("<i4")}


def pack_grid(polygons_hash: str, grid: OwnerGrid) -> bytes:
    """Return the stored form of a grid and of the hash of its polygons."""
    lengths = np.array([len(positions) for positions in grid.candidates], "<i4")
    flat = np.array([position for positions in grid.candidates for position in positions], "<i4")
    header = {
        "polygons": polygons_hash,
        "frame": dataclasses.asdict(grid.frame),
        "codes": str(grid.codes.dtype),
        "lists": len(lengths),
        "positions": len(flat),
    }
    parts = [grid.codes]
    if grid.split > 1:
        header |= {"split": grid.split, "blocks": len(grid.blocks), "block_codes": str(grid.blocks.dtype)}
        parts.append(grid.blocks)
    codes = b"".join(part.astype(_CODE_TYPES[str(part.dtype)]).tobytes() for part in parts)
    body = b"".join([json.dumps(header).encode(), b"\n", codes, lengths.tobytes(), flat.tobytes()])
    stream = zlib.compress(body, 6)
    return _MAGIC + hashlib.sha256(stream).digest() + stream


def unpack_grid(data: bytes) -> tuple[str, OwnerGrid]:
    """Return the polygons' hash and the grid of a stored form.

    Raises
    ------
    boundaries.errors.IndexFormatError
        If the data are of another format or damaged.
    """
    start = len(_MAGIC) + _DIGEST_BYTES
    if data[: len(_MAGIC)] != _MAGIC:
        raise IndexFormatError("The stored index is of another format.", "Build the index again.")
    stream = data[start:]
    if hashlib.sha256(stream).digest() != data[len(_MAGIC) : start]:
        raise IndexFormatError("The stored index is damaged.", "Build the index again.")
    head, _, body = zlib.decompress(stream).partition(b"\n")
    header = json.loads(head)
    frame = Frame(**header["frame"])
    codes, end = _codes(body, 0, frame.cells * frame.cells, header["codes"])
    split = header.get("split", 1)
    blocks, end = _codes(body, end, header.get("blocks", 0), header.get("block_codes", "int16"))
    lists = np.frombuffer(body[end:], "<i4")
    lengths, positions = lists[: header["lists"]], lists[header["lists"] :].tolist()
    bounds = [0, *np.cumsum(lengths).tolist()]
    candidates = tuple(tuple(positions[start:end]) for start, end in itertools.pairwise(bounds))
    return header["polygons"], OwnerGrid(frame, codes, candidates, split, blocks)


def _codes(body: bytes, start: int, count: int, kind: str) -> tuple[NDArray[np.signedinteger], int]:
    """Return stored codes and where they end."""
    code_type = _CODE_TYPES[kind]
    end = start + count * code_type.itemsize
    return np.frombuffer(body[start:end], code_type).astype(code_type.newbyteorder("=")), end
