"""The pictures of a campaign, drawn when they are first asked for and kept while there is room."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import threading
from collections import OrderedDict
from dataclasses import dataclass

from geo_service.campaign.model import Language
from geo_service.errors import BusyError
from geo_service.served.served_campaign import ServedCampaign
from geo_service.web.picture_card import picture_card
from geo_service.web.picture_content import picture_content, picture_words
from geo_service.web.picture_sizes import PictureStyle, Size, scale_of

_KEPT_BYTES = 16 * 1024 * 1024
_AT_ONCE = max(1, min(4, os.cpu_count() or 1))  # of the process; its other threads answer questions meanwhile
_MOST_ASKED = 8  # drawn or waiting for it: a picture takes less than a tenth of a second
_WAIT_SECONDS = 10.0

_DRAWING = threading.BoundedSemaphore(_AT_ONCE)
_ASKED = threading.BoundedSemaphore(_MOST_ASKED)


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """Which picture is asked for; the point is longitude and latitude in degrees."""

    language: Language
    style: PictureStyle
    size: Size
    precinct: int | None = None
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A PNG file and its entity tag."""

    body: bytes
    tag: str


class CampaignPictures:
    """The pictures of one campaign.

    Parameters
    ----------
    served
        The campaign.
    """

    def __init__(self, served: ServedCampaign) -> None:
        # Loads Pillow, which a process that draws no picture can do without.
        from maps.picture.index import PictureIndex  # noqa: PLC0415

        self._finder = served.finder
        self._index = PictureIndex(picture_content(served.finder.campaign))
        self._kept: OrderedDict[PictureRequest, StoredPicture] = OrderedDict()
        self._kept_bytes = 0
        self._changing = threading.Lock()

    def picture(self, asked: PictureRequest) -> StoredPicture:
        """Return a picture.

        Raises
        ------
        geo_service.errors.BusyError
            If it must be drawn, and many others are waiting for that.
        """
        return self._from_memory(asked) or self._keep(asked, self._draw(asked))

    def _from_memory(self, asked: PictureRequest) -> StoredPicture | None:
        with self._changing:
            if asked in self._kept:
                self._kept.move_to_end(asked)
            return self._kept.get(asked)

    def _draw(self, asked: PictureRequest) -> bytes:
        # No long queue: soon no thread would be left to answer questions.
        if not _ASKED.acquire(blocking=False):
            raise _busy()
        try:
            if not _DRAWING.acquire(timeout=_WAIT_SECONDS):
                raise _busy()
            try:
                return self._drawn(asked)
            finally:
                _DRAWING.release()
        finally:
            _ASKED.release()

    def _drawn(self, asked: PictureRequest) -> bytes:
        from maps.picture.card import draw_card  # noqa: PLC0415 - see above
        from maps.picture.drawing import draw_picture  # noqa: PLC0415
        from maps.picture.model import View  # noqa: PLC0415

        view = View(
            words=picture_words(self._finder.campaign.info, asked.language),
            precinct=asked.precinct,
            point=asked.point,
            size=asked.size,
            scale=scale_of(asked.style, asked.size),
            look="print" if asked.style == "print" else "screen",
        )
        if asked.style != "social":
            return draw_picture(self._index, view)
        # The source stands on the card.
        view = dataclasses.replace(view, words=dataclasses.replace(view.words, source=""))
        return draw_card(self._index, view, picture_card(self._finder, asked.precinct, asked.language))

    def _keep(self, asked: PictureRequest, body: bytes) -> StoredPicture:
        picture = StoredPicture(body, hashlib.sha256(body).hexdigest()[:20])
        with self._changing:
            if asked not in self._kept:
                self._kept[asked] = picture
                self._kept_bytes += len(body)
            while self._kept_bytes > _KEPT_BYTES:
                _, dropped = self._kept.popitem(last=False)
                self._kept_bytes -= len(dropped.body)
        return picture


def _busy() -> BusyError:
    return BusyError("Many pictures are being drawn.", "Ask again in some seconds.")
