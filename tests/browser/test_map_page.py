"""The residents' page in a real browser that can reach no other host."""

from __future__ import annotations

import dataclasses
import importlib
import os
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask import Flask
from werkzeug.serving import make_server

from geo_service.campaign.file import write_campaign
from geo_service.campaign.model import LANGUAGES, Campaign
from geo_service.finder import Finder
from geo_service.settings import Settings
from geo_service.translations import text
from geo_service.web.app import create_app

IN_CI = os.environ.get("CI") == "true"
# On a developer's machine what is missing is skipped; where the project is checked it is a failure.
sync_api = (
    importlib.import_module("playwright.sync_api") if IN_CI else pytest.importorskip("playwright.sync_api")
)
pytestmark = pytest.mark.browser

REPO = Path(__file__).resolve().parents[2]
ARTEFACTS = REPO / "artefacts" / "browser"
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
WAIT_MS = 20_000
# Without motion the map is where it will be as soon as an answer is there.
DESKTOP = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}

# True once no number of a precinct has its middle under a pin or a cluster.
NO_LABEL_UNDER_A_SIGN = """() => {
    const box = (element) => element.getBoundingClientRect();
    const signs = [...document.querySelectorAll(".pin, .station-cluster")].map(box);
    const labels = [...document.querySelectorAll(".label.number span")].map(box);
    return labels.length > 0 && !labels.some((label) => {
        const x = (label.left + label.right) / 2;
        const y = (label.top + label.bottom) / 2;
        return signs.some((sign) => sign.left < x && x < sign.right && sign.top < y && y < sign.bottom);
    });
}"""

IN_9 = (76.9225, 43.2290)
IN_2 = (76.9380, 43.2215)
IN_7 = (76.9185, 43.2385)
IN_HOSPITAL = (76.9137, 43.2384)
NEAR_ENCLAVE = (76.9175, 43.2300)
OUTSIDE = (76.8985, 43.2300)


@dataclass
class Visit:
    """A page and what it should not have done."""

    page: sync_api.Page
    base: str
    console: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def open(self, path: str, *, with_map: bool = True) -> None:
        self.page.goto(self.base + path)
        if with_map:
            self.page.wait_for_selector("html[data-map=ready]", state="attached", timeout=WAIT_MS)

    def pixel_of(self, point: tuple[float, float]) -> tuple[float, float]:
        """Where on the screen a position is."""
        module = self.page.get_attribute("script[type=module]", "src")
        return tuple(
            self.page.evaluate(
                """async ([module, lon, lat]) => {
                    const { map } = await import(module);
                    const at = map.latLngToContainerPoint([lat, lon]);
                    const box = map.getContainer().getBoundingClientRect();
                    return [box.left + at.x, box.top + at.y];
                }""",
                [module, *point],
            )
        )

    def look_at(self, point: tuple[float, float], zoom: int) -> None:
        """Bring a position to the middle of the map, away from the pins around it."""
        self.page.evaluate(
            """async ([module, lon, lat, zoom]) => {
                const { map } = await import(module);
                map.setView([lat, lon], zoom, { animate: false });
            }""",
            [self.page.get_attribute("script[type=module]", "src"), *point, zoom],
        )

    def click(self, point: tuple[float, float], *, zoom: int | None = None) -> None:
        if zoom is not None:
            self.look_at(point, zoom)
        self.page.mouse.click(*self.pixel_of(point))
        self.page.wait_for_selector("html[data-state=answered]", state="attached", timeout=WAIT_MS)

    def answer(self) -> str:
        return re.sub(r"\s+", " ", self.page.inner_text("#answer")).strip()

    def screenshot(self, name: str) -> None:
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=ARTEFACTS / f"{name}.png", animations="disabled")

    def check(self) -> None:
        assert self.strangers == []
        assert self.console == []


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
def base(app: Flask) -> Iterator[str]:
    yield from served(app)


def served(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def visit(browser: sync_api.Browser, base: str) -> Iterator[Visit]:
    with browser.new_context(**DESKTOP) as context:
        yield watched(context, base)


def watched(context: sync_api.BrowserContext, base: str) -> Visit:
    """A page whose requests to other hosts are refused and noted, as are the console's complaints."""
    visit = Visit(context.new_page(), base)

    def route(route: sync_api.Route) -> None:
        if route.request.url.startswith((base + "/", "data:")):
            route.continue_()
        else:
            visit.strangers.append(route.request.url)
            route.abort()

    context.route("**/*", route)
    visit.page.on(
        "console", lambda m: visit.console.append(m.text) if m.type in {"error", "warning"} else None
    )
    visit.page.on("pageerror", lambda error: visit.console.append(str(error)))
    return visit


@pytest.mark.parametrize("language", LANGUAGES)
def test_click_on_the_map_shows_the_precinct_of_that_point(visit: Visit, language):
    visit.open(f"/?lang={language}")
    visit.screenshot(f"start-{language}")

    visit.click(IN_9)

    assert visit.page.inner_text("#answer [data-slot=number]") == text("page.number", language, number=9)
    assert text("mark.sample", language) in visit.answer()
    assert "07:00–20:00" in visit.answer()
    visit.screenshot(f"answer-{language}")
    visit.check()


@pytest.mark.parametrize(
    ("language", "point"),
    [("ru", IN_2), ("ru", NEAR_ENCLAVE), ("ru", OUTSIDE), ("kk", IN_HOSPITAL), ("en", IN_HOSPITAL)],
)
def test_clicked_answer_says_what_the_page_of_that_point_says(visit: Visit, language, point):
    visit.open(f"/?lang={language}")

    visit.click(point, zoom=17)
    clicked = visit.answer()
    visit.open(visit.page.url.removeprefix(visit.base))

    assert clicked
    assert visit.answer() == clicked
    visit.check()


def test_answers_agree_with_the_finder_wherever_one_clicks(visit: Visit, small_campaign_path: Path):
    finder = Finder.open(small_campaign_path)
    visit.open("/?lang=en")

    for point in [(76.9035, 43.2215), IN_2, (76.9235, 43.2245), (76.9180, 43.2260), (76.9160, 43.2295)]:
        number = finder.by_point(*point).precinct.number
        visit.look_at(point, 17)
        with visit.page.expect_response("**/api/v1/locate?*"):
            visit.page.mouse.click(*visit.pixel_of(point))
        visit.page.wait_for_selector("html[data-state=answered]", state="attached", timeout=WAIT_MS)
        assert visit.page.inner_text("#answer [data-slot=number]") == f"No. {number}"
    visit.check()


def test_second_click_replaces_the_first_answer(visit: Visit):
    visit.open("/?lang=en")

    visit.click(IN_9)
    with visit.page.expect_response("**/api/v1/locate?*"):
        visit.page.mouse.click(*visit.pixel_of(OUTSIDE))
    visit.page.wait_for_selector("html[data-state=answered]", state="attached", timeout=WAIT_MS)

    assert visit.page.query_selector("#answer [data-slot=number]") is None
    assert text("page.outside", "en") in visit.answer()
    visit.check()


def test_chosen_precinct_its_station_and_the_point_are_on_the_map(visit: Visit):
    visit.open("/?lang=ru")

    visit.click(IN_9)

    assert visit.page.inner_text(".station-chosen .pin").split() == ["9", text("mark.sample", "ru")]
    assert visit.page.locator(".point").count() == 1
    visit.check()


def test_address_of_the_page_keeps_the_point_for_sharing_and_other_languages(visit: Visit):
    visit.open("/?lang=ru")

    visit.click(IN_7)
    visit.page.click("[data-language=kk]")
    visit.page.wait_for_selector("html[lang=kk][data-map=ready]", state="attached", timeout=WAIT_MS)

    assert "lat=43.238" in visit.page.url
    assert visit.page.inner_text("#answer [data-slot=number]") == "№ 7"
    visit.check()


def test_map_answers_to_the_keyboard_alone(visit: Visit):
    visit.open("/?lang=en")

    for _ in range(20):
        visit.page.keyboard.press("Tab")
        if visit.page.evaluate("document.activeElement.classList.contains('folium-map')"):
            break
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector("html[data-state=answered]", state="attached", timeout=WAIT_MS)

    assert visit.answer()
    visit.screenshot("keyboard")
    visit.check()


def test_pin_tells_which_precincts_vote_in_its_building(visit: Visit):
    visit.open("/?lang=ru")

    visit.page.click(".pin:text('3, 12')")
    visit.page.wait_for_selector(".leaflet-popup-content", timeout=WAIT_MS)

    card = visit.page.inner_text(".leaflet-popup-content")
    assert "№ 3, № 12" in card
    assert text("mark.sample", "ru") in card
    assert "Школа-гимназия № 144" in card
    visit.screenshot("station")
    visit.check()


def test_layers_can_be_switched_off_and_on(visit: Visit):
    visit.open("/?lang=en")
    visit.page.hover(".leaflet-control-layers")

    boxes = visit.page.locator(".leaflet-control-layers-overlays input")
    for box in boxes.all():
        box.uncheck()
        box.check()
    visit.click(IN_9)

    assert boxes.count() == 4
    assert "No. 9" in visit.answer()
    visit.check()


@pytest.mark.parametrize("missing", ["stations.json", "streets.json", "precincts.topojson"])
def test_layer_that_fails_does_not_take_the_answer_with_it(visit: Visit, missing):
    visit.page.route(f"**/{missing}", lambda route: route.abort())
    visit.open("/?lang=en")

    visit.click(IN_9)

    assert "No. 9" in visit.answer()
    assert visit.strangers == []


def test_answer_that_cannot_be_fetched_says_so(visit: Visit, small_campaign: Campaign):
    visit.page.route("**/api/v1/locate*", lambda route: route.abort())
    visit.open("/?lang=en")

    visit.page.mouse.click(*visit.pixel_of(IN_9))
    visit.page.wait_for_selector("html[data-state=failed]", state="attached", timeout=WAIT_MS)

    assert text("page.problem_advice", "en") in visit.answer()
    assert small_campaign.info.call_centre.number in visit.answer()


@pytest.mark.parametrize(
    ("status", "key"),
    [
        (500, "page.unavailable"),
        (503, "page.unavailable"),
        (404, "page.unavailable"),
        (422, "page.bad_point"),
    ],
)
def test_answer_that_the_service_fails_to_give_is_no_matter_of_the_connection(
    visit: Visit, small_campaign: Campaign, status, key
):
    visit.page.route("**/api/v1/locate*", lambda route: route.fulfill(status=status, body="{}"))
    visit.open("/?lang=kk")

    visit.page.mouse.click(*visit.pixel_of(IN_9))
    visit.page.wait_for_selector("html[data-state=failed]", state="attached", timeout=WAIT_MS)

    assert text(key, "kk") in visit.answer()
    assert text("page.problem_advice", "kk") not in visit.answer()
    assert small_campaign.info.call_centre.number in visit.answer()
    assert visit.page.title() == text("page.title", "kk")


@pytest.mark.parametrize("point", [IN_9, OUTSIDE])
def test_title_after_a_click_is_that_of_the_page_of_the_point(visit: Visit, point):
    visit.open("/?lang=ru")

    visit.click(point, zoom=17)
    clicked = visit.page.title()
    visit.open(visit.page.url.removeprefix(visit.base))

    assert visit.page.title() == clicked
    assert ("№ 9" in clicked) == (point == IN_9)


def test_mark_of_a_sample_lies_all_over_the_map_and_catches_no_click(visit: Visit):
    visit.open("/?lang=kk")

    sheet = visit.page.locator(".folium-map > .watermark")
    style = sheet.evaluate("e => [getComputedStyle(e).backgroundImage, getComputedStyle(e).pointerEvents]")
    sizes = [visit.page.locator(name).bounding_box() for name in (".watermark", ".folium-map")]
    assert text("mark.sample", "kk") in unquote(style[0])
    assert style[1] == "none"
    assert sizes[0] == sizes[1]
    visit.check()


def test_map_of_a_real_campaign_carries_no_mark(
    browser: sync_api.Browser, small_campaign: Campaign, tmp_path: Path
):
    real = dataclasses.replace(small_campaign, info=dataclasses.replace(small_campaign.info, is_sample=False))
    path = tmp_path / "real.gpkg"
    write_campaign(path, real)
    for base in served(create_app(Settings(store=tmp_path, campaign=path))):
        with browser.new_context(**DESKTOP) as context:
            visit = watched(context, base)
            visit.open("/?lang=ru")
            visit.click(IN_9)
            marks = visit.page.locator(".watermark").count()
            shown = visit.page.inner_text("body")

    assert marks == 0
    assert text("mark.sample", "ru") not in shown
    visit.check()


@pytest.mark.parametrize("language", LANGUAGES)
def test_signs_of_stations_have_names_for_those_who_do_not_see_them(visit: Visit, language):
    visit.open(f"/?lang={language}")
    visit.look_at(IN_9, 12)
    visit.page.wait_for_selector(".station-cluster", timeout=WAIT_MS)

    clusters = visit.page.locator(".station-cluster").all()
    names = {cluster.get_attribute("aria-label") for cluster in clusters}
    counts = [cluster.inner_text().removeprefix("×") for cluster in clusters]
    visit.look_at(IN_9, 17)
    visit.page.wait_for_selector(".station .pin", timeout=WAIT_MS)
    pins = [pin.get_attribute("aria-label") for pin in visit.page.locator(".station").all()]

    assert names == {text("page.map.cluster", language, count=count) for count in counts}
    assert any(name.startswith(f"№ 9 ({text('mark.sample', language)}): ") for name in pins)


def test_cluster_opens_by_the_keyboard_and_hands_the_focus_to_the_map(visit: Visit):
    visit.open("/?lang=en")
    visit.look_at(IN_9, 12)
    visit.page.wait_for_selector(".station-cluster", timeout=WAIT_MS)
    before = visit.page.locator(".station-cluster").count()

    visit.page.focus(".station-cluster")
    visit.page.keyboard.press("Enter")

    visit.page.wait_for_selector(".station .pin", timeout=WAIT_MS)
    assert before > 0
    assert visit.page.evaluate("document.activeElement.classList.contains('folium-map')")
    assert visit.answer() == ""
    visit.check()


@pytest.mark.parametrize("language", LANGUAGES)
def test_controls_of_the_map_speak_the_language_of_the_page(visit: Visit, language):
    visit.open(f"/?lang={language}")

    toggle = visit.page.locator(".leaflet-control-layers-toggle")
    assert toggle.get_attribute("title") == text("page.map.layers", language)
    assert visit.page.inner_text(".leaflet-control-scale-line").split()[1] in {
        text("page.map.metres", language),
        text("page.map.kilometres", language),
    }
    assert visit.page.inner_text(".source").startswith(text("page.map.source", language))


def test_source_of_the_data_is_behind_a_word_on_a_small_screen(
    browser: sync_api.Browser, base: str, small_campaign: Campaign
):
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        visit = watched(context, base)
        visit.open("/?lang=kk")
        closed = visit.page.inner_text(".source").strip()
        visit.page.click(".source summary")
        opened = visit.page.inner_text(".source")

    assert closed == text("page.map.source", "kk")
    assert small_campaign.info.source in opened


def test_numbers_of_precincts_stand_beside_the_signs_of_stations_and_not_under_them(visit: Visit):
    visit.open("/?lang=en")

    for zoom in (14, 15, 16):
        visit.look_at((76.9200, 43.2300), zoom)
        visit.page.wait_for_function(NO_LABEL_UNDER_A_SIGN, timeout=WAIT_MS)
        numbers = visit.page.locator(".label.number").all_inner_texts()
        assert "9" in numbers
    visit.screenshot("labels")
    visit.check()


@pytest.mark.parametrize("language", LANGUAGES)
def test_answer_and_call_centre_fit_a_desktop_screen_without_scrolling(visit: Visit, language):
    visit.open(f"/?lat={NEAR_ENCLAVE[1]}&lon={NEAR_ENCLAVE[0]}&lang={language}")

    answer, footer = visit.page.evaluate(
        "[document.querySelector('#answer'), document.querySelector('footer')].map((e) =>"
        " ({ inner: e.scrollHeight, outer: e.clientHeight, bottom: e.getBoundingClientRect().bottom }))"
    )
    assert answer["inner"] <= answer["outer"]
    assert answer["bottom"] <= footer["bottom"] <= 800


def test_call_centre_stays_in_view_where_the_answer_is_longer_than_the_screen(
    browser: sync_api.Browser, base: str
):
    with browser.new_context(viewport={"width": 1280, "height": 500}) as context:
        visit = watched(context, base)
        visit.open(f"/?lat={NEAR_ENCLAVE[1]}&lon={NEAR_ENCLAVE[0]}&lang=kk")
        bottom = visit.page.evaluate("document.querySelector('footer .call').getBoundingClientRect().bottom")

    assert bottom <= 500


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(320, 640), (390, 844), (1280, 800), (1920, 1080)])
def test_page_fits_the_screen(browser: sync_api.Browser, base: str, width, height, scheme):
    with browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme) as context:
        visit = watched(context, base)
        visit.open(f"/?lang=kk&lat={NEAR_ENCLAVE[1]}&lon={NEAR_ENCLAVE[0]}")
        page_width, page_height = visit.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
        )
        visit.screenshot(f"point-{width}-{scheme}")

    assert page_width <= width
    # On a wide screen the map fills the rest, without a second scroll bar.
    assert page_height <= height or width < 960
    visit.check()


def test_page_of_a_point_needs_no_script(browser: sync_api.Browser, base: str):
    with browser.new_context(java_script_enabled=False) as context:
        visit = watched(context, base)
        visit.open(f"/?lang=ru&lat={IN_9[1]}&lon={IN_9[0]}", with_map=False)
        answer = visit.page.locator("#answer [data-slot=number]").inner_text()
        visit.screenshot("no-script")

        visit.open("/?lang=ru", with_map=False)
        shown = visit.page.inner_text("main")
        visit.page.fill("[name=lat]", str(IN_7[1]))
        visit.page.fill("[name=lon]", str(IN_7[0]))
        visit.page.click("button")
        found = visit.page.locator("#answer [data-slot=number]").inner_text()

    assert answer == "№ 9"
    assert text("page.no_script", "ru") in shown
    assert text("page.hint", "ru") not in shown
    assert found == "№ 7"


def test_map_with_a_broken_campaign_is_a_page_with_a_way_on(browser: sync_api.Browser, tmp_path: Path):
    app = create_app(Settings(store=tmp_path, campaign=tmp_path / "missing.gpkg"))
    for base in served(app):
        with browser.new_context() as context:
            visit = watched(context, base)
            visit.open("/?lang=kk", with_map=False)
            shown = visit.page.inner_text("main")
            visit.screenshot("unavailable")

    assert text("page.unavailable", "kk") in shown
