"""``geo-service locate``: the precinct of a point, or of a stream of points."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BufferedIOBase
from typing import Any

import click
import orjson
from shapely.geometry import mapping

from geo_service.batch import LocatedChunk, lines_as_they_come, locate_lines
from geo_service.campaign.model import Language
from geo_service.commands.answer_text import answer_text
from geo_service.commands.context import common_options, examples, open_finder, settings_of, working
from geo_service.errors import GeoServiceError, QueryError
from geo_service.finder import Finder
from geo_service.query_point import check_not_swapped, parse_position, split_position
from geo_service.resolution import Resolution
from geo_service.translations import text


# Unknown options are passed on as arguments: a southern latitude begins with a minus sign.
@click.command(
    "locate",
    epilog=examples(
        "geo-service locate 43.238949 76.889709",
        "geo-service locate --json 43.238949 76.889709",
        "geo-service locate --file points.txt > precincts.tsv",
    ),
    context_settings={"ignore_unknown_options": True},
)
@click.argument("point", nargs=-1, metavar="LAT LON")
@click.option(
    "--file",
    "source",
    type=click.File("rb"),
    metavar="FILE|-",
    help="Read points from a file, or from standard input (-), one a line.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the whole answer as JSON, one object a line.")
@click.option("--geojson", "as_geojson", is_flag=True, help="Print the precinct as a GeoJSON feature.")
@common_options
@click.pass_context
def locate(
    context: click.Context,
    point: tuple[str, ...],
    source: BufferedIOBase | None,
    *,
    as_json: bool,
    as_geojson: bool,
) -> None:
    """Print the precinct of a point.

    LAT and LON are degrees, separated by space, comma or tab. Numbers separated by space may have a decimal
    comma.

    With --file, each line holds one point, and each gets one line of output, in the same order: LAT, LON and
    the precinct's number, separated by tabs ("outside": in no precinct; "error: ...": the line cannot be
    read), and after the numbers of a sample campaign the mark of a sample.

    Exit code: 0 if all was answered ("outside" is an answer), 1 after an error or a line with an error,
    2 for wrong usage.
    """
    if as_json and as_geojson:
        raise click.UsageError("Give --json or --geojson, not both.")
    if (source is None) == (not point):
        raise click.UsageError("Give LAT and LON, or --file FILE.")
    if source is None:
        _locate_one(context, " ".join(point), as_json=as_json, as_geojson=as_geojson)
    elif as_geojson:
        raise click.UsageError("--geojson takes one point; use --json with --file.")
    else:
        _locate_stream(context, source, as_json=as_json)


def _locate_one(context: click.Context, query: str, *, as_json: bool, as_geojson: bool) -> None:
    settings = settings_of(context)
    try:
        texts = split_position(query)
    except QueryError as error:
        raise click.UsageError(str(error), context) from error
    lon, lat = parse_position(*texts)
    finder = open_finder(settings)
    if finder.bounds is not None:
        check_not_swapped(lon, lat, finder.bounds)
    resolution = finder.by_point(lon, lat)
    if as_geojson:
        click.echo(orjson.dumps(_feature(resolution, settings.language)))
    elif as_json:
        click.echo(orjson.dumps(resolution.to_dict(settings.language)))
    else:
        click.echo(answer_text(resolution, finder, settings.language))


def _locate_stream(context: click.Context, source: BufferedIOBase, *, as_json: bool) -> None:
    settings = settings_of(context)
    language = settings.language
    finder = open_finder(settings)
    done = failed = 0
    with working(text("cli.lines", language, count=0), beside_output=True) as show:
        for chunk in locate_lines(finder, lines_as_they_come(source)):
            lines = _json_lines(chunk, finder, language) if as_json else _tab_lines(chunk, finder, language)
            click.echo("\n".join(lines))
            sys.stdout.flush()
            done += len(chunk.numbers)
            failed += len(chunk.points.errors)
            show(text("cli.lines", language, count=done))
    if failed:
        click.echo(text("cli.failed_lines", language, count=failed), err=True)
        context.exit(1)


def _feature(resolution: Resolution, language: Language) -> dict[str, Any]:
    precinct = resolution.precinct
    geometry = None if precinct is None else precinct.geometry
    return {
        "type": "Feature",
        "geometry": None if geometry is None else mapping(geometry),
        "properties": resolution.to_dict(language),
    }


def _tab_lines(chunk: LocatedChunk, finder: Finder, language: Language) -> Iterator[str]:
    """Yield ``LAT<tab>LON<tab>NUMBER`` of each point; a mark of a sample follows the number."""
    mark = "\t" + text("mark.sample", language) if finder.reference.is_sample else ""
    for position, number in enumerate(chunk.numbers.tolist()):
        lat, lon = chunk.points.texts[position]
        if number:
            yield f"{lat}\t{lon}\t{number}{mark}"
        elif position in chunk.points.errors:
            error = chunk.points.errors[position]
            # A line that is no point may hold anything: its own tabs must not make further columns.
            yield f"{' '.join(lat.split())}\t{lon}\terror: {error.problem} {error.remedy}"
        else:
            yield f"{lat}\t{lon}\toutside"


def _json_lines(chunk: LocatedChunk, finder: Finder, language: Language) -> Iterator[str]:
    positions = zip(chunk.points.lons.tolist(), chunk.points.lats.tolist(), strict=True)
    for position, (lon, lat) in enumerate(positions):
        error = chunk.points.errors.get(position)
        answer = _error(error) if error else finder.by_point(lon, lat).to_dict(language)
        yield orjson.dumps(answer).decode()


def _error(error: GeoServiceError) -> dict[str, Any]:
    return {
        "error": {
            "detail": error.problem,
            "remedy": error.remedy,
            "item": error.place.item,
            "field": error.place.field,
        }
    }
