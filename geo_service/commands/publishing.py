"""What the commands share that change the store: who acts, and how the outcome is told."""

from __future__ import annotations

import datetime as dt
import getpass
from pathlib import Path

from geo_service.campaign.amendment import Amendment
from geo_service.campaign.file import open_campaign
from geo_service.campaign.model import Language
from geo_service.errors import GeoServiceError, SettingError, StoreError
from geo_service.settings import Settings
from geo_service.store.log import Act, Record
from geo_service.store.store import Store
from geo_service.translations import text

_SHORT = 12


def act_of(settings: Settings, reason: str, *, forced: bool = False) -> Act:
    """Return who acts, and why.

    Raises
    ------
    geo_service.errors.SettingError
        If nobody is named and the system knows no login name.
    """
    if settings.author:
        return Act(settings.author, reason.strip(), forced)
    try:
        return Act(getpass.getuser(), reason.strip(), forced)
    except (OSError, KeyError) as error:
        raise SettingError(
            "It is not known who you are.", "Give your name with --author.", field="author"
        ) from error


def outcome_lines(store: Store, language: Language) -> list[str]:
    """Return what is current, what lapsed and what waits for approval, after the store has changed."""
    history = store.history()
    current, waiting = history.published()[:1], history.proposals()[:1]
    lines = [
        text("cli.now_current", language, campaign=campaign_text(record, language)) for record in current
    ]
    lapsed = ", ".join(record.hash[:_SHORT] for record in history.lapsed())
    if lapsed:
        lines.append(text("cli.lapsed", language, hashes=lapsed))
    return lines + [
        text("cli.waits", language, campaign=campaign_text(record, language), hash=record.hash[:_SHORT])
        for record in waiting
    ]


def current_file(store: Store) -> Path | None:
    """Return the file of the current campaign; None if there is none to be found."""
    try:
        return store.current()
    except StoreError:
        return None


def lost_amendment_lines(store: Store, former: Path | None, language: Language) -> list[str]:
    """Return a warning if amendments went with the campaign that was current.

    Parameters
    ----------
    store
        After another campaign became current.
    former
        The `current_file` before that.
    language
        Of the words.
    """
    now = current_file(store)
    before = () if former is None or former == now else _amendments(former)
    kept = _amendments(now) if before and now is not None else ()
    lost = [amendment for amendment in before if amendment not in kept]
    return [text("cli.amendments_lost", language, count=len(lost), file=former)] if lost else []


def _amendments(path: Path) -> tuple[Amendment, ...]:
    try:
        return open_campaign(path).campaign.amendments
    except GeoServiceError:
        return ()  # a damaged file is often why another one is published


def campaign_text(record: Record, language: Language) -> str:
    """Return a campaign in words: hash, id, name, and the mark of a sample."""
    mark = f" [{text('mark.sample', language)}]" if record.is_sample else ""
    return f"{record.hash[:_SHORT]} {record.id} ({record.names.best(language) or record.id}){mark}"


def moment_text(moment: str, zone: dt.tzinfo = dt.UTC) -> str:
    """Return a moment (ISO 8601) as people read it, with its offset."""
    return dt.datetime.fromisoformat(moment).astimezone(zone).strftime("%Y-%m-%d %H:%M %Z")


def record_text(record: Record, language: Language, zone: dt.tzinfo = dt.UTC) -> str:
    """Return a line of the log in words."""
    who = text("cli.by", language, name=record.by) if record.by else ""
    proposer = text("cli.proposed_by", language, name=record.proposed_by) if record.proposed_by else ""
    quality = text(f"cli.quality_{record.quality}", language) if record.quality else ""
    forced = text("cli.forced", language) if record.forced else ""
    details = "; ".join(part for part in (who, proposer, quality, forced, record.reason) if part)
    action = text(f"action.{record.action}", language)
    return f"{moment_text(record.at, zone)}  {action}: {campaign_text(record, language)}" + (
        f". {details}" if details else ""
    )
