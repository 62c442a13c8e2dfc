"""Who published, rolled back and approved what, and what the store makes of crashes and of two at once."""

from __future__ import annotations

import json
import multiprocessing

import pytest

from geo_service.campaign.file import open_campaign
from geo_service.errors import NoCampaignError, StoreError
from geo_service.store.files import exclusive
from geo_service.store.log import Act
from geo_service.store.store import Store
from tests.geo_service.editions import write_edition

WITHOUT_OFFSET = json.dumps(
    {
        "sequence": 2,
        "action": "publish",
        "file": "a.gpkg",
        "hash": "0",
        "former": None,
        "id": "a",
        "names": {},
        "date": "2026-03-15",
        "is_sample": False,
        "at": "2026-03-15T00:00",
        "by": "x",
    }
)


@pytest.fixture(scope="module")
def paths(small_campaign, tmp_path_factory):
    """The files of the editions 0 to 3, and their hashes."""
    directory = tmp_path_factory.mktemp("editions")
    files = [directory / f"{number}.gpkg" for number in range(4)]
    for number, path in enumerate(files):
        write_edition(path, small_campaign, number)
    return files


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def current_edition(store):
    return int(open_campaign(store.current()).campaign.info.id.removeprefix("edition"))


def test_log_says_who_published_what_when_and_why(store, paths):
    store.publish(paths[0], Act("Aigul", "decision 12"), check=lambda _: "yellow")

    (record,) = store.history().records
    assert (record.sequence, record.action, record.id) == (1, "publish", "edition0")
    assert (record.by, record.reason, record.quality, record.former) == (
        "Aigul",
        "decision 12",
        "yellow",
        None,
    )
    assert record.hash == open_campaign(paths[0]).content_hash
    assert record.at.endswith("+00:00")


def test_check_that_refuses_leaves_everything_as_it_was(store, paths):
    store.publish(paths[0], Act("Aigul"))

    def refuse(_):
        raise StoreError("red", "mend it")

    with pytest.raises(StoreError, match="red"):
        store.publish(paths[1], Act("Aigul"), check=refuse)

    assert current_edition(store) == 0
    assert len(store.history().records) == 1
    assert len(list(store.campaigns.iterdir())) == 1


def test_forced_is_noted_only_where_the_report_was_red(store, paths):
    act = Act("Aigul", "no time", forced=True)
    store.publish(paths[0], act, check=lambda _: "green")
    store.publish(paths[1], act, check=lambda _: "red")

    assert [record.forced for record in store.history().records] == [False, True]


def test_rollbacks_go_back_step_by_step(store, paths):
    for path in paths[:3]:
        store.publish(path, Act("Aigul"))

    seen = [current_edition(store)]
    for _ in range(2):
        store.rollback(Act("Berik", "wrong"))
        seen.append(current_edition(store))

    assert seen == [2, 1, 0]
    assert [record.action for record in store.history().records] == ["publish"] * 3 + ["rollback"] * 2
    with pytest.raises(StoreError, match="no campaign before"):
        store.rollback(Act("Berik", "wrong"))


def test_rollback_names_a_campaign_by_id_or_beginning_of_its_hash(store, paths):
    for path in paths[:3]:
        store.publish(path, Act("Aigul"))

    store.rollback(Act("Berik"), "edition0")
    by_id = current_edition(store)
    store.rollback(Act("Berik"), open_campaign(paths[1]).content_hash[:8])

    assert (by_id, current_edition(store)) == (0, 1)


@pytest.mark.parametrize(("name", "words"), [("edition9", "No campaign"), ("abc", "No campaign"),
                                             ("edition2", "current one already")])  # fmt: skip
def test_rollback_to_what_is_not_there_is_an_error(store, paths, name, words):
    for path in paths[:3]:
        store.publish(path, Act("Aigul"))

    with pytest.raises(StoreError, match=words):
        store.rollback(Act("Berik"), name)

    assert current_edition(store) == 2


def test_rollback_without_a_campaign_is_an_error(store):
    with pytest.raises(NoCampaignError):
        store.rollback(Act("Berik"))


def test_proposal_waits_until_another_person_approves_it(store, paths):
    store.publish(paths[0], Act("Aigul"))
    store.publish(paths[1], Act("Aigul", "new"), propose=True)

    waiting = current_edition(store)
    with pytest.raises(StoreError, match="cannot approve"):
        store.approve(Act(" aigul "))
    record = store.approve(Act("Berik", "seen"))

    assert (waiting, current_edition(store)) == (0, 1)
    assert (record.by, record.proposed_by, record.reason) == ("Berik", "Aigul", "seen")
    assert store.history().proposals() == ()


def test_proposal_lapses_when_another_campaign_becomes_current(store, paths):
    store.publish(paths[0], Act("Aigul"))
    store.publish(paths[1], Act("Aigul"), propose=True)
    store.publish(paths[2], Act("Aigul"))

    with pytest.raises(StoreError, match="No proposal waits"):
        store.approve(Act("Berik"))


def test_of_several_proposals_one_is_named_by_its_hash(store, paths):
    for path in paths[:2]:
        store.publish(path, Act("Aigul"), propose=True)

    with pytest.raises(StoreError, match="Several"):
        store.approve(Act("Berik"))
    store.approve(Act("Berik"), open_campaign(paths[0]).content_hash[:12])

    assert current_edition(store) == 0


def test_a_torn_line_is_told_and_survived(store, paths):
    store.publish(paths[0], Act("Aigul"))
    with store.log_path.open("ab") as file:
        file.write('{"action": "publish", "by": "Бері'.encode()[:-1])

    told = store.history()
    store.publish(paths[1], Act("Aigul"))

    history = store.history()
    assert (len(told.records), told.unreadable) == (1, (2,))
    assert ([record.id for record in history.records], history.unreadable) == (["edition0", "edition1"], (2,))


def test_switch_that_was_not_logged_before_the_crash_is_logged_by_the_next_writer(store, paths):
    for path in paths[:2]:
        store.publish(path, Act("Aigul"))
    lines = store.log_path.read_bytes().splitlines(keepends=True)
    store.log_path.write_bytes(lines[0] + lines[1][:40])

    seen = store.history()
    store.publish(paths[2], Act("Berik"))

    assert [record.id for record in seen.records] == ["edition0", "edition1"]
    logged = [json.loads(line) for line in store.log_path.read_bytes().splitlines() if line.endswith(b"}")]
    assert [record["id"] for record in logged] == ["edition0", "edition1", "edition2"]
    assert [record["sequence"] for record in logged] == [1, 2, 3]


@pytest.mark.parametrize("line", ["[]", "7", '{"sequence": 1}', '{"names": null}', "null", WITHOUT_OFFSET])
def test_line_that_is_no_record_is_told(store, paths, line):
    store.publish(paths[0], Act("Aigul"))
    with store.log_path.open("a") as file:
        file.write(line + "\n")

    assert store.history().unreadable == (2,)


def test_note_of_a_store_without_a_log_still_names_the_current_campaign(store, paths):
    store.publish(paths[0], Act("Aigul"))
    store.note_path.write_text(json.dumps({"file": store.current().name}))
    store.log_path.unlink()

    assert current_edition(store) == 0
    assert store.history().records == ()
    store.publish(paths[1], Act("Aigul"))
    assert current_edition(store) == 1


def test_damaged_note_is_mended_by_the_next_publication(store, paths):
    store.publish(paths[0], Act("Aigul"))
    store.note_path.write_text("torn")

    store.publish(paths[1], Act("Aigul"))

    assert current_edition(store) == 1
    assert [record.id for record in store.history().records] == ["edition0", "edition1"]


def test_rollback_helps_where_the_current_file_is_gone(store, paths):
    store.publish(paths[0], Act("Aigul"))
    store.publish(paths[1], Act("Aigul")).unlink()
    with pytest.raises(StoreError, match="not in the store"):
        store.current()

    assert [record.id for record in store.history().records] == ["edition0", "edition1"]

    store.rollback(Act("Berik", "the disk"))

    assert current_edition(store) == 0


def test_remains_of_a_killed_writer_are_removed_by_the_next(store, paths):
    store.publish(paths[0], Act("Aigul"))
    (store.campaigns / ".partial-x1").mkdir()
    (store.campaigns / ".partial-x1" / "half.gpkg").write_bytes(b"half")
    (store.directory / ".current.4711.partial").write_text("{")

    store.publish(paths[1], Act("Aigul"))

    assert [path for path in store.directory.rglob("*") if "partial" in path.name] == []


def publish_in_turn(directory, files, name):
    store = Store(directory)
    for path in files:
        store.publish(path, Act(name))


def test_two_publishers_at_once_lose_nothing(store, paths):
    processes = [
        multiprocessing.get_context("spawn").Process(
            target=publish_in_turn, args=(store.directory, paths[half : half + 2] * 2, f"publisher {half}")
        )
        for half in (0, 2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=120)

    history = store.history()
    assert [process.exitcode for process in processes] == [0, 0]
    assert [record.sequence for record in history.records] == list(range(1, 9))
    assert [record.former for record in history.records[1:]] == [r.hash for r in history.records[:-1]]
    assert history.unreadable == ()
    assert open_campaign(store.current()).content_hash == history.records[-1].hash


def test_lock_that_another_process_holds_for_too_long_is_an_error(tmp_path):
    lock = tmp_path / ".lock"

    with (
        exclusive(lock, wait_seconds=0, what="publishing"),
        pytest.raises(StoreError, match="Another process is publishing"),
        exclusive(lock, wait_seconds=0.1, what="publishing"),
    ):
        pass
