"""The layers of a campaign that maps and pictures of it have in common. Loads no Folium."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from boundaries.geodesy import degrees_for_metres
from geo_service.campaign.model import LANGUAGES, Campaign, CampaignInfo, Names, Place, Station
from geo_service.notes import PrecinctNumbers
from geo_service.translations import place_name
from maps.model import MapBuilding, MapPrecinct, MapStreet, UnplacedStation

_STREET_KINDS = frozenset({"street", "avenue", "boulevard", "highway", "lane"})


def precinct_areas(campaign: Campaign) -> tuple[MapPrecinct, ...]:
    """Return the open precincts that have a boundary."""
    return tuple(
        MapPrecinct(precinct.number, precinct.kind, precinct.district, precinct.geometry)
        for precinct in campaign.precincts
        if precinct.geometry is not None and precinct.status == "open"
    )


def station_buildings(campaign: Campaign) -> tuple[MapBuilding, ...]:
    """Return the buildings that have a point, each with all open precincts that vote in it."""
    by_building: dict[tuple[str, float, float], list[Station]] = {}
    for station in _open_stations(campaign):
        if station.lon is not None and station.lat is not None:
            by_building.setdefault((station.building_id, station.lon, station.lat), []).append(station)
    return tuple(
        MapBuilding(
            numbers=tuple(sorted(station.precinct for station in together)),
            lon=lon,
            lat=lat,
            names=known_names(together[0].names),
            addresses=known_names(together[0].address),
            hours=_hours(together, campaign.info),
        )
        for (_, lon, lat), together in by_building.items()
    )


def unplaced_stations(campaign: Campaign) -> tuple[UnplacedStation, ...]:
    """Return the stations of open precincts that have no point."""
    return tuple(
        UnplacedStation(
            numbers=(station.precinct,),
            names=known_names(station.names),
            addresses=known_names(station.address),
            hours=_hours([station], campaign.info),
        )
        for station in _open_stations(campaign)
        if station.lon is None or station.lat is None
    )


def streets(places: Sequence[Place], *, main: int, most: int | None = None) -> tuple[MapStreet, ...]:
    """Return the longest streets, the longest first: these are the ones that people know.

    Parameters
    ----------
    places
        Of the campaign.
    main
        How many of the longest are main streets.
    most
        How many are returned; None for all.
    """
    lengths = ((_length_m(place), place) for place in places if place.kind in _STREET_KINDS)
    drawn = sorted((pair for pair in lengths if pair[0] > 0), key=lambda pair: (-pair[0], pair[1].id))
    return tuple(
        MapStreet(place_names(place), is_main=rank < main, geometry=place.geometry)
        for rank, (_, place) in enumerate(drawn[:most])
        if place.geometry is not None
    )


def place_names(place: Place) -> dict[str, str]:
    """Return what a place is called, with its kind word, by language."""
    return {language: place_name(place.kind, place.names, language) for language in LANGUAGES}


def known_names(names: Names) -> dict[str, str]:
    """Return the names that are known, by language."""
    return {language: name for language, name in names.as_dict().items() if name}


def _open_stations(campaign: Campaign) -> Iterable[Station]:
    numbers = {precinct.number for precinct in campaign.precincts if precinct.status == "open"}
    return (station for station in campaign.stations if station.precinct in numbers)


def _hours(together: Sequence[Station], info: CampaignInfo) -> dict[str, str]:
    """Return the hours of the stations in a building by language; by precinct where they differ."""
    hours = {
        station.precinct: f"{station.opens or info.opens}–{station.closes or info.closes}"
        for station in together
    }
    if len(set(hours.values())) == 1:
        return dict.fromkeys(LANGUAGES, next(iter(hours.values())))
    return {
        language: "; ".join(
            f"{PrecinctNumbers((number,), info.is_sample).text(language)}: {hours[number]}"
            for number in sorted(hours)
        )
        for language in LANGUAGES
    }


def _length_m(place: Place) -> float:
    """Return about how long a street is: good enough to order streets by."""
    if place.geometry is None or place.geometry.is_empty:
        return 0.0
    _, height = degrees_for_metres(1.0, place.geometry.centroid.y)
    return float(place.geometry.length / height)
