"""The closed list of what a build can notice. Each code has a text ``finding.<code>`` in the catalogues."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geo_service.campaign.check_codes import CHECK_CODES
from geo_service.campaign.finding_code import POSITION, FindingCode
from geo_service.campaign.list_codes import LIST_CODES
from geo_service.campaign.model import Finding

FINDING_CODES: Mapping[str, FindingCode] = {
    "precinct_without_polygon": FindingCode(
        "warning",
        "An open territorial precinct has no boundary and no house on a list: nothing leads to it.",
    ),
    "precinct_without_station": FindingCode("warning", "It is not known where an open precinct votes."),
    "precinct_without_district": FindingCode(
        "warning", "No district is stated for a precinct, and its boundary lies in none."
    ),
    "precinct_outside_district": FindingCode(
        "warning",
        "More than 100 m² of a precinct lie outside its district, and in no other.",
        ("district", "area_m2", "percent"),
    ),
    "precincts_overlap": FindingCode(
        "warning",
        "Two open territorial precincts overlap by more than 1 m²; the lower number answers there.",
        ("other", "area_m2"),
    ),
    "precinct_numbers_skipped": FindingCode(
        "information", "The numbering has gaps: rows may be missing.", ("count", "numbers")
    ),
    "polygons_derived": FindingCode(
        "information", "Boundaries are derived, not official: answers are worded as probable.", ("count",)
    ),
    "polygon_repaired": FindingCode(
        "information",
        "A boundary was repaired: faults are invalid, z_dropped, m_dropped, points_repeated, parts_dropped.",
        ("faults", "detail", "area_change_m2"),
    ),
    "heights_dropped": FindingCode(
        "information", "Boundaries of a source had heights or measures, which no map here needs.", ("count",)
    ),
    "station_without_precinct": FindingCode(
        "error",
        "A station names a precinct that no other source has, and no district: "
        "the precinct was added without one.",
    ),
    "station_without_point": FindingCode("warning", "The position of a station is not known."),
    "station_outside_city": FindingCode(
        "warning",
        "A station lies in no district or, where no districts are known, outside the box of all precincts.",
        ("lon", "lat"),
    ),
    "station_district_differs": FindingCode(
        "warning",
        "The list of stations gives a precinct another district than the precincts do, which stands.",
        ("district", "other"),
    ),
    "district_without_station": FindingCode(
        "warning", "No station is known for any precinct of a district.", ("district",)
    ),
    "districts_overlap": FindingCode(
        "warning", "Two districts overlap by more than 1 m².", ("district", "other", "area_m2")
    ),
    "names_missing": FindingCode(
        "information",
        "Rows of a layer have no name in a language; the Russian one, or any, stands in.",
        ("layer", "language", "count", "total"),
    ),
    "addresses_missing": FindingCode(
        "information",
        "Stations have no address in a language; the Russian one, or any, stands in.",
        ("layer", "language", "count", "total"),
    ),
    "houses_unknown_precinct": FindingCode(
        "error",
        "Houses name a precinct that no other source has: they are kept without a precinct.",
        ("number", "count"),
    ),
    "houses_without_district": FindingCode(
        "warning", "The district of houses is neither stated nor found by position.", ("count",)
    ),
    "houses_without_point": FindingCode(
        "information", "The position of houses is not known.", ("count", "total")
    ),
    "houses_outside_city": FindingCode(
        "warning",
        "Houses lie in no district or, where no districts are known, outside the box of all precincts.",
        ("place", "houses", "count"),
    ),
    "duplicate_row": FindingCode(
        "information", "A row repeats another one exactly, and was left out.", ("layer", "first")
    ),
    "section_empty": FindingCode("warning", "A source has no records.", ("layer",)),
    "html_removed": FindingCode(
        "information", "Texts of a column held HTML: tags and entities were taken out.", ("count",)
    ),
    "curves_straightened": FindingCode(
        "information",
        "Arcs of geometries were drawn as short straight lines, each of at most 4 degrees of the arc.",
        ("count",),
    ),
    "rings_closed": FindingCode(
        "warning", "Rings of polygons did not end where they begin: they were closed.", ("count",)
    ),
    "encoding_assumed": FindingCode(
        "warning",
        "A file does not say how its text is encoded: the encoding that gives likely letters was taken.",
        ("encoding", "sample"),
    ),
    "parts_not_read": FindingCode(
        "warning", "A file holds something that is no feature and was not read.", ("kinds", "count")
    ),
    "crs_overridden": FindingCode(
        "information",
        "The recipe states another coordinate system than the file does, and stands.",
        ("stated", "in_file"),
    ),
    **CHECK_CODES,
    **LIST_CODES,
}


def make_finding(
    code: str,
    *,
    precinct: int | None = None,
    file: str | None = None,
    item: str | None = None,
    field: str | None = None,
    position: tuple[float, float] | None = None,
    **values: Any,
) -> Finding:
    """Return a finding of a known code, with the severity of the code.

    Parameters
    ----------
    code
        A key of `FINDING_CODES`.
    precinct, file, item, field
        Where, as far as known.
    position
        Longitude and latitude, degrees; they become the values ``lon`` and ``lat``.
    **values
        Exactly the values that the code names.

    Raises
    ------
    KeyError
        If there is no such code.
    ValueError
        If the values are not those of the code.
    """
    known = FINDING_CODES[code]
    if position is not None:
        values = {**values, "lon": position[0], "lat": position[1]}
    if values.keys() - POSITION != set(known.values) - POSITION:
        raise ValueError(f"{code} takes the values {known.values}, not {tuple(values)}")
    return Finding(code, known.severity, precinct, file, item, field, values)
