"""Accepted findings: what somebody has looked at and decided to live with, until a day.

They are kept in a TOML file, one ``[[accepted]]`` table each; docs/quality.md describes it.
"""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from geo_service.campaign.finding_codes import FINDING_CODES, make_finding
from geo_service.campaign.model import Finding
from geo_service.campaign.nearest_word import nearest
from geo_service.errors import AcceptanceError
from geo_service.quality.where import size_of, where_of

_MANUAL = "docs/quality.md shows an example."


@dataclass(frozen=True, slots=True)
class Accepted:
    """One finding that somebody accepts.

    Parameters
    ----------
    code
        Of the finding.
    where
        What the finding is about, as the report words it: see `geo_service.quality.where.where_of`.
    reason, author
        Why, and who says so.
    date, expires
        Since when, and the last day that it holds.
    at_most
        The finding's size up to which it is accepted, see `geo_service.quality.where.size_of`; None accepts
        any.
    """

    code: str
    where: str
    reason: str
    author: str
    date: dt.date
    expires: dt.date
    at_most: float | None = None


_KEYS = tuple(field.name for field in fields(Accepted))


def load_accepted(path: str | os.PathLike[str]) -> tuple[Accepted, ...]:
    """Read a file of accepted findings.

    Raises
    ------
    geo_service.errors.AcceptanceError
        If the file is missing or no TOML, or an entry lacks a key, has an unknown or wrong one, or repeats
        another.
    """
    path = Path(path)
    document = _read_toml(path)
    entries = document.get("accepted", [])
    if document.keys() - {"accepted"} or not isinstance(entries, list):
        raise AcceptanceError("The file may hold nothing but tables [[accepted]].", _MANUAL, file=path.name)
    known: dict[tuple[str, str], int] = {}
    read = []
    for position, entry in enumerate(entries, 1):
        try:
            accepted = _entry(entry)
            first = known.setdefault((accepted.code, accepted.where), position)
            if first != position:
                raise _wrong("where", f"Entry {first} accepts the same finding.", "Remove one of the two.")
        except AcceptanceError as error:
            raise error.located(file=path.name, item=f"entry {position}") from None
        read.append(accepted)
    return tuple(read)


def accepted_of(recipe: Path, name: str | None) -> tuple[Accepted, ...]:
    """Return what a recipe accepts: the entries of a file that it names by a path relative to itself.

    Raises
    ------
    geo_service.errors.AcceptanceError
        See `load_accepted`.
    """
    return () if name is None else load_accepted(recipe.parent / name)


def apply_accepted(
    findings: Iterable[Finding], accepted: Sequence[Accepted], today: dt.date | None
) -> tuple[list[Finding], list[tuple[Finding, Accepted]]]:
    """Part findings into those that stand and those that are accepted.

    Parameters
    ----------
    findings
        All of a campaign.
    accepted
        What somebody accepts. An entry that has expired, that the finding has outgrown, or that fits nothing
        gives a finding of its own, which stands.
    today
        None lets no entry expire.

    Returns
    -------
    standing, accepted : list
        The accepted ones each with their entry.
    """
    entries = {(entry.code, entry.where): entry for entry in accepted}
    standing: list[Finding] = []
    left_out: list[tuple[Finding, Accepted]] = []
    used = set()
    for finding in findings:
        key = (finding.code, where_of(finding))
        entry = entries.get(key)
        if entry is None:
            standing.append(finding)
            continue
        used.add(key)
        objection = _objection(entry, finding, today)
        if objection is None:
            left_out.append((finding, entry))
        else:
            standing += [finding, objection]
    standing += [
        make_finding("acceptance_unused", finding=code, where=where)
        for code, where in entries
        if (code, where) not in used
    ]
    return standing, left_out


def _objection(entry: Accepted, finding: Finding, today: dt.date | None) -> Finding | None:
    """Return why an entry does not hold for its finding; None if it does."""
    names: dict[str, Any] = {"finding": entry.code, "where": entry.where}
    if today is not None and entry.expires < today:
        return make_finding("acceptance_expired", **names, day=entry.expires.isoformat())
    size = size_of(finding)
    if entry.at_most is not None and size is not None and size > entry.at_most:
        return make_finding("acceptance_exceeded", **names, size=size, at_most=entry.at_most)
    return None


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise AcceptanceError(
            f"The file cannot be opened ({error.strerror}).", "Name a TOML file.", file=str(path)
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeError) as error:
        raise AcceptanceError(
            f"The file is not TOML ({error}).", "Correct it; it must be in UTF-8.", file=path.name
        ) from error


def _entry(entry: Any) -> Accepted:
    if not isinstance(entry, Mapping):
        raise AcceptanceError("The entry is no table.", f"Begin each with [[accepted]]; {_MANUAL}")
    for key in entry:
        if key not in _KEYS:
            raise _wrong(key, f'There is no key "{key}".', f"{nearest(key, _KEYS)}Keys: {', '.join(_KEYS)}.")
    code = _text(entry, "code")
    if code not in FINDING_CODES:
        raise _wrong("code", f'There is no finding "{code}".', nearest(code, FINDING_CODES) + _MANUAL)
    date, expires = _date(entry, "date"), _date(entry, "expires")
    if expires < date:
        raise _wrong("expires", "The entry expires before its date.", "Correct one of the two.")
    return Accepted(
        code,
        _text(entry, "where"),
        _text(entry, "reason"),
        _text(entry, "author"),
        date,
        expires,
        _limit(entry),
    )


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _wrong(key, f'"{key}" must be text that is not empty.', f"Fill it in; {_MANUAL}")
    return value.strip()


def _date(entry: Mapping[str, Any], key: str) -> dt.date:
    value = entry.get(key)
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise _wrong(key, f'"{key}" must be a date.', "Write it as 2026-03-15, without quotation marks.")
    return value


def _limit(entry: Mapping[str, Any]) -> float | None:
    value = entry.get("at_most")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
        raise _wrong("at_most", '"at_most" must be a number, 0 or more.', "Correct it, or leave it out.")
    return float(value)


def _wrong(field: str, problem: str, remedy: str) -> AcceptanceError:
    return AcceptanceError(problem, remedy, field=field)
