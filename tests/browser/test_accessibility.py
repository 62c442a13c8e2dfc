"""Every page for everyone: checked by axe-core, on the narrowest screen, with fingers and without a mouse."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import cycle

import pytest

from geo_service.campaign.model import LANGUAGES
from geo_service.translations import text
from tests.browser.visiting import IN_9, SCREENS, WAIT_MS, launched_axe, watched
from tests.residents import expected_status, pages, typed

pytestmark = pytest.mark.browser

_AT_400_PERCENT = {"width": 320, "height": 200}
_LEAST_TARGET = 44  # px
_MOST_SHIFT = 0.01

# Buttons and links smaller than a finger, but for links in running text, what is hidden until it has the
# focus, and signs that stand where their place on the map is.
_SMALL_TARGETS = """(least) => {
    const targets = "a[href], button, input:not([type=hidden]), select, summary, [role=button]";
    const isInText = (link) => {
        const block = link.closest("p, li, dd, dt, td, th, figcaption, label, h1, h2, h3");
        return block !== null && block.innerText.trim().length > link.innerText.trim().length;
    };
    return [...document.querySelectorAll(targets)].filter((target) => {
        const box = (target.matches("[type=radio], [type=checkbox]") && target.closest("label") || target)
            .getBoundingClientRect();
        const isSeen = box.width > 1 && box.height > 1 && box.right > 0 && box.bottom > 0
            && getComputedStyle(target).visibility === "visible";
        if (!isSeen || target.closest(".leaflet-pane")) return false;
        if (target.matches("a") && isInText(target)) return false;
        return box.width < least - 0.5 || box.height < least - 0.5;
    }).map((target) => {
        const { width, height } = target.getBoundingClientRect();
        return `${target.outerHTML.slice(0, 120)} ${Math.round(width)} × ${Math.round(height)}`;
    });
}"""

_SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

_WATCH_SHIFTS = """window.layoutShifts = [];
new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.layoutShifts.push({
    value: entry.value, of: entry.sources.map(({ node }) => node && (node.id || node.className)),
}))).observe({ type: "layout-shift", buffered: true });"""

_FOCUS = """() => {
    const { activeElement } = document;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(activeElement);
    return { tag: activeElement.tagName, id: activeElement.id, name: activeElement.getAttribute("name"),
             classes: activeElement.className, label: activeElement.innerText,
             ring: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 || boxShadow !== "none" };
}"""


@dataclass
class Survey:
    """What was found on the pages, by name of the page; nothing where nothing is wrong."""

    light: dict[str, str] = field(default_factory=dict)
    dark: dict[str, str] = field(default_factory=dict)
    sideways: dict[str, int] = field(default_factory=dict)
    sideways_at_400_percent: dict[str, int] = field(default_factory=dict)
    small: dict[str, list[str]] = field(default_factory=dict)
    complaints: dict[str, list[str]] = field(default_factory=dict)
    languages: set[str] = field(default_factory=set)
    names: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def axe():
    return launched_axe()


@pytest.fixture(scope="module")
def survey(browser, base, axe):
    """Every page once, the languages in turn: looked at in both schemes and on three screens."""
    survey = Survey()
    with browser.new_context(reduced_motion="reduce") as context:
        visit = watched(context, base)
        for language, name in zip(cycle(LANGUAGES), pages("ru"), strict=False):
            # At the first visit nothing is remembered.
            context.clear_cookies()
            visit.page.set_viewport_size(SCREENS["phone"])
            visit.page.emulate_media(color_scheme="light")
            visit.open(pages(language)[name], with_map=False)
            if visit.page.locator("#map-frame .folium-map").count():
                visit.wait_for_map()
            survey.languages.add(visit.page.get_attribute("html", "lang"))
            survey.names.append(name)
            look_at(survey, f"{name} ({language})", visit, axe)
            if expected_status(name) != HTTPStatus.OK:
                visit.console.clear()  # the browser says the status itself
            note(survey.complaints, name, visit.console + visit.strangers)
            visit.console.clear()
    return survey


def look_at(survey, name, visit, axe):
    page = visit.page
    note(survey.light, name, violations(axe, page))
    # What is folded away is looked at, too.
    page.evaluate("() => document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    note(survey.small, name, page.evaluate(_SMALL_TARGETS, _LEAST_TARGET))
    page.emulate_media(color_scheme="dark")
    note(survey.dark, name, violations(axe, page))
    page.set_viewport_size(SCREENS["narrow"])
    note(survey.sideways, name, max(0, page.evaluate(_SIDEWAYS)))
    page.set_viewport_size(_AT_400_PERCENT)
    note(survey.sideways_at_400_percent, name, max(0, page.evaluate(_SIDEWAYS)))


def note(found, name, what):
    if what:
        found[name] = what


def violations(axe, page):
    """Return what axe-core objects to on a page, in its words; empty if nothing."""
    results = axe.run(page)
    return results.generate_report() if results.violations_count else ""


def test_axe_core_is_recent(visit, axe):
    visit.open("/ru/", with_map=False)
    axe.run(visit.page)

    version = visit.page.evaluate("axe.version")

    assert tuple(map(int, version.split(".")[:2])) >= (4, 10)


def test_axe_core_notices_what_is_wrong(visit, axe):
    visit.open("/ru/", with_map=False)
    visit.page.evaluate("""() => {
        const heading = document.querySelector("h1");
        heading.append(document.createElement("img"));
        heading.style.color = "#ccc";
    }""")

    found = violations(axe, visit.page)
    assert "image-alt" in found
    assert "color-contrast" in found


def test_axe_core_reports_no_violation_on_any_page(survey):
    assert survey.light == {}
    assert survey.languages == set(LANGUAGES)


def test_axe_core_objects_to_nothing_in_the_dark_scheme_with_all_parts_unfolded(survey):
    assert survey.dark == {}


def test_no_page_scrolls_sideways_on_the_narrowest_screen(survey):
    assert survey.sideways == {}


def test_no_page_scrolls_sideways_at_400_percent(survey):
    assert survey.sideways_at_400_percent == {}


def test_buttons_and_links_are_as_large_as_a_finger(survey):
    assert survey.small == {}


def test_no_page_complains_or_asks_another_host(survey):
    assert survey.complaints == {}
    assert set(survey.names) == set(pages("ru"))


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_nothing_moves_while_the_page_of_an_answer_loads(visitor, screen):
    visit = visitor(screen=screen)
    visit.page.add_init_script(_WATCH_SHIFTS)
    session = visit.page.context.new_cdp_session(visit.page)
    session.send("Network.enable")
    # A pause before each file, so that the page is painted while others are still missing.
    pause = {"offline": False, "latency": 60, "downloadThroughput": -1, "uploadThroughput": -1}
    session.send("Network.emulateNetworkConditions", pause)

    visit.open(f"/kk/?q={typed('kk')['found']}")
    visit.page.wait_for_load_state("networkidle")

    shifts = visit.page.evaluate("layoutShifts")
    assert sum(shift["value"] for shift in shifts) < _MOST_SHIFT, shifts


def focus_of(visit):
    return visit.page.evaluate(_FOCUS)


def tab_to(visit, is_there, *, most=40):
    """Press Tab until the focus is where it should be; every stop on the way shows that it has the focus."""
    for _ in range(most):
        visit.page.keyboard.press("Tab")
        focus = focus_of(visit)
        assert focus["ring"], focus
        if is_there(focus):
            return focus
    raise AssertionError(f"The focus never came there, but to {focus}.")


def test_whole_journey_is_done_by_keyboard_alone(visitor):
    visit = visitor()
    keyboard = visit.page.keyboard
    visit.open("/ru/")

    tab_to(visit, lambda focus: focus["name"] == "q")
    keyboard.type(typed("ru")["typo"])
    visit.page.locator("[role=option]").first.wait_for(timeout=WAIT_MS)
    keyboard.press("Escape")
    assert visit.page.locator("[role=option]:visible").count() == 0
    keyboard.press("ArrowDown")
    visit.page.locator("[role=option]").first.wait_for(timeout=WAIT_MS)
    keyboard.press("ArrowDown")
    active = visit.page.get_attribute("input[name=q]", "aria-activedescendant")
    assert visit.page.get_attribute(f"#{active}", "aria-selected") == "true"
    keyboard.press("Enter")
    visit.page.wait_for_selector("#answer[data-answer=found]", timeout=WAIT_MS)

    # A screen reader reads what gets the focus.
    assert focus_of(visit)["id"] == "answer"
    assert visit.page.get_by_role("region", name=re.compile("№ 9")).count() == 1

    tab_to(visit, lambda focus: focus["label"] == text("answer.directions", "ru"))
    keyboard.press("Enter")
    directions = tab_to(visit, lambda focus: focus["tag"] == "A")
    assert directions["label"] == text("directions.2gis", "ru")
    tab_to(visit, lambda focus: "folium-map" in focus["classes"])
    keyboard.press("ArrowRight")
    keyboard.press("Enter")
    visit.page.wait_for_url("**/ru/?lat=*")

    assert focus_of(visit)["tag"] == "DIV"
    visit.screenshot("keyboard")


def test_status_tells_of_an_answer_where_the_focus_stays_on_the_map(visit):
    visit.open("/en/")

    visit.look_at(IN_9, 17)
    visit.page.mouse.click(*visit.pixel_of(IN_9))
    visit.page.wait_for_selector("#answer[data-answer=found]", timeout=WAIT_MS)

    assert "No. 9" in visit.text("#status")
    assert visit.page.get_attribute("#status", "role") == "status"
    visit.check()
