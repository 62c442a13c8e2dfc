"""``geo-service amend``: change a station, or the precinct of houses, in the published campaign."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from pathlib import Path

import click

from geo_service.amending.houses import house_of_text, move_house
from geo_service.amending.position import checked_position, position_of_address
from geo_service.amending.record import Author
from geo_service.amending.station import StationChange, amend_station
from geo_service.campaign.file import CampaignFile, write_campaign
from geo_service.campaign.model import Campaign, House, Language, Names
from geo_service.campaign.values import parse_time
from geo_service.commands.context import examples, language_option, setting_option, settings_of, working
from geo_service.commands.publishing import act_of, outcome_lines
from geo_service.errors import SourceError
from geo_service.finder import Finder
from geo_service.notes import PrecinctNumbers
from geo_service.store.store import Store
from geo_service.translations import text

_Change = Callable[[Finder, Author], Campaign]
#: The options about a station by their names.
_Station = dict[str, str | bool | None]


@click.command(
    "amend",
    epilog=examples(
        "geo-service amend 123 --station 'Школа № 15' --address 'улица Абая, 45' --reason 'burst pipe'",
        "geo-service amend 123 --hours 06:00-20:00 --reason 'decision of the commission'",
        "geo-service amend --house 'улица Абая, 45' --to 124 --reason 'error in the list'",
    ),
)
@click.argument("number", required=False, type=click.IntRange(min=1), metavar="[PRECINCT]")
@click.option("--station", metavar="NAME", help="New name of the station's building.")
@click.option("--station-kk", metavar="NAME", help="The same in Kazakh.")
@click.option("--station-en", metavar="NAME", help="The same in English.")
@click.option("--address", metavar="ADDRESS", help="New address: another building, unless --same-building.")
@click.option("--address-kk", metavar="ADDRESS", help="The same in Kazakh.")
@click.option("--address-en", metavar="ADDRESS", help="The same in English.")
@click.option("--same-building", is_flag=True, help="The address is only written better.")
@click.option("--lat", metavar="LAT", help="New latitude; without it the address is looked up.")
@click.option("--lon", metavar="LON", help="New longitude.")
@click.option("--hours", metavar="HH:MM-HH:MM", help="New hours.")
@click.option("--phone", metavar="NUMBER", help="New telephone of the commission.")
@click.option("--house", "houses", multiple=True, metavar="ADDRESS", help="A house to move; may be repeated.")
@click.option("--to", "target", type=click.IntRange(min=1), metavar="PRECINCT", help="Where houses move.")
@click.option("--district", metavar="CODE", help="District of the houses.")
@click.option("--place", type=click.IntRange(min=0), metavar="ID", help="Id of their street.")
@click.option("--reason", required=True, metavar="TEXT", help="Why; residents can read it.")
@setting_option("author", metavar="NAME")
@language_option
@click.pass_context
def amend(
    context: click.Context,
    /,
    number: int | None,
    *,
    houses: tuple[str, ...],
    target: int | None,
    district: str | None,
    place: int | None,
    reason: str,
    **station: str | bool | None,
) -> None:
    """Amend the published campaign on the eve of the vote, without a new build.

    Give the PRECINCT whose station changes, or --house and --to. The amended campaign is published at once;
    answers tell what was before. A text without --station-kk and the like is shown in every language.
    """
    if not reason.strip():
        raise click.UsageError("Give a reason.")
    settings = settings_of(context)
    if houses:
        if number is not None or any(station.values()):
            raise click.UsageError("Amend a station and houses one after the other.")
        find = functools.partial(house_of_text, language=settings.language, district=district, place=place)
        change = _house_change(houses, target, find)
    elif district is not None or place is not None:
        raise click.UsageError("Give --district and --place with --house only.")
    else:
        change = _station_change(number, target, station)
    act = act_of(settings, reason)
    author = Author(act.by, act.reason, dt.datetime.now(dt.UTC))
    store = Store(settings.store)
    amended: list[Campaign] = []

    def write(current: CampaignFile, path: Path) -> None:
        amended.append(change(Finder(current, near_border_m=settings.near_border_m), author))
        write_campaign(path, amended[-1], findings=current.findings)

    with working(text("cli.amending", settings.language)):
        store.amend(write, act, propose=settings.require_approval)
    lines = [*outcome_lines(store, settings.language), *_hints(amended[-1], number, settings.language)]
    click.echo("\n".join(lines))


def _hints(campaign: Campaign, number: int | None, language: Language) -> list[str]:
    """Return what the clerk may have overlooked."""
    station = None if number is None else campaign.stations_by_precinct[number]
    if station is None or station.lon is not None:
        return []
    is_sample = campaign.info.is_sample
    return [
        text("cli.no_point", language, number=PrecinctNumbers((station.precinct,), is_sample).text(language))
    ]


def _house_change(
    houses: tuple[str, ...], target: int | None, find: Callable[[Finder, str], House]
) -> _Change:
    if target is None:
        raise click.UsageError("Say with --to which precinct the houses go to.")

    def change(finder: Finder, author: Author) -> Campaign:
        campaign = finder.campaign
        for typed in houses:
            campaign = move_house(campaign, find(finder, typed), target, author)
        return campaign

    return change


def _station_change(number: int | None, target: int | None, station: _Station) -> _Change:
    if number is None or target is not None or not any(station.values()):
        raise click.UsageError("Give a PRECINCT and what changes there, or --house and --to.")
    if (station["lat"] is None) != (station["lon"] is None):
        raise click.UsageError("Give both --lat and --lon.")
    opens, closes = _hours(_given(station, "hours"))
    names, address = _names(station, "station"), _names(station, "address")

    def change(finder: Finder, author: Author) -> Campaign:
        point, source = None, "coordinates"
        if station["lat"] is not None:
            point = checked_position(finder, _given(station, "lat") or "", _given(station, "lon") or "")
        elif address is not None and not station["same_building"]:
            point, source = position_of_address(finder, address.best("ru") or ""), "address"
        lon, lat = point or (None, None)
        asked = StationChange(
            names=names,
            address=address,
            opens=opens,
            closes=closes,
            phone=_given(station, "phone"),
            lon=lon,
            lat=lat,
            location_source=source,
            same_building=bool(station["same_building"]),
        )
        return amend_station(finder.campaign, number, asked, author)

    return change


def _given(station: _Station, name: str) -> str | None:
    """Return the text of an option without needless space; None if it is absent or blank."""
    value = station[name]
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


def _names(station: _Station, stem: str) -> Names | None:
    names = Names(*(_given(station, name) for name in (f"{stem}_kk", stem, f"{stem}_en")))
    return names if names != Names() else None


def _hours(given: str | None) -> tuple[str | None, str | None]:
    if given is None:
        return None, None
    opens, _, closes = given.replace("–", "-").partition("-")
    try:
        return parse_time(opens.strip()), parse_time(closes.strip())
    except SourceError:
        raise click.UsageError("Give the hours as 07:00-20:00.") from None
