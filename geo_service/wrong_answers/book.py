"""The book of reports: one SQLite file in the store, which several processes write at once.

Equal reports are one row with a count. How many rows may be new in an hour is bounded, so that nobody can
fill the disk.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal

from geo_service.campaign.model import Names
from geo_service.errors import StoreError
from geo_service.store.files import exclusive
from geo_service.wrong_answers.model import ErrorKind, Report, State, Subject

#: What came of a report: a new row, one more of an equal one, or refused because the hour is full.
Outcome = Literal["new", "counted", "full"]
Order = Literal["count", "newest"]

_FILE = "wrong-answers.sqlite"
_VERSION = 1
_WAIT_SECONDS = 10.0

_TABLE = """
CREATE TABLE reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    campaign_id TEXT NOT NULL, campaign_hash TEXT NOT NULL, is_sample INTEGER NOT NULL,
    precinct INTEGER, place INTEGER, place_kk TEXT, place_ru TEXT, place_en TEXT, house TEXT,
    lon REAL, lat REAL, method TEXT, authority TEXT,
    kind TEXT NOT NULL, right_precinct INTEGER,
    count INTEGER NOT NULL, first_at TEXT NOT NULL, last_at TEXT NOT NULL, state TEXT NOT NULL
)
"""
_INDEXES = (
    "CREATE INDEX reports_alike ON reports (campaign_id, precinct, place, house, kind)",
    "CREATE INDEX reports_first ON reports (first_at)",
)
# What makes two reports equal; the point stands only where there is no house.
_KEY = ("campaign_id", "precinct", "place", "house", "lon", "lat", "kind", "right_precinct")
# A report against another edition than before shows that what was mended there is not.
_COUNT = f"""
UPDATE reports SET
    count = count + 1, last_at = :at, method = :method, authority = :authority,
    state = CASE WHEN state = 'mended' AND campaign_hash <> :campaign_hash THEN 'open' ELSE state END,
    campaign_hash = :campaign_hash
WHERE {" AND ".join(f"{name} IS :{name}" for name in _KEY)}
"""  # noqa: S608 - names of our own
_COLUMNS = (
    "campaign_id", "campaign_hash", "is_sample", "precinct", "place", "place_kk", "place_ru", "place_en",
    "house", "lon", "lat", "method", "authority", "kind", "right_precinct",
)  # fmt: skip
_ADD = f"""
INSERT INTO reports ({", ".join(_COLUMNS)}, count, first_at, last_at, state)
VALUES ({", ".join(f":{name}" for name in _COLUMNS)}, 1, :at, :at, 'open')
"""  # noqa: S608 - names of our own
_ORDERS: dict[Order, str] = {
    "count": "SELECT * FROM reports ORDER BY count DESC, last_at DESC, id",
    "newest": "SELECT * FROM reports ORDER BY last_at DESC, id DESC",
}


class ReportBook:
    """The reports of a store.

    Parameters
    ----------
    store
        Directory of the store; the file is made with the first report.
    """

    def __init__(self, store: Path) -> None:
        self.path = store / _FILE

    def record(
        self,
        subject: Subject,
        kind: ErrorKind,
        *,
        at: dt.datetime,
        most_an_hour: int,
        right_precinct: int | None = None,
    ) -> Outcome:
        """Take a report in.

        Parameters
        ----------
        subject, kind, right_precinct
            See `Report`.
        at
            The moment, aware of its offset; the seconds are left out.
        most_an_hour
            How many rows may have begun in the hour before; an equal report is counted all the same.

        Raises
        ------
        geo_service.errors.StoreError
            If the file cannot be written.
        """
        values = _values(subject) | {"kind": kind, "right_precinct": right_precinct, "at": _minute(at)}
        hour_before = _minute(at - dt.timedelta(hours=1))
        with self._writing() as connection:
            if connection.execute(_COUNT, values).rowcount:
                return "counted"
            begun = "SELECT count(*) FROM reports WHERE first_at > ?"
            (recent,) = connection.execute(begun, (hour_before,)).fetchone()
            if recent >= most_an_hour:
                return "full"
            connection.execute(_ADD, values)
            return "new"

    def reports(
        self,
        *,
        states: Collection[State] | None = None,
        precinct: int | None = None,
        order: Order = "count",
    ) -> list[Report]:
        """Return reports, those first that were made most often, or latest.

        Parameters
        ----------
        states
            Only those in one of these states; None means all.
        precinct
            Only those about an answer with this number, or for which readers think it right.
        order
            Which come first.

        Raises
        ------
        geo_service.errors.StoreError
            If the file cannot be read.
        """
        if not self.path.exists():
            return []
        with self._connected() as connection:
            rows = connection.execute(_ORDERS[order]).fetchall()
        reports = [_report(row) for row in rows]
        return [
            report
            for report in reports
            if (states is None or report.state in states)
            and (precinct is None or precinct in (report.subject.precinct, report.right_precinct))
        ]

    def resolve(self, ids: Collection[int], state: State) -> None:
        """Say what became of reports; all of them or, on an error, none.

        Raises
        ------
        geo_service.errors.StoreError
            If one of them is not in the book, or it cannot be written.
        """
        if not self.path.exists():
            raise self._unknown(min(ids))
        with self._writing() as connection:
            for number in sorted(ids):
                found = connection.execute("UPDATE reports SET state = ? WHERE id = ?", (state, number))
                if not found.rowcount:
                    raise self._unknown(number)

    def _unknown(self, number: int) -> StoreError:
        return StoreError(
            f"There is no report {number}.", "See `geo-service reports --all`.", file=str(self.path)
        )

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """Open the file; errors of SQLite become those of the store."""
        try:
            # Transactions are begun and ended below: reading first and writing then could not be tried again.
            with closing(
                sqlite3.connect(self.path, timeout=_WAIT_SECONDS, isolation_level=None)
            ) as connection:
                connection.row_factory = sqlite3.Row
                _check_version(connection)
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise StoreError(
                f"The book of reports cannot be used ({error}).",
                "See that the store has room and may be written.",
                file=str(self.path),
            ) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Open the file for one transaction; nothing of it stays after an error."""
        self._ensure_made()
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def _ensure_made(self) -> None:
        """Make the file if it is not there; it takes its name when it is complete."""
        if self.path.exists():
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            lock = self.path.with_suffix(".lock")
            with exclusive(lock, wait_seconds=_WAIT_SECONDS, what="making the book of reports"):
                if not self.path.exists():
                    _make(self.path)
        except (sqlite3.Error, OSError) as error:
            raise StoreError(
                f"The book of reports cannot be made ({error}).",
                "See that the store has room and may be written.",
                file=str(self.path),
            ) from error


def _make(path: Path) -> None:
    aside = path.with_suffix(".new")
    aside.unlink(missing_ok=True)  # of a writer that was killed
    with closing(sqlite3.connect(aside, isolation_level=None)) as connection:
        connection.execute(_TABLE)
        for index in _INDEXES:
            connection.execute(index)
        connection.execute(f"PRAGMA user_version = {_VERSION}")
        # Written into the file: whoever opens it then reads while another one writes.
        connection.execute("PRAGMA journal_mode = WAL")
    aside.replace(path)


def _check_version(connection: sqlite3.Connection) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version != _VERSION:
        raise sqlite3.DatabaseError(f"it is of version {version}, this program reads {_VERSION}")


def _minute(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M+00:00")


def _values(subject: Subject) -> dict[str, Any]:
    names = subject.place_names
    own = {name: getattr(subject, name) for name in _COLUMNS if hasattr(subject, name)}
    return {**own, "place_kk": names.kk, "place_ru": names.ru, "place_en": names.en}


def _report(row: sqlite3.Row) -> Report:
    subject = Subject(
        campaign_id=row["campaign_id"],
        campaign_hash=row["campaign_hash"],
        is_sample=bool(row["is_sample"]),
        precinct=row["precinct"],
        place=row["place"],
        place_names=Names(row["place_kk"], row["place_ru"], row["place_en"]),
        house=row["house"],
        lon=row["lon"],
        lat=row["lat"],
        method=row["method"],
        authority=row["authority"],
    )
    own = ("id", "kind", "right_precinct", "count", "first_at", "last_at", "state")
    return Report(subject=subject, **{name: row[name] for name in own})
