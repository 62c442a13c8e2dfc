"""What the benchmark of the pages counts is what came over the wire."""

from __future__ import annotations

import gzip
import random

import pytest
from flask import Flask, Response

from benchmarks._cold_load import cold_load
from benchmarks.page import an_address, beyond
from tests.browser.visiting import served

pytestmark = pytest.mark.browser

# Noise does not get smaller by compressing.
SCRIPT = "// " + random.Random(1).randbytes(20_000).hex()
PAGE = """<!doctype html><title>Weights</title><script src="/script.js" defer></script>
<link rel="stylesheet" href="/map/style.css"><main id="answer">№ 9</main>"""
MOST_HEADERS = 500  # bytes


@pytest.fixture(scope="module")
def weights():
    """A site whose weights are known; its script comes compressed."""
    app = Flask("weights")

    @app.get("/")
    def page():
        return PAGE

    @app.get("/script.js")
    def script():
        body = gzip.compress(SCRIPT.encode())
        return Response(body, mimetype="text/javascript", headers={"Content-Encoding": "gzip"})

    @app.get("/map/style.css")
    def style():
        return Response(" " * 5_000, mimetype="text/css")

    yield from served(app)


def test_files_weigh_what_is_sent_with_their_headers(browser, weights):
    load = cold_load(browser, f"{weights}/", blocked=["*/nothing"])

    sizes = {file.path: file.size for file in load.files}
    sent = {
        "/": len(PAGE.encode()),
        "/script.js": len(gzip.compress(SCRIPT.encode())),
        "/map/style.css": 5_000,
    }
    assert {file.path: file.encoding for file in load.files}["/script.js"] == "gzip"
    assert sizes.keys() - {"/favicon.ico"} == sent.keys()
    assert {path: 0 < sizes[path] - size < MOST_HEADERS for path, size in sent.items()} == dict.fromkeys(
        sent, True
    )
    assert (load.answer_s, load.map_s) == (None, None)


def test_second_load_has_nothing_of_the_first_in_its_cache(browser, weights):
    first, second = (cold_load(browser, f"{weights}/", blocked=["*/nothing"]) for _ in range(2))

    assert {file.path for file in first.files} == {file.path for file in second.files}


def test_what_is_blocked_is_what_a_page_has_beyond(browser, weights):
    whole = cold_load(browser, f"{weights}/", blocked=["*/nothing"])
    bare = cold_load(browser, f"{weights}/", blocked=[f"{weights}/map/*"])

    assert [file.path for file in beyond(whole, bare)] == ["/map/style.css"]


def test_address_that_is_measured_is_found_beyond_doubt(residents_path):
    assert an_address(residents_path)
