"""Facts about Almaty, typed in by hand: coarse outlines of districts, courses of main streets, names.

The files in ``facts/`` were read off maps by eye, to three decimals of a degree; no vertex was computed from
a published layer.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import cast

import shapely
from shapely import LineString, Point, Polygon

from geo_service.campaign.model import CallCentre, CampaignInfo, Names, PlaceKind
from geo_service.campaign.rules import rules_from
from geo_service.sample_city.plan import CityPlan, DistrictPlan, MicrodistrictPlan, Plane, StreetPlan

#: The origin of the sample city's plane, near its middle: degrees, longitude first.
ORIGIN = Plane(76.93, 43.25)


def sample_plan() -> CityPlan:
    """Return the plan of the sample city, with main streets only."""
    return CityPlan(
        info=campaign_info(),
        plane=ORIGIN,
        districts=district_plans(),
        streets=main_streets(),
        microdistricts=microdistricts(),
        has_minor_streets=False,
    )


def campaign_info(layers: tuple[str, str] | None = None) -> CampaignInfo:
    """Return what the sample campaign says of itself.

    Parameters
    ----------
    layers
        Names of the files that streets and districts come from; None for the facts of this package.
    """
    file = resources.files(__name__.rpartition(".")[0]).joinpath("facts", "campaign.toml")
    facts = tomllib.loads(file.read_text(encoding="utf-8"))
    own, of_layers = Names(**facts["source"]), facts.pop("source_of_layers")
    source = own if layers is None else _filled(of_layers, *layers)
    return CampaignInfo(
        **{
            **facts,
            "source": source.best("en"),
            "source_names": source,
            "names": Names(**facts["names"]),
            "city": Names(**facts["city"]),
            "call_centre": CallCentre(**facts["call_centre"]),
            "rules": rules_from(facts["rules"]),
        },
        is_sample=True,
    )


def _filled(texts: Mapping[str, str], streets: str, districts: str) -> Names:
    filled = {language: text.format(streets=streets, districts=districts) for language, text in texts.items()}
    return Names(**filled)


def district_outlines() -> dict[str, Polygon]:
    """Return the coarse outlines of the districts by code: degrees, longitude first. They tile the city."""
    lines: dict[str, list[LineString]] = {}
    for row in fact_rows("district_lines"):
        course = _course(row["course"])
        for side in {row["side_a"], row["side_b"]} - {"outside"}:
            lines.setdefault(side, []).append(course)
    return {code: _one_polygon(code, sides) for code, sides in sorted(lines.items())}


def district_plans() -> tuple[DistrictPlan, ...]:
    """Return the districts of the sample city."""
    outlines = district_outlines()
    return tuple(
        DistrictPlan(row["code"], _names(row), ORIGIN.to_metres(outlines[row["code"]]))
        for row in fact_rows("district_names")
    )


def main_streets() -> tuple[StreetPlan, ...]:
    """Return the main streets of the sample city."""
    return tuple(
        StreetPlan(
            cast("PlaceKind", row["kind"]),
            _names(row),
            ORIGIN.to_metres(_course(row["course"])),
            is_main=True,
        )
        for row in fact_rows("main_streets")
    )


def microdistricts() -> tuple[MicrodistrictPlan, ...]:
    """Return the microdistricts and residential complexes of the sample city."""
    return tuple(
        MicrodistrictPlan(
            _names(row), ORIGIN.to_metres(Point(float(row["lon"]), float(row["lat"]))), _kind(row)
        )
        for row in fact_rows("microdistricts")
    )


def minor_street_names() -> list[tuple[PlaceKind, Names]]:
    """Return names for minor streets with their kinds, each to be used once or twice."""
    return [(_kind(row), _names(row)) for row in fact_rows("minor_street_names")]


def repeated_names() -> list[Names]:
    """Return names of minor streets that occur in many parts of a city."""
    return [_names(row) for row in fact_rows("repeated_names")]


def institutions(role: str) -> list[Names]:
    """Return names of institutions of a role; ``{n}`` stands for a number."""
    return [_names(row) for row in fact_rows("institutions") if row["role"] == role]


def fact_rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one of the files of facts."""
    source = resources.files(__name__.rpartition(".")[0]).joinpath("facts", f"{name}.csv")
    yield from csv.DictReader(source.read_text(encoding="utf-8").splitlines())


def _kind(row: dict[str, str]) -> PlaceKind:
    return cast("PlaceKind", row["kind"])


def _names(row: dict[str, str]) -> Names:
    return Names(row["name_kk"], row["name_ru"], row["name_en"])


def _course(text: str) -> LineString:
    return LineString([tuple(map(float, position.split())) for position in text.split(",")])


def _one_polygon(code: str, lines: list[LineString]) -> Polygon:
    polygons = shapely.get_parts(shapely.polygonize(lines))
    if len(polygons) != 1:
        raise ValueError(f"the lines of district {code} close {len(polygons)} polygons, not one")
    return cast("Polygon", polygons[0])
