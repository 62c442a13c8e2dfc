"""A page that was open when another campaign was published."""

from __future__ import annotations

import pytest

from geo_service.settings import Settings
from geo_service.store.store import Store
from geo_service.web.app import create_app
from tests.browser.visiting import DESKTOP, IN_9, WAIT_MS, served, watched
from tests.geo_service.editions import write_edition

pytestmark = pytest.mark.browser


def click_on_the_map(visit):
    visit.page.mouse.click(*visit.pixel_of(IN_9))


def type_the_position(visit):
    lon, lat = IN_9
    visit.page.fill("#q", f"{lat}, {lon}")
    visit.page.keyboard.press("Enter")


@pytest.mark.parametrize("ask", [click_on_the_map, type_the_position])
def test_answer_of_another_campaign_brings_its_own_page_and_map(browser, small_campaign, tmp_path, ask):
    store = Store(tmp_path / "store")
    hashes = [write_edition(tmp_path / f"{number}.gpkg", small_campaign, number) for number in (1, 2)]
    store.publish(tmp_path / "1.gpkg")
    app = create_app(Settings(store=store.directory, refresh_s=0))

    with browser.new_context(**DESKTOP) as context:
        for base in served(app):
            visit = watched(context, base)
            visit.open("/en/")
            store.publish(tmp_path / "2.gpkg")
            app.extensions["geo-service-campaign"].refresh()
            ask(visit)
            visit.page.wait_for_selector("#answer [data-slot=number]", state="attached", timeout=WAIT_MS)
            visit.wait_for_map()

            answer, module = visit.answer(), visit.page.get_attribute("script[data-map]", "src")
            visit.check()

    assert "No. 2009" in answer
    assert "Edition2" in answer
    assert module.startswith(f"/map/{hashes[1][:12]}-")
