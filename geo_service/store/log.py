"""The log of a store: who made which campaign current, when and why.

One JSON object a line, only ever appended. The note of the current campaign carries the record of its own
switch, so that a crash between the switch and the log loses nothing: the next writer adds what is missing.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from geo_service.campaign.file import CampaignFile
from geo_service.campaign.model import Names
from geo_service.errors import StoreError
from geo_service.store.files import append_durably

Action = Literal["publish", "amend", "rollback", "propose", "approve"]


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does to the store.

    Parameters
    ----------
    by
        Who.
    reason
        Why; may be empty for a plain publication.
    forced
        Whether it is to be done against the quality report's advice.
    """

    by: str
    reason: str = ""
    forced: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the log.

    Parameters
    ----------
    sequence
        Number of the line, ascending from 1.
    action
        What was done. All but ``propose`` made the campaign current.
    file, hash, former
        Name of the campaign's file in the store, its content hash, and that of the campaign that was current
        before; None if there was none.
    id, names, date, is_sample
        The campaign's own.
    at
        When, UTC, ISO 8601.
    by, reason
        Who, and why.
    quality
        Light of the quality report: green, yellow, red; None if none was made.
    forced
        Whether it was done against the report.
    proposed_by
        Who had proposed what was approved.
    """

    sequence: int
    action: Action
    file: str
    hash: str
    former: str | None
    id: str
    names: Names
    date: str
    is_sample: bool
    at: str
    by: str
    reason: str = ""
    quality: str | None = None
    forced: bool = False
    proposed_by: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the record in its JSON form."""
        return dataclasses.asdict(self)


@dataclass(frozen=True, slots=True)
class History:
    """What a log says.

    Parameters
    ----------
    records
        Ascending by their sequence.
    unreadable
        Numbers of the lines that cannot be read, from 1: a crash tore them, or somebody edited them.
    """

    records: tuple[Record, ...] = ()
    unreadable: tuple[int, ...] = ()

    @property
    def next_sequence(self) -> int:
        """The number of the next record."""
        return max((record.sequence for record in self.records), default=0) + 1

    def published(self) -> tuple[Record, ...]:
        """Return the latest switch to each campaign, the newest first."""
        latest = {record.hash: record for record in self.records if record.action != "propose"}
        return tuple(sorted(latest.values(), key=lambda record: -record.sequence))

    def proposals(self) -> tuple[Record, ...]:
        """Return the proposals that wait for approval, the newest first.

        One waits as long as the campaign is current that was so when it was made: whoever approves approves
        the step from that one.
        """
        waiting: dict[str, Record] = {}
        for record in self.records:
            if record.action == "propose":
                waiting[record.hash] = record
            else:
                waiting = {}
        return tuple(reversed(waiting.values()))

    def lapsed(self) -> tuple[Record, ...]:
        """Return the proposals that the latest act let lapse, the newest first: all but the approved one."""
        if not self.records or self.records[-1].action == "propose":
            return ()
        *former, latest = self.records
        return tuple(record for record in History(tuple(former)).proposals() if record.hash != latest.hash)

    def before_current(self) -> Record | None:
        """Return the switch to which a rollback leads: the current campaign's predecessor.

        A rollback takes campaigns off the pile that publications made, so that two of them go back two steps.
        """
        pile: list[Record] = []
        for record in self.records:
            if record.action == "propose":
                continue
            on_pile = [other.hash for other in pile]
            if record.action == "rollback" and record.hash in on_pile:
                pile = pile[: len(on_pile) - on_pile[::-1].index(record.hash)]
            elif not pile or pile[-1].hash != record.hash:
                pile.append(record)
        return pile[-2] if len(pile) > 1 else None


def new_record(
    file: CampaignFile,
    act: Act,
    *,
    action: Action,
    name: str,
    former: str | None,
    history: History,
    quality: str | None = None,
    proposed_by: str | None = None,
) -> Record:
    """Return the record of an act of now.

    Parameters
    ----------
    file
        The campaign that becomes current or is proposed.
    act, action
        Who and why, and what.
    name
        Name of its file in the store.
    former
        Content hash of the campaign that is current.
    history
        The log so far.
    quality, proposed_by
        See `Record`.
    """
    info = file.campaign.info
    return Record(
        sequence=history.next_sequence,
        action=action,
        file=name,
        hash=file.content_hash,
        former=former,
        id=info.id,
        names=info.names,
        date=info.date,
        is_sample=info.is_sample,
        at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        by=act.by,
        reason=act.reason,
        quality=quality,
        forced=act.forced and quality == "red",
        proposed_by=proposed_by,
    )


def append_record(path: Path, record: Record) -> None:
    """Append a record to a log."""
    append_durably(path, json.dumps(record.to_dict(), ensure_ascii=False, sort_keys=True))


def read_history(path: Path, in_note: Record | None) -> History:
    """Read a log.

    Parameters
    ----------
    path
        Of the log; a missing one is empty.
    in_note
        The record that the note of the current campaign carries; it counts even if the log lacks it.

    Raises
    ------
    geo_service.errors.StoreError
        If the file is there and cannot be read.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        lines = []
    except OSError as error:
        raise StoreError(
            f"The store's log cannot be read ({error.strerror}).",
            "Mend the permissions of the file.",
            file=str(path),
        ) from error
    read = {number: _record_or_none(line) for number, line in enumerate(lines, 1) if line.strip()}
    records = [record for record in read.values() if record is not None]
    if in_note is not None and in_note.sequence not in {record.sequence for record in records}:
        records.append(in_note)
    unreadable = tuple(number for number, record in read.items() if record is None)
    return History(tuple(sorted(records, key=lambda record: record.sequence)), unreadable)


def record_from_dict(values: Any) -> Record:
    """Return the record of a JSON object; keys of other versions of the program are passed over.

    Raises
    ------
    ValueError, TypeError, KeyError
        If it is none.
    """
    known = {field.name for field in dataclasses.fields(Record)}
    kept = {key: value for key, value in dict(values).items() if key in known}
    record = Record(**{**kept, "names": Names(**kept["names"])})
    texts = (record.file, record.hash, record.id, record.date, record.at, record.by, record.reason)
    if record.action not in get_args(Action) or not _are_texts(texts) or not isinstance(record.sequence, int):
        raise ValueError("a value of another type")
    if dt.datetime.fromisoformat(record.at).tzinfo is None:
        raise ValueError("a time without its offset")
    if Path(record.file).name != record.file:
        raise ValueError("a file outside the store")
    return record


def _are_texts(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def _record_or_none(line: bytes) -> Record | None:
    try:
        values: Mapping[str, Any] = json.loads(line)
        return record_from_dict(values)
    except (ValueError, TypeError, KeyError):
        return None
