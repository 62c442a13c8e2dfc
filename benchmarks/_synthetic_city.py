"""A city for the speed of address search: larger than Almaty, made in memory, the same every time.

Names are those of the sample city, and given names with surnames taken from them; houses stand anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

from shapely import LineString, MultiPolygon, box

from boundaries import PrecinctIndex
from geo_service.campaign.file import CampaignFile
from geo_service.campaign.model import Campaign, District, House, Names, Place, PlaceKind, Precinct, Station
from geo_service.sample_city.facts import (
    campaign_info,
    district_outlines,
    fact_rows,
    institutions,
    main_streets,
    microdistricts,
    minor_street_names,
    repeated_names,
)

SEED = 2026
_WEST, _SOUTH, _CELL, _SIDE = 76.75, 43.16, 0.012, 25  # degrees; cells a side of the square of precincts
_REPEATED = 5  # places of each repeated name
_LETTERS = ("А", "Б", "В")


def synthetic_city(*, places: int, houses: int) -> CampaignFile:
    """Return a campaign with so many places and houses. There is no file: its path is only a name.

    Parameters
    ----------
    places
        How many; more than the sample city's facts have names for are called by given name and surname.
    houses
        How many, shared evenly among the places.
    """
    random = Random(SEED)
    outlines = district_outlines()
    districts = tuple(
        District(
            row["code"],
            Names(row["name_kk"], row["name_ru"], row["name_en"]),
            MultiPolygon([outlines[row["code"]]]),
        )
        for row in sorted(fact_rows("district_names"), key=lambda row: row["code"])
    )
    codes = [district.code for district in districts]
    city_places = _places(random, codes, places)
    precincts = _precincts(random, codes)
    stations = _stations(len(precincts))
    city_houses = tuple(_houses(random, city_places, houses))
    campaign = Campaign(campaign_info(), districts, precincts, stations, city_places, city_houses)
    index = PrecinctIndex(campaign.polygons(), cells=256)
    return CampaignFile(Path("synthetic.gpkg"), campaign, "", (), index)


def _precincts(random: Random, codes: list[str]) -> tuple[Precinct, ...]:
    cells = [(column, row) for row in range(_SIDE) for column in range(_SIDE)]
    return tuple(
        Precinct(
            number,
            "territorial",
            random.choice(codes),
            "sample",
            geometry=MultiPolygon([box(*_corner(column, row), *_corner(column + 1, row + 1))]),
        )
        for number, (column, row) in enumerate(cells, 1)
    )


def _corner(column: int, row: int) -> tuple[float, float]:
    return round(_WEST + column * _CELL, 7), round(_SOUTH + row * _CELL, 7)


def _stations(count: int) -> tuple[Station, ...]:
    forms = institutions("school")
    names = [forms[number % len(forms)] for number in range(count)]
    return tuple(
        Station(number, f"b{number}", _numbered(form, number), Names())
        for number, form in enumerate(names, 1)
    )


def _numbered(names: Names, number: int) -> Names:
    return Names(*((name or "").format(n=number) for name in (names.kk, names.ru, names.en)))


def _places(random: Random, codes: list[str], count: int) -> tuple[Place, ...]:
    named = list(_named())[:count]
    named += _people(random, [names for _, names in named], count - len(named))
    places = []
    for number, (kind, names) in enumerate(named, 1):
        lon, lat = random.uniform(76.80, 77.00), random.uniform(43.20, 43.40)
        course = LineString([(lon, lat), (lon + 0.01, lat + random.uniform(-0.01, 0.01))])
        districts = tuple(sorted(random.sample(codes, random.choice((1, 1, 1, 2)))))
        places.append(Place(number, kind, names, districts, None, course))
    return tuple(places)


def _named() -> Iterator[tuple[PlaceKind, Names]]:
    """Yield the places that the facts of the sample city name."""
    yield from minor_street_names()
    yield from ((street.kind, street.names) for street in main_streets())
    yield from ((area.kind, area.names) for area in microdistricts())
    for names in repeated_names():
        for _ in range(_REPEATED):
            yield "street", names


def _people(random: Random, known: list[Names], count: int) -> list[tuple[PlaceKind, Names]]:
    """Return streets called after given names and surnames that occur in known names, no two alike."""
    words = [[(name or "").split() for name in (names.kk, names.ru, names.en)] for names in known]
    given = sorted(
        {tuple(name[0] for name in three) for three in words if all(len(name) == 2 for name in three)}
    )
    surnames = sorted(
        {
            tuple(name[-1] for name in three)
            for three in words
            if all(three) and three[1][-1].endswith(("ова", "ева", "ина"))
        }
    )
    taken = {names.ru for names in known}
    people: list[tuple[PlaceKind, Names]] = []
    while len(people) < count:
        first, last = random.choice(given), random.choice(surnames)
        names = Names(*(f"{one} {other}" for one, other in zip(first, last, strict=True)))
        if names.ru not in taken:
            taken.add(names.ru)
            people.append(("street", names))
    return people


def _houses(random: Random, places: tuple[Place, ...], count: int) -> Iterator[House]:
    for position, place in enumerate(places):
        of_place = count // len(places) + (position < count % len(places))
        for number in sorted(_numbers(random, of_place)):
            column, row = random.randrange(_SIDE), random.randrange(_SIDE)
            west, south = _corner(column, row)
            yield House(
                place.id,
                number,
                random.choice(place.districts),
                row * _SIDE + column + 1,
                "sample",
                None,
                round(west + random.random() * _CELL, 7),
                round(south + random.random() * _CELL, 7),
            )


def _numbers(random: Random, count: int) -> set[str]:
    """Return house numbers of one place: nine of ten plain, the others with a letter or a fraction."""
    plain = [str(number) for number in range(1, count + 1)]
    numbers = set(plain[: count * 9 // 10])
    while len(numbers) < count:
        own = random.choice(plain)
        numbers.add(own + random.choice((*_LETTERS, f"/{random.randrange(1, 6)}")))
    return numbers
