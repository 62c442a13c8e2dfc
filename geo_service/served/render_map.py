"""Render the map of a campaign, in a process of its own, because Folium loads pandas.

``python -m geo_service.served.render_map CAMPAIGN DIRECTORY [TILE_URL [TILE_ATTRIBUTION]]``
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path

from boundaries.geodesy import degrees_for_metres
from geo_service.campaign.file import open_campaign
from geo_service.campaign.model import LANGUAGES, Campaign, CampaignInfo, Language, Names, Place, Station
from geo_service.errors import GeoServiceError
from geo_service.served.extent import campaign_extent
from geo_service.served.map_files import MAP_URL
from geo_service.translations import place_name, text
from maps.assets import own_url
from maps.model import MapBuilding, MapContent, MapOptions, MapPrecinct, MapStreet, MapWords
from maps.render import write_map

_STREETS = 300  # the longest ones: enough to know the city by, few enough to send to a phone
_MAIN_STREETS = 80
_STREET_KINDS = frozenset({"street", "avenue", "boulevard", "highway", "lane"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Render a map; return the exit status."""
    campaign_path, directory, *tiles = sys.argv[1:] if arguments is None else arguments
    tile_url, tile_attribution = (*tiles, "", "")[:2]
    try:
        campaign = open_campaign(campaign_path).campaign
        render_campaign(campaign, Path(directory), tile_url=tile_url, tile_attribution=tile_attribution)
    except (GeoServiceError, OSError) as error:
        sys.stderr.write(f"Error: {error}\n")
        return 1
    return 0


def render_campaign(
    campaign: Campaign, directory: Path, *, tile_url: str = "", tile_attribution: str = ""
) -> None:
    """Write the map of a campaign into a directory, unless it exists.

    Parameters
    ----------
    campaign
        What to draw.
    directory
        Its name becomes part of the files' URL.
    tile_url, tile_attribution
        Online background; empty for the map's own.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    write_map(
        directory,
        map_content(campaign),
        words={language: map_words(language, is_sample=campaign.info.is_sample) for language in LANGUAGES},
        options=MapOptions(
            script_base=own_url(),
            source=_source(campaign.info),
            tile_url=tile_url,
            tile_attribution=tile_attribution,
        ),
        data_base=f"{MAP_URL}{directory.name}/",
    )


def map_content(campaign: Campaign) -> MapContent:
    """Return what the map of a campaign shows."""
    return MapContent(
        precincts=tuple(
            MapPrecinct(precinct.number, precinct.kind, precinct.district, precinct.geometry)
            for precinct in campaign.precincts
            if precinct.geometry is not None and precinct.status == "open"
        ),
        districts=tuple(sorted({precinct.district for precinct in campaign.precincts})),
        buildings=_buildings(campaign.stations),
        streets=_streets(campaign.places),
        extent=campaign_extent(campaign),
    )


def map_words(language: Language, *, is_sample: bool = False) -> MapWords:
    """Return the words on the map in a language; numbers of a sample get its mark."""
    names = {field.name for field in dataclasses.fields(MapWords)} - {"cluster", "mark"}
    return MapWords(
        **{name: text(f"page.map.{name}", language) for name in names},
        # The browser fills in how many.
        cluster=text("page.map.cluster", language, count="{count}"),
        mark=text("mark.sample", language) if is_sample else None,
    )


def _source(info: CampaignInfo) -> str:
    return ", ".join(part for part in (info.source, info.licence) if part)


def _buildings(stations: Sequence[Station]) -> tuple[MapBuilding, ...]:
    """Return the buildings that have a point, each with all precincts that vote in it."""
    by_building: dict[tuple[str, float, float], list[Station]] = {}
    for station in stations:
        if station.lon is not None and station.lat is not None:
            by_building.setdefault((station.building_id, station.lon, station.lat), []).append(station)
    return tuple(
        MapBuilding(
            numbers=tuple(sorted(station.precinct for station in together)),
            lon=lon,
            lat=lat,
            names=_texts(together[0].names),
            addresses=_texts(together[0].address),
        )
        for (_, lon, lat), together in by_building.items()
    )


def _streets(places: Sequence[Place]) -> tuple[MapStreet, ...]:
    """Return the longest streets, the longest first."""
    lengths = [(_length_m(place), place) for place in places if place.kind in _STREET_KINDS]
    drawn = sorted((pair for pair in lengths if pair[0] > 0), key=lambda pair: (-pair[0], pair[1].id))[
        :_STREETS
    ]
    return tuple(
        MapStreet(
            names={language: place_name(place.kind, place.names, language) for language in LANGUAGES},
            is_main=rank < _MAIN_STREETS,
            geometry=place.geometry,
        )
        for rank, (_, place) in enumerate(drawn)
        if place.geometry is not None
    )


def _length_m(place: Place) -> float:
    """Return about how long a street is: good enough to order streets by."""
    if place.geometry is None:
        return 0.0
    _, height = degrees_for_metres(1.0, place.geometry.centroid.y)
    return float(place.geometry.length / height)


def _texts(names: Names) -> dict[str, str]:
    return {language: name for language, name in names.as_dict().items() if name}


if __name__ == "__main__":
    sys.exit(main())
