"""The poster of a precinct on paper: one sheet of A4, whatever stands on it."""

from __future__ import annotations

import dataclasses
import re

import pytest

from geo_service.campaign.file import write_campaign
from geo_service.campaign.model import Names
from geo_service.settings import Settings
from geo_service.web.app import create_app
from tests.browser.visiting import served

pytestmark = pytest.mark.browser

_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
_BOX = re.compile(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)")
_A4 = (595.3, 841.9)  # points
_LONG = Names(
    "Ыбырай Алтынсарин атындағы дарынды балаларға арналған мамандандырылған гимназия-интернат кешені" * 2,
    "Специализированный комплекс гимназия-интернат для одарённых детей имени Ибрая Алтынсарина" * 2,
    None,
)
SPECIAL, WITHOUT_STATION, CLOSED, LONG, WIDE = 901, 31, 14, 9, 12345


@pytest.fixture(scope="module")
def posters(small_campaign, tmp_path_factory):
    """A served campaign with everything that makes a poster hard."""
    precincts = [
        dataclasses.replace(one, status="closed") if one.number == CLOSED else one
        for one in small_campaign.precincts
    ]
    precincts.append(dataclasses.replace(precincts[-1], number=WIDE, names=_LONG, geometry=None))
    stations = [
        dataclasses.replace(one, names=_LONG, address=_LONG) if one.precinct == LONG else one
        for one in small_campaign.stations
        if one.precinct != WITHOUT_STATION
    ]
    directory = tmp_path_factory.mktemp("posters")
    path = directory / "posters.gpkg"
    campaign = dataclasses.replace(
        small_campaign,
        precincts=tuple(sorted(precincts, key=lambda one: one.number)),
        stations=tuple(stations),
    )
    write_campaign(path, campaign)
    yield from served(create_app(Settings(store=directory / "store", campaign=path)))


@pytest.mark.parametrize("number", [2, SPECIAL, WITHOUT_STATION, CLOSED, LONG, WIDE])
def test_a_poster_is_one_sheet_of_a4(browser, posters, number):
    page = browser.new_page()
    page.goto(f"{posters}/ru/precinct/{number}/poster", wait_until="load")

    pdf = page.pdf(prefer_css_page_size=True)

    page.close()
    assert len(_PAGE.findall(pdf)) == 1
    assert [float(side) for side in _BOX.search(pdf).groups()] == pytest.approx(_A4, abs=1)


@pytest.mark.parametrize("number", [2, SPECIAL, WITHOUT_STATION, CLOSED, LONG, WIDE])
def test_nothing_on_a_poster_is_cut_off(browser, posters, number):
    page = browser.new_page(viewport={"width": 900, "height": 1200})
    page.emulate_media(media="print")
    page.goto(f"{posters}/kk/precinct/{number}/poster", wait_until="load")

    cut = page.evaluate(
        """() => {
            const sheet = document.querySelector(".sheet").getBoundingClientRect();
            const origin = document.querySelector(".origin").getBoundingClientRect();
            return Array.from(document.querySelectorAll(".sheet p:not(.across), .sheet img"))
                .filter((part) => {
                    const box = part.getBoundingClientRect();
                    const end = part.closest(".origin") ? sheet.bottom : origin.top;
                    const isWide = box.right > sheet.right + 6 || part.scrollWidth > part.clientWidth + 1;
                    return isWide || box.bottom > end + 1;
                })
                .map((part) => part.className + ": " + part.textContent);
        }"""
    )

    page.close()
    assert cut == []


def test_the_number_of_a_poster_is_120_points_high(browser, posters):
    page = browser.new_page(viewport={"width": 900, "height": 1200})
    page.goto(f"{posters}/kk/precinct/2/poster", wait_until="load")

    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.figure strong')).fontSize)")

    page.close()
    assert size * 72 / 96 == pytest.approx(120, abs=0.1)


def test_a_poster_leads_nowhere_else(browser, posters):
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"{posters}/ru/precinct/2/poster", wait_until="load")

    page.close()
    assert [url for url in asked if not url.startswith(posters)] == []


def test_houses_are_found_as_one_types(browser, posters):
    page = browser.new_page()
    page.goto(f"{posters}/ru/precinct/2", wait_until="load")
    field = page.get_by_role("searchbox")

    field.fill("орбита 3")
    shown = page.locator(".house-numbers li:visible").all_inner_texts()
    field.fill("абылайхан")
    none = page.locator(".house-numbers li:visible").count()
    field.fill("")
    every = page.locator(".house-numbers li:visible").count()

    page.close()
    assert (shown, none, every) == (["3"], 0, 2)
