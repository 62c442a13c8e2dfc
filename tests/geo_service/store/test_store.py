from __future__ import annotations

import dataclasses
import json

import pytest

from geo_service.campaign.file import open_campaign, write_campaign
from geo_service.campaign.model import Finding
from geo_service.errors import (
    DamagedCampaignError,
    NoCampaignError,
    NotACampaignError,
    StoreError,
)
from geo_service.settings import Settings
from geo_service.store.store import Store, resolve_campaign


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


@pytest.fixture
def other_path(small_campaign, tmp_path):
    """The file of another campaign."""
    info = dataclasses.replace(small_campaign.info, id="../Other vote/2027", date="2027-03-14")
    path = tmp_path / "other.gpkg"
    write_campaign(path, dataclasses.replace(small_campaign, info=info, houses=(), aliases=()))
    return path


def names_in(store):
    return sorted(path.name for path in store.campaigns.iterdir())


def test_new_store_has_no_current_campaign(store):
    assert store.current() is None


def test_published_campaign_is_current_and_named_by_id_and_hash(store, small_campaign_path):
    published = store.publish(small_campaign_path)

    content_hash = open_campaign(small_campaign_path).content_hash
    assert store.current() == published
    assert published == store.campaigns / f"small-sample-{content_hash[:12]}.gpkg"
    assert open_campaign(published).content_hash == content_hash


def test_later_campaign_becomes_current_and_the_former_stays(store, small_campaign_path, other_path):
    former = store.publish(small_campaign_path)

    later = store.publish(other_path)

    assert store.current() == later
    assert names_in(store) == sorted([former.name, later.name])


def test_id_never_leads_out_of_the_store(store, other_path):
    published = store.publish(other_path)

    assert published.parent == store.campaigns
    assert published.name.startswith("Other-vote-2027-")


def test_publishing_twice_keeps_one_file(store, small_campaign_path):
    store.publish(small_campaign_path)

    published = store.publish(small_campaign_path)

    assert names_in(store) == [published.name]


def test_publishing_again_does_not_touch_the_file(store, small_campaign_path):
    published = store.publish(small_campaign_path)
    before = published.stat()

    store.publish(small_campaign_path)

    assert (published.stat().st_ino, published.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_publishing_again_mends_a_file_that_was_damaged_in_the_store(store, small_campaign_path):
    published = store.publish(small_campaign_path)
    published.write_bytes(published.read_bytes()[:5000])

    assert store.publish(small_campaign_path) == published
    assert open_campaign(published).campaign.info.id == "small-sample"


def test_publishing_the_same_content_with_other_findings_brings_the_findings(
    store, small_campaign, small_campaign_path, tmp_path
):
    store.publish(small_campaign_path)
    noted = tmp_path / "noted.gpkg"
    write_campaign(noted, small_campaign, findings=[Finding("section_empty", "warning")])

    published = store.publish(noted)

    assert names_in(store) == [published.name]
    assert [finding.code for finding in open_campaign(published).findings] == ["section_empty"]


def test_damaged_file_is_refused_and_the_former_stays_current(store, small_campaign_path, other_path):
    former = store.publish(small_campaign_path)
    damaged = bytearray(other_path.read_bytes())
    damaged[len(damaged) // 2 :] = bytes(len(damaged) - len(damaged) // 2)
    other_path.write_bytes(damaged)

    with pytest.raises(DamagedCampaignError) as caught:
        store.publish(other_path)

    assert caught.value.place.file == "other.gpkg"
    assert store.current() == former
    assert names_in(store) == [former.name]


def test_missing_file_is_no_fault_of_the_store(store, tmp_path):
    with pytest.raises(NotACampaignError) as caught:
        store.publish(tmp_path / "missing.gpkg")

    assert caught.value.place.file.endswith("missing.gpkg")
    assert store.current() is None


def test_store_that_cannot_be_written_is_an_error(tmp_path, small_campaign_path):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("no directory")

    with pytest.raises(StoreError) as caught:
        Store(in_the_way).publish(small_campaign_path)

    assert caught.value.place.file == str(in_the_way)


@pytest.mark.parametrize(
    "note", ["", "{}", "[]", "no json", '{"file": 7}', '{"file": "gone.gpkg"}', '{"file": "../current.json"}']
)
def test_note_that_names_no_campaign_is_an_error(store, small_campaign_path, note):
    store.publish(small_campaign_path)
    (store.directory / "current.json").write_text(note)

    with pytest.raises(StoreError) as caught:
        store.current()

    assert caught.value.place.file.endswith("current.json")


def test_nothing_but_campaign_note_log_and_lock_is_left_behind(store, small_campaign_path):
    published = store.publish(small_campaign_path)

    names = sorted(path.name for path in store.directory.iterdir())
    assert names == [".lock", "campaigns", "current.json", "log.jsonl"]
    assert json.loads((store.directory / "current.json").read_text())["file"] == published.name


def test_campaign_of_the_settings_comes_before_the_published_one(store, small_campaign_path, other_path):
    published = store.publish(small_campaign_path)

    assert resolve_campaign(Settings(store=store.directory, campaign=other_path)) == other_path
    assert resolve_campaign(Settings(store=store.directory)) == published


def test_no_campaign_at_all_says_what_to_run(store):
    with pytest.raises(NoCampaignError, match="geo-service sample"):
        resolve_campaign(Settings(store=store.directory))
