"""Files of the store: written so that a crash at any moment leaves the former state or the new one, whole."""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo_service.errors import StoreError

_TRY_SECONDS = 0.05


def sync_directory(directory: Path) -> None:
    """Make the names in a directory survive a loss of power."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Make the content of a file survive a loss of power."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def replace_durably(aside: Path, target: Path) -> None:
    """Give a complete file its name; the name holds the former file or the new one, never neither."""
    sync_file(aside)
    aside.replace(target)
    sync_directory(target.parent)


def write_durably(path: Path, text: str, aside: Path) -> None:
    """Write a small text in place of a former one, by way of a file beside it."""
    try:
        aside.write_text(text, encoding="utf-8")
        replace_durably(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def append_durably(path: Path, line: str) -> None:
    """Append a line to a file; a line that a crash has torn is ended first and stays as it is."""
    is_new = not path.exists()
    with path.open("ab+") as file:
        size = file.seek(0, os.SEEK_END)
        torn = False
        if size:
            file.seek(size - 1)
            torn = file.read(1) != b"\n"
        # One call, so that a crash leaves a beginning of the line and no mixture of two.
        file.write((b"\n" if torn else b"") + line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        sync_directory(path.parent)


def remove_remains(directory: Path, patterns: tuple[str, ...]) -> None:
    """Remove what writers left that were killed. Only the one who holds the lock may do so."""
    for pattern in patterns:
        for path in directory.glob(pattern):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


@contextmanager
def exclusive(path: Path, *, wait_seconds: float, what: str) -> Iterator[None]:
    """Hold a lock among the processes of this machine; it ends with the process that holds it.

    Parameters
    ----------
    path
        The file of the lock; it is made, and stays.
    wait_seconds
        How long to wait for another process.
    what
        What the other one is doing, in words for the error.

    Raises
    ------
    geo_service.errors.StoreError
        If another process still holds the lock after that time.
    """
    with path.open("ab") as file:
        end = time.monotonic() + wait_seconds
        while not _locked(file.fileno()):
            if time.monotonic() >= end:
                raise StoreError(
                    f"Another process is {what}, for more than {wait_seconds:.0f} seconds.",
                    "Wait for it to end, or find out why it hangs, and try again.",
                    file=str(path),
                )
            time.sleep(_TRY_SECONDS)
        yield  # closing the file gives the lock back


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
