"""Render the map of a campaign, in a process of its own, because Folium loads pandas.

``python -m geo_service.served.render_map CAMPAIGN DIRECTORY [TILE_URL [TILE_ATTRIBUTION]]``
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path

from geo_service.campaign.file import open_campaign
from geo_service.campaign.model import LANGUAGES, Campaign, CampaignInfo, Language, Names, Place
from geo_service.errors import GeoServiceError
from geo_service.served.extent import campaign_extent
from geo_service.served.map_files import MAP_URL
from geo_service.served.map_layers import (
    place_names,
    precinct_areas,
    station_buildings,
    streets,
    unplaced_stations,
)
from geo_service.translations import text
from maps.assets import own_url
from maps.model import MapContent, MapDistrict, MapName, MapOptions, MapWords
from maps.render import write_map

_STREETS = 1200  # the longest ones: enough to find one's way by, few enough to send to a phone
_MAIN_STREETS = 80
_AREA_KINDS = frozenset({"microdistrict", "complex"})


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
            source={language: _source(campaign.info, language) for language in LANGUAGES},
            tile_url=tile_url,
            tile_attribution=tile_attribution,
        ),
        data_base=f"{MAP_URL}{directory.name}/",
    )


def map_content(campaign: Campaign) -> MapContent:
    """Return what the map of a campaign shows."""
    return MapContent(
        precincts=precinct_areas(campaign),
        districts=tuple(sorted({precinct.district for precinct in campaign.precincts})),
        buildings=station_buildings(campaign),
        unplaced=unplaced_stations(campaign),
        streets=streets(campaign.places, main=_MAIN_STREETS, most=_STREETS),
        areas=tuple(
            MapDistrict(district.code, _in_every_language(district.names), district.geometry)
            for district in campaign.districts
        ),
        names=_names(campaign.places),
        extent=campaign_extent(campaign),
    )


def map_words(language: Language, *, is_sample: bool = False) -> MapWords:
    """Return the words on the map in a language; numbers of a sample get its mark."""
    names = {field.name for field in dataclasses.fields(MapWords)} - {"cluster", "mark", "number"}
    return MapWords(
        **{name: text(f"page.map.{name}", language) for name in names},
        # The browser fills in how many.
        cluster=text("page.map.cluster", language, count="{count}"),
        number=text("page.number", language, number="{number}"),
        mark=text("mark.sample", language) if is_sample else None,
    )


def _source(info: CampaignInfo, language: Language) -> str:
    return ", ".join(part for part in (info.source_in(language), info.licence) if part)


def _names(places: Sequence[Place]) -> tuple[MapName, ...]:
    """Return the names of microdistricts and the like."""
    return tuple(
        MapName(place_names(place), centre.x, centre.y)
        for place in places
        if place.kind in _AREA_KINDS and place.geometry is not None
        for centre in (place.geometry.centroid,)
        if not centre.is_empty
    )


def _in_every_language(names: Names) -> dict[str, str]:
    return {language: names.best(language) or "" for language in LANGUAGES}


if __name__ == "__main__":
    sys.exit(main())
