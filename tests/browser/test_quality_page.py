"""The page of the quality report, opened from a disk in Debian's Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from geo_service.campaign.file import CampaignFile, open_campaign
from geo_service.quality.page import write_page
from geo_service.quality.report import quality_report
from geo_service.quality.view import report_view
from tests.browser.visiting import SCREENS, sync_api, watched

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def file(small_campaign_path: Path) -> CampaignFile:
    return open_campaign(small_campaign_path)


@pytest.fixture(scope="module")
def report_path(file: CampaignFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("quality") / "findings.html"
    write_page(path, report_view(quality_report(file), file.campaign, "ru"), file, "ru")
    return path


@pytest.fixture(
    params=[(screen, scheme) for screen in ("phone", "desktop") for scheme in ("light", "dark")], ids="-".join
)
def page(
    request: pytest.FixtureRequest, browser: sync_api.Browser, report_path: Path
) -> Iterator[sync_api.Page]:
    """The page on a screen; it fails if the page asks for anything or complains."""
    screen, scheme = request.param
    with browser.new_context(
        viewport=SCREENS[screen], color_scheme=scheme, reduced_motion="reduce"
    ) as context:
        visit = watched(context, report_path.parent.as_uri())
        visit.page.goto(report_path.as_uri())
        yield visit.page
        visit.screenshot(f"quality-{screen}-{scheme}")
    assert [url for url in visit.asked if not url.startswith("data:")] == [report_path.as_uri()]
    visit.check()


def test_every_finding_with_a_place_is_one_click_away(page: sync_api.Page):
    for group in page.query_selector_all("details"):
        group.evaluate("group => { group.open = true; }")
    buttons = page.query_selector_all("[data-finding]")
    assert len(buttons) > 5

    for button in buttons:
        button.click()

        row = page.query_selector(f"#finding-{button.get_attribute('data-finding')}")
        assert row.query_selector("p").inner_text() == page.inner_text(".leaflet-popup-content p")
        assert "chosen" in row.get_attribute("class")


def test_sign_on_the_map_leads_to_its_finding(page: sync_api.Page):
    page.query_selector("[data-finding]").click()
    page.keyboard.press("Escape")
    sign = page.query_selector(".finding-pin[title]")

    sign.dispatch_event("click")

    assert page.inner_text("li.chosen p") == sign.get_attribute("title")


def test_page_does_not_scroll_sideways(page: sync_api.Page):
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
