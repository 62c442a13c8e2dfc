"""The section ``[quality]`` of a recipe: what a build may mend, and what somebody has accepted."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

#: Wider gaps and overlaps than this, metres, are not slips of the hand: people may live there.
WIDEST_MENDED_M = 5.0


class QualityEntry(BaseModel):
    """How a build treats what it notices.

    Parameters
    ----------
    mend_m
        Gaps and overlaps of precincts that are nowhere wider than this, metres, are closed; None: none is.
    accepted
        Path of a file of accepted findings, relative to the recipe.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    mend_m: Annotated[float, Field(gt=0, le=WIDEST_MENDED_M)] | None = None
    accepted: Annotated[str, Field(min_length=1)] | None = None


#: That of a recipe without the section.
NO_QUALITY = QualityEntry()
