"""Plan a city from real layers of streets and districts.

Names are taken as the layer has them: a name in Kazakh stays in Kazakh, one in Russian in Russian. A street
that the layer names in both has both names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo_service.campaign.model import CampaignInfo, Names
from geo_service.errors import SourceError
from geo_service.sample_city.facts import campaign_info, fact_rows
from geo_service.sample_city.plan import CityPlan, DistrictPlan, MicrodistrictPlan, Plane, StreetPlan
from geo_service.sample_city.real_courses import street_plans
from geo_service.sample_city.real_names import StreetName, street_name
from geo_service.sources.base import Table
from geo_service.sources.registry import read_table
from geo_service.sources.reproject import to_wgs84

_MAIN_CLASSES = ("motorway", "trunk", "primary", "secondary", "tertiary")
_NO_STREETS = ("footway", "path", "steps", "cycleway", "track", "bridleway")
_GAP_M = 5.0  # gaps between districts up to this width are closed


def plan_from_layers(streets_path: Path, districts_path: Path) -> CityPlan:
    """Return the plan of a city from two layers.

    Parameters
    ----------
    streets_path
        Lines with a column ``name``, and ``fclass`` with the OpenStreetMap class of the way.
    districts_path
        Polygons of the districts; any column may hold the district's code or name. Overlaps and gaps
        are closed.

    Raises
    ------
    geo_service.errors.SourceError
        If a file cannot be read, a column is missing, or a district is not known.
    """
    districts = read_table(districts_path)
    outlines = shapely.force_2d(np.array(_in_degrees(districts, "Polygon"), object))
    middle = shapely.union_all(outlines).centroid
    plane = Plane(round(middle.x, 3), round(middle.y, 3))
    clean = shapely.coverage_clean(plane.to_metres(outlines), gap_width=_GAP_M)  # type: ignore[attr-defined]  # stubs lag
    plans = tuple(
        DistrictPlan(*_district(districts, row, item), outline)
        for row, item, outline in zip(districts.rows, districts.items, clean, strict=True)
    )
    streets, microdistricts = _streets(read_table(streets_path), plane, shapely.union_all(clean))
    return CityPlan(
        info=_info(streets_path, districts_path),
        plane=plane,
        districts=tuple(sorted(plans, key=lambda plan: plan.code)),
        streets=streets,
        microdistricts=microdistricts,
        has_minor_streets=True,
    )


def _streets(
    table: Table, plane: Plane, city: BaseGeometry
) -> tuple[tuple[StreetPlan, ...], tuple[MicrodistrictPlan, ...]]:
    name_column, class_column = (_column(table, name) for name in ("name", "fclass"))
    lines: dict[StreetName, list[BaseGeometry]] = {}
    main: set[StreetName] = set()
    courses = shapely.intersection(plane.to_metres(np.array(_in_degrees(table, "LineString"), object)), city)
    for row, course in zip(table.rows, courses, strict=True):
        road_class = str(row[class_column] or "")
        if not row[name_column] or course.is_empty or road_class.startswith(_NO_STREETS):
            continue
        name = street_name(str(row[name_column]))
        lines.setdefault(name, []).append(course)
        if road_class.startswith(_MAIN_CLASSES):
            main.add(name)
    return street_plans(lines, main), tuple(_microdistricts(lines))


def _microdistricts(lines: dict[StreetName, list[BaseGeometry]]) -> Iterator[MicrodistrictPlan]:
    """Yield microdistricts: those in brackets after a street's name, and ways that carry one's name."""
    courses: dict[Names, list[BaseGeometry]] = {}
    for name, parts in lines.items():
        own = name.names if name.kind == "microdistrict" else name.within
        if own is not None:
            courses.setdefault(own, []).extend(parts)
    for names, parts in sorted(courses.items(), key=lambda item: repr(item[0])):
        yield MicrodistrictPlan(names, shapely.union_all(parts).centroid)


def _district(table: Table, row: Iterable[Any], item: str) -> tuple[str, Names]:
    """Return code and names of a district that a row states by its code or any of its names."""
    stated = {str(value).casefold().replace("ə", "ә") for value in row if value is not None}
    for known in fact_rows("district_names"):
        if stated & {value.casefold() for value in known.values()}:
            return known["code"], Names(known["name_kk"], known["name_ru"], known["name_en"])
    raise SourceError(
        "No column names a district of Almaty.",
        "Add a column with the district's code (such as almaly) or its name in Kazakh or Russian.",
        file=table.name,
        item=item,
    )


def _in_degrees(table: Table, kind: str) -> list[BaseGeometry]:
    """Return a layer's geometries, all of a kind or its multiple, in degrees."""
    if table.geometries is None:
        raise SourceError("The file has no geometries.", "Name a GeoJSON or a GeoPackage.", file=table.name)
    try:
        degrees = to_wgs84(table.geometries, table.items, table.crs)
    except SourceError as error:
        raise error.located(file=table.name) from None
    for geometry, item in zip(degrees, table.items, strict=True):
        if geometry is None:
            raise SourceError("The geometry is empty.", "Take the feature out.", file=table.name, item=item)
        if geometry.geom_type.removeprefix("Multi") != kind:
            raise SourceError(
                f"The geometry is a {geometry.geom_type}.",
                "Streets are lines and districts are polygons: perhaps the two files are exchanged.",
                file=table.name,
                item=item,
            )
    return [geometry for geometry in degrees if geometry is not None]


def _column(table: Table, name: str) -> int:
    if name not in table.columns:
        raise SourceError(
            f'There is no column "{name}"; the file has: {", ".join(table.columns)}.',
            "Rename the column that holds it.",
            file=table.name,
            field=name,
        )
    return table.columns.index(name)


def _info(streets_path: Path, districts_path: Path) -> CampaignInfo:
    info = campaign_info((streets_path.name, districts_path.name))
    return replace(
        info,
        id=f"{info.id}-real-streets",
        licence="The terms of both layers; of OpenStreetMap data: ODbL 1.0, © OpenStreetMap contributors",
    )
