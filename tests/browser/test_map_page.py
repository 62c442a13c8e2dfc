"""The map in a real browser that can reach no other host: on its own page, and beside the finder's answer."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from geo_service.campaign.file import write_campaign
from geo_service.campaign.model import LANGUAGES, Campaign
from geo_service.finder import Finder
from geo_service.settings import Settings
from geo_service.translations import text
from geo_service.web.app import create_app
from tests.browser.visiting import (
    DESKTOP,
    IN_2,
    IN_7,
    IN_9,
    NEAR_ENCLAVE,
    OUTSIDE,
    WAIT_MS,
    Visit,
    served,
    watched,
)

pytestmark = pytest.mark.browser

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
# True once some lines of the streets are painted, in any colour.
STREETS_ARE_DRAWN = """() => {
    const canvas = document.querySelector(".leaflet-streets-pane canvas");
    if (!canvas) return false;
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.some((value) => value > 0);
}"""
TILES = "http://tiles.invalid/{z}/{x}/{y}.png"


def choose(visit: Visit, point: tuple[float, float], *, zoom: int | None = None) -> None:
    """Click on the map's own page and wait for the card."""
    if zoom is not None:
        visit.look_at(point, zoom)
    visit.page.mouse.click(*visit.pixel_of(point))
    visit.page.wait_for_selector("#map-card:not([hidden])", timeout=WAIT_MS)


def number_on_card(visit: Visit) -> str:
    return visit.text("#map-card [data-slot=number]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_click_shows_the_card_of_the_precinct(visit: Visit, language):
    visit.open(f"/{language}/map")
    visit.screenshot(f"map-{language}")

    choose(visit, IN_9)

    card = visit.text("#map-card")
    assert number_on_card(visit) == text("page.number", language, number=9)
    assert text("mark.sample", language) in card
    assert "07:00–20:00" in card
    assert visit.page.get_attribute("#map-card [data-slot=page]", "href") == f"/{language}/precinct/9"
    visit.screenshot(f"map-card-{language}")
    visit.check()


def test_card_says_what_the_page_of_the_address_says_without_scripts(visitor):
    clicked, plain = visitor(screen="desktop"), visitor(scripts=False)
    clicked.open("/ru/map")
    choose(clicked, IN_9)
    address = clicked.page.url.removeprefix(clicked.base)

    plain.open(address.partition("#")[0], with_map=False)

    assert address.startswith("/ru/map?precinct=9")
    assert plain.text("#card-content") == clicked.text("#card-content")
    assert plain.page.title() == clicked.page.title()
    assert text("mark.sample", "ru") in plain.page.title()
    picture = plain.page.locator("#map-frame img")
    assert "precinct=9" in picture.get_attribute("src")
    assert picture.evaluate("image => image.naturalWidth") > 0


def test_precincts_agree_with_the_finder_wherever_one_clicks(visit: Visit, residents_path: Path):
    finder = Finder.open(residents_path)
    visit.open("/en/map")

    for point in [(76.9035, 43.2215), IN_2, (76.9235, 43.2245), (76.9180, 43.2260), (76.9160, 43.2295)]:
        number = finder.by_point(*point).precinct.number
        visit.page.evaluate("document.getElementById('map-card').hidden = true")
        choose(visit, point, zoom=17)
        visit.page.wait_for_function(
            "number => document.querySelector('#map-card [data-slot=number]').textContent === number",
            arg=text("page.number", "en", number=number),
            timeout=WAIT_MS,
        )
    visit.check()


def test_click_outside_says_so_and_takes_the_choice_away(visit: Visit):
    visit.open("/en/map")

    choose(visit, IN_9)
    visit.page.mouse.click(*visit.pixel_of(OUTSIDE))
    visit.page.wait_for_function("!document.querySelector('#map-card [data-slot=number]')", timeout=WAIT_MS)

    assert text("map.outside", "en") in visit.text("#map-card")
    assert visit.page.locator(".station-chosen").count() == 0
    assert "precinct=" not in visit.page.url
    visit.check()


def test_chosen_precinct_carries_its_number_and_the_mark_on_its_pin(visit: Visit):
    visit.open("/ru/map?precinct=9")

    visit.page.wait_for_selector(".station-chosen .pin", timeout=WAIT_MS)

    assert visit.page.inner_text(".station-chosen .pin").split() == ["9", text("mark.sample", "ru")]
    visit.check()


def test_address_keeps_precinct_position_and_zoom_and_the_other_language_shows_the_same(visit: Visit):
    visit.open("/ru/map")

    choose(visit, IN_7, zoom=16)
    before = visit.page.url.partition("#")[2]
    visit.page.click("[data-language=kk]")
    visit.page.wait_for_selector("html[lang=kk][data-map=ready]", state="attached", timeout=WAIT_MS)
    visit.page.wait_for_selector(".station-chosen .pin", timeout=WAIT_MS)

    assert before.startswith("16/43.23")
    assert visit.page.url.endswith(f"/kk/map?precinct=7#{before}")
    assert number_on_card(visit) == "№ 7"
    visit.check()


def test_unknown_precinct_in_the_address_is_said(visit: Visit):
    visit.page.goto(f"{visit.base}/ru/map?precinct=777")

    visit.wait_for_map()

    assert text("map.no_precinct", "ru") in visit.text("#map-card")


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_shows_point_and_precinct_on_the_map(visit: Visit, language):
    visit.open(f"/{language}/map")

    visit.page.fill("#q", "Жибек жолы 5")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector(".station-chosen .pin", timeout=WAIT_MS)

    assert number_on_card(visit) == text("page.number", language, number=9)
    assert visit.page.locator(".point").count() == 1
    assert visit.page.get_attribute("#map-card .answer-link", "href").startswith(f"/{language}/?q=")
    visit.check()


def test_search_without_one_answer_leads_to_the_finder(visit: Visit):
    visit.open("/ru/map")

    visit.page.fill("#q", "Сейфуллина 10")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector("#map-card .answer-link", timeout=WAIT_MS)
    visit.page.click("#map-card .answer-link")
    visit.page.wait_for_selector("#answer", timeout=WAIT_MS)

    assert visit.page.locator("#answer .choices a").count() == 2
    visit.check()


def test_personal_number_never_leaves_the_page(visit: Visit):
    visit.open("/ru/map")

    visit.page.fill("#q", "012345678901")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(re.compile(r"/ru/\?personal=1$|/ru/map"), timeout=WAIT_MS)

    assert not any("012345678901" in address for address in visit.asked)


def test_place_of_the_device_is_shown_with_its_precinct(visitor):
    visit = visitor(screen="desktop", standing_at=IN_9)
    visit.open("/kk/map")

    visit.page.click("#locate")
    visit.page.wait_for_selector(".station-chosen .pin", timeout=WAIT_MS)

    assert number_on_card(visit) == "№ 9"
    assert visit.page.locator(".point").count() == 1


def test_refused_place_is_said(visitor):
    visit = visitor(screen="desktop", standing_at="denied")
    visit.open("/ru/map")

    visit.page.click("#locate")
    visit.page.wait_for_selector("#map-card:not([hidden])", timeout=WAIT_MS)

    assert text("location.denied", "ru") in visit.text("#map-card")


def test_map_answers_to_the_keyboard_alone(visit: Visit):
    visit.open("/en/map")

    visit.page.focus(".skip")
    for _ in range(30):
        visit.page.keyboard.press("Tab")
        if visit.page.evaluate("document.activeElement.classList.contains('folium-map')"):
            break
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("+")
    crosshair = visit.page.is_visible(".crosshair")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector("#map-card:not([hidden])", timeout=WAIT_MS)

    assert crosshair
    assert visit.text("#map-card")
    visit.screenshot("map-keyboard")
    visit.check()


def test_closed_card_hands_the_focus_to_the_map(visit: Visit):
    visit.open("/en/map?precinct=9")
    visit.page.wait_for_selector(".station-chosen .pin", timeout=WAIT_MS)

    visit.page.focus("#close-card")
    visit.page.keyboard.press("Enter")

    assert visit.page.is_hidden("#map-card")
    assert visit.page.evaluate("document.activeElement.classList.contains('folium-map')")
    assert visit.page.locator(".station-chosen").count() == 0


def test_pin_tells_which_precincts_vote_in_its_building(visit: Visit):
    visit.open("/ru/map")

    visit.page.click(".pin:text('3, 12')")
    visit.page.wait_for_selector(".leaflet-popup-content", timeout=WAIT_MS)

    card = visit.text(".leaflet-popup-content")
    assert "№ 3 № 12" in card
    assert text("mark.sample", "ru") in card
    assert "Школа-гимназия № 144" in card
    links = visit.page.locator(".leaflet-popup-content a").all()
    assert [link.get_attribute("href") for link in links] == ["/ru/precinct/3", "/ru/precinct/12"]
    visit.screenshot("map-station")
    visit.check()


def test_layers_can_be_switched_off_and_on(visit: Visit):
    visit.open("/en/map")
    visit.page.hover(".leaflet-control-layers")

    boxes = visit.page.locator(".leaflet-control-layers-overlays input")
    for box in boxes.all():
        box.uncheck()
        box.check()
    choose(visit, IN_9)

    assert boxes.count() == 3
    assert number_on_card(visit) == "No. 9"
    visit.check()


@pytest.mark.parametrize("missing", ["stations.en.json", "background.en.json", "precincts.topojson"])
def test_layer_that_fails_does_not_take_the_rest_with_it(visit: Visit, missing):
    visit.page.route(f"**/{missing}", lambda route: route.abort())
    visit.open("/en/?lat=43.2290&lon=76.9225")

    assert "9" in visit.text("#answer [data-slot=number]")
    visit.open("/en/map?precinct=9")
    assert number_on_card(visit) == "No. 9"
    assert visit.page.locator(".leaflet-control-zoom").count() == 1
    assert visit.strangers == []


def test_click_on_the_finders_map_is_answered_by_the_finder(visit: Visit):
    visit.open("/ru/")

    visit.page.mouse.click(*visit.pixel_of(IN_9))
    visit.page.wait_for_selector("html[data-state=answered]", state="attached", timeout=WAIT_MS)
    visit.page.wait_for_selector(".station-chosen .pin", timeout=WAIT_MS)

    assert "9" in visit.text("#answer [data-slot=number]")
    assert visit.page.locator(".point").count() == 1
    assert visit.page.inner_text(".station-chosen .pin").split() == ["9", text("mark.sample", "ru")]
    visit.check()


def test_selection_that_stands_in_the_page_is_shown_when_the_map_is_ready(visit: Visit):
    visit.open(f"/ru/?lat={IN_9[1]}&lon={IN_9[0]}")

    visit.page.wait_for_selector(".station-chosen .pin", timeout=WAIT_MS)

    assert visit.page.locator(".point").count() == 1
    visit.check()


def test_own_background_is_drawn_with_names(visit: Visit):
    visit.open("/ru/map#16/43.2300/76.9200")

    visit.page.wait_for_function(STREETS_ARE_DRAWN, timeout=WAIT_MS)
    visit.page.wait_for_selector(".street-name span", timeout=WAIT_MS)

    assert "проспект Абая" in visit.page.locator(".street-name").all_inner_texts()
    visit.check()


def test_without_the_tile_server_the_map_keeps_its_own_background(
    browser, residents_path: Path, tmp_path: Path
):
    settings = Settings(store=tmp_path, campaign=residents_path, tile_url=TILES, tile_attribution="Tiles")
    for base in served(create_app(settings)):
        with browser.new_context(**DESKTOP) as context:
            visit = watched(context, base)
            visit.open("/ru/map#15/43.2300/76.9200")
            visit.page.wait_for_function(STREETS_ARE_DRAWN, timeout=WAIT_MS)
            untouched, complaints = list(visit.strangers), list(visit.console)

            visit.page.hover(".leaflet-control-layers")
            visit.page.click(
                f".leaflet-control-layers-base label:has-text('{text('page.map.online', 'ru')}')"
            )
            visit.page.wait_for_function(STREETS_ARE_DRAWN, timeout=WAIT_MS)
            chosen = visit.page.locator(".leaflet-control-layers-base label:has(:checked)").inner_text()

    assert untouched == complaints == []
    assert all(address.startswith("http://tiles.invalid/") for address in visit.strangers)
    assert chosen.strip() == text("page.map.background", "ru")


def test_mark_of_a_sample_lies_all_over_the_map_and_catches_no_click(visit: Visit):
    visit.open("/kk/map")

    sheet = visit.page.locator(".folium-map > .watermark")
    style = sheet.evaluate("e => [getComputedStyle(e).backgroundImage, getComputedStyle(e).pointerEvents]")
    sizes = [visit.page.locator(name).bounding_box() for name in (".watermark", ".folium-map")]
    assert text("mark.sample", "kk") in unquote(style[0])
    assert style[1] == "none"
    assert sizes[0] == sizes[1]
    visit.check()


def test_map_of_a_real_campaign_carries_no_mark(browser, small_campaign: Campaign, tmp_path: Path):
    real = dataclasses.replace(small_campaign, info=dataclasses.replace(small_campaign.info, is_sample=False))
    path = tmp_path / "real.gpkg"
    write_campaign(path, real)
    for base in served(create_app(Settings(store=tmp_path, campaign=path))):
        with browser.new_context(**DESKTOP) as context:
            visit = watched(context, base)
            visit.open("/ru/map?precinct=9")
            visit.page.wait_for_selector(".station-chosen .pin", timeout=WAIT_MS)
            marks = visit.page.locator(".watermark").count()
            shown = visit.page.inner_text("body") + visit.page.title()
            visit.open("/ru/precincts", with_map=False)
            shown += visit.page.inner_text("body")

    assert marks == 0
    assert text("mark.sample", "ru") not in shown
    visit.check()


@pytest.mark.parametrize("language", LANGUAGES)
def test_signs_of_stations_have_names_for_those_who_do_not_see_them(visit: Visit, language):
    visit.open(f"/{language}/map")
    visit.look_at(IN_9, 12)
    visit.page.wait_for_selector(".station-cluster", timeout=WAIT_MS)

    clusters = visit.page.locator(".station-cluster").all()
    names = {cluster.get_attribute("aria-label") for cluster in clusters}
    counts = [cluster.inner_text().removeprefix("×") for cluster in clusters]
    visit.look_at(IN_9, 17)
    visit.page.wait_for_selector(".station .pin", timeout=WAIT_MS)
    pins = [pin.get_attribute("aria-label") for pin in visit.page.locator(".station").all()]

    assert names == {text("page.map.cluster", language, count=count) for count in counts}
    number, mark = text("page.number", language, number=9), text("mark.sample", language)
    assert any(name.startswith(f"{number} ({mark}): ") for name in pins)


def test_cluster_opens_by_the_keyboard_and_hands_the_focus_to_the_map(visit: Visit):
    visit.open("/en/map")
    visit.look_at(IN_9, 12)
    visit.page.wait_for_selector(".station-cluster", timeout=WAIT_MS)

    visit.page.focus(".station-cluster")
    visit.page.keyboard.press("Enter")

    visit.page.wait_for_selector(".station .pin", timeout=WAIT_MS)
    assert visit.page.evaluate("document.activeElement.classList.contains('folium-map')")
    assert visit.page.is_hidden("#map-card")
    visit.check()


@pytest.mark.parametrize("language", LANGUAGES)
def test_controls_of_the_map_speak_the_language_of_the_page(visit: Visit, language):
    visit.open(f"/{language}/map")

    toggle = visit.page.locator(".leaflet-control-layers-toggle")
    assert toggle.get_attribute("title") == text("page.map.layers", language)
    assert visit.page.inner_text(".leaflet-control-scale-line").split()[1] in {
        text("page.map.metres", language),
        text("page.map.kilometres", language),
    }
    assert visit.page.inner_text(".source").startswith(text("page.map.source", language))


def test_source_of_the_data_is_behind_a_word_on_a_small_screen(visitor, small_campaign: Campaign):
    visit = visitor()
    visit.open("/kk/map")

    closed = visit.text(".source")
    visit.page.click(".source summary")

    assert closed == text("page.map.source", "kk")
    assert small_campaign.info.source in visit.text(".source")


def test_numbers_of_precincts_stand_beside_the_signs_of_stations_and_not_under_them(visit: Visit):
    visit.open("/en/map")

    for zoom in (14, 15, 16):
        visit.look_at((76.9200, 43.2300), zoom)
        visit.page.wait_for_function(NO_LABEL_UNDER_A_SIGN, timeout=WAIT_MS)
        assert "9" in visit.page.locator(".label.number").all_inner_texts()
    visit.screenshot("map-labels")
    visit.check()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", ["narrow", "phone", "desktop"])
def test_map_page_fits_the_screen_and_nothing_lies_over_the_chosen_precinct(visitor, screen, scheme):
    visit = visitor(screen=screen, scheme=scheme)
    visit.open("/kk/map?precinct=9")
    visit.page.wait_for_selector(".station-chosen .pin", timeout=WAIT_MS)

    width, height = visit.page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    screen_size = visit.page.viewport_size
    visit.screenshot(f"map-{screen}-{scheme}")

    assert width <= screen_size["width"]
    # On a wide screen the map fills the rest, without a second scroll bar.
    assert height <= screen_size["height"] or screen_size["width"] < 960
    pin, card = (visit.page.locator(name).bounding_box() for name in (".station-chosen .pin", "#map-card"))
    is_beside = pin["x"] >= card["x"] + card["width"]
    assert is_beside or pin["y"] + pin["height"] <= card["y"]


def test_legend_names_every_district_with_its_colour(visit: Visit, small_campaign: Campaign):
    visit.open("/ru/map")

    entries = visit.page.locator(".legend li").all_inner_texts()
    colours = visit.page.locator(".legend .swatch[class*=hue-]").evaluate_all(
        "swatches => swatches.map((swatch) => getComputedStyle(swatch).borderTopColor)"
    )

    assert {district.names.ru for district in small_campaign.districts} <= set(entries)
    assert len(set(colours)) == len(small_campaign.districts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_says_in_words_what_the_map_shows(visitor, small_campaign: Campaign, language):
    visit = visitor(scripts=False)
    visit.open(f"/{language}/precincts", with_map=False)

    rows = visit.page.locator(".precinct-list section li a").all()
    links = {row.get_attribute("href") for row in rows}
    marks = visit.page.locator(".precinct-list section .mark").count()

    assert links == {f"/{language}/precinct/{precinct.number}" for precinct in small_campaign.precincts}
    assert marks == len(rows)
    visit.screenshot(f"precincts-{language}")


def test_map_with_a_broken_campaign_is_a_page_with_a_way_on(browser, tmp_path: Path):
    app = create_app(Settings(store=tmp_path, campaign=tmp_path / "missing.gpkg"))
    for base in served(app):
        with browser.new_context() as context:
            visit = watched(context, base)
            visit.open("/kk/map", with_map=False)
            shown = visit.page.inner_text("main")

    assert text("page.unavailable", "kk") in shown


def test_point_on_a_border_of_the_finder_stays_where_the_reader_looks(visit: Visit):
    visit.open("/ru/")
    visit.look_at(NEAR_ENCLAVE, 15)
    before = visit.pixel_of(NEAR_ENCLAVE)

    visit.page.mouse.click(*before)
    visit.page.wait_for_selector(".station-chosen .pin", timeout=WAIT_MS)

    assert visit.pixel_of(NEAR_ENCLAVE) == before
    visit.check()
