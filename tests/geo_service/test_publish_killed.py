"""Whoever publishes may be killed at any moment: the store holds the old campaign or the new one, whole."""

from __future__ import annotations

import logging
import os
import random
import subprocess
import sys
import time

import pytest

from geo_service.campaign.file import open_campaign
from geo_service.store.log import Act
from geo_service.store.store import Store
from tests.geo_service.editions import write_edition
from tests.geo_service.serving import variables

#: Processes killed in one run; PUBLISH_KILLS=200 for the whole proof.
KILLS = int(os.environ.get("PUBLISH_KILLS", "6"))
_LOGGER = logging.getLogger(__name__)  # --log-cli-level=INFO shows the figures
#: Says when all is loaded, so that the random moment falls into the work and not into the imports.
_PROGRAM = """
import sys
import geo_service.campaign.writer, geo_service.one_box, geo_service.quality.report, geo_service.cli
sys.stdout.write("ready\\n"); sys.stdout.flush()
geo_service.cli.main()
"""


def start(store, *arguments):
    process = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, *map(str, arguments)],
        env=variables(store.directory),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n", process.stderr.read()
    return process


def killed_after(process, seconds):
    """Kill a process after a time; return whether it was still at work."""
    try:
        _, errors = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return True
    assert process.returncode == 0, errors
    return False


def remains(store):
    return [path for path in store.directory.rglob("*") if "partial" in path.name]


def seconds_of(store, *arguments):
    began = time.monotonic()
    process = start(store, *arguments)
    loaded = time.monotonic()
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert loaded > began
    return time.monotonic() - loaded


@pytest.mark.timeout(3600)
def test_a_killed_publisher_leaves_the_old_or_the_new_campaign_and_the_next_one_works(
    small_campaign, tmp_path
):
    store = Store(tmp_path / "store")
    files = [tmp_path / f"{number}.gpkg" for number in (1, 2)]
    hashes = [write_edition(path, small_campaign, number) for number, path in enumerate(files, 1)]
    for path in files:
        store.publish(path)
    moments = random.Random(20260315)
    publish = ["publish", files[0], "--force", "--reason", "test"]
    amend = ["amend", 2003, "--phone", "0", "--reason", "test"]
    longest = {"publish": seconds_of(store, *publish)}
    store.publish(files[1])
    longest["amend"] = seconds_of(store, *amend)
    outcomes = {"old": 0, "new": 0}

    for turn in range(KILLS):
        store.publish(files[1])
        command = [*amend[:3], str(turn + 1), *amend[4:]] if turn % 2 else publish
        before = open_campaign(store.current())
        was_killed = killed_after(start(store, *command), moments.uniform(0, longest[command[0]]))

        after = open_campaign(store.current())
        is_new = after.content_hash != before.content_hash
        outcomes["new" if is_new else "old"] += 1
        assert is_new or was_killed
        if is_new and command is publish:
            assert after.content_hash == hashes[0]
        elif is_new:
            assert [one.new for one in after.campaign.amendments] == [{"phone": str(turn + 1)}]
        history = store.history()
        assert history.published()[0].hash == after.content_hash
        assert store.note().record in history.records

        store.publish(files[0], Act("the next one"))
        history = store.history()
        assert open_campaign(store.current()).content_hash == hashes[0]
        assert [record.sequence for record in history.records] == list(range(1, len(history.records) + 1))
        assert [record.former for record in history.records[1:]] == [r.hash for r in history.records[:-1]]
        assert remains(store) == []

    _LOGGER.info("%d killed: %s; longest %s", KILLS, outcomes, longest)
    assert KILLS < 10 or min(outcomes.values()) > 0
