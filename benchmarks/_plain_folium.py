"""The same city as a beginner's Folium page: polygons inside the page, a marker for each station."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import folium
import geopandas as gpd

from geo_service.served.encodings import compressed
from maps.assets import vendor_files


@dataclass(frozen=True, slots=True)
class PlainFolium:
    """Bytes of the page and of the default assets that installed packages have; names of the others."""

    page: int
    assets: dict[str, int]
    missing: tuple[str, ...]

    @property
    def size(self) -> int:
        """Bytes of everything that could be counted."""
        return self.page + sum(self.assets.values())


def plain_folium(campaign: Path, encoding: str) -> PlainFolium:
    """Make the page and count it.

    Parameters
    ----------
    campaign
        A campaign file, read as any GeoPackage.
    encoding
        Content encoding of the page and its assets: that of our own page.
    """
    made = page_of(campaign)
    html = made.get_root().render()
    installed = {path.name: path for path in vendor_files().values()}
    assets: dict[str, int] = {}
    missing: list[str] = []
    for _, url in [*made.default_css, *made.default_js]:
        name = url.rsplit("/", 1)[-1]
        if name in installed:
            assets[name] = len(compressed(installed[name].read_bytes(), encoding))
        else:
            missing.append(url)
    return PlainFolium(len(compressed(html.encode(), encoding)), assets, tuple(missing))


def page_of(campaign: Path) -> folium.Map:
    """Return the map of a campaign file as the first example of Folium's guide makes it."""
    precincts = gpd.read_file(campaign, layer="precincts")
    stations = gpd.read_file(campaign, layer="stations")
    west, south, east, north = precincts.total_bounds
    made = folium.Map(location=[(south + north) / 2, (west + east) / 2], zoom_start=11)
    folium.GeoJson(
        precincts[["number", "district", "geometry"]],
        tooltip=folium.GeoJsonTooltip(["number", "district"]),
    ).add_to(made)
    for station in stations[stations.geometry.notna()].itertuples():
        folium.Marker(
            [station.geometry.y, station.geometry.x],
            popup=f"{station.precinct}: {station.name_ru}",
            tooltip=station.address_ru,
        ).add_to(made)
    return made
