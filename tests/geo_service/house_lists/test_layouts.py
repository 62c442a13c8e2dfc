"""The sample city's own lists in five layouts: every house comes back to its precinct."""

from __future__ import annotations

import pytest

from tests.geo_service.house_lists.conftest import MAP, POLYGONS, build
from tests.geo_service.house_lists.layouts import LAYOUTS

NOT_MATCHED = {
    "list_street_ambiguous", "list_street_doubtful", "list_street_missing", "list_cell_unclear",
    "list_houses_missing", "list_range_empty", "list_house_in_two", "list_houses_in_none",
}  # fmt: skip


@pytest.mark.parametrize("sources", [(MAP,), (MAP, POLYGONS)], ids=["without polygons", "with polygons"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_house_has_its_precinct(layout, sources, part, folder):
    LAYOUTS[layout](part, folder / "list.xlsx")

    campaign, findings = build(folder, 'file = "list.xlsx"', *sources)

    assert {(house.place, house.number): house.precinct for house in campaign.houses} == {
        (house.place, house.number): house.precinct for house in part.houses
    }
    assert {finding.code for finding in findings} & NOT_MATCHED == set()
    assert {precinct.number for precinct in campaign.precincts} == {p.number for p in part.precincts}


def test_lists_alone_make_a_campaign(part, folder):
    """Streets and houses of the list are the campaign's; each is found under its own name."""
    LAYOUTS["house per row"](part, folder / "list.xlsx")

    campaign, findings = build(folder, 'file = "list.xlsx"')

    places = {place.id: place for place in campaign.places}
    listed = {(places[h.place].names.best("ru"), h.district, h.number, h.precinct) for h in campaign.houses}
    names = {place.id: place.names.best("ru") for place in part.places}
    districts = {district.code: district.names.ru for district in part.districts}
    true = {(names[h.place], districts[h.district], h.number, h.precinct) for h in part.houses}
    # Two streets of one name in one district are one street to a list that tells them apart by nothing.
    assert listed <= true
    assert {number for *_, number in listed} == {number for *_, number in true}
    assert len(campaign.houses) > 0.98 * len(part.houses)
    disputed = {f.values["count"] for f in findings if f.code == "list_house_in_two"}
    assert sum(disputed) < 0.02 * len(part.houses)
