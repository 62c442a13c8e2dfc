"""Which campaign of a store a person means by an id or the first digits of a hash."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo_service.errors import StoreError
from geo_service.store.log import Record

_HASH = re.compile(r"[0-9a-f]{4,64}")


def find_edition(published: Sequence[Record], name: str, *, but: str | None = None) -> Record:
    """Return the published campaign of an id or hash.

    Parameters
    ----------
    published
        The newest first.
    name
        The id of a campaign, which means its newest edition, or a content hash, or at least four of its
        first digits.
    but
        Name of a file that is not meant: an id means the newest edition but that one.

    Raises
    ------
    geo_service.errors.StoreError
        If there is none, or several, or it is the one that is not meant.
    """
    editions = [record for record in published if record.id == name]
    others = [record for record in editions if record.file != but]
    if others:
        return others[0]
    by_hash = editions or editions_by_hash(published, name)
    if len(by_hash) > 1:
        hashes = ", ".join(record.hash[:12] for record in by_hash)
        raise StoreError("Several campaigns have a hash that begins so.", f"Name one of {hashes}.", item=name)
    if not by_hash:
        raise StoreError(
            "No campaign of this id or hash was published.", "See `geo-service campaigns`.", item=name
        )
    if by_hash[0].file == but:
        raise StoreError("This campaign is the current one already.", "There is nothing to do.", item=name)
    return by_hash[0]


def editions_by_hash(published: Sequence[Record], name: str) -> list[Record]:
    """Return the published campaigns whose hash begins so; at least four digits are needed."""
    digits = name.lower()
    if not _HASH.fullmatch(digits):
        return []
    return [record for record in published if record.hash.startswith(digits)]


def find_proposal(waiting: Sequence[Record], name: str | None) -> Record:
    """Return the proposal of a hash or its first digits; without a name the only one that waits.

    Raises
    ------
    geo_service.errors.StoreError
        If there is none, or more than one.
    """
    found = list(waiting) if name is None else editions_by_hash(waiting, name)
    if len(found) == 1:
        return found[0]
    if waiting:
        raise StoreError(
            "Several proposals wait for approval."
            if found
            else "No proposal of this hash waits for approval.",
            f"Name one of {', '.join(record.hash[:12] for record in waiting)}.",
            item=name,
        )
    raise StoreError(
        "No proposal waits for approval.",
        "Publish or amend first; a proposal lapses when another campaign becomes current.",
        item=name,
    )
