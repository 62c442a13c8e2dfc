"""The page of the quality report, opened from a disk in Debian's Chromium."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo_service.campaign.file import CampaignFile, open_campaign
from geo_service.quality.page import write_page
from geo_service.quality.report import quality_report
from geo_service.quality.view import report_view

IN_CI = os.environ.get("CI") == "true"
sync_api = (
    importlib.import_module("playwright.sync_api") if IN_CI else pytest.importorskip("playwright.sync_api")
)
pytestmark = pytest.mark.browser

ARTEFACTS = Path(__file__).resolve().parents[2] / "artefacts" / "browser"
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
SCREENS = {"phone": (390, 844), "desktop": (1280, 800)}


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    if not CHROMIUM.exists():
        if IN_CI:
            pytest.fail(f"{CHROMIUM} is missing: install Debian's package chromium")
        pytest.skip(f"{CHROMIUM} is missing")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def file(small_campaign_path: Path) -> CampaignFile:
    return open_campaign(small_campaign_path)


@pytest.fixture(scope="module")
def report_path(file: CampaignFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("quality") / "findings.html"
    write_page(path, report_view(quality_report(file), file.campaign, "ru"), file, "ru")
    return path


@pytest.fixture(params=[(screen, scheme) for screen in SCREENS for scheme in ("light", "dark")], ids="-".join)
def page(
    request: pytest.FixtureRequest, browser: sync_api.Browser, report_path: Path
) -> Iterator[sync_api.Page]:
    """The page on a screen; it fails if the page asks for anything or complains."""
    screen, scheme = request.param
    width, height = SCREENS[screen]
    complaints: list[str] = []
    asked: list[str] = []
    with browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(report_path.as_uri())
        yield page
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=ARTEFACTS / f"quality-{screen}-{scheme}.png", animations="disabled")
    assert [url for url in asked if url != report_path.as_uri() and not url.startswith("data:")] == []
    assert complaints == []


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
