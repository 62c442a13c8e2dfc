"""``geo-service diff``: what differs between two campaigns."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from geo_service.campaign.file import CampaignFile, open_campaign
from geo_service.campaign.model import Language
from geo_service.commands.context import examples, language_option, settings_of, working
from geo_service.errors import GeoServiceError, StoreError
from geo_service.settings import Settings
from geo_service.store.search import find_edition
from geo_service.store.store import Store, resolve_campaign
from geo_service.translations import text

if TYPE_CHECKING:
    from geo_service.comparison.model import Comparison
    from geo_service.comparison.sections import Entry, Section

_SHOWN = 5  # entries of one sort in a section, and details of an entry, unless all are asked for
_CURRENT = "current"
_SIGNS = {"added": "+", "gone": "−", "changed": "~", "moved": ">"}


class _TroubleError(click.ClickException):
    """The two cannot be compared; status 1 says that something differs, as with diff(1)."""

    exit_code = 2


@click.command(
    "diff",
    epilog=examples(
        "geo-service diff referendum-2026.gpkg election-2027.gpkg",
        "geo-service diff current election-2027.gpkg --all --tolerance 0",
        "geo-service diff old.gpkg new.gpkg --html changes.html",
    ),
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, with every difference.")
@click.option("--all", "every", is_flag=True, help="Print every difference, not the first few of a kind.")
@click.option(
    "--tolerance", type=click.FloatRange(min=0), default=1.0, show_default=True, metavar="METRES",
    help="Positions no farther apart, and ground nowhere wider, count as the same.",
)  # fmt: skip
@click.option(
    "--html", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Write a page with a map of the differences, too: one file that needs no other.",
)  # fmt: skip
@language_option
@click.pass_context
def diff(
    context: click.Context,
    old: str,
    new: str,
    *,
    as_json: bool,
    every: bool,
    tolerance: float,
    html: Path | None,
) -> None:
    """Print what differs between two campaigns.

    Precincts that are added, gone or renumbered, houses that change their precinct, stations that move,
    borders that shift, and all else that the files hold. OLD and NEW are campaign files, or published
    campaigns: `current`, an id, or the first digits of a hash.

    Exit status: 0 if nothing differs, 1 if something does, 2 if the two cannot be compared.
    """
    from geo_service.comparison.compare import compare  # noqa: PLC0415 - loads pyproj

    settings = settings_of(context)
    language = settings.language
    try:
        with working(text("diff.working", language)):
            files = _opened(old, settings), _opened(new, settings)
            comparison = compare(files[0].campaign, files[1].campaign, tolerance_m=tolerance)
            if html is not None:
                _write_page(html, comparison, _hashes(files), settings)
    except GeoServiceError as error:
        raise _TroubleError(str(error)) from error
    if as_json:
        click.echo(orjson.dumps(_to_dict(comparison, files)))
    else:
        click.echo("\n".join(_lines(comparison, files, language, every=every)))
    context.exit(0 if comparison.is_same else 1)


def _opened(name: str, settings: Settings) -> CampaignFile:
    """Open the campaign file of a path or, if there is none, the published campaign of that name."""
    path = Path(name)
    if path.is_file() or path.suffix or path.name != name:
        return open_campaign(path)
    store = Store(settings.store)
    if name == _CURRENT:
        return open_campaign(resolve_campaign(dataclasses.replace(settings, campaign=None)))
    return open_campaign(store.campaigns / find_edition(store.history().published(), name).file)


def _hashes(files: tuple[CampaignFile, CampaignFile]) -> tuple[str, str]:
    return files[0].content_hash, files[1].content_hash


def _write_page(path: Path, comparison: Comparison, hashes: tuple[str, str], settings: Settings) -> None:
    from geo_service.comparison.page import comparison_page  # noqa: PLC0415 - loads Folium and pandas

    page = comparison_page(
        comparison,
        settings.language,
        hashes=hashes,
        tile_url=settings.tile_url,
        tile_attribution=settings.tile_attribution,
    )
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"The page cannot be written ({error.strerror}).",
            "Name a file in a folder of yours.",
            file=str(path),
        ) from error


def _to_dict(comparison: Comparison, files: tuple[CampaignFile, CampaignFile]) -> dict[str, Any]:
    from geo_service.comparison.document import comparison_dict  # noqa: PLC0415 - loads pyproj

    values = comparison_dict(comparison)
    for side, file in zip(("old", "new"), files, strict=True):
        values[side] |= {"hash": file.content_hash, "file": str(file.path)}
    return values


def _lines(
    comparison: Comparison, files: tuple[CampaignFile, CampaignFile], language: Language, *, every: bool
) -> Iterator[str]:
    from geo_service.comparison.sections import (  # noqa: PLC0415 - loads pyproj
        left_out_lines,
        sections,
        vote_lines,
    )

    yield from vote_lines(comparison, language, _hashes(files))
    if comparison.is_same:
        yield text("diff.same", language)
    for section in sections(comparison, language):
        yield from _section_lines(section, language, every=every)
    yield from left_out_lines(comparison, language)


def _section_lines(section: Section, language: Language, *, every: bool) -> Iterator[str]:
    yield f"{section.title}: {section.summary}"
    for _, alike in itertools.groupby(section.entries, key=lambda entry: entry.change):
        entries = list(alike)
        shown = entries if every else entries[:_SHOWN]
        for entry in shown:
            yield from _entry_lines(entry, language, every=every)
        if len(shown) < len(entries):
            yield "    " + text("cli.more", language, count=len(entries) - len(shown))


def _entry_lines(entry: Entry, language: Language, *, every: bool) -> Iterator[str]:
    yield f"  {_SIGNS[entry.change]} {entry.words}"
    shown = entry.details if every else entry.details[:_SHOWN]
    yield from (f"      {detail}" for detail in shown)
    if len(shown) < len(entry.details):
        yield "      " + text("cli.more", language, count=len(entry.details) - len(shown))
