"""The downloads of a served campaign: made when first asked for, kept compressed."""

from __future__ import annotations

import gzip
import io
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from geo_service.downloads.catalogue import DOWNLOADS
from geo_service.served.served_campaign import ServedCampaign

_LEVEL = 6
_CHUNK = 64 * 1024  # bytes
_GZIP_WINDOW = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file in gzip, and how many bytes it has unpacked."""

    packed: bytes
    size: int

    def unpacked(self) -> Iterator[bytes]:
        """Yield the file in parts, for those who take no gzip."""
        unpacking = zlib.decompressobj(_GZIP_WINDOW)
        for start in range(0, len(self.packed), _CHUNK):
            yield unpacking.decompress(self.packed[start : start + _CHUNK])
        yield unpacking.flush()


class CampaignDownloads:
    """The downloads of one campaign by name. Safe to use from several threads at once.

    Parameters
    ----------
    served
        The campaign.
    """

    def __init__(self, served: ServedCampaign) -> None:
        self._campaign = served.finder.campaign
        self._lock = threading.Lock()
        self._files: dict[str, PackedFile] = {}

    def file(self, name: str) -> PackedFile:
        """Return a download.

        Raises
        ------
        KeyError
            If there is none of the name.
        """
        download = DOWNLOADS[name]
        # One at a time: the largest takes a second or so, and several at once would only wait for each other.
        with self._lock:
            if name not in self._files:
                self._files[name] = _packed(download.parts(self._campaign))
            return self._files[name]


def _packed(parts: Iterator[bytes]) -> PackedFile:
    buffer, size = io.BytesIO(), 0
    with gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=_LEVEL, mtime=0, filename="") as file:
        for part in parts:
            size += file.write(part)
    return PackedFile(buffer.getvalue(), size)
