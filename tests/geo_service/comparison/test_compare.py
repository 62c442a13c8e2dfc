from __future__ import annotations

import dataclasses
import json

import pytest
from pyproj import Geod
from shapely import LineString, MultiPolygon, Polygon, box
from shapely.affinity import translate

from geo_service.campaign.amendment import Amendment
from geo_service.campaign.content_hash import content_hash
from geo_service.campaign.model import LANGUAGES, CallCentre, House, Names, Place, Precinct
from geo_service.campaign.schema import LAYERS
from geo_service.comparison.compare import compare
from geo_service.comparison.document import comparison_dict
from geo_service.comparison.sections import left_out_lines, sections

GEOD = Geod(ellps="WGS84")


def replaced(items, key, **values):
    """The items, those with a key (attribute, value) changed."""
    name, wanted = key
    return tuple(
        dataclasses.replace(item, **values) if getattr(item, name) == wanted else item for item in items
    )


def renumbered(campaign, numbers):
    """The campaign with precincts under other numbers, everywhere."""

    def new(number):
        return numbers.get(number, number)

    return dataclasses.replace(
        campaign,
        precincts=tuple(dataclasses.replace(item, number=new(item.number)) for item in campaign.precincts),
        stations=tuple(dataclasses.replace(item, precinct=new(item.precinct)) for item in campaign.stations),
        houses=tuple(
            dataclasses.replace(item, precinct=item.precinct and new(item.precinct))
            for item in campaign.houses
        ),
    )


def moved_corner(campaign, numbers, corner, to):
    """The campaign with one corner of some precincts elsewhere."""

    def shape(polygon):
        rings = [[to if point == corner else point for point in ring.coords] for ring in
                 (polygon.exterior, *polygon.interiors)]  # fmt: skip
        return Polygon(rings[0], rings[1:])

    precincts = tuple(
        dataclasses.replace(item, geometry=MultiPolygon([shape(part) for part in item.geometry.geoms]))
        if item.number in numbers
        else item
        for item in campaign.precincts
    )
    return dataclasses.replace(campaign, precincts=precincts)


def told(comparison, language="en"):
    return [
        (section.name, entry.words, *entry.details)
        for section in sections(comparison, language)
        for entry in section.entries
    ]


def test_campaign_is_the_same_as_itself(small_campaign):
    comparison = compare(small_campaign, small_campaign)

    assert comparison.is_same
    assert not comparison.left_out
    assert told(comparison) == []


@pytest.mark.parametrize(
    ("numbers", "count"), [({31: 700}, 1), ({5: 7, 7: 5}, 2), ({n: n + 1 for n in range(1, 1000)}, 14)]
)
def test_precincts_under_other_numbers_are_renumbered_and_nothing_else_changes(
    small_campaign, numbers, count
):
    comparison = compare(small_campaign, renumbered(small_campaign, numbers))

    assert len(comparison.renumbered) == count
    assert {(pair.old, pair.new) for pair in comparison.renumbered} <= set(numbers.items())
    assert {pair.by for pair in comparison.renumbered} == {"ground"}
    assert (comparison.moved_houses, comparison.shifts) == ((), ())
    assert not any((comparison.precincts, comparison.stations, comparison.houses, comparison.districts))


def test_without_boundaries_the_houses_tell_that_a_precinct_is_renumbered(small_campaign):
    bare = dataclasses.replace(
        small_campaign,
        precincts=tuple(dataclasses.replace(item, geometry=None) for item in small_campaign.precincts),
    )

    comparison = compare(bare, renumbered(bare, {2: 702}))

    (pair,) = comparison.renumbered
    assert (pair.old, pair.new, pair.by, pair.share, pair.houses) == (2, 702, "houses", 1.0, 2)
    assert comparison.moved_houses == ()


def test_special_precinct_with_nothing_but_its_name_is_known_by_it(small_campaign):
    hospital = Precinct(950, "special", "almaly", "official_list", names=Names(ru="Роддом № 2"))
    old = dataclasses.replace(small_campaign, precincts=(*small_campaign.precincts, hospital))
    new = dataclasses.replace(
        small_campaign,
        precincts=(*small_campaign.precincts, dataclasses.replace(hospital, number=951)),
    )

    (pair,) = compare(old, new).renumbered

    assert (pair.old, pair.new, pair.by) == (950, 951, "name")


def test_precinct_that_is_split_keeps_its_number_and_gives_ground_to_the_new_one(small_campaign):
    whole = small_campaign.precincts_by_number[11]
    west, south, east, north = whole.geometry.bounds
    middle = (west + east) / 2
    halves = [
        MultiPolygon([whole.geometry.geoms[0].intersection(box(*bounds))])
        for bounds in ((west, south, middle, north), (middle, south, east, north))
    ]
    new = dataclasses.replace(
        small_campaign,
        precincts=(
            *replaced(small_campaign.precincts, ("number", 11), geometry=halves[0]),
            dataclasses.replace(whole, number=990, geometry=halves[1]),
        ),
    )

    comparison = compare(small_campaign, new)

    assert [item.number for item in comparison.precincts.added] == [990]
    assert (comparison.precincts.gone, comparison.renumbered) == ((), ())
    assert [(shift.giver, shift.taker) for shift in comparison.shifts] == [(11, 990)]


def test_border_that_moves_is_told_with_its_area(small_campaign):
    corner = small_campaign.precincts_by_number[3].geometry.geoms[0].exterior.coords[2]
    around = {3, 20, 15, 12}

    new = moved_corner(small_campaign, around, corner, (corner[0] + 0.001, corner[1]))

    comparison = compare(small_campaign, new)

    # The corner moves off the slanting line: those who meet there only change a little.
    assert {(shift.giver, shift.taker) for shift in comparison.shifts[:2]} == {(20, 3), (15, 12)}
    lost = [
        small_campaign.precincts_by_number[number].geometry - new.precincts_by_number[number].geometry
        for number in around
    ]
    expected = sum(abs(GEOD.geometry_area_perimeter(ground)[0]) for ground in lost)
    assert sum(shift.area_m2 for shift in comparison.shifts) == pytest.approx(expected, rel=0.002)
    assert not any(
        (comparison.precincts, comparison.renumbered, comparison.moved_houses, comparison.left_out)
    )


def test_border_drawn_again_is_left_out_and_said(small_campaign):
    corner = small_campaign.precincts_by_number[3].geometry.geoms[0].exterior.coords[2]
    new = moved_corner(small_campaign, {3, 20, 15, 12}, corner, (corner[0] + 0.000005, corner[1]))

    comparison, exactly = compare(small_campaign, new), compare(small_campaign, new, tolerance_m=0.0)

    assert comparison.is_same
    assert comparison.left_out.borders == 4
    assert left_out_lines(comparison, "en")[0].startswith(
        "Differences of up to 1 m are not shown: borders 4 "
    )
    assert {(shift.giver, shift.taker) for shift in exactly.shifts[:2]} == {(20, 3), (15, 12)}


def test_house_that_changes_its_precinct_is_told_by_pair(small_campaign):
    new = dataclasses.replace(
        small_campaign,
        houses=tuple(
            dataclasses.replace(item, precinct=11) if item.precinct == 2 else item
            for item in small_campaign.houses
        ),
    )

    comparison = compare(small_campaign, new)

    assert told(comparison) == [
        (
            "houses",
            "No. 2 [SAMPLE] → No. 11 [SAMPLE]: houses 2",
            "Orbita-1 microdistrict, 3",
            "Orbita-1 microdistrict, 4",
        )
    ]
    assert comparison_dict(comparison)["houses_moved"]["by_precincts"] == [{"old": 2, "new": 11, "count": 2}]


def test_house_without_a_precinct_gets_one_and_loses_one(small_campaign):
    one = small_campaign.houses[0]
    first = dataclasses.replace(one, precinct=None, authority=None)
    new = dataclasses.replace(small_campaign, houses=(first, *small_campaign.houses[1:]))

    there, back = compare(small_campaign, new), compare(new, small_campaign)

    assert told(there)[0][1] == "No. 3 [SAMPLE] → no precinct: houses 1"
    assert told(back)[0][1] == "no precinct → No. 3 [SAMPLE]: houses 1"


def test_station_that_moves_is_told_with_metres(small_campaign):
    new = dataclasses.replace(
        small_campaign,
        stations=replaced(
            small_campaign.stations, ("precinct", 9), lon=76.9251, lat=43.2318, opens="08:00",
            address=Names(None, "улица Новая, 1", None),
        ),
    )  # fmt: skip

    ((name, words, *details),) = told(compare(small_campaign, new))

    assert (name, words) == ("stations", "No. 9 [SAMPLE], School-Gymnasium No. 144, улица Новая, 1")
    assert details == [
        "address (Kazakh): Абай даңғылы, 45 → –",
        "address (Russian): проспект Абая, 45 → улица Новая, 1",
        "address (English): 45 Abay Avenue → –",
        "opens: – → 08:00",
        "moved by 100 m",
    ]


def test_places_numbered_otherwise_are_the_same_places(small_campaign):
    def other(number):
        return None if number is None else 1000 - number

    new = dataclasses.replace(
        small_campaign,
        places=tuple(
            dataclasses.replace(item, id=other(item.id), within=other(item.within))
            for item in reversed(small_campaign.places)
        ),
        houses=tuple(dataclasses.replace(item, place=other(item.place)) for item in small_campaign.houses),
        aliases=tuple(dataclasses.replace(item, place=other(item.place)) for item in small_campaign.aliases),
    )

    comparison = compare(small_campaign, new)

    assert comparison.is_same
    assert comparison.left_out.place_ids == 5
    assert left_out_lines(comparison, "en") == ["Streets with another internal id: 5."]


def test_place_that_is_renamed_keeps_its_houses(small_campaign):
    names = Names("Назарбаев", "Назарбаева", "Nazarbayev")
    new = dataclasses.replace(small_campaign, places=replaced(small_campaign.places, ("id", 1), names=names))

    comparison = compare(small_campaign, new)

    ((name, words, *details),) = told(comparison)
    assert (name, words) == ("places", "Nazarbayev avenue")
    assert details[1] == "name (Russian): Абая → Назарбаева"


def test_nearest_of_several_namesakes_is_the_same_street(small_campaign):
    def garden(number, lon):
        line = LineString([(lon, 43.24), (lon, 43.245)])
        return Place(number, "street", Names(ru="Вишнёвая"), ("medeu",), None, line)

    old = dataclasses.replace(
        small_campaign, places=(garden(1, 76.91), garden(2, 76.93)), houses=(), aliases=()
    )
    new = dataclasses.replace(old, places=(garden(8, 76.9301), garden(9, 76.9101)))

    comparison = compare(old, new)

    assert [(pair.old.id, pair.new.id) for pair in comparison.places.changed] == [(1, 9), (2, 8)]
    assert (comparison.places.added, comparison.places.gone) == ((), ())


def test_house_number_written_otherwise_is_the_same_house(small_campaign):
    new = dataclasses.replace(
        small_campaign, houses=replaced(small_campaign.houses, ("number", "12А"), number="12-а")
    )

    comparison = compare(small_campaign, new)

    (pair,) = comparison.houses.changed
    assert [(change.field, change.old, change.new) for change in pair.fields] == [("number", "12А", "12-а")]
    assert comparison.moved_houses == ()


def test_facts_of_the_vote_are_told_part_by_part(small_campaign):
    info = dataclasses.replace(
        small_campaign.info,
        date="2027-05-20",
        call_centre=CallCentre("1308", "08:00", "22:00"),
        names=dataclasses.replace(small_campaign.info.names, ru="Выборы"),
    )

    comparison = compare(small_campaign, dataclasses.replace(small_campaign, info=info))

    assert told(comparison) == [
        ("campaign", "name (Russian): Пробное голосование → Выборы"),
        ("campaign", "day of the vote: 15 March 2026 → 20 May 2027"),
        ("campaign", "call centre (number): 109 → 1308"),
    ]


def test_boundary_that_is_drawn_for_the_first_time_is_told_once(small_campaign):
    bare = dataclasses.replace(
        small_campaign, precincts=replaced(small_campaign.precincts, ("number", 11), geometry=None)
    )

    comparison = compare(bare, small_campaign)

    assert told(comparison) == [
        ("precincts", "No. 11 [SAMPLE], Medeu District", "on the map: – → MultiPolygon")
    ]


def test_amendment_is_told_beside_what_it_changed(small_campaign):
    amendment = Amendment(
        1,
        "station",
        9,
        "2026-03-14T19:20:00+05:00",
        "A. Clerk",
        "flooded",
        {"opens": None},
        {"opens": "08:00"},
    )
    new = dataclasses.replace(
        small_campaign,
        stations=replaced(small_campaign.stations, ("precinct", 9), opens="08:00"),
        amendments=(amendment,),
    )

    there, back = compare(small_campaign, new), compare(new, small_campaign)

    assert [section for section, *_ in told(there)] == ["stations", "amendments"]
    assert told(there)[1] == ("amendments", "No. 9 [SAMPLE]: 14 March 2026, A. Clerk, flooded")
    assert len(comparison_dict(back)["amendments"]["gone"]) == 1


OTHER_VALUES = {"integer": 77, "boolean": True}
CHOICES = {"kind": "special", "status": "closed", "authority": "derived", "language": "kk", "within": 3}


def _with_value(layer, item, column):
    row, geometry = layer.to_row(item)
    value = CHOICES.get(column.name, OTHER_VALUES.get(column.type, "other"))
    if layer.name in {"places", "aliases"} and column.name == "kind":
        value = "square" if layer.name == "places" else "spelling"
    position = layer.column_names.index(column.name)
    assert row[position] != value
    return layer.from_row((*row[:position], value, *row[position + 1 :]), geometry)


@pytest.mark.parametrize(
    ("layer", "column"),
    [(layer, column) for layer in LAYERS for column in layer.columns if column.name != "place"],
    ids=lambda part: part.name,
)
def test_no_column_of_the_file_changes_unnoticed(small_campaign, layer, column):
    """Whatever the schema holds, the comparison shows: the content hash differs only with it."""
    items = getattr(small_campaign, layer.name)
    changed = (_with_value(layer, items[0], column), *items[1:])
    new = dataclasses.replace(small_campaign, **{layer.name: changed})

    comparison = compare(small_campaign, new)

    assert content_hash(new) != content_hash(small_campaign)
    assert not comparison.is_same or comparison.left_out.place_ids


@pytest.mark.parametrize("layer", [layer for layer in LAYERS if layer.geometry], ids=lambda layer: layer.name)
def test_no_geometry_of_the_file_changes_unnoticed(small_campaign, layer):
    items = getattr(small_campaign, layer.name)
    row, geometry = layer.to_row(items[0])
    moved = (
        (geometry[0] + 0.001, geometry[1]) if layer.geometry == "Point" else translate(geometry, 0.001, 0.0)
    )
    new = dataclasses.replace(small_campaign, **{layer.name: (layer.from_row(row, moved), *items[1:])})

    assert not compare(small_campaign, new).is_same


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_words_and_json(small_campaign, language):
    house = House(5, "1", "medeu", 2, "sample")
    new = renumbered(small_campaign, {31: 700})
    new = dataclasses.replace(
        new,
        places=new.places[1:],
        houses=tuple(item for item in (*new.houses, house) if item.place != 1),
        aliases=new.aliases[1:],
        districts=tuple(dataclasses.replace(item, names=Names(ru="Район")) for item in new.districts),
        stations=new.stations[2:],
        precincts=new.precincts[2:],
    )

    comparison = compare(small_campaign, new)

    assert {name for name, *_ in told(comparison, language)} == {
        "precincts", "houses", "stations", "borders", "districts", "places", "aliases",
    }  # fmt: skip
    assert json.loads(json.dumps(comparison_dict(comparison)))["same"] is False
