"""Open a page in Chromium as a reader who never was here: what came over the wire, and when it was usable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page, ViewportSize, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
PHONE = ViewportSize(width=390, height=844)
#: Ends the address of the file of polygons.
POLYGONS = "precincts.topojson"

# Without the network's own services; only this machine is reached, whatever a page asks for.
_ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
              "--disable-background-networking", "--disable-component-update", "--disable-sync",
              "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]  # fmt: skip
_WAIT_MS = 120_000

# Looks at every frame; what was drawn in a frame is seen in the next one. Polygons are filled, on a canvas or
# as paths; those of other things that were filled before the polygons came do not count.
_WATCH = """(() => {
    const marks = { answer: null, map: null };
    window.benchmarkMarks = marks;
    let filled = 0;
    const { fill } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fill = function (...values) {
        filled += 1;
        return fill.apply(this, values);
    };
    const look = () => {
        const root = document.documentElement;
        const now = performance.now();
        const answer = document.getElementById("answer");
        const isPainted = performance.getEntriesByName("first-contentful-paint").length > 0;
        if (marks.answer === null && isPainted && answer && answer.innerText.trim()) marks.answer = now;
        const isReceived = performance.getEntriesByType("resource").some((entry) =>
            new URL(entry.name).pathname.endsWith("POLYGONS") && entry.responseEnd > 0);
        if (!isReceived) filled = 0;
        const isDrawn = filled > 1 || document.querySelectorAll(".leaflet-overlay-pane path").length > 1;
        if (marks.map === null && isReceived && isDrawn && root.dataset.map === "ready") marks.map = now;
        if (marks.answer === null || marks.map === null) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
})();""".replace("POLYGONS", POLYGONS)


@dataclass(frozen=True, slots=True)
class Network:
    """A slow way to a slow device, as Chromium emulates them."""

    kilobits_s: float
    latency_ms: float
    cpu_slowdown: float


#: 400 kbit/s in both directions, 400 ms before every response, a processor at a quarter of its speed.
SLOW_3G = Network(400, 400, 4)


@dataclass(frozen=True, slots=True)
class WireFile:
    """A file as it came over the wire: address without host and query, bytes with headers."""

    path: str
    size: int
    encoding: str


@dataclass(frozen=True, slots=True)
class ColdLoad:
    """What came of opening a page: its files in the order of their ends, and seconds from the start.

    The seconds are None where they were not waited for.
    """

    files: tuple[WireFile, ...]
    answer_s: float | None = None
    map_s: float | None = None

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield browser
        browser.close()


def cold_load(
    browser: Browser, url: str, *, blocked: Sequence[str] = (), network: Network | None = None
) -> ColdLoad:
    """Open a page with empty caches and wait until nothing is loaded any more.

    Parameters
    ----------
    browser
        Each load has a context of its own in it.
    url
        Of the page.
    blocked
        Patterns of addresses that are refused, as with a reader without what lies there; then the seconds
        are None.
    network
        What is emulated; None for this machine's own speed.
    """
    with browser.new_context(viewport=PHONE, locale="ru-KZ", color_scheme="light") as context:
        page = context.new_page()
        session = context.new_cdp_session(page)
        files = _watched_files(session)
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        if blocked:
            session.send("Network.setBlockedURLs", {"urls": list(blocked)})
        if network is not None:
            _emulate(session, network)
        page.add_init_script(_WATCH)
        page.goto(url, timeout=_WAIT_MS)
        answer_s, map_s = (None, None) if blocked else _moments(page)
        page.wait_for_load_state("networkidle", timeout=_WAIT_MS)
        return ColdLoad(tuple(files), answer_s, map_s)


def _moments(page: Page) -> tuple[float, float]:
    """Return after how many seconds the answer was readable and the map usable."""
    ready = "() => benchmarkMarks.answer !== null && benchmarkMarks.map !== null"
    page.wait_for_function(ready, timeout=_WAIT_MS)
    marks = page.evaluate("benchmarkMarks")
    return marks["answer"] / 1000, marks["map"] / 1000


def _watched_files(session: CDPSession) -> list[WireFile]:
    """Return a list that fills with the files that the page of a session loads."""
    files: list[WireFile] = []
    responses: dict[str, dict[str, Any]] = {}

    def finished(event: dict[str, Any]) -> None:
        response = responses.get(event["requestId"])
        if response is None or not response["url"].startswith("http"):
            return
        headers = {name.lower(): value for name, value in response["headers"].items()}
        files.append(
            WireFile(
                urlsplit(response["url"]).path,
                round(event["encodedDataLength"]),
                headers.get("content-encoding", "plain"),
            )
        )

    session.on(
        "Network.responseReceived", lambda event: responses.update({event["requestId"]: event["response"]})
    )
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    return files


def _emulate(session: CDPSession, network: Network) -> None:
    bytes_s = network.kilobits_s * 1000 / 8
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": network.latency_ms,
            "downloadThroughput": bytes_s,
            "uploadThroughput": bytes_s,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": network.cpu_slowdown})
