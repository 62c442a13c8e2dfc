"""One writer of a store at a time, who first tidies up after a writer that was killed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo_service.errors import StoreError
from geo_service.store.files import exclusive, remove_remains, sync_directory
from geo_service.store.log import History, append_record, read_history
from geo_service.store.note import read_note

_LOCK_SECONDS = 120.0
_REMAINS = (".partial-*", ".current.*.partial")


def campaigns_in(store: Path) -> Path:
    """Return the directory of the campaign files of a store."""
    return store / "campaigns"


def note_in(store: Path) -> Path:
    """Return the note of a store's current campaign."""
    return store / "current.json"


def log_in(store: Path) -> Path:
    """Return the log of a store."""
    return store / "log.jsonl"


@contextmanager
def writing(store: Path) -> Iterator[History]:
    """Be the only writer of a store; yields its log, complete even if the last writer was killed.

    Parameters
    ----------
    store
        Its directory; it is made if missing.

    Raises
    ------
    geo_service.errors.StoreError
        If it cannot be written, or another process has been writing for minutes.
    """
    try:
        campaigns_in(store).mkdir(parents=True, exist_ok=True)
        with exclusive(store / ".lock", wait_seconds=_LOCK_SECONDS, what="publishing into this store"):
            remove_remains(campaigns_in(store), _REMAINS)
            remove_remains(store, _REMAINS)
            yield _completed_log(store)
            sync_directory(store)
    except OSError as error:
        raise StoreError(
            f"The store cannot be written ({error.strerror}).",
            "Free some space or mend the permissions, or set GEO_SERVICE_STORE to another directory.",
            file=str(store),
        ) from error


def _completed_log(store: Path) -> History:
    """Return the log after adding the switch that a killed writer made and did not log."""
    logged = read_history(log_in(store), None)
    try:
        note = read_note(note_in(store), campaigns_in(store))
    except StoreError:
        return logged  # a publication mends the note
    if note is None or note.record is None:
        return logged
    if note.record.sequence in {record.sequence for record in logged.records}:
        return logged
    append_record(log_in(store), note.record)
    return read_history(log_in(store), None)
