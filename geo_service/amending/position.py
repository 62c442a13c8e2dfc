"""Where a station's new point comes from: coordinates that were typed, or the address."""

from __future__ import annotations

from geo_service.amending.houses import house_of_text
from geo_service.errors import AmendmentError
from geo_service.finder import Finder
from geo_service.query_point import check_not_swapped, parse_position


def checked_position(finder: Finder, lat: str, lon: str) -> tuple[float, float]:
    """Return longitude and latitude of a station in the city.

    Raises
    ------
    geo_service.errors.QueryError, geo_service.errors.CoordinateError
        If one is no number or out of range, or the two look swapped.
    geo_service.errors.AmendmentError
        If the point lies outside the city.
    """
    x, y = parse_position(lat, lon)
    if finder.bounds is None:
        return x, y
    check_not_swapped(x, y, finder.bounds)
    west, south, east, north = finder.bounds
    if not (west <= x <= east and south <= y <= north):
        raise AmendmentError(
            f"The point {y:g}, {x:g} lies outside the city.", "Correct --lat and --lon.", field="lat"
        )
    return x, y


def position_of_address(finder: Finder, address: str) -> tuple[float, float] | None:
    """Return longitude and latitude of the house at an address; None if it is not known beyond doubt."""
    try:
        house = house_of_text(finder, address)
    except AmendmentError:
        return None
    return None if house.lon is None or house.lat is None else (house.lon, house.lat)
