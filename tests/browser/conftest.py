"""What the tests in a browser share: one browser, one served small campaign, and pages that are watched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from geo_service.campaign.file import write_campaign
from geo_service.campaign.model import Campaign
from geo_service.settings import Settings
from geo_service.web.app import create_app
from tests.browser.visiting import (
    DESKTOP,
    NOON_OF_THE_VOTE,
    SCREENS,
    SetClock,
    Visit,
    launched_browser,
    served,
    sync_api,
    watched,
)
from tests.residents import with_more_addresses

Visitor = Callable[..., Visit]


@pytest.fixture(scope="session")
def browser() -> Iterator[sync_api.Browser]:
    """One browser for all tests; each has a context of its own."""
    with launched_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def session_clock() -> SetClock:
    """The clock of the served application; set it through `clock`."""
    return SetClock()


@pytest.fixture
def clock(session_clock: SetClock) -> Iterator[SetClock]:
    """A clock to set; it shows noon of the vote before and after every test."""
    yield session_clock
    session_clock.moment = NOON_OF_THE_VOTE


@pytest.fixture(scope="session")
def residents_path(small_campaign: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the small campaign with the addresses of `tests.residents`."""
    path = tmp_path_factory.mktemp("residents") / "small.gpkg"
    write_campaign(path, with_more_addresses(small_campaign))
    return path


@pytest.fixture(scope="session")
def browsed_app(
    residents_path: Path, session_clock: SetClock, tmp_path_factory: pytest.TempPathFactory
) -> Flask:
    """The web application on that campaign, at noon of the vote."""
    settings = Settings(store=tmp_path_factory.mktemp("browsed"), campaign=residents_path)
    return create_app(settings, clock=session_clock)


@pytest.fixture(scope="session")
def base(browsed_app: Flask) -> Iterator[str]:
    """The beginning of the addresses of the served campaign."""
    yield from served(browsed_app)


@pytest.fixture
def visit(browser: sync_api.Browser, base: str) -> Iterator[Visit]:
    """A watched page on a desktop."""
    with browser.new_context(**DESKTOP) as context:
        yield watched(context, base)


@pytest.fixture
def visitor(browser: sync_api.Browser, base: str) -> Iterator[Visitor]:
    """Make watched pages: ``visitor(screen=…, scheme=…, locale=…, scripts=…, standing_at=…, others=…)``.

    Every one is checked at the end: no complaint on the console, no request to another host. A test that
    provokes a complaint takes it off ``visit.console``.

    ``standing_at`` is a position (lon, lat) that the page may ask the device for, "denied" if the reader
    refuses; ``others`` are beginnings of further addresses that may be asked.
    """
    visits: list[Visit] = []
    with ExitStack() as contexts:

        def make(
            *,
            screen: str = "phone",
            scheme: str = "light",
            locale: str = "ru-KZ",
            scripts: bool = True,
            standing_at: tuple[float, float] | str | None = None,
            others: tuple[str, ...] = (),
            base: str = base,
            **options: Any,
        ) -> Visit:
            context = contexts.enter_context(
                browser.new_context(
                    viewport=SCREENS[screen],
                    color_scheme=scheme,
                    locale=locale,
                    java_script_enabled=scripts,
                    reduced_motion="reduce",
                    **_place(standing_at),
                    **options,
                )
            )
            visits.append(watched(context, base, *others))
            return visits[-1]

        yield make
    for visit in visits:
        visit.check()


def _place(standing_at: tuple[float, float] | str | None) -> dict[str, Any]:
    """Return the options of a context for where the device says that it is."""
    if not isinstance(standing_at, tuple):
        return {"permissions": []}
    lon, lat = standing_at
    return {"permissions": ["geolocation"], "geolocation": {"longitude": lon, "latitude": lat}}
