"""What a visit in a real browser consists of: the browser, a served application, a watched page."""

from __future__ import annotations

import datetime as dt
import importlib
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

IN_CI = os.environ.get("CI") == "true"
# On a developer's machine what is missing is skipped; where the project is checked it is a failure.
sync_api = (
    importlib.import_module("playwright.sync_api") if IN_CI else pytest.importorskip("playwright.sync_api")
)

ARTEFACTS = Path(__file__).resolve().parents[2] / "artefacts" / "browser"
CHROMIUM = Path("/usr/bin/chromium")
# The last one refuses what no page asked for, too: the browser itself reaches no other host.
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]  # fmt: skip
WAIT_MS = 20_000

SCREENS = {
    "phone": {"width": 390, "height": 844},
    "desktop": {"width": 1280, "height": 800},
    "narrow": {"width": 320, "height": 640},
}
# Without motion the map is where it will be as soon as an answer is there.
DESKTOP: dict[str, Any] = {"viewport": SCREENS["desktop"], "reduced_motion": "reduce"}

ALMATY = ZoneInfo("Asia/Almaty")
NOON_OF_THE_VOTE = dt.datetime(2026, 3, 15, 12, 0, tzinfo=ALMATY)

# Positions in the small campaign (tests/conftest.py).
IN_9 = (76.9225, 43.2290)
IN_2 = (76.9380, 43.2215)
IN_7 = (76.9185, 43.2385)
IN_HOSPITAL = (76.9137, 43.2384)
NEAR_ENCLAVE = (76.9175, 43.2300)
OUTSIDE = (76.8985, 43.2300)

# Violations stand on the console as errors, but not in every frame and not at every time: say them again.
_SAY_VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`);
});"""


@dataclass
class SetClock:
    """A clock that stands still until a test sets it."""

    moment: dt.datetime = NOON_OF_THE_VOTE

    def __call__(self) -> dt.datetime:
        """Return the moment that it shows."""
        return self.moment


@dataclass
class Visit:
    """A page and what it should not have done."""

    page: sync_api.Page
    base: str
    console: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def open(self, path: str, *, with_map: bool = True) -> None:
        """Open a page of the service and, unless told otherwise, wait until its map is usable."""
        self.page.goto(self.base + path)
        if with_map:
            self.wait_for_map()

    def wait_for_map(self) -> None:
        """Wait until the map is usable."""
        self.page.wait_for_selector("html[data-map=ready]", state="attached", timeout=WAIT_MS)

    def pixel_of(self, point: tuple[float, float]) -> tuple[float, float]:
        """Return where on the screen a position (lon, lat) of the map is."""
        module = self.page.get_attribute("script[data-map]", "src")
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
        """Bring a position (lon, lat) to the middle of the map, away from the pins around it."""
        self.page.evaluate(
            """async ([module, lon, lat, zoom]) => {
                const { map } = await import(module);
                map.setView([lat, lon], zoom, { animate: false });
            }""",
            [self.page.get_attribute("script[data-map]", "src"), *point, zoom],
        )

    def text(self, selector: str) -> str:
        """Return what is read in an element, runs of white space made one space."""
        return re.sub(r"\s+", " ", self.page.inner_text(selector)).strip()

    def answer(self) -> str:
        """Return what the answer says."""
        return self.text("#answer")

    def screenshot(self, name: str) -> None:
        """Keep what is seen now among the artefacts."""
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=ARTEFACTS / f"{name}.png", animations="disabled")

    def check(self) -> None:
        """Hold that nobody else was asked and nothing was complained about."""
        assert self.strangers == []
        assert self.console == []


@contextmanager
def launched_browser() -> Iterator[sync_api.Browser]:
    """Run Debian's Chromium; without it a test is skipped, and fails where the project is checked."""
    if not CHROMIUM.exists():
        if IN_CI:
            pytest.fail(f"{CHROMIUM} is missing: install Debian's package chromium")
        pytest.skip(f"{CHROMIUM} is missing")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class _Quiet(WSGIRequestHandler):
    """Says nothing of requests that went well: a test that fails shows what matters."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        if str(code).startswith("5"):
            super().log_request(code, size)


def launched_axe() -> Any:
    """Return axe-core; without it a test is skipped, and fails where the project is checked."""
    if not IN_CI:
        pytest.importorskip("axe_playwright_python")
    return importlib.import_module("axe_playwright_python.sync_playwright").Axe()


def served(app: Flask) -> Iterator[str]:
    """Serve an application on a port of this machine; yields the beginning of its addresses, once."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def watched(context: sync_api.BrowserContext, base: str, *others: str) -> Visit:
    """Open a page whose requests to other hosts are refused and noted, as are the console's complaints.

    Parameters
    ----------
    context
        Of the browser; a page of it.
    base
        Beginning of the service's addresses, without the slash.
    *others
        Beginnings of addresses that may be asked as well.
    """
    visit = Visit(context.new_page(), base)

    def refuse(route: sync_api.Route) -> None:
        visit.strangers.append(route.request.url)
        route.abort()

    ours = "|".join(re.escape(beginning) + "/" for beginning in (base, *others))
    context.route(re.compile(rf"^(?!{ours}|data:|blob:|file:)"), refuse)
    context.add_init_script(_SAY_VIOLATIONS)
    context.on("request", lambda request: visit.asked.append(request.url + (request.post_data or "")))
    context.on("console", lambda message: _note(visit, message))
    context.on("weberror", lambda error: visit.console.append(str(error.error)))
    return visit


def _note(visit: Visit, message: sync_api.ConsoleMessage) -> None:
    # What is used a few seconds after it came says how slow this machine is, and nothing about the page.
    if message.type != "debug" and "preloaded using link preload but not used" not in message.text:
        visit.console.append(message.text)
