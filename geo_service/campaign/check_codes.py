"""The codes of what the checks of a whole campaign find; those of reading sources: see `finding_codes`."""

from __future__ import annotations

from collections.abc import Mapping

from geo_service.campaign.finding_code import FindingCode

CHECK_CODES: Mapping[str, FindingCode] = {
    "precincts_gap": FindingCode(
        "warning",
        "Ground of the city lies in no territorial precinct: more than 1 m² between precincts, more than "
        "100 m² and 2 m wide at the city's edge.",
        ("area_m2", "width_m", "numbers"),
    ),
    "sliver_gap": FindingCode(
        "information",
        "A gap between precincts is less than 2 m wide: its borders were drawn one by one.",
        ("area_m2", "width_m", "numbers"),
    ),
    "sliver_overlap": FindingCode(
        "information",
        "Two territorial precincts overlap by a strip less than 2 m wide; the lower number answers there.",
        ("other", "area_m2", "width_m"),
    ),
    "polygon_sliver": FindingCode(
        "warning",
        "A piece of a precinct's boundary is smaller than 100 m² or less than 2 m wide.",
        ("area_m2", "width_m"),
    ),
    "polygon_spike": FindingCode(
        "information",
        "A boundary runs out and back on nearly the same line: at least 10 m long, at most 0.6 m wide.",
        ("length_m",),
    ),
    "precinct_across_districts": FindingCode(
        "warning",
        "More than 100 m² of a precinct lie in another district.",
        ("district", "other", "area_m2", "percent"),
    ),
    "district_not_covered": FindingCode(
        "warning",
        "More than 1 % of a district lies in no territorial precinct.",
        ("district", "area_m2", "percent"),
    ),
    "precinct_repeated": FindingCode("error", "Several precincts have one number.", ("count",)),
    "station_repeated": FindingCode("error", "A precinct has several stations.", ("count",)),
    "list_too_long": FindingCode(
        "warning", "A precinct has more than 3,000 voters, the most that the law allows.", ("voters",)
    ),
    "station_outside_precinct": FindingCode(
        "information",
        "A station lies outside the boundary of its precinct, which is normal.",
        ("distance_m",),
    ),
    "stations_near": FindingCode(
        "warning",
        "Two stations of different buildings and addresses are at most 10 m apart: a point may be wrong.",
        ("other", "distance_m"),
    ),
    "stations_share_building": FindingCode(
        "information", "Several precincts vote in one building, which is normal.", ("numbers",)
    ),
    "house_listed_twice": FindingCode(
        "error", "A house is listed for several precincts.", ("place", "houses", "numbers")
    ),
    "houses_in_none": FindingCode(
        "warning",
        "Houses inside the city, or of unknown position, are on no list and in no precinct's boundary.",
        ("place", "houses", "count"),
    ),
    "houses_in_two": FindingCode(
        "warning",
        "Houses that are on no list lie in the boundaries of two precincts; the lower number answers.",
        ("other", "place", "houses", "count"),
    ),
    "houses_list_differs": FindingCode(
        "warning",
        "Houses are listed for one precinct and lie in the boundary of another; the list stands.",
        ("other", "place", "houses", "count"),
    ),
    "data_old": FindingCode(
        "warning", "The data are more than 180 days older than the vote.", ("day", "days")
    ),
    "data_in_future": FindingCode("warning", "The data are of a day that is still to come.", ("day",)),
    "vote_is_past": FindingCode("information", "The day of the vote is past.", ("day",)),
    "gap_mended": FindingCode(
        "information",
        "A narrow gap was given to the precinct with the longest border on it, as the recipe allows.",
        ("area_m2", "width_m"),
    ),
    "overlap_mended": FindingCode(
        "information",
        "A narrow overlap was left to the lower number alone, as the recipe allows; no answer changes.",
        ("other", "area_m2", "width_m"),
    ),
    "acceptance_expired": FindingCode(
        "warning", "An accepted finding is accepted no longer: its day is past.", ("finding", "where", "day")
    ),
    "acceptance_exceeded": FindingCode(
        "warning",
        "A finding has grown beyond what was accepted of it.",
        ("finding", "where", "size", "at_most"),
    ),
    "acceptance_unused": FindingCode(
        "information", "An accepted finding is not there any more.", ("finding", "where")
    ),
}
