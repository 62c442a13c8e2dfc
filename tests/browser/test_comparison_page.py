"""The page of a comparison in a real browser, opened as a file."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from geo_service.campaign.model import Campaign, Names
from geo_service.comparison.compare import compare
from geo_service.comparison.page import comparison_page
from tests.browser.visiting import WAIT_MS, watched

pytestmark = pytest.mark.browser

NASTY = "</script><img src=x onerror=alert(1)> «Мектеп»"
SIZES = [("light", 1280, 800), ("dark", 1280, 800), ("light", 390, 844), ("dark", 390, 844)]


@pytest.fixture(scope="module")
def page_path(small_campaign: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with a station that moved and is called something nasty, houses that moved, and one gone."""
    stations = tuple(
        dataclasses.replace(item, names=Names(ru=NASTY), lon=76.9290, lat=43.2330)
        if item.precinct == 9
        else item
        for item in small_campaign.stations
    )
    houses = tuple(
        dataclasses.replace(item, precinct=11) if item.precinct == 2 else item
        for item in small_campaign.houses[1:]
    )
    new = dataclasses.replace(small_campaign, stations=stations, houses=houses)
    path = tmp_path_factory.mktemp("page") / "changes.html"
    path.write_text(comparison_page(compare(small_campaign, new), "ru"), encoding="utf-8")
    return path


@pytest.mark.parametrize(("scheme", "width", "height"), SIZES)
def test_entry_shows_its_place_and_asks_no_host(browser, page_path, scheme, width, height):
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    visit = watched(context, page_path.parent.as_uri())
    page = visit.page
    page.goto(page_path.as_uri())

    page.get_by_role("button", name="№ 9").click()

    popup = page.wait_for_selector(".leaflet-popup-content", timeout=WAIT_MS)
    words = popup.inner_text()
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    visit.screenshot(f"comparison-{scheme}-{width}")
    context.close()
    assert NASTY in words
    assert "новое место в" in words
    assert sideways <= 0
    assert [url for url in visit.asked if not url.startswith("data:")] == [page_path.as_uri()]
    visit.check()


def test_list_is_whole_without_scripts(browser, page_path):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(page_path.as_uri())

    shown = page.inner_text(".list")

    context.close()
    assert "№ 2 [ПРИМЕР] → № 11 [ПРИМЕР]: домов 2" in shown
    assert "проспект Абая, 1" in shown
