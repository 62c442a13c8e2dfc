"""``geo-service changes``: what was amended and published since a day."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import click
import orjson

from geo_service.amending.changes import amendments_since, change_dict, house_label, read_moment
from geo_service.campaign.amendment import Amendment, ColumnValues
from geo_service.campaign.model import Language, Names
from geo_service.commands.context import common_options, examples, open_finder, settings_of
from geo_service.commands.publishing import moment_text, record_text
from geo_service.finder import Finder
from geo_service.notes import PrecinctNumbers
from geo_service.settings import Settings
from geo_service.store.log import Record
from geo_service.store.store import Store
from geo_service.translations import text

_TEXTS = ("name", "address")
_PLAIN = ("opens", "closes", "phone")


@click.command("changes", epilog=examples("geo-service changes --since 2026-03-10"))
@click.option("--since", metavar="DAY", help="A day or moment, as 2026-03-10 or 2026-03-10T18:00.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@common_options
@click.pass_context
def changes(context: click.Context, *, since: str | None, as_json: bool) -> None:
    """List what was amended in the campaign since a day, and what was published or rolled back.

    A rollback takes amendments back: those are no longer in the campaign, and the log tells why.
    """
    settings = settings_of(context)
    finder = open_finder(settings)
    moment = None if since is None else read_moment(since, finder.campaign.info.time_zone)
    amendments = amendments_since(finder.campaign, moment)
    log = _log_since(settings, moment)
    if as_json:
        click.echo(orjson.dumps(_to_dict(finder, amendments, log, moment, settings.language)))
        return
    lines = [_line(finder, amendment, settings.language) for amendment in amendments]
    zone = ZoneInfo(finder.campaign.info.time_zone)
    lines += [record_text(record, settings.language, zone) for record in log]
    click.echo("\n".join(lines or [text("cli.no_changes", settings.language)]))


def _log_since(settings: Settings, moment: dt.datetime | None) -> list[Record]:
    if settings.campaign is not None:
        return []  # a file that is named has nothing to do with the store
    records = Store(settings.store).history().records
    return [record for record in records if moment is None or dt.datetime.fromisoformat(record.at) >= moment]


def _to_dict(
    finder: Finder,
    amendments: tuple[Amendment, ...],
    log: list[Record],
    moment: dt.datetime | None,
    language: Language,
) -> dict[str, Any]:
    labels, campaign = finder.one_box.labels, finder.campaign
    return {
        "campaign": {"id": campaign.info.id, "hash": finder.file.content_hash},
        "since": moment and moment.isoformat(),
        "changes": [
            {**change_dict(amendment, labels, campaign, language), "author": amendment.author}
            for amendment in amendments
        ],
        "log": [record.to_dict() for record in log],
    }


def _line(finder: Finder, amendment: Amendment, language: Language) -> str:
    is_sample = finder.campaign.info.is_sample
    precinct = PrecinctNumbers((amendment.precinct,), is_sample).text(language)
    house = house_label(amendment, finder.one_box.labels, finder.campaign, language)
    parts = [] if house is not None else _parts(amendment, language)
    if house is not None:
        former = amendment.former.get("precinct")
        numbers = (former,) if isinstance(former, int) else ()
        parts.append(f"{house}: {PrecinctNumbers(numbers, is_sample).text(language) or '–'} → {precinct}")
    who = text("cli.by", language, name=amendment.author)
    made_at = moment_text(amendment.made_at, ZoneInfo(finder.campaign.info.time_zone))
    return f"{made_at}  {precinct}: {'; '.join(parts)}. {who}; {amendment.reason}"


def _parts(amendment: Amendment, language: Language) -> list[str]:
    former, new = amendment.former, amendment.new
    pairs = [(stem, _text_of(former, stem, language), _text_of(new, stem, language)) for stem in _TEXTS]
    pairs += [(name, _plain(former, name), _plain(new, name)) for name in _PLAIN]
    pairs.append(("point", _point(former), _point(new)))
    return [
        f"{text(f'change.{name}', language)}: {before or '–'} → {since or '–'}"
        for name, before, since in pairs
        if before != since
    ]


def _text_of(values: ColumnValues, stem: str, language: Language) -> str | None:
    names = (values.get(f"{stem}_{code}") for code in ("kk", "ru", "en"))
    return Names(*(name if isinstance(name, str) else None for name in names)).best(language)


def _plain(values: ColumnValues, name: str) -> str | None:
    value = values.get(name)
    return None if value is None else str(value)


def _point(values: ColumnValues) -> str | None:
    lon, lat = values.get("lon"), values.get("lat")
    return None if lon is None and lat is None else f"{lat}, {lon}"
