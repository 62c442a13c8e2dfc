"""Campaigns are exchanged under load: no request fails, and none is answered from two campaigns."""

from __future__ import annotations

import http.client
import json
import logging
import os
import re
import threading
import time
from urllib.parse import quote, urlsplit

import pytest

from geo_service.store.log import Act
from geo_service.store.store import Store
from tests.geo_service.editions import edition_of_number, editions_in, write_edition
from tests.geo_service.serving import run_program, serving

#: Publications, amendments and rollbacks in one run; PUBLISH_ROUNDS=20 for the whole proof.
ROUNDS = int(os.environ.get("PUBLISH_ROUNDS", "3"))
CLIENTS = 3
LIVE_SECONDS = 60
_LOGGER = logging.getLogger(__name__)  # --log-cli-level=INFO shows the figures
_PATHS = (
    "/api/v1/locate?lat=43.2263&lon=76.9052",
    "/api/v1/find?q=" + quote("проспект Абая, 45"),
    "/api/v1/precincts",
    "/api/v1/precincts.topojson",
    "/api/v1/stations",
    "/api/v1/campaign",
    "/readyz",
    "/en/?lat=43.2263&lon=76.9052",
)
_MAP = re.compile(r"/map/([0-9a-f]{12})-[0-9a-f]{8}/([\w.-]+)")


class Visitor(threading.Thread):
    """Asks one question after the other until told to stop; keeps what was wrong."""

    def __init__(self, url, stop):
        super().__init__(daemon=True)
        self.netloc, self.stop = urlsplit(url).netloc, stop
        self.faults, self.answers, self.hashes, self.slowest = [], 0, set(), 0.0

    def run(self):
        connection = http.client.HTTPConnection(self.netloc, timeout=60)
        while not self.stop.is_set():
            for path in _PATHS:
                self.ask(connection, path)
            # Another connection may lead to the other worker.
            connection.close()
        connection.close()

    def ask(self, connection, path):
        began = time.monotonic()
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            body = response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self.faults.append((path, repr(error)))
            connection.close()
            return None
        self.slowest = max(self.slowest, time.monotonic() - began)
        self.answers += 1
        content_hash = response.headers["X-Campaign-Hash"]
        if response.status != 200:
            self.faults.append((path, response.status, body))
        elif not path.startswith("/map/"):
            self.hashes.add(content_hash)
            self.faults += [(path, fault) for fault in mixtures(path, content_hash, body)]
            for directory, name in set(_MAP.findall(body)):
                if directory != content_hash[:12]:
                    self.faults.append((path, "the map of another campaign"))
                found = next(match for match in _MAP.finditer(body) if match.group(2) == name)
                self.ask(connection, found.group(0))
        return body


def mixtures(path, content_hash, body):
    """Return what in an answer belongs to another campaign than the one that the response names."""
    editions = editions_in(body)
    if path.startswith("/api") and not path.startswith("/api/v1/precincts"):
        answer = json.loads(body)
        if "precinct" in answer:
            editions.add(edition_of_number(answer["precinct"]["number"]))
        said = answer.get("campaign", {}).get("hash") or answer.get("hash", content_hash)
        if said != content_hash:
            yield f"header and body differ: {content_hash}, {said}"
        if "features" in answer:
            editions |= {edition_of_number(feature["id"]) for feature in answer["features"]}
    elif path.startswith("/api/v1/precincts"):
        editions |= {edition_of_number(int(number)) for number in re.findall(r'"number":(\d+)', body)}
    elif path == "/readyz":
        answer = json.loads(body)
        editions.add(int(answer["campaign"].removeprefix("edition")))
        if answer["hash"] != content_hash:
            yield "header and body differ"
    if len(editions) != 1:
        yield f"editions {sorted(editions)}"


def wait_until_live(url, content_hash):
    """Return the seconds until all workers answer from a campaign; a new connection goes to any of them."""
    began, in_a_row = time.monotonic(), 0
    while in_a_row < 12:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
        connection.request("GET", "/readyz")
        response = connection.getresponse()
        failure = json.loads(response.read())["failure"]
        connection.close()
        assert failure is None
        in_a_row = in_a_row + 1 if response.headers["X-Campaign-Hash"] == content_hash else 0
        assert time.monotonic() - began < LIVE_SECONDS
    return time.monotonic() - began


@pytest.mark.timeout(1800)
def test_campaigns_are_exchanged_under_load_without_a_failed_or_mixed_answer(small_campaign, tmp_path):
    store = Store(tmp_path / "store")
    for number in (1, 2):
        write_edition(tmp_path / f"{number}.gpkg", small_campaign, number)
    store.publish(tmp_path / "1.gpkg")
    stop = threading.Event()

    with serving(store.directory, "--workers", "2", GEO_SERVICE_REFRESH_S="0.3") as (_, url):
        visitors = [Visitor(url, stop) for _ in range(CLIENTS)]
        for visitor in visitors:
            visitor.start()
        seconds = []
        for turn in range(ROUNDS):
            act(store, turn, tmp_path)
            seconds.append(wait_until_live(url, store.note().record.hash))
        stop.set()
        for visitor in visitors:
            visitor.join()

    assert [fault for visitor in visitors for fault in visitor.faults] == []
    published = {record.hash for record in store.history().records}
    assert set.union(*(visitor.hashes for visitor in visitors)) == published
    assert [record.action for record in store.history().records[1:]] == [
        ("publish", "amend", "rollback")[turn % 3] for turn in range(ROUNDS)
    ]
    _LOGGER.info(
        "%d acts, %d answers, the slowest after %.2f s; live after %.1f to %.1f s",
        ROUNDS, sum(visitor.answers for visitor in visitors), max(visitor.slowest for visitor in visitors),
        min(seconds), max(seconds),
    )  # fmt: skip


def act(store, turn, directory):
    """Publish the other edition, amend it, roll the amendment back, in turn."""
    if turn % 3 == 0:
        store.publish(directory / f"{2 - turn // 3 % 2}.gpkg", Act("aigul"))
    elif turn % 3 == 1:
        edition = int(store.note().record.id.removeprefix("edition"))
        run = run_program(
            store.directory, "amend", edition * 1000 + 3, "--station", f"Edition{edition}",
            "--address", f"Edition{edition} {turn}", "--reason", f"Edition{edition}",
        )  # fmt: skip
        assert run.returncode == 0, run.stderr
    else:
        store.rollback(Act("aigul", "wrong"))
