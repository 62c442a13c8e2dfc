"""``geo-service campaigns``: what was published, by whom and why."""

from __future__ import annotations

from typing import Any

import click
import orjson

from geo_service.campaign.model import Language
from geo_service.commands.context import examples, language_option, settings_of
from geo_service.commands.publishing import current_file, record_text
from geo_service.store.log import History, Record
from geo_service.store.store import Store
from geo_service.translations import text


@click.command("campaigns", epilog=examples("geo-service campaigns", "geo-service campaigns --log"))
@click.option("--log", "whole_log", is_flag=True, help="Print the whole log, the oldest line first.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@language_option
@click.pass_context
def campaigns(context: click.Context, *, whole_log: bool, as_json: bool) -> None:
    """List the published campaigns, the current one first, and those that wait for approval."""
    settings = settings_of(context)
    language = settings.language
    store = Store(settings.store)
    path = current_file(store)
    current = None if path is None else path.name
    history = store.history()
    if as_json:
        click.echo(orjson.dumps(_to_dict(history, current, whole_log=whole_log)))
    else:
        lines = _log_lines(history, language) if whole_log else _lines(history, current, language)
        for number in history.unreadable:
            lines.append(text("cli.log_torn", language, file=store.log_path, line=number))
        click.echo("\n".join(lines or [text("cli.nothing_published", language)]))
    store.current()  # a damaged note is told after the list, which says what to roll back to


def _log_lines(history: History, language: Language) -> list[str]:
    return [record_text(record, language) for record in history.records]


def _lines(history: History, current: str | None, language: Language) -> list[str]:
    published = _current_first(history, current)
    lines = [
        f"{'*' if record.file == current else ' '} {record_text(record, language)}" for record in published
    ]
    if current is not None and all(record.file != current for record in published):
        lines.insert(0, f"* {current}")  # published before there was a log
    return lines + [f"? {record_text(record, language)}" for record in history.proposals()]


def _current_first(history: History, current: str | None) -> list[Record]:
    return sorted(history.published(), key=lambda record: record.file != current)


def _to_dict(history: History, current: str | None, *, whole_log: bool) -> dict[str, Any]:
    values: dict[str, Any] = {
        "current": current,
        "campaigns": [
            {**record.to_dict(), "is_current": record.file == current}
            for record in _current_first(history, current)
        ],
        "proposals": [record.to_dict() for record in history.proposals()],
        "unreadable_lines": list(history.unreadable),
    }
    if whole_log:
        values["log"] = [record.to_dict() for record in history.records]
    return values
