"""Pictures as small PNG files, the same bytes for the same picture."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from maps.picture.styles import Colour

_COLOURS = 128  # of a palette
_LEVEL = 6  # of compression: the highest takes seven times as long and saves a twentieth
_BITS = 5  # of a channel; colours that agree in them are told apart only if they are kept


def png(image: Image.Image, kept: Sequence[Colour]) -> bytes:
    """Return a picture as a PNG file with a palette.

    Parameters
    ----------
    image
        In RGB.
    kept
        Colours that stay exactly as they are; of all others the most frequent ones stay about the same.
    """
    pixels = np.asarray(image)
    codes = _codes(pixels)
    palette, places = _palette(pixels, codes, kept)
    small = Image.fromarray(places[codes])
    small.putpalette(palette.tobytes())
    file = io.BytesIO()
    # Neither a time nor the name of a program stands in the file.
    small.save(file, "PNG", compress_level=_LEVEL)
    return file.getvalue()


def _codes(pixels: NDArray[np.uint8]) -> NDArray[np.int32]:
    """Return a number for each pixel that is the same for colours that look the same."""
    high = (pixels >> (8 - _BITS)).astype(np.int32)
    codes: NDArray[np.int32] = (high[..., 0] << 2 * _BITS) | (high[..., 1] << _BITS) | high[..., 2]
    return codes


def _palette(
    pixels: NDArray[np.uint8], codes: NDArray[np.int32], kept: Sequence[Colour]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the palette, and for each code the place of its colour in it."""
    counts = np.bincount(codes.ravel(), minlength=1 << 3 * _BITS)
    used = np.flatnonzero(counts)
    colours = _mean_colours(pixels, codes)[used]

    exact = np.array(list(dict.fromkeys(kept)), np.uint8).reshape(-1, 3)
    others = np.flatnonzero(~np.isin(used, _codes(exact)))
    frequent = others[np.argsort(-counts[used[others]], kind="stable")][: _COLOURS - len(exact)]
    palette = np.vstack((exact, np.round(colours[frequent]).astype(np.uint8)))

    places = np.zeros(counts.size, np.uint8)
    distances = ((colours[:, None, :] - palette[None, :, :].astype(np.float64)) ** 2).sum(axis=2)
    places[used] = distances.argmin(axis=1)
    places[_codes(exact)] = np.arange(len(exact))
    return palette, places


def _mean_colours(pixels: NDArray[np.uint8], codes: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return the mean colour of each code, of every second pixel both ways: a quarter of the work."""
    flat, some = codes[::2, ::2].ravel(), pixels[::2, ::2].reshape(-1, 3)
    size = 1 << 3 * _BITS
    counts = np.bincount(flat, minlength=size)
    sums = np.column_stack([np.bincount(flat, some[:, channel], size) for channel in range(3)])
    # A code that is too rare to be met stands for the middle of its colours.
    code = np.arange(size)
    high = np.column_stack((code >> 2 * _BITS, code >> _BITS, code)) & ((1 << _BITS) - 1)
    middles = (high << (8 - _BITS)) + (1 << (7 - _BITS))
    means: NDArray[np.float64] = np.where(
        counts[:, None] > 0, sums / np.maximum(counts, 1)[:, None], middles.astype(np.float64)
    )
    return means
