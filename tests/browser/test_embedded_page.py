"""The finder in the page of another site, and that no page asks a host that it should not."""

from __future__ import annotations

import pytest
from flask import Flask

from geo_service.settings import Settings
from geo_service.translations import text
from geo_service.web.app import create_app
from tests.browser.visiting import WAIT_MS, served
from tests.residents import typed

pytestmark = pytest.mark.browser

NUMBER = "#answer [data-slot=number]"


@pytest.fixture(scope="module")
def foreign_site():
    """A site of somebody else that embeds the finder of the address in its own, in one way or the other."""
    site = Flask("foreign")

    ways = {
        "frame": '<iframe title="Precincts" src="http://{base}/ru/embed"></iframe>',
        "script": '<script src="http://{base}/embed.js" data-language="ru"></script>',
    }

    @site.get("/<way>/<path:base>")
    def news(way, base):
        return f"<!doctype html><title>News</title><body>{ways[way].format(base=base)}"

    yield from served(site)


@pytest.fixture(scope="module")
def embeddable(foreign_site, residents_path, session_clock, tmp_path_factory):
    """The service with a setting that lets that site embed it."""
    settings = Settings(
        store=tmp_path_factory.mktemp("embeddable"), campaign=residents_path, frame_ancestors=foreign_site
    )
    yield from served(create_app(settings, clock=session_clock))


@pytest.mark.parametrize("way", ["frame", "script"])
def test_finder_answers_inside_the_page_of_another_site(visitor, foreign_site, embeddable, way):
    visit = visitor(base=foreign_site, others=(embeddable,), screen="desktop")
    visit.open(f"/{way}/{embeddable.removeprefix('http://')}", with_map=False)

    inside = visit.page.frame_locator("iframe")
    inside.locator("input[name=q]").fill(typed("ru")["found"])
    inside.locator("input[name=q]").press("Enter")
    inside.locator(NUMBER).wait_for(timeout=WAIT_MS)

    assert inside.locator(NUMBER).inner_text() == "№ 9"
    assert text("mark.sample", "ru") in inside.locator("body").inner_text()
    visit.screenshot(f"embedded-{way}")


def test_site_that_is_not_named_in_the_settings_may_not_embed(visitor, foreign_site, base):
    visit = visitor(base=foreign_site, others=(base,))

    visit.open(f"/frame/{base.removeprefix('http://')}", with_map=False)
    visit.page.wait_for_load_state("networkidle")

    assert visit.page.frame_locator("iframe").locator("input[name=q]").count() == 0
    assert any("frame-ancestors" in message for message in visit.console)
    visit.console.clear()


def test_requests_to_other_hosts_are_refused_and_noted(browser, base, visitor):
    visit = visitor()
    visit.open("/ru/", with_map=False)
    visit.page.route("**/elsewhere", lambda route: route.fulfill(content_type="text/html", body=(
        "<img src='http://192.0.2.1/a.png'><script src='https://example.org/b.js'></script>")))  # fmt: skip

    visit.page.goto(f"{base}/elsewhere")
    visit.page.wait_for_load_state("networkidle")

    assert visit.strangers == ["http://192.0.2.1/a.png", "https://example.org/b.js"]
    visit.strangers.clear()
    visit.console.clear()
