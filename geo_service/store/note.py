"""The note of a store: which campaign is current, and how it became so."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from geo_service.errors import StoreError
from geo_service.store.log import Record, record_from_dict

_REMEDY = "Publish a campaign, or run `geo-service rollback`: either writes this file anew."


@dataclass(frozen=True, slots=True)
class Note:
    """The file of the current campaign, and the record of how it became current if that is known."""

    file: Path
    record: Record | None


def note_text(record: Record) -> str:
    """Return the note of a campaign that becomes current."""
    return json.dumps({"file": record.file, "record": record.to_dict()}, ensure_ascii=False) + "\n"


def read_note(path: Path, campaigns: Path) -> Note | None:
    """Read a note; None if there is none.

    Parameters
    ----------
    path
        Of the note.
    campaigns
        The directory of the campaign files.

    Raises
    ------
    geo_service.errors.StoreError
        If it cannot be read, or names a file that is not there.
    """
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        name, written = values["file"], values.get("record")
        record = None if written is None else record_from_dict(written)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(
            f"The store's note of its current campaign cannot be read ({error}).", _REMEDY, file=str(path)
        ) from error
    # Only a bare name may stand there: the note must never lead out of the store.
    if not isinstance(name, str) or Path(name).name != name or not (campaigns / name).is_file():
        raise StoreError(f"The current campaign, {name!r}, is not in the store.", _REMEDY, file=str(path))
    return Note(campaigns / name, record)
