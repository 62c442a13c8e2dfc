"""What the pictures of a campaign are drawn from, without Folium: serving processes draw them themselves."""

from __future__ import annotations

from geo_service.campaign.model import Campaign, CampaignInfo, Language
from geo_service.served.map_layers import known_names, precinct_areas, station_buildings, streets
from geo_service.translations import text
from maps.picture.model import PictureContent, PictureDistrict, PictureWords

_MAIN_STREETS = 120  # the longest ones


def picture_content(campaign: Campaign) -> PictureContent:
    """Return what pictures of a campaign show."""
    return PictureContent(
        precincts=precinct_areas(campaign),
        buildings=station_buildings(campaign),
        districts=tuple(
            PictureDistrict(district.code, known_names(district.names), district.geometry)
            for district in campaign.districts
        ),
        streets=streets(campaign.places, main=_MAIN_STREETS),
    )


def picture_words(info: CampaignInfo, language: Language) -> PictureWords:
    """Return the words on the pictures of a campaign in a language."""
    source = ", ".join(part for part in (info.source_in(language), info.licence) if part)
    return PictureWords(
        language=language,
        metres=text("page.map.metres", language),
        kilometres=text("page.map.kilometres", language),
        source=f"{text('page.map.source', language)} {source}" if source else "",
        mark=text("mark.sample", language) if info.is_sample else None,
    )
