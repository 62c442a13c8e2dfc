"""The ways of residents through the pages, in each language, as they go them."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from geo_service.campaign.model import LANGUAGES
from geo_service.translations import text
from geo_service.wrong_answers.book import ReportBook
from tests.browser.visiting import IN_9, OUTSIDE, WAIT_MS
from tests.residents import PERSONAL_NUMBER, typed

pytestmark = pytest.mark.browser

IN_ASTANA = (71.43, 51.13)
NUMBER = "#answer [data-slot=number]"
each_language = pytest.mark.parametrize("language", LANGUAGES)


def ask(visit, what):
    """Type a text into the box, send it, and wait for what comes of it."""
    visit.page.fill("input[name=q]", what)
    visit.page.keyboard.press("Enter")


def wait_for(visit, state):
    visit.page.wait_for_selector(f"#answer[data-answer={state}]", state="attached", timeout=WAIT_MS)


def holds_answer_of_9(visit, language):
    """Hold that the answer names precinct 9, its mark, its station and its hours."""
    assert visit.text(NUMBER) == text("number.precinct", language, number=9)
    said = visit.answer()
    assert text("mark.sample", language) in said
    assert {"kk": "№ 144 мектеп-гимназия", "ru": "Школа-гимназия № 144"}.get(language, "No. 144") in said
    assert "07:00–20:00" in said
    assert text("mark.sample", language) in visit.page.title()


@each_language
def test_address_with_a_typing_error_is_suggested_chosen_and_answered(visitor, language):
    visit = visitor()
    visit.open(f"/{language}/")

    visit.page.locator("input[name=q]").press_sequentially(typed(language)["typo"])
    option = visit.page.locator("[role=option]").first
    option.wait_for(timeout=WAIT_MS)
    suggested = option.inner_text()
    option.click()
    wait_for(visit, "found")

    assert typed(language)["found"].split(",")[0] in suggested
    holds_answer_of_9(visit, language)
    visit.screenshot(f"found-{language}")


@each_language
def test_one_of_several_addresses_is_chosen_from_a_list(visitor, language):
    visit = visitor()
    visit.open(f"/{language}/")

    ask(visit, typed(language)["ambiguous"])
    wait_for(visit, "ambiguous")
    rows = visit.page.locator("#answer .choices a")
    offered = rows.all_inner_texts()
    visit.screenshot(f"ambiguous-{language}")
    rows.nth(next(place for place, row in enumerate(offered) if re.search("Медеу|Medeu", row))).click()
    wait_for(visit, "found")

    assert len(offered) == 2
    assert visit.text(NUMBER) == text("number.precinct", language, number=14)


@each_language
def test_old_name_is_understood_and_said(visitor, language):
    visit = visitor()
    old, new = typed(language)["old_name"].split(",")[0], typed(language)["found"].split(",")[0]
    visit.open(f"/{language}/")

    ask(visit, typed(language)["old_name"])
    wait_for(visit, "found")

    said = visit.text("#answer .old-name")
    assert old in said
    assert new in visit.answer()
    holds_answer_of_9(visit, language)
    visit.screenshot(f"old-name-{language}")


@each_language
def test_house_that_is_in_no_list_is_tapped_on_the_map(visitor, language):
    visit = visitor()
    visit.open(f"/{language}/")

    ask(visit, typed(language)["house_unknown"])
    wait_for(visit, "house_unknown")
    nearest = visit.page.locator("#answer .choices a").all_inner_texts()
    visit.screenshot(f"house-unknown-{language}")
    visit.page.click("#answer [data-choose-on-map]")
    visit.look_at(IN_9, 17)
    visit.page.mouse.click(*visit.pixel_of(IN_9))
    wait_for(visit, "found")

    assert any(re.search(r"\b5\b", row) for row in nearest)
    assert visit.text(NUMBER) == text("number.precinct", language, number=9)


@pytest.mark.parametrize(
    ("language", "standing_at", "state"),
    [
        *((language, IN_9, "found") for language in LANGUAGES),
        ("kk", OUTSIDE, "outside"),
        ("ru", IN_ASTANA, "outside"),
    ],
)
def test_device_that_tells_where_it_is_gets_the_precinct_of_that_point(visitor, language, standing_at, state):
    visit = visitor(standing_at=standing_at)
    visit.open(f"/{language}/")

    visit.page.click("#locate")
    wait_for(visit, state)

    assert visit.page.locator(NUMBER).count() == (state == "found")
    if state == "found":
        holds_answer_of_9(visit, language)
        assert text("note.registered_address", language) in visit.answer()


@each_language
def test_reader_who_does_not_tell_where_he_is_hears_what_to_do(visitor, language):
    visit = visitor(standing_at="denied")
    visit.open(f"/{language}/")

    visit.page.click("#locate")
    visit.page.wait_for_function(
        "heading => document.getElementById('answer').innerText.includes(heading)",
        arg=text("location.denied", language),
        timeout=WAIT_MS,
    )

    assert text("location.denied_advice", language) in visit.answer()
    assert visit.page.is_visible("#answer a[href^='tel:']")


@each_language
def test_click_on_the_map_is_answered_and_stays_in_the_address(visitor, language):
    visit = visitor(screen="desktop")
    visit.open(f"/{language}/")

    visit.look_at(IN_9, 17)
    visit.page.mouse.click(*visit.pixel_of(IN_9))
    wait_for(visit, "found")
    clicked = visit.answer()
    visit.open(visit.page.url.removeprefix(visit.base))

    holds_answer_of_9(visit, language)
    assert visit.answer() == clicked


@each_language
def test_link_to_an_answer_shows_the_answer(visitor, language):
    visit = visitor(screen="desktop")
    visit.open(f"/{language}/?q={quote(typed(language)['found'])}")

    holds_answer_of_9(visit, language)
    visit.screenshot(f"link-{language}")


@pytest.mark.parametrize(
    ("language", "hour", "state"), [("kk", 6, "not_yet"), ("ru", 12, "open"), ("en", 20, "closed")]
)
def test_answer_says_whether_the_station_is_open_now(visitor, clock, language, hour, state):
    clock.moment = clock.moment.replace(hour=hour)
    visit = visitor(scripts=False)

    visit.open(f"/{language}/?q={quote(typed(language)['found'])}", with_map=False)

    said = text(f"opening.{state}", language, opens="07:00", closes="20:00")
    assert said in visit.answer()
    visit.screenshot(f"hours-{state}")


@each_language
def test_link_to_the_map_shows_the_chosen_precinct_and_where_one_looked(visitor, language):
    visit = visitor()
    visit.open(f"/{language}/map?precinct=9#16/43.2290/76.9225")

    assert visit.text("#map-card [data-slot=number]").split()[-1] == "9"
    assert text("mark.sample", language) in visit.text("#map-card")
    x, y = visit.pixel_of(IN_9)
    box = visit.page.locator("#map-frame").bounding_box()
    assert abs(x - box["x"] - box["width"] / 2) < 2
    assert abs(y - box["y"] - box["height"] / 2) < 2
    visit.screenshot(f"map-{language}")


def test_language_is_changed_without_losing_the_question(visitor):
    visit = visitor()
    visit.open("/ru/")
    ask(visit, typed("ru")["found"])
    wait_for(visit, "found")

    visit.page.click("[data-language=kk]")
    visit.page.wait_for_selector("html[lang=kk] #answer[data-answer=found]", timeout=WAIT_MS)

    holds_answer_of_9(visit, "kk")
    assert "/kk/?" in visit.page.url


def test_first_visit_is_in_both_languages_and_the_chosen_one_is_remembered(visitor):
    visit = visitor()
    visit.open("/", with_map=False)
    questions = {language: text("page.question", language) for language in ("kk", "ru")}
    both = [question in visit.text("main") for question in questions.values()]
    visit.screenshot("front")

    visit.page.fill("input#q-kk", typed("kk")["found"])
    visit.page.keyboard.press("Enter")
    wait_for(visit, "found")
    holds_answer_of_9(visit, "kk")
    visit.open("/")

    assert both == [True, True]
    assert visit.page.url == f"{visit.base}/kk/"


@each_language
def test_personal_number_leaves_the_device_in_no_request(visitor, language):
    visit = visitor()
    visit.open(f"/{language}/")

    visit.page.locator("input[name=q]").press_sequentially(PERSONAL_NUMBER)
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_function(
        "said => document.getElementById('answer').innerText.includes(said)",
        arg=text("answer.personal_number", language),
        timeout=WAIT_MS,
    )
    visit.screenshot(f"personal-number-{language}")

    assert visit.page.is_visible("#answer a[href^='tel:']")
    assert [url for url in visit.asked if PERSONAL_NUMBER in url] == []
    assert PERSONAL_NUMBER not in visit.page.url
    assert PERSONAL_NUMBER not in visit.page.content()


@pytest.mark.parametrize("grouped", ["012345 678901", "012-345-678-901", "Абая 012345678901"])
def test_personal_number_is_recognised_however_it_is_typed(visitor, grouped):
    visit = visitor()
    visit.open("/", with_map=False)

    visit.page.locator("input#q-ru").press_sequentially(grouped)
    visit.page.keyboard.press("Enter")
    visit.page.get_by_text(text("note.personal_number", "ru")).first.wait_for(timeout=WAIT_MS)

    digits = [re.sub(r"\D|%20|\+", "", url) for url in visit.asked]
    assert [url for url in digits if PERSONAL_NUMBER in url] == []


def test_wrong_answer_is_reported_and_kept_without_the_person(visitor, browsed_app):
    visit = visitor()
    visit.open(f"/ru/?q={quote(typed('ru')['found'])}")

    visit.page.click("#answer a.report")
    visit.page.locator("input[type=radio][name=kind]").first.check()
    visit.page.click("main button[type=submit], main form button")
    visit.page.wait_for_url("**/report/thanks")
    visit.screenshot("report-thanks")

    store = browsed_app.extensions["geo-service-campaign"].settings.store
    assert "Жибек жолы" not in visit.page.url
    assert [report.subject.precinct for report in ReportBook(store).reports()] == [9]


@each_language
def test_whole_way_needs_no_script(visitor, language):
    visit = visitor(scripts=False)
    visit.open(f"/{language}/", with_map=False)

    ask(visit, typed(language)["ambiguous"])
    wait_for(visit, "ambiguous")
    visit.page.locator("#answer .choices a").first.click()
    wait_for(visit, "found")
    visit.page.wait_for_load_state("load")
    picture = visit.page.locator("#map-frame img")
    size = [picture.evaluate("image => image.naturalWidth"), picture.evaluate("image => image.naturalHeight")]
    visit.page.fill("input[name=q]", typed(language)["found"])
    visit.page.click("button[type=submit]")
    wait_for(visit, "found")

    holds_answer_of_9(visit, language)
    assert min(size) > 200
    visit.screenshot(f"no-script-{language}")


def pages_of(pdf: bytes) -> int:
    """Return how many pages a document has."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@each_language
def test_poster_is_one_sheet_of_paper(visitor, language):
    visit = visitor(screen="desktop")
    visit.open(f"/{language}/precinct/9/poster", with_map=False)

    visit.page.emulate_media(media="print")
    pdf = visit.page.pdf(format="A4", print_background=False, prefer_css_page_size=True)
    visit.screenshot(f"poster-{language}")

    assert pages_of(pdf) == 1
    for shown in ("kk", "ru"):
        assert text("mark.sample", shown) in visit.text("body")
