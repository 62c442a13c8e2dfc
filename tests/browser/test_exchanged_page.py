"""A page that was open when another campaign was published."""

from __future__ import annotations

import pytest

from geo_service.settings import Settings
from geo_service.store.store import Store
from geo_service.web.app import create_app
from tests.browser.test_map_page import DESKTOP, IN_9, WAIT_MS, browser, served, watched
from tests.geo_service.editions import write_edition

__all__ = ["browser"]  # the fixture
pytestmark = pytest.mark.browser


def test_answer_of_another_campaign_brings_its_own_page_and_map(browser, small_campaign, tmp_path):
    store = Store(tmp_path / "store")
    hashes = [write_edition(tmp_path / f"{number}.gpkg", small_campaign, number) for number in (1, 2)]
    store.publish(tmp_path / "1.gpkg")
    app = create_app(Settings(store=store.directory, refresh_s=0))

    with browser.new_context(**DESKTOP) as context:
        for base in served(app):
            visit = watched(context, base)
            visit.open("/?lang=en")
            store.publish(tmp_path / "2.gpkg")
            app.extensions["geo-service-campaign"].refresh()
            visit.page.mouse.click(*visit.pixel_of(IN_9))
            visit.page.wait_for_selector("#answer [data-slot=number]", state="attached", timeout=WAIT_MS)

            answer, module = visit.answer(), visit.page.get_attribute("script[type=module]", "src")
            visit.check()

    assert "No. 2009" in answer
    assert "Edition2" in answer
    assert module.startswith(f"/map/{hashes[1][:12]}-")
